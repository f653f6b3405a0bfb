/**
 * Tensors of positions in space: a batch, one to three spatial axes, and channels before or after them.
 *
 * @module
 */
import type { Dim, KnownDim, Shape } from "./dim.ts";

/** Position of the channel axis: last, or right after the batch. */
export type DataFormat = "channels_last" | "channels_first";

/** Where windows may go: only inside, also over the beginning and the end, or also over the beginning alone. */
export type Padding = SpatialPadding | "causal";

/** Where windows over several spatial axes may go: only inside, or also over the beginning and the end. */
export type SpatialPadding = "valid" | "same";

/** A word of an option, which may be written in capitals too, as in Keras. */
export type AnyCase<Word extends string> = Word | Uppercase<Word>;

/** The number of spatial axes. */
export type SpatialRank = 1 | 2 | 3;

/** `T` for each of `N` spatial axes. */
export type Each<N extends SpatialRank, T> = N extends 1 ? readonly [T]
  : N extends 2 ? readonly [T, T]
  : readonly [T, T, T];

/** One number for all of `N` spatial axes, or one for each. */
export type Sizes<N extends SpatialRank = SpatialRank> = number | Each<N, number>;

/** One number for all spatial axes, or one for each, of a rank that is not known. */
export type PerAxis = number | readonly number[];

/**
 * The parts of `S`: the batch, the spatial dims and the channels; `undefined` where the rank or the format is unknown or
 * there are not two axes.
 *
 * @internal
 */
export type spatialParts<S extends Shape, F extends DataFormat> = number extends S["length"] ? undefined
  : [F] extends ["channels_last"]
    ? S extends readonly [infer B, ...infer X extends Shape, infer C] ? readonly [B, X, C] : undefined
  : [F] extends ["channels_first"]
    ? S extends readonly [infer B, infer C, ...infer X extends Shape] ? readonly [B, X, C] : undefined
  : undefined;

/**
 * The shape of a batch, spatial dims and channels.
 *
 * @internal
 */
export type spatialShape<B, X extends Shape, C, F extends DataFormat> = [F] extends ["channels_last"]
  ? readonly [B & Dim, ...X, C & Dim]
  : readonly [B & Dim, C & Dim, ...X];

/**
 * The known part of a shape whose spatial axes were changed, if it is not known which these are: the batch.
 *
 * @internal
 */
export type unknownSpatial<S extends Shape> = number extends S["length"] ? Shape : {
  readonly [I in keyof S]: I extends "0" ? S[I] : null;
};

const WORDS: readonly string[] = ["valid", "same", "causal", "channels_last", "channels_first"];

/** The word of an option that is meant, which Keras takes in capitals too; anything else as it is. */
export function anyCase<const Word extends string>(word: Word): Lowercase<Word>;
/** The word of an option that may not be one. */
export function anyCase(word: unknown): unknown;
export function anyCase(word: unknown): unknown {
  const small = typeof word === "string" ? word.toLowerCase() : "";
  return WORDS.includes(small) ? small : word;
}

/** The spatial axes of a shape of some rank. */
export function spatialAxes(rank: number, format: DataFormat): readonly number[] {
  const first = format === "channels_last" ? 1 : 2;
  return Array.from({ length: Math.max(0, rank - 2) }, (_, index) => first + index);
}

/** `shape` with its spatial dims replaced; the function is given a dim and its place among the spatial ones. */
export function mapSpatial(shape: Shape, format: DataFormat, map: (dim: Dim, place: number) => Dim): Shape {
  const result = [...shape];
  for (const [place, axis] of spatialAxes(shape.length, format).entries()) result[axis] = map(shape[axis]!, place);
  return result;
}

/**
 * The element of `V` for the first spatial axis.
 *
 * @internal
 */
export type Head<V> = V extends readonly [infer First, ...unknown[]] ? First : V extends readonly unknown[] ? null : V;

/**
 * The elements of `V` for the other spatial axes.
 *
 * @internal
 */
export type Tail<V> = V extends readonly [unknown, ...infer Rest] ? Rest : V;

/** One number for each of `count` spatial axes. */
export function perAxis(value: PerAxis, count: number): readonly number[] {
  return typeof value === "number" ? Array<number>(count).fill(value) : value;
}

/**
 * A number, or one for each of the axes of `X`.
 *
 * @internal
 */
export type eachAxis<V, X extends Shape, Out extends Shape = readonly []> = X extends
  readonly [unknown, ...infer Rest extends Shape] ? eachAxis<Tail<V>, Rest, readonly [...Out, KnownDim<Head<V>> & Dim]>
  : Out;
