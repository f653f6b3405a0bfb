/**
 * Parts of shapes: from a start, of a size, on each axis.
 *
 * @module
 */
import { type add, type lessThan, subtract } from "./arithmetic.ts";
import { type Dim, type IsUnknown, type KnownDim, type Shape, type ShowShape, showShape } from "./dim.ts";
import { type Mismatch, ShapeError } from "./error.ts";

/**
 * The sentence for a part that a shape does not have.
 *
 * @internal
 */
export type cannotSlice<
  S extends Shape,
  Start extends readonly number[],
  Size extends readonly number[],
  Reason extends string,
> = `Cannot slice ${ShowShape<S>} from ${ShowShape<Start>} with size ${ShowShape<Size>}: ${Reason}`;

/** The sentence for a part that a shape does not have. */
export function cannotSlice(shape: Shape, start: readonly number[], size: readonly number[], reason: string): string {
  return `Cannot slice ${showShape(shape)} from ${showShape(start)} with size ${showShape(size)}: ${reason}`;
}

/** @internal */
type ExpectedRank<N extends number> = `expected ${N} starts and sizes`;
const expectedRank = (rank: number): string => `expected ${rank} starts and sizes`;

type Negative<Axis extends number> = `axis ${Axis} has a negative start or a size below -1`;
const negative = (axis: number): string => `axis ${axis} has a negative start or a size below -1`;

type Beyond<Axis extends number, End extends number> = `axis ${Axis} ends before ${End}`;
const beyond = (axis: number, end: number): string => `axis ${axis} ends before ${end}`;

// The dim of a part; where there is no such part, `[]` for what is negative or `[end]` for what is beyond the dim.
type Part<D extends Dim, Start extends number, Size extends number> = IsNegative<Start> extends true ? []
  : [Size] extends [-1] ? [Start] extends [0] ? KnownDim<D> : Rest<subtract<D, Start>, Start>
  : IsNegative<Size> extends true ? []
  : [D, Start] extends [Size, 0] ? KnownDim<Size>
  : lessThan<D, add<Start, Size>> extends true ? [add<Start, Size>]
  : KnownDim<Size>;
type Rest<D, Start> = IsNegative<D> extends true ? [Start] : D;
type IsNegative<D> = IsUnknown<D> extends true ? false
  : D extends number ? `${D}` extends `-${string}` ? true : false
  : false;

function part(dim: Dim, start: number, size: number): Dim | [] | [end: number] {
  if (start < 0 || size < -1) return [];
  const rest = start === 0 ? dim : subtract(dim, start);
  if (typeof rest === "number" && rest < Math.max(size, 0)) return [start + Math.max(size, 0)];
  return size === -1 ? rest : size;
}

/** @internal */
type Parts<S extends Shape, Start extends readonly number[], Size extends readonly number[]> = {
  readonly [I in keyof S]: Part<S[I], Start[I & keyof Start] & number, Size[I & keyof Size] & number>;
};

/** @internal */
type Checked<
  S extends Shape,
  Start extends readonly number[],
  Size extends readonly number[],
  R,
  Todo = R,
  Place extends readonly unknown[] = [],
> = Todo extends readonly [infer D, ...infer More] ? D extends readonly unknown[] ? Mismatch<
      cannotSlice<
        S,
        Start,
        Size,
        D extends [infer End extends number] ? Beyond<Place["length"], End> : Negative<Place["length"]>
      >
    >
  : Checked<S, Start, Size, R, More, [...Place, unknown]>
  : R;

/**
 * The shape of the part of `S` that begins at `Start` and has size `Size`, where -1 is all that is left, or the
 * {@linkcode Mismatch}. `Shape` where a rank is unknown.
 */
export type slice<S extends Shape, Start extends readonly number[], Size extends readonly number[]> = number extends
  S["length"] | Start["length"] | Size["length"] ? Shape
  : [Start["length"], Size["length"]] extends [S["length"], S["length"]]
    ? Checked<S, Start, Size, Parts<S, Start, Size>>
  : Mismatch<cannotSlice<S, Start, Size, ExpectedRank<S["length"]>>>;

/**
 * The shape of the part of `shape` that begins at `start` and has size `size`, where -1 is all that is left.
 *
 * @throws {ShapeError} If there are not as many starts and sizes as axes, a start is negative or a size below -1, or
 * the part ends beyond a known size.
 */
export function slice(shape: Shape, start: readonly number[], size: readonly number[]): Shape {
  const fail = (reason: string): never => {
    throw new ShapeError(cannotSlice(shape, start, size, reason));
  };
  if (start.length !== shape.length || size.length !== shape.length) fail(expectedRank(shape.length));
  return shape.map((dim, axis) => {
    const result = part(dim, start[axis]!, size[axis]!);
    if (!Array.isArray(result)) return result;
    const [end] = result;
    return fail(end === undefined ? negative(axis) : beyond(axis, end));
  });
}
