/**
 * Random bits by counting: a hash of the seed, the counter and each element's index, in integer operators only, so that
 * every runtime gives the same bits, eagerly and in graphs.
 *
 * The key of a draw is number `counter + 1` of the SplitMix64 sequence that starts at the hash of the seed: "Fast
 * splittable pseudorandom number generators", Steele, Lea and Flood, OOPSLA 2014. Each element's index then passes the
 * 32-bit hash `lowbias32` twice, once for each half of the key: "Prospecting for hash functions", Wellons, 2018,
 * https://nullprogram.com/blog/2018/07/31/.
 *
 * @module
 */
import type { Emitter, Value } from "../../emission/emitter.ts";

/** An int64 constant of 64 bits, which numbers cannot hold. */
function long(emitter: Emitter, value: bigint): Value {
  const data = new BigInt64Array([BigInt.asIntN(64, value)]);
  return emitter.initializer(emitter.uniqueName("constant"), "int64", [1], data);
}

const GAMMA = 0x9e3779b97f4a7c15n;

/** `value >>> bits` for int64, which has no shift: the dividend is cleared first, so that division is exact. */
function shiftRight64(emitter: Emitter, value: Value, bits: number): Value {
  const high = emitter.node("BitwiseAnd", [value, long(emitter, -(1n << BigInt(bits)))]);
  const shifted = emitter.node("Div", [high, long(emitter, 1n << BigInt(bits))]);
  return emitter.node("BitwiseAnd", [shifted, long(emitter, (1n << BigInt(64 - bits)) - 1n)]);
}

/** The finaliser of SplitMix64. */
function mix64(emitter: Emitter, value: Value): Value {
  let z = value;
  for (const [bits, factor] of [[30, 0xbf58476d1ce4e5b9n], [27, 0x94d049bb133111ebn]] as const) {
    z = emitter.node("BitwiseXor", [z, shiftRight64(emitter, z, bits)]);
    z = emitter.node("Mul", [z, long(emitter, factor)]);
  }
  return emitter.node("BitwiseXor", [z, shiftRight64(emitter, z, 31)]);
}

/** `value >>> bits` for int32. */
export function shiftRight32(emitter: Emitter, value: Value, bits: number): Value {
  const high = emitter.node("BitwiseAnd", [value, emitter.scalar(-(2 ** bits), "int32")]);
  const shifted = emitter.node("Div", [high, emitter.scalar(2 ** bits, "int32")]);
  return emitter.node("BitwiseAnd", [shifted, emitter.scalar(2 ** (32 - bits) - 1, "int32")]);
}

/** The hash `lowbias32`. */
function mix32(emitter: Emitter, value: Value): Value {
  let x = value;
  for (const [bits, factor] of [[16, 0x7feb352d], [15, 0x846ca68b | 0]] as const) {
    x = emitter.node("BitwiseXor", [x, shiftRight32(emitter, x, bits)]);
    x = emitter.node("Mul", [x, emitter.scalar(factor, "int32")]);
  }
  return emitter.node("BitwiseXor", [x, shiftRight32(emitter, x, 16)]);
}

/**
 * 32 random bits for each element, as `int32` along one axis.
 *
 * @param state The seed and the counter: `int64` of shape `[2]`.
 * @param count How many elements: `int64` of shape `[1]`.
 */
export function randomBits(emitter: Emitter, state: Value, count: Value): Value {
  const part = (index: number): Value => emitter.node("Gather", [state, emitter.integers([index])]);
  const stream = mix64(emitter, emitter.node("Add", [part(0), long(emitter, GAMMA)]));
  const counted = emitter.node("Add", [part(1), emitter.integers([1])]);
  const key = mix64(
    emitter,
    emitter.node("Add", [stream, emitter.node("Mul", [counted, long(emitter, GAMMA)])]),
  );
  const scalar = (value: Value): Value => emitter.node("Squeeze", [value, emitter.integers([0])]);
  // The first half of the key is where the range begins: 30 bits, so that it stays within int32.
  const start = scalar(shiftRight64(emitter, key, 34));
  const second = emitter.cast(scalar(emitter.node("BitwiseAnd", [key, long(emitter, 0xffffffffn)])), "int32");
  const end = emitter.node("Add", [start, scalar(count)]);
  const index = emitter.node("Range", [
    emitter.cast(start, "int32"),
    emitter.cast(end, "int32"),
    emitter.scalar(1, "int32"),
  ]);
  return mix32(emitter, emitter.node("BitwiseXor", [mix32(emitter, index), second]));
}
