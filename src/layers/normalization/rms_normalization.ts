/**
 * Normalization by the root mean square.
 *
 * @module
 */
import { rmsNormalization } from "../../ops/normalization/normalization.ts";
import type { NoOptions } from "../../ops/options.ts";
import type { Dim, Shape } from "../../shape/dim.ts";
import type { Structure } from "../../tensor/structure.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Variable } from "../../tensor/variable.ts";
import type { Normalizes } from "./affine.ts";
import { alongAxes, inOrder } from "./along_axes.ts";
import type { ConfigNames } from "../base/config.ts";
import { asFloats } from "../base/as_floats.ts";
import { axesMismatch } from "../base/mismatch.ts";
import { type AxisLike, checkAxis, sizesAt, sortedAxes } from "../base/axes.ts";
import { InputSpec } from "../base/input_spec.ts";
import { Layer } from "../base/layer.ts";
import type { LayerConfig, LayerOptions } from "../base/options.ts";
import type { LayerName, OptionFor, OptionsFor, ResultDType } from "../base/option_types.ts";
import { declareWeights } from "../base/weight_fields.ts";

/** The options of {@linkcode RMSNormalization}. */
export interface RMSNormalizationOptions extends LayerOptions {
  /** The axis, or the axes, that are normalized together. Default: -1. */
  readonly axis?: AxisLike;
  /** The number added to the mean of the squares, so that nothing is divided by 0. Default: 1e-6. */
  readonly epsilon?: number;
}

/** The configuration of {@linkcode RMSNormalization}. */
export interface RMSNormalizationConfig extends LayerConfig {
  /** The axis, or the axes, that are normalized together. */
  readonly axis: AxisLike;
  /** The number added to the mean of the squares. */
  readonly epsilon: number;
}

/**
 * Divides each row by its root mean square: `x / sqrt(mean(x²) + epsilon) * scale`, along `axis`.
 *
 * Weight: `scale`, of the sizes of the axes, the least axis first. See B. Zhang and R. Sennrich, Root Mean Square Layer Normalization, 2019.
 *
 * @throws {ShapeError} When called with other sizes of the axes than it was built for.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { RMSNormalization } from "@strata/nn";
 *
 * const layer = new RMSNormalization({ epsilon: 0 });
 * assertEquals(layer([[2, 2], [-3, 3]]).array(), [[1, 1], [-1, 1]]);
 * ```
 */
export class RMSNormalization<
  const O extends RMSNormalizationOptions = NoOptions,
> extends Layer<
  Normalizes<OptionFor<O, "axis", -1, AxisLike>, LayerName<O, "rms_normalization">, ResultDType<O>>,
  unknown,
  RMSNormalizationConfig
> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = { options: ["axis", "epsilon"] };
  /** The scale; there once the layer is built. */
  declare scale: Variable;
  /** The axis, or the axes, that are normalized together. */
  readonly axis: OptionFor<O, "axis", -1, AxisLike>;
  /** The number added to the mean of the squares. */
  readonly epsilon: number;
  /**
   * Makes the layer.
   *
   * @throws {TypeError} If an axis is no integer.
   */
  constructor(options?: OptionsFor<O, RMSNormalizationOptions>) {
    super(options);
    const given: RMSNormalizationOptions = options ?? {};
    this.axis = checkAxis(given.axis ?? -1, this.name) as this["axis"];
    this.epsilon = given.epsilon ?? 1e-6;
    this.inputSpec = new InputSpec();
  }
  /** Makes the scale, and returns the layer. */
  override build(inputShape: Shape): this {
    const axes = sortedAxes(this.axis);
    const shape = axes.map((axis): Dim => inputShape.at(axis)!);
    this.scale = this.addWeight({ name: "scale", shape, initializer: "ones" });
    this.inputSpec = new InputSpec({ axes: sizesAt(inputShape, axes) });
    return this;
  }
  /** The normalized input. */
  override call(x: Tensor): Tensor {
    const input = asFloats(x, this.computeDtype);
    const scale = alongAxes(this.scale, this.axis, input.shape);
    const axis = inOrder(this.axis, input.shape);
    return rmsNormalization(input, scale, { axis, epsilon: this.epsilon }) as Tensor;
  }
  /** The mismatch of the axes. */
  protected override mismatch(shape: Structure<Shape | null>): readonly [number, string] | undefined {
    return axesMismatch(shape, this.axis);
  }
}
declareWeights(RMSNormalization, ["scale"]);
