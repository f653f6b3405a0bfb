/**
 * The keyed hash SipHash-2-4, by which Keras puts text into bins where there is a salt.
 *
 * See J.-P. Aumasson and D. J. Bernstein, SipHash: a fast short-input PRF, 2012.
 *
 * @module
 */

const wrap = (x: bigint): bigint => BigInt.asUintN(64, x);
const rotate = (x: bigint, by: bigint): bigint => wrap((x << by) | (x >> (64n - by)));

type State = [bigint, bigint, bigint, bigint];

function round(v: State): void {
  v[0] = wrap(v[0] + v[1]);
  v[1] = rotate(v[1], 13n) ^ v[0];
  v[0] = rotate(v[0], 32n);
  v[2] = wrap(v[2] + v[3]);
  v[3] = rotate(v[3], 16n) ^ v[2];
  v[0] = wrap(v[0] + v[3]);
  v[3] = rotate(v[3], 21n) ^ v[0];
  v[2] = wrap(v[2] + v[1]);
  v[1] = rotate(v[1], 17n) ^ v[2];
  v[2] = rotate(v[2], 32n);
}

/** The hash of a text's UTF-8 under a key of two words. */
export function sipHash(text: string, [key0, key1]: readonly [bigint, bigint]): bigint {
  const bytes = new TextEncoder().encode(text);
  const padded = new Uint8Array(Math.floor(bytes.length / 8) * 8 + 8);
  padded.set(bytes);
  padded[padded.length - 1] = bytes.length & 0xff;
  const view = new DataView(padded.buffer);
  const [k0, k1] = [wrap(key0), wrap(key1)];
  const v: State = [
    k0 ^ 0x736f6d6570736575n,
    k1 ^ 0x646f72616e646f6dn,
    k0 ^ 0x6c7967656e657261n,
    k1 ^ 0x7465646279746573n,
  ];
  for (let at = 0; at < padded.length; at += 8) {
    const word = view.getBigUint64(at, true);
    v[3] ^= word;
    round(v);
    round(v);
    v[0] ^= word;
  }
  v[2] ^= 0xffn;
  for (let i = 0; i < 4; i++) round(v);
  return v[0] ^ v[1] ^ v[2] ^ v[3];
}
