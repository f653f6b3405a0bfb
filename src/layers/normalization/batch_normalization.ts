/**
 * Batch normalization.
 *
 * @module
 */
import { add, divide, square, subtract } from "../../ops/elementwise/arithmetic.ts";
import { onesLike } from "../../ops/shaping/creation.ts";
import { moments } from "../../ops/reduction/moments.ts";
import { movingAverage } from "../../ops/normalization/moving_average.ts";
import { batchNormalization } from "../../ops/normalization/normalization.ts";
import { sum } from "../../ops/reduction/reduction.ts";
import { cast, where } from "../../ops/elementwise/selection.ts";
import { expandDims } from "../../ops/shaping/shaping.ts";
import type { NoOptions } from "../../ops/options.ts";
import { normalizeAxis } from "../../shape/axis.ts";
import { type Shape, showShape } from "../../shape/dim.ts";
import { ShapeError } from "../../shape/error.ts";
import type { Structure } from "../../tensor/structure.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Variable } from "../../tensor/variable.ts";
import { type AffineConfig, type AffineOptions, AffineSettings, type Normalizes } from "./affine.ts";
import { type ConfigNames, withConfig } from "../base/config.ts";
import { asFloats } from "../base/as_floats.ts";
import { axesMismatch } from "../base/mismatch.ts";
import { checkAxis, sizesAt } from "../base/axes.ts";
import type { CallOptions } from "../base/context.ts";
import {
  get as getInitializer,
  type Initializer,
  type InitializerConfig,
  type InitializerLike,
} from "../weights/initializers.ts";
import { InputSpec } from "../base/input_spec.ts";
import { Layer } from "../base/layer.ts";
import type { LayerConfig } from "../base/options.ts";
import type { LayerName, OptionFor, OptionsFor, ResultDType } from "../base/option_types.ts";
import { declareWeights } from "../base/weight_fields.ts";

/** The options of {@linkcode BatchNormalization}. */
export interface BatchNormalizationOptions extends AffineOptions {
  /** The axis of the channels, each of which is normalized by itself. Default: -1. */
  readonly axis?: number;
  /** The part of the moving statistics that stays with each batch. Default: 0.99. */
  readonly momentum?: number;
  /** The initializer of the moving mean. Default: `"zeros"`. */
  readonly movingMeanInitializer?: InitializerLike;
  /** The initializer of the moving variance. Default: `"ones"`. */
  readonly movingVarianceInitializer?: InitializerLike;
}

/** The configuration of {@linkcode BatchNormalization}. */
export interface BatchNormalizationConfig extends LayerConfig, AffineConfig {
  /** The axis of the channels. */
  readonly axis: number;
  /** The part of the moving statistics that stays with each batch. */
  readonly momentum: number;
  /** The initializer of the moving mean. */
  readonly movingMeanInitializer: InitializerConfig;
  /** The initializer of the moving variance. */
  readonly movingVarianceInitializer: InitializerConfig;
}

/** Keras's epsilon, which keeps a mask without any position from dividing by 0. */
const EPSILON = 1e-7;

/**
 * Normalizes each channel: `(x - mean) / sqrt(variance + epsilon) * gamma + beta`.
 *
 * In training, mean and variance are those of the batch, of the positions that a mask leaves, and the moving statistics
 * follow them: `moving * momentum + batch * (1 - momentum)`. Else they are the moving statistics, and so they are where
 * the layer is frozen.
 *
 * Weights, one value a channel: `gamma`, `beta`, and, not trained, `moving_mean` and `moving_variance`. See S. Ioffe and
 * C. Szegedy, Batch Normalization, 2015.
 *
 * @throws {ShapeError} When called with another rank or another number of channels than it was built for.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { BatchNormalization } from "@strata/nn";
 *
 * const layer = new BatchNormalization({ momentum: 0.5, epsilon: 0 });
 * assertEquals(layer([[1], [3]], { training: true }).array(), [[-1], [1]]);
 * assertEquals(layer.movingMean.array(), [1]);
 * assertEquals(layer([[1], [3]]).array(), [[0], [2]]);
 * ```
 */
export class BatchNormalization<
  const O extends BatchNormalizationOptions = NoOptions,
> extends Layer<
  Normalizes<OptionFor<O, "axis", -1, number>, LayerName<O, "batch_normalization">, ResultDType<O>>,
  unknown,
  BatchNormalizationConfig
> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = {
    options: ["axis", "momentum", "movingMeanInitializer", "movingVarianceInitializer"],
  };
  /** The scale of each channel, or `null` without; there once the layer is built. */
  gamma: Variable | null = null;
  /** The offset of each channel, or `null` without; there once the layer is built. */
  beta: Variable | null = null;
  /** The moving mean of each channel; there once the layer is built. */
  declare movingMean: Variable;
  /** The moving variance of each channel; there once the layer is built. */
  declare movingVariance: Variable;
  /** The axis of the channels. */
  readonly axis: OptionFor<O, "axis", -1, number>;
  /** The part of the moving statistics that stays with each batch. */
  readonly momentum: number;
  readonly #settings: AffineSettings;
  /** The initializer of the moving mean. */
  readonly movingMeanInitializer: Initializer;
  /** The initializer of the moving variance. */
  readonly movingVarianceInitializer: Initializer;
  /**
   * Makes the layer.
   *
   * @throws {TypeError} If the axis is no integer.
   */
  constructor(options?: OptionsFor<O, BatchNormalizationOptions>) {
    super(options);
    const given: BatchNormalizationOptions = options ?? {};
    this.supportsMasking = true;
    this.axis = checkAxis(given.axis ?? -1, this.name) as this["axis"];
    this.momentum = given.momentum ?? 0.99;
    this.#settings = withConfig(this, new AffineSettings(given));
    this.movingMeanInitializer = getInitializer(given.movingMeanInitializer ?? "zeros");
    this.movingVarianceInitializer = getInitializer(given.movingVarianceInitializer ?? "ones");
    this.inputSpec = new InputSpec();
  }
  /** Makes the weights, and returns the layer. */
  override build(inputShape: Shape): this {
    const shape = [inputShape.at(this.axis)];
    if (this.#settings.scale) this.gamma = this.addWeight(this.#settings.gamma(shape as Shape));
    if (this.#settings.center) this.beta = this.addWeight(this.#settings.beta(shape as Shape));
    this.movingMean = this.addWeight({
      name: "moving_mean",
      shape,
      initializer: this.movingMeanInitializer,
      trainable: false,
      autocast: false,
    });
    this.movingVariance = this.addWeight({
      name: "moving_variance",
      shape,
      initializer: this.movingVarianceInitializer,
      trainable: false,
      autocast: false,
    });
    this.inputSpec = new InputSpec({ ndim: inputShape.length, axes: sizesAt(inputShape, [this.axis]) });
    return this;
  }
  /** The normalized input; in training the moving statistics follow the batch. */
  override call(x: Tensor, { training, mask = null }: CallOptions): Tensor {
    checkMask(x, mask);
    const floats = asFloats(x, this.computeDtype);
    // Statistics of few bits would be lost in the sum of many values.
    const input: Tensor = floats.dtype === "float16" ? cast(floats, "float32") : floats;
    let [mean, variance]: readonly Tensor[] = [this.movingMean, this.movingVariance];
    if (training === true && this.trainable) {
      [mean, variance] = this.#statistics(input, mask);
      this.movingMean.assign(movingAverage(this.movingMean, mean!, this.momentum));
      this.movingVariance.assign(movingAverage(this.movingVariance, variance!, this.momentum));
    }
    const result = batchNormalization(input, mean!, variance!, this.axis as number, {
      offset: this.beta,
      scale: this.gamma,
      epsilon: this.#settings.epsilon,
    }) as Tensor;
    return result.dtype === this.computeDtype ? result : cast(result, this.computeDtype) as Tensor;
  }
  /** The mean and the variance of each channel over a batch. */
  #statistics(x: Tensor, mask: Tensor | null): readonly Tensor[] {
    const channels = normalizeAxis(this.axis, x.shape);
    const axis = Array.from(x.shape.keys()).filter((place) => place !== channels);
    if (mask === null) return moments(x, axis) as readonly Tensor[];
    // A mask broadcasts along the channels and every other axis, and hides whatever stands there.
    const kept = expandDims(cast(mask, "bool"), -1) as Tensor;
    const total = (values: Tensor, keepDims: boolean): Tensor =>
      sum(where(kept, values, 0), { axis, keepDims }) as Tensor;
    const counted = onesLike(x) as Tensor;
    const count = (keepDims: boolean): Tensor => add(total(counted, keepDims), EPSILON) as Tensor;
    const distance = square(subtract(x, divide(total(x, true), count(true)))) as Tensor;
    return [x, distance].map((values) => divide(total(values, false), count(false)) as Tensor);
  }
  /** The mismatch of the axis. */
  protected override mismatch(shape: Structure<Shape | null>): readonly [number, string] | undefined {
    return axesMismatch(shape, this.axis);
  }
}
declareWeights(BatchNormalization, ["movingMean", "movingVariance"]);

function checkMask(x: Tensor, mask: Tensor | null): void {
  if (mask === null || mask.shape.length === x.shape.length - 1) return;
  throw new ShapeError(
    `Cannot normalize ${showShape(x.shape)} with a mask of shape ${showShape(mask.shape)}: expected one axis less`,
  );
}
