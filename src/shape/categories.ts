/**
 * The shapes of categories that are written as vectors.
 *
 * @module
 */
import type { Shape } from "./dim.ts";

/** The way categories are written: as they are, a vector for each, or one vector for those along the last axis. */
export type CategoryMode = "int" | "one_hot" | "multi_hot" | "count" | "tf_idf";

/**
 * The shape of categories `S` as vectors of `Tokens`: `"one_hot"` adds an axis, or takes the place of a last one of size 1;
 * else the vector takes the place of the last axis.
 *
 * @internal
 */
export type encoded<S extends Shape, Tokens extends number | null, Mode extends CategoryMode> = [Mode] extends ["int"]
  ? S
  : number extends S["length"] ? Shape
  : S extends readonly [infer First, ...infer Middle extends Shape, infer Last]
    ? [Mode] extends ["one_hot"]
      ? [Last] extends [1] ? readonly [First, ...Middle, Tokens] : readonly [First, ...Middle, Last, Tokens]
    : readonly [First, ...Middle, Tokens]
  : S extends readonly [infer Only] ? [Mode] extends ["one_hot"] ? readonly [Only, Tokens] : readonly [Tokens]
  : readonly [Tokens];

/** The shape of categories as vectors of `tokens`. */
export function encoded(shape: Shape, tokens: number | null, mode: CategoryMode): Shape {
  if (mode === "int") return shape;
  const kept = mode !== "one_hot" || (shape.length > 1 && shape.at(-1) === 1) ? shape.slice(0, -1) : shape;
  return [...kept, tokens];
}
