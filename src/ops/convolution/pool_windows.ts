/**
 * The way pools are written: by the engine's kernels where it has them, else window by window.
 *
 * @module
 */
import { type Emitter, int, ints, text, type Value } from "../../emission/emitter.ts";
import { type DataFormat, spatialAxes, type SpatialPadding } from "../../shape/spatial.ts";
import { leastOf } from "../../tensor/limits.ts";
import { Formula } from "../../emission/formula.ts";
import { areLong, writeLongMean } from "./long_pools.ts";
import { whereEmpty } from "../reduction/sums.ts";

/** Pools with a number for each spatial axis. */
export type Windows = {
  /** The size of a window along each spatial axis. */
  readonly poolSize: readonly number[];
  /** The distance between windows along each spatial axis. */
  readonly strides: readonly number[];
  /** Whether windows stay inside. */
  readonly padding: SpatialPadding;
  /** The position of the channel axis. */
  readonly dataFormat: DataFormat;
  /** Whether there is an axis without values, for which the engine's kernels are not made; `null` if only the run knows. */
  readonly empty?: boolean | null;
};

const END = Number.MAX_SAFE_INTEGER;

/** Puts the channels where ONNX has them, applies a function, and puts them back. */
export function channelsFirst(emitter: Emitter, x: Value, format: DataFormat, apply: (x: Value) => Value): Value {
  if (format === "channels_first") return apply(x);
  const rank = x.shape.length;
  const spatial = spatialAxes(rank, "channels_last");
  const move = (value: Value, perm: readonly number[]): Value =>
    emitter.node("Transpose", [value], { attributes: { perm: ints(perm) } });
  const behind = spatialAxes(rank, "channels_first");
  return move(apply(move(x, [0, rank - 1, ...spatial])), [0, ...behind, 1]);
}

/** The greatest value of each window. */
export function writeMaxPool(emitter: Emitter, x: Value, windows: Windows): Value {
  if (isIdentity(windows)) return x;
  if (x.dtype.startsWith("float") && hasKernel(windows)) return maxPoolNode(emitter, x, windows);
  const numbers = emitter.cast(x, x.dtype === "bool" ? "uint8" : x.dtype);
  const values = { ...numbers, shape: x.shape };
  return emitter.cast(overWindows(emitter, values, windows, "Max", leastOf(values.dtype)), x.dtype);
}

/** The mean of each window; what is beyond the border does not count. */
export function writeAveragePool(emitter: Emitter, x: Value, windows: Windows): Value {
  if (isIdentity(windows)) return x;
  // Halves are added up in float32, and rounded once.
  if (x.dtype === "float16") {
    return emitter.cast(writeAveragePool(emitter, emitter.cast(x, "float32"), windows), "float16");
  }
  if (areLong(windows) && emitter.provider.hasFloat64) return writeLongMean(emitter, x, windows);
  if (x.dtype === "float32" && hasKernel(windows)) {
    return poolNode(
      emitter,
      x,
      windows,
      writeAveragePool,
      (input) => kernelNode(emitter, "AveragePool", input, windows),
    );
  }
  const sum = overWindows(emitter, x, windows, "Sum", 0);
  return spatialAxes(x.shape.length, windows.dataFormat).reduce(
    (total, axis, place) => emitter.node("Div", [total, windowCounts(emitter, x, axis, windows, place)]),
    sum,
  );
}

function isIdentity({ poolSize, strides }: Windows): boolean {
  return [...poolSize, ...strides].every((size) => size === 1);
}

// Where windows leave gaps, the border that the engine computes can be negative, which it does not bear.
function hasKernel({ poolSize, strides, padding, empty }: Windows): boolean {
  return empty !== true && (padding === "valid" || strides.every((stride, place) => stride <= poolSize[place]!));
}

/**
 * The engine's kernel passes over NaN, and begins with the least finite number. So where a sum of all values is not
 * finite, the windows are looked at once more, for what they have: 2 for NaN, 1 for more than minus infinity.
 *
 * Measured on [1, 64, 56, 56] with windows of 2 by 2: 0.15 ms for the kernel, 0.29 with the sum, 0.63 where all is looked at
 * twice, 0.77 for slices and Max. A device would have to wait for the sum.
 */
function maxPoolNode(emitter: Emitter, x: Value, windows: Windows): Value {
  const pool = (value: Value): Value => kernelNode(emitter, "MaxPool", value, windows);
  if (!emitter.provider.branches) return poolNode(emitter, x, windows, writeMaxPool, pool);
  return poolNode(emitter, x, windows, writeMaxPool, (input) => {
    const f = new Formula(emitter, x.dtype);
    const marked = (): Value => {
      const isNaN = emitter.node("IsNaN", [input], { dtype: "bool" });
      const marks = pool(f.where(isNaN, 2, emitter.cast(f.greater(input, -Infinity), x.dtype)));
      return f.where(f.greater(marks, 1.5), NaN, f.where(f.less(marks, 0.5), -Infinity, pool(input)));
    };
    const wide = emitter.cast(input, x.dtype === "float64" ? "float64" : "float32");
    const sum = emitter.node("ReduceSum", [wide], { attributes: { keepdims: int(0) } });
    const isFinite = new Formula(emitter, wide.dtype).equal(emitter.node("Sub", [sum, sum]), 0);
    return emitter.branch(isFinite, () => pool(input), marked);
  });
}

