/**
 * Layers whose kernel slides over positions in space.
 *
 * @module
 */
export { Conv1D, Conv2D, Conv3D } from "./conv.ts";
export { Conv1DTranspose, Conv2DTranspose, Conv3DTranspose } from "./conv_transpose.ts";
export { DepthwiseConv1D, DepthwiseConv2D } from "./depthwise_conv.ts";
export { SeparableConv1D, SeparableConv2D } from "./separable_conv.ts";
