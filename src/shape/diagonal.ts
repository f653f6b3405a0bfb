/**
 * Diagonals: the two axes of a matrix become one, which comes last.
 *
 * @module
 */

import { lessThan, subtract } from "./arithmetic.ts";
import { normalizeAxes } from "./axis.ts";
import type { AreAllKnown, IsKnownSize } from "./broadcast.ts";
import type { Dim, KnownDim, Shape } from "./dim.ts";
import type { WithoutAxes } from "./reduce.ts";

type NotNegative<D> = D extends number ? `${D}` extends `-${string}` ? 0 : D : null;
type Less<D extends Dim, N extends number> = [N] extends [0] ? KnownDim<D> : NotNegative<subtract<D, N>>;
type Smaller<A, B> = [A] extends [0] ? 0 : [B] extends [0] ? 0 : [A, B] extends [B, A] ? A
: [A, B] extends [infer X extends Dim, infer Y extends Dim]
  ? lessThan<X, Y> extends infer L ? L extends true ? A : L extends false ? B : null : never
: null;

/** The number of values that a diagonal has, `null` where that is not known. */
export type diagonalSize<Rows extends Dim, Columns extends Dim, Offset extends number> = IsKnownSize<Offset> extends
  true ? `${Offset}` extends `-${infer Down extends number}` ? Smaller<Less<Rows, Down>, KnownDim<Columns>>
  : Smaller<KnownDim<Rows>, Less<Columns, Offset>>
  : null;

/** The number of values that a diagonal has, `null` where that is not known. */
export function diagonalSize(rows: Dim, columns: Dim, offset: number): Dim {
  const [height, width] = [less(rows, Math.max(-offset, 0)), less(columns, Math.max(offset, 0))];
  if (height === 0 || width === 0) return 0;
  if (height === width) return height;
  const smaller = lessThan(height, width);
  return smaller === null ? null : smaller ? height : width;
}

function less(dim: Dim, count: number): Dim {
  if (count === 0) return dim;
  const rest = subtract(dim, count);
  return rest === null ? null : Math.max(rest, 0);
}

/** @internal */
type Diagonal<S extends Shape, Offset extends number, Places> = Places extends
  readonly [infer Rows extends number, infer Columns extends number]
  ? WithoutAxes<S, `${Rows | Columns}`> extends infer Others extends Shape
    ? readonly [...Others, diagonalSize<S[Rows], S[Columns], Offset>]
  : never
  : Places;

/**
 * The shape of the diagonals of `S` over the matrices that two axes make, or the {@linkcode Mismatch}. An unknown rank
 * or axis gives `Shape`.
 */
export type diagonal<
  S extends Shape,
  Offset extends number = 0,
  Axis1 extends number = 0,
  Axis2 extends number = 1,
> = number extends S["length"] ? Shape
  : AreAllKnown<readonly [Axis1, Axis2]> extends true ? Diagonal<S, Offset, normalizeAxes<readonly [Axis1, Axis2], S>>
  : Shape;

/**
 * The shape of the diagonals of `shape` over the matrices that two axes make: of `[2, 3, 4]` over the axes 1 and 2,
 * `[2, 3]`. A positive offset is above the main diagonal.
 *
 * @throws {ShapeError} If an axis is out of range, or both are the same.
 */
export function diagonal(shape: Shape, offset = 0, axis1 = 0, axis2 = 1): Shape {
  const places = normalizeAxes([axis1, axis2], shape);
  const [rows, columns] = places.map((place) => shape[place]!);
  return [...shape.filter((_, place) => !places.includes(place)), diagonalSize(rows!, columns!, offset)];
}
