/**
 * The 64-bit fingerprint FarmHash, by which Keras puts text into bins.
 *
 * See G. Pike, FarmHash, 2014, `Fingerprint64`.
 *
 * @module
 */

const K0 = 0xc3a5c85c97cb3127n;
const K1 = 0xb492b66fbe98f273n;
const K2 = 0x9ae16a3b2f90404fn;

const wrap = (x: bigint): bigint => BigInt.asUintN(64, x);
const rotate = (x: bigint, by: bigint): bigint => wrap((x >> by) | (x << (64n - by)));
const shiftMix = (x: bigint): bigint => x ^ (x >> 47n);

/** Two words as one. */
function mixed(u: bigint, v: bigint, factor: bigint): bigint {
  const a = shiftMix(wrap((u ^ v) * factor));
  return wrap(shiftMix(wrap((v ^ a) * factor)) * factor);
}

type Pair = readonly [bigint, bigint];

class Bytes {
  readonly #view: DataView;
  readonly length: number;
  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.length = bytes.length;
  }
  byte(at: number): bigint {
    return BigInt(this.#view.getUint8(at));
  }
  half(at: number): bigint {
    return BigInt(this.#view.getUint32(at, true));
  }
  word(at: number): bigint {
    return this.#view.getBigUint64(at, true);
  }
  /** A word from the end on. */
  back(from: number): bigint {
    return this.word(this.length - from);
  }
}

function upTo16(bytes: Bytes): bigint {
  const { length } = bytes;
  const factor = wrap(K2 + BigInt(length) * 2n);
  if (length >= 8) {
    const a = wrap(bytes.word(0) + K2);
    const b = bytes.back(8);
    return mixed(wrap(rotate(b, 37n) * factor + a), wrap((rotate(a, 25n) + b) * factor), factor);
  }
  if (length >= 4) return mixed(wrap(BigInt(length) + (bytes.half(0) << 3n)), bytes.half(length - 4), factor);
  if (length === 0) return K2;
  const y = bytes.byte(0) + (bytes.byte(length >> 1) << 8n);
  const z = BigInt(length) + (bytes.byte(length - 1) << 2n);
  return wrap(shiftMix(wrap(y * K2) ^ wrap(z * K0)) * K2);
}

function upTo32(bytes: Bytes): bigint {
  const factor = wrap(K2 + BigInt(bytes.length) * 2n);
  const a = wrap(bytes.word(0) * K1);
  const b = bytes.word(8);
  const c = wrap(bytes.back(8) * factor);
  const d = wrap(bytes.back(16) * K2);
  const first = wrap(rotate(wrap(a + b), 43n) + rotate(c, 30n) + d);
  return mixed(first, wrap(a + rotate(wrap(b + K2), 18n) + c), factor);
}

function upTo64(bytes: Bytes): bigint {
  const factor = wrap(K2 + BigInt(bytes.length) * 2n);
  const a = wrap(bytes.word(0) * K2);
  const b = bytes.word(8);
  const c = wrap(bytes.back(8) * factor);
  const d = wrap(bytes.back(16) * K2);
  const y = wrap(rotate(wrap(a + b), 43n) + rotate(c, 30n) + d);
  const z = mixed(y, wrap(a + rotate(wrap(b + K2), 18n) + c), factor);
  const e = wrap(bytes.word(16) * factor);
  const f = bytes.word(24);
  const g = wrap((y + bytes.back(32)) * factor);
  const h = wrap((z + bytes.back(24)) * factor);
  return mixed(
    wrap(rotate(wrap(e + f), 43n) + rotate(g, 30n) + h),
    wrap(e + rotate(wrap(f + a), 18n) + g),
    factor,
  );
}

/** 32 bytes from `at` on, and two seeds, as two words. */
function weak(bytes: Bytes, at: number, first: bigint, second: bigint): Pair {
  const [w, x, y, z] = [bytes.word(at), bytes.word(at + 8), bytes.word(at + 16), bytes.word(at + 24)];
  const a = wrap(first + w);
  const b = rotate(wrap(second + a + z), 21n);
  const c = wrap(a + x + y);
  return [wrap(c + z), wrap(b + rotate(c, 44n) + a)];
}

function beyond64(bytes: Bytes): bigint {
  const seed = 81n;
  let [y, z] = [wrap(seed * K1 + 113n), 0n];
  z = wrap(shiftMix(wrap(y * K2 + 113n)) * K2);
  let v: Pair = [0n, 0n];
  let w: Pair = [0n, 0n];
  let x = wrap(seed * K2 + bytes.word(0));
  const end = Math.floor((bytes.length - 1) / 64) * 64;
  for (let at = 0; at < end; at += 64) {
    x = wrap(rotate(wrap(x + y + v[0] + bytes.word(at + 8)), 37n) * K1);
    y = wrap(rotate(wrap(y + v[1] + bytes.word(at + 48)), 42n) * K1);
    x ^= w[1];
    y = wrap(y + v[0] + bytes.word(at + 40));
    z = wrap(rotate(wrap(z + w[0]), 33n) * K1);
    v = weak(bytes, at, wrap(v[1] * K1), wrap(x + w[0]));
    w = weak(bytes, at + 32, wrap(z + w[1]), wrap(y + bytes.word(at + 16)));
    [z, x] = [x, z];
  }
  const factor = wrap(K1 + ((z & 0xffn) << 1n));
  const last = bytes.length - 64;
  w = [wrap(w[0] + BigInt((bytes.length - 1) & 63)), w[1]];
  v = [wrap(v[0] + w[0]), v[1]];
  w = [wrap(w[0] + v[0]), w[1]];
  x = wrap(rotate(wrap(x + y + v[0] + bytes.word(last + 8)), 37n) * factor);
  y = wrap(rotate(wrap(y + v[1] + bytes.word(last + 48)), 42n) * factor);
  x ^= wrap(w[1] * 9n);
  y = wrap(y + v[0] * 9n + bytes.word(last + 40));
  z = wrap(rotate(wrap(z + w[0]), 33n) * factor);
  v = weak(bytes, last, wrap(v[1] * factor), wrap(x + w[0]));
  w = weak(bytes, last + 32, wrap(z + w[1]), wrap(y + bytes.word(last + 16)));
  [z, x] = [x, z];
  return mixed(
    wrap(mixed(v[0], w[0], factor) + shiftMix(y) * K0 + z),
    wrap(mixed(v[1], w[1], factor) + x),
    factor,
  );
}

/** The fingerprint of a text's UTF-8. */
export function farmHash(text: string): bigint {
  const bytes = new Bytes(new TextEncoder().encode(text));
  if (bytes.length <= 16) return upTo16(bytes);
  if (bytes.length <= 32) return upTo32(bytes);
  return bytes.length <= 64 ? upTo64(bytes) : beyond64(bytes);
}
