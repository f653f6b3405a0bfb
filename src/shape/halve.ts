/**
 * Halving of an axis, as a type and as a function.
 *
 * @module
 */
import { divide } from "./arithmetic.ts";
import { at, replaceAt } from "./axis.ts";
import { type Dim, type Shape, type ShowShape, showShape } from "./dim.ts";
import { type Mismatch, ShapeError } from "./error.ts";

/**
 * The sentence for an axis that cannot be halved.
 *
 * @internal
 */
export type cannotHalve<Axis extends number, S extends Shape> =
  `Cannot apply glu: expected axis ${Axis} to have an even size, received shape ${ShowShape<S>}`;

/** The sentence for an axis that cannot be halved. */
export function cannotHalve(axis: number, shape: Shape): string {
  return `Cannot apply glu: expected axis ${axis} to have an even size, received shape ${showShape(shape)}`;
}

/** `S` with half of the dim at an axis, or the {@linkcode Mismatch}. */
export type halve<S extends Shape, Axis extends number> = number extends S["length"] ? Shape
  : at<S, Axis> extends infer D
    ? D extends Dim
      ? divide<D, 2> extends infer Half extends Dim ? replaceAt<S, Axis, Half> : Mismatch<cannotHalve<Axis, S>>
    : D
  : never;

/**
 * `shape` with half of the dim at an axis.
 *
 * @throws {ShapeError} If the axis is out of range or has an odd size.
 */
export function halve(shape: Shape, axis: number): Shape {
  const half = divide(at(shape, axis), 2);
  if (half === undefined) throw new ShapeError(cannotHalve(axis, shape));
  return replaceAt(shape, axis, half);
}
