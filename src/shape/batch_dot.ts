/**
 * The dot product of the rows of two batches: one axis of each is summed over, all others are in the result.
 *
 * @module
 */
import { normalizeAxis } from "./axis.ts";
import { equalDim, type sizesDiffer, sizesDiffer as differ } from "./broadcast.ts";
import { type Dim, type Shape, type ShowDim, showDim, type ShowShape, showShape } from "./dim.ts";
import { type Mismatch, ShapeError } from "./error.ts";
import { otherBatch } from "./merge.ts";
import type { WithoutAxes } from "./reduce.ts";

/** The sentence for batches that have no dot product over two axes. */
export type cannotBatchDot<A extends Shape, B extends Shape, I extends number, J extends number, Reason> =
  `Cannot take the dot products of ${ShowShape<A>} and ${ShowShape<B>} over axes ${I} and ${J}: ${Reason & string}`;

/** The sentence for batches that have no dot product over two axes. */
export function cannotBatchDot(a: Shape, b: Shape, i: number, j: number, reason: string): string {
  return `Cannot take the dot products of ${showShape(a)} and ${showShape(b)} over axes ${i} and ${j}: ${reason}`;
}

/** The reason where the axes have other sizes. */
export type otherSizes<A, B> = `sizes are ${ShowDim<A>} and ${ShowDim<B>}`;

/** The reason where the axes have other sizes. */
export function otherSizes(a: Dim, b: Dim): string {
  return `sizes are ${showDim(a)} and ${showDim(b)}`;
}

const BATCH_AXIS = "axis 0 is that of the batch";
/** @internal */
type BatchAxis = typeof BATCH_AXIS;

type Behind<S extends Shape, Place extends number> = WithoutAxes<S, `${Place}`> extends
  readonly [unknown, ...infer Rest extends Shape] ? Rest : readonly [];
type Column<S extends Shape> = S["length"] extends 1 ? readonly [...S, 1] : S;

/** @internal */
type Product<
  A extends Shape,
  B extends Shape,
  I extends number,
  J extends number,
  X extends number,
  Y extends number,
> = number extends X | Y ? Shape
  : 0 extends X | Y ? Mismatch<cannotBatchDot<A, B, I, J, BatchAxis>>
  : sizesDiffer<A[X], B[Y]> extends true ? Mismatch<cannotBatchDot<A, B, I, J, otherSizes<A[X], B[Y]>>>
  : equalDim<A[0], B[0]> extends infer Batch
    ? Batch extends Dim ? Column<readonly [Batch, ...Behind<A, X>, ...Behind<B, Y>]>
    : Mismatch<cannotBatchDot<A, B, I, J, otherBatch<A[0], B[0]>>>
  : never;

/**
 * The shape of the dot products of the rows of `A` and `B` over axis `I` of the one and `J` of the other, or the
 * {@linkcode Mismatch}. `Shape` where a rank or an axis is unknown.
 */
export type batchDot<A extends Shape, B extends Shape, I extends number, J extends number> = number extends
  A["length"] | B["length"] ? Shape
  : normalizeAxis<I, A> extends infer X
    ? X extends number ? normalizeAxis<J, B> extends infer Y ? Y extends number ? Product<A, B, I, J, X, Y> : Y : never
    : X
  : never;

/**
 * The shape of the dot products of the rows of `a` and `b` over an axis of each; where no other axis is left, one value
 * a row, in an axis of its own.
 *
 * @throws {ShapeError} If there is no such axis, it is that of the batch, or its sizes or those of the batch differ.
 */
export function batchDot(a: Shape, b: Shape, i: number, j: number): Shape {
  const [x, y] = [normalizeAxis(i, a), normalizeAxis(j, b)];
  const refuse = (reason: string): ShapeError => new ShapeError(cannotBatchDot(a, b, i, j, reason));
  if (x === 0 || y === 0) throw refuse(BATCH_AXIS);
  if (differ(a[x]!, b[y]!)) throw refuse(otherSizes(a[x]!, b[y]!));
  const batch = equalDim(a[0]!, b[0]!);
  if (batch === undefined) throw refuse(otherBatch(a[0]!, b[0]!));
  const behind = (shape: Shape, removed: number): Shape => shape.filter((_, axis) => axis !== 0 && axis !== removed);
  const result = [batch, ...behind(a, x), ...behind(b, y)];
  return result.length === 1 ? [...result, 1] : result;
}
