/**
 * Merging of batches: rows meet rows, and each pair of rows broadcasts, whatever their ranks.
 *
 * @module
 */
import { broadcast, broadcastConflict, broadcastDim, type showShapes, showShapes as show } from "./broadcast.ts";
import { type sizesDiffer, sizesDiffer as differ } from "./broadcast.ts";
import { type Dim, type Shape, type ShowDim, showDim } from "./dim.ts";
import { type Mismatch, ShapeError } from "./error.ts";

/**
 * The sentence for shapes that do not merge.
 *
 * @internal
 */
export type cannotMerge<Shapes extends readonly Shape[], Reason> = `Cannot merge ${showShapes<Shapes>}: ${
  & Reason
  & string}`;

/** The sentence for shapes that do not merge. */
export function cannotMerge(shapes: readonly Shape[], reason: string): string {
  return `Cannot merge ${show(shapes)}: ${reason}`;
}

/** The reason where batches have other sizes. */
export type otherBatch<A, B> = `batch sizes are ${ShowDim<A>} and ${ShowDim<B>}`;

/** The reason where batches have other sizes. */
export function otherBatch(a: Dim, b: Dim): string {
  return `batch sizes are ${showDim(a)} and ${showDim(b)}`;
}

const NO_BATCH = "expected at least one axis, that of the batch";
/** @internal */
type NoBatch = typeof NO_BATCH;

// Equal types are their own result, so that the commonest case costs one comparison.
type Merged<A extends Shape, B extends Shape, All extends readonly Shape[]> = [A, B] extends [B, A] ? A
  : A extends readonly [infer BatchA, ...infer RestA extends Shape]
    ? B extends readonly [infer BatchB, ...infer RestB extends Shape]
      ? sizesDiffer<BatchA, BatchB> extends true ? Mismatch<cannotMerge<All, otherBatch<BatchA, BatchB>>>
      : Rows<broadcastDim<BatchA, BatchB> & Dim, RestA, RestB, All>
    : Mismatch<cannotMerge<All, NoBatch>>
  : Mismatch<cannotMerge<All, NoBatch>>;

type Rows<Batch extends Dim, A extends Shape, B extends Shape, All extends readonly Shape[]> = broadcast<A, B> extends
  infer Rest ? Rest extends Shape ? readonly [Batch, ...Rest] : Mismatch<cannotMerge<All, broadcastConflict<A, B>>>
  : never;

/** @internal */
type Fold<Rest extends readonly Shape[], Result extends Shape, All extends readonly Shape[]> = Rest extends
  readonly [infer Next extends Shape, ...infer Others extends readonly Shape[]]
  ? Merged<Result, Next, All> extends infer R ? R extends Shape ? Fold<Others, R, All> : R : never
  : Result;

/**
 * The shape that `Shapes` merge to, or the {@linkcode Mismatch}: the first axis of all is that of the batch, the others
 * broadcast. `Shape` where a rank or the number of shapes is unknown.
 */
export type merge<Shapes extends readonly Shape[]> = number extends Shapes["length"] | Shapes[number]["length"] ? Shape
  : Shapes extends readonly [infer First extends Shape, ...infer Rest extends readonly Shape[]]
    ? First extends readonly [] ? Mismatch<cannotMerge<Shapes, NoBatch>> : Fold<Rest, First, Shapes>
  : Shape;

/**
 * The shape that shapes merge to: the first axis of all is that of the batch, the others broadcast.
 *
 * @throws {ShapeError} If a shape has no axis, batches have other sizes, or the others do not broadcast.
 */
export function merge(shapes: readonly Shape[]): Shape {
  const refuse = (reason: string): ShapeError => new ShapeError(cannotMerge(shapes, reason));
  let result: Shape | undefined;
  for (const shape of shapes) {
    if (shape.length === 0) throw refuse(NO_BATCH);
    if (result === undefined) {
      result = shape;
      continue;
    }
    const [batch, ...rest] = result as readonly [Dim, ...Dim[]];
    const [otherSize, ...other] = shape as readonly [Dim, ...Dim[]];
    if (differ(batch, otherSize)) throw refuse(otherBatch(batch, otherSize));
    const conflict = broadcastConflict(rest, other);
    if (conflict !== undefined) throw refuse(conflict);
    result = [broadcastDim(batch, otherSize)!, ...broadcast(rest, other)];
  }
  return result ?? [];
}
