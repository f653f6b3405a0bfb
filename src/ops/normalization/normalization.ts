/**
 * Normalizations: values less their mean, by their spread, times a scale and plus an offset.
 *
 * @module
 */
import type { Attributes, Operation } from "../../graph/operation.ts";
import type { normalizeAxis } from "../../shape/axis.ts";
import { parameter } from "../../shape/normalize.ts";
import type { reduce } from "../../shape/reduce.ts";
import { type Check, type Like, type ShapeOf, type TensorLike, toTensor } from "../../tensor/like.ts";
import { toFloat } from "../../tensor/promote.ts";
import type { Tensor, TensorSpec } from "../../tensor/tensor.ts";
import { checkAxes, checkOpOptions } from "../arguments.ts";
import { apply } from "../define.ts";
import { writeBatchNormalization, writeLayerNormalization, writeRmsNormalization } from "./nodes.ts";
import type { CheckDefaults, NoOptions } from "../options.ts";
import { axesOf } from "../reduction/entries.ts";
import { type RowAxis, rowsBeside } from "../rows.ts";
import type { AxisIn } from "../activation/softmax.ts";
import { type Values, valuesAlong, valuesOfSizes } from "../reduction/sums.ts";
import type { FloatLike } from "../types.ts";

/** The axis, or the axes, along which {@linkcode layerNormalization} and {@linkcode rmsNormalization} normalize. */
export interface NormalizationOptions {
  /** The axis, or the axes, that are normalized together. Default: -1. */
  readonly axis?: number | readonly number[] | undefined;
  /** The number added to the variance, so that nothing is divided by 0. Default: 1e-7. */
  readonly epsilon?: number | undefined;
}

/** @internal */
type CheckParameter<Name extends string, X, P, O> = P extends TensorLike
  ? Check<parameter<Name, ShapeOf<X>, AxisIn<O>, ShapeOf<P>>>
  : unknown;

interface AlongAttributes extends Attributes {
  readonly axis: number | readonly number[];
  readonly epsilon: number;
  /** The optional inputs that are given. */
  readonly given: readonly string[];
  /** The number of values along the axes. */
  readonly values: Values;
}

/** The inputs after the first by their names. */
function named<T>(names: readonly string[], inputs: readonly T[]): { readonly [name: string]: T | undefined } {
  return Object.fromEntries(names.map((name, index) => [name, inputs[index]]));
}

/** The dtype of the values; the parameters follow. */
function along(
  name: string,
  write: (
    ...args: Parameters<typeof writeLayerNormalization>
  ) => ReturnType<typeof writeLayerNormalization>,
): Operation<AlongAttributes> {
  return {
    name,
    infer([x, ...parameters], { axis, given }) {
      axesOf(x!.shape, axis);
      given.forEach((name, index) => parameter(name, x!.shape, axis, parameters[index]!.shape));
      return [{ shape: x!.shape, dtype: toFloat(x!.dtype) }];
    },
    rows: ([place, ...others], [x], { axis }) => [rowsAlone(place!, others, axesOf(x!.shape, axis))],
    emit(emitter, [x, ...parameters], { axis, epsilon, given, values }) {
      const dtype = toFloat(x!.dtype);
      const cast = parameters.map((value) => ({ ...emitter.cast(value, dtype), shape: value.shape }));
      const input = { ...emitter.cast(x!, dtype), shape: x!.shape };
      return write(emitter, input, { axes: axesOf(x!.shape, axis), epsilon, values, ...named(given, cast) });
    },
  };
}

function rowsAlone(place: RowAxis, others: readonly RowAxis[], mixed: readonly number[]): number | undefined {
  return others.every((other) => other === null) ? rowsBeside(place, mixed) : undefined;
}

/** The inputs that there are, and their names. */
function present(
  parameters: { readonly [name: string]: TensorLike | null | undefined },
): { readonly tensors: readonly Tensor[]; readonly given: readonly string[] } {
  const given = Object.keys(parameters).filter((name) => parameters[name] != null);
  return { given, tensors: given.map((name) => toTensor(parameters[name]!)) };
}

