/**
 * Normalization by statistics of a data set.
 *
 * @module
 */
import { add, divide, maximum, multiply, subtract } from "../../ops/elementwise/arithmetic.ts";
import { sqrt } from "../../ops/elementwise/exponential.ts";
import { moments } from "../../ops/reduction/moments.ts";
import { cast } from "../../ops/elementwise/selection.ts";
import { broadcastTo as broadcastValues, reshape } from "../../ops/shaping/shaping.ts";
import type { NoOptions } from "../../ops/options.ts";
import { normalizeAxes } from "../../shape/axis.ts";
import { broadcastTo } from "../../shape/broadcast_to.ts";
import { type Dim, type Shape, showShape } from "../../shape/dim.ts";
import { InputError, ShapeError } from "../../shape/error.ts";
import { tensor } from "../../tensor/creation.ts";
import { isTypedArray } from "../../tensor/convert.ts";
import type { EagerTensor } from "../../tensor/eager.ts";
import { type TensorLike, toTensor } from "../../tensor/like.ts";
import { whileEager } from "../../tensor/scope.ts";
import type { Structure } from "../../tensor/structure.ts";
import { Tensor } from "../../tensor/tensor.ts";
import type { Variable } from "../../tensor/variable.ts";
import type { Normalizes } from "./affine.ts";
import type { ConfigNames } from "../base/config.ts";
import { type AxisLike, axisList, checkAxis } from "../base/axes.ts";
import { relationMismatch } from "../base/mismatch.ts";
import { InputSpec } from "../base/input_spec.ts";
import { Layer } from "../base/layer.ts";
import type { LayerConfig, LayerOptions } from "../base/options.ts";
import type { LayerName, OptionFor, OptionsFor, ResultDType } from "../base/option_types.ts";
import type { Numbers } from "./rescaling.ts";

/** The options of {@linkcode Normalization}. */
export interface NormalizationLayerOptions extends LayerOptions {
  /** The axis, or the axes, whose places have a mean and a variance of their own; `null` for one of all. Default: -1. */
  readonly axis?: AxisLike | null;
  /** The mean, where it is known: a number, or one a place. Default: that of the data of `adapt`. */
  readonly mean?: Numbers | null;
  /** The variance, where it is known: a number, or one a place. Default: that of the data of `adapt`. */
  readonly variance?: Numbers | null;
  /** Whether normalized values become what they were. Default: `false`. */
  readonly invert?: boolean;
}

/** The configuration of {@linkcode Normalization}. */
export interface NormalizationConfig extends LayerConfig {
  /** The axis, or the axes, whose places have a mean and a variance of their own. */
  readonly axis: AxisLike | null;
  /** The mean, where it was given. */
  readonly mean: Numbers | null;
  /** The variance, where it was given. */
  readonly variance: Numbers | null;
  /** Whether normalized values become what they were. */
  readonly invert: boolean;
}

/** The least standard deviation to divide by. */
const EPSILON = 1e-7;

/**
 * Normalizes values by the mean and the variance of a data set: `(x - mean) / sqrt(variance)`.
 *
 * Mean and variance are given, or found by `adapt`; then they are the weights `mean` and `variance`, and there is a
 * weight `count`, none of them trained.
 *
 * @throws {ShapeError} When called with other sizes of the axes than it was built for.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Normalization } from "@strata/nn";
 *
 * const layer = new Normalization();
 * layer.adapt([[1, 10], [3, 30]]);
 * assertEquals(layer([[1, 10], [5, 50]]).array(), [[-1, -1], [3, 3]]);
 * assertEquals(new Normalization({ mean: 2, variance: 4 })([[6]]).array(), [[2]]);
 * ```
 */
export class Normalization<
  const O extends NormalizationLayerOptions = NoOptions,
> extends Layer<
  Normalizes<
    OptionFor<O, "axis", -1, AxisLike | null> extends AxisLike ? OptionFor<O, "axis", -1, AxisLike | null>
      : readonly [],
    LayerName<O, "normalization">,
    ResultDType<O>
  >,
  unknown,
  NormalizationConfig
> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = { options: ["axis", "mean", "variance", "invert"] };
  /** The mean of the data, unless it was given; there once the layer is built. */
  adaptMean: Variable | null = null;
  /** The variance of the data, unless it was given; there once the layer is built. */
  adaptVariance: Variable | null = null;
  /** As Keras has it; 0. */
  count: Variable | null = null;
  /** The axis, or the axes, whose places have a mean and a variance of their own; `null` for one of all. */
  readonly axis: AxisLike | null;
  /** Whether normalized values become what they were. */
  readonly invert: boolean;
  /** The mean, or `null` unless it was given. */
  readonly mean: Numbers | null;
  /** The variance, or `null` unless it was given. */
  readonly variance: Numbers | null;
  #given: readonly [Tensor, Tensor] | undefined;
  /**
   * Makes the layer.
   *
   * @throws {TypeError} If an axis is no integer, or only one of mean and variance is given.
   */
  constructor(options?: OptionsFor<O, NormalizationLayerOptions>) {
    super(options);
    const given: NormalizationLayerOptions = options ?? {};
    this.supportsMasking = true;
    this.axis = given.axis === null ? null : checkAxis(given.axis ?? -1, this.name);
    this.invert = given.invert ?? false;
    this.mean = given.mean ?? null;
    this.variance = given.variance ?? null;
    if ((this.mean === null) !== (this.variance === null)) {
      throw new InputError(
        `Cannot make layer ${this.name}: expected both a mean and a variance or neither, received only ${
          this.mean === null ? "a variance" : "a mean"
        }`,
      );
    }
    this.inputSpec = new InputSpec();
  }
  /** Makes the weights, unless mean and variance are given, and returns the layer. */
  override build(inputShape: Shape): this {
    const kept = this.#keptAxes(inputShape);
    const shape = kept.map((axis): Dim => inputShape[axis]!);
    if (this.mean !== null && this.variance !== null) {
      const wide = this.#broadcastShape(inputShape);
      this.#given = [this.#constant(this.mean, shape, wide), this.#constant(this.variance, shape, wide)];
    } else {
      const fixed = { shape, trainable: false };
      this.adaptMean = this.addWeight({ name: "mean", initializer: "zeros", ...fixed });
      this.adaptVariance = this.addWeight({ name: "variance", initializer: "ones", ...fixed });
      this.count = this.addWeight({ name: "count", initializer: "zeros", shape: [], dtype: "int32", trainable: false });
    }
    const axes = Object.fromEntries(kept.map((axis) => [axis, inputShape[axis]!]));
    this.inputSpec = new InputSpec({ ndim: inputShape.length, axes });
    return this;
  }
  /**
   * Finds the mean and the variance of data, which replace those of before. Builds the layer if need be.
   *
   * @param data A tensor or values; or several of them one after the other, as an iterable.
   * @throws {TypeError} If mean and variance were given, or there is no data.
   * @throws {ShapeError} If the layer does not take such inputs.
   */
  adapt(data: TensorLike | Iterable<TensorLike>): void {
    if (this.mean !== null) {
      throw new InputError(`Cannot adapt layer ${this.name}: its mean and variance were given when it was made`);
    }
    const statistics = new Statistics();
    for (const batch of batchesOf(data)) {
      const values = toTensor(batch);
      const fault = this.mismatch(values.shape);
      if (fault !== undefined) throw new ShapeError(`Cannot adapt layer ${this.name}: ${fault[1]}`);
      if (!this.built) this.build([null, ...values.shape.slice(1)]);
      const misfit = (this.inputSpec as InputSpec).mismatch(values);
      if (misfit !== undefined) throw new ShapeError(`Cannot adapt layer ${this.name}: ${misfit}`);
      const kept = this.#keptAxes(values.shape);
      const reduced = Array.from(values.shape.keys()).filter((axis) => !kept.includes(axis));
      whileEager(() => statistics.add(values, reduced));
    }
    if (statistics.mean === undefined) throw new InputError(`Cannot adapt layer ${this.name}: there is no data`);
    this.adaptMean!.assign(statistics.mean);
    this.adaptVariance!.assign(statistics.variance!);
  }
  /** The normalized input, or with `invert` what it was. */
  override call(x: Tensor): Tensor {
    const input = x.dtype === this.computeDtype ? x : cast(x, this.computeDtype) as Tensor;
    const [mean, variance] = this.#given ?? [this.#along(this.adaptMean!, x), this.#along(this.adaptVariance!, x)];
    const deviation = maximum(sqrt(variance) as Tensor, EPSILON) as Tensor;
    if (this.invert) return add(multiply(input, deviation) as Tensor, mean) as Tensor;
    return divide(subtract(input, mean) as Tensor, deviation) as Tensor;
  }
  /** The mismatch of the axes, or of a given mean and variance. */
  protected override mismatch(shape: Structure<Shape | null>): readonly [number, string] | undefined {
    return relationMismatch(() => {
      const kept = this.#keptAxes(shape as Shape).map((axis): Dim => (shape as Shape)[axis]!);
      for (const given of [this.mean, this.variance]) {
        if (given !== null) broadcastTo(tensor(given).shape, kept);
      }
    });
  }
  #keptAxes(shape: Shape): readonly number[] {
    return this.axis === null ? [] : normalizeAxes(axisList(this.axis), shape).toSorted((a, b) => a - b);
  }
  /** The shape that statistics have against an input. */
  #broadcastShape(shape: Shape): readonly number[] {
    const kept = this.#keptAxes(shape);
    return shape.map((dim, axis) => kept.includes(axis) ? dim as number : 1);
  }
  #along(statistic: Variable, x: Tensor): Tensor {
    const kept = this.#keptAxes(x.shape);
    const sizes = Array.from(x.shape.keys(), (axis) => kept.includes(axis) ? statistic.shape[kept.indexOf(axis)]! : 1);
    return reshape(statistic as Tensor, sizes as readonly number[]);
  }
  #constant(given: Numbers, shape: Shape, wide: readonly number[]): Tensor {
    const values = tensor(given, { dtype: this.computeDtype }) as EagerTensor;
    const unknown = shape.findIndex((dim) => typeof dim !== "number");
    if (unknown >= 0) {
      throw new ShapeError(
        `Cannot build layer ${this.name}: expected known sizes of the axes, received ${showShape(shape)}`,
      );
    }
    return reshape(broadcastValues(values, shape as readonly number[]) as Tensor, wide) as Tensor;
  }
}

