/**
 * Differences of neighbours along an axis, which make it shorter.
 *
 * @module
 */

import { subtract } from "./arithmetic.ts";
import { at, replaceAt } from "./axis.ts";
import type { Dim, KnownDim, Shape } from "./dim.ts";

/** @internal */
type Shorter<D extends Dim, N extends number> = [N] extends [0] ? KnownDim<D> : NotNegative<subtract<D, N>>;
type NotNegative<D> = D extends number ? `${D}` extends `-${string}` ? 0 : D : null;

/**
 * The shape of the differences of neighbours of `S` along an axis, taken `N` times, or the {@linkcode Mismatch}: each
 * time the axis loses one value, until none is left.
 */
export type difference<S extends Shape, N extends number, Axis extends number> = number extends S["length"] ? Shape
  : at<S, Axis> extends infer D ? D extends Dim ? replaceAt<S, Axis, Shorter<D, N>> : D
  : never;

/**
 * The shape of the differences of neighbours of `shape` along an axis, taken `n` times: each time the axis loses one
 * value, until none is left.
 *
 * @throws {ShapeError} If there is no such axis.
 */
export function difference(shape: Shape, n: number, axis: number): Shape {
  const dim = at(shape, axis);
  if (n === 0) return shape;
  const rest = subtract(dim, n);
  return replaceAt(shape, axis, rest === null ? null : Math.max(rest, 0));
}
