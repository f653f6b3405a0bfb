/**
 * Quantiles, percentiles and medians.
 *
 * @module
 */
import { type Shape, showShape } from "../../shape/dim.ts";
import { InputRangeError, ShapeError } from "../../shape/error.ts";
import type { AxisOption } from "../../shape/reduce.ts";
import { type Check, type DTypeOf, type Like, type ShapeOf, type TensorLike, toTensor } from "../../tensor/like.ts";
import { toFloat } from "../../tensor/promote.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { checkOpOptions } from "../arguments.ts";
import { add, divide, maximum, multiply, subtract } from "../elementwise/arithmetic.ts";
import { lessEqual } from "../elementwise/comparison.ts";
import { onesLike } from "../shaping/creation.ts";
import { flattenAxes } from "../shaping/flatten_axes.ts";
import { takeAlongAxis } from "../shaping/indexing.ts";
import { logicalNot } from "../elementwise/logical.ts";
import type { NoOptions, Only } from "../options.ts";
import { axesOf, REDUCE_OPTIONS, type Reduced, type ReduceOptions, type ReductionFloat } from "./entries.ts";
import { any, sum } from "./reduction.ts";
import { pad } from "../shaping/repetition.ts";
import { ceil, floor, isnan } from "../elementwise/rounding.ts";
import { cast, where } from "../elementwise/selection.ts";
import { expandDims, moveaxis, squeeze } from "../shaping/shaping.ts";
import { sort } from "./sorting.ts";

/** The value of a quantile between two values. */
export type QuantileMethod = "linear" | "lower" | "higher" | "midpoint" | "nearest";

const METHODS: readonly QuantileMethod[] = ["linear", "lower", "higher", "midpoint", "nearest"];

/** The options of quantiles. */
export interface QuantileOptions extends ReduceOptions {
  /** The value between two others. Default: `"linear"`, which weighs them by their distance. */
  readonly method?: QuantileMethod | undefined;
}

/** The quantiles of values along axes. */
export interface Quantile {
  /** One quantile, or several along a new first axis. */
  <const X extends TensorLike, const Q extends TensorLike, const O extends QuantileOptions = NoOptions>(
    x: X,
    q: Q,
    options?: O & Only<O, QuantileOptions> & Check<Reduced<X, O>>,
  ): Like<X | Q, QuantileShape<ShapeOf<Q>, Reduced<X, O>>, toFloat<DTypeOf<X>>>;
}

/** @internal */
type QuantileShape<Q extends Shape, R> = R extends Shape ? number extends Q["length"] | R["length"] ? Shape
  : readonly [...Q, ...R]
  : R;

interface QuantileSettings {
  readonly axis: AxisOption;
  readonly keepDims: boolean;
  readonly method: QuantileMethod;
  /** Whether NaN is passed over. */
  readonly skipNaN: boolean;
}

/** The values in order along a last axis, after which a NaN stands in for none; and how many count. */
function inOrder(x: Tensor, axes: readonly number[], skipNaN: boolean): { sorted: Tensor; count: Tensor } {
  const values = flattenAxes(x, axes);
  const along = { axis: -1, keepDims: true };
  const nan: Tensor = isnan(values);
  const known: Tensor = skipNaN ? values : where(any(nan, along), NaN, values);
  const counted = skipNaN ? logicalNot(nan) : onesLike(values, { dtype: "bool" });
  const widths = values.shape.map((_, place) => [0, place === values.shape.length - 1 ? 1 : 0] as const);
  const sorted: Tensor = pad(sort(known), widths, { value: NaN });
  return { sorted, count: cast(sum(counted as Tensor, along), values.dtype) };
}

function quantileOf(given: TensorLike, q: TensorLike, settings: QuantileSettings): Tensor {
  const tensor = toTensor(given);
  const { axis, keepDims, method, skipNaN } = settings;
  if (!METHODS.includes(method)) {
    throw new InputRangeError(
      `Cannot take quantiles: expected method to be one of ${METHODS.join(", ")}, received ${method}`,
    );
  }
  const x: Tensor = cast(tensor, tensor.dtype === "float64" ? "float64" : "float32");
  const parts: Tensor = cast(toTensor(q), x.dtype);
  if (parts.shape.length > 1) {
    throw new ShapeError(
      `Cannot take quantiles: expected q to have at most one axis, received ${showShape(parts.shape)}`,
    );
  }
  const axes = axesOf(x.shape, axis);
  const { sorted, count } = inOrder(x, axes, skipNaN);
  const last: Tensor = maximum(subtract(count, 1), 0);
  const place: Tensor = multiply(last, parts);
  const [low, high] = [floor(place) as Tensor, ceil(place) as Tensor];
  const at = (index: Tensor): Tensor => takeAlongAxis(sorted, cast(index, "int32") as Tensor, { axis: -1 });
  const between = betweenValues(at(low), at(high), subtract(place, low), method);
  const several = parts.shape.length === 1;
  const reduced: Tensor = several ? moveaxis(between, -1, 0) : squeeze(between, { axis: -1 });
  const kept = axes.map((place) => place + (several ? 1 : 0));
  const result: Tensor = keepDims && kept.length > 0 ? expandDims(reduced, kept) : reduced;
  return cast(result, toFloat(tensor.dtype));
}