/** The parts of data. */
function batchesOf(data: TensorLike | Iterable<TensorLike>): Iterable<TensorLike> {
  if (typeof data !== "object" || data instanceof Tensor || isTypedArray(data)) return [data as TensorLike];
  if (!Array.isArray(data)) return data as Iterable<TensorLike>;
  return data[0] instanceof Tensor || isTypedArray(data[0]) ? data as readonly TensorLike[] : [data as TensorLike];
}

/** The mean and the variance of all data so far, in float64. */
class Statistics {
  mean: Tensor | undefined;
  variance: Tensor | undefined;
  #rows = 0;

  add(values: Tensor, axes: readonly number[]): void {
    const [mean, variance] = moments(cast(values, "float64") as Tensor, axes) as readonly [Tensor, Tensor];
    const rows = axes.reduce((count, axis) => count * (values.shape[axis] as unknown as number), 1);
    if (rows === 0) return;
    const share = rows / (this.#rows + rows);
    if (this.mean === undefined || this.variance === undefined) [this.mean, this.variance] = [mean, variance];
    else {
      // The spread of each part, and that of the means of the parts.
      const step = subtract(mean, this.mean) as Tensor;
      const within = add(multiply(this.variance, 1 - share), multiply(variance, share)) as Tensor;
      this.variance = add(within, multiply(multiply(step, step) as Tensor, share * (1 - share))) as Tensor;
      this.mean = add(this.mean, multiply(step, share)) as Tensor;
    }
    this.#rows += rows;
  }
}
