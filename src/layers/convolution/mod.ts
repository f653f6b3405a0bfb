/**
 * Layers whose kernel slides over positions in space.
 *
 * @module
 */
export {
  BaseConv,
  Conv1D,
  type Conv1DOptions,
  Conv2D,
  type Conv2DOptions,
  Conv3D,
  type Conv3DOptions,
} from "./conv.ts";
export type {
  BaseConvOptions,
  ConvConfig,
  ConvLayerOptions,
  ConvTransposeConfig,
  ConvTransposeLayerOptions,
  Sizes1D,
  Sizes2D,
  Sizes3D,
  SlidingConfig,
  SpatialPadding,
} from "./conv_options.ts";
export type {
  ChannelAt,
  ConvolutionOf,
  ConvSignature,
  ConvTransposeSignature,
  DepthwiseConvSignature,
  TransposedOf,
  WindowOf,
} from "./conv_signature.ts";
export {
  BaseConvTranspose,
  Conv1DTranspose,
  type Conv1DTransposeOptions,
  Conv2DTranspose,
  type Conv2DTransposeOptions,
  Conv3DTranspose,
  type Conv3DTransposeOptions,
} from "./conv_transpose.ts";
export {
  BaseDepthwiseConv,
  DepthwiseConv1D,
  type DepthwiseConv1DOptions,
  DepthwiseConv2D,
  type DepthwiseConv2DOptions,
} from "./depthwise_conv.ts";
export type {
  DepthwiseConfig,
  DepthwiseKernelConfig,
  DepthwiseLayerOptions,
  DepthwiseOptions,
  PointwiseKernelConfig,
  SeparableConfig,
  SeparableLayerOptions,
} from "./depthwise_options.ts";
export {
  BaseSeparableConv,
  SeparableConv1D,
  type SeparableConv1DOptions,
  SeparableConv2D,
  type SeparableConv2DOptions,
} from "./separable_conv.ts";
export { type AnySlidingOptions, Sliding } from "./sliding.ts";
