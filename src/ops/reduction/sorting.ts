/**
 * Order along an axis.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { type Emitter, int, type Value } from "../../emission/emitter.ts";
import { type normalizeAxis, normalizeAxis as normalizedAxis } from "../../shape/axis.ts";
import { showShape } from "../../shape/dim.ts";
import { InputRangeError, ShapeError } from "../../shape/error.ts";
import { topK as topKShape } from "../../shape/top_k.ts";
import {
  type Check,
  type Like,
  type ShapeOf,
  type StrongDTypeOf,
  type TensorLike,
  toTensor,
} from "../../tensor/like.ts";
import { isFloat } from "../../tensor/promote.ts";
import { checkOpOptions } from "../arguments.ts";
import { apply } from "../define.ts";
import { dispatch } from "../../eager/dispatch.ts";
import type { AxisOptions } from "../shaping/joining.ts";
import type { AxisOf, CheckDefaults, NoOptions } from "../options.ts";
import { rowsBeside } from "../rows.ts";
import { guarded, type SortAttributes, sortAttributes } from "./sort_nodes.ts";

/** The elements along an axis in order, and where they were; equal ones keep their order. */
function ordered(emitter: Emitter, x: Value, count: Value, axis: number, largest: boolean): readonly [Value, Value] {
  const attributes = { axis: int(axis), largest: int(largest ? 1 : 0), sorted: int(1) };
  const [values, indices] = emitter.nodeWithOutputs("TopK", [x, count], [null, "int64"], { attributes });
  return [values!, indices!];
}

/** The size of an axis as TopK takes it. */
function sizeOf(emitter: Emitter, x: Value, axis: number): Value {
  return emitter.node("Gather", [emitter.node("Shape", [x], { dtype: "int64" }), emitter.integers([axis])]);
}

/** NaN compares with nothing, which would disturb the order of all others: it goes as infinity. */
function comparable(emitter: Emitter, x: Value): { input: Value; isNaN: Value } {
  const isNaN = emitter.node("IsNaN", [x], { dtype: "bool" });
  return { isNaN, input: emitter.node("Where", [isNaN, emitter.scalar(Infinity, x.dtype), x], { dtype: x.dtype }) };
}

export const sortOperation: Operation<SortAttributes> = {
  name: "sort",
  infer: ([x]) => [{ shape: x!.shape, dtype: x!.dtype }],
  rows: ([place], _, { axis }) => [rowsBeside(place!, [axis])],
  emit(emitter, [given], { axis, empty, open }) {
    if (empty) return given!;
    const { padded: x, restore } = guarded(emitter, given!, open);
    const size = sizeOf(emitter, x, axis);
    if (!isFloat(x.dtype)) return restore(ordered(emitter, x, size, axis, false)[0]);
    const { input, isNaN } = comparable(emitter, x);
    const [sorted] = ordered(emitter, input, size, axis, false);
    // From the first place that NaN had taken as infinity, what comes is NaN.
    const places = emitter.node("ReduceSum", [
      emitter.cast(emitter.node("Not", [isNaN]), "int64"),
      emitter.integers([axis]),
    ]);
    const range = emitter.node("Range", [
      emitter.scalar(0, "int64"),
      emitter.node("Squeeze", [size, emitter.integers([0])]),
      emitter.scalar(1, "int64"),
    ]);
    const behind = Array.from({ length: x.shape.length - 1 - axis }, (_, i) => i + 1);
    const along = behind.length === 0 ? range : emitter.node("Unsqueeze", [range, emitter.integers(behind)]);
    const isNumber = emitter.node("Less", [along, places], { dtype: "bool" });
    return restore(emitter.node("Where", [isNumber, sorted, emitter.scalar(NaN, x.dtype)], { dtype: x.dtype }));
  },
};

/**
 * Sorts the elements along an axis in ascending order; NaN comes last.
 *
 * @param x The tensor.
 * @param options The axis. Default: -1.
 * @throws {ShapeError} If there is no such axis.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.sort([3, 1, 2]).array(), [1, 2, 3]);
 * ```
 */
export function sort<const X extends TensorLike, const O extends AxisOptions = NoOptions>(
  x: X & CheckDefaults<O, "axis", normalizeAxis<AxisOf<O, -1>, ShapeOf<X>>>,
  options?: O & Check<normalizeAxis<AxisOf<O, -1>, ShapeOf<X>>>,
): Like<X, ShapeOf<X>, StrongDTypeOf<X>> {
  checkOpOptions("sort", options, ["axis"]);
  const tensor = toTensor(x);
  const axis = normalizedAxis((options as AxisOptions | undefined)?.axis ?? -1, tensor.shape);
  return apply(sortOperation, [tensor], sortAttributes(tensor.shape, axis)) as never;
}

export const argsortOperation: Operation<SortAttributes> = {
  name: "argsort",
  infer: ([x]) => [{ shape: x!.shape, dtype: "int32" }],
  rows: ([place], _, { axis }) => [rowsBeside(place!, [axis])],
  emit(emitter, [given], { axis, empty, open }) {
    if (empty) return emitter.cast(given!, "int32");
    const { padded: x, restore } = guarded(emitter, given!, open);
    const size = sizeOf(emitter, x, axis);
    if (!isFloat(x.dtype)) return emitter.cast(restore(ordered(emitter, x, size, axis, false)[1]), "int32");
    const { input, isNaN } = comparable(emitter, x);
    const [, order] = ordered(emitter, input, size, axis, false);
    // The same again by whether each is NaN, which puts NaN after infinity and leaves the rest as it is.
    const along = { attributes: { axis: int(axis) } };
    const flags = emitter.node("GatherElements", [emitter.cast(isNaN, "int32"), order], along);
    const [, last] = ordered(emitter, flags, size, axis, false);
    return emitter.cast(restore(emitter.node("GatherElements", [order, last], along)), "int32");
  },
};

