/**
 * The options and configurations of convolution layers.
 *
 * @module
 */
import type { AnyCase, DataFormat, Padding, Sizes, SpatialPadding, SpatialRank } from "../../shape/spatial.ts";
import type { KernelConfig, KernelOptions } from "../core/kernel.ts";
import type { LayerConfig } from "../base/options.ts";

/** The options of layers whose kernel slides over the spatial axes. */
export interface BaseConvOptions<N extends SpatialRank = SpatialRank, P extends Padding = SpatialPadding> {
  /** The distance that the kernel moves at a time. Default: 1. */
  readonly strides?: Sizes<N>;
  /**
   * `"valid"`: the kernel stays inside the input; `"same"`: zeros are added around it, so that each stride that begins
   * inside gives a result; `"causal"`: all of them before it. Default: `"valid"`.
   */
  readonly padding?: AnyCase<P>;
  /** The distance between the values that the kernel takes. Default: 1. */
  readonly dilationRate?: Sizes<N>;
  /** Position of the channel axis: last, or right after the batch. Default: `"channels_last"`. */
  readonly dataFormat?: AnyCase<DataFormat>;
  /** Whether a bias is added. Default: `true`. */
  readonly useBias?: boolean;
}

/** The options of {@linkcode Conv1D}, {@linkcode Conv2D} and {@linkcode Conv3D}. */
export interface ConvLayerOptions<N extends SpatialRank = SpatialRank, P extends Padding = SpatialPadding>
  extends KernelOptions, BaseConvOptions<N, P> {
  /** In how many groups the channels are convolved apart. Default: 1. */
  readonly groups?: number;
}

/** The options of {@linkcode Conv1DTranspose}, {@linkcode Conv2DTranspose} and {@linkcode Conv3DTranspose}. */
export interface ConvTransposeLayerOptions<N extends SpatialRank = SpatialRank>
  extends KernelOptions, BaseConvOptions<N> {
  /** The number of values added at the end of each spatial axis. Default: the size follows from the strides alone. */
  readonly outputPadding?: Sizes<N> | null;
}

/** The part of a configuration that is about how the kernel slides. */
export interface BaseConvConfig extends LayerConfig {
  /** The sizes of the kernel. */
  readonly kernelSize: readonly number[];
  /** The distance that the kernel moves at a time. */
  readonly strides: readonly number[];
  /** The positions that the kernel may have. */
  readonly padding: Padding;
  /** The distance between the values that the kernel takes. */
  readonly dilationRate: readonly number[];
  /** The position of the channel axis. */
  readonly dataFormat: DataFormat;
  /** Whether a bias is added. */
  readonly useBias: boolean;
}

/** The configuration of {@linkcode Conv1D}, {@linkcode Conv2D} and {@linkcode Conv3D}. */
export interface ConvConfig extends BaseConvConfig, KernelConfig {
  /** The number of channels of the result. */
  readonly filters: number;
  /** In how many groups the channels are convolved apart. */
  readonly groups: number;
}

/** The configuration of {@linkcode Conv1DTranspose}, {@linkcode Conv2DTranspose} and {@linkcode Conv3DTranspose}. */
export interface ConvTransposeConfig extends BaseConvConfig, KernelConfig {
  /** The number of channels of the result. */
  readonly filters: number;
  /** The number of values added at the end of each spatial axis. */
  readonly outputPadding: readonly number[] | null;
}
