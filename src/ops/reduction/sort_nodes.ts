/**
 * Nodes that order values along an axis, and what defines the ops that do.
 *
 * @module
 */
import type { Emitter, Value } from "../../emission/emitter.ts";
import type { Shape } from "../../shape/dim.ts";

/** What defines an op that orders values along an axis. */
export interface SortAttributes {
  readonly [name: string]: number | boolean | readonly number[];
  readonly axis: number;
  /** Whether there is no element, which TopK cannot take. */
  readonly empty: boolean;
  /** The other axes of which only the run knows the sizes. */
  readonly open: readonly number[];
}

/** The known facts about the axes of a shape whose values are ordered along one. */
export function sortAttributes(shape: Shape, axis: number): SortAttributes {
  const open = [...shape.keys()].filter((place) => place !== axis && typeof shape[place] !== "number");
  return { axis, empty: shape.includes(0), open };
}

/**
 * Sees to it that there is an element: TopK divides by the number of rows. `padded` has one more on each open axis, and
 * `restore` takes it off again.
 */
export function guarded(
  emitter: Emitter,
  x: Value,
  open: readonly number[],
): { padded: Value; restore: (value: Value) => Value } {
  if (open.length === 0) return { padded: x, restore: (value) => value };
  const rank = x.shape.length;
  const pads = Array.from({ length: 2 * rank }, (_, i) => open.includes(i - rank) ? 1 : 0);
  const padded = emitter.node("Pad", [x, emitter.integers(pads)]);
  const axes = emitter.integers(open);
  const sizes = emitter.node("Gather", [emitter.node("Shape", [x], { dtype: "int64" }), axes]);
  const starts = emitter.integers(open.map(() => 0));
  return {
    padded: { ...padded, shape: x.shape },
    restore: (value) => emitter.node("Slice", [value, starts, sizes, axes]),
  };
}