/** The number of values along axes, which parameters may know better. */
function valuesOf(x: Tensor, axis: number | readonly number[], parameters: readonly Tensor[]): Values {
  const known = parameters.find(({ shape }) => shape.every((dim) => typeof dim === "number"));
  return known === undefined ? valuesAlong(x.shape, axis) : valuesOfSizes(known.shape);
}

export const layerNormalizationOperation: Operation<AlongAttributes> = along(
  "layerNormalization",
  writeLayerNormalization,
);

/**
 * Normalizes values along axes: `(x - mean(x)) / sqrt(variance(x) + epsilon) * gamma + beta`; a float of the shape of
 * `x`.
 *
 * See J. Ba et al., Layer Normalization, 2016.
 *
 * @param x The values.
 * @param gamma The scale, of the sizes of the axes; `null` or nothing for none.
 * @param beta The offset, of the sizes of the axes; `null` or nothing for none.
 * @param options The axis or axes, and what is added to the variance.
 * @throws {ShapeError} If an axis is out of range or named twice, or a parameter has another shape.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * const y = ops.layerNormalization([[1, 3], [0, 0]], [10, 10], [1, 1], { epsilon: 0 });
 * assertEquals(y.array()[0], [-9, 11]);
 * ```
 */
export function layerNormalization<
  const X extends TensorLike,
  const Gamma extends TensorLike | null | undefined = undefined,
  const Beta extends TensorLike | null | undefined = undefined,
  const O extends NormalizationOptions = NoOptions,
>(
  x: X & CheckDefaults<O, "axis", reduce<ShapeOf<X>, AxisIn<O>, true>>,
  gamma?: Gamma & CheckParameter<"gamma", X, Gamma, O>,
  beta?: Beta & CheckParameter<"beta", X, Beta, O>,
  options?: O & Check<reduce<ShapeOf<X>, AxisIn<O>, true>>,
): FloatLike<X> {
  checkOpOptions("layerNormalization", options, ["axis", "epsilon"]);
  const { axis = -1, epsilon = 1e-7 } = options ?? {} as NormalizationOptions;
  const { tensors, given } = present({ gamma, beta });
  const input = toTensor(x);
  const values = valuesOf(input, axis, tensors);
  return apply(layerNormalizationOperation, [input, ...tensors], { axis, epsilon, given, values }) as never;
}

export const rmsNormalizationOperation: Operation<AlongAttributes> = along("rmsNormalization", writeRmsNormalization);

/**
 * Divides values along axes by their root mean square: `x / sqrt(mean(x²) + epsilon) * scale`; a float of the shape of
 * `x`.
 *
 * See B. Zhang and R. Sennrich, Root Mean Square Layer Normalization, 2019.
 *
 * @param x The values.
 * @param scale The scale, of the sizes of the axes; `null` or nothing for none.
 * @param options The axis or axes, and what is added to the mean of the squares.
 * @throws {ShapeError} If an axis is out of range or named twice, or the scale has another shape.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.rmsNormalization([[7, 1]], [10, 20], { epsilon: 0 }).array()[0]?.map(Math.round), [14, 4]);
 * ```
 */
export function rmsNormalization<
  const X extends TensorLike,
  const Scale extends TensorLike | null | undefined = undefined,
  const O extends NormalizationOptions = NoOptions,
>(
  x: X & CheckDefaults<O, "axis", reduce<ShapeOf<X>, AxisIn<O>, true>>,
  scale?: Scale & CheckParameter<"scale", X, Scale, O>,
  options?: O & Check<reduce<ShapeOf<X>, AxisIn<O>, true>>,
): FloatLike<X> {
  checkOpOptions("rmsNormalization", options, ["axis", "epsilon"]);
  const { axis = -1, epsilon = 1e-7 } = options ?? {} as NormalizationOptions;
  const { tensors, given } = present({ scale });
  const input = toTensor(x);
  const values = valuesOf(input, axis, tensors);
  return apply(rmsNormalizationOperation, [input, ...tensors], { axis, epsilon, given, values }) as never;
}

