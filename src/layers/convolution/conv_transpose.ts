/**
 * Transposed convolution layers.
 *
 * @module
 */
import { convTransposeOperation } from "../../ops/convolution/entries.ts";
import type { NoOptions } from "../../ops/options.ts";
import { convTranspose } from "../../shape/conv_transpose.ts";
import type { Dim, Shape } from "../../shape/dim.ts";
import type { PerAxis, Sizes, SpatialRank } from "../../shape/spatial.ts";
import { InputRangeError } from "../../shape/error.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Variable } from "../../tensor/variable.ts";
import type { ConvTransposeConfig, ConvTransposeLayerOptions } from "./conv_options.ts";
import type { ChannelAt, ConvTransposeSignature, TransposedOf } from "./conv_signature.ts";
import type { LayerName, OptionsFor, ResultDType } from "../base/option_types.ts";
import type { Signature } from "../base/signature.ts";
import { BaseConvLayer, refuseStridesWithDilation } from "./base_conv_layer.ts";
import { positiveInteger } from "../base/validate.ts";
import { declareWeights } from "../base/weight_fields.ts";

/** A transposed convolution over any number of spatial axes. */
export abstract class BaseConvTranspose<F extends number = number, S extends Signature = Signature>
  extends BaseConvLayer<S> {
  /** The weight `[...kernelSize, filters, channels]`; there once the layer is built. */
  declare kernel: Variable;
  /** The number of channels of the result. */
  readonly filters: F;
  /** The number of values added at the end of each spatial axis, or `null` where the size follows from the strides alone. */
  readonly outputPadding: readonly number[] | null;

  /**
   * Makes the layer.
   *
   * @throws {RangeError} If an option has an unsupported value, or the options contradict each other.
   */
  constructor(spatialRank: SpatialRank, filters: F, kernelSize: PerAxis, options: ConvTransposeLayerOptions = {}) {
    super(spatialRank, kernelSize, options);
    const { name, strides } = this;
    this.filters = positiveInteger(filters, "filters", name);
    const { outputPadding = null } = options;
    const extra = outputPadding === null ? null : this.sizes(outputPadding, "outputPadding", 0);
    if (extra?.some((size, axis) => size >= strides[axis]!)) {
      throw new InputRangeError(
        `Cannot make layer ${name}: outputPadding must be strictly less than strides on all axes, received ` +
          `outputPadding=[${extra.join(", ")}] and strides=[${strides.join(", ")}]`,
      );
    }
    this.outputPadding = extra;
    refuseStridesWithDilation(this);
  }

  /** Makes the kernel and the bias. */
  protected override makeWeights(shape: Shape): void {
    const channels = this.channelsOf(shape);
    this.kernel = this.addWeight(this.settings.kernel([...this.kernelSize, this.filters, channels]));
    this.addBias(this.filters);
    this.expectChannels(channels);
  }

  /** `activation(x * kernel + bias)`, where `*` is the transposed convolution. */
  override call(x: Tensor): Tensor {
    const { outputPadding } = this;
    return this.convolve(convTransposeOperation, [x, this.kernel], { ...this.attributes(1), outputPadding });
  }

  /** The shape of the result. */
  protected override resultShape(shape: Shape): Shape {
    return convTranspose(shape, this);
  }

  /** The options from which an equal layer can be made. */
  override getConfig(): ConvTransposeConfig {
    const { filters, outputPadding } = this;
    return { ...this.baseConfig(), filters, outputPadding, ...this.settings.getConfig() };
  }
}
declareWeights(BaseConvTranspose, ["kernel"]);

/** The options of {@linkcode Conv1DTranspose}. */
export type Conv1DTransposeOptions = ConvTransposeLayerOptions<1>;

/**
 * A transposed convolution along one axis, such as time: each value is spread over the places that a convolution would
 * have taken, `activation(x * kernel + bias)`.
 *
 * Input: `[batch, steps, channels]`, or `[batch, channels, steps]` where `dataFormat` is `"channels_first"`. Output: the same with
 * `filters` channels. Weights: `kernel` `[...kernelSize, filters, channels]` and `bias` `[filters]`.
 *
 * @throws {ShapeError} When called with another number of channels than it was built for.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Conv1DTranspose, zeros } from "@strata/nn";
 *
 * const layer = new Conv1DTranspose(2, 3, { strides: 2 });
 * assertEquals(layer(zeros([8, 10, 4])).shape, [8, 21, 2]);
 * assertEquals(layer.kernel.shape, [3, 2, 4]);
 * ```
 */
export class Conv1DTranspose<
  const F extends number = number,
  const K extends Sizes<1> = Sizes<1>,
  const O extends Conv1DTransposeOptions = NoOptions,
  const I extends Dim = Dim,
> extends BaseConvTranspose<
  F,
  ConvTransposeSignature<3, TransposedOf<F, K, O>, I, LayerName<O, "conv1d_transpose">, ResultDType<O>>
> {
  /**
   * Makes the layer.
   *
   * @param filters The number of channels of the result, a positive integer.
   * @param kernelSize The size of the kernel.
   * @throws {RangeError} If an option has an unsupported value, or the options contradict each other.
   */
  constructor(filters: F, kernelSize: K, options?: OptionsFor<O, Conv1DTransposeOptions>) {
    super(1, filters, kernelSize, options);
  }

  /** Makes the kernel and the bias, and returns the layer typed with the number of channels that it now expects. */
  override build<const X extends Shape>(
    inputShape: X,
  ): Conv1DTranspose<F, K, O, ChannelAt<X, O>> {
    return this.madeFor(inputShape);
  }

  /** Makes a layer from a configuration. */
  static override fromConfig(config: ConvTransposeConfig): Conv1DTranspose<number, Sizes<1>, Conv1DTransposeOptions> {
    const { filters, kernelSize, ...options } = config;
    return new this<number, Sizes<1>, Conv1DTransposeOptions>(
      filters,
      kernelSize as Sizes<1>,
      options as Conv1DTransposeOptions,
    );
  }
}

