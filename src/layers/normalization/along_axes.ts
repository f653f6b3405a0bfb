/**
 * The weights of layers that normalize along several axes, whatever the order in which they are named.
 *
 * @module
 */
import { reshape } from "../../ops/shaping/shaping.ts";
import { normalizeAxes } from "../../shape/axis.ts";
import type { Shape } from "../../shape/dim.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { type AxisLike, axisList, sortedAxes } from "../base/axes.ts";

/** The axes of a shape, counted from the start, in ascending order. */
export function inOrder(axis: AxisLike, shape: Shape): readonly number[] {
  return [...normalizeAxes(axisList(axis), shape)].sort((a, b) => a - b);
}

/**
 * A weight whose axes come in ascending order. Keras sorts axes as they are named, so that -1 comes before 1, and takes
 * the values of a weight in row-major order for the axes in their own order.
 */
export function alongAxes(weight: Tensor | null, axis: AxisLike, shape: Shape): Tensor | null {
  if (weight === null) return null;
  const named = normalizeAxes(sortedAxes(axis), shape);
  const axes = inOrder(axis, shape);
  if (named.every((place, index) => place === axes[index])) return weight;
  return reshape(weight, axes.map((place) => weight.shape[named.indexOf(place)] as number));
}
