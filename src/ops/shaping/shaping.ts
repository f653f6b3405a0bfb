/**
 * The same elements in another shape or order.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { type Emitter, int, ints, type Value } from "../../emission/emitter.ts";
import { normalizeAxes, type normalizeAxis } from "../../shape/axis.ts";
import { broadcastTo as broadcastToShape, cannotBroadcastTo } from "../../shape/broadcast_to.ts";
import type { Dim, Shape } from "../../shape/dim.ts";
import { ShapeError } from "../../shape/error.ts";
import { expandDims as expandDimsShape } from "../../shape/expand_dims.ts";
import { flatten as flattenShape } from "../../shape/flatten.ts";
import {
  type moveaxis as moveaxisShape,
  orderAfterMove,
  orderAfterSwap,
  type swapaxes as swapaxesShape,
} from "../../shape/move_axis.ts";
import type { AxisOption } from "../../shape/reduce.ts";
import { cannotReshape, reshape as reshapeShape } from "../../shape/reshape.ts";
import { squeeze as squeezeShape } from "../../shape/squeeze.ts";
import { transpose as transposeShape } from "../../shape/transpose.ts";
import {
  type Check,
  type Like,
  type ShapeOf,
  type StrongDTypeOf,
  type TensorLike,
  toTensor,
} from "../../tensor/like.ts";
import { checkAxes, checkIntegers, checkOpOptions } from "../arguments.ts";
import { apply } from "../define.ts";
import {
  broadcastToSizes,
  isOpenTarget,
  namedTarget,
  reshapeToSizes,
  type ShapeOfTarget,
  type Target,
} from "./open_shapes.ts";
import type { NoOptions, OptionOf } from "../options.ts";
import { rowsWith, rowsWithout } from "../rows.ts";

/** A dim of a target: a size, -1 for the rest, or `copy(axis)` for the size of an axis of the input. */
type TargetDim = number;
const copy = (axis: number): TargetDim => -2 - axis;

/** The sizes of a target as a value; those that are copied are read off the input when it is there. */
function targetSizes(emitter: Emitter, x: Value, dims: readonly TargetDim[]): Value {
  if (dims.every((dim) => dim >= -1)) return emitter.integers(dims);
  const rank = x.shape.length;
  const pool = emitter.node("Concat", [emitter.node("Shape", [x], { dtype: "int64" }), emitter.integers(dims)], {
    attributes: { axis: int(0) },
  });
  return emitter.node("Gather", [pool, emitter.integers(dims.map((dim, i) => dim < -1 ? -2 - dim : rank + i))]);
}

/**
 * The axis of the rows in a result with the sizes `dims`: on the same axis, if all axes before it stay and those after it
 * have as many elements as before.
 */
function rowsReshaped(axis: number, shape: Shape, dims: readonly TargetDim[]): number | undefined {
  const stays = (place: number): boolean => dims[place] === copy(place) || dims[place] === shape[place];
  if (!shape.slice(0, axis).every((_, place) => stays(place))) return undefined;
  if (dims[axis] === copy(axis)) return axis;
  // What is left is the rows if all else is there again: the known sizes as a product, each open one by itself.
  if (dims[axis] !== -1) return undefined;
  let size = 1;
  const open = new Set<number>();
  for (const [place, dim] of shape.entries()) {
    if (place <= axis) continue;
    if (typeof dim === "number") size *= dim;
    else open.add(place);
  }
  for (const dim of dims.slice(axis + 1)) {
    if (dim >= 0) size /= dim;
    else if (!open.delete(-2 - dim)) return undefined;
  }
  return size === 1 && open.size === 0 ? axis : undefined;
}

export const reshapeOperation: Operation<{ shape: Shape; dims: readonly TargetDim[] }> = {
  name: "reshape",
  infer: ([x], { shape }) => [{ shape: reshapeShape(x!.shape, shape), dtype: x!.dtype }],
  rows: ([axis], [x], { dims }) => [rowsReshaped(axis!, x!.shape, dims)],
  emit: (emitter, [x], { dims }) =>
    emitter.node("Reshape", [x!, targetSizes(emitter, x!, dims)], { attributes: { allowzero: int(1) } }),
};

