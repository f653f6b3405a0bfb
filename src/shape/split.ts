/**
 * Parts of shapes along an axis: equal ones, those between indices, and those of size 1 without the axis.
 *
 * @module
 */
import { divide, type lessThan, type subtract } from "./arithmetic.ts";
import { normalizeAxis, removeAt, type replaceAt } from "./axis.ts";
import { type Dim, type IsUnknown, type Shape, type ShowDim, showDim, type ShowShape, showShape } from "./dim.ts";
import { InputRangeError, type Mismatch, ShapeError } from "./error.ts";

/** The sentence for an axis that cannot be split. */
export type cannotSplit<S extends Shape, Axis extends number, Reason extends string> =
  `Cannot split axis ${Axis} of shape ${ShowShape<S>}: ${Reason}`;

/** The sentence for an axis that cannot be split. */
export function cannotSplit(shape: Shape, axis: number, reason: string): string {
  return `Cannot split axis ${axis} of shape ${showShape(shape)}: ${reason}`;
}

type UnequalParts<D, N extends number> = `size ${ShowDim<D>} is no multiple of ${N}`;
const unequalParts = (dim: Dim, count: number): string => `size ${showDim(dim)} is no multiple of ${count}`;

type WrongIndices<Indices extends readonly number[], D> = `expected ascending indices from 0 to ${ShowDim<
  D
>}, received ${ShowShape<Indices>}`;
const wrongIndices = (indices: readonly number[], dim: Dim): string =>
  `expected ascending indices from 0 to ${showDim(dim)}, received ${showShape(indices)}`;

/** Into how many equal parts, or at which indices. */
export type Sections = number | readonly number[];

/**
 * The shapes of the parts of `S` along an axis, or the {@linkcode Mismatch}: a tuple where their number is known and below
 * 100, else a list.
 */
export type split<S extends Shape, By extends Sections, Axis extends number> = number extends S["length"]
  ? Parts<By, Shape>
  : normalizeAxis<Axis, S> extends infer Place
    ? Place extends number
      ? number extends Place ? Parts<By, { readonly [I in keyof S]: null }> : SplitAt<S, By, Axis, Place>
    : Place
  : never;

/** @internal */
type Parts<By extends Sections, Part> = [By] extends [number] ? Times<By, Part>
  : By extends readonly number[] ? number extends By["length"] ? readonly Part[]
    : Same<readonly [0, ...By], Part>
  : readonly Part[];

type Same<By extends readonly number[], Part> = { readonly [I in keyof By]: Part };

/** @internal */
type SplitAt<S extends Shape, By extends Sections, Axis extends number, Place extends number> = [By] extends [number]
  ? divide<S[Place], By> extends infer D
    ? D extends Dim ? Times<By, replaceAt<S, Place, D>> : Mismatch<cannotSplit<S, Axis, UnequalParts<S[Place], By>>>
  : never
  : By extends readonly number[] ? number extends By["length"] ? readonly replaceAt<S, Place, null>[]
    : Lengths<S[Place], By> extends infer L
      ? L extends readonly Dim[] ? { readonly [I in keyof L]: replaceAt<S, Place, L[I] & Dim> }
      : Mismatch<cannotSplit<S, Axis, WrongIndices<By, S[Place]>>>
    : never
  : readonly Shape[];

// The lengths between indices, or undefined where these do not ascend.
type Lengths<
  D,
  Indices extends readonly number[],
  From extends number = 0,
  Out extends readonly Dim[] = readonly [],
> = Indices extends readonly [infer To extends number, ...infer Rest extends readonly number[]]
  ? true extends IsNegative<To> | lessThan<To, From> ? undefined
  : Lengths<D, Rest, To, readonly [...Out, subtract<To, From>]>
  : lessThan<D & Dim, From> extends true ? undefined
  : readonly [...Out, Last<D, From>];

type Last<D, From extends number> = From extends 0 ? D & Dim : subtract<D & Dim, From>;
type IsNegative<N> = IsUnknown<N> extends true ? false : `${N & number}` extends `-${string}` ? true : false;

type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

/** `N` times the same in a tuple; a list where `N` is not known, or 100 or more. */
type Times<N, Item, Out extends readonly Item[] = readonly []> = IsUnknown<N> extends true ? readonly Item[]
  : N extends number
    ? `${N}` extends `${Digit}` | `${Digit}${Digit}`
      ? Out["length"] extends N ? Out : Times<N, Item, readonly [...Out, Item]>
    : readonly Item[]
  : readonly Item[];

