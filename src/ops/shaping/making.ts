/**
 * Tensors made of values, and what tensors are.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import type { Dim, Shape } from "../../shape/dim.ts";
import { type size as sizeOf, size as sizeOfShape } from "../../shape/arithmetic.ts";
import { InputRangeError } from "../../shape/error.ts";
import { castValues, checkDType } from "../../tensor/convert.ts";
import type { CreationOptions } from "../../tensor/creation.ts";
import type { DType } from "../../tensor/dtype.ts";
import { EagerTensor } from "../../tensor/eager.ts";
import { type Like, type ShapeOf, type StrongDTypeOf, type TensorLike, toTensor } from "../../tensor/like.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { checkNumbers, checkOpOptions } from "../arguments.ts";
import { eye, linspace, type LinspaceOptions, zeros, zerosLike } from "./creation.ts";
import { apply } from "../define.ts";
import type { NoOptions, OptionOf } from "../options.ts";
import { sameRows } from "../rows.ts";
import { cast } from "../elementwise/selection.ts";

/**
 * Makes a tensor of values, in a dtype if one is given; a tensor stays what it is.
 *
 * @throws {DTypeError} If there is no such dtype, or the values are of none.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.convertToTensor([[1, 2]]).shape, [1, 2]);
 * assertEquals(ops.convertToTensor([1, 2], { dtype: "int32" }).dtype, "int32");
 * ```
 */
export function convertToTensor<const X extends TensorLike, const O extends CreationOptions = NoOptions>(
  x: X,
  options?: O,
): Like<X, ShapeOf<X>, OptionOf<O, "dtype", StrongDTypeOf<X>> & DType> {
  checkOpOptions("convertToTensor", options, ["dtype"]);
  const tensor = toTensor(x);
  const dtype = options?.dtype;
  return (dtype === undefined ? tensor : cast(tensor, dtype)) as never;
}

/**
 * Makes a tensor of values: another name of {@linkcode convertToTensor}.
 *
 * @throws {DTypeError} If there is no such dtype, or the values are of none.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.array([1.5, 2.5], { dtype: "int32" }).array(), [1, 2]);
 * ```
 */
export const array: typeof convertToTensor = convertToTensor;

const identityOperation = (name: string): Operation => ({
  name,
  infer: ([x]) => [{ shape: x!.shape, dtype: x!.dtype }],
  rows: sameRows,
  emit: (emitter, [x]) => emitter.node("Identity", [x!]),
});

export const copyOperation: Operation = identityOperation("copy");
export const stopGradientOperation: Operation = identityOperation("stopGradient");

/**
 * A tensor with the same values, which a variable's later ones do not change.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.copy([1, 2]).array(), [1, 2]);
 * ```
 */
export function copy<const X extends TensorLike>(x: X): Like<X, ShapeOf<X>, StrongDTypeOf<X>> {
  return apply(copyOperation, [x], {}) as never;
}

/**
 * The same values, through which no gradient passes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.stopGradient([1, 2]).array(), [1, 2]);
 * ```
 */
export function stopGradient<const X extends TensorLike>(x: X): Like<X, ShapeOf<X>, StrongDTypeOf<X>> {
  return apply(stopGradientOperation, [x], {}) as never;
}

/**
 * Whether a value is a tensor: one with values, a symbolic one or a variable.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.isTensor(ops.zeros([2])), true);
 * assertEquals(ops.isTensor([1, 2]), false);
 * ```
 */
export function isTensor(x: unknown): x is Tensor {
  return x instanceof Tensor;
}

/**
 * The dtype of a tensor, or the one that values take.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.dtype(ops.zeros([2])), "float32");
 * ```
 */
export function dtype<const X extends TensorLike>(x: X): StrongDTypeOf<X> {
  return toTensor(x).dtype as never;
}

/**
 * The number of axes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.ndim([[1, 2]]), 2);
 * ```
 */
export function ndim<const X extends TensorLike>(x: X): ShapeOf<X>["length"] {
  return toTensor(x).shape.length as never;
}

/**
 * The number of elements: `null` where a size is open, a product of names where sizes have names.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.size([[1, 2, 3], [4, 5, 6]]), 6);
 * ```
 */
export function size<const X extends TensorLike>(x: X): sizeOf<ShapeOf<X>> & Dim {
  return sizeOfShape(toTensor(x).shape as Shape) as never;
}

/**
 * Makes an identity matrix: ones on the main diagonal and zeros elsewhere.
 *
 * @throws {RangeError} If the size is negative or no integer.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.identity(2).array(), [[1, 0], [0, 1]]);
 * ```
 */
export function identity<const N extends number, const D extends DType = "float32">(
  n: N,
  options: CreationOptions<D> = {},
): EagerTensor<readonly [N, N], D> {
  checkOpOptions("identity", options, ["dtype"]);
  return eye(n, options) as never;
}

