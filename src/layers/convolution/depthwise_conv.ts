/**
 * Depthwise convolution layers.
 *
 * @module
 */
import { depthwiseConvOperation } from "../../ops/convolution/entries.ts";
import { multiplyDims } from "../../shape/arithmetic.ts";
import type { KindOf, NoOptions } from "../../ops/options.ts";
import { slide } from "../../shape/conv.ts";
import type { Dim, Shape } from "../../shape/dim.ts";
import type { PerAxis, Sizes, SpatialRank } from "../../shape/spatial.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Variable } from "../../tensor/variable.ts";
import {
  type DepthwiseConfig,
  depthwiseConfig,
  type DepthwiseLayerOptions,
  fromDepthwise,
} from "./depthwise_options.ts";
import type { ChannelAt, DepthwiseConvSignature, WindowOf } from "./conv_signature.ts";
import type { LayerName, OptionsFor, ResultDType } from "../base/option_types.ts";
import type { Signature } from "../base/signature.ts";
import { BaseConvLayer } from "./base_conv_layer.ts";
import { positiveInteger } from "../base/validate.ts";
import { declareWeights } from "../base/weight_fields.ts";

/** A depthwise convolution over any number of spatial axes. */
export abstract class BaseDepthwiseConv<S extends Signature = Signature> extends BaseConvLayer<S> {
  /** The weight `[...kernelSize, channels, depthMultiplier]`; there once the layer is built. */
  declare kernel: Variable;
  /** The number of kernels that each channel has. */
  readonly depthMultiplier: number;

  /**
   * Makes the layer.
   *
   * @throws {RangeError} If an option has an unsupported value.
   */
  constructor(spatialRank: SpatialRank, kernelSize: PerAxis, options: DepthwiseLayerOptions = {}) {
    super(spatialRank, kernelSize, fromDepthwise(new.target, options));
    this.depthMultiplier = positiveInteger(options.depthMultiplier ?? 1, "depthMultiplier", this.name);
  }

  /** Makes the kernel and the bias. */
  protected override makeWeights(shape: Shape): void {
    const channels = this.channelsOf(shape);
    this.kernel = this.addWeight(this.settings.kernel([...this.kernelSize, channels, this.depthMultiplier]));
    this.addBias(multiplyDims(channels, this.depthMultiplier));
    this.expectChannels(channels);
  }

  /** `activation(x * kernel + bias)`, where `*` is the convolution of each channel by itself. */
  override call(x: Tensor): Tensor {
    const channels = this.kernel.shape.at(-2) as number;
    return this.convolve(depthwiseConvOperation, [x, this.kernel], this.attributes(channels));
  }

  /** The shape of the result. */
  protected override resultShape(shape: Shape): Shape {
    return slide(shape, this, multiplyDims(this.channelsOf(shape), this.depthMultiplier));
  }

  /** The options from which an equal layer can be made. */
  override getConfig(): DepthwiseConfig {
    const { depthMultiplier } = this;
    return { ...this.baseConfig(), depthMultiplier, ...depthwiseConfig(this.settings) };
  }
}
declareWeights(BaseDepthwiseConv, ["kernel"]);

/** The options of {@linkcode DepthwiseConv1D}. */
export type DepthwiseConv1DOptions = DepthwiseLayerOptions<1>;

/**
 * A convolution of each channel by itself along one axis, such as time: `activation(x * kernel + bias)`.
 *
 * Input: `[batch, steps, channels]`, or `[batch, channels, steps]` where `dataFormat` is `"channels_first"`. Output: the same with
 * `depthMultiplier` channels for each. Weights: `kernel` `[...kernelSize, channels, depthMultiplier]` and `bias`
 * `[channels * depthMultiplier]`.
 *
 * @throws {ShapeError} When called with another number of channels than it was built for, or too small an input.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { DepthwiseConv1D, zeros } from "@strata/nn";
 *
 * const layer = new DepthwiseConv1D(3, { depthMultiplier: 2 });
 * assertEquals(layer(zeros([8, 10, 4])).shape, [8, 8, 8]);
 * assertEquals(layer.kernel.shape, [3, 4, 2]);
 * ```
 */