/** The options of {@linkcode Conv2DTranspose}. */
export type Conv2DTransposeOptions = ConvTransposeLayerOptions<2>;

/**
 * A transposed convolution over two axes, such as those of images: each value is spread over the places that a convolution would
 * have taken, `activation(x * kernel + bias)`.
 *
 * Input: `[batch, height, width, channels]`, or `[batch, channels, height, width]` where `dataFormat` is `"channels_first"`. Output: the same with
 * `filters` channels. Weights: `kernel` `[...kernelSize, filters, channels]` and `bias` `[filters]`.
 *
 * @throws {ShapeError} When called with another number of channels than it was built for.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Conv2DTranspose, zeros } from "@strata/nn";
 *
 * const layer = new Conv2DTranspose(8, 3, { strides: 2, padding: "same" });
 * assertEquals(layer(zeros([2, 7, 7, 32])).shape, [2, 14, 14, 8]);
 * assertEquals(layer.kernel.shape, [3, 3, 8, 32]);
 * ```
 */
export class Conv2DTranspose<
  const F extends number = number,
  const K extends Sizes<2> = Sizes<2>,
  const O extends Conv2DTransposeOptions = NoOptions,
  const I extends Dim = Dim,
> extends BaseConvTranspose<
  F,
  ConvTransposeSignature<4, TransposedOf<F, K, O>, I, LayerName<O, "conv2d_transpose">, ResultDType<O>>
> {
  /**
   * Makes the layer.
   *
   * @param filters The number of channels of the result, a positive integer.
   * @param kernelSize The size of the kernel, one number or one for each spatial axis.
   * @throws {RangeError} If an option has an unsupported value, or the options contradict each other.
   */
  constructor(filters: F, kernelSize: K, options?: OptionsFor<O, Conv2DTransposeOptions>) {
    super(2, filters, kernelSize, options);
  }

  /** Makes the kernel and the bias, and returns the layer typed with the number of channels that it now expects. */
  override build<const X extends Shape>(
    inputShape: X,
  ): Conv2DTranspose<F, K, O, ChannelAt<X, O>> {
    return this.madeFor(inputShape);
  }

  /** Makes a layer from a configuration. */
  static override fromConfig(config: ConvTransposeConfig): Conv2DTranspose<number, Sizes<2>, Conv2DTransposeOptions> {
    const { filters, kernelSize, ...options } = config;
    return new this<number, Sizes<2>, Conv2DTransposeOptions>(
      filters,
      kernelSize as Sizes<2>,
      options as Conv2DTransposeOptions,
    );
  }
}

/** The options of {@linkcode Conv3DTranspose}. */
export type Conv3DTransposeOptions = ConvTransposeLayerOptions<3>;

/**
 * A transposed convolution over three axes, such as those of volumes: each value is spread over the places that a convolution would
 * have taken, `activation(x * kernel + bias)`.
 *
 * Input: `[batch, depth, height, width, channels]`, or `[batch, channels, depth, height, width]` where `dataFormat` is `"channels_first"`. Output: the same with
 * `filters` channels. Weights: `kernel` `[...kernelSize, filters, channels]` and `bias` `[filters]`.
 *
 * @throws {ShapeError} When called with another number of channels than it was built for.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Conv3DTranspose, zeros } from "@strata/nn";
 *
 * const layer = new Conv3DTranspose(4, 2, { strides: [1, 2, 2] });
 * assertEquals(layer(zeros([2, 5, 8, 8, 3])).shape, [2, 6, 16, 16, 4]);
 * assertEquals(layer.kernel.shape, [2, 2, 2, 4, 3]);
 * ```
 */
export class Conv3DTranspose<
  const F extends number = number,
  const K extends Sizes<3> = Sizes<3>,
  const O extends Conv3DTransposeOptions = NoOptions,
  const I extends Dim = Dim,
> extends BaseConvTranspose<
  F,
  ConvTransposeSignature<5, TransposedOf<F, K, O>, I, LayerName<O, "conv3d_transpose">, ResultDType<O>>
> {
  /**
   * Makes the layer.
   *
   * @param filters The number of channels of the result, a positive integer.
   * @param kernelSize The size of the kernel, one number or one for each spatial axis.
   * @throws {RangeError} If an option has an unsupported value, or the options contradict each other.
   */
  constructor(filters: F, kernelSize: K, options?: OptionsFor<O, Conv3DTransposeOptions>) {
    super(3, filters, kernelSize, options);
  }

  /** Makes the kernel and the bias, and returns the layer typed with the number of channels that it now expects. */
  override build<const X extends Shape>(
    inputShape: X,
  ): Conv3DTranspose<F, K, O, ChannelAt<X, O>> {
    return this.madeFor(inputShape);
  }

  /** Makes a layer from a configuration. */
  static override fromConfig(config: ConvTransposeConfig): Conv3DTranspose<number, Sizes<3>, Conv3DTransposeOptions> {
    const { filters, kernelSize, ...options } = config;
    return new this<number, Sizes<3>, Conv3DTransposeOptions>(
      filters,
      kernelSize as Sizes<3>,
      options as Conv3DTransposeOptions,
    );
  }
}
