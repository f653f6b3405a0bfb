/**
 * Dims and shapes, and how they are printed.
 *
 * @module
 */

/** One axis of a shape: a known size, the name of an open size (`"batch"`), or `null` (or a wide `number`) for unknown. */
export type Dim = number | string | null;

/** A shape: a readonly tuple of dims. The plain array type is a shape of unknown rank. */
export type Shape = readonly Dim[];

/** Whether the rank of `S` is unknown. */
export type IsRankUnknown<S extends Shape> = number extends S["length"] ? true : false;

/**
 * Whether `D` is unknown: `null`, wider than one literal, or one of several literals.
 *
 * @internal
 */
export type IsUnknown<D, Each = D> = Each extends number | string
  ? [D] extends [Each] ? number extends D ? true : string extends D ? true : false : true
  : true;

/**
 * `D`, or `null` where it is unknown.
 *
 * @internal
 */
export type KnownDim<D> = IsUnknown<D> extends true ? null : D;

/** `D` as it is printed: sizes and names as they are, unknown as `?`. */
export type ShowDim<D> = IsUnknown<D> extends true ? "?" : D extends number | string ? `${D}` : "?";

type ShowDims<S extends Shape, Text extends string> = S extends readonly [infer Head, ...infer Tail extends Shape]
  ? ShowDims<Tail, `${Text}, ${ShowDim<Head>}`>
  : Text;

/** `S` as it is printed: `[10, 4]`, `[batch, ?]`, or `[...]` where the rank is unknown. */
export type ShowShape<S extends Shape> = IsRankUnknown<S> extends true ? "[...]"
  : S extends readonly [infer Head, ...infer Tail extends Shape] ? `[${ShowDims<Tail, ShowDim<Head>>}]`
  : "[]";

/** Prints a dim: sizes and names as they are, unknown as `?`. */
export function showDim(dim: Dim): string {
  return dim === null ? "?" : String(dim);
}

/** Prints a shape: `[10, 4]` or `[batch, ?]`; an undefined shape has unknown rank and prints as `[...]`. */
export function showShape(shape: Shape | undefined): string {
  return shape === undefined ? "[...]" : `[${shape.map(showDim).join(", ")}]`;
}