export class DepthwiseConv1D<
  const K extends Sizes<1> = Sizes<1>,
  const O extends DepthwiseConv1DOptions = NoOptions,
  const I extends Dim = Dim,
> extends BaseDepthwiseConv<
  DepthwiseConvSignature<
    3,
    WindowOf<K, O>,
    KindOf<O, "depthMultiplier", number, 1>,
    I,
    LayerName<O, "depthwise_conv1d">,
    ResultDType<O>
  >
> {
  /**
   * Makes the layer.
   *
   * @param kernelSize The size of the kernels.
   * @throws {RangeError} If an option has an unsupported value.
   */
  constructor(kernelSize: K, options?: OptionsFor<O, DepthwiseConv1DOptions>) {
    super(1, kernelSize, options);
  }

  /** Makes the kernel and the bias, and returns the layer typed with the number of channels that it now expects. */
  override build<const X extends Shape>(
    inputShape: X,
  ): DepthwiseConv1D<K, O, ChannelAt<X, O>> {
    return this.madeFor(inputShape);
  }

  /** Makes a layer from a configuration. */
  static override fromConfig(config: DepthwiseConfig): DepthwiseConv1D<Sizes<1>, DepthwiseConv1DOptions> {
    const { kernelSize, ...options } = config;
    return new this<Sizes<1>, DepthwiseConv1DOptions>(kernelSize as Sizes<1>, options as DepthwiseConv1DOptions);
  }
}

/** The options of {@linkcode DepthwiseConv2D}. */
export type DepthwiseConv2DOptions = DepthwiseLayerOptions<2>;

/**
 * A convolution of each channel by itself over two axes, such as those of images: `activation(x * kernel + bias)`.
 *
 * Input: `[batch, height, width, channels]`, or `[batch, channels, height, width]` where `dataFormat` is `"channels_first"`. Output: the same with
 * `depthMultiplier` channels for each. Weights: `kernel` `[...kernelSize, channels, depthMultiplier]` and `bias`
 * `[channels * depthMultiplier]`.
 *
 * @throws {ShapeError} When called with another number of channels than it was built for, or too small an input.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { DepthwiseConv2D, zeros } from "@strata/nn";
 *
 * const layer = new DepthwiseConv2D(3, { strides: 2, padding: "same" });
 * assertEquals(layer(zeros([2, 7, 7, 32])).shape, [2, 4, 4, 32]);
 * assertEquals(layer.kernel.shape, [3, 3, 32, 1]);
 * ```
 */
export class DepthwiseConv2D<
  const K extends Sizes<2> = Sizes<2>,
  const O extends DepthwiseConv2DOptions = NoOptions,
  const I extends Dim = Dim,
> extends BaseDepthwiseConv<
  DepthwiseConvSignature<
    4,
    WindowOf<K, O>,
    KindOf<O, "depthMultiplier", number, 1>,
    I,
    LayerName<O, "depthwise_conv2d">,
    ResultDType<O>
  >
> {
  /**
   * Makes the layer.
   *
   * @param kernelSize The size of the kernels, one number or one for each spatial axis.
   * @throws {RangeError} If an option has an unsupported value.
   */
  constructor(kernelSize: K, options?: OptionsFor<O, DepthwiseConv2DOptions>) {
    super(2, kernelSize, options);
  }

  /** Makes the kernel and the bias, and returns the layer typed with the number of channels that it now expects. */
  override build<const X extends Shape>(
    inputShape: X,
  ): DepthwiseConv2D<K, O, ChannelAt<X, O>> {
    return this.madeFor(inputShape);
  }

  /** Makes a layer from a configuration. */
  static override fromConfig(config: DepthwiseConfig): DepthwiseConv2D<Sizes<2>, DepthwiseConv2DOptions> {
    const { kernelSize, ...options } = config;
    return new this<Sizes<2>, DepthwiseConv2DOptions>(kernelSize as Sizes<2>, options as DepthwiseConv2DOptions);
  }
}