/** The attributes of a reshape: open dims of the target are found in the shape, and the one that is not is the rest. */
function reshapeAttributes(shape: Shape, target: Shape): { shape: Shape; dims: readonly TargetDim[] } {
  const nulls = (dims: Shape) => dims.filter((dim) => dim === null).length;
  const onlyNull = nulls(shape) === 1 && nulls(target) === 1;
  let rest = target.indexOf(-1);
  const wanted: Dim[] = [...target];
  const dims = target.map((dim, index) => {
    if (typeof dim === "number") return dim;
    const axis = dim === null && !onlyNull ? -1 : shape.indexOf(dim);
    if (axis >= 0) return copy(axis);
    if (rest >= 0) {
      throw new ShapeError(
        cannotReshape(shape, target, "expected the names of open dims to be those of the shape, but for one"),
      );
    }
    rest = index;
    // A new name for what is left is open as long as something is; else it is calculated.
    if (dim === null || shape.every((dim) => typeof dim === "number")) wanted[index] = -1;
    return -1;
  });
  return { shape: wanted, dims };
}

/**
 * Gives the elements another shape, in row-major order.
 *
 * @param x The tensor.
 * @param shape The dims. One may be -1, which is what the others leave. A dim that is open in `x` goes by its name; one
 * that `x` does not name is a new name for what the others leave. Sizes that are known only when a graph runs are given as
 * {@linkcode shape} gives them.
 * @throws {ShapeError} If the sizes differ, or do not say what -1 is.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { input, ops } from "@strata/nn";
 *
 * assertEquals(ops.reshape([1, 2, 3, 4, 5, 6], [2, -1]).array(), [[1, 2, 3], [4, 5, 6]]);
 * assertEquals(ops.reshape(input(["batch", 28, 28]), ["batch", -1]).shape, ["batch", 784]);
 * ```
 */
export function reshape<const X extends TensorLike, const T extends Target>(
  x: X,
  shape: T & Check<reshapeShape<ShapeOf<X>, ShapeOfTarget<T>>>,
): Like<X | T[number], reshapeShape<ShapeOf<X>, ShapeOfTarget<T>>, StrongDTypeOf<X>> {
  const tensor = toTensor(x);
  const target = namedTarget("Cannot reshape", tensor.shape, shape);
  if (isOpenTarget(target)) return reshapeToSizes(tensor, target) as never;
  return apply(reshapeOperation, [tensor], reshapeAttributes(tensor.shape, target as Shape)) as never;
}

export const transposeOperation: Operation<{ axes: readonly number[] }> = {
  name: "transpose",
  infer: ([x], { axes }) => [{ shape: transposeShape(x!.shape, axes), dtype: x!.dtype }],
  rows: ([axis], _, { axes }) => [axes.indexOf(axis!)],
  emit: (emitter, [x], { axes }) =>
    axes.every((axis, place) => axis === place)
      ? x!
      : emitter.node("Transpose", [x!], { attributes: { perm: ints(axes) } }),
};

/**
 * Puts the axes in another order: axis `i` of the result is axis `axes[i]` of `x`.
 *
 * @param x The tensor.
 * @param axes A permutation of the axes. Default: the reversed order.
 * @throws {ShapeError} If `axes` is no permutation.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops, zeros } from "@strata/nn";
 *
 * assertEquals(ops.transpose([[1, 2, 3], [4, 5, 6]]).array(), [[1, 4], [2, 5], [3, 6]]);
 * assertEquals(ops.transpose(zeros([2, 3, 4]), [1, 0, 2]).shape, [3, 2, 4]);
 * ```
 */
export function transpose<
  const X extends TensorLike,
  const Axes extends readonly number[] | undefined = undefined,
>(
  x: X,
  axes?: Axes & Check<transposeShape<ShapeOf<X>, Axes>>,
): Like<X, transposeShape<ShapeOf<X>, Axes>, StrongDTypeOf<X>> {
  if (axes !== undefined) checkIntegers("transpose", "axes", axes);
  const tensor = toTensor(x);
  const { shape } = tensor;
  const order = axes as readonly number[] | undefined ?? shape.map((_, axis) => shape.length - 1 - axis);
  // Too short or too long a list is for `infer` to refuse.
  const normal = order.length === shape.length ? normalizeAxes(order, shape) : order;
  return apply(transposeOperation, [tensor], { axes: normal }) as never;
}

