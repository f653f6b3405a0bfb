/**
 * Checks of the options that layers on spatial axes share.
 *
 * @module
 */
import type { Ends } from "../../shape/crop.ts";
import { InputRangeError } from "../../shape/error.ts";
import { anyCase, type Each, type PerAxis, perAxis, type SpatialRank } from "../../shape/spatial.ts";

/** The amounts at the ends of spatial axes: one number for all ends, one for each axis, or one for each end. */
export type EndsOption = number | readonly (number | Ends)[];

/** The amounts at the ends of `N` spatial axes: one number for all ends, one for each axis, or one for each end. */
export type EndsOf<N extends SpatialRank> = N extends 1 ? number | Ends
  : number | Each<N, number> | Each<N, Ends>;

/**
 * The two numbers of each of `N` spatial axes that an option means.
 *
 * @internal
 */
export type eachEnds<N extends SpatialRank, V> = V extends readonly unknown[]
  ? N extends 1 ? readonly [V & Ends] : { readonly [I in keyof V]: V[I] extends number ? readonly [V[I], V[I]] : V[I] }
  : V extends number ? Each<N, readonly [V, V]>
  : Each<N, Ends>;

/** The option of a layer: its name, and that of the layer. */
interface Named {
  readonly what: string;
  readonly layer: string;
}

function invalid({ what, layer }: Named, expected: string, received: unknown): RangeError {
  return new InputRangeError(
    `Cannot make layer ${layer}: received an invalid value for ${what}, expected ${expected}, received ${
      shown(received)
    }`,
  );
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(shown).join(", ")}]`;
  return typeof value === "number" || value === undefined ? String(value) : JSON.stringify(value);
}

function isInteger(value: unknown, least: number): boolean {
  return Number.isSafeInteger(value) && (value as number) >= least;
}

/**
 * One of several words, in small letters; the first where it is left out.
 *
 * @throws {RangeError} If it is none of them.
 */
export function wordOf<const W extends string>(
  given: unknown,
  words: readonly [W, ...W[]],
  what: string,
  layer: string,
): W {
  const found = words.find((word) => word === anyCase(given ?? words[0]));
  if (found !== undefined) return found;
  throw invalid({ what, layer }, `one of ${words.map((each) => JSON.stringify(each)).join(", ")}`, given);
}

/**
 * One size for each of `count` spatial axes.
 *
 * @throws {RangeError} If there are others, or one is no integer or less than `least`.
 */
export function sizesOf(
  value: PerAxis | undefined,
  count: number,
  what: string,
  layer: string,
  least: 0 | 1 = 1,
): readonly number[] {
  const list = typeof value === "number" ? perAxis(value, count) : value;
  if (Array.isArray(list) && list.length === count && list.every((size) => isInteger(size, least))) return list;
  const kind = least === 1 ? "a positive integer" : "an integer that is not negative";
  throw invalid({ what, layer }, count === 1 ? kind : `${kind} or ${count} of them`, value);
}

/**
 * The amounts at both ends of each of `count` spatial axes.
 *
 * @throws {RangeError} If a number is negative or no integer, or there are too many or too few.
 */
export function endsOf(value: EndsOption, count: number, what: string, layer: string): readonly Ends[] {
  // Of one axis, a list has a number for each end.
  const list = typeof value === "number" ? perAxis(value, count) : count === 1 ? [value as Ends] : value;
  const ends = Array.isArray(list) ? list.map((each) => typeof each === "number" ? [each, each] : each) : [];
  const valid = ends.length === count &&
    ends.every((each) => Array.isArray(each) && each.length === 2 && each.every((end) => isInteger(end, 0)));
  const pairs = count === 1 ? "a pair of them" : `${count} of them or of pairs`;
  if (!valid) throw invalid({ what, layer }, `an integer that is not negative, ${pairs}`, value);
  return ends;
}

/** What is given as a size and options, or as options that have the size under the name `key`. */
export function sizeAndOptions<O extends object>(
  key: string,
  given: PerAxis | O,
  options: O | undefined,
): readonly [PerAxis, O | undefined] {
  if (typeof given !== "object" || given === null || Array.isArray(given)) return [given as PerAxis, options];
  return [(given as Record<string, unknown>)[key] as PerAxis, given as O];
}
