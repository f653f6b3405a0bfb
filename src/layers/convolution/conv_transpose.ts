/**
 * Transposed convolution layers.
 *
 * @module
 */
import { convTransposeOperation } from "../../ops/convolution/entries.ts";
import type { DataFormat, Sizes } from "../../shape/conv.ts";
import { convTranspose } from "../../shape/conv_transpose.ts";
import type { Dim, Shape } from "../../shape/dim.ts";
import { InputRangeError } from "../../shape/error.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Variable } from "../../tensor/variable.ts";
import {
  type ConvTransposeConfig,
  type ConvTransposeLayerOptions,
  type Sizes1D,
  type Sizes2D,
  type Sizes3D,
  sizesFor,
  type SpatialPadding,
} from "./conv_options.ts";
import type { ChannelAt, ConvTransposeSignature, TransposedOf } from "./conv_signature.ts";
import type { NameOr, Signature } from "../base/signature.ts";
import { refuseStridesWithDilation, Sliding } from "./sliding.ts";
import { positiveInteger } from "../base/validate.ts";
import { declareWeights } from "../base/weight_fields.ts";

/** @internal */
type AnyOptions = ConvTransposeLayerOptions<
  Sizes | undefined,
  SpatialPadding | undefined,
  Sizes | undefined,
  DataFormat | undefined,
  Sizes | null | undefined
>;

/** A transposed convolution over any number of spatial axes. */
export abstract class BaseConvTranspose<F extends number = number, S extends Signature = Signature> extends Sliding<S> {
  /** The weight `[...kernelSize, filters, channels]`; there once the layer is built. */
  declare kernel: Variable;
  /** The number of channels of the result. */
  readonly filters: F;
  /** What is added at the end of each spatial axis, or `null` where the size follows from the strides alone. */
  readonly outputPadding: readonly number[] | null;