export const expandDimsOperation: Operation<{ axes: readonly number[] }> = {
  name: "expandDims",
  infer: ([x], { axes }) => [{ shape: expandDimsShape(x!.shape, axes), dtype: x!.dtype }],
  rows: ([axis], [x], { axes }) => [rowsWith(axis!, axes, x!.shape.length + axes.length)],
  emit: (emitter, [x], { axes }) => emitter.node("Unsqueeze", [x!, emitter.integers(axes)]),
};

/**
 * Adds axes of size 1.
 *
 * @param x The tensor.
 * @param axis Where the new axis is in the result, or a list of places; negative ones count from the end.
 * @throws {ShapeError} If an axis is out of the result's range or named twice.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.expandDims([1, 2], 0).array(), [[1, 2]]);
 * assertEquals(ops.expandDims([1, 2], -1).array(), [[1], [2]]);
 * ```
 */
export function expandDims<const X extends TensorLike, const Axis extends number | readonly number[]>(
  x: X,
  axis: Axis & Check<expandDimsShape<ShapeOf<X>, Axis>>,
): Like<X, expandDimsShape<ShapeOf<X>, Axis>, StrongDTypeOf<X>> {
  checkAxes("expandDims", "axis", axis);
  const axes = typeof axis === "number" ? [axis] : axis as readonly number[];
  return apply(expandDimsOperation, [x], { axes }) as never;
}

/** The options of {@linkcode squeeze}. */
export interface SqueezeOptions {
  /** Which axis, or which axes, to drop. Default: all of size 1. */
  readonly axis?: AxisOption;
}

export const squeezeOperation: Operation<{ axes: readonly number[] }> = {
  name: "squeeze",
  infer: ([x], { axes }) => [{ shape: squeezeShape(x!.shape, axes), dtype: x!.dtype }],
  rows: ([axis], [x], { axes }) => [rowsWithout(axis!, normalizeAxes(axes, x!.shape))],
  emit: (emitter, [x], { axes }) => axes.length === 0 ? x! : emitter.node("Squeeze", [x!, emitter.integers(axes)]),
};

/**
 * Drops axes of size 1.
 *
 * @param x The tensor.
 * @param options Which axes to drop.
 * @throws {ShapeError} If an axis has another size, or none is given and a dim is open.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops, zeros } from "@strata/nn";
 *
 * assertEquals(ops.squeeze([[[1], [2]]]).array(), [1, 2]);
 * assertEquals(ops.squeeze(zeros([1, 3, 1]), { axis: 0 }).shape, [3, 1]);
 * ```
 */
export function squeeze<const X extends TensorLike, const O extends SqueezeOptions = NoOptions>(
  x: X,
  options?: O & Check<squeezeShape<ShapeOf<X>, OptionOf<O, "axis">>>,
): Like<X, squeezeShape<ShapeOf<X>, OptionOf<O, "axis">>, StrongDTypeOf<X>> {
  checkOpOptions("squeeze", options, ["axis"]);
  const tensor = toTensor(x);
  const { shape } = tensor;
  const { axis } = options ?? {} as SqueezeOptions;
  let axes: readonly number[];
  if (axis !== undefined) axes = typeof axis === "number" ? [axis] : axis as readonly number[];
  else {
    // Of open dims it is not known whether they are 1; the rule of shapes says so.
    squeezeShape(shape);
    axes = [...shape.keys()].filter((place) => shape[place] === 1);
  }
  return apply(squeezeOperation, [tensor], { axes }) as never;
}

export const flattenOperation: Operation = {
  name: "flatten",
  infer: ([x]) => [{ shape: flattenShape(x!.shape), dtype: x!.dtype }],
  rows: ([axis], [x]) => [x!.shape.length === 1 ? axis! : undefined],
  emit: (emitter, [x]) => emitter.node("Reshape", [x!, emitter.integers([-1])]),
};

/**
 * Puts all elements in one axis, in row-major order.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.flatten([[1, 2], [3, 4]]).array(), [1, 2, 3, 4]);
 * ```
 */
export function flatten<const X extends TensorLike>(x: X): Like<X, flattenShape<ShapeOf<X>>, StrongDTypeOf<X>> {
  return apply(flattenOperation, [x], {}) as never;
}

