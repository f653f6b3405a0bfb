/**
 * The options of layers with a depthwise kernel: Keras has other names for the options of that kernel.
 *
 * @module
 */
import type { SpatialRank } from "../../shape/spatial.ts";
import { checkedOptions, checkLayerOptions } from "../base/known_options.ts";
import type { ConstraintConfig, ConstraintLike } from "../weights/constraints.ts";
import type { BaseConvConfig, BaseConvOptions } from "./conv_options.ts";
import type { InitializerConfig, InitializerLike } from "../weights/initializers.ts";
import type { KernelConfig, KernelOptions, KernelSettings } from "../core/kernel.ts";
import type { RegularizerConfig, RegularizerLike } from "../weights/regularizers.ts";

/** @internal */
type KernelNames = "kernelInitializer" | "kernelRegularizer" | "kernelConstraint";

/** The options of a depthwise kernel, a bias and an activation. */
export interface DepthwiseOptions extends Omit<KernelOptions, KernelNames> {
  /** The initializer of the depthwise kernel. Default: `"glorot_uniform"`. */
  readonly depthwiseInitializer?: InitializerLike;
  /** The penalty on the depthwise kernel. Default: none. */
  readonly depthwiseRegularizer?: RegularizerLike | null;
  /** The constraint of the depthwise kernel. Default: none. */
  readonly depthwiseConstraint?: ConstraintLike | null;
}

/** The options of {@linkcode DepthwiseConv1D} and {@linkcode DepthwiseConv2D}. */
export interface DepthwiseLayerOptions<N extends SpatialRank = SpatialRank>
  extends DepthwiseOptions, BaseConvOptions<N> {
  /** The number of kernels that each channel has. Default: 1. */
  readonly depthMultiplier?: number;
}

/** The options of {@linkcode SeparableConv1D} and {@linkcode SeparableConv2D}. */
export interface SeparableLayerOptions<N extends SpatialRank = SpatialRank> extends DepthwiseLayerOptions<N> {
  /** The initializer of the pointwise kernel. Default: `"glorot_uniform"`. */
  readonly pointwiseInitializer?: InitializerLike;
  /** The penalty on the pointwise kernel. Default: none. */
  readonly pointwiseRegularizer?: RegularizerLike | null;
  /** The constraint of the pointwise kernel. Default: none. */
  readonly pointwiseConstraint?: ConstraintLike | null;
}

/** The part of a configuration that is about a depthwise kernel, a bias and an activation. */
export interface DepthwiseKernelConfig extends Omit<KernelConfig, KernelNames> {
  /** The initializer of the depthwise kernel. */
  readonly depthwiseInitializer: InitializerConfig;
  /** The penalty on the depthwise kernel. */
  readonly depthwiseRegularizer: RegularizerConfig | null;
  /** The constraint of the depthwise kernel. */
  readonly depthwiseConstraint: ConstraintConfig | null;
}

/** The part of a configuration that is about a pointwise kernel. */
export interface PointwiseKernelConfig {
  /** The initializer of the pointwise kernel. */
  readonly pointwiseInitializer: InitializerConfig;
  /** The penalty on the pointwise kernel. */
  readonly pointwiseRegularizer: RegularizerConfig | null;
  /** The constraint of the pointwise kernel. */
  readonly pointwiseConstraint: ConstraintConfig | null;
}

/** The configuration of {@linkcode DepthwiseConv1D} and {@linkcode DepthwiseConv2D}. */
export interface DepthwiseConfig extends BaseConvConfig, DepthwiseKernelConfig {
  /** The number of kernels that each channel has. */
  readonly depthMultiplier: number;
}

/** The configuration of {@linkcode SeparableConv1D} and {@linkcode SeparableConv2D}. */
export interface SeparableConfig extends DepthwiseConfig, PointwiseKernelConfig {
  /** The number of channels of the result. */
  readonly filters: number;
}

/** The options with those of the depthwise kernel as those of a kernel. */
export function fromDepthwise<O extends DepthwiseOptions>(
  layerClass: { readonly name: string },
  options: O,
): O & KernelOptions {
  checkLayerOptions(layerClass, options);
  const { depthwiseInitializer, depthwiseRegularizer = null, depthwiseConstraint = null } = options;
  return checkedOptions({
    ...options,
    ...(depthwiseInitializer === undefined ? {} : { kernelInitializer: depthwiseInitializer }),
    kernelRegularizer: depthwiseRegularizer,
    kernelConstraint: depthwiseConstraint,
  });
}

/** The options of the pointwise kernel as those of a kernel. */
export function fromPointwise(options: SeparableLayerOptions): KernelOptions {
  const { pointwiseInitializer, pointwiseRegularizer = null, pointwiseConstraint = null } = options;
  return {
    ...(pointwiseInitializer === undefined ? {} : { kernelInitializer: pointwiseInitializer }),
    kernelRegularizer: pointwiseRegularizer,
    kernelConstraint: pointwiseConstraint,
  };
}

/** The configuration of a depthwise kernel, a bias and an activation. */
export function depthwiseConfig(settings: KernelSettings): DepthwiseKernelConfig {
  const { kernelInitializer, kernelRegularizer, kernelConstraint, ...rest } = settings.getConfig();
  return {
    ...rest,
    depthwiseInitializer: kernelInitializer,
    depthwiseRegularizer: kernelRegularizer ?? null,
    depthwiseConstraint: kernelConstraint ?? null,
  };
}

/** The configuration of a pointwise kernel. */
export function pointwiseConfig(settings: KernelSettings): PointwiseKernelConfig {
  const { kernelInitializer, kernelRegularizer, kernelConstraint } = settings.getConfig();
  return {
    pointwiseInitializer: kernelInitializer,
    pointwiseRegularizer: kernelRegularizer ?? null,
    pointwiseConstraint: kernelConstraint ?? null,
  };
}
