/**
 * Shapes of at least so many axes, as NumPy's stacking makes them.
 *
 * @module
 */
import type { KnownDim, Shape } from "./dim.ts";

/** `S` with at least one axis. */
export type atLeast1<S extends Shape> = S["length"] extends 0 ? readonly [1] : S;

/** `shape` with at least one axis. */
export function atLeast1(shape: Shape): Shape {
  return shape.length === 0 ? [1] : shape;
}

/** `S` with at least two axes: one axis becomes the second. */
export type atLeast2<S extends Shape> = number extends S["length"] ? Shape
  : S extends readonly [] ? readonly [1, 1]
  : S extends readonly [infer D] ? readonly [1, KnownDim<D>]
  : S;

/** `shape` with at least two axes: one axis becomes the second. */
export function atLeast2(shape: Shape): Shape {
  return shape.length < 2 ? [1, shape[0] ?? (shape.length === 0 ? 1 : null)] : shape;
}

/** `S` with at least three axes: one axis becomes the second, two the first two. */
export type atLeast3<S extends Shape> = number extends S["length"] ? Shape
  : S extends readonly [] ? readonly [1, 1, 1]
  : S extends readonly [infer D] ? readonly [1, KnownDim<D>, 1]
  : S extends readonly [infer D, infer E] ? readonly [KnownDim<D>, KnownDim<E>, 1]
  : S;

/** `shape` with at least three axes: one axis becomes the second, two the first two. */
export function atLeast3(shape: Shape): Shape {
  return shape.length < 3 ? [...atLeast2(shape), 1] : shape;
}