/**
 * The indices that sort the elements along an axis in ascending order. Equal elements keep their order; NaN comes last.
 *
 * @param x The tensor.
 * @param options The axis. Default: -1.
 * @throws {ShapeError} If there is no such axis.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.argsort([3, 1, 2]).array(), [1, 2, 0]);
 * ```
 */
export function argsort<const X extends TensorLike, const O extends AxisOptions = NoOptions>(
  x: X & CheckDefaults<O, "axis", normalizeAxis<AxisOf<O, -1>, ShapeOf<X>>>,
  options?: O & Check<normalizeAxis<AxisOf<O, -1>, ShapeOf<X>>>,
): Like<X, ShapeOf<X>, "int32"> {
  checkOpOptions("argsort", options, ["axis"]);
  const tensor = toTensor(x);
  const axis = normalizedAxis((options as AxisOptions | undefined)?.axis ?? -1, tensor.shape);
  return apply(argsortOperation, [tensor], sortAttributes(tensor.shape, axis)) as never;
}

/**
 * Indices that put the element of rank `kth` at its place along an axis: before it are those that are not greater, after it
 * those that are not less. All are in ascending order, which is one such partition.
 *
 * @param x The tensor.
 * @param kth The rank of the element, from 0; a negative one counts from the greatest.
 * @param options The axis. Default: -1.
 * @throws {ShapeError} If there is no such axis, or it is not longer than `kth`.
 * @throws {RangeError} If `kth` is not an integer.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.argpartition([30, 10, 20], 1).array(), [1, 2, 0]);
 * ```
 */
export function argpartition<const X extends TensorLike, const O extends AxisOptions = NoOptions>(
  x: X & CheckDefaults<O, "axis", normalizeAxis<AxisOf<O, -1>, ShapeOf<X>>>,
  kth: number,
  options?: O & Check<normalizeAxis<AxisOf<O, -1>, ShapeOf<X>>>,
): Like<X, ShapeOf<X>, "int32"> {
  checkOpOptions("argpartition", options, ["axis"]);
  const tensor = toTensor(x as TensorLike);
  const axis = normalizedAxis((options as AxisOptions | undefined)?.axis ?? -1, tensor.shape);
  const size = tensor.shape[axis]!;
  if (!Number.isSafeInteger(kth)) {
    throw new InputRangeError(`Cannot apply argpartition: expected kth to be an integer, received ${kth}`);
  }
  if (typeof size === "number" && (kth >= size || kth < -size)) {
    throw new ShapeError(
      `Cannot apply argpartition to shape ${showShape(tensor.shape)}: expected axis ${axis} to have more than ` +
        `${kth < 0 ? -kth - 1 : kth} elements, received ${size}`,
    );
  }
  return apply(argsortOperation, [tensor], sortAttributes(tensor.shape, axis)) as never;
}

export const topKOperation: Operation<SortAttributes & { readonly k: number }> = {
  name: "topK",
  infer([x], { k }) {
    const shape = topKShape(x!.shape, k);
    return [{ shape, dtype: x!.dtype }, { shape, dtype: "int32" }];
  },
  rows: ([place], _, { axis }) => Array<number | undefined>(2).fill(rowsBeside(place!, [axis])),
  emit(emitter, [given], { k, axis, empty, open }) {
    if (empty) {
      const bounds = [[0], [k], [axis]].map((bound) => emitter.integers(bound));
      const none = emitter.node("Slice", [given!, ...bounds]);
      return [none, emitter.cast(none, "int32")];
    }
    const { padded: x, restore } = guarded(emitter, given!, open);
    const count = emitter.integers([k]);
    if (!isFloat(x.dtype)) {
      const [values, indices] = ordered(emitter, x, count, axis, true);
      return [restore(values), emitter.cast(restore(indices), "int32")];
    }
    const [, indices] = ordered(emitter, comparable(emitter, x).input, count, axis, true);
    const values = emitter.node("GatherElements", [x, indices], { attributes: { axis: int(axis) } });
    return [restore(values), emitter.cast(restore(indices), "int32")];
  },
};

/**
 * The `k` greatest elements along the last axis in descending order, and their indices. Of equal ones the lower index
 * comes first; NaN counts as infinity.
 *
 * @param x The tensor.
 * @param k How many.
 * @returns The values, and their indices as `int32`.
 * @throws {ShapeError} If the last axis is shorter than `k`, or there is none.
 * @throws {RangeError} If `k` is negative or no integer.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * const [values, indices] = ops.topK([1, 4, 2, 4], 3);
 * assertEquals(values.array(), [4, 4, 2]);
 * assertEquals(indices.array(), [1, 3, 2]);
 * ```
 */
export function topK<const X extends TensorLike, const K extends number>(
  x: X,
  k: K & Check<topKShape<ShapeOf<X>, K>>,
): readonly [
  values: Like<X, topKShape<ShapeOf<X>, K>, StrongDTypeOf<X>>,
  indices: Like<X, topKShape<ShapeOf<X>, K>, "int32">,
] {
  const tensor = toTensor(x);
  topKShape(tensor.shape, k);
  return dispatch(topKOperation, [tensor], { k, ...sortAttributes(tensor.shape, tensor.shape.length - 1) }) as never;
}
