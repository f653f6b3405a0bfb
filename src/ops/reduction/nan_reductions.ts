/**
 * Reductions and cumulative ops that pass over NaN.
 *
 * @module
 */
import { type TensorLike, toTensor } from "../../tensor/like.ts";
import { isFloat } from "../../tensor/promote.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { divide, multiply, subtract } from "../elementwise/arithmetic.ts";
import { cumprod, cumsum, type Cumulative, type CumulativeOptions } from "./cumulative.ts";
import { sqrt } from "../elementwise/exponential.ts";
import { logicalNot } from "../elementwise/logical.ts";
import type {
  ArgReduceOptions,
  ArgReduction,
  ReduceOptions,
  Reduction,
  ReductionFloat,
  ReductionSum,
} from "./entries.ts";
import { all, argmax, argmin, max, mean, min, prod, std, sum, variance } from "./reduction.ts";
import { isnan } from "../elementwise/rounding.ts";
import { cast, where } from "../elementwise/selection.ts";

/** The values with another in place of each NaN. */
function filled(x: Tensor, value: number): Tensor {
  return where(isnan(x), value, x);
}

/** Calls `op` with a tensor of floats, and `plain` with any other, which has no NaN. */
function nanAware<Options>(
  plain: (x: Tensor, options: Options) => unknown,
  op: (x: Tensor, options: Options) => Tensor,
): (x: TensorLike, options?: Options) => Tensor {
  return (given, options = {} as Options) => {
    const x = toTensor(given);
    return isFloat(x.dtype) ? op(x, options) : plain(x, options) as Tensor;
  };
}

/** As {@linkcode nanAware}, with float16 computed in float32 and rounded once. */
function nanAwareWide(
  plain: (x: Tensor, options: ReduceOptions) => unknown,
  op: (x: Tensor, options: ReduceOptions) => Tensor,
): ReductionFloat {
  const wide = nanAware(plain, (x: Tensor, options: ReduceOptions) => {
    const input: Tensor = cast(x, x.dtype === "float64" ? "float64" : "float32");
    return cast(op(input, options), x.dtype);
  });
  return wide as ReductionFloat;
}

/**
 * Sums the values over axes that are no NaN. The sum of nothing is 0.
 *
 * @throws {ShapeError} If an axis is out of range or named twice.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.nansum([[1, NaN], [3, 4]], { axis: 0 }).array(), [4, 4]);
 * ```
 */
export const nansum: ReductionSum = nanAware<ReduceOptions>(
  sum,
  (x, options) => sum(filled(x, 0), options),
) as ReductionSum;

/**
 * Multiplies the values over axes that are no NaN. The product of nothing is 1.
 *
 * @throws {ShapeError} If an axis is out of range or named twice.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.nanprod([[1, NaN], [3, 4]], { axis: 0 }).array(), [3, 4]);
 * ```
 */
export const nanprod: ReductionSum = nanAware<ReduceOptions>(
  prod,
  (x, options) => prod(filled(x, 1), options),
) as ReductionSum;

function nanExtremum(plain: Reduction, least: number): Reduction {
  const op = nanAware<ReduceOptions>(plain, (x, options) => {
    const none: Tensor = all(isnan(x) as Tensor, options);
    return where(none, NaN, plain(filled(x, least), options) as Tensor);
  });
  return op as Reduction;
}

/**
 * Takes the greatest value over axes that is no NaN; NaN if there is none.
 *
 * @throws {ShapeError} If an axis is out of range or named twice.
 * @throws {ShapeError} If there are no values to choose from.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.nanmax([[1, NaN], [3, 4]]).item(), 4);
 * ```
 */
export const nanmax: Reduction = nanExtremum(max, -Infinity);

/**
 * Takes the least value over axes that is no NaN; NaN if there is none.
 *
 * @throws {ShapeError} If an axis is out of range or named twice.
 * @throws {ShapeError} If there are no values to choose from.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.nanmin([[1, NaN], [3, 4]]).item(), 1);
 * ```
 */
