/**
 * The tensor dot product: pairs of axes summed away, all others kept, those of the first operand before those of the
 * second.
 *
 * @module
 */

import { normalizeAxes } from "./axis.ts";
import { type AreAllKnown, sizesDiffer } from "./broadcast.ts";
import { type Shape, type ShowDim, showDim, type ShowShape, showShape } from "./dim.ts";
import { type Mismatch, ShapeError } from "./error.ts";
import type { AxisList, WithoutAxes } from "./reduce.ts";

/**
 * The axes that are summed: a number for so many last axes of the first operand against as many first axes of the second,
 * or the axes of each.
 */
export type TensordotAxes = number | readonly [first: number | readonly number[], second: number | readonly number[]];

/** The sentence for axes that do not fit, with the reason. */
export type cannotTensordot<
  A extends Shape,
  B extends Shape,
  First extends readonly number[],
  Second extends readonly number[],
  Reason extends string,
> = `Cannot tensordot shapes ${ShowShape<A>} and ${ShowShape<B>} over axes ${ShowShape<First>} and ${ShowShape<
  Second
>}: ${Reason}`;

/** The sentence for axes that do not fit, with the reason. */
export function cannotTensordot(
  a: Shape,
  b: Shape,
  first: readonly number[],
  second: readonly number[],
  reason: string,
): string {
  return `Cannot tensordot shapes ${showShape(a)} and ${showShape(b)} over axes ${showShape(first)} and ${
    showShape(second)
  }: ${reason}`;
}

/**
 * The sentence for a number of axes that is no count.
 *
 * @internal
 */
export type noAxisCount<Count extends number> =
  `Cannot tensordot over ${Count} axes: expected a whole number of at least 0`;

/** The sentence for a number of axes that is no count. */
export function noAxisCount(count: number): string {
  return `Cannot tensordot over ${count} axes: expected a whole number of at least 0`;
}

const lengthsDiffer = "expected as many axes of the first as of the second";
type LengthsDiffer = typeof lengthsDiffer;

// The last axes as negative numbers, and the first axes, by their count. They are looked up: a type that counts would
// never come to an end for a count that is a type parameter. What is beyond the table is unknown.
interface Last {
  0: readonly [];
  1: readonly [-1];
  2: readonly [-2, -1];
  3: readonly [-3, -2, -1];
  4: readonly [-4, -3, -2, -1];
  5: readonly [-5, -4, -3, -2, -1];
  6: readonly [-6, -5, -4, -3, -2, -1];
  7: readonly [-7, -6, -5, -4, -3, -2, -1];
  8: readonly [-8, -7, -6, -5, -4, -3, -2, -1];
}
/** @internal */
interface First {
  0: readonly [];
  1: readonly [0];
  2: readonly [0, 1];
  3: readonly [0, 1, 2];
  4: readonly [0, 1, 2, 3];
  5: readonly [0, 1, 2, 3, 4];
  6: readonly [0, 1, 2, 3, 4, 5];
  7: readonly [0, 1, 2, 3, 4, 5, 6];
  8: readonly [0, 1, 2, 3, 4, 5, 6, 7];
}
/** @internal */
type LastAxes<Count extends number> = Count extends keyof Last ? Last[Count] : readonly number[];
/** @internal */
type FirstAxes<Count extends number> = Count extends keyof First ? First[Count] : readonly number[];

// The first pair of axes whose sizes differ, in words.
type Conflict<
  A extends Shape,
  B extends Shape,
  First extends readonly number[],
  Second extends readonly number[],
  PlacesA extends readonly number[],
  PlacesB extends readonly number[],
  Pair extends readonly unknown[] = [],
