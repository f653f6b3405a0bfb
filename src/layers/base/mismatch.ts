/**
 * The mismatch of the shape of an input, as the shape rules say it.
 *
 * @module
 */
import { normalizeAxes } from "../../shape/axis.ts";
import type { Shape } from "../../shape/dim.ts";
import { ShapeError } from "../../shape/error.ts";
import type { Structure } from "../../tensor/structure.ts";
import { type AxisLike, axisList } from "./axes.ts";

/** What a relation on the shape of input 0 says, as {@linkcode Layer.mismatch} says it. */
export function relationMismatch(relation: () => unknown): readonly [number, string] | undefined {
  try {
    relation();
    return undefined;
  } catch (error) {
    if (error instanceof ShapeError) return [0, error.message];
    throw error;
  }
}

/** What does not fit where a shape has not the axes, as {@linkcode Layer.mismatch} says it. */
export function axesMismatch(shape: Structure<Shape | null>, axis: AxisLike): readonly [number, string] | undefined {
  return relationMismatch(() => normalizeAxes(axisList(axis), shape as Shape));
}
