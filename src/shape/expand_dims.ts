/**
 * New axes of size 1.
 *
 * @module
 */

import { axisTwice, insertionOutOfRange, type normalizeAxis } from "./axis.ts";
import type { AreAllKnown } from "./broadcast.ts";
import type { Dim, Shape } from "./dim.ts";
import { type Mismatch, ShapeError } from "./error.ts";
import type { AxisList } from "./reduce.ts";

// Where the new axes are in a result of the rank of `Result`, as a union of digits.
type NewAxes<
  S extends Shape,
  Axes extends readonly number[],
  Result extends Shape,
  Place extends readonly unknown[] = [],
  Found extends number = never,
> = Place["length"] extends Axes["length"] ? `${Found}`
  : normalizeAxis<Axes[Place["length"]], Result> extends infer Axis
    ? Axis extends number ? [Axis] extends [Found] ? Mismatch<axisTwice<Axis, Axes, S>>
      : NewAxes<S, Axes, Result, [...Place, unknown], Found | Axis>
    : Mismatch<insertionOutOfRange<Axes[Place["length"]], S>>
  : never;
type Interleaved<
  S extends Shape,
  New,
  Rank,
  Out extends Shape = readonly [],
  Taken extends readonly unknown[] = [],
> = Out["length"] extends Rank ? Out
  : `${Out["length"] & number}` extends New ? Interleaved<S, New, Rank, readonly [...Out, 1], Taken>
  : Interleaved<S, New, Rank, readonly [...Out, S[Taken["length"]]], [...Taken, unknown]>;
type Unknowns<S extends Shape> = { readonly [Axis in keyof S]: null };
/** @internal */
type ExpandAxes<S extends Shape, Axes extends readonly number[]> = number extends S["length"] | Axes["length"] ? Shape
  : AreAllKnown<Axes> extends true
    ? NewAxes<S, Axes, readonly [...S, ...Axes]> extends infer New
      ? [New] extends [string] ? Interleaved<S, New, [...S, ...Axes]["length"]> : New
    : never
  : Unknowns<readonly [...S, ...Axes]>;

/**
 * The shape of `S` with axes of 1 that are at `Axis`, one or a list, of the result, or the {@linkcode Mismatch}.
 * Unknown axes give unknown dims, an unknown rank gives `Shape`.
 */
export type expandDims<S extends Shape, Axis extends number | readonly number[]> = ExpandAxes<S, AxisList<Axis>>;

/**
 * The shape of `shape` with axes of 1 that are at `axis`, one or a list, of the result. As in NumPy, negative axes
 * count from the end of the result.
 *
 * @throws {ShapeError} If an axis is out of the result's range or named twice.
 */
export function expandDims(shape: Shape, axis: number | readonly number[]): Shape {
  const axes = typeof axis === "number" ? [axis] : axis;
  const rank = shape.length + axes.length;
  const places = new Set<number>();
  for (const axis of axes) {
    const place = axis < 0 ? axis + rank : axis;
    if (!Number.isInteger(place) || place < 0 || place >= rank) throw new ShapeError(insertionOutOfRange(axis, shape));
    if (places.has(place)) throw new ShapeError(axisTwice(place, axes, shape));
    places.add(place);
  }
  const dims = shape.values();
  return Array.from({ length: rank }, (_, place) => places.has(place) ? 1 : dims.next().value as Dim);
}
