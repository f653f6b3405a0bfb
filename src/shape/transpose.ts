/**
 * Transposition: the axes of a shape in another order.
 *
 * @module
 */

import { normalizeAxes } from "./axis.ts";
import type { AreAllKnown } from "./broadcast.ts";
import { type Dim, type Shape, type ShowShape, showShape } from "./dim.ts";
import { type Mismatch, ShapeError } from "./error.ts";

/**
 * The sentence for a list of axes that is no permutation because it is too short or too long.
 *
 * @internal
 */
export type cannotTranspose<S extends Shape, Axes extends readonly number[]> = `Cannot transpose shape ${ShowShape<
  S
>} by axes ${ShowShape<Axes>}: expected ${S["length"]} axes, received ${Axes["length"]}`;

/** The sentence for a list of axes that is no permutation because it is too short or too long. */
export function cannotTranspose(shape: Shape, axes: readonly number[]): string {
  return `Cannot transpose shape ${showShape(shape)} by axes ${
    showShape(axes)
  }: expected ${shape.length} axes, received ${axes.length}`;
}

/** @internal */
type Reversed<S extends Shape, Out extends Shape = readonly []> = S extends
  readonly [infer First extends Dim, ...infer Rest extends Shape] ? Reversed<Rest, readonly [First, ...Out]> : Out;
/** @internal */
type Picked<S extends Shape, Axes extends readonly number[]> = { readonly [Place in keyof Axes]: S[Axes[Place]] };
/** @internal */
type Unknowns<S extends Shape> = { readonly [Axis in keyof S]: null };

/**
 * The shape of `S` with its axes in the order of `Axes`, reversed if undefined, or the {@linkcode Mismatch}. Unknown
 * axes give unknown dims, an unknown rank gives `Shape`.
 */
export type transpose<S extends Shape, Axes extends readonly number[] | undefined = undefined> = number extends
  S["length"] ? Shape
  : [Axes] extends [readonly number[]] ? number extends Axes["length"] ? Unknowns<S>
    : Axes["length"] extends S["length"]
      ? AreAllKnown<Axes> extends true
        ? normalizeAxes<Axes, S> extends infer Order ? Order extends readonly number[] ? Picked<S, Order> : Order
        : never
      : Unknowns<S>
    : Mismatch<cannotTranspose<S, Axes>>
  : [Axes] extends [undefined] ? Reversed<S>
  : Unknowns<S>;

/**
 * The shape of `shape` with its axes in the order of `axes`, reversed if undefined.
 *
 * @throws {ShapeError} If `axes` is no permutation: too short or too long, with an axis out of range or twice.
 */
export function transpose(shape: Shape, axes?: readonly number[]): Shape {
  if (axes === undefined) return shape.toReversed();
  if (axes.length !== shape.length) throw new ShapeError(cannotTranspose(shape, axes));
  return normalizeAxes(axes, shape).map((axis) => shape[axis]!);
}
