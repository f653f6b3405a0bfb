/**
 * Shapes of which each element along an axis is repeated, by NumPy's rules.
 *
 * @module
 */
import { add, multiplyDims, size } from "./arithmetic.ts";
import { normalizeAxis, replaceAt } from "./axis.ts";
import { type Dim, type IsUnknown, type Shape, type ShowDim, showDim, type ShowShape, showShape } from "./dim.ts";
import { type Mismatch, ShapeError } from "./error.ts";

/** The number of times to repeat: each element as often, or a number for each. */
export type Repeats = number | readonly number[];

/** The sentence for counts that are not one for each element. */
export type repeatCountsDiffer<S extends Shape, D, Count extends number> = `Cannot repeat elements of ${ShowShape<
  S
>}: expected 1 or ${ShowDim<D>} counts, received ${Count}`;

/** The sentence for counts that are not one for each element. */
export function repeatCountsDiffer(shape: Shape, dim: Dim, count: number): string {
  return `Cannot repeat elements of ${showShape(shape)}: expected 1 or ${showDim(dim)} counts, received ${count}`;
}

/** The sentence for a count that is negative. */
export type repeatNegative<S extends Shape, Count extends number> = `Cannot repeat elements of ${ShowShape<
  S
>}: expected counts of at least 0, received ${Count}`;

/** The sentence for a count that is negative. */
export function repeatNegative(shape: Shape, count: number): string {
  return `Cannot repeat elements of ${showShape(shape)}: expected counts of at least 0, received ${count}`;
}

type FirstNegative<Counts extends readonly number[]> = Counts extends
  readonly [infer N extends number, ...infer More extends readonly number[]]
  ? IsUnknown<N> extends true ? FirstNegative<More> : `${N}` extends `-${string}` ? N : FirstNegative<More>
  : undefined;

type Total<Counts extends readonly number[], Sum extends Dim = 0> = Counts extends
  readonly [infer N extends number, ...infer More extends readonly number[]] ? Total<More, add<Sum, N>>
  : Sum;

// The dim of `D` elements that are repeated, or the mismatch.
/** @internal */
type Repeated<S extends Shape, D extends Dim, Counts extends readonly number[]> = number extends Counts["length"] ? null
  : FirstNegative<Counts> extends infer N extends number ? Mismatch<repeatNegative<S, N>>
  : Counts extends readonly [infer N extends number] ? multiplyDims<D, N>
  : IsUnknown<D> extends true ? Total<Counts>
  : D extends string ? Total<Counts>
  : D extends Counts["length"] ? Total<Counts>
  : Mismatch<repeatCountsDiffer<S, D, Counts["length"]>>;

function repeated(shape: Shape, dim: Dim, counts: readonly number[]): Dim {
  const wrong = counts.find((count) => count < 0);
  if (wrong !== undefined) throw new ShapeError(repeatNegative(shape, wrong));
  if (counts.length === 1) return multiplyDims(dim, counts[0]!);
  if (typeof dim === "number" && dim !== counts.length) {
    throw new ShapeError(repeatCountsDiffer(shape, dim, counts.length));
  }
  return counts.reduce<Dim>(add, 0);
}

/** @internal */
type List<R extends Repeats> = [R] extends [number] ? readonly [R] : [R] extends [readonly number[]] ? R
: readonly number[];

/**
 * The shape of `S` with each element along an axis repeated, or the {@linkcode Mismatch}; without an axis, of all
 * elements in one axis, each repeated. `Shape` where the rank is unknown, unknown dims where the axis is.
 */
export type repeat<S extends Shape, Counts extends Repeats, Axis extends number | undefined = undefined> =
  [Axis] extends [undefined]
    ? Repeated<S, size<S>, List<Counts>> extends infer D ? D extends Dim ? readonly [D] : D : never
    : [Axis] extends [number] ? RepeatedAt<S, List<Counts>, Axis>
    : Shape;

/** @internal */
type RepeatedAt<S extends Shape, Counts extends readonly number[], Axis extends number> = number extends S["length"]
  ? Shape
  : normalizeAxis<Axis, S> extends infer Index
    ? Index extends number ? number extends Index ? { readonly [I in keyof S]: null }
      : Repeated<S, S[Index], Counts> extends infer D ? D extends Dim ? replaceAt<S, Index, D> : D
      : never
    : Index
  : never;

/**
 * The shape of `shape` with each element along an axis repeated; without an axis, of all elements in one axis, each
 * repeated.
 *
 * @throws {ShapeError} If the shape has no such axis, a count is negative, or there is neither one count nor one for
 * each element.
 */
export function repeat(shape: Shape, repeats: Repeats, axis?: number): Shape {
  const counts = typeof repeats === "number" ? [repeats] : repeats;
  if (axis === undefined) return [repeated(shape, size(shape), counts)];
  const index = normalizeAxis(axis, shape);
  return replaceAt(shape, index, repeated(shape, shape[index]!, counts));
}
