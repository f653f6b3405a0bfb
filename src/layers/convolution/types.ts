/**
 * Base classes of convolution layers, and the types of their signatures, options and configurations.
 *
 * @module
 */
export { type AnyConvOptions, BaseConvLayer } from "./base_conv_layer.ts";
export { BaseConv, type Conv1DOptions, type Conv2DOptions, type Conv3DOptions } from "./conv.ts";
export type {
  BaseConvConfig,
  BaseConvOptions,
  ConvConfig,
  ConvLayerOptions,
  ConvTransposeConfig,
  ConvTransposeLayerOptions,
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
  type Conv1DTransposeOptions,
  type Conv2DTransposeOptions,
  type Conv3DTransposeOptions,
} from "./conv_transpose.ts";
export { BaseDepthwiseConv, type DepthwiseConv1DOptions, type DepthwiseConv2DOptions } from "./depthwise_conv.ts";
export type {
  DepthwiseConfig,
  DepthwiseKernelConfig,
  DepthwiseLayerOptions,
  DepthwiseOptions,
  PointwiseKernelConfig,
  SeparableConfig,
  SeparableLayerOptions,
} from "./depthwise_options.ts";
export { BaseSeparableConv, type SeparableConv1DOptions, type SeparableConv2DOptions } from "./separable_conv.ts";
