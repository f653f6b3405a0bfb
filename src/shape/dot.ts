/**
 * The dot product by NumPy's rules: the last axis of the first operand against the second to last of the second, or
 * against its only one. All other axes are in the result, those of the first before those of the second, where
 * `matmul` pairs up batches. A scalar multiplies.
 *
 * @module
 */

import { sizesDiffer } from "./broadcast.ts";
import { type Dim, type Shape, type ShowDim, showDim, type ShowShape, showShape } from "./dim.ts";
import { type Mismatch, ShapeError } from "./error.ts";

/** The sentence for shapes that have no dot product, with their inner dims. */
export type cannotDot<A extends Shape, B extends Shape, InnerA, InnerB> = `Cannot dot shapes ${ShowShape<
  A
>} and ${ShowShape<B>}: inner dims are ${ShowDim<InnerA>} and ${ShowDim<InnerB>}`;

/** The sentence for shapes that have no dot product, with their inner dims. */
export function cannotDot(a: Shape, b: Shape, innerA: Dim, innerB: Dim): string {
  return `Cannot dot shapes ${showShape(a)} and ${showShape(b)}: inner dims are ${showDim(innerA)} and ${
    showDim(innerB)
  }`;
}

/** @internal */
type Product<A extends Shape, B extends Shape, InnerA, InnerB, Result> = sizesDiffer<InnerA, InnerB> extends true
  ? Mismatch<cannotDot<A, B, InnerA, InnerB>>
  : Result;

/**
 * The shape of the dot product, or the {@linkcode Mismatch}. Unknown rank gives `Shape`.
 *
 * @internal
 */
export type dot<A extends Shape, B extends Shape> = number extends A["length"] | B["length"] ? Shape
  : A extends readonly [...infer RestA extends Shape, infer InnerA]
    ? B extends readonly [...infer RestB extends Shape, infer InnerB, infer Last]
      ? Product<A, B, InnerA, InnerB, readonly [...RestA, ...RestB, Last]>
    : B extends readonly [infer InnerB] ? Product<A, B, InnerA, InnerB, readonly [...RestA]>
    : A
  : B;

/**
 * The shape of the dot product: of `[2, 3]` and `[5, 3, 4]`, `[2, 5, 4]`.
 *
 * @throws {ShapeError} If the inner dims are known and differ.
 */
export function dot(a: Shape, b: Shape): Shape {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const inner = b.length === 1 ? 0 : b.length - 2;
  if (sizesDiffer(a.at(-1)!, b[inner]!)) throw new ShapeError(cannotDot(a, b, a.at(-1)!, b[inner]!));
  return [...a.slice(0, -1), ...b.toSpliced(inner, 1)];
}
