/**
 * Where values belong in a sequence, and whether they are among others.
 *
 * @module
 */
import { type Dim, type Shape, showShape } from "../../shape/dim.ts";
import { InputRangeError, ShapeError } from "../../shape/error.ts";
import { type Like, type ShapeOf, type TensorLike, toTensor } from "../../tensor/like.ts";
import { isFloat, promote } from "../../tensor/promote.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { checkOpOptions } from "../arguments.ts";
import { subtract } from "../elementwise/arithmetic.ts";
import { equal, greater, greaterEqual, less, lessEqual } from "../elementwise/comparison.ts";
import { onesLike } from "../shaping/creation.ts";
import { toOperands } from "../define.ts";
import { type checkIndices, takeAlongAxis, toIndices } from "../shaping/indexing.ts";
import { logicalAnd, logicalNot, logicalOr } from "../elementwise/logical.ts";
import { any, sum } from "./reduction.ts";
import { flip } from "../shaping/repetition.ts";
import { isnan } from "../elementwise/rounding.ts";
import { cast, where } from "../elementwise/selection.ts";
import { expandDims } from "../shaping/shaping.ts";
import { ravel } from "../shaping/stacking.ts";
import { takeSlice } from "../shaping/take_slice.ts";

/** The options of {@linkcode searchsorted}. */
export interface SearchOptions {
  /** Whether a value comes before those that are equal, or after them. Default: `"left"`. */
  readonly side?: "left" | "right" | undefined;
}

/** @internal */
type Sequence<S extends Shape> = number extends S["length"] ? unknown : S["length"] extends 1 ? unknown : never;

function needsOneAxis(attempt: string, { shape }: Tensor): void {
  if (shape.length === 1) return;
  throw new ShapeError(`Cannot ${attempt}: expected a sequence of one axis, received ${showShape(shape)}`);
}

/**
 * The indices at which values belong in a sequence that ascends; `int32`. NaN belongs at the end.
 *
 * @param sequence Values that ascend, along one axis.
 * @param values What is looked for, of any shape.
 * @param options Whether a value comes before those that are equal, or after them.
 * @throws {ShapeError} If the sequence has other than one axis.
 * @throws {RangeError} If there is no such side.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.searchsorted([1, 3, 5], [0, 3, 9]).array(), [0, 1, 3]);
 * assertEquals(ops.searchsorted([1, 3, 5], 3, { side: "right" }).item(), 2);
 * ```
 */
export function searchsorted<const Q extends TensorLike, const V extends TensorLike>(
  sequence: Q & Sequence<ShapeOf<Q>>,
  values: V,
  options: SearchOptions = {},
): Like<Q | V, ShapeOf<V>, "int32"> {
  checkOpOptions("searchsorted", options, ["side"]);
  const { side = "left" } = options;
  if (side !== "left" && side !== "right") {
    throw new InputRangeError(`Cannot search a sequence: expected side to be left or right, received ${side}`);
  }
  const [among, given] = [toTensor(sequence as TensorLike), toTensor(values)];
  needsOneAxis("search a sequence", among);
  return placesIn(among, given, side) as never;
}

/** The number of values of a sequence that come before each value. */
function placesIn(sequence: Tensor, values: Tensor, side: "left" | "right"): Tensor {
  const each: Tensor = expandDims(values, -1);
  let before: Tensor = side === "left" ? less(sequence, each) : lessEqual(sequence, each);
  if (isFloat(promote(sequence.dtype, values.dtype))) {
    // NaN comes after every number, and after NaN on the right side.
    const after: Tensor = side === "left" ? logicalNot(isnan(sequence) as Tensor) : isnan(each);
    before = logicalOr(before, side === "left" ? logicalAnd(isnan(each) as Tensor, after) as Tensor : after);
  }
  return sum(cast(before, "int32") as Tensor, { axis: -1 });
}

/**
 * The bin that each value belongs to: how many of the bins' bounds are at most the value, or,
 * where they descend, greater; `int32`.
 *
 * @param x The values.
 * @param bins The bounds, which ascend or descend, along one axis.
 * @throws {ShapeError} If the bounds have other than one axis.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.digitize([0.5, 1, 7], [0, 1, 5]).array(), [1, 2, 3]);
 * ```
 */
export function digitize<const X extends TensorLike, const B extends TensorLike>(
  x: X,
  bins: B & Sequence<ShapeOf<B>>,
): Like<X | B, ShapeOf<X>, "int32"> {
  const [values, bounds] = [toTensor(x), toTensor(bins as TensorLike)];
  needsOneAxis("find bins", bounds);
  if (bounds.shape[0] === 0) return placesIn(bounds, values, "right") as never;
  const ascends: Tensor = greaterEqual(takeSlice(bounds, 0, -1), takeSlice(bounds, 0, 0, 1));
  const turned: Tensor = flip(bounds);
  const size: Tensor = sum(onesLike(bounds, { dtype: "int32" }) as Tensor);
  const descending: Tensor = subtract(size, placesIn(turned, values, "right"));
  return where(any(ascends) as Tensor, placesIn(bounds, values, "right"), descending) as never;
}

/** The options of {@linkcode isin}. */
export interface IsinOptions {
  /** Whether the values of each tensor differ, which makes no difference here. Default: `false`. */
  readonly assumeUnique?: boolean | undefined;
  /** Whether it is told which are not among the others. Default: `false`. */
  readonly invert?: boolean | undefined;
}

/**
 * Whether each element of `x` is among those of `others`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.isin([1, 2, 3], [[3], [1]]).array(), [true, false, true]);
 * ```
 */
export function isin<const X extends TensorLike, const Y extends TensorLike>(
  x: X,
  others: Y,
  options: IsinOptions = {},
): Like<X | Y, ShapeOf<X>, "bool"> {
  checkOpOptions("isin", options, ["assumeUnique", "invert"]);
  const [values, among] = toOperands(x, others);
  const found: Tensor = any(equal(expandDims(values, -1) as Tensor, ravel(among) as Tensor) as Tensor, { axis: -1 });
  return (options.invert === true ? logicalNot(found) : found) as never;
}

/** @internal */
type TargetShape<S extends Shape> = S extends readonly [...infer Rest extends readonly Dim[], unknown] ? Rest : Shape;

/**
 * Whether the score of each target is among the `k` greatest of its row; scores that are equal to it are no greater.
 *
 * @param targets For each row the index of its class.
 * @param predictions The scores of the classes, along the last axis.
 * @param k How many.
 * @throws {ShapeError} If there is not one target for each row.
 * @throws {DTypeError} If the targets are no integers.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.inTopK([2, 1], [[0.1, 0.2, 0.7], [0.5, 0.1, 0.4]], 1).array(), [true, false]);
 * ```
 */
export function inTopK<const T extends TensorLike, const P extends TensorLike>(
  targets: T & checkIndices<T>,
  predictions: P,
  k: number,
): Like<T | P, TargetShape<ShapeOf<P>>, "bool"> {
  const scores = toTensor(predictions);
  const at: Tensor = expandDims(toIndices(targets), -1);
  const picked: Tensor = takeAlongAxis(scores, at, { axis: -1 });
  const target: Tensor = isFloat(scores.dtype) ? where(isnan(picked), -Infinity, picked) : picked;
  const rank: Tensor = sum(cast(greater(scores, target) as Tensor, "int32") as Tensor, { axis: -1 });
  return less(rank, k) as never;
}