/** The options of {@linkcode tri}. */
export interface TriOptions<M extends number = number, D extends DType = DType> extends CreationOptions<D> {
  /** The number of columns. Default: that of rows. */
  readonly m?: M;
  /** Up to which diagonal: 0 is the main one, a positive number one above. Default: 0. */
  readonly k?: number;
}

/**
 * Makes a matrix with ones up to a diagonal and zeros above it.
 *
 * @throws {RangeError} If a size is negative or no integer.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.tri(2).array(), [[1, 0], [1, 1]]);
 * assertEquals(ops.tri(2, { m: 3, k: 1 }).array(), [[1, 1, 0], [1, 1, 1]]);
 * ```
 */
export function tri<const N extends number, const M extends number = N, const D extends DType = "float32">(
  n: N,
  options: TriOptions<M, D> = {},
): EagerTensor<readonly [N, M], D> {
  checkOpOptions("tri", options, ["dtype", "k", "m"]);
  const { m = n, k = 0, dtype = "float32" } = options as TriOptions;
  // The sizes are checked where the tensor is made.
  const { shape } = zeros([n, m], { dtype: "bool" });
  checkDType(dtype);
  const values = Array.from({ length: n * m }, (_, place) => place % m <= Math.floor(place / m) + k ? 1 : 0);
  return new EagerTensor(shape, dtype, castValues(values, dtype)) as never;
}

/**
 * Makes a tensor whose values are not said; they are zeros.
 *
 * @throws {RangeError} If a size is negative or no integer.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.empty([2, 3]).shape, [2, 3]);
 * ```
 */
export const empty: typeof zeros = zeros;

/**
 * Makes a tensor whose values are not said, of the shape of another; they are zeros.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.emptyLike([[1, 2]]).shape, [1, 2]);
 * ```
 */
export const emptyLike: typeof zerosLike = zerosLike;

/** The options of {@linkcode logspace}. */
export interface LogspaceOptions<D extends DType = DType> extends LinspaceOptions<D> {
  /** The base of the powers. Default: 10. */
  readonly base?: number;
}

/**
 * Makes `num` values at equal distances on a logarithmic scale: from `base^start` to `base^stop`.
 *
 * @param start The first exponent.
 * @param stop The last exponent, or with `endpoint: false` the one after it.
 * @param num How many values. Default: 50.
 * @param options The base, whether `stop` is among the exponents, and the dtype, by default `"float32"`.
 * @throws {RangeError} If `num` is negative or no integer.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.logspace(0, 3, 4).array(), [1, 10, 100, 1000]);
 * ```
 */
export function logspace<const N extends number = 50, const D extends DType = "float32">(
  start: number,
  stop: number,
  num: N = 50 as N,
  options: LogspaceOptions<D> = {},
): EagerTensor<readonly [N], D> {
  checkOpOptions("logspace", options, ["base", "dtype", "endpoint"]);
  checkNumbers("logspace", { start, stop });
  const { base = 10, endpoint = true, dtype = "float32" } = options as LogspaceOptions;
  checkDType(dtype);
  const exponents = linspace(start, stop, num, { endpoint, dtype: "float64" }).dataSync();
  return new EagerTensor([num], dtype, castValues(exponents.map((exponent) => base ** exponent), dtype)) as never;
}

/**
 * Makes `num` values from `start` to `stop` of which each is the one before times the same factor.
 *
 * @param start The first value.
 * @param stop The last value, or with `endpoint: false` the one after it.
 * @param num How many values. Default: 50.
 * @param options Whether `stop` is among the values, and the dtype, by default `"float32"`.
 * @throws {RangeError} If `num` is negative or no integer, or a bound is 0 or they have different signs.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.geomspace(1, 8, 4).array(), [1, 2, 4, 8]);
 * ```
 */
export function geomspace<const N extends number = 50, const D extends DType = "float32">(
  start: number,
  stop: number,
  num: N = 50 as N,
  options: LinspaceOptions<D> = {},
): EagerTensor<readonly [N], D> {
  checkOpOptions("geomspace", options, ["dtype", "endpoint"]);
  checkNumbers("geomspace", { start, stop });
  if (!(start * stop > 0)) {
    throw new InputRangeError(
      `Cannot make a geometric progression from ${start} to ${stop}: expected bounds of one sign, not 0`,
    );
  }
  const { endpoint = true, dtype = "float32" } = options as LinspaceOptions;
  checkDType(dtype);
  const parts = linspace(0, 1, num, { endpoint, dtype: "float64" }).dataSync();
  const ratio = stop / start;
  const values = parts.map((part) => part === 1 ? stop : start * ratio ** part);
  return new EagerTensor([num], dtype, castValues(values, dtype)) as never;
}
