/**
 * All dims in one, or all but the first.
 *
 * @module
 */
import { type FromMonomial, type product, size } from "./arithmetic.ts";
import { type KnownDim, type Shape, type ShowShape, showShape } from "./dim.ts";
import { type Mismatch, ShapeError } from "./error.ts";

/** The shape of all elements of `S` in one axis. */
export type flatten<S extends Shape> = readonly [size<S>];

/** The shape of all elements of `shape` in one axis. */
export function flatten(shape: Shape): Shape {
  return [size(shape)];
}

/**
 * The sentence for a shape without a first axis.
 *
 * @internal
 */
export type nothingToKeep<S extends Shape> = `Cannot flatten ${ShowShape<
  S
>} after its first axis: expected a rank of at least 1, received 0`;

/** The sentence for a shape without a first axis. */
export function nothingToKeep(shape: Shape): string {
  return `Cannot flatten ${showShape(shape)} after its first axis: expected a rank of at least 1, received 0`;
}

/**
 * The shape of the elements of `S` with its first axis kept and all others in one: `[batch, 4, 6]` gives `[batch, 24]`,
 * and `[batch]` gives `[batch, 1]`. A scalar gives the {@linkcode Mismatch}.
 */
export type flattenRest<S extends Shape> = number extends S["length"] ? readonly [null, null]
  : S extends readonly [infer First, ...infer Rest extends Shape]
    ? readonly [KnownDim<First>, FromMonomial<product<Rest>>]
  : Mismatch<nothingToKeep<S>>;

/**
 * The shape of the elements of `shape` with its first axis kept and all others in one: `[batch, 4, 6]` gives
 * `[batch, 24]`, and `[batch]` gives `[batch, 1]`.
 *
 * @throws {ShapeError} If the shape is a scalar's.
 */
export function flattenRest(shape: Shape): Shape {
  const [first, ...rest] = shape;
  if (first === undefined) throw new ShapeError(nothingToKeep(shape));
  return [first, size(rest)];
}
