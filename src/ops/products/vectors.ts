/**
 * Products and distances of vectors.
 *
 * @module
 */
import { type Dim, type Shape, showShape } from "../../shape/dim.ts";
import { ShapeError } from "../../shape/error.ts";
import type { DType } from "../../tensor/dtype.ts";
import {
  type DTypeOf,
  type Like,
  type ShapeOf,
  type StrongDTypeOf,
  type TensorLike,
  toTensor,
} from "../../tensor/like.ts";
import { type promote, toFloat } from "../../tensor/promote.ts";
import { checkOptions } from "../../tensor/options.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { multiply, subtract } from "../elementwise/arithmetic.ts";
import { toOperands } from "../define.ts";
import { sqrt } from "../elementwise/exponential.ts";
import { concatenate } from "../shaping/joining.ts";
import { dot } from "./linear_algebra.ts";
import { diag } from "../shaping/matrix_parts.ts";
import { sum } from "../reduction/reduction.ts";
import { cast } from "../elementwise/selection.ts";
import { expandDims, moveaxis, squeeze } from "../shaping/shaping.ts";
import { ravel } from "../shaping/stacking.ts";
import { takeSlice } from "../shaping/take_slice.ts";

/**
 * The sum of the products of all elements, as if both tensors had one axis.
 *
 * @throws {ShapeError} If the numbers of elements differ.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.vdot([[1, 2], [3, 4]], [1, 1, 1, 1]).item(), 10);
 * ```
 */
export function vdot<const A extends TensorLike, const B extends TensorLike>(
  a: A,
  b: B,
): Like<A | B, readonly [], promote<DTypeOf<A>, DTypeOf<B>>> {
  const [first, second] = toOperands(a, b);
  return dot(ravel(first) as Tensor, ravel(second) as Tensor) as never;
}

/** The options of {@linkcode cross}. */
export interface CrossOptions {
  /** The axis of the vectors in all three tensors. Default: those below. */
  readonly axis?: number | undefined;
  /** The axis of the vectors in the first tensor. Default: -1. */
  readonly axisa?: number | undefined;
  /** The axis of the vectors in the second tensor. Default: -1. */
  readonly axisb?: number | undefined;
  /** The axis of the vectors in the result, where they have 3 elements. Default: -1. */
  readonly axisc?: number | undefined;
}

/**
 * The cross product of vectors of 3 elements, or of 2, whose third is 0; of two vectors of 2 its third element. Other axes
 * broadcast.
 *
 * @throws {ShapeError} If vectors have other than 2 or 3 elements, or other axes do not broadcast.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.cross([1, 2, 3], [4, 5, 6]).array(), [-3, 6, -3]);
 * assertEquals(ops.cross([1, 2], [4, 5]).item(), -3);
 * ```
 */
export function cross<const A extends TensorLike, const B extends TensorLike>(
  a: A,
  b: B,
  options: CrossOptions = {},
): Like<A | B, Shape, promote<DTypeOf<A>, DTypeOf<B>> & DType> {
  checkOptions("Cannot apply cross", options, ["axis", "axisa", "axisb", "axisc"]);
  const { axis, axisa = axis ?? -1, axisb = axis ?? -1, axisc = axis ?? -1 } = options;
  const [first, second] = toOperands(a, b);
  const left: Tensor = moveaxis(first, axis ?? axisa, -1);
  const right: Tensor = moveaxis(second, axis ?? axisb, -1);
  const sizes = [left, right].map(({ shape }) => shape.at(-1));
  if (!sizes.every((size) => size === 2 || size === 3)) {
    throw new ShapeError(
      `Cannot take cross products of shapes ${showShape(first.shape)} and ${showShape(second.shape)}: ` +
        "expected a known size of the vectors, 2 or 3",
    );
  }
  const part = (x: Tensor, index: number): Tensor => takeSlice(x, x.shape.length - 1, index, index + 1);
  const minor = (i: number, j: number): Tensor | undefined => {
    const product = (k: number, l: number): Tensor | undefined =>
      k < (sizes[0] as number) && l < (sizes[1] as number)
        ? multiply(part(left, k), part(right, l)) as Tensor
        : undefined;
    const [plus, minus] = [product(i, j), product(j, i)];
    if (plus === undefined) return minus === undefined ? undefined : multiply(minus, -1) as Tensor;
    return minus === undefined ? plus : subtract(plus, minus) as Tensor;
  };
  const third = minor(0, 1)!;
  if (sizes[0] === 2 && sizes[1] === 2) return squeeze(third, { axis: -1 }) as never;
  const all: Tensor = concatenate([minor(1, 2)!, minor(2, 0)!, third], { axis: -1 });
  return moveaxis(all, -1, axis ?? axisc) as never;
}

/** @internal */
type Pairs<A extends Shape, B extends Shape> = A extends
  readonly [...infer Batch extends Shape, infer M extends Dim, Dim]
  ? B extends readonly [...unknown[], infer N extends Dim, Dim] ? readonly [...Batch, M, N] : Shape
  : Shape;

/**
 * The Euclidean distances between all pairs of vectors: `[..., m, n]` and `[..., p, n]` give `[..., m, p]`, floats.
 *
 * @throws {ShapeError} If vectors have different sizes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.cdist([[0, 0], [3, 4]], [[0, 0]]).array(), [[0], [5]]);
 * ```
 */
export function cdist<const A extends TensorLike, const B extends TensorLike>(
  a: A,
  b: B,
): Like<A | B, Pairs<ShapeOf<A>, ShapeOf<B>>, toFloat<promote<DTypeOf<A>, DTypeOf<B>>>> {
  const [first, second] = toOperands(a, b).map((x): Tensor => cast(x, toFloat(x.dtype)));
  const distance: Tensor = subtract(expandDims(first!, -2) as Tensor, expandDims(second!, -3) as Tensor);
  return sqrt(sum(multiply(distance, distance) as Tensor, { axis: -1 }) as Tensor) as never;
}

/** The options of {@linkcode diagflat}. */
export interface DiagflatOptions {
  /** Which diagonal: 0 is the main one, positive ones are above it. Default: 0. */
  readonly k?: number | undefined;
}

/**
 * Makes a matrix with all elements on a diagonal and 0 elsewhere.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.diagflat([[1], [2]]).array(), [[1, 0], [0, 2]]);
 * ```
 */
export function diagflat<const X extends TensorLike>(
  x: X,
  options: DiagflatOptions = {},
): Like<X, readonly [null, null], StrongDTypeOf<X>> {
  checkOptions("Cannot apply diagflat", options, ["k"]);
  return diag(ravel(toTensor(x)) as Tensor, { k: options.k ?? 0 }) as never;
}
