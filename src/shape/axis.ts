/**
 * Axes of shapes: negative ones count from the end, and what is out of range gets a sentence.
 *
 * @module
 */
import { type Dim, type IsUnknown, type KnownDim, type Shape, type ShowShape, showShape } from "./dim.ts";
import { type Mismatch, ShapeError } from "./error.ts";
import type { Minus, Strip, ToNumber } from "./numeral.ts";

/** The expected axes, for an axis that is out of range: `Rest` is the shape without one of its axes. */
type Expected<S extends Shape> = S extends readonly [unknown, ...infer Rest extends Shape]
  ? `expected an axis from -${S["length"]} to ${Rest["length"]}`
  : "expected none, as it has no axes";

function expected(rank: number): string {
  return rank === 0 ? "expected none, as it has no axes" : `expected an axis from -${rank} to ${rank - 1}`;
}

/**
 * The sentence for an axis that a shape does not have.
 *
 * @internal
 */
export type axisOutOfRange<Axis extends number, S extends Shape> = `Axis ${Axis} is out of range for shape ${ShowShape<
  S
>}: ${Expected<S>}`;

/** The sentence for an axis that a shape does not have. */
export function axisOutOfRange(axis: number, shape: Shape): string {
  return `Axis ${axis} is out of range for shape ${showShape(shape)}: ${expected(shape.length)}`;
}

/**
 * The axis of `S`, counted from the start, that `Axis` means, or the {@linkcode Mismatch}. `number` where the axis or
 * the rank is unknown.
 */
export type normalizeAxis<Axis extends number, S extends Shape> = IsUnknown<Axis> extends true ? number
  : number extends S["length"] ? number
  : `${Axis}` extends keyof S ? Axis
  : `${Axis}` extends `-${infer Back}`
    ? Minus<`${S["length"]}`, Back> extends infer Index extends string
      ? Index extends "-" ? Mismatch<axisOutOfRange<Axis, S>> : ToNumber<Strip<Index>>
    : never
  : Mismatch<axisOutOfRange<Axis, S>>;

/**
 * The axis of `shape`, counted from the start, that `axis` means.
 *
 * @throws {ShapeError} If the shape has no such axis.
 */
export function normalizeAxis(axis: number, shape: Shape): number {
  const index = axis < 0 ? axis + shape.length : axis;
  if (!Number.isInteger(axis) || index < 0 || index >= shape.length) throw new ShapeError(axisOutOfRange(axis, shape));
  return index;
}

/** The sentence for a list of axes in which one comes twice. */
export type axisTwice<Axis extends number, Axes extends readonly number[], S extends Shape> = `Axes ${ShowShape<
  Axes
>} name axis ${Axis} twice in shape ${ShowShape<S>}: expected different axes`;

/** The sentence for a list of axes in which one comes twice. */
export function axisTwice(axis: number, axes: readonly number[], shape: Shape): string {
  return `Axes ${showShape(axes)} name axis ${axis} twice in shape ${showShape(shape)}: expected different axes`;
}

type Normalized<
  Axes extends readonly number[],
  S extends Shape,
  All extends readonly number[],
  Seen = never,
  Out extends readonly number[] = readonly [],
> = Axes extends readonly [infer Axis extends number, ...infer Rest extends readonly number[]]
  ? normalizeAxis<Axis, S> extends infer Index
    ? Index extends number ? number extends Index ? Normalized<Rest, S, All, Seen, readonly [...Out, number]>
      : Index extends Seen ? Mismatch<axisTwice<Index, All, S>>
      : Normalized<Rest, S, All, Seen | Index, readonly [...Out, Index]>
    : Index
  : never
  : Out;

/**
 * The axes of `S`, counted from the start, that a list of axes means, in its order, or the {@linkcode Mismatch}.
 * `number` for what is unknown.
 *
 * @internal
 */
export type normalizeAxes<Axes extends readonly number[], S extends Shape> = number extends Axes["length"]
  ? readonly number[]
  : Normalized<Axes, S, Axes>;

/**
 * The axes of `shape`, counted from the start, that a list of axes means, in its order.
 *
 * @throws {ShapeError} If the shape has no such axis, or two of them are the same.
 */
export function normalizeAxes(axes: readonly number[], shape: Shape): readonly number[] {
  const seen: number[] = [];
  for (const axis of axes) {
    const index = normalizeAxis(axis, shape);
    if (seen.includes(index)) throw new ShapeError(axisTwice(index, axes, shape));
    seen.push(index);
  }
  return seen;
}

/**
 * As many unknown dims as `S` has dims.
 *
 * @internal
 */
