/**
 * Parts of tensors: by place and size, and by indices.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { type Emitter, int, type Value } from "../../emission/emitter.ts";
import { type insertAt, insertAt as withAxis, normalizeAxis } from "../../shape/axis.ts";
import type { Shape } from "../../shape/dim.ts";
import { DTypeError, InputRangeError, type Mismatch } from "../../shape/error.ts";
import { slice as sliceShape } from "../../shape/slice.ts";
import { take as takeShape, takeAlongAxis as takeAlongAxisShape } from "../../shape/take.ts";
import { castValues, convertValues, isTypedArray } from "../../tensor/convert.ts";
import type { DType } from "../../tensor/dtype.ts";
import { EagerTensor } from "../../tensor/eager.ts";
import {
  type Check,
  type Like,
  type ShapeOf,
  type StrongDTypeOf,
  type TensorLike,
  toTensor,
} from "../../tensor/like.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { isInteger } from "../../tensor/promote.ts";
import { checkIntegers, checkOpOptions } from "../arguments.ts";
import { apply, applyWith } from "../define.ts";
import type { AxisOptions } from "./joining.ts";
import type { AxisOf, NoOptions, OptionOf } from "../options.ts";
import { labelledRows, rowsWith } from "../rows.ts";

const END = Number.MAX_SAFE_INTEGER;

export const sliceOperation: Operation<{ start: readonly number[]; size: readonly number[] }> = {
  name: "slice",
  infer: ([x], { start, size }) => [{ shape: sliceShape(x!.shape, start, size), dtype: x!.dtype }],
  rows: ([axis], _, { start, size }) => [start[axis!] === 0 && size[axis!] === -1 ? axis! : undefined],
  emit(emitter, [x], { start, size }) {
    const axes = [...start.keys()].filter((axis) => start[axis] !== 0 || size[axis] !== -1);
    if (axes.length === 0) return x!;
    const end = (axis: number) => size[axis] === -1 ? END : start[axis]! + size[axis]!;
    return emitter.node("Slice", [
      x!,
      emitter.integers(axes.map((axis) => start[axis]!)),
      emitter.integers(axes.map(end)),
      emitter.integers(axes),
    ]);
  },
};

/**
 * Takes the part of a tensor that begins at `start` and has the shape `size`.
 *
 * @param x The tensor.
 * @param start The first index on each axis.
 * @param size The size on each axis; -1 is all that is left.
 * @throws {ShapeError} If there are not as many starts and sizes as axes, or the part reaches beyond the tensor.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.slice([[1, 2, 3], [4, 5, 6]], [0, 1], [2, -1]).array(), [[2, 3], [5, 6]]);
 * ```
 */
export function slice<
  const X extends TensorLike,
  const Start extends readonly number[],
  const Size extends readonly number[],
>(
  x: X,
  start: Start,
  size: Size & Check<sliceShape<ShapeOf<X>, Start, Size>>,
): Like<X, sliceShape<ShapeOf<X>, Start, Size>, StrongDTypeOf<X>> {
  checkIntegers("slice", "start", start);
  checkIntegers("slice", "size", size);
  return apply(sliceOperation, [x], { start, size: size as readonly number[] }) as never;
}

/**
 * The sentence for indices that are no integers.
 *
 * @internal
 */
export type needsIntegers<D extends DType> = `Cannot use a tensor of dtype ${D} as indices: expected integers`;

/** The sentence for indices that are no integers. */
export function needsIntegers(dtype: DType): string {
  return `Cannot use a tensor of dtype ${dtype} as indices: expected integers`;
}

/** The {@linkcode Mismatch} of a tensor that surely holds no integers; plain arrays are indices whatever they hold. */
export type checkIndices<I> = I extends Tensor<Shape, infer D>
  ? [D] extends ["float32" | "float64" | "float16" | "bool"] ? Mismatch<needsIntegers<D>>
  : unknown
  : unknown;

/**
 * Indices as a tensor: plain numbers become `int32`.
 *
 * @throws {DTypeError} If they are no integers.
 */
export function toIndices(value: TensorLike): Tensor {
  if (value instanceof Tensor || isTypedArray(value)) {
    const tensor = toTensor(value);
    if (!isInteger(tensor.dtype)) throw new DTypeError(needsIntegers(tensor.dtype));
    return tensor;
  }
  const converted = convertValues(value);
  if (converted.dtype === "int64") return toTensor(value);
  // As float64, in which a fraction or a great number is seen.
  const { shape, data } = convertValues(value, { dtype: "float64" });
  const numbers = data as Float64Array;
  if (converted.dtype === "bool" || !numbers.every(Number.isInteger)) {
    throw new DTypeError("Cannot use booleans or numbers with fractions as indices: expected integers");
  }
  return new EagerTensor(shape, "int32", castValues(numbers, "int32"));
}

