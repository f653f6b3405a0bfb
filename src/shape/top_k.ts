/**
 * The greatest elements of the last axis.
 *
 * @module
 */
import type { lessThan } from "./arithmetic.ts";
import { normalizeAxis, type replaceAt } from "./axis.ts";
import { type Dim, type Shape, type ShowDim, showDim, type ShowShape, showShape } from "./dim.ts";
import { InputRangeError, type Mismatch, ShapeError } from "./error.ts";

/**
 * The sentence for more elements than the last axis has.
 *
 * @internal
 */
export type cannotTopK<S extends Shape, K extends number> =
  `Cannot take the ${K} greatest elements of the last axis of shape ${ShowShape<S>}: expected at most ${ShowDim<
    Last<S>
  >}`;

/** The sentence for more elements than the last axis has. */
export function cannotTopK(shape: Shape, k: number): string {
  return `Cannot take the ${k} greatest elements of the last axis of shape ${showShape(shape)}: expected at most ${
    showDim(shape.at(-1) ?? null)
  }`;
}

/** @internal */
type Last<S extends Shape> = S extends readonly [...Shape, infer D extends Dim] ? D : null;

/** The shape of the `K` greatest elements of the last axis of `S`, or the {@linkcode Mismatch}. */
export type topK<S extends Shape, K extends number> = number extends S["length"] ? Shape
  : S extends readonly [] ? replaceAt<S, -1, K>
  : lessThan<Last<S>, K> extends true ? Mismatch<cannotTopK<S, K>>
  : replaceAt<S, -1, K>;

/**
 * The shape of the `k` greatest elements of the last axis of `shape`.
 *
 * @throws {ShapeError} If the last axis has fewer, or there is none.
 * @throws {RangeError} If `k` is negative or no integer.
 */
export function topK(shape: Shape, k: number): Shape {
  if (!Number.isSafeInteger(k) || k < 0) {
    throw new InputRangeError(`Cannot take the ${k} greatest elements: expected a non-negative integer`);
  }
  const axis = normalizeAxis(-1, shape);
  const dim = shape[axis];
  if (typeof dim === "number" && dim < k) throw new ShapeError(cannotTopK(shape, k));
  return shape.with(axis, k);
}
