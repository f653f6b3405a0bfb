/**
 * Base class of the layers with a kernel that slides over the spatial axes.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import type { ConvolutionAttributes } from "../../ops/convolution/nodes.ts";
import { applyConvolution } from "../../ops/convolution/convolution.ts";
import { channelAxis } from "../../shape/conv.ts";
import type { Dim, Shape } from "../../shape/dim.ts";
import { InputRangeError } from "../../shape/error.ts";
import type { Padding, PerAxis, SpatialRank } from "../../shape/spatial.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Variable } from "../../tensor/variable.ts";
import type { ActivationLike, ResolvedActivation } from "../core/activation.ts";
import type { BaseConvConfig, BaseConvOptions } from "./conv_options.ts";
import { channelAxisOf } from "./conv_signature.ts";
import { InputSpec } from "../base/input_spec.ts";
import { type KernelOptions, KernelSettings } from "../core/kernel.ts";
import type { Signature } from "../base/signature.ts";
import { SpatialLayer } from "../base/spatial.ts";

/** The options of any such layer. */
export type AnyConvOptions = KernelOptions & BaseConvOptions<SpatialRank, Padding>;

/** A layer with a kernel that slides over the spatial axes. */
export abstract class BaseConvLayer<F extends Signature = Signature> extends SpatialLayer<F> {
  /** The weight that is added, one value a channel of the result, or `null`; there once the layer is built. */
  bias: Variable | null = null;
  /** The sizes of the kernel. */
  readonly kernelSize: readonly number[];
  /** The distance that the kernel moves at a time. */
  readonly strides: readonly number[];
  /** The positions that the kernel may have. */
  readonly padding: Padding;
  /** The distance between the values that the kernel takes. */
  readonly dilationRate: readonly number[];
  /** Whether a bias is added. */
  readonly useBias: boolean;
  readonly #settings: KernelSettings;

  /**
   * Makes the layer.
   *
   * @param spatialRank The number of spatial axes.
   * @throws {RangeError} If a size is no positive integer, or an option is not one of the allowed strings.
   */
  constructor(
    spatialRank: SpatialRank,
    kernelSize: PerAxis,
    options: AnyConvOptions = {},
    paddings: readonly [Padding, ...Padding[]] = ["valid", "same"],
  ) {
    super(spatialRank, options);
    this.kernelSize = this.sizes(kernelSize, "kernelSize");
    this.strides = this.sizes(options.strides ?? 1, "strides");
    this.dilationRate = this.sizes(options.dilationRate ?? 1, "dilationRate");
    this.padding = this.word(options.padding, paddings, "padding");
    this.useBias = options.useBias ?? true;
    this.#settings = new KernelSettings(options);
    this.expectChannels(null);
  }

  /** The activation of the result. */
  get activation(): ActivationLike {
    return this.settings.activationLike;
  }

  /**
   * The options of the kernel, the bias and the activation.
   *
   * @internal
   */
  protected get settings(): KernelSettings {
    return this.#settings;
  }

  /** Makes the weights for inputs of a shape. */
  protected abstract makeWeights(shape: Shape): void;

  /** Makes the weights, and gives the layer as one of the type that fits them. */
  protected madeFor(shape: Shape): never {
    this.makeWeights(shape);
    return this as never;
  }

  /** The number of channels of an input. */
  protected channelsOf(shape: Shape): Dim {
    return shape[channelAxis(shape.length, this.dataFormat)]!;
  }

  /** Lets the layer expect inputs of so many channels from now on. */
  protected expectChannels(channels: Dim): void {
    const rank = this.kernelSize.length + 2;
    const axes = channels === null ? {} : { axes: { [channelAxisOf(this.dataFormat)]: channels } };
    this.inputSpec = new InputSpec({ minNdim: rank, maxNdim: rank, ...axes });
  }

  /**
   * The attributes of the convolution.
   *
   * @internal
   */
  protected attributes(groups: number): ConvolutionAttributes {
    const { kernelSize, strides, padding, dilationRate, dataFormat } = this;
    const { operation } = this.settings.activation;
    return { kernelSize, strides, padding, dilationRate, dataFormat, groups, activation: inside(operation) };
  }

  /**
   * The convolution, and what is applied to it.
   *
   * @internal
   */
  protected convolve<A extends ConvolutionAttributes>(
    operation: Operation<A>,
    inputs: readonly Tensor[],
    attributes: A,
  ): Tensor {
    const { activation }: { activation: ResolvedActivation } = this.settings;
    const result = applyConvolution(operation, this.bias === null ? inputs : [...inputs, this.bias], attributes);
    return activation.operation === undefined ? activation.apply(result) : result;
  }

  /** Makes the bias, one value for each of so many channels, where there is to be one. */
  protected addBias(channels: Dim): void {
    if (this.useBias) this.bias = this.addWeight(this.settings.bias([channels]));
  }

  /** The options that are about how the kernel slides. */
  protected baseConfig(): BaseConvConfig {
    const { kernelSize, strides, padding, dilationRate, dataFormat, useBias } = this;
    return { ...super.getConfig(), kernelSize, strides, padding, dilationRate, dataFormat, useBias };
  }
}

/** The entry of the op table for an activation that does something. */
function inside(operation: string | undefined): string | undefined {
  return operation === "linear" ? undefined : operation;
}

/**
 * Refuses strides together with dilation.
 *
 * @throws {RangeError} If both are more than 1 on some axis.
 */
export function refuseStridesWithDilation({ name, strides, dilationRate }: BaseConvLayer): void {
  if (strides.some((stride) => stride > 1) && dilationRate.some((rate) => rate > 1)) {
    throw new InputRangeError(
      `Cannot make layer ${name}: strides > 1 are not supported in conjunction with dilationRate > 1, received ` +
        `strides=[${strides.join(", ")}] and dilationRate=[${dilationRate.join(", ")}]`,
    );
  }
}