type Unknowns<S extends Shape> = { readonly [I in keyof S]: null };

/**
 * The dim of `S` at an axis, or the {@linkcode Mismatch}; `null` where the axis or the rank is unknown.
 *
 * @internal
 */
export type at<S extends Shape, Axis extends number> = normalizeAxis<Axis, S> extends infer Index
  ? Index extends number ? number extends Index ? null : KnownDim<S[Index]> : Index
  : never;

/**
 * The dim of `shape` at an axis.
 *
 * @throws {ShapeError} If the shape has no such axis.
 */
export function at(shape: Shape, axis: number): Dim {
  return shape[normalizeAxis(axis, shape)] as Dim;
}

/** `S` with `D` at an axis, or the {@linkcode Mismatch}; unknown dims where the axis is unknown. */
export type replaceAt<S extends Shape, Axis extends number, D extends Dim> = normalizeAxis<Axis, S> extends infer Index
  ? Index extends number ? number extends S["length"] ? Shape
    : number extends Index ? Unknowns<S>
    : { readonly [I in keyof S]: I extends `${Index}` ? D : S[I] }
  : Index
  : never;

/**
 * `shape` with `dim` at an axis.
 *
 * @throws {ShapeError} If the shape has no such axis.
 */
export function replaceAt(shape: Shape, axis: number, dim: Dim): Shape {
  return shape.with(normalizeAxis(axis, shape), dim);
}

type Without<S extends Shape, Index extends number, Out extends Shape = readonly []> = S extends
  readonly [infer D extends Dim, ...infer Rest extends Shape]
  ? Out["length"] extends Index ? readonly [...Out, ...Rest] : Without<Rest, Index, readonly [...Out, D]>
  : Out;
type Tail<S extends Shape> = S extends readonly [unknown, ...infer Rest extends Shape] ? Rest : readonly [];

/**
 * `S` without an axis, or the {@linkcode Mismatch}; unknown dims where the axis is unknown.
 *
 * @internal
 */
export type removeAt<S extends Shape, Axis extends number> = normalizeAxis<Axis, S> extends infer Index
  ? Index extends number ? number extends S["length"] ? Shape
    : number extends Index ? Unknowns<Tail<S>>
    : Without<S, Index>
  : Index
  : never;

/**
 * `shape` without an axis.
 *
 * @throws {ShapeError} If the shape has no such axis.
 */
export function removeAt(shape: Shape, axis: number): Shape {
  const index = normalizeAxis(axis, shape);
  return shape.filter((_, i) => i !== index);
}

/**
 * The sentence for an axis at which nothing can be inserted into a shape.
 *
 * @internal
 */
export type insertionOutOfRange<Axis extends number, S extends Shape> =
  `Axis ${Axis} is out of range for a new axis in shape ${ShowShape<S>}: ${Expected<readonly [null, ...S]>}`;

/** The sentence for an axis at which nothing can be inserted into a shape. */
export function insertionOutOfRange(axis: number, shape: Shape): string {
  return `Axis ${axis} is out of range for a new axis in shape ${showShape(shape)}: ${expected(shape.length + 1)}`;
}

/** @internal */
type With<S extends Shape, Index extends number, D extends Dim, Out extends Shape = readonly []> = Out["length"] extends
  Index ? readonly [...Out, D, ...S]
  : S extends readonly [infer Head extends Dim, ...infer Rest extends Shape]
    ? With<Rest, Index, D, readonly [...Out, Head]>
  : never;

/**
 * `S` with `D` as a new axis, which is at `Axis` of the result, or the {@linkcode Mismatch}; unknown dims where the
 * axis is unknown.
 */
export type insertAt<S extends Shape, Axis extends number, D extends Dim> = number extends S["length"] ? Shape
  : normalizeAxis<Axis, readonly [...S, D]> extends infer Index
    ? Index extends number ? number extends Index ? Unknowns<readonly [...S, D]> : With<S, Index, D>
    : Mismatch<insertionOutOfRange<Axis, S>>
  : never;

/**
 * `shape` with `dim` as a new axis, which is at `axis` of the result.
 *
 * @throws {ShapeError} If the axis is out of the result's range.
 */
export function insertAt(shape: Shape, axis: number, dim: Dim): Shape {
  const index = axis < 0 ? axis + shape.length + 1 : axis;
  if (!Number.isInteger(axis) || index < 0 || index > shape.length) {
    throw new ShapeError(insertionOutOfRange(axis, shape));
  }
  return shape.toSpliced(index, 0, dim);
}
