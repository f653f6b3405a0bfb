/**
 * Axes of size 1 dropped.
 *
 * @module
 */

import { normalizeAxes } from "./axis.ts";
import { type AreAllKnown, sizesDiffer } from "./broadcast.ts";
import { type Dim, type Shape, type ShowDim, showDim, type ShowShape, showShape } from "./dim.ts";
import { type Mismatch, ShapeError } from "./error.ts";
import type { AxisList, AxisOption, WithoutAxes } from "./reduce.ts";

/** The sentence for an axis that cannot be squeezed, because its size is not 1. */
export type cannotSqueeze<S extends Shape, Axis extends number> = `Cannot squeeze axis ${Axis} of shape ${ShowShape<
  S
>}: expected size 1, received ${ShowDim<S[Axis]>}`;

/** The sentence for an axis that cannot be squeezed, because its size is not 1. */
export function cannotSqueeze(shape: Shape, axis: number): string {
  return `Cannot squeeze axis ${axis} of shape ${showShape(shape)}: expected size 1, received ${showDim(shape[axis]!)}`;
}

/** @internal */
type WithoutOnes<S extends Shape, Out extends Shape = readonly []> = S extends
  readonly [infer First extends Dim, ...infer Rest extends Shape]
  ? WithoutOnes<Rest, First extends 1 ? Out : readonly [...Out, First]>
  : Out;
// The first of the axes whose size is known not to be 1.
type Unfit<S extends Shape, Axes extends readonly number[], Place extends readonly unknown[] = []> =
  Place["length"] extends Axes["length"] ? undefined
    : sizesDiffer<S[Axes[Place["length"]]], 1> extends true ? Axes[Place["length"]]
    : Unfit<S, Axes, [...Place, unknown]>;
/** @internal */
type SqueezeAxes<S extends Shape, Axes extends readonly number[]> = AreAllKnown<Axes> extends true
  ? normalizeAxes<Axes, S> extends infer Dropped
    ? Dropped extends readonly number[]
      ? Unfit<S, Dropped> extends infer Axis extends number ? Mismatch<cannotSqueeze<S, Axis>>
      : WithoutAxes<S, `${Dropped[number]}`>
    : Dropped
  : never
  : Shape;

/**
 * The shape of `S` without an axis, a list of axes or, if undefined, all axes of size 1, or the {@linkcode Mismatch}.
 * An unknown rank or axis gives `Shape`, and so do unknown dims where no axis is given.
 */
export type squeeze<S extends Shape, Axis extends AxisOption = undefined> = number extends S["length"] ? Shape
  : [Axis] extends [number | readonly number[]] ? SqueezeAxes<S, AxisList<Axis>>
  : [Axis] extends [undefined] ? AreAllKnown<S> extends true ? WithoutOnes<S> : Shape
  : Shape;

/** The sentence for a shape of which it is not known what there is to squeeze. */
export function squeezeNeedsAxis(shape: Shape): string {
  return `Cannot squeeze shape ${showShape(shape)} without an axis: expected known sizes`;
}

/**
 * The shape of `shape` without an axis, a list of axes or, if undefined, all axes of size 1. An unknown dim may be
 * squeezed by its axis.
 *
 * @throws {ShapeError} If an axis is out of range, named twice or of a known size other than 1, or if no axis is given
 * and a dim is unknown, so that the rank of the result is, too.
 */
export function squeeze(shape: Shape, axis?: AxisOption): Shape {
  if (axis === undefined) {
    if (shape.some((dim: Dim) => typeof dim !== "number")) throw new ShapeError(squeezeNeedsAxis(shape));
    return shape.filter((dim) => dim !== 1);
  }
  const dropped = normalizeAxes(typeof axis === "number" ? [axis] : axis, shape);
  const unfit = dropped.find((place) => sizesDiffer(shape[place]!, 1));
  if (unfit !== undefined) throw new ShapeError(cannotSqueeze(shape, unfit));
  return shape.filter((_, place) => !dropped.includes(place));
}
