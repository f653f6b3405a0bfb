/**
 * Cumulative ops: sums and products up to each value of an axis.
 *
 * @module
 */

import { size } from "./arithmetic.ts";
import { normalizeAxis } from "./axis.ts";
import type { Shape } from "./dim.ts";

/**
 * The shape of a cumulative op on `S` along an axis, which is `S`, or the {@linkcode Mismatch}. Without an axis all
 * values are in a row. Where that is not known, `Shape`.
 */
export type cumulate<S extends Shape, Axis extends number | undefined = undefined> = [Axis] extends [undefined]
  ? readonly [size<S>]
  : [Axis] extends [number] ? normalizeAxis<Axis, S> extends infer Place ? Place extends number ? S : Place : never
  : Shape;

/**
 * The shape of a cumulative op on `shape` along an axis, which is `shape`; without an axis all values are in a row.
 *
 * @throws {ShapeError} If the axis is out of range.
 */
export function cumulate(shape: Shape, axis?: number): Shape {
  if (axis === undefined) return [size(shape)];
  normalizeAxis(axis, shape);
  return shape;
}
