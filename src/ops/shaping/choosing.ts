/**
 * Choices among several tensors, and classes as vectors.
 *
 * @module
 */
import type { insertAt } from "../../shape/axis.ts";
import type { broadcastAll } from "../../shape/broadcast.ts";
import type { Shape } from "../../shape/dim.ts";
import { InputRangeError } from "../../shape/error.ts";
import type { reduce } from "../../shape/reduce.ts";
import type { DType } from "../../tensor/dtype.ts";
import { type Check, type Like, type ShapeOf, type TensorLike, toTensor } from "../../tensor/like.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { checkIntegers, checkList, checkOpOptions } from "../arguments.ts";
import { add, floorDivide, maximum, minimum, mod } from "../elementwise/arithmetic.ts";
import { less } from "../elementwise/comparison.ts";
import { type checkIndices, oneHot, type OneHotOptions, toIndices } from "./indexing.ts";
import type { CommonDTypeOf, ShapesOf } from "./joining.ts";
import { max } from "../reduction/reduction.ts";
import type { AxisOf, NoOptions, OptionOf } from "../options.ts";
import { cast, where } from "../elementwise/selection.ts";

/** The options of {@linkcode select}. */
export interface SelectOptions {
  /** The value where no condition is true. Default: 0. */
  readonly default?: TensorLike | undefined;
}

/** @internal */
type Selected<Conditions extends readonly TensorLike[], Choices extends readonly TensorLike[]> = broadcastAll<
  readonly [...ShapesOf<Conditions>, ...ShapesOf<Choices>]
>;

/**
 * Takes the elements of the first of several tensors whose condition is true, with broadcasting.
 *
 * @param conditions Where each choice is taken.
 * @param choices As many tensors.
 * @param options What stands where no condition is true.
 * @throws {RangeError} If there are not as many conditions as choices, or none.
 * @throws {ShapeError} If the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * const x = [1, 2, 3, 4];
 * const y = ops.select([ops.less(x, 2), ops.greater(x, 3)], [x, ops.negative(x)], { default: 9 });
 * assertEquals(y.array(), [1, 9, 9, -4]);
 * ```
 */
export function select<
  const Conditions extends readonly TensorLike[],
  const Choices extends readonly TensorLike[],
>(
  conditions: Conditions,
  choices: Choices & Check<Selected<Conditions, Choices>>,
  options: SelectOptions = {},
): Like<Conditions[number] | Choices[number], Selected<Conditions, Choices>, CommonDTypeOf<Choices>> {
  checkList("select", "conditions", conditions);
  checkList("select", "choices", choices);
  checkOpOptions("select", options, ["default"]);
  const list = choices as readonly TensorLike[];
  if (conditions.length === 0 || conditions.length !== list.length) {
    throw new InputRangeError(
      `Cannot select: expected as many choices as conditions, and one at least, received ${conditions.length} conditions ` +
        `and ${list.length} choices`,
    );
  }
  let result = options.default ?? 0;
  for (let place = list.length - 1; place >= 0; place--) {
    result = where(toTensor(conditions[place]!), list[place]!, result) as Tensor;
  }
  return result as never;
}

/** @internal */
type MultiHot<S extends Shape, Axis extends number, N extends number> = number extends S["length"] ? Shape
  : insertAt<S, Axis, N> extends infer Hot ? Hot extends Shape ? reduce<Hot, S["length"] extends 0 | 1 ? 0 : 1> : Hot
  : never;

/**
 * Writes lists of integers as vectors with a 1 at the place of each and 0 elsewhere: the greatest values of {@linkcode oneHot}
 * along the list.
 *
 * @param x Integers; those outside `0` to `numClasses - 1` give zeros only.
 * @param numClasses The length of the vectors.
 * @param options The axis of the vectors, by default -1, and the dtype, by default `"float32"`.
 * @throws {ShapeError} If the axis is out of range.
 * @throws {DTypeError} If `x` holds no integers.
 * @throws {RangeError} If the number of classes is negative or no integer.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.multiHot([0, 2], 4).array(), [1, 0, 1, 0]);
 * assertEquals(ops.multiHot([[0, 2], [1, 1]], 3).array(), [[1, 0, 1], [0, 1, 0]]);
 * ```
 */
export function multiHot<
  const X extends TensorLike,
  const N extends number,
  const O extends OneHotOptions = NoOptions,
>(
  x: X & checkIndices<X>,
  numClasses: N,
  options?: O & Check<MultiHot<ShapeOf<X>, AxisOf<O, -1>, N>>,
): Like<X, MultiHot<ShapeOf<X>, AxisOf<O, -1>, N>, OptionOf<O, "dtype", "float32"> & DType> {
  checkOpOptions("multiHot", options, ["axis", "dtype"]);
  const indices = toIndices(x);
  const hot: Tensor = oneHot(indices, numClasses as number, (options ?? {}) as OneHotOptions);
  return max(hot, { axis: indices.shape.length > 1 ? 1 : 0 }) as never;
}

/**
 * The indices on each axis of a shape that indices in row-major order stand for; those beyond the ends stand for the ends.
 *
 * @param indices Integers, of any shape; negative ones count from the end.
 * @param shape The shape that they count in.
 * @throws {DTypeError} If the indices are no integers.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.unravelIndex([5, 0], [2, 3]).map((indices) => indices.array()), [[1, 0], [2, 0]]);
 * ```
 */
export function unravelIndex<const I extends TensorLike, const S extends readonly number[]>(
  indices: I & checkIndices<I>,
  shape: S,
): { readonly [A in keyof S]: Like<I, ShapeOf<I>, "int32"> } {
  checkIntegers("unravelIndex", "shape", shape);
  const given = toIndices(indices);
  const size = shape.reduce((product, dim) => product * dim, 1);
  const counted: Tensor = where(less(given, 0), add(given, size) as Tensor, given);
  const inside: Tensor = minimum(maximum(counted, 0) as Tensor, Math.max(size - 1, 0));
  return shape.map((dim, axis) => {
    const behind = shape.slice(axis + 1).reduce((product, other) => product * other, 1);
    return cast(mod(floorDivide(inside, behind) as Tensor, dim) as Tensor, "int32");
  }) as never;
}
