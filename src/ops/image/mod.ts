/**
 * Operations on images.
 *
 * @module
 */
export type { ImageOptions } from "./arguments.ts";
export { hsvToRgb, rgbToGrayscale, rgbToHsv } from "./colors.ts";
export { gaussianBlur, type GaussianBlurOptions, sobelEdges } from "./filters.ts";
export { extractPatches, type ExtractPatchesOptions, type PatchSize } from "./patches.ts";
export { resize, type ResizeOptions } from "./resize.ts";
export { cropImages, type CropImagesOptions, padImages, type PadImagesOptions } from "./sides.ts";
export { ssim, type SsimOptions } from "./ssim.ts";