function betweenValues(low: Tensor, high: Tensor, weight: Tensor, method: QuantileMethod): Tensor {
  if (method === "lower") return low;
  if (method === "higher") return high;
  if (method === "nearest") return where(lessEqual(weight, 0.5) as Tensor, low, high);
  if (method === "midpoint") return multiply(add(low, high) as Tensor, 0.5);
  return add(multiply(low, subtract(1, weight) as Tensor) as Tensor, multiply(high, weight) as Tensor);
}

function quantileFunction(name: string, skipNaN: boolean, scale: number): Quantile {
  const call = (x: TensorLike, q: TensorLike, options: QuantileOptions = {}): Tensor => {
    checkOpOptions(name, options, [...REDUCE_OPTIONS, "method"]);
    const { axis, keepDims = false, method = "linear" } = options;
    const part = scale === 1 ? q : divide(q, scale) as Tensor;
    return quantileOf(x, part, { axis, keepDims, method, skipNaN });
  };
  return call as Quantile;
}

function medianFunction(name: string, skipNaN: boolean): ReductionFloat {
  const call = (x: TensorLike, options: ReduceOptions = {}): Tensor => {
    checkOpOptions(name, options, REDUCE_OPTIONS);
    const { axis, keepDims = false } = options;
    return quantileOf(x, 0.5, { axis, keepDims, method: "midpoint", skipNaN });
  };
  return call as ReductionFloat;
}

/**
 * The values below which parts of all values over axes lie, floats: with `q` from 0 to 1, that at the place `q (n - 1)` of
 * the values in order. NaN if a value is, or if there is none.
 *
 * @param x The tensor.
 * @param q One part, or several along one axis, which is the first one of the result.
 * @param options The axes, whether they stay as 1, and what lies between two values.
 * @throws {ShapeError} If an axis is out of range or named twice, or `q` has several axes.
 * @throws {RangeError} If there is no such method.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.quantile([4, 1, 3, 2], 0.5).item(), 2.5);
 * assertEquals(ops.quantile([4, 1, 3, 2], [0, 0.5], { method: "lower" }).array(), [1, 2]);
 * ```
 */
export const quantile: Quantile = quantileFunction("quantile", false, 1);

/**
 * Quantiles as {@linkcode quantile} takes them, of the values that are no NaN; NaN if there is none.
 *
 * @throws {ShapeError} If an axis is out of range or named twice, or `q` has several axes.
 * @throws {RangeError} If there is no such method.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.nanquantile([4, NaN, 3, 2], 0.5).item(), 3);
 * ```
 */
export const nanquantile: Quantile = quantileFunction("nanquantile", true, 1);

/**
 * Quantiles as {@linkcode quantile} takes them, with `q` from 0 to 100.
 *
 * @throws {ShapeError} If an axis is out of range or named twice, or `q` has several axes.
 * @throws {RangeError} If there is no such method.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.percentile([4, 1, 3, 2], [0, 50, 100]).array(), [1, 2.5, 4]);
 * ```
 */
export const percentile: Quantile = quantileFunction("percentile", false, 100);

/**
 * Percentiles as {@linkcode percentile} takes them, of the values that are no NaN; NaN if there is none.
 *
 * @throws {ShapeError} If an axis is out of range or named twice, or `q` has several axes.
 * @throws {RangeError} If there is no such method.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.nanpercentile([4, NaN, 3, 2], 50).item(), 3);
 * ```
 */
export const nanpercentile: Quantile = quantileFunction("nanpercentile", true, 100);

/**
 * The middle one of the values over axes in order, or the mean of the two in the middle; a float. NaN if a value is, or if
 * there is none.
 *
 * @throws {ShapeError} If an axis is out of range or named twice.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.median([[4, 1, 3], [2, 6, 5]], { axis: 1 }).array(), [3, 5]);
 * ```
 */
export const median: ReductionFloat = medianFunction("median", false);

/**
 * The median, as {@linkcode median} takes it, of the values that are no NaN; NaN if there is none.
 *
 * @throws {ShapeError} If an axis is out of range or named twice.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.nanmedian([4, NaN, 3]).item(), 3.5);
 * ```
 */
export const nanmedian: ReductionFloat = medianFunction("nanmedian", true);