/** The options of {@linkcode batchNormalization}. */
export interface BatchNormalizationOptions {
  /** The values added at the end, one for each place along the axis. Default: nothing. */
  readonly offset?: TensorLike | null | undefined;
  /** What the result is multiplied with before, one value a place along the axis. Default: nothing. */
  readonly scale?: TensorLike | null | undefined;
  /** The number added to the variance, so that nothing is divided by 0. Default: 1e-3. */
  readonly epsilon?: number | undefined;
}

interface BatchAttributes extends Attributes {
  readonly axis: number;
  readonly epsilon: number;
  readonly given: readonly string[];
}

export const batchNormalizationOperation: Operation<BatchAttributes> = {
  name: "batchNormalization",
  infer([x, ...parameters], { axis, given }) {
    const names = ["mean", "variance", ...given];
    names.forEach((name, index) => parameter(name, x!.shape, axis, parameters[index]!.shape));
    return [{ shape: x!.shape, dtype: toFloat(x!.dtype) }];
  },
  rows: ([place, ...others]: readonly RowAxis[], [x]: readonly TensorSpec[], { axis }: BatchAttributes) => [
    rowsAlone(place!, others, axesOf(x!.shape, axis)),
  ],
  emit(emitter, [x, mean, variance, ...parameters], { axis, epsilon, given }) {
    // With few bits the distance from the mean would be lost, so that all is computed in float32 at least.
    const dtype = toFloat(x!.dtype);
    const computed = dtype === "float64" ? dtype : "float32";
    const [input, ...statistics] = [x!, mean!, variance!].map((value) => emitter.cast(value, computed));
    const { scale, offset } = named(given, parameters.map((value) => emitter.cast(value, computed)));
    const [place] = axesOf(x!.shape, axis);
    const result = writeBatchNormalization(emitter, { ...input!, shape: x!.shape }, {
      mean: statistics[0]!,
      variance: statistics[1]!,
      scale,
      offset,
      axis: place!,
      epsilon,
    });
    return emitter.cast(result, dtype);
  },
};

/**
 * Normalizes values by a mean and a variance that are given for each place along an axis:
 * `(x - mean) / sqrt(variance + epsilon) * scale + offset`; a float of the shape of `x`.
 *
 * See S. Ioffe and C. Szegedy, Batch Normalization, 2015.
 *
 * @param x The values.
 * @param mean The means, one a place along the axis.
 * @param variance The variances, one a place along the axis.
 * @param axis The axis; a negative one counts from the end.
 * @param options The scale, the offset, and what is added to the variance.
 * @throws {ShapeError} If there is no such axis, or a parameter has not one value a place along it.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * const y = ops.batchNormalization([[1, 10], [3, 30]], [2, 20], [1, 4], -1, { offset: [0, 7], epsilon: 0 });
 * assertEquals(y.array(), [[-1, 2], [1, 12]]);
 * ```
 */
export function batchNormalization<
  const X extends TensorLike,
  const Mean extends TensorLike,
  const Variance extends TensorLike,
  const Axis extends number,
>(
  x: X,
  mean: Mean & Check<parameter<"mean", ShapeOf<X>, Axis, ShapeOf<Mean>>>,
  variance: Variance & Check<parameter<"variance", ShapeOf<X>, Axis, ShapeOf<Variance>>>,
  axis: Axis & Check<normalizeAxis<Axis, ShapeOf<X>>>,
  options: BatchNormalizationOptions = {},
): Like<X | Mean | Variance, ShapeOf<X>, FloatLike<X>["dtype"]> {
  checkAxes("batchNormalization", "axis", axis);
  checkOpOptions("batchNormalization", options, ["epsilon", "offset", "scale"]);
  const { offset, scale, epsilon = 1e-3 } = options;
  const { tensors, given } = present({ offset, scale });
  return apply(batchNormalizationOperation, [toTensor(x), toTensor(mean), toTensor(variance), ...tensors], {
    axis: axis as number,
    epsilon,
    given,
  }) as never;
}