> = Pair["length"] extends First["length"] ? undefined
  : sizesDiffer<A[PlacesA[Pair["length"]]], B[PlacesB[Pair["length"]]]> extends true
    ? `axis ${First[Pair["length"]]} is ${ShowDim<A[PlacesA[Pair["length"]]]>} and axis ${Second[
      Pair["length"]
    ]} is ${ShowDim<B[PlacesB[Pair["length"]]]>}`
  : Conflict<A, B, First, Second, PlacesA, PlacesB, [...Pair, unknown]>;
type Contract<
  A extends Shape,
  B extends Shape,
  First extends readonly number[],
  Second extends readonly number[],
  PlacesA,
  PlacesB,
> = PlacesA extends readonly number[]
  ? PlacesB extends readonly number[]
    ? Conflict<A, B, First, Second, PlacesA, PlacesB> extends infer Reason extends string
      ? Mismatch<cannotTensordot<A, B, First, Second, Reason>>
    : readonly [...WithoutAxes<A, `${PlacesA[number]}`>, ...WithoutAxes<B, `${PlacesB[number]}`>]
  : PlacesB
  : PlacesA;
/** @internal */
type OverAxes<
  A extends Shape,
  B extends Shape,
  First extends readonly number[],
  Second extends readonly number[],
> = AreAllKnown<First> | AreAllKnown<Second> extends true
  ? First["length"] extends Second["length"]
    ? Contract<A, B, First, Second, normalizeAxes<First, A>, normalizeAxes<Second, B>>
  : Mismatch<cannotTensordot<A, B, First, Second, LengthsDiffer>>
  : Shape;

/**
 * The shape of the tensor dot product, or the {@linkcode Mismatch}. An unknown rank, number of axes or axis gives
 * `Shape`.
 */
export type tensordot<A extends Shape, B extends Shape, Axes extends TensordotAxes = 2> = number extends
  A["length"] | B["length"] ? Shape
  : [Axes] extends [number]
    ? AreAllKnown<[Axes]> extends true
      ? `${Axes}` extends `-${string}` | `${string}.${string}` ? Mismatch<noAxisCount<Axes>>
      : OverAxes<A, B, LastAxes<Axes>, FirstAxes<Axes>>
    : Shape
  : [Axes] extends [
    readonly [
      infer First extends number | readonly number[],
      infer Second extends
        | number
        | readonly number[],
    ],
  ] ? OverAxes<A, B, AxisList<First>, AxisList<Second>>
  : Shape;

/**
 * The shape of the tensor dot product: of `[2, 3, 4]` and `[4, 3, 5]` over the axes `[[1, 2], [1, 0]]`, `[2, 5]`.
 *
 * @throws {ShapeError} If an axis is out of range or named twice, the axes do not pair up, or a pair of them has known
 * sizes that differ.
 */
export function tensordot(a: Shape, b: Shape, axes: TensordotAxes = 2): Shape {
  const [first, second] = pairsOf(axes);
  if (first.length !== second.length) throw new ShapeError(cannotTensordot(a, b, first, second, lengthsDiffer));
  const placesA = normalizeAxes(first, a);
  const placesB = normalizeAxes(second, b);
  placesA.forEach((place, pair) => {
    const dimA = a[place]!;
    const dimB = b[placesB[pair]!]!;
    if (!sizesDiffer(dimA, dimB)) return;
    const reason = `axis ${first[pair]} is ${showDim(dimA)} and axis ${second[pair]} is ${showDim(dimB)}`;
    throw new ShapeError(cannotTensordot(a, b, first, second, reason));
  });
  return [...a.filter((_, place) => !placesA.includes(place)), ...b.filter((_, place) => !placesB.includes(place))];
}

function pairsOf(axes: TensordotAxes): readonly [readonly number[], readonly number[]] {
  if (typeof axes !== "number") return [[axes[0]].flat(), [axes[1]].flat()];
  if (!Number.isInteger(axes) || axes < 0) throw new ShapeError(noAxisCount(axes));
  const first = Array.from({ length: axes }, (_, place) => place);
  return [first.map((place) => place - axes), first];
}
