/**
 * Products of matrices whose inner axis is long. The engine adds the products of one row one by one in float32, so that
 * long sums of equal values are off by 1e-8 of themselves for each. They are made in blocks, and the sums of the blocks
 * are added in float64; where only the run knows how long they are, a branch makes long ones in float64.
 *
 * @module
 */
import { type Emitter, int, ints, text, type Value } from "../../emission/emitter.ts";
import { matrixProduct } from "./empty_product.ts";
import { countedFrom } from "../rows.ts";
import { isSingle, MANY, sumNode } from "../reduction/sums.ts";

/**
 * An inner axis of this size is long. Blocks cost little from here on: 6.9 and 7.3 ms for [1, 16384] by [16384, 512],
 * 49 and 52 ms for [64, 16384] by [16384, 512]; half as many take a quarter more. Equal values are off by up to 1.5e-4
 * in the first of these without blocks, and by 6e-7 with them.
 */
export const LONG = 16384;

/**
 * The same of a product with a kernel. A constant kernel is arranged beforehand, in blocks of its own: 2.0 ms and an error of
 * 3e-6 for [1, 25088] by [25088, 512], against 6.5 ms and 6e-7 in blocks.
 */
export const LONG_KERNEL = 32768;

/** The size of a block, where the sums of all blocks are not too many to be kept, and otherwise. */
const [LEAST_BLOCK, LARGEST_BLOCK] = [64, 2048];

/** The number of sums of blocks that are kept. */
const MOST_SUMS = 2 ** 22;

/** An axis whose sums are made in blocks: its label, its size, and that of a block. A whole axis is as many blocks. */
type Split = readonly [label: string, size: number, block: number];

/** The attributes of a product. */
export type LongAttributes = {
  /** The axes whose sums are made in blocks; `"open"` where only the run knows how long sums are; undefined for short. */
  readonly long?: readonly Split[] | "open" | undefined;
};

/** The splits of long sums of products: `terms` has a label for each axis of each operand, `output` those of the result. */
export function longSums(
  shapes: readonly (readonly unknown[])[],
  terms: readonly (readonly string[])[],
  output: readonly string[],
): LongAttributes["long"] {
  const sizes = new Map<string, number>();
  const known = new Set<string>();
  for (const [operand, term] of terms.entries()) {
    for (const [axis, label] of term.entries()) {
      const size = shapes[operand]![axis];
      if (typeof size === "number") known.add(label);
      // A size that is open, stretched or that of a diagonal is not split.
      const isOne = typeof size !== "number" || (sizes.has(label) && sizes.get(label) !== size) ||
        term.indexOf(label) !== axis;
      sizes.set(label, isOne ? 1 : size);
    }
  }
  const product = (labels: Iterable<string>): number => [...labels].reduce((all, label) => all * sizes.get(label)!, 1);
  const summed = [...sizes.keys()].filter((label) => !output.includes(label));
  if (summed.some((label) => !known.has(label))) return "open";
  let left = product(summed);
  if (left < (terms.length === 1 ? MANY : LONG)) return undefined;
  const most = Math.min(Math.max(Math.ceil(left * product(output) / MOST_SUMS), LEAST_BLOCK), LARGEST_BLOCK);
  const splits: Split[] = [];
  for (const label of summed.sort((a, b) => sizes.get(b)! - sizes.get(a)!)) {
    if (left <= most) break;
    const size = sizes.get(label)!;
    const block = left / size >= most ? 1 : blockOf(size, most);
    splits.push([label, size, block]);
    left /= size / block;
  }
  return splits;
}

/** A block that divides the size needs no copy of the operands. */
function blockOf(size: number, most: number): number {
  for (let block = most; block >= most / 2; block--) if (size % block === 0) return block;
  return most;
}

/** The way the sums of a matrix product are split, where there are `least` products or more; the result has `shape`. */
export function longInner(size: unknown, shape: readonly unknown[], least: number): LongAttributes["long"] {
  if (typeof size !== "number") return "open";
  if (size < least) return undefined;
  const columns = shape.map((_, axis) => `${axis}`);
  return longSums([[size, ...shape]], [["inner", ...columns]], columns);
}

/**
 * Sums of products whose number only the run knows: in float64 if there are many, and else as they are.
 *
 * Measured on two cores: 1.8 to 3 times the time of the product in float32, and half of it for single rows.
 */
function whereLong(
  emitter: Emitter,
  count: Value,
  least: number,
  inputs: readonly Value[],
  write: (inputs: readonly Value[]) => Value,
): Value {
  const { dtype } = inputs[0]!;
  if (!isSingle(dtype) || !emitter.provider.hasFloat64) return write(inputs);
  const isLong = emitter.node("GreaterOrEqual", [count, emitter.scalar(least, "int64")], { dtype: "bool" });
  const wide = (value: Value): Value => ({ ...emitter.cast(value, "float64"), shape: value.shape });
  return emitter.branch(isLong, () => emitter.cast(write(inputs.map(wide)), dtype), () => write(inputs));
}

