/**
 * Layer normalization.
 *
 * @module
 */
import { add, divide, multiply } from "../../ops/elementwise/arithmetic.ts";
import { sqrt } from "../../ops/elementwise/exponential.ts";
import { layerNormalization } from "../../ops/normalization/normalization.ts";
import { variance } from "../../ops/reduction/reduction.ts";
import { reshape } from "../../ops/shaping/shaping.ts";
import type { NoOptions } from "../../ops/options.ts";
import type { Dim, Shape } from "../../shape/dim.ts";
import type { Structure } from "../../tensor/structure.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Variable } from "../../tensor/variable.ts";
import { type AffineConfig, type AffineOptions, AffineSettings, type Normalizes } from "./affine.ts";
import { alongAxes, inOrder } from "./along_axes.ts";
import { type ConfigNames, withConfig } from "../base/config.ts";
import { asFloats } from "../base/as_floats.ts";
import { axesMismatch } from "../base/mismatch.ts";
import { type AxisLike, checkAxis, sizesAt, sortedAxes } from "../base/axes.ts";
import { InputSpec } from "../base/input_spec.ts";
import { Layer } from "../base/layer.ts";
import type { LayerConfig } from "../base/options.ts";
import type { LayerName, OptionFor, OptionsFor, ResultDType } from "../base/option_types.ts";

/** The options of {@linkcode LayerNormalization}. */
export interface LayerNormalizationOptions extends AffineOptions {
  /** The axis, or the axes, that are normalized together. Default: -1. */
  readonly axis?: AxisLike;
  /**
   * Whether values are only divided by their standard deviation, not centered, and no `beta` is added. Keras has
   * deprecated it: `RMSNormalization` is the usual one. Default: `false`.
   */
  readonly rmsScaling?: boolean;
}

/** The configuration of {@linkcode LayerNormalization}. */
export interface LayerNormalizationConfig extends LayerConfig, AffineConfig {
  /** The axis, or the axes, that are normalized together. */
  readonly axis: AxisLike;
  /** Whether values are only divided by their standard deviation. */
  readonly rmsScaling: boolean;
}

/**
 * Normalizes each row by itself: `(x - mean) / sqrt(variance + epsilon) * gamma + beta`, with the mean and the variance
 * along `axis`.
 *
 * Weights: `gamma` and `beta`, of the sizes of the axes, the least axis first. See J. Ba et al., Layer Normalization, 2016.
 *
 * @throws {ShapeError} When called with other sizes of the axes than it was built for.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { LayerNormalization } from "@strata/nn";
 *
 * const layer = new LayerNormalization({ epsilon: 0 });
 * assertEquals(layer([[1, 3], [20, 10]]).array(), [[-1, 1], [1, -1]]);
 * ```
 */
export class LayerNormalization<
  const O extends LayerNormalizationOptions = NoOptions,
> extends Layer<
  Normalizes<OptionFor<O, "axis", -1, AxisLike>, LayerName<O, "layer_normalization">, ResultDType<O>>,
  unknown,
  LayerNormalizationConfig
> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = { options: ["axis", "rmsScaling"] };
  /** The scale, or `null` without; there once the layer is built. */
  gamma: Variable | null = null;
  /** The offset, or `null` without; there once the layer is built. */
  beta: Variable | null = null;
  /** The axis, or the axes, that are normalized together. */
  readonly axis: OptionFor<O, "axis", -1, AxisLike>;
  /** Whether values are only divided by their standard deviation. */
  readonly rmsScaling: boolean;
  readonly #settings: AffineSettings;
  /**
   * Makes the layer.
   *
   * @throws {TypeError} If an axis is no integer.
   */
  constructor(options?: OptionsFor<O, LayerNormalizationOptions>) {
    super(options);
    const given: LayerNormalizationOptions = options ?? {};
    this.supportsMasking = true;
    this.axis = checkAxis(given.axis ?? -1, this.name) as this["axis"];
    this.rmsScaling = given.rmsScaling ?? false;
    this.#settings = withConfig(this, new AffineSettings(given));
    this.inputSpec = new InputSpec();
  }
  /** Makes the scale and the offset, and returns the layer. */
  override build(inputShape: Shape): this {
    const axes = sortedAxes(this.axis);
    const shape = axes.map((axis): Dim => inputShape.at(axis)!);
    if (this.#settings.scale || this.rmsScaling) this.gamma = this.addWeight(this.#settings.gamma(shape));
    if (this.#settings.center && !this.rmsScaling) this.beta = this.addWeight(this.#settings.beta(shape));
    this.inputSpec = new InputSpec({ axes: sizesAt(inputShape, axes) });
    return this;
  }
  /** The normalized input. */
  override call(x: Tensor): Tensor {
    const input = asFloats(x, this.computeDtype);
    const { epsilon } = this.#settings;
    const axis = inOrder(this.axis, input.shape);
    const [gamma, beta] = [this.gamma, this.beta].map((weight) => alongAxes(weight, this.axis, input.shape));
    if (!this.rmsScaling) return layerNormalization(input, gamma, beta, { axis, epsilon }) as Tensor;
    const spread = sqrt(add(variance(input, { axis, keepDims: true }) as Tensor, epsilon)) as Tensor;
    const sizes = Array.from(
      input.shape.keys(),
      (place) => axis.includes(place) ? gamma!.shape[axis.indexOf(place)]! : 1,
    );
    const scale: Tensor = reshape(gamma!, sizes as readonly number[]);
    return multiply(divide(input, spread) as Tensor, scale) as Tensor;
  }
  /** The mismatch of the axes. */
  protected override mismatch(shape: Structure<Shape | null>): readonly [number, string] | undefined {
    return axesMismatch(shape, this.axis);
  }
}