/** A pool by a kernel, or by `write` without one where only the run knows that an axis has no values. */
function poolNode(
  emitter: Emitter,
  x: Value,
  windows: Windows,
  write: (emitter: Emitter, x: Value, windows: Windows) => Value,
  kernel: (input: Value) => Value,
): Value {
  return channelsFirst(emitter, x, windows.dataFormat, (value) => {
    if (windows.empty !== null || !emitter.provider.branches) return kernel(value);
    const input = { ...value, shape: x.shape };
    const without = { ...windows, dataFormat: "channels_first", empty: true } as const;
    return whereEmpty(emitter, input, () => write(emitter, input, without), () => kernel(input));
  });
}

// That the engine computes the border by itself serves sizes that are open. It is said for none, too: to a pool without
// it the engine adds the zeros of a Pad before it, as if they did not count.
/** A pool of values with the channels second. */
function kernelNode(emitter: Emitter, opType: string, x: Value, windows: Windows): Value {
  const attributes = {
    kernel_shape: ints(windows.poolSize),
    strides: ints(windows.strides),
    auto_pad: text(windows.padding === "same" ? "SAME_UPPER" : "VALID"),
  };
  return emitter.node(opType, [x], { attributes });
}

/** Combines the values of each window, one axis after the other; beyond the border they are `outside`. */
function overWindows(emitter: Emitter, x: Value, windows: Windows, opType: string, outside: number): Value {
  const rank = x.shape.length;
  return spatialAxes(rank, windows.dataFormat).reduce((value, axis, place) => {
    const padded = windows.padding === "same" ? withBorder(emitter, value, rank, axis, windows, place, outside) : value;
    return alongAxis(emitter, padded, axis, windows.poolSize[place]!, windows.strides[place]!, opType);
  }, x);
}

/** Combines the values at each place of the windows along an axis: those at one place are a slice. */
function alongAxis(emitter: Emitter, x: Value, axis: number, size: number, stride: number, opType: string): Value {
  if (size === 1 && stride === 1) return x;
  const list = (value: number): Value => emitter.integers([value]);
  const slices = Array.from({ length: size }, (_, offset) => {
    const behind = size - 1 - offset;
    return emitter.node("Slice", [x, list(offset), list(behind === 0 ? END : -behind), list(axis), list(stride)]);
  });
  return slices.reduce((a, b) => emitter.node(opType === "Sum" ? "Add" : opType, [a, b]));
}

/** The size of an axis, as a list of one. */
export function sizeOf(emitter: Emitter, x: Value, axis: number): Value {
  return emitter.node("Gather", [emitter.node("Shape", [x], { dtype: "int64" }), emitter.integers([axis])]);
}

/** Adds as much to both ends of an axis as its windows reach over them: what is odd goes to the far end. */
function withBorder(
  emitter: Emitter,
  x: Value,
  rank: number,
  axis: number,
  { poolSize, strides }: Windows,
  place: number,
  outside: number,
): Value {
  const [size, stride] = [poolSize[place]!, strides[place]!];
  if (size === 1) return x;
  const calculate = (opType: string, a: Value, b: number): Value => emitter.node(opType, [a, emitter.integers([b])]);
  const dim = sizeOf(emitter, x, axis);
  const last = calculate("Sub", calculate("Div", calculate("Add", dim, stride - 1), stride), 1);
  const reach = calculate("Add", calculate("Mul", last, stride), size);
  const missing = calculate("Max", emitter.node("Sub", [reach, dim]), 0);
  const before = calculate("Div", missing, 2);
  const after = emitter.node("Sub", [missing, before]);
  const zeros = (count: number): Value[] => count === 0 ? [] : [emitter.integers(Array<number>(count).fill(0))];
  const others = [...zeros(axis)];
  const behind = [...zeros(rank - axis - 1)];
  const pads = emitter.node("Concat", [...others, before, ...behind, ...others, after, ...behind], {
    attributes: { axis: int(0) },
  });
  return emitter.node("Pad", [x, pads, emitter.scalar(outside, x.dtype)]);
}

/** The number of values that each window along an axis has, in a shape that broadcasts with the result. */
function windowCounts(emitter: Emitter, x: Value, axis: number, windows: Windows, place: number): Value {
  const [size, stride] = [windows.poolSize[place]!, windows.strides[place]!];
  if (windows.padding === "valid") return emitter.scalar(size, x.dtype);
  const ones = emitter.node("Expand", [emitter.scalar(1, x.dtype), sizeOf(emitter, x, axis)]);
  const padded = withBorder(emitter, ones, 1, 0, windows, place, 0);
  const counts = alongAxis(emitter, padded, 0, size, stride, "Sum");
  const behind = x.shape.length - axis - 1;
  if (behind === 0) return counts;
  return emitter.node("Unsqueeze", [counts, emitter.integers(Array.from({ length: behind }, (_, i) => i + 1))]);
}
