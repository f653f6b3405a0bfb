/**
 * Groups of channels: an axis that is divided into parts of one size.
 *
 * @module
 */
import { type divide, remainder } from "./arithmetic.ts";
import { normalizeAxis } from "./axis.ts";
import { type Dim, type Shape, type ShowDim, showDim, type ShowShape, showShape } from "./dim.ts";
import { type Mismatch, ShapeError } from "./error.ts";

/**
 * The sentence for channels that do not make groups.
 *
 * @internal
 */
export type cannotGroup<Groups extends number, S extends Shape, Axis extends number, Reason extends string> =
  `Cannot make ${Groups} groups of axis ${Axis} of shape ${ShowShape<S>}: ${Reason}`;

/** The sentence for channels that do not make groups. */
export function cannotGroup(count: number, shape: Shape, axis: number, reason: string): string {
  return `Cannot make ${count} groups of axis ${axis} of shape ${showShape(shape)}: ${reason}`;
}

/**
 * The reason where the number of channels is no multiple of the number of groups.
 *
 * @internal
 */
export type noMultiple<Channels extends Dim, Groups extends number> = `${ShowDim<
  Channels
>} is no multiple of ${Groups}`;

/** The reason where the number of channels is no multiple of the number of groups. */
export function noMultiple(channels: Dim, count: number): string {
  return `${showDim(channels)} is no multiple of ${count}`;
}

/**
 * `S`, or the {@linkcode Mismatch} where the channels, at `Axis`, do not make `Groups` groups of one size. -1 stands for
 * as many groups as channels. What is unknown fits.
 */
export type groups<S extends Shape, Groups extends number, Axis extends number> = number extends S["length"] ? S
  : normalizeAxis<Axis, S> extends infer Place ? Place extends number ? number extends Place ? S
      : Place extends 0 ? Mismatch<cannotGroup<Groups, S, Axis, "it is the axis of the batch">>
      : Groups extends -1 | 0 ? S
        // Whether there is a quotient is found with less than what is left.
      : undefined extends divide<S[Place], Groups>
        ? Mismatch<cannotGroup<Groups, S, Axis, noMultiple<S[Place], Groups>>>
      : S
    : Place
  : never;

/**
 * `shape`, where its channels, at `axis`, make `count` groups of one size. -1 stands for as many groups as channels.
 *
 * @throws {ShapeError} If there is no such axis, it is that of the batch, or its size is known and no multiple.
 */
export function groups(shape: Shape, count: number, axis: number): Shape {
  const place = normalizeAxis(axis, shape);
  if (place === 0) throw new ShapeError(cannotGroup(count, shape, axis, "it is the axis of the batch"));
  const left = count === -1 ? 0 : remainder(shape[place]!, count);
  if (left === null || left === 0) return shape;
  throw new ShapeError(cannotGroup(count, shape, axis, noMultiple(shape[place]!, count)));
}
