/**
 * Depthwise convolution layers.
 *
 * @module
 */
import { depthwiseConvOperation } from "../../ops/convolution/entries.ts";
import { multiplyDims } from "../../shape/arithmetic.ts";
import { type DataFormat, type Sizes, slide } from "../../shape/conv.ts";
import type { Dim, Shape } from "../../shape/dim.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Variable } from "../../tensor/variable.ts";
import type { Sizes1D, Sizes2D, SpatialPadding } from "./conv_options.ts";
import {
  type DepthwiseConfig,
  depthwiseConfig,
  type DepthwiseLayerOptions,
  fromDepthwise,
} from "./depthwise_options.ts";
import type { ChannelAt, DepthwiseConvSignature, Or, WindowOf } from "./conv_signature.ts";
import type { NameOr, Signature } from "../base/signature.ts";
import { Sliding } from "./sliding.ts";
import { positiveInteger } from "../base/validate.ts";
import { declareWeights } from "../base/weight_fields.ts";

/** @internal */
type AnyOptions = DepthwiseLayerOptions<
  Sizes | undefined,
  SpatialPadding | undefined,
  Sizes | undefined,
  DataFormat | undefined,
  number | undefined
>;

/** A depthwise convolution over any number of spatial axes. */
export abstract class BaseDepthwiseConv<S extends Signature = Signature> extends Sliding<S> {
  /** The weight `[...kernelSize, channels, depthMultiplier]`; there once the layer is built. */
  declare kernel: Variable;
  /** How many kernels each channel has. */
  readonly depthMultiplier: number;

  /**
   * Makes the layer.
   *
   * @throws {RangeError} If an option is none that there is.
   */
  constructor(count: number, kernelSize: Sizes, options: AnyOptions) {
    super(count, kernelSize, fromDepthwise(new.target, options), ["valid", "same"]);
    this.depthMultiplier = positiveInteger(options.depthMultiplier ?? 1, "depthMultiplier", this.name);
  }

  /** Makes the kernel and the bias. */
  protected makeWeights(shape: Shape): void {
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
  protected override slide(shape: Shape): Shape {
    return slide(shape, this, multiplyDims(this.channelsOf(shape), this.depthMultiplier));
  }

  /** The options from which an equal layer can be made. */
  override getConfig(): DepthwiseConfig {
    const { depthMultiplier } = this;
    return { ...this.slidingConfig(), depthMultiplier, ...depthwiseConfig(this.settings) };
  }
}
declareWeights(BaseDepthwiseConv, ["kernel"]);

/** The options of {@linkcode DepthwiseConv1D}. */
export type DepthwiseConv1DOptions<
  S extends Sizes1D | undefined = Sizes1D,
  P extends SpatialPadding | undefined = SpatialPadding,
  L extends Sizes1D | undefined = Sizes1D,
  Format extends DataFormat | undefined = DataFormat,
  M extends number | undefined = number,
  Name extends string = string,
  D extends DType = DType,
> = DepthwiseLayerOptions<S, P, L, Format, M, Name, D>;

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
  const K extends Sizes1D = Sizes1D,
  const S extends Sizes1D | undefined = Sizes1D | undefined,
  const P extends SpatialPadding | undefined = SpatialPadding | undefined,
  const L extends Sizes1D | undefined = Sizes1D | undefined,
  const Format extends DataFormat | undefined = DataFormat | undefined,
  const M extends number | undefined = number | undefined,
  const I extends Dim = Dim,
  const Name extends string = string,
  const D extends DType = "float32",
> extends BaseDepthwiseConv<
  DepthwiseConvSignature<3, WindowOf<K, S, P, L, Format>, Or<M, 1>, I, NameOr<Name, "depthwise_conv1d">, D>
> {
  /**
   * Makes the layer.
   *
   * @param kernelSize The size of the kernels.
   * @throws {RangeError} If an option is none that there is.
   */
  constructor(kernelSize: K, options: DepthwiseConv1DOptions<S, P, L, Format, M, Name, D> = {}) {
    super(1, kernelSize, options);
  }

  /** Makes the kernel and the bias, and returns the layer typed with the number of channels that it now expects. */
  override build<const X extends Shape>(
    inputShape: X,
  ): DepthwiseConv1D<K, S, P, L, Format, M, ChannelAt<X, Format>, Name, D> {
    this.makeWeights(inputShape);
    return this as never;
  }

  /** Makes a layer from a configuration. */
  static override fromConfig(config: DepthwiseConfig): DepthwiseConv1D {
    const { kernelSize, ...options } = config;
    return new DepthwiseConv1D<Sizes1D>(kernelSize as Sizes1D, options as never);
  }
}

/** The options of {@linkcode DepthwiseConv2D}. */
export type DepthwiseConv2DOptions<
  S extends Sizes2D | undefined = Sizes2D,
  P extends SpatialPadding | undefined = SpatialPadding,
  L extends Sizes2D | undefined = Sizes2D,
  Format extends DataFormat | undefined = DataFormat,
  M extends number | undefined = number,
  Name extends string = string,
  D extends DType = DType,
> = DepthwiseLayerOptions<S, P, L, Format, M, Name, D>;

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
  const K extends Sizes2D = Sizes2D,
  const S extends Sizes2D | undefined = Sizes2D | undefined,
  const P extends SpatialPadding | undefined = SpatialPadding | undefined,
  const L extends Sizes2D | undefined = Sizes2D | undefined,
  const Format extends DataFormat | undefined = DataFormat | undefined,
  const M extends number | undefined = number | undefined,
  const I extends Dim = Dim,
  const Name extends string = string,
  const D extends DType = "float32",
> extends BaseDepthwiseConv<
  DepthwiseConvSignature<4, WindowOf<K, S, P, L, Format>, Or<M, 1>, I, NameOr<Name, "depthwise_conv2d">, D>
> {
  /**
   * Makes the layer.
   *
   * @param kernelSize The size of the kernels, one number or one for each spatial axis.
   * @throws {RangeError} If an option is none that there is.
   */
  constructor(kernelSize: K, options: DepthwiseConv2DOptions<S, P, L, Format, M, Name, D> = {}) {
    super(2, kernelSize, options);
  }

  /** Makes the kernel and the bias, and returns the layer typed with the number of channels that it now expects. */
  override build<const X extends Shape>(
    inputShape: X,
  ): DepthwiseConv2D<K, S, P, L, Format, M, ChannelAt<X, Format>, Name, D> {
    this.makeWeights(inputShape);
    return this as never;
  }

  /** Makes a layer from a configuration. */
  static override fromConfig(config: DepthwiseConfig): DepthwiseConv2D {
    const { kernelSize, ...options } = config;
    return new DepthwiseConv2D<Sizes2D>(kernelSize as Sizes2D, options as never);
  }
}