/**
 * The shapes of the parts of `shape` along an axis.
 *
 * @throws {ShapeError} If there is no such axis, the parts would differ, or the indices do not ascend within it.
 * @throws {RangeError} If the number of parts is not a positive integer.
 */
export function split(shape: Shape, sections: Sections, axis: number): readonly Shape[] {
  const place = normalizeAxis(axis, shape);
  const dim = shape[place]!;
  const part = (length: Dim): Shape => shape.with(place, length);
  if (typeof sections === "number") {
    if (!Number.isSafeInteger(sections) || sections < 1 && !(sections === 0 && typeof dim === "number")) {
      throw new InputRangeError(
        `Cannot split axis ${axis} of shape ${showShape(shape)}: expected 1 or more parts, received ${sections}`,
      );
    }
    const length = sections === 1 ? dim : divide(dim, sections);
    if (length === undefined) throw new ShapeError(cannotSplit(shape, axis, unequalParts(dim, sections)));
    return Array.from({ length: sections }, () => part(length));
  }
  let from = 0;
  for (const index of sections) {
    if (!(index >= from && Number.isInteger(index))) {
      throw new ShapeError(cannotSplit(shape, axis, wrongIndices(sections, dim)));
    }
    from = index;
  }
  if (typeof dim === "number" && dim < from) {
    throw new ShapeError(cannotSplit(shape, axis, wrongIndices(sections, dim)));
  }
  const ends = [...sections, dim];
  return ends.map((end, i) => {
    const start = ends[i - 1] as number ?? 0;
    return part(start === 0 ? end : typeof end === "number" ? end - start : null);
  });
}

/** The sentence for a number of parts that is not the size of the axis. */
export type cannotUnstack<S extends Shape, Axis extends number, N extends number> =
  `Cannot unstack axis ${Axis} of shape ${ShowShape<S>}: expected size ${N}`;

/** The sentence for a number of parts that is not the size of the axis. */
export function cannotUnstack(shape: Shape, axis: number, count: number): string {
  return `Cannot unstack axis ${axis} of shape ${showShape(shape)}: expected size ${count}`;
}

/** The sentence for an axis of which the size is not known. */
export function unstackNeedsSize(shape: Shape, axis: number): string {
  return `Cannot unstack axis ${axis} of shape ${showShape(shape)}: expected a known size, or the option num`;
}

/**
 * The shapes of the parts of size 1 of `S` along an axis, without it, or the {@linkcode Mismatch}: a tuple where their
 * number is known and below 100, else a list. `Count` is the number where the dim is not known.
 */
export type unstack<S extends Shape, Axis extends number, Count extends number | undefined = undefined> = number extends
  S["length"] ? readonly Shape[]
  : normalizeAxis<Axis, S> extends infer Place
    ? Place extends number ? number extends Place ? readonly removeAt<S, Axis>[] : UnstackAt<S, Axis, Place, Count>
    : Place
  : never;

/** @internal */
type UnstackAt<S extends Shape, Axis extends number, Place extends number, Count> = [Count] extends [undefined]
  ? Times<S[Place], removeAt<S, Place>>
  : IsUnknown<Count> extends true ? Times<S[Place], removeAt<S, Place>>
  : IsUnknown<S[Place]> extends true ? Times<Count, removeAt<S, Place>>
  : S[Place] extends string | Count ? Times<Count, removeAt<S, Place>>
  : Mismatch<cannotUnstack<S, Axis, Count & number>>;

/**
 * The shapes of the parts of size 1 of `shape` along an axis, without it. `count` is their number where the dim is open.
 *
 * @throws {ShapeError} If there is no such axis, or its size is open and not given, or another than given.
 */
export function unstack(shape: Shape, axis: number, count?: number): readonly Shape[] {
  const dim = shape[normalizeAxis(axis, shape)]!;
  if (typeof dim !== "number" && count === undefined) throw new ShapeError(unstackNeedsSize(shape, axis));
  if (typeof dim === "number" && count !== undefined && dim !== count) {
    throw new ShapeError(cannotUnstack(shape, axis, count));
  }
  const part = removeAt(shape, axis);
  return Array.from({ length: typeof dim === "number" ? dim : count! }, () => part);
}
