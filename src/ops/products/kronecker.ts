/**
 * Products and comparisons of whole vectors and matrices: Kronecker's product, correlations, powers.
 *
 * @module
 */
import { multiplyDims } from "../../shape/arithmetic.ts";
import { type Dim, type Shape, showShape } from "../../shape/dim.ts";
import { InputRangeError, ShapeError } from "../../shape/error.ts";
import {
  type DTypeOf,
  type Like,
  type ShapeOf,
  type StrongDTypeOf,
  type TensorLike,
  toTensor,
} from "../../tensor/like.ts";
import { type promote, toFloat } from "../../tensor/promote.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { checkOpOptions } from "../arguments.ts";
import { conv } from "../convolution/convolution.ts";
import { toOperands } from "../define.ts";
import { divide, multiply, subtract } from "../elementwise/arithmetic.ts";
import { power, sqrt } from "../elementwise/exponential.ts";
import { cast, clip } from "../elementwise/selection.ts";
import type { NoOptions } from "../options.ts";
import { mean } from "../reduction/reduction.ts";
import { arrange } from "../shaping/arrange.ts";
import { diagonal } from "../shaping/matrix_parts.ts";
import { pad } from "../shaping/repetition.ts";
import { expandDims, reshape, transpose } from "../shaping/shaping.ts";
import { ravel } from "../shaping/stacking.ts";
import { takeSlice } from "../shaping/take_slice.ts";
import { matmul } from "./linear_algebra.ts";

/** @internal */
type Blocks<A extends Shape, B extends Shape> = number extends A["length"] | B["length"] ? Shape
  : A["length"] extends B["length"]
    ? { readonly [I in keyof A]: I extends keyof B ? multiplyDims<A[I] & Dim, B[I] & Dim> : A[I] }
  : Shape;

/**
 * Kronecker's product: each element of `a` times all of `b`, as blocks. Shapes are aligned at their last axes, and the
 * sizes of each axis multiply.
 *
 * @see https://keras.io/api/ops/numpy/
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.kron([1, 10], [1, 2]).array(), [1, 2, 10, 20]);
 * assertEquals(ops.kron([[1, 0], [0, 2]], [[1, 1]]).array(), [[1, 1, 0, 0], [0, 0, 2, 2]]);
 * ```
 */
export function kron<const A extends TensorLike, const B extends TensorLike>(
  a: A,
  b: B,
): Like<A | B, Blocks<ShapeOf<A>, ShapeOf<B>>, promote<DTypeOf<A>, DTypeOf<B>>> {
  const [first, second] = toOperands(a, b);
  const rank = Math.max(first.shape.length, second.shape.length);
  if (rank === 0) return multiply(first, second) as never;
  const axes = Array.from({ length: rank }, (_, axis) => axis);
  const ranked = (x: Tensor): Tensor =>
    x.shape.length === rank ? x : expandDims(x, axes.slice(0, rank - x.shape.length)) as Tensor;
  const [outer, inner] = [ranked(first), ranked(second)];
  const products: Tensor = multiply(
    expandDims(outer, axes.map((axis) => 2 * axis + 1)) as Tensor,
    expandDims(inner, axes.map((axis) => 2 * axis)) as Tensor,
  );
  const sizes = axes.map((axis) => multiplyDims(outer.shape[axis]!, inner.shape[axis]!));
  const open = sizes.filter((size) => typeof size !== "number").length;
  if (open === 0 || (open === 1 && !sizes.includes(0))) {
    return reshape(products, sizes.map((size) => typeof size === "number" ? size : -1)) as never;
  }
  const groups = axes.map((axis) => [2 * axis, 2 * axis + 1]);
  return arrange(products, { splits: groups.flat().map(() => [-1]), groups }) as never;
}

/** @internal */
type Correlations<S extends Shape> = number extends S["length"] ? Shape
  : S extends readonly [infer N extends Dim, Dim] ? readonly [N, N]
  : readonly [];

/**
 * Pearson's correlation of the rows of a matrix, each of which holds the observations of a variable: from -1 to 1. A
 * vector is one variable, and gives 1.
 *
 * @throws {ShapeError} If there are other than 1 or 2 axes.
 * @see https://keras.io/api/ops/numpy/
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertAlmostEquals(ops.corrcoef([[1, 2, 3], [2, 4, 7]]).array()[0]![1]!, 0.99339927, 1e-6);
 * ```
 */
export function corrcoef<const X extends TensorLike>(x: X): Like<X, Correlations<ShapeOf<X>>, toFloat<DTypeOf<X>>> {
  const given = toTensor(x);
  if (given.shape.length !== 1 && given.shape.length !== 2) {
    throw new ShapeError(`Cannot correlate the rows of shape ${showShape(given.shape)}: expected 1 axis or 2`);
  }
  const floats: Tensor = cast(given, toFloat(given.dtype));
  const rows: Tensor = floats.shape.length === 1 ? expandDims(floats, 0) : floats;
  const centered: Tensor = subtract(rows, mean(rows, { axis: 1, keepDims: true }) as Tensor);
  const products: Tensor = matmul(centered, transpose(centered) as never);
  const lengths: Tensor = sqrt(diagonal(products) as Tensor);
  const scaled = divide(divide(products, expandDims(lengths, 1)) as Tensor, expandDims(lengths, 0)) as Tensor;
  const result: Tensor = clip(scaled, -1, 1);
  return (floats.shape.length === 1 ? reshape(result, []) : result) as never;
}

