/**
 * The parameters of normalizations: a scale and an offset have one value for each place along the normalized axes.
 *
 * @module
 */
import { at, normalizeAxes } from "./axis.ts";
import { type sizesDiffer, sizesDiffer as differ } from "./broadcast.ts";
import { type Dim, type Shape, type ShowShape, showShape } from "./dim.ts";
import { type Mismatch, ShapeError } from "./error.ts";
import type { AxisList } from "./reduce.ts";

/** The sentence for a parameter that has another shape than the normalized axes. */
export type parameterMisfit<Name extends string, S extends Shape, Expected extends Shape, P extends Shape> =
  `Cannot normalize shape ${ShowShape<S>}: expected ${Name} of shape ${ShowShape<
    Expected
  >}, received shape ${ShowShape<
    P
  >}`;

/** The sentence for a parameter that has another shape than the normalized axes. */
export function parameterMisfit(name: string, shape: Shape, expected: Shape, parameter: Shape): string {
  return `Cannot normalize shape ${showShape(shape)}: expected ${name} of shape ${
    showShape(expected)
  }, received shape ${showShape(parameter)}`;
}

/** @internal */
type Along<S extends Shape, Axes extends readonly number[]> = { readonly [I in keyof Axes]: at<S, Axes[I]> };

/** @internal */
type AnyDiffers<A extends Shape, B extends Shape> = true extends
  { [I in keyof A]: sizesDiffer<A[I], B[I & keyof B]> }[number] ? true : false;

/** @internal */
type Compared<Name extends string, S extends Shape, Expected, P extends Shape> = Expected extends Shape
  ? P["length"] extends Expected["length"]
    ? AnyDiffers<Expected, P> extends true ? Mismatch<parameterMisfit<Name, S, Expected, P>> : S
  : Mismatch<parameterMisfit<Name, S, Expected, P>>
  : S;

/**
 * `S`, or the {@linkcode Mismatch} where a parameter of shape `P` has not one value for each place along the axes. What
 * is unknown fits.
 */
export type parameter<
  Name extends string,
  S extends Shape,
  Axis extends number | readonly number[],
  P extends Shape,
> = number extends S["length"] | P["length"] | AxisList<Axis>["length"] ? S
  : Compared<Name, S, Along<S, AxisList<Axis>>, P>;

/**
 * `shape`, where a parameter has one value for each place along the axes.
 *
 * @throws {ShapeError} If it has not, or an axis is out of range or named twice.
 */
export function parameter(name: string, shape: Shape, axis: number | readonly number[], given: Shape): Shape {
  const expected = normalizeAxes(typeof axis === "number" ? [axis] : axis, shape).map((place): Dim => at(shape, place));
  const fits = expected.length === given.length && expected.every((dim, place) => !differ(dim, given[place]!));
  if (!fits) throw new ShapeError(parameterMisfit(name, shape, expected, given));
  return shape;
}
