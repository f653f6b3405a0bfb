/**
 * Axes in other places: two swapped, or some moved while the others keep their order.
 *
 * @module
 */
import { normalizeAxes, normalizeAxis } from "./axis.ts";
import type { Dim, Shape } from "./dim.ts";
import { type Mismatch, ShapeError } from "./error.ts";

/** @internal */
type Swapped<S extends Shape, A, B> = A extends number
  ? B extends number ? number extends S["length"] | A | B ? number extends S["length"] ? Shape : Unknowns<S>
    : { readonly [I in keyof S]: I extends `${A}` ? S[B] : I extends `${B}` ? S[A] : S[I] }
  : B
  : A;
type Unknowns<S extends Shape> = { readonly [I in keyof S]: null };

/** The shape of `S` with two axes in each other's place, or the {@linkcode Mismatch}. */
export type swapaxes<S extends Shape, A extends number, B extends number> = Swapped<
  S,
  normalizeAxis<A, S>,
  normalizeAxis<B, S>
>;

/**
 * The axis of `shape` that comes to each place when two are swapped.
 *
 * @throws {ShapeError} If an axis is out of range.
 */
export function orderAfterSwap(shape: Shape, axis1: number, axis2: number): readonly number[] {
  const [first, second] = [normalizeAxis(axis1, shape), normalizeAxis(axis2, shape)];
  const axes = [...shape.keys()];
  axes[first] = second;
  axes[second] = first;
  return axes;
}

/** The sentence for axes and places of which there are not as many. */
export type cannotMove<From extends number, To extends number> =
  `Cannot move axes: expected as many places as axes, received ${To} and ${From}`;

/** The sentence for axes and places of which there are not as many. */
export function cannotMove(from: number, to: number): string {
  return `Cannot move axes: expected as many places as axes, received ${to} and ${from}`;
}

/** @internal */
type List<Axis> = Axis extends readonly number[] ? Axis : Axis extends number ? readonly [Axis] : never;

/** The shape of `S` with axes moved to other places, or the {@linkcode Mismatch}. */
export type moveaxis<
  S extends Shape,
  From extends number | readonly number[],
  To extends number | readonly number[],
> = number extends S["length"] ? Shape
  : MoveCheck<S, List<From>, List<To>>;

/** @internal */
type MoveCheck<S extends Shape, From extends readonly number[], To extends readonly number[]> = number extends
  From["length"] | To["length"] ? Unknowns<S>
  : From["length"] extends To["length"] ? Move<S, normalizeAxes<From, S>, normalizeAxes<To, S>>
  : Mismatch<cannotMove<From["length"], To["length"]>>;

type Move<S extends Shape, From, To> = From extends readonly number[]
  ? To extends readonly number[] ? number extends From[number] | To[number] ? Unknowns<S>
    : Moved<S, From, To, Others<S, `${From[number]}`>>
  : To
  : From;

type Others<S extends Shape, Taken, Out extends Shape = readonly [], Place extends readonly unknown[] = []> =
  Place["length"] extends S["length"] ? Out
    : Others<
      S,
      Taken,
      `${Place["length"] & number}` extends Taken ? Out : readonly [...Out, S[Place["length"]]],
      [...Place, unknown]
    >;

// `Rest` are the dims that stay in their order; the others go where `To` says.
type Moved<
  S extends Shape,
  From extends readonly number[],
  To extends readonly number[],
  Rest extends Shape,
  Out extends Shape = readonly [],
> = Out["length"] extends S["length"] ? Out
  : IndexIn<To, Out["length"]> extends infer I extends number ? Moved<S, From, To, Rest, readonly [...Out, S[From[I]]]>
  : Rest extends readonly [infer Head extends Dim, ...infer Tail extends Shape]
    ? Moved<S, From, To, Tail, readonly [...Out, Head]>
  : Out;

type IndexIn<L extends readonly number[], Item, Place extends readonly unknown[] = []> = Place["length"] extends
  L["length"] ? undefined
  : L[Place["length"]] extends Item ? Place["length"]
  : IndexIn<L, Item, [...Place, unknown]>;

/**
 * The axis of `shape` that comes to each place when some are moved.
 *
 * @throws {ShapeError} If an axis is out of range or named twice, or there are not as many places as axes.
 */
export function orderAfterMove(
  shape: Shape,
  source: number | readonly number[],
  destination: number | readonly number[],
): readonly number[] {
  const [from, to] = [listOf(source), listOf(destination)];
  if (from.length !== to.length) throw new ShapeError(cannotMove(from.length, to.length));
  const [moved, places] = [normalizeAxes(from, shape), normalizeAxes(to, shape)];
  const staying = [...shape.keys()].filter((axis) => !moved.includes(axis)).values();
  return shape.map((_, place) => {
    const index = places.indexOf(place);
    return index >= 0 ? moved[index]! : staying.next().value as number;
  });
}

function listOf(axis: number | readonly number[]): readonly number[] {
  return typeof axis === "number" ? [axis] : axis;
}
