/**
 * Convolution layers.
 *
 * @module
 */
import { convOperation } from "../../ops/convolution/entries.ts";
import { conv, type DataFormat, type Padding, type Sizes } from "../../shape/conv.ts";
import type { Dim, Shape } from "../../shape/dim.ts";
import { InputRangeError, ShapeError } from "../../shape/error.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Variable } from "../../tensor/variable.ts";
import type { ConvConfig, ConvLayerOptions, Sizes1D, Sizes2D, Sizes3D, SpatialPadding } from "./conv_options.ts";
import {
  areUneven,
  type ChannelAt,
  type ConvolutionOf,
  type ConvSignature,
  type Or,
  unevenChannels,
} from "./conv_signature.ts";
import type { NameOr, Signature } from "../base/signature.ts";
import { refuseStridesWithDilation, Sliding } from "./sliding.ts";
import { positiveInteger } from "../base/validate.ts";
import { declareWeights } from "../base/weight_fields.ts";

/** @internal */
type AnyOptions = ConvLayerOptions<
  Sizes | undefined,
  Padding | undefined,
  Sizes | undefined,
  DataFormat | undefined,
  number | undefined
>;

/** A convolution over any number of spatial axes. */
export abstract class BaseConv<F extends number = number, S extends Signature = Signature> extends Sliding<S> {
  /** The weight `[...kernelSize, channels / groups, filters]`; there once the layer is built. */
  declare kernel: Variable;
  /** The number of channels of the result. */
  readonly filters: F;
  /** In how many groups the channels are convolved apart. */
  readonly groups: number;