  /**
   * Makes the layer.
   *
   * @throws {RangeError} If an option is none that there is, or the options contradict each other.
   */
  constructor(count: number, filters: F, kernelSize: Sizes, options: AnyOptions) {
    super(count, kernelSize, options, ["valid", "same"]);
    const { name, strides } = this;
    this.filters = positiveInteger(filters, "filters", name);
    const { outputPadding = null } = options;
    const extra = outputPadding === null ? null : sizesFor(outputPadding, count, "outputPadding", name, 0);
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
  protected makeWeights(shape: Shape): void {
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
  protected override slide(shape: Shape): Shape {
    return convTranspose(shape, this);
  }

  /** The options from which an equal layer can be made. */
  override getConfig(): ConvTransposeConfig {
    const { filters, outputPadding } = this;
    return { ...this.slidingConfig(), filters, outputPadding, ...this.settings.getConfig() };
  }
}
declareWeights(BaseConvTranspose, ["kernel"]);

/** The options of {@linkcode Conv1DTranspose}. */
export type Conv1DTransposeOptions<
  S extends Sizes1D | undefined = Sizes1D,
  P extends SpatialPadding | undefined = SpatialPadding,
  L extends Sizes1D | undefined = Sizes1D,
  Format extends DataFormat | undefined = DataFormat,
  O extends Sizes1D | null | undefined = Sizes1D | null,
  Name extends string = string,
  D extends DType = DType,
> = ConvTransposeLayerOptions<S, P, L, Format, O, Name, D>;

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
  const K extends Sizes1D = Sizes1D,
  const S extends Sizes1D | undefined = Sizes1D | undefined,
  const P extends SpatialPadding | undefined = SpatialPadding | undefined,
  const L extends Sizes1D | undefined = Sizes1D | undefined,
  const Format extends DataFormat | undefined = DataFormat | undefined,
  const O extends Sizes1D | null | undefined = Sizes1D | null | undefined,
  const I extends Dim = Dim,
  const Name extends string = string,
  const D extends DType = "float32",
> extends BaseConvTranspose<
  F,
  ConvTransposeSignature<3, TransposedOf<F, K, S, P, L, Format, O>, I, NameOr<Name, "conv1d_transpose">, D>
> {
  /**
   * Makes the layer.
   *
   * @param filters The number of channels of the result, a positive integer.
   * @param kernelSize The size of the kernel.
   * @throws {RangeError} If an option is none that there is, or the options contradict each other.
   */
  constructor(filters: F, kernelSize: K, options: Conv1DTransposeOptions<S, P, L, Format, O, Name, D> = {}) {
    super(1, filters, kernelSize, options);
  }

  /** Makes the kernel and the bias, and returns the layer typed with the number of channels that it now expects. */
  override build<const X extends Shape>(
    inputShape: X,
  ): Conv1DTranspose<F, K, S, P, L, Format, O, ChannelAt<X, Format>, Name, D> {
    this.makeWeights(inputShape);
    return this as never;
  }

  /** Makes a layer from a configuration. */
  static override fromConfig(config: ConvTransposeConfig): Conv1DTranspose {
    const { filters, kernelSize, ...options } = config;
    return new Conv1DTranspose<number, Sizes1D>(filters, kernelSize as Sizes1D, options as never);
  }
}

/** The options of {@linkcode Conv2DTranspose}. */
export type Conv2DTransposeOptions<
  S extends Sizes2D | undefined = Sizes2D,
  P extends SpatialPadding | undefined = SpatialPadding,
  L extends Sizes2D | undefined = Sizes2D,
  Format extends DataFormat | undefined = DataFormat,
  O extends Sizes2D | null | undefined = Sizes2D | null,
  Name extends string = string,
  D extends DType = DType,
> = ConvTransposeLayerOptions<S, P, L, Format, O, Name, D>;

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
  const K extends Sizes2D = Sizes2D,
  const S extends Sizes2D | undefined = Sizes2D | undefined,
  const P extends SpatialPadding | undefined = SpatialPadding | undefined,
  const L extends Sizes2D | undefined = Sizes2D | undefined,
  const Format extends DataFormat | undefined = DataFormat | undefined,
  const O extends Sizes2D | null | undefined = Sizes2D | null | undefined,
  const I extends Dim = Dim,
  const Name extends string = string,
  const D extends DType = "float32",
> extends BaseConvTranspose<
  F,
  ConvTransposeSignature<4, TransposedOf<F, K, S, P, L, Format, O>, I, NameOr<Name, "conv2d_transpose">, D>
> {
  /**
   * Makes the layer.
   *
   * @param filters The number of channels of the result, a positive integer.
   * @param kernelSize The size of the kernel, one number or one for each spatial axis.
   * @throws {RangeError} If an option is none that there is, or the options contradict each other.
   */
  constructor(filters: F, kernelSize: K, options: Conv2DTransposeOptions<S, P, L, Format, O, Name, D> = {}) {
    super(2, filters, kernelSize, options);
  }

  /** Makes the kernel and the bias, and returns the layer typed with the number of channels that it now expects. */
  override build<const X extends Shape>(
    inputShape: X,
  ): Conv2DTranspose<F, K, S, P, L, Format, O, ChannelAt<X, Format>, Name, D> {
    this.makeWeights(inputShape);
    return this as never;
  }

  /** Makes a layer from a configuration. */
  static override fromConfig(config: ConvTransposeConfig): Conv2DTranspose {
    const { filters, kernelSize, ...options } = config;
    return new Conv2DTranspose<number, Sizes2D>(filters, kernelSize as Sizes2D, options as never);
  }
}

/** The options of {@linkcode Conv3DTranspose}. */
export type Conv3DTransposeOptions<
  S extends Sizes3D | undefined = Sizes3D,
  P extends SpatialPadding | undefined = SpatialPadding,
  L extends Sizes3D | undefined = Sizes3D,
  Format extends DataFormat | undefined = DataFormat,
  O extends Sizes3D | null | undefined = Sizes3D | null,
  Name extends string = string,
  D extends DType = DType,
> = ConvTransposeLayerOptions<S, P, L, Format, O, Name, D>;

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
  const K extends Sizes3D = Sizes3D,
  const S extends Sizes3D | undefined = Sizes3D | undefined,
  const P extends SpatialPadding | undefined = SpatialPadding | undefined,
  const L extends Sizes3D | undefined = Sizes3D | undefined,
  const Format extends DataFormat | undefined = DataFormat | undefined,
  const O extends Sizes3D | null | undefined = Sizes3D | null | undefined,
  const I extends Dim = Dim,
  const Name extends string = string,
  const D extends DType = "float32",
> extends BaseConvTranspose<
  F,
  ConvTransposeSignature<5, TransposedOf<F, K, S, P, L, Format, O>, I, NameOr<Name, "conv3d_transpose">, D>
> {
  /**
   * Makes the layer.
   *
   * @param filters The number of channels of the result, a positive integer.
   * @param kernelSize The size of the kernel, one number or one for each spatial axis.
   * @throws {RangeError} If an option is none that there is, or the options contradict each other.
   */
  constructor(filters: F, kernelSize: K, options: Conv3DTransposeOptions<S, P, L, Format, O, Name, D> = {}) {
    super(3, filters, kernelSize, options);
  }

  /** Makes the kernel and the bias, and returns the layer typed with the number of channels that it now expects. */
  override build<const X extends Shape>(
    inputShape: X,
  ): Conv3DTranspose<F, K, S, P, L, Format, O, ChannelAt<X, Format>, Name, D> {
    this.makeWeights(inputShape);
    return this as never;
  }

  /** Makes a layer from a configuration. */
  static override fromConfig(config: ConvTransposeConfig): Conv3DTranspose {
    const { filters, kernelSize, ...options } = config;
    return new Conv3DTranspose<number, Sizes3D>(filters, kernelSize as Sizes3D, options as never);
  }
}
