/**
 * Layers that turn categories and words into numbers.
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
export * from "./discretization.ts";
export * from "./hashing.ts";
export * from "./index_lookup.ts";
export * from "./integer_lookup.ts";
export * from "./string_lookup.ts";