  /**
   * Makes the layer.
   *
   * @throws {RangeError} If an option is none that there is, or the options contradict each other.
   */
  constructor(
    count: number,
    filters: F,
    kernelSize: Sizes,
    options: AnyOptions,
    paddings: readonly [Padding, ...Padding[]] = ["valid", "same"],
  ) {
    super(count, kernelSize, options, paddings);
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
  protected makeWeights(shape: Shape): void {
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
  protected override slide(shape: Shape): Shape {
    const channels = this.channelsOf(shape);
    if (areUneven(channels, this.groups)) throw new ShapeError(unevenChannels(shape, channels, this.groups));
    return conv(shape, this);
  }

  /** The options from which an equal layer can be made. */
  override getConfig(): ConvConfig {
    const { filters, groups } = this;
    return { ...this.slidingConfig(), filters, groups, ...this.settings.getConfig() };
  }
}
declareWeights(BaseConv, ["kernel"]);

/** The options of {@linkcode Conv1D}. */
export type Conv1DOptions<
  S extends Sizes1D | undefined = Sizes1D,
  P extends Padding | undefined = Padding,
  L extends Sizes1D | undefined = Sizes1D,
  Format extends DataFormat | undefined = DataFormat,
  G extends number | undefined = number,
  Name extends string = string,
  D extends DType = DType,
> = ConvLayerOptions<S, P, L, Format, G, Name, D>;

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
  const K extends Sizes1D = Sizes1D,
  const S extends Sizes1D | undefined = Sizes1D | undefined,
  const P extends Padding | undefined = Padding | undefined,
  const L extends Sizes1D | undefined = Sizes1D | undefined,
  const Format extends DataFormat | undefined = DataFormat | undefined,
  const G extends number | undefined = number | undefined,
  const I extends Dim = Dim,
  const Name extends string = string,
  const D extends DType = "float32",
> extends BaseConv<
  F,
  ConvSignature<3, ConvolutionOf<F, K, S, P, L, Format>, Or<G, 1>, I, NameOr<Name, "conv1d">, D>
> {
  /**
   * Makes the layer.
   *
   * @param filters The number of channels of the result, a positive integer.
   * @param kernelSize The size of the kernel.
   * @throws {RangeError} If an option is none that there is, or the options contradict each other.
   */
  constructor(filters: F, kernelSize: K, options: Conv1DOptions<S, P, L, Format, G, Name, D> = {}) {
    super(1, filters, kernelSize, options, ["valid", "same", "causal"]);
  }

  /** Makes the kernel and the bias, and returns the layer typed with the number of channels that it now expects. */
  override build<const X extends Shape>(
    inputShape: X,
  ): Conv1D<F, K, S, P, L, Format, G, ChannelAt<X, Format>, Name, D> {
    this.makeWeights(inputShape);
    return this as never;
  }

  /** Makes a layer from a configuration. */
  static override fromConfig(config: ConvConfig): Conv1D {
    const { filters, kernelSize, ...options } = config;
    return new Conv1D<number, Sizes1D>(filters, kernelSize as Sizes1D, options as never);
  }
}

/** The options of {@linkcode Conv2D}. */
export type Conv2DOptions<
  S extends Sizes2D | undefined = Sizes2D,
  P extends SpatialPadding | undefined = SpatialPadding,
  L extends Sizes2D | undefined = Sizes2D,
  Format extends DataFormat | undefined = DataFormat,
  G extends number | undefined = number,
  Name extends string = string,
  D extends DType = DType,
> = ConvLayerOptions<S, P, L, Format, G, Name, D>;

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
  const K extends Sizes2D = Sizes2D,
  const S extends Sizes2D | undefined = Sizes2D | undefined,
  const P extends SpatialPadding | undefined = SpatialPadding | undefined,
  const L extends Sizes2D | undefined = Sizes2D | undefined,
  const Format extends DataFormat | undefined = DataFormat | undefined,
  const G extends number | undefined = number | undefined,
  const I extends Dim = Dim,
  const Name extends string = string,
  const D extends DType = "float32",
> extends BaseConv<
  F,
  ConvSignature<4, ConvolutionOf<F, K, S, P, L, Format>, Or<G, 1>, I, NameOr<Name, "conv2d">, D>
> {
  /**
   * Makes the layer.
   *
   * @param filters The number of channels of the result, a positive integer.
   * @param kernelSize The size of the kernel, one number or one for each spatial axis.
   * @throws {RangeError} If an option is none that there is, or the options contradict each other.
   */
  constructor(filters: F, kernelSize: K, options: Conv2DOptions<S, P, L, Format, G, Name, D> = {}) {
    super(2, filters, kernelSize, options);
  }

  /** Makes the kernel and the bias, and returns the layer typed with the number of channels that it now expects. */
  override build<const X extends Shape>(
    inputShape: X,
  ): Conv2D<F, K, S, P, L, Format, G, ChannelAt<X, Format>, Name, D> {
    this.makeWeights(inputShape);
    return this as never;
  }

  /** Makes a layer from a configuration. */
  static override fromConfig(config: ConvConfig): Conv2D {
    const { filters, kernelSize, ...options } = config;
    return new Conv2D<number, Sizes2D>(filters, kernelSize as Sizes2D, options as never);
  }
}

/** The options of {@linkcode Conv3D}. */
export type Conv3DOptions<
  S extends Sizes3D | undefined = Sizes3D,
  P extends SpatialPadding | undefined = SpatialPadding,
  L extends Sizes3D | undefined = Sizes3D,
  Format extends DataFormat | undefined = DataFormat,
  G extends number | undefined = number,
  Name extends string = string,
  D extends DType = DType,
> = ConvLayerOptions<S, P, L, Format, G, Name, D>;

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
  const K extends Sizes3D = Sizes3D,
  const S extends Sizes3D | undefined = Sizes3D | undefined,
  const P extends SpatialPadding | undefined = SpatialPadding | undefined,
  const L extends Sizes3D | undefined = Sizes3D | undefined,
  const Format extends DataFormat | undefined = DataFormat | undefined,
  const G extends number | undefined = number | undefined,
  const I extends Dim = Dim,
  const Name extends string = string,
  const D extends DType = "float32",
> extends BaseConv<
  F,
  ConvSignature<5, ConvolutionOf<F, K, S, P, L, Format>, Or<G, 1>, I, NameOr<Name, "conv3d">, D>
> {
  /**
   * Makes the layer.
   *
   * @param filters The number of channels of the result, a positive integer.
   * @param kernelSize The size of the kernel, one number or one for each spatial axis.
   * @throws {RangeError} If an option is none that there is, or the options contradict each other.
   */
  constructor(filters: F, kernelSize: K, options: Conv3DOptions<S, P, L, Format, G, Name, D> = {}) {
    super(3, filters, kernelSize, options);
  }

  /** Makes the kernel and the bias, and returns the layer typed with the number of channels that it now expects. */
  override build<const X extends Shape>(
    inputShape: X,
  ): Conv3D<F, K, S, P, L, Format, G, ChannelAt<X, Format>, Name, D> {
    this.makeWeights(inputShape);
    return this as never;
  }

  /** Makes a layer from a configuration. */
  static override fromConfig(config: ConvConfig): Conv3D {
    const { filters, kernelSize, ...options } = config;
    return new Conv3D<number, Sizes3D>(filters, kernelSize as Sizes3D, options as never);
  }
}