/** Indices in a dtype that ONNX takes for them. */
function wide(emitter: Emitter, indices: Value): Value {
  return indices.dtype === "int32" ? indices : emitter.cast(indices, "int64");
}

export const takeOperation: Operation<{ axis: number | null }> = {
  name: "take",
  normalize: ({ axis }: AxisOptions, [x]) => ({ axis: axis == null ? null : normalizeAxis(axis, x!.shape) }),
  infer: ([x, indices], { axis }) => [{
    shape: takeShape(x!.shape, indices!.shape, axis ?? undefined),
    dtype: x!.dtype,
  }],
  rows([data, places], [, indices], { axis }) {
    const along = axis ?? 0;
    if (data === null) return [along + places!];
    if (places !== null || axis === null || data === along) return [undefined];
    return [data! < along ? data! : data! - 1 + indices!.shape.length];
  },
  emit(emitter, [x, indices], { axis }) {
    const from = axis === null ? emitter.node("Reshape", [x!, emitter.integers([-1])]) : x!;
    return emitter.node("Gather", [from, wide(emitter, indices!)], { attributes: { axis: int(axis ?? 0) } });
  },
};

/**
 * Picks elements by their indices along an axis; negative ones count from the end.
 *
 * @param x The tensor.
 * @param indices Integers of any shape, which takes the place of the axis.
 * @param options The axis. Without one, indices count all elements in row-major order.
 * @throws {ShapeError} If there is no such axis.
 * @throws {DTypeError} If the indices are no integers.
 * @throws {EngineError} If an index is out of range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.take([[1, 2], [3, 4]], [1, -2], { axis: 0 }).array(), [[3, 4], [1, 2]]);
 * assertEquals(ops.take([[1, 2], [3, 4]], 2).item(), 3);
 * ```
 */
export function take<
  const X extends TensorLike,
  const I extends TensorLike,
  const O extends AxisOptions = NoOptions,
>(
  x: X,
  indices: I & checkIndices<I>,
  options?: O & Check<takeShape<ShapeOf<X>, ShapeOf<I>, OptionOf<O, "axis">>>,
): Like<X | I, takeShape<ShapeOf<X>, ShapeOf<I>, OptionOf<O, "axis">>, StrongDTypeOf<X>> {
  checkOpOptions("take", options, ["axis"]);
  return applyWith(takeOperation, [x, toIndices(indices)], options) as never;
}

export const takeAlongAxisOperation: Operation<{ axis: number | null; expand: boolean }> = {
  name: "takeAlongAxis",
  normalize({ axis }: AxisOptions, [x, indices]) {
    takeAlongAxisShape(x!.shape, indices!.shape, axis ?? undefined);
    if (axis == null) return { axis: null, expand: false };
    const place = normalizeAxis(axis, x!.shape);
    const [of, at] = [x!.shape, indices!.shape];
    const expand = at.length === of.length &&
      !at.every((dim, i) => i === place || (typeof dim === "number" && dim === of[i]));
    return { axis: place, expand };
  },
  infer: ([x, indices], { axis }) => [{
    shape: takeAlongAxisShape(x!.shape, indices!.shape, axis ?? undefined),
    dtype: x!.dtype,
  }],
  rows(axes, [x, indices], { axis }) {
    // Each index picks from all that is along the axis.
    const picked = x!.shape.map((_, place) => axis === null || place === axis ? -1 : place);
    const result = indices!.shape.map((_, place) => place);
    return [labelledRows(axes, [x!, indices!], [picked, result], result)];
  },
  emit(emitter, [x, indices], { axis, expand }) {
    let from = axis === null ? emitter.node("Reshape", [x!, emitter.integers([-1])]) : x!;
    let at = wide(emitter, indices!);
    if (expand && axis !== null) {
      const rank = x!.shape.length;
      const along = emitter.constant(Array.from({ length: rank }, (_, i) => i === axis ? 1 : 0), "bool", [rank]);
      const ones = emitter.integers(Array<number>(rank).fill(1));
      const others = (value: Value) =>
        emitter.node("Where", [along, ones, emitter.node("Shape", [value], { dtype: "int64" })], { dtype: "int64" });
      [from, at] = [
        emitter.node("Expand", [from, others(at)]),
        emitter.node("Expand", [at, others(from)]),
      ];
    }
    return emitter.node("GatherElements", [from, at], { attributes: { axis: int(axis ?? 0) } });
  },
};

