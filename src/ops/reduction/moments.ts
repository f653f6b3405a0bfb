/**
 * Mean and variance together.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import type { Value } from "../../emission/emitter.ts";
import { type AxisOption, reduce } from "../../shape/reduce.ts";
import { type Check, type DTypeOf, type Like, type ShapeOf, type TensorLike, toTensor } from "../../tensor/like.ts";
import { toFloat } from "../../tensor/promote.ts";
import { checkAxes, checkOpOptions } from "../arguments.ts";
import { dispatch } from "../../eager/dispatch.ts";
import type { NoOptions, OptionOf } from "../options.ts";
import { normalizeReduction, type ReduceAttributes, reductionRows } from "./entries.ts";
import { writeMean, writeVariance } from "./sums.ts";

/** The options of {@linkcode moments}. */
export interface MomentsOptions {
  /** Whether reduced axes stay, as 1. Default: `false`. */
  readonly keepDims?: boolean | undefined;
}

/** @internal */
type Reduced<X, Axes extends AxisOption, O> = OptionOf<O, "keepDims", false> extends infer KeepDims extends boolean
  ? reduce<ShapeOf<X>, Axes, KeepDims>
  : never;

/** @internal */
type Moment<X, Axes extends AxisOption, O> = Like<X, Reduced<X, Axes, O>, toFloat<DTypeOf<X>>>;

export const momentsOperation: Operation<ReduceAttributes> = {
  name: "moments",
  normalize: normalizeReduction,
  infer([x], { axis, keepDims }) {
    const result = { shape: reduce(x!.shape, axis, keepDims), dtype: toFloat(x!.dtype) };
    return [result, result];
  },
  rows(places, inputs, attributes) {
    const [place] = reductionRows(places, inputs, attributes);
    return [place, place];
  },
  // Sums of many values are made in float32 even where the values are float16, and rounded once.
  emit(emitter, [x], { axis, keepDims, values }) {
    const dtype = toFloat(x!.dtype);
    const input = emitter.cast(x!, dtype === "float64" ? dtype : "float32");
    const mean = writeMean(emitter, input, axis, true, values);
    const variance = writeVariance(emitter, input, axis, keepDims, values);
    const dropped = (value: Value): Value =>
      keepDims || axis.length === 0 ? value : emitter.node("Squeeze", [value, emitter.integers(axis)]);
    return [emitter.cast(dropped(mean), dtype), emitter.cast(variance, dtype)];
  },
};

/**
 * Takes the mean and the variance over axes: `mean(x)` and `mean((x - mean(x))^2)`, floats.
 *
 * @param x The values.
 * @param axes The axis or the axes; undefined for all.
 * @param options Whether reduced axes stay.
 * @returns The mean and the variance; those of nothing are NaN.
 * @throws {ShapeError} If an axis is out of range or named twice.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * const [mean, variance] = ops.moments([[1, 2], [3, 6]], 0);
 * assertEquals([mean.array(), variance.array()], [[2, 4], [1, 4]]);
 * ```
 */
export function moments<
  const X extends TensorLike,
  const Axes extends AxisOption,
  const O extends MomentsOptions = NoOptions,
>(
  x: X,
  axes: Axes & Check<reduce<ShapeOf<X>, Axes, true>>,
  options?: O,
): readonly [mean: Moment<X, Axes, O>, variance: Moment<X, Axes, O>] {
  if (axes !== undefined) checkAxes("moments", "axes", axes);
  checkOpOptions("moments", options, ["keepDims"]);
  const { keepDims } = options ?? {} as MomentsOptions;
  const inputs = [toTensor(x)];
  return dispatch(
    momentsOperation,
    inputs,
    normalizeReduction({ axis: axes as AxisOption, keepDims }, inputs),
  ) as never;
}