/** The product of two matrices, stacks of them, or vectors. */
export function matmulNode(emitter: Emitter, a: Value, b: Value, long: LongAttributes["long"]): Value {
  if (long === "open") {
    const last = a.shape.length - 1;
    const size = emitter.node("Shape", [a], { attributes: { start: int(last), end: int(last + 1) }, dtype: "int64" });
    const count = emitter.node("Squeeze", [size]);
    return whereLong(emitter, count, LONG, [a, b], ([left, right]) => matrixProduct(emitter, left!, right!));
  }
  const [split] = long ?? [];
  if (split === undefined || !isSingle(a.dtype)) return matrixProduct(emitter, a, b);
  const [rankA, rankB] = [a.shape.length, b.shape.length];
  const [, size, block] = split;
  const count = Math.ceil(size / block);
  const missing = count * block - size;
  const wide = (value: Value): Value => emitter.cast(value, "float32");
  const reshaped = (value: Value, shape: readonly number[]): Value =>
    emitter.node("Reshape", [value, emitter.integers(shape)]);
  // [..., m, k] as [..., blocks, m, block], [..., k, n] as [..., blocks, block, n]; a 0 keeps a size.
  const kept = (length: number): number[] => Array<number>(length).fill(0);
  const first = padded(emitter, wide(a), rankA, rankA - 1, missing);
  const left = rankA === 1
    ? reshaped(first, [count, 1, block])
    : emitter.node("Transpose", [reshaped(first, [...kept(rankA - 1), count, block])], {
      attributes: { perm: ints([...countedFrom(0, rankA - 2), rankA - 1, rankA - 2, rankA]) },
    });
  const second = padded(emitter, wide(b), rankB, Math.max(rankB - 2, 0), missing);
  const right = reshaped(second, rankB === 1 ? [count, block, 1] : [...kept(rankB - 2), count, block, -1]);
  const rank = Math.max(rankA, rankB, 2) + 1;
  const sums = sumNode(emitter, "ReduceSum", emitter.node("MatMul", [left, right]), [rank - 3], false, "many");
  const single = [...rankA === 1 ? [rank - 3] : [], ...rankB === 1 ? [rank - 2] : []];
  const result = single.length === 0 ? sums : emitter.node("Squeeze", [sums, emitter.integers(single)]);
  return emitter.cast(result, a.dtype);
}

function padded(emitter: Emitter, x: Value, rank: number, axis: number, missing: number): Value {
  if (missing === 0) return x;
  const pads = Array<number>(2 * rank).fill(0).with(rank + axis, missing);
  return emitter.node("Pad", [x, emitter.integers(pads), emitter.scalar(0, x.dtype)]);
}

const SPARE = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** An Einstein summation of operands of one dtype. */
export function einsumNode(
  emitter: Emitter,
  terms: readonly string[],
  output: string,
  inputs: readonly Value[],
  long: LongAttributes["long"],
): Value {
  const { dtype } = inputs[0]!;
  const written = (parts: readonly string[], result: string, operands: readonly Value[]): Value =>
    emitter.node("Einsum", operands, { attributes: { equation: text(`${parts.join(",")}->${result}`) } });
  if (long === "open") {
    // The engine's Einsum divides by the number of products.
    const summed = [...new Set(terms.join(""))].filter((label) => !output.includes(label));
    const sizes = summed.map((label) => sizeOf(emitter, terms, inputs, label));
    const least = sizes.reduce((a, b) => emitter.node("Min", [a, b]));
    const isNone = emitter.node("Equal", [emitter.node("Squeeze", [least]), emitter.scalar(0, "int64")], {
      dtype: "bool",
    });
    const zeros = (): Value => {
      const shape = [...output].map((label) => sizeOf(emitter, terms, inputs, label));
      const list = shape.length === 0
        ? emitter.integers([])
        : emitter.node("Concat", shape, { attributes: { axis: int(0) } });
      return emitter.node("Expand", [emitter.scalar(0, dtype), list]);
    };
    const some = (): Value => {
      const count = emitter.node("Squeeze", [sizes.reduce((a, b) => emitter.node("Mul", [a, b]))]);
      const most = inputs.length === 1 ? MANY : LONG;
      return whereLong(emitter, count, most, inputs, (operands) => written(terms, output, operands));
    };
    return emitter.branch(isNone, zeros, some);
  }
  if (long === undefined || !isSingle(dtype)) return written(terms, output, inputs);
  const names = [...SPARE].filter((letter) => !terms.join("").includes(letter));
  const operands = inputs.map((input) => emitter.cast(input, "float32"));
  const parts = [...terms];
  let kept = "";
  for (const [label, size, block] of long) {
    if (block === 1) {
      kept += label;
      continue;
    }
    const count = Math.ceil(size / block);
    const name = names.shift()!;
    for (const [operand, term] of parts.entries()) {
      const axis = term.indexOf(label);
      if (axis < 0) continue;
      const whole = padded(emitter, operands[operand]!, term.length, axis, count * block - size);
      operands[operand] = split(emitter, whole, term.length, axis, [count, block]);
      parts[operand] = term.replace(label, name + label);
    }
    kept += name;
  }
  const sums = written(parts, kept + output, operands);
  return emitter.cast(sumNode(emitter, "ReduceSum", sums, countedFrom(0, kept.length), false, "many"), dtype);
}

/** The size of a label: that of the operand which has most of it, where others stretch. */
function sizeOf(emitter: Emitter, terms: readonly string[], inputs: readonly Value[], label: string): Value {
  const sizes = terms.flatMap((term, operand) => {
    const axis = term.indexOf(label);
    const attributes = { start: int(axis), end: int(axis + 1) };
    return axis < 0 ? [] : [emitter.node("Shape", [inputs[operand]!], { attributes, dtype: "int64" })];
  });
  return sizes.reduce((a, b) => emitter.node("Max", [a, b]));
}

/** One axis as several. */
function split(emitter: Emitter, x: Value, rank: number, axis: number, sizes: readonly number[]): Value {
  const all = emitter.node("Shape", [x], { dtype: "int64" });
  const part = (from: number, to: number): Value[] =>
    from === to ? [] : [emitter.node("Slice", [all, emitter.integers([from]), emitter.integers([to])])];
  const shape = [...part(0, axis), emitter.integers(sizes), ...part(axis + 1, rank)];
  return emitter.node("Reshape", [
    x,
    shape.length === 1 ? shape[0]! : emitter.node("Concat", shape, { attributes: { axis: int(0) } }),
  ]);
}
