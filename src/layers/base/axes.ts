/**
 * Axes as constructor arguments.
 *
 * @module
 */
import type { Dim, Shape } from "../../shape/dim.ts";
import { InputError } from "../../shape/error.ts";

/** One axis or several. */
export type AxisLike = number | readonly number[];

/** The axes as a list. */
export function axisList(axis: AxisLike): readonly number[] {
  return typeof axis === "number" ? [axis] : axis;
}

/** The axes in the order in which Keras has them in weights: as numbers, the least one first. */
export function sortedAxes(axis: AxisLike): readonly number[] {
  return [...axisList(axis)].sort((a, b) => a - b);
}

/** The sizes at axes, by axis, as an input spec takes them. */
export function sizesAt(shape: Shape, axes: readonly number[]): { readonly [axis: number]: Dim } {
  return Object.fromEntries(axes.map((axis) => [axis, shape.at(axis) ?? null]));
}

/**
 * The axis or the axes, where they are integers.
 *
 * @throws {TypeError} If they are not.
 */
export function checkAxis<Axis extends AxisLike>(axis: Axis, layer: string): Axis {
  const axes: unknown = typeof axis === "number" ? [axis] : axis;
  if (Array.isArray(axes) && axes.every((place) => Number.isInteger(place))) return axis;
  throw new InputError(
    `Cannot make layer ${layer}: expected axis to be an integer or a list of them, received ${axis}`,
  );
}