export const broadcastToOperation: Operation<{ shape: Shape; dims: readonly number[] }> = {
  name: "broadcastTo",
  infer: ([x], { shape }) => [{ shape: broadcastToShape(x!.shape, shape), dtype: x!.dtype }],
  rows([axis], [x], { dims }) {
    const place = axis! + dims.length - x!.shape.length;
    return [dims[place] === 1 ? place : undefined];
  },
  emit: (emitter, [x], { dims }) => emitter.node("Expand", [x!, emitter.integers(dims)]),
};

/**
 * Repeats a tensor along axes of size 1 and new leading axes until it has the given shape.
 *
 * @param x The tensor.
 * @param shape The shape; a dim may be open where that of `x` is, which then stays. Sizes that are known only when a graph
 * runs are given as {@linkcode shape} gives them.
 * @throws {ShapeError} If a dim of `x` is neither 1 nor that of the shape, or the shape is open where `x` is 1.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.broadcastTo([1, 2], [2, 2]).array(), [[1, 2], [1, 2]]);
 * ```
 */
export function broadcastTo<const X extends TensorLike, const T extends Target>(
  x: X,
  shape: T & Check<broadcastToShape<ShapeOf<X>, ShapeOfTarget<T>>>,
): Like<X | T[number], broadcastToShape<ShapeOf<X>, ShapeOfTarget<T>>, StrongDTypeOf<X>> {
  const tensor = toTensor(x);
  const given = namedTarget("Cannot broadcast", [], shape);
  if (isOpenTarget(given)) return broadcastToSizes(tensor, given) as never;
  const target = given as Shape;
  const added = target.length - tensor.shape.length;
  const dims = target.map((dim, axis) => {
    const own = tensor.shape[axis - added];
    if (typeof dim !== "number" ? own === undefined || own === 1 : !Number.isSafeInteger(dim) || dim < 0) {
      const reason = `axis ${axis - target.length} has no size to broadcast to`;
      throw new ShapeError(cannotBroadcastTo(tensor.shape, target, reason));
    }
    // ONNX broadcasts both ways: 1 leaves a dim as it is.
    return typeof dim === "number" ? dim : 1;
  });
  return apply(broadcastToOperation, [tensor], { shape: target, dims }) as never;
}

/**
 * Puts two axes in each other's place.
 *
 * @throws {ShapeError} If an axis is out of range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops, zeros } from "@strata/nn";
 *
 * assertEquals(ops.swapaxes(zeros([2, 3, 4]), 0, -1).shape, [4, 3, 2]);
 * ```
 */
export function swapaxes<const X extends TensorLike, const A extends number, const B extends number>(
  x: X,
  axis1: A & Check<normalizeAxis<A, ShapeOf<X>>>,
  axis2: B & Check<normalizeAxis<B, ShapeOf<X>>>,
): Like<X, swapaxesShape<ShapeOf<X>, A, B>, StrongDTypeOf<X>> {
  const tensor = toTensor(x);
  return apply(transposeOperation, [tensor], { axes: orderAfterSwap(tensor.shape, axis1, axis2) }) as never;
}

/**
 * Moves axes to other places; the others keep their order.
 *
 * @param x The tensor.
 * @param source Which axis to move, or a list.
 * @param destination Where it is in the result, or a list as long.
 * @throws {ShapeError} If an axis is out of range or named twice, or the lists differ in length.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops, zeros } from "@strata/nn";
 *
 * assertEquals(ops.moveaxis(zeros([2, 3, 4]), 0, -1).shape, [3, 4, 2]);
 * ```
 */
export function moveaxis<
  const X extends TensorLike,
  const From extends number | readonly number[],
  const To extends number | readonly number[],
>(
  x: X,
  source: From,
  destination: To & Check<moveaxisShape<ShapeOf<X>, From, To>>,
): Like<X, moveaxisShape<ShapeOf<X>, From, To>, StrongDTypeOf<X>> {
  checkAxes("moveaxis", "source", source);
  checkAxes("moveaxis", "destination", destination);
  const tensor = toTensor(x);
  const axes = orderAfterMove(tensor.shape, source, destination as number | readonly number[]);
  return apply(transposeOperation, [tensor], { axes }) as never;
}