/**
 * Picks elements along an axis by indices of their own place: `result[i][j] = x[i][indices[i][j]]` for the last of two
 * axes. Negative indices count from the end; on all other axes `x` and the indices broadcast.
 *
 * @param x The tensor.
 * @param indices Integers, of as many axes as `x`.
 * @param options The axis. Without one, indices of one axis count all elements in row-major order.
 * @throws {ShapeError} If there is no such axis, the ranks differ or another axis does not broadcast.
 * @throws {DTypeError} If the indices are no integers.
 * @throws {EngineError} If an index is out of range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.takeAlongAxis([[1, 2, 3], [4, 5, 6]], [[2], [0]], { axis: 1 }).array(), [[3], [4]]);
 * ```
 */
export function takeAlongAxis<
  const X extends TensorLike,
  const I extends TensorLike,
  const O extends AxisOptions = NoOptions,
>(
  x: X,
  indices: I & checkIndices<I> & Check<takeAlongAxisShape<ShapeOf<X>, ShapeOf<I>, OptionOf<O, "axis">>>,
  options?: O,
): Like<X | I, takeAlongAxisShape<ShapeOf<X>, ShapeOf<I>, OptionOf<O, "axis">>, StrongDTypeOf<X>> {
  checkOpOptions("takeAlongAxis", options, ["axis"]);
  return applyWith(takeAlongAxisOperation, [x, toIndices(indices as TensorLike)], options) as never;
}

/** The options of {@linkcode oneHot}. */
export interface OneHotOptions<D extends DType = DType> {
  /** The position of the new axis in the result. Default: -1. */
  readonly axis?: number;
  /** The dtype of the result. Default: `"float32"`. */
  readonly dtype?: D;
}

export const oneHotOperation: Operation<{ count: number; axis: number; dtype: DType }> = {
  name: "oneHot",
  infer: ([x], { count, axis, dtype }) => [{ shape: withAxis(x!.shape, axis, count), dtype }],
  rows: ([place], [x], { axis }) => [rowsWith(place!, [axis], x!.shape.length + 1)],
  emit(emitter, [x], { count, axis, dtype }) {
    const rank = x!.shape.length + 1;
    const place = axis < 0 ? axis + rank : axis;
    const indices = x!.dtype === "int64" ? x! : emitter.cast(x!, "int32");
    const expanded = emitter.node("Unsqueeze", [indices, emitter.integers([place])]);
    const shape = Array.from({ length: rank - place }, (_, i) => i === 0 ? count : 1);
    const classes = emitter.constant([...Array(count).keys()], indices.dtype, shape);
    return emitter.cast(emitter.node("Equal", [expanded, classes], { dtype: "bool" }), dtype);
  },
};

/**
 * Writes integers as vectors with a 1 at their place and 0 elsewhere. An integer outside `0` to `n - 1` gives zeros only.
 *
 * @param x Integers.
 * @param n The length of the vectors.
 * @param options The new axis and the dtype.
 * @throws {ShapeError} If the axis is out of the result's range.
 * @throws {DTypeError} If `x` holds no integers.
 * @throws {RangeError} If `n` is negative or no integer.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.oneHot([1, 0, -1], 2).array(), [[0, 1], [1, 0], [0, 0]]);
 * ```
 */
export function oneHot<
  const X extends TensorLike,
  const N extends number,
  const O extends OneHotOptions = NoOptions,
>(
  x: X & checkIndices<X>,
  n: N,
  options?: O & Check<insertAt<ShapeOf<X>, AxisOf<O, -1>, N>>,
): Like<X, insertAt<ShapeOf<X>, AxisOf<O, -1>, N>, OptionOf<O, "dtype", "float32"> & DType> {
  checkOpOptions("oneHot", options, ["axis", "dtype"]);
  if (!Number.isSafeInteger(n) || n < 0) {
    throw new InputRangeError(`Cannot encode in one-hot vectors of length ${n}: expected a non-negative integer`);
  }
  const { axis = -1, dtype = "float32" } = options ?? {} as OneHotOptions;
  return apply(oneHotOperation, [toIndices(x)], { count: n, axis, dtype }) as never;
}
