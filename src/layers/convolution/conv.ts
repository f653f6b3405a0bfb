/**
 * Convolution layers.
 *
 * @module
 */
import { convOperation } from "../../ops/convolution/entries.ts";
import type { KindOf, NoOptions } from "../../ops/options.ts";
import { conv } from "../../shape/conv.ts";
import type { Dim, Shape } from "../../shape/dim.ts";
import type { Padding, PerAxis, Sizes, SpatialRank } from "../../shape/spatial.ts";
import { InputRangeError, ShapeError } from "../../shape/error.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Variable } from "../../tensor/variable.ts";
import type { ConvConfig, ConvLayerOptions } from "./conv_options.ts";
import { areUneven, type ChannelAt, type ConvolutionOf, type ConvSignature, unevenChannels } from "./conv_signature.ts";
import type { LayerName, OptionsFor, ResultDType } from "../base/option_types.ts";
import type { Signature } from "../base/signature.ts";
import { BaseConvLayer, refuseStridesWithDilation } from "./base_conv_layer.ts";
import { positiveInteger } from "../base/validate.ts";
import { declareWeights } from "../base/weight_fields.ts";

/** A convolution over any number of spatial axes. */
export abstract class BaseConv<F extends number = number, S extends Signature = Signature> extends BaseConvLayer<S> {
  /** The weight `[...kernelSize, channels / groups, filters]`; there once the layer is built. */
  declare kernel: Variable;
  /** The number of channels of the result. */
  readonly filters: F;
  /** In how many groups the channels are convolved apart. */
  readonly groups: number;

  /**
   * Makes the layer.
   *
   * @throws {RangeError} If an option has an unsupported value, or the options contradict each other.
   */
  constructor(
    spatialRank: SpatialRank,
    filters: F,
    kernelSize: PerAxis,
    options: ConvLayerOptions<SpatialRank, Padding> = {},
    paddings?: readonly [Padding, ...Padding[]],
  ) {
    super(spatialRank, kernelSize, options, paddings);
    const { name } = this;
    this.filters = positiveInteger(filters, "filters", name);
    this.groups = positiveInteger(options.groups ?? 1, "groups", name);
    if (filters % this.groups !== 0) {
      throw new InputRangeError(
        `Cannot make layer ${name}: the number of filters must be evenly divisible by the number of groups, received ` +
          `groups=${this.groups} and filters=${filters}`,
      );
    }
    refuseStridesWithDilation(this);
  }

  /** Makes the kernel and the bias. */
  protected override makeWeights(shape: Shape): void {
    const channels = this.channelsOf(shape);
    const own = typeof channels === "number" ? channels / this.groups : channels;
    this.kernel = this.addWeight(this.settings.kernel([...this.kernelSize, own, this.filters]));
    this.addBias(this.filters);
    this.expectChannels(channels);
  }

  /** `activation(x * kernel + bias)`, where `*` is the convolution. */
  override call(x: Tensor): Tensor {
    return this.convolve(convOperation, [x, this.kernel], this.attributes(this.groups));
  }

  /** The shape of the result. */
  protected override resultShape(shape: Shape): Shape {
    const channels = this.channelsOf(shape);
    if (areUneven(channels, this.groups)) throw new ShapeError(unevenChannels(shape, channels, this.groups));
    return conv(shape, this);
  }

  /** The options from which an equal layer can be made. */
  override getConfig(): ConvConfig {
    const { filters, groups } = this;
    return { ...this.baseConfig(), filters, groups, ...this.settings.getConfig() };
  }
}
declareWeights(BaseConv, ["kernel"]);

/** The options of {@linkcode Conv1D}. */
export type Conv1DOptions = ConvLayerOptions<1, Padding>;

/**
 * A convolution along one axis, such as time: `activation(x * kernel + bias)`, where `*` is the convolution.
 *
 * Input: `[batch, steps, channels]`, or `[batch, channels, steps]` where `dataFormat` is `"channels_first"`. Output: the same with
 * `filters` channels. Weights: `kernel` `[...kernelSize, channels / groups, filters]` and `bias` `[filters]`.
 *
 * @throws {ShapeError} When called with another number of channels than it was built for, or too small an input.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Conv1D, zeros } from "@strata/nn";
 *
 * const layer = new Conv1D(2, 3, { padding: "causal" });
 * assertEquals(layer(zeros([8, 10, 4])).shape, [8, 10, 2]);
 * assertEquals(layer.kernel.shape, [3, 4, 2]);
 * ```
 */
export class Conv1D<
  const F extends number = number,
  const K extends Sizes<1> = Sizes<1>,
  const O extends Conv1DOptions = NoOptions,
  const I extends Dim = Dim,
> extends BaseConv<
  F,
  ConvSignature<3, ConvolutionOf<F, K, O>, KindOf<O, "groups", number, 1>, I, LayerName<O, "conv1d">, ResultDType<O>>
