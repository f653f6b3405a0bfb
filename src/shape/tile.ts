/**
 * Shapes repeated as a whole along their axes, by NumPy's rules.
 *
 * @module
 */
import { multiplyDims } from "./arithmetic.ts";
import { type Dim, type IsUnknown, type Shape, type ShowShape, showShape } from "./dim.ts";
import { type Mismatch, ShapeError } from "./error.ts";

/**
 * The sentence for a negative number of copies.
 *
 * @internal
 */
export type cannotTile<S extends Shape, Repeats extends readonly number[]> = `Cannot tile ${ShowShape<
  S
>} by ${ShowShape<Repeats>}: expected numbers of copies of at least 0`;

/** The sentence for a negative number of copies. */
export function cannotTile(shape: Shape, repeats: readonly number[]): string {
  return `Cannot tile ${showShape(shape)} by ${showShape(repeats)}: expected numbers of copies of at least 0`;
}

/** @internal */
type HasNegative<Numbers extends readonly number[]> = Numbers extends
  readonly [infer N, ...infer More extends readonly number[]]
  ? IsUnknown<N> extends true ? HasNegative<More> : `${N & number}` extends `-${string}` ? true : HasNegative<More>
  : false;

// The shorter of both is filled up with 1 in front. Nothing here refers to itself, so that it comes to an end for a
// shape that is a type parameter.
/** @internal */
type Tiled<S extends Shape, Repeats extends readonly Dim[]> = S["length"] extends Repeats["length"]
  ? EachTiled<S, Repeats>
  : Repeats extends readonly [...infer More extends readonly Dim[], ...Dims<S>]
    ? readonly [...Ones<More>, ...S] extends infer Filled extends Shape ? EachTiled<Filled, Repeats> : never
  : S extends readonly [...infer More extends Shape, ...Dims<Repeats>]
    ? readonly [...Ones<More>, ...Repeats] extends infer Filled extends Shape ? EachTiled<S, Filled> : never
  : Shape;
type EachTiled<S extends Shape, Repeats extends readonly Dim[]> = {
  readonly [I in keyof S]: multiplyDims<S[I], Repeats[I & keyof Repeats] & Dim>;
};
type Dims<S extends Shape> = { readonly [Axis in keyof S]: Dim };
type Ones<S extends Shape> = { readonly [Axis in keyof S]: 1 };

/**
 * The shape of `S` repeated as a whole along its axes, the last axis the last number of copies, or the
 * {@linkcode Mismatch}. `Shape` where a rank is unknown.
 */
export type tile<S extends Shape, Repeats extends readonly number[]> = number extends S["length"] | Repeats["length"]
  ? Shape
  : HasNegative<Repeats> extends true ? Mismatch<cannotTile<S, Repeats>>
  : Tiled<S, Repeats>;

/**
 * The shape of `shape` repeated as a whole along its axes, the last axis the last number of copies.
 *
 * @throws {ShapeError} If a number of copies is negative.
 */
export function tile(shape: Shape, repeats: readonly number[]): Shape {
  if (repeats.some((count) => count < 0)) throw new ShapeError(cannotTile(shape, repeats));
  const rank = Math.max(shape.length, repeats.length);
  return Array.from({ length: rank }, (_, axis) => {
    const dim = shape.at(axis - rank) ?? null;
    return multiplyDims(
      axis < rank - shape.length ? 1 : dim,
      axis < rank - repeats.length ? 1 : repeats.at(axis - rank)!,
    );
  });
}