/** The options of {@linkcode correlate}. */
export interface CorrelateOptions {
  /**
   * `"valid"`: only positions at which the vectors overlap wholly; `"same"`: as many as the longer vector has elements;
   * `"full"`: all at which they overlap. Default: `"valid"`.
   */
  readonly mode?: "valid" | "same" | "full" | undefined;
}

/**
 * The cross-correlation of two vectors: the sums of their products, for each position of the second along the first.
 * Integers give float32.
 *
 * @throws {ShapeError} If one has other than 1 axis, or an unknown or no size.
 * @throws {RangeError} If the mode is not supported.
 * @see https://keras.io/api/ops/numpy/
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.correlate([1, 2, 3], [0, 1, 0.5]).array(), [3.5]);
 * assertEquals(ops.correlate([1, 2, 3], [0, 1, 0.5], { mode: "same" }).array(), [2, 3.5, 3]);
 * ```
 */
export function correlate<const A extends TensorLike, const B extends TensorLike>(
  a: A,
  b: B,
  options: CorrelateOptions = {},
): Like<A | B, readonly [null], toFloat<promote<DTypeOf<A>, DTypeOf<B>>>> {
  checkOpOptions("correlate", options, ["mode"]);
  const { mode = "valid" } = options;
  if (mode !== "valid" && mode !== "same" && mode !== "full") {
    throw new InputRangeError(`Cannot apply correlate: expected mode to be valid, same or full, received ${mode}`);
  }
  const [first, second] = toOperands(a, b);
  const dtype = toFloat(first.dtype);
  const [long, short] = [lengthOf(first), lengthOf(second)];
  // The longer one is what the other slides along; the order of the result is turned with them.
  const isTurned = short > long;
  const [whole, kernel] = isTurned ? [second, first] : [first, second];
  const [size, reach] = [Math.max(long, short), Math.min(long, short)];
  const before = mode === "valid" ? 0 : mode === "full" ? reach - 1 : Math.floor(reach / 2);
  const after = mode === "valid" ? 0 : mode === "full" ? reach - 1 : reach - 1 - before;
  const sides: readonly [number, number] = isTurned ? [after, before] : [before, after];
  const padded: Tensor = pad(whole, [sides]) as Tensor;
  const batch = reshape(padded, [1, size + sides[0] + sides[1], 1]) as Tensor;
  const sums: Tensor = conv(
    cast(batch, dtype) as never,
    reshape(cast(kernel, dtype) as Tensor, [reach, 1, 1]) as never,
  );
  const result = ravel(sums) as Tensor;
  return (isTurned ? takeSlice(result, 0, null, null, -1) : result) as never;
}

function lengthOf({ shape }: Tensor): number {
  const [size] = shape;
  if (shape.length === 1 && typeof size === "number" && size > 0) return size;
  throw new ShapeError(`Cannot correlate a tensor of shape ${showShape(shape)}: expected a known size of one axis`);
}

/** The options of {@linkcode vander}. */
export interface VanderOptions<N extends number = number> {
  /** The number of columns. Default: as many as the vector has elements. */
  readonly n?: N | undefined;
  /** Whether the powers rise from left to right. Default: `false`. */
  readonly increasing?: boolean | undefined;
}

/** @internal */
type Columns<S extends Shape, O> = S extends readonly [infer N extends Dim]
  ? readonly [N, O extends { readonly n: infer Given extends number } ? Given : N]
  : Shape;

/**
 * The Vandermonde matrix of a vector: in each row the powers of one element, from the highest down to 1.
 *
 * @throws {ShapeError} If there is other than 1 axis, or the number of columns is neither given nor known.
 * @throws {RangeError} If the number of columns is not an integer of at least 0.
 * @see https://keras.io/api/ops/numpy/
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.vander([1, 2, 3]).array(), [[1, 1, 1], [4, 2, 1], [9, 3, 1]]);
 * assertEquals(ops.vander([2], { n: 4, increasing: true }).array(), [[1, 2, 4, 8]]);
 * ```
 */
export function vander<const X extends TensorLike, const O extends VanderOptions = NoOptions>(
  x: X,
  options?: O,
): Like<X, Columns<ShapeOf<X>, O>, StrongDTypeOf<X>> {
  checkOpOptions("vander", options, ["increasing", "n"]);
  const given = toTensor(x);
  const { n = given.shape[0], increasing = false } = (options ?? {}) as VanderOptions;
  if (given.shape.length !== 1 || typeof n !== "number") {
    throw new ShapeError(
      `Cannot apply vander to shape ${showShape(given.shape)}: expected a known size of one axis, unless n is given`,
    );
  }
  if (!Number.isSafeInteger(n) || n < 0) {
    throw new InputRangeError(`Cannot apply vander: expected n to be an integer of at least 0, received ${n}`);
  }
  const rising = Array.from({ length: n }, (_, exponent) => exponent);
  const exponents = cast(increasing ? rising : rising.reverse(), given.dtype) as Tensor;
  return power(expandDims(given, 1), exponents) as never;
}
