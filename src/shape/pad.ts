/**
 * Shapes with a border before and after each axis.
 *
 * @module
 */
import { addDims } from "./arithmetic.ts";
import { type Dim, type IsUnknown, type Shape, type ShowShape, showShape } from "./dim.ts";
import { type Mismatch, ShapeError } from "./error.ts";

/** The amount to add to an axis before and after. */
export type PadWidth = readonly [before: number, after: number];

/**
 * The sentence for widths that are not one for each axis.
 *
 * @internal
 */
export type padRankDiffers<S extends Shape, Count extends number> = `Cannot pad ${ShowShape<
  S
>}: expected ${S["length"]} pairs of widths, received ${Count}`;

/** The sentence for widths that are not one for each axis. */
export function padRankDiffers(shape: Shape, count: number): string {
  return `Cannot pad ${showShape(shape)}: expected ${shape.length} pairs of widths, received ${count}`;
}

/** The sentence for a width that is negative. */
export type padNegative<S extends Shape, Width extends Shape, Axis extends number> = `Cannot pad ${ShowShape<
  S
>}: expected widths of at least 0, received ${ShowShape<Width>} for axis ${Axis}`;

/** The sentence for a width that is negative. */
export function padNegative(shape: Shape, width: PadWidth, axis: number): string {
  return `Cannot pad ${showShape(shape)}: expected widths of at least 0, received ${showShape(width)} for axis ${axis}`;
}

type IsNegative<N> = IsUnknown<N> extends true ? false : `${N & number}` extends `-${string}` ? true : false;

/** @internal */
type Padded<D extends Dim, Width> = Width extends readonly [infer Before extends Dim, infer After extends Dim]
  ? true extends IsNegative<Before> | IsNegative<After> ? undefined : addDims<addDims<D, Before>, After> & Dim
  : null;

/** @internal */
type Checked<S extends Shape, Widths extends readonly Shape[], R, Todo = R, Place extends readonly unknown[] = []> =
  Todo extends readonly [infer D, ...infer More]
    ? D extends undefined ? Mismatch<padNegative<S, Widths[Place["length"] & number], Place["length"] & number>>
    : Checked<S, Widths, R, More, [...Place, unknown]>
    : R;

/**
 * The shape of `S` with a border before and after each axis, or the {@linkcode Mismatch}. `Shape` where a rank is
 * unknown.
 */
export type pad<S extends Shape, Widths extends readonly PadWidth[]> = number extends S["length"] | Widths["length"]
  ? Shape
  : Widths["length"] extends S["length"]
    ? Checked<S, Widths, { readonly [I in keyof S]: Padded<S[I], Widths[I & keyof Widths]> }>
  : Mismatch<padRankDiffers<S, Widths["length"]>>;

/**
 * The shape of `shape` with a border before and after each axis.
 *
 * @throws {ShapeError} If there are not as many widths as axes, or one is negative.
 */
export function pad(shape: Shape, widths: readonly PadWidth[]): Shape {
  if (widths.length !== shape.length) throw new ShapeError(padRankDiffers(shape, widths.length));
  return shape.map((dim, axis) => {
    const width = widths[axis]!;
    const [before, after] = width;
    if (before < 0 || after < 0) throw new ShapeError(padNegative(shape, width, axis));
    return addDims(addDims(dim, before), after);
  });
}

/** The border of each axis: one width for all ends, a pair for all axes, or a pair for each axis. */
export type PadWidths = number | PadWidth | readonly PadWidth[];

/** A pair for each axis of `S`. */
export type padWidths<S extends Shape, Widths extends PadWidths> = Widths extends number
  ? { readonly [I in keyof S]: readonly [Widths, Widths] }
  : Widths extends PadWidth ? { readonly [I in keyof S]: Widths }
  : Widths extends readonly PadWidth[] ? Widths
  : readonly PadWidth[];

/** A pair for each axis of a shape. */
export function padWidths(shape: Shape, widths: PadWidths): readonly PadWidth[] {
  if (typeof widths === "number") return shape.map(() => [widths, widths]);
  return isPair(widths) ? shape.map(() => widths) : widths;
}

function isPair(widths: PadWidth | readonly PadWidth[]): widths is PadWidth {
  return typeof widths[0] === "number";
}
