/**
 * Layers that move, cut, pad and repeat.
 *
 * @module
 */
export { Cropping1D, Cropping2D, Cropping3D } from "./cropping.ts";
export { Flatten, Permute, RepeatVector, Reshape } from "./reshaping.ts";
export { UpSampling1D, UpSampling2D, UpSampling3D } from "./up_sampling.ts";
export { ZeroPadding1D, ZeroPadding2D, ZeroPadding3D } from "./zero_padding.ts";
