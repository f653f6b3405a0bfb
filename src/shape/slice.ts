/**
 * Parts of shapes: from a start, of a size, on each axis.
 *
 * @module
 */
import { add, lessThan, subtract } from "./arithmetic.ts";
import { type Dim, type IsUnknown, type KnownDim, type Shape, type ShowShape, showShape } from "./dim.ts";
import { type Mismatch, ShapeError } from "./error.ts";

/** The sentence for a part that a shape does not have. */
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

type ExpectedRank<N extends number> = `expected ${N} starts and sizes`;
const expectedRank = (rank: number): string => `expected ${rank} starts and sizes`;

type Negative<Axis extends number> = `axis ${Axis} has a negative start or a size below -1`;
const negative = (axis: number): string => `axis ${axis} has a negative start or a size below -1`;

type Beyond<Axis extends number, End> = `axis ${Axis} ends before ${End & number}`;
const beyond = (axis: number, end: Dim): string => `axis ${axis} ends before ${end}`;

// What is left of `D` after `Start` of it, `undefined` where it is less.
type After<D extends Dim, Start extends number> = [Start] extends [0] ? KnownDim<D>
  : subtract<D, Start> extends infer Rest ? `${Rest & number}` extends `-${string}` ? undefined : Rest
  : never;

function after(dim: Dim, start: number): Dim | undefined {
  if (start === 0) return dim;
  const rest = subtract(dim, start);
  return rest !== null && rest < 0 ? undefined : rest;
}