export const nanmin: Reduction = nanExtremum(min, Infinity);

function nanArg(plain: ArgReduction, least: number): ArgReduction {
  const op = nanAware<ArgReduceOptions>(plain, (x, options) => {
    const none: Tensor = all(isnan(x) as Tensor, options);
    return where(none, -1, plain(filled(x, least), options) as Tensor);
  });
  return op as ArgReduction;
}

/**
 * Finds the index of the greatest value along an axis that is no NaN, the first of several; -1 if there is none.
 *
 * @throws {ShapeError} If an axis is out of range or named twice.
 * @throws {ShapeError} If there are no values to choose from.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.nanargmax([1, NaN, 4, 3]).item(), 2);
 * ```
 */
export const nanargmax: ArgReduction = nanArg(argmax, -Infinity);

/**
 * Finds the index of the least value along an axis that is no NaN, the first of several; -1 if there is none.
 *
 * @throws {ShapeError} If an axis is out of range or named twice.
 * @throws {ShapeError} If there are no values to choose from.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.nanargmin([NaN, 1, 4, 3]).item(), 1);
 * ```
 */
export const nanargmin: ArgReduction = nanArg(argmin, Infinity);

/** The number of values along axes that are not NaN, as a float. */
function countOf(x: Tensor, options: ReduceOptions): Tensor {
  return cast(sum(logicalNot(isnan(x) as Tensor) as Tensor, options) as Tensor, x.dtype);
}

function meanOf(x: Tensor, options: ReduceOptions): Tensor {
  return divide(sum(filled(x, 0), options) as Tensor, countOf(x, options));
}

/**
 * Takes the arithmetic mean of the values over axes that are no NaN, a float; NaN if there is none.
 *
 * @throws {ShapeError} If an axis is out of range or named twice.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.nanmean([[1, NaN], [3, 4]], { axis: 0 }).array(), [2, 4]);
 * ```
 */
export const nanmean: ReductionFloat = nanAwareWide(mean, meanOf);

function varianceOf(x: Tensor, options: ReduceOptions): Tensor {
  const distance: Tensor = subtract(x, meanOf(x, { ...options, keepDims: true }));
  const square: Tensor = multiply(distance, distance);
  return meanOf(square, options);
}

/**
 * Takes the variance of the values over axes that are no NaN, that of a whole population, a float; NaN if there is none.
 *
 * @throws {ShapeError} If an axis is out of range or named twice.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.nanvar([1, 2, NaN, 3, 4]).item(), 1.25);
 * ```
 */
export const nanvar: ReductionFloat = nanAwareWide(variance, varianceOf);

/**
 * Takes the standard deviation of the values over axes that are no NaN, that of a whole population, a float; NaN if there is
 * none.
 *
 * @throws {ShapeError} If an axis is out of range or named twice.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.nanstd([1, 1, NaN, 5, 5]).item(), 2);
 * ```
 */
export const nanstd: ReductionFloat = nanAwareWide(std, (x, options) => sqrt(varianceOf(x, options)));

/**
 * Sums values up to each one along an axis, with 0 for NaN. Without an axis, values are taken in row-major order.
 *
 * @throws {ShapeError} If the axis is out of range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.nancumsum([1, NaN, 4]).array(), [1, 1, 5]);
 * ```
 */
export const nancumsum: Cumulative = nanAware<CumulativeOptions>(
  cumsum,
  (x, options) => cumsum(filled(x, 0), options),
) as Cumulative;

/**
 * Multiplies values up to each one along an axis, with 1 for NaN. Without an axis, values are taken in row-major order.
 *
 * @throws {ShapeError} If the axis is out of range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.nancumprod([2, NaN, 4]).array(), [2, 2, 8]);
 * ```
 */
export const nancumprod: Cumulative = nanAware<CumulativeOptions>(
  cumprod,
  (x, options) => cumprod(filled(x, 1), options),
) as Cumulative;
