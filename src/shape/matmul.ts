/**
 * The matrix product by NumPy's rules: the last two axes are matrices, all axes before them broadcast, and a vector
 * is a row on the left and a column on the right, whose axis of 1 is dropped from the result.
 *
 * @module
 */

import { broadcast, broadcastConflict, sizesDiffer } from "./broadcast.ts";
import { type Shape, type ShowDim, showDim, type ShowShape, showShape } from "./dim.ts";
import { type Mismatch, ShapeError } from "./error.ts";

/**
 * The sentence for shapes that have no matrix product, with the reason.
 *
 * @internal
 */
export type cannotMatmul<A extends Shape, B extends Shape, Reason> = `Cannot matmul shapes ${ShowShape<
  A
>} and ${ShowShape<B>}: ${Reason & string}`;

/** The sentence for shapes that have no matrix product, with the reason. */
export function cannotMatmul(a: Shape, b: Shape, reason: string): string {
  return `Cannot matmul shapes ${showShape(a)} and ${showShape(b)}: ${reason}`;
}

const scalar = "both need at least one axis";
/** @internal */
type Scalar = typeof scalar;

/** @internal */
type Product<A extends Shape, B extends Shape, InnerA, InnerB, Batch, Matrix extends readonly unknown[]> =
  sizesDiffer<InnerA, InnerB> extends true
    ? Mismatch<cannotMatmul<A, B, `inner dims are ${ShowDim<InnerA>} and ${ShowDim<InnerB>}`>>
    : Batch extends Shape ? readonly [...Batch, ...Matrix]
    : Mismatch<cannotMatmul<A, B, BatchConflict<A, B>>>;
type BatchConflict<A extends Shape, B extends Shape> = A extends
  readonly [...infer BatchA extends Shape, unknown, unknown]
  ? B extends readonly [...infer BatchB extends Shape, unknown, unknown]
    ? broadcastConflict<BatchA, BatchB, readonly [unknown, unknown]>
  : never
  : never;

/**
 * The shape of the matrix product `[..., m, k]` by `[..., k, n]`, which is `[..., m, n]`, or the
 * {@linkcode Mismatch}. Unknown rank gives `Shape`.
 */
export type matmul<A extends Shape, B extends Shape> = number extends A["length"] | B["length"] ? Shape
  : A extends readonly [...infer BatchA extends Shape, infer Rows, infer InnerA]
    ? B extends readonly [...infer BatchB extends Shape, infer InnerB, infer Columns]
      ? Product<A, B, InnerA, InnerB, broadcast<BatchA, BatchB>, readonly [Rows, Columns]>
    : B extends readonly [infer InnerB] ? Product<A, B, InnerA, InnerB, BatchA, readonly [Rows]>
    : Mismatch<cannotMatmul<A, B, Scalar>>
  : A extends readonly [infer InnerA]
    ? B extends readonly [...infer BatchB extends Shape, infer InnerB, infer Columns]
      ? Product<A, B, InnerA, InnerB, BatchB, readonly [Columns]>
    : B extends readonly [infer InnerB] ? Product<A, B, InnerA, InnerB, readonly [], readonly []>
    : Mismatch<cannotMatmul<A, B, Scalar>>
  : Mismatch<cannotMatmul<A, B, Scalar>>;

/**
 * The shape of the matrix product `[..., m, k]` by `[..., k, n]`, which is `[..., m, n]`.
 *
 * @throws {ShapeError} If either is a scalar, the inner dims are known and differ, or the other leading axes do not
 * broadcast.
 */
export function matmul(a: Shape, b: Shape): Shape {
  if (a.length === 0 || b.length === 0) throw new ShapeError(cannotMatmul(a, b, scalar));
  const innerA = a.at(-1)!;
  const innerB = b.at(b.length === 1 ? -1 : -2)!;
  if (sizesDiffer(innerA, innerB)) {
    throw new ShapeError(cannotMatmul(a, b, `inner dims are ${showDim(innerA)} and ${showDim(innerB)}`));
  }
  const batchA = a.slice(0, -2);
  const batchB = b.slice(0, -2);
  const conflict = broadcastConflict(batchA, batchB, 2);
  if (conflict !== undefined) throw new ShapeError(cannotMatmul(a, b, conflict));
  return [...broadcast(batchA, batchB), ...a.slice(-2, -1), ...(b.length === 1 ? [] : b.slice(-1))];
}
