/**
 * Elements picked by indices along an axis.
 *
 * @module
 */

import { normalizeAxis, type replaceAt } from "./axis.ts";
import { broadcast, broadcastConflict, type IsKnownSize } from "./broadcast.ts";
import { type Shape, type ShowShape, showShape } from "./dim.ts";
import { type Mismatch, ShapeError } from "./error.ts";

/** @internal */
type Replaced<
  S extends Shape,
  Place,
  Indices extends Shape,
  Out extends Shape = readonly [],
  Read extends readonly unknown[] = [],
> = Read["length"] extends S["length"] ? Out
  : Replaced<
    S,
    Place,
    Indices,
    Read["length"] extends Place ? readonly [...Out, ...Indices] : readonly [...Out, S[Read["length"]]],
    [...Read, unknown]
  >;

/**
 * The shape of what indices of shape `Indices` pick from `S` along an axis, or from all its elements in a row if it is
 * undefined, or the {@linkcode Mismatch}. An unknown rank or axis gives `Shape`.
 */
export type take<S extends Shape, Indices extends Shape, Axis extends number | undefined = undefined> = [Axis] extends
  [undefined] ? Indices
  : number extends S["length"] | Indices["length"] ? Shape
  : [Axis] extends [number]
    ? IsKnownSize<Axis> extends true
      ? normalizeAxis<Axis, S> extends infer Place ? Place extends number ? Replaced<S, Place, Indices> : Place : never
    : Shape
  : Shape;

/**
 * The shape of what `indices` pick from `shape` along an axis, or from all its elements in a row if it is undefined:
 * the axis gives way to the dims of the indices.
 *
 * @throws {ShapeError} If the axis is out of range.
 */
export function take(shape: Shape, indices: Shape, axis?: number): Shape {
  return axis === undefined ? indices : shape.toSpliced(normalizeAxis(axis, shape), 1, ...indices);
}

/** The sentence for indices that do not fit along an axis, with the reason. */
export type cannotTakeAlongAxis<S extends Shape, Indices extends Shape, Axis extends number, Reason> =
  `Cannot take along axis ${Axis} of shape ${ShowShape<S>} with indices of shape ${ShowShape<Indices>}: ${
    & Reason
    & string}`;

/** The sentence for indices that do not fit along an axis, with the reason. */
export function cannotTakeAlongAxis(shape: Shape, indices: Shape, axis: number, reason: string): string {
  return `Cannot take along axis ${axis} of shape ${showShape(shape)} with indices of shape ${
    showShape(indices)
  }: ${reason}`;
}

/**
 * The sentence for indices without an axis that are not of rank 1.
 *
 * @internal
 */
export type needsFlatIndices<Indices extends Shape> = `Cannot take without an axis with indices of shape ${ShowShape<
  Indices
>}: expected rank 1`;

/** The sentence for indices without an axis that are not of rank 1. */
export function needsFlatIndices(indices: Shape): string {
  return `Cannot take without an axis with indices of shape ${showShape(indices)}: expected rank 1`;
}

/** @internal */
type AlongAxis<S extends Shape, Indices extends Shape, Axis extends number> = replaceAt<S, Axis, 1> extends infer Others
  ? Others extends Shape
    ? Indices["length"] extends S["length"] ? broadcast<Others, Indices> extends infer Result extends Shape ? Result
      : Mismatch<cannotTakeAlongAxis<S, Indices, Axis, broadcastConflict<Others, Indices>>>
    : Mismatch<cannotTakeAlongAxis<S, Indices, Axis, `expected rank ${S["length"]}`>>
  : Others
  : never;

/**
 * The shape of what indices of shape `Indices` pick along an axis of `S`, each from its own place, or the
 * {@linkcode Mismatch}. An unknown rank or axis gives `Shape`.
 */
export type takeAlongAxis<S extends Shape, Indices extends Shape, Axis extends number | undefined = undefined> =
  number extends Indices["length"] ? Shape
    : [Axis] extends [undefined] ? Indices["length"] extends 1 ? Indices : Mismatch<needsFlatIndices<Indices>>
    : number extends S["length"] ? Shape
    : [Axis] extends [number] ? IsKnownSize<Axis> extends true ? AlongAxis<S, Indices, Axis> : Shape
    : Shape;

/**
 * The shape of what `indices` pick along an axis of `shape`, each from its own place: `indices`, broadcast with `shape`
 * on all other axes. Without an axis, indices of rank 1 pick from all elements in a row.
 *
 * @throws {ShapeError} If the axis is out of range, the ranks differ, or another axis does not broadcast.
 */
export function takeAlongAxis(shape: Shape, indices: Shape, axis?: number): Shape {
  if (axis === undefined) {
    if (indices.length !== 1) throw new ShapeError(needsFlatIndices(indices));
    return indices;
  }
  const others = shape.with(normalizeAxis(axis, shape), 1);
  if (indices.length !== shape.length) {
    throw new ShapeError(cannotTakeAlongAxis(shape, indices, axis, `expected rank ${shape.length}`));
  }
  const conflict = broadcastConflict(others, indices);
  if (conflict !== undefined) throw new ShapeError(cannotTakeAlongAxis(shape, indices, axis, conflict));
  return broadcast(others, indices);
}