> {
  /**
   * Makes the layer.
   *
   * @param filters The number of channels of the result, a positive integer.
   * @param kernelSize The size of the kernel.
   * @throws {RangeError} If an option has an unsupported value, or the options contradict each other.
   */
  constructor(filters: F, kernelSize: K, options?: OptionsFor<O, Conv1DOptions>) {
    super(1, filters, kernelSize, options, ["valid", "same", "causal"]);
  }

  /** Makes the kernel and the bias, and returns the layer typed with the number of channels that it now expects. */
  override build<const X extends Shape>(
    inputShape: X,
  ): Conv1D<F, K, O, ChannelAt<X, O>> {
    return this.madeFor(inputShape);
  }

  /** Makes a layer from a configuration. */
  static override fromConfig(config: ConvConfig): Conv1D<number, Sizes<1>, Conv1DOptions> {
    const { filters, kernelSize, ...options } = config;
    return new this<number, Sizes<1>, Conv1DOptions>(filters, kernelSize as Sizes<1>, options as Conv1DOptions);
  }
}

/** The options of {@linkcode Conv2D}. */
export type Conv2DOptions = ConvLayerOptions<2>;

/**
 * A convolution over two axes, such as those of images: `activation(x * kernel + bias)`, where `*` is the convolution.
 *
 * Input: `[batch, height, width, channels]`, or `[batch, channels, height, width]` where `dataFormat` is `"channels_first"`. Output: the same with
 * `filters` channels. Weights: `kernel` `[...kernelSize, channels / groups, filters]` and `bias` `[filters]`.
 *
 * @throws {ShapeError} When called with another number of channels than it was built for, or too small an input.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Conv2D, zeros } from "@strata/nn";
 *
 * const layer = new Conv2D(32, 3, { strides: 2, activation: "relu" });
 * assertEquals(layer(zeros([8, 28, 28, 1])).shape, [8, 13, 13, 32]);
 * assertEquals(layer.kernel.shape, [3, 3, 1, 32]);
 * ```
 */
export class Conv2D<
  const F extends number = number,
  const K extends Sizes<2> = Sizes<2>,
  const O extends Conv2DOptions = NoOptions,
  const I extends Dim = Dim,
> extends BaseConv<
  F,
  ConvSignature<4, ConvolutionOf<F, K, O>, KindOf<O, "groups", number, 1>, I, LayerName<O, "conv2d">, ResultDType<O>>
> {
  /**
   * Makes the layer.
   *
   * @param filters The number of channels of the result, a positive integer.
   * @param kernelSize The size of the kernel, one number or one for each spatial axis.
   * @throws {RangeError} If an option has an unsupported value, or the options contradict each other.
   */
  constructor(filters: F, kernelSize: K, options?: OptionsFor<O, Conv2DOptions>) {
    super(2, filters, kernelSize, options);
  }

  /** Makes the kernel and the bias, and returns the layer typed with the number of channels that it now expects. */
  override build<const X extends Shape>(
    inputShape: X,
  ): Conv2D<F, K, O, ChannelAt<X, O>> {
    return this.madeFor(inputShape);
  }

  /** Makes a layer from a configuration. */
  static override fromConfig(config: ConvConfig): Conv2D<number, Sizes<2>, Conv2DOptions> {
    const { filters, kernelSize, ...options } = config;
    return new this<number, Sizes<2>, Conv2DOptions>(filters, kernelSize as Sizes<2>, options as Conv2DOptions);
  }
}

/** The options of {@linkcode Conv3D}. */
export type Conv3DOptions = ConvLayerOptions<3>;

/**
 * A convolution over three axes, such as those of volumes: `activation(x * kernel + bias)`, where `*` is the convolution.
 *
 * Input: `[batch, depth, height, width, channels]`, or `[batch, channels, depth, height, width]` where `dataFormat` is `"channels_first"`. Output: the same with
 * `filters` channels. Weights: `kernel` `[...kernelSize, channels / groups, filters]` and `bias` `[filters]`.
 *
 * @throws {ShapeError} When called with another number of channels than it was built for, or too small an input.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Conv3D, zeros } from "@strata/nn";
 *
 * const layer = new Conv3D(4, [1, 3, 3], { padding: "same" });
 * assertEquals(layer(zeros([2, 5, 8, 8, 3])).shape, [2, 5, 8, 8, 4]);
 * assertEquals(layer.kernel.shape, [1, 3, 3, 3, 4]);
 * ```
 */
export class Conv3D<
  const F extends number = number,
  const K extends Sizes<3> = Sizes<3>,
  const O extends Conv3DOptions = NoOptions,
  const I extends Dim = Dim,
> extends BaseConv<
  F,
  ConvSignature<5, ConvolutionOf<F, K, O>, KindOf<O, "groups", number, 1>, I, LayerName<O, "conv3d">, ResultDType<O>>
> {
  /**
   * Makes the layer.
   *
   * @param filters The number of channels of the result, a positive integer.
   * @param kernelSize The size of the kernel, one number or one for each spatial axis.
   * @throws {RangeError} If an option has an unsupported value, or the options contradict each other.
   */
  constructor(filters: F, kernelSize: K, options?: OptionsFor<O, Conv3DOptions>) {
    super(3, filters, kernelSize, options);
  }

  /** Makes the kernel and the bias, and returns the layer typed with the number of channels that it now expects. */
  override build<const X extends Shape>(
    inputShape: X,
  ): Conv3D<F, K, O, ChannelAt<X, O>> {
    return this.madeFor(inputShape);
  }

  /** Makes a layer from a configuration. */
  static override fromConfig(config: ConvConfig): Conv3D<number, Sizes<3>, Conv3DOptions> {
    const { filters, kernelSize, ...options } = config;
    return new this<number, Sizes<3>, Conv3DOptions>(filters, kernelSize as Sizes<3>, options as Conv3DOptions);
  }
}
