/**
 * Layers that turn categories and words into numbers, and images into others.
 *
 * @module
 */
export {
  CategoryEncoding,
  type CategoryEncodingCallOptions,
  type CategoryEncodingConfig,
  type CategoryEncodingOptions,
  type EncodedSignature,
  type EncodingMode,
} from "./category_encoding.ts";
export { CenterCrop } from "./center_crop.ts";
export * from "./discretization.ts";
export * from "./hashing.ts";
export * from "./index_lookup.ts";
export * from "./integer_lookup.ts";
export { ImageLayer, type ImageLayerConfig, type ImageLayerOptions, type ImageSignature } from "./image_layer.ts";
export * from "./resizing.ts";
export * from "./string_lookup.ts";
