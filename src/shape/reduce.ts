/**
 * Reduction over axes: sums, means, maxima and all that take several values to one.
 *
 * @module
 */

import { normalizeAxes, type normalizeAxis } from "./axis.ts";
import type { AreAllKnown, IsKnownSize } from "./broadcast.ts";
import type { Shape } from "./dim.ts";

/** The axes of an operation: one, a list of them, or, if undefined, all. */
export type AxisOption = number | readonly number[] | undefined;

/**
 * An axis or a list of axes as a list.
 *
 * @internal
 */
export type AxisList<Axis extends number | readonly number[]> = Axis extends readonly number[] ? Axis
  : Axis extends number ? readonly [Axis]
  : never;

/** `S` without the axes in `Dropped`, a union of digits as in `"0" | "2"`. */
export type WithoutAxes<
  S extends Shape,
  Dropped extends string,
  Out extends Shape = readonly [],
  Place extends readonly unknown[] = [],
> = Place["length"] extends S["length"] ? Out
  : WithoutAxes<
    S,
    Dropped,
    `${Place["length"] & number}` extends Dropped ? Out : readonly [...Out, S[Place["length"]]],
    [...Place, unknown]
  >;

type OnesAt<S extends Shape, Reduced> = { readonly [Axis in keyof S]: Axis extends Reduced ? 1 : S[Axis] };
/** @internal */
type Ones<S extends Shape> = { readonly [Axis in keyof S]: 1 };

type Reduced<S extends Shape, Axes extends number, KeepDims> = KeepDims extends true ? OnesAt<S, `${Axes}`>
  : WithoutAxes<S, `${Axes}`>;
/** @internal */
type ReduceAxis<S extends Shape, Axis extends number, KeepDims extends boolean> = IsKnownSize<Axis> extends true
  ? normalizeAxis<Axis, S> extends infer Place ? Place extends number ? Reduced<S, Place, KeepDims> : Place : never
  : Shape;
/** @internal */
type ReduceAxes<S extends Shape, Axes extends readonly number[], KeepDims> = AreAllKnown<Axes> extends true
  ? normalizeAxes<Axes, S> extends infer Places
    ? Places extends readonly number[] ? Reduced<S, Places[number], KeepDims> : Places
  : never
  : Shape;

/**
 * The shape of a reduction of `S` over an axis, a list of axes or, if undefined, all axes, or the
 * {@linkcode Mismatch}. An unknown rank, axis or `KeepDims` gives `Shape`.
 */
export type reduce<
  S extends Shape,
  Axis extends AxisOption = undefined,
  KeepDims extends boolean = false,
> = boolean extends KeepDims ? Shape
  : [Axis] extends [undefined] ? KeepDims extends false ? readonly [] : number extends S["length"] ? Shape : Ones<S>
  : number extends S["length"] ? Shape
  : [Axis] extends [number] ? ReduceAxis<S, Axis, KeepDims>
  : [Axis] extends [readonly number[]] ? ReduceAxes<S, Axis, KeepDims>
  : Shape;

/**
 * The shape of a reduction of `shape` over an axis, a list of axes or, if undefined, all axes. A reduced axis stays as
 * 1 with `keepDims`, and is dropped without.
 *
 * @throws {ShapeError} If an axis is out of range or named twice.
 */
export function reduce(shape: Shape, axis?: AxisOption, keepDims = false): Shape {
  const all = shape.map((_, place) => place);
  const reduced = axis === undefined ? all : normalizeAxes(typeof axis === "number" ? [axis] : axis, shape);
  if (keepDims) return shape.map((dim, place) => reduced.includes(place) ? 1 : dim);
  return shape.filter((_, place) => !reduced.includes(place));
}
