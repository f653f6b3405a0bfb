/**
 * Separable convolution layers.
 *
 * @module
 */
import { separableConvOperation } from "../../ops/convolution/entries.ts";
import { multiplyDims } from "../../shape/arithmetic.ts";
import type { NoOptions } from "../../ops/options.ts";
import { conv } from "../../shape/conv.ts";
import type { Dim, Shape } from "../../shape/dim.ts";
import type { PerAxis, Sizes, SpatialRank } from "../../shape/spatial.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Variable } from "../../tensor/variable.ts";
import {
  depthwiseConfig,
  fromDepthwise,
  fromPointwise,
  pointwiseConfig,
  type SeparableConfig,
  type SeparableLayerOptions,
} from "./depthwise_options.ts";
import type { ChannelAt, ConvolutionOf, ConvSignature } from "./conv_signature.ts";
import { KernelSettings } from "../core/kernel.ts";
import type { LayerName, OptionsFor, ResultDType } from "../base/option_types.ts";
import type { Signature } from "../base/signature.ts";
import { BaseConvLayer } from "./base_conv_layer.ts";
import { positiveInteger } from "../base/validate.ts";
import { declareWeights } from "../base/weight_fields.ts";

/** A separable convolution over any number of spatial axes. */
export abstract class BaseSeparableConv<F extends number = number, S extends Signature = Signature>
  extends BaseConvLayer<S> {
  /** The weight `[...kernelSize, channels, depthMultiplier]`; there once the layer is built. */
  declare depthwiseKernel: Variable;
  /** The weight `[...1, channels * depthMultiplier, filters]`; there once the layer is built. */
  declare pointwiseKernel: Variable;
  /** The number of channels of the result. */
  readonly filters: F;
  /** The number of kernels that each channel has in the first step. */
  readonly depthMultiplier: number;
  readonly #pointwise: KernelSettings;

  /**
   * Makes the layer.
   *
   * @throws {RangeError} If an option has an unsupported value.
   */
  constructor(spatialRank: SpatialRank, filters: F, kernelSize: PerAxis, options: SeparableLayerOptions = {}) {
    super(spatialRank, kernelSize, fromDepthwise(new.target, options));
    this.filters = positiveInteger(filters, "filters", this.name);
    this.depthMultiplier = positiveInteger(options.depthMultiplier ?? 1, "depthMultiplier", this.name);
    this.#pointwise = new KernelSettings(fromPointwise(options));
  }

  /** Makes both kernels and the bias. */
  protected override makeWeights(shape: Shape): void {
    const channels = this.channelsOf(shape);
    const { kernelSize, depthMultiplier, filters } = this;
    const depthwise = this.settings.kernel([...kernelSize, channels, depthMultiplier]);
    this.depthwiseKernel = this.addWeight({ ...depthwise, name: "depthwise_kernel" });
    const inner = multiplyDims(channels, depthMultiplier);
    const pointwise = this.#pointwise.kernel([...kernelSize.map(() => 1), inner, filters]);
    this.pointwiseKernel = this.addWeight({ ...pointwise, name: "pointwise_kernel" });
    this.addBias(filters);
    this.expectChannels(channels);
  }

  /** The depthwise convolution, then the one over the channels, the bias and the activation. */
  override call(x: Tensor): Tensor {
    const channels = this.depthwiseKernel.shape.at(-2) as number;
    const inputs = [x, this.depthwiseKernel, this.pointwiseKernel];
    return this.convolve(separableConvOperation, inputs, this.attributes(channels));
  }

  /** The shape of the result. */
  protected override resultShape(shape: Shape): Shape {
    return conv(shape, this);
  }

  /** The options from which an equal layer can be made. */
  override getConfig(): SeparableConfig {
    const { filters, depthMultiplier } = this;
    return {
      ...this.baseConfig(),
      filters,
      depthMultiplier,
      ...depthwiseConfig(this.settings),
      ...pointwiseConfig(this.#pointwise),
    };
  }
}
declareWeights(BaseSeparableConv, ["depthwiseKernel", "pointwiseKernel"]);

/** The options of {@linkcode SeparableConv1D}. */
export type SeparableConv1DOptions = SeparableLayerOptions<1>;

/**
 * A convolution of each channel by itself along one axis, such as time, then one that mixes the channels at each place:
 * `activation((x * depthwise_kernel) * pointwise_kernel + bias)`.
 *
 * Input: `[batch, steps, channels]`, or `[batch, channels, steps]` where `dataFormat` is `"channels_first"`. Output: the same with
 * `filters` channels. Weights: `depthwise_kernel` `[...kernelSize, channels, depthMultiplier]`, `pointwise_kernel`
 * `[...1, channels * depthMultiplier, filters]` and `bias` `[filters]`.
 *
 * @throws {ShapeError} When called with another number of channels than it was built for, or too small an input.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { SeparableConv1D, zeros } from "@strata/nn";
 *
 * const layer = new SeparableConv1D(6, 3, { depthMultiplier: 2 });
 * assertEquals(layer(zeros([8, 10, 4])).shape, [8, 8, 6]);
 * assertEquals(layer.weights.map(({ shape }) => shape), [[3, 4, 2], [1, 8, 6], [6]]);
 * ```
 */
export class SeparableConv1D<
  const F extends number = number,
  const K extends Sizes<1> = Sizes<1>,
  const O extends SeparableConv1DOptions = NoOptions,
  const I extends Dim = Dim,
> extends BaseSeparableConv<
  F,
  ConvSignature<3, ConvolutionOf<F, K, O>, 1, I, LayerName<O, "separable_conv1d">, ResultDType<O>>
> {
  /**
   * Makes the layer.
   *
   * @param filters The number of channels of the result, a positive integer.
   * @param kernelSize The size of the kernels of the first step.
   * @throws {RangeError} If an option has an unsupported value.
   */
  constructor(filters: F, kernelSize: K, options?: OptionsFor<O, SeparableConv1DOptions>) {
    super(1, filters, kernelSize, options);
  }

  /** Makes the kernels and the bias, and returns the layer typed with the number of channels that it now expects. */
  override build<const X extends Shape>(
    inputShape: X,
  ): SeparableConv1D<F, K, O, ChannelAt<X, O>> {
    return this.madeFor(inputShape);
  }

  /** Makes a layer from a configuration. */
  static override fromConfig(config: SeparableConfig): SeparableConv1D<number, Sizes<1>, SeparableConv1DOptions> {
    const { filters, kernelSize, ...options } = config;
    return new this<number, Sizes<1>, SeparableConv1DOptions>(
      filters,
      kernelSize as Sizes<1>,
      options as SeparableConv1DOptions,
    );
  }
}

/** The options of {@linkcode SeparableConv2D}. */
export type SeparableConv2DOptions = SeparableLayerOptions<2>;

/**
 * A convolution of each channel by itself over two axes, such as those of images, then one that mixes the channels at each place:
 * `activation((x * depthwise_kernel) * pointwise_kernel + bias)`.
 *
 * Input: `[batch, height, width, channels]`, or `[batch, channels, height, width]` where `dataFormat` is `"channels_first"`. Output: the same with
 * `filters` channels. Weights: `depthwise_kernel` `[...kernelSize, channels, depthMultiplier]`, `pointwise_kernel`
 * `[...1, channels * depthMultiplier, filters]` and `bias` `[filters]`.
 *
 * @throws {ShapeError} When called with another number of channels than it was built for, or too small an input.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { SeparableConv2D, zeros } from "@strata/nn";
 *
 * const layer = new SeparableConv2D(64, 3, { padding: "same" });
 * assertEquals(layer(zeros([2, 7, 7, 32])).shape, [2, 7, 7, 64]);
 * assertEquals(layer.weights.map(({ shape }) => shape), [[3, 3, 32, 1], [1, 1, 32, 64], [64]]);
 * ```
 */
export class SeparableConv2D<
  const F extends number = number,
  const K extends Sizes<2> = Sizes<2>,
  const O extends SeparableConv2DOptions = NoOptions,
  const I extends Dim = Dim,
> extends BaseSeparableConv<
  F,
  ConvSignature<4, ConvolutionOf<F, K, O>, 1, I, LayerName<O, "separable_conv2d">, ResultDType<O>>
> {
  /**
   * Makes the layer.
   *
   * @param filters The number of channels of the result, a positive integer.
   * @param kernelSize The size of the kernels of the first step, one number or one for each spatial axis.
   * @throws {RangeError} If an option has an unsupported value.
   */
  constructor(filters: F, kernelSize: K, options?: OptionsFor<O, SeparableConv2DOptions>) {
    super(2, filters, kernelSize, options);
  }

  /** Makes the kernels and the bias, and returns the layer typed with the number of channels that it now expects. */
  override build<const X extends Shape>(
    inputShape: X,
  ): SeparableConv2D<F, K, O, ChannelAt<X, O>> {
    return this.madeFor(inputShape);
  }

  /** Makes a layer from a configuration. */
  static override fromConfig(config: SeparableConfig): SeparableConv2D<number, Sizes<2>, SeparableConv2DOptions> {
    const { filters, kernelSize, ...options } = config;
    return new this<number, Sizes<2>, SeparableConv2DOptions>(
      filters,
      kernelSize as Sizes<2>,
      options as SeparableConv2DOptions,
    );
  }
}
