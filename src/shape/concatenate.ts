/**
 * Shapes one after the other along an axis.
 *
 * @module
 */
import { addDims } from "./arithmetic.ts";
import { normalizeAxis } from "./axis.ts";
import { equalDim, type sizesDiffer } from "./broadcast.ts";
import { type Dim, type KnownDim, type Shape, type ShowShape, showShape } from "./dim.ts";
import { type Mismatch, ShapeError } from "./error.ts";

/** The sentence for two of several inputs that differ, in `"rank"` or in `"axis 1"`. */
export type inputsDiffer<
  Attempt extends string,
  Shapes extends readonly Shape[],
  First extends number,
  Second extends number,
  In extends string,
> = `${Attempt}: input ${First} of shape ${ShowShape<Shapes[First]>} and input ${Second} of shape ${ShowShape<
  Shapes[Second]
>} differ in ${In}`;

/** The sentence for two of several inputs that differ, in `"rank"` or in `"axis 1"`. */
export function inputsDiffer(
  attempt: string,
  shapes: readonly Shape[],
  first: number,
  second: number,
  what: string,
): string {
  return `${attempt}: input ${first} of shape ${showShape(shapes[first])} and input ${second} of shape ${
    showShape(shapes[second])
  } differ in ${what}`;
}

/**
 * The sentence for no inputs.
 *
 * @internal
 */
export type noInputs<Attempt extends string> = `${Attempt}: expected at least one input, received none`;

/** The sentence for no inputs. */
export function noInputs(attempt: string): string {
  return `${attempt}: expected at least one input, received none`;
}

/**
 * The first of several shapes of which the rank is known, else `Shape`.
 *
 * @internal
 */
export type FirstRanked<Shapes extends readonly Shape[]> = Shapes extends
  readonly [infer S extends Shape, ...infer More extends readonly Shape[]]
  ? number extends S["length"] ? FirstRanked<More> : S
  : Shape;

/**
 * The shape of several that must be equal, except on the axis `Joined`, where their dims are added; or the
 * {@linkcode Mismatch}. `Shape` where no rank is known.
 *
 * @internal
 */
export type join<Shapes extends readonly Shape[], Joined extends string, Attempt extends string> =
  FirstRanked<Shapes> extends infer First extends Shape ? number extends First["length"] ? Shape
    : Fold<Shapes, Joined, Attempt, { readonly [I in keyof First]: I extends Joined ? 0 : KnownDim<First[I]> }>
    : never;

type Fold<
  Shapes extends readonly Shape[],
  Joined extends string,
  Attempt extends string,
  Result extends Shape,
  Todo extends readonly Shape[] = Shapes,
  Place extends readonly unknown[] = [],
> = Todo extends readonly [infer S extends Shape, ...infer More extends readonly Shape[]]
  ? number extends S["length"] ? Fold<
      Shapes,
      Joined,
      Attempt,
      { readonly [I in keyof Result]: I extends Joined ? null : Result[I] },
      More,
      [...Place, unknown]
    >
  : S["length"] extends Result["length"]
    ? Both<Result, S, Joined> extends infer R
      ? R extends Shape ? Fold<Shapes, Joined, Attempt, R, More, [...Place, unknown]>
      : Mismatch<Differing<Attempt, Shapes, Place["length"] & number, FirstConflict<R>>>
    : never
  : Mismatch<inputsDiffer<Attempt, Shapes, FirstOfRank<Shapes>, Place["length"] & number, "rank">>
  : Result;

type Both<A extends Shape, B extends Shape, Joined extends string> = {
  readonly [I in keyof A]: I extends Joined ? addDims<A[I], B[I & keyof B] & Dim> : equalDim<A[I], B[I & keyof B]>;
};

// What follows is looked for only where there is an error to be told.
type FirstOfRank<Shapes extends readonly Shape[], Place extends readonly unknown[] = []> = Shapes extends
  readonly [infer S extends Shape, ...infer More extends readonly Shape[]]
  ? number extends S["length"] ? FirstOfRank<More, [...Place, unknown]> : Place["length"]
  : never;

type FirstConflict<R, Place extends readonly unknown[] = []> = R extends readonly [infer D, ...infer More]
  ? D extends undefined ? Place["length"] : FirstConflict<More, [...Place, unknown]>
  : never;

type Differing<
  Attempt extends string,
  Shapes extends readonly Shape[],
  Second extends number,
  Axis extends number,
  Todo extends readonly Shape[] = Shapes,
  Place extends readonly unknown[] = [],
> = Todo extends readonly [infer S extends Shape, ...infer More extends readonly Shape[]]
  ? sizesDiffer<S[Axis], Shapes[Second][Axis]> extends true
    ? inputsDiffer<Attempt, Shapes, Place["length"] & number, Second, `axis ${Axis}`>
  : Differing<Attempt, Shapes, Second, Axis, More, [...Place, unknown]>
  : never;

/** The shape of several that must be equal, except on the axis `joined`, where their dims are added. */
export function join(shapes: readonly Shape[], joined: number, attempt: string): Shape {
  const [first = []] = shapes;
  let result = first.map((dim, axis): Dim => axis === joined ? 0 : dim);
  for (const [index, shape] of shapes.entries()) {
    if (shape.length !== first.length) throw new ShapeError(inputsDiffer(attempt, shapes, 0, index, "rank"));
    result = result.map((dim, axis) => {
      const other = shape[axis]!;
      const both = axis === joined ? addDims(dim, other) : equalDim(dim, other);
      if (both !== undefined) return both;
      const from = shapes.findIndex((before) => typeof before[axis] === "number" && before[axis] !== other);
      throw new ShapeError(inputsDiffer(attempt, shapes, from, index, `axis ${axis}`));
    });
  }
  return result;
}

/**
 * The shape of several tensors one after the other along an axis, or the {@linkcode Mismatch}. All other axes must
 * agree. `Shape` where the number of inputs or all ranks are unknown, unknown dims where the axis is.
 *
 * @internal
 */
export type concatenate<Shapes extends readonly Shape[], Axis extends number> = number extends Shapes["length"] ? Shape
  : Shapes extends readonly [] ? Mismatch<noInputs<`Cannot concatenate along axis ${Axis}`>>
  : FirstRanked<Shapes> extends infer First extends Shape ? number extends First["length"] ? Shape
    : normalizeAxis<Axis, First> extends infer Index
      ? Index extends number ? number extends Index ? { readonly [I in keyof First]: null }
        : join<Shapes, `${Index}`, `Cannot concatenate along axis ${Axis}`>
      : Index
    : never
  : never;

/**
 * The shape of several tensors one after the other along an axis.
 *
 * @throws {ShapeError} If there is no input, no such axis, the ranks differ, or another axis has known sizes that do.
 */
export function concatenate(shapes: readonly Shape[], axis: number): Shape {
  const attempt = `Cannot concatenate along axis ${axis}`;
  const [first] = shapes;
  if (first === undefined) throw new ShapeError(noInputs(attempt));
  return join(shapes, normalizeAxis(axis, first), attempt);
}
