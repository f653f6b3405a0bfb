/**
 * Broadcasting to a given shape.
 *
 * @module
 */

import { type IsKnownSize, sizesDiffer } from "./broadcast.ts";
import { type Dim, type Shape, type ShowDim, showDim, type ShowShape, showShape } from "./dim.ts";
import { type Mismatch, ShapeError } from "./error.ts";

/**
 * The sentence for a shape that does not broadcast to another, with the reason.
 *
 * @internal
 */
export type cannotBroadcastTo<S extends Shape, Target extends Shape, Reason> = `Cannot broadcast shape ${ShowShape<
  S
>} to ${ShowShape<Target>}: ${Reason & string}`;

/** The sentence for a shape that does not broadcast to another, with the reason. */
export function cannotBroadcastTo(shape: Shape, target: Shape, reason: string): string {
  return `Cannot broadcast shape ${showShape(shape)} to ${showShape(target)}: ${reason}`;
}

// A known size other than 1 is the size of the result; where there is none, the target says all there is to say.
type ToDim<D, T> = [D] extends [1] ? T
  : IsKnownSize<D> extends true ? sizesDiffer<D, T> extends true ? undefined : D
  : T;
/** @internal */
type EachDim<S, T> = { readonly [Axis in keyof T]: ToDim<S[Axis & keyof S], T[Axis]> };
type Conflict<S extends Shape, T extends Shape, Back extends readonly unknown[] = []> = S extends
  readonly [...infer RestS extends Shape, infer LastS]
  ? T extends readonly [...infer RestT extends Shape, infer LastT]
    ? ToDim<LastS, LastT> extends undefined
      ? `axis -${[...Back, unknown]["length"] & number} is ${ShowDim<LastS>} and ${ShowDim<LastT>}`
    : Conflict<RestS, RestT, [...Back, unknown]>
  : never
  : never;
/** @internal */
type Checked<R extends readonly unknown[], S extends Shape, T extends Shape> = undefined extends R[number]
  ? Mismatch<cannotBroadcastTo<S, T, Conflict<S, T>>>
  : R;
/** @internal */
type Padded<S extends Shape, Target extends Shape> = S["length"] extends Target["length"] ? S
  : Padded<readonly [1, ...S], Target>;

/**
 * The shape of `S` broadcast to `Target`, or the {@linkcode Mismatch}: `Target`, with its open dims known where `S`
 * knows them. An unknown rank of `S` gives `Target`.
 */
export type broadcastTo<S extends Shape, Target extends Shape> = number extends Target["length"] ? Shape
  : number extends S["length"] ? Target
  : `${Target["length"]}` extends keyof S
    ? Mismatch<cannotBroadcastTo<S, Target, `rank ${S["length"]} is greater than ${Target["length"]}`>>
  : Checked<EachDim<Padded<S, Target>, Target>, S, Target>;

/**
 * The shape of `shape` broadcast to `target`: `target`, with its open dims known where `shape` knows them.
 *
 * @throws {ShapeError} If `shape` has the greater rank, or a known size that is neither 1 nor the target's.
 */
export function broadcastTo(shape: Shape, target: Shape): Shape {
  const added = target.length - shape.length;
  const fail = (reason: string): never => {
    throw new ShapeError(cannotBroadcastTo(shape, target, reason));
  };
  if (added < 0) fail(`rank ${shape.length} is greater than ${target.length}`);
  const toDim = (to: Dim, axis: number): Dim => {
    const dim = shape[axis - added];
    if (typeof dim !== "number" || dim === 1) return to;
    return sizesDiffer(dim, to) ? fail(`axis ${axis - target.length} is ${dim} and ${showDim(to)}`) : dim;
  };
  // From the last axis, whose mismatch is the one to report.
  return target.toReversed().map((to, back) => toDim(to, target.length - 1 - back)).reverse();
}
