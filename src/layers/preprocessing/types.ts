/**
 * Base classes of preprocessing layers, and the types of their signatures, options and configurations.
 *
 * @module
 */
export type {
  CategoryEncodingCallOptions,
  CategoryEncodingConfig,
  CategoryEncodingOptions,
  EncodedSignature,
  EncodingMode,
} from "./category_encoding.ts";
export type { BinMode, BinnedSignature, DiscretizationConfig, DiscretizationOptions } from "./discretization.ts";
export type { HashingConfig, HashingMode, HashingOptions, HashingSignature } from "./hashing.ts";
export { IndexLookup, type LookupConfig, type LookupOptions, type Token, type Tokens } from "./index_lookup.ts";
export type { IntegerLookupConfig, IntegerLookupOptions, LookupSignature } from "./integer_lookup.ts";
export { ImageLayer, type ImageLayerConfig, type ImageLayerOptions, type ImageSignature } from "./image_layer.ts";
export type { ResizingConfig, ResizingOptions, ResizingSettings, ResizingSignature } from "./resizing.ts";
export type { StringLookupConfig, StringLookupOptions } from "./string_lookup.ts";
