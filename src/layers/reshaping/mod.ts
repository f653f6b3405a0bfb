/**
 * Layers that move, cut, pad and repeat.
 *
 * @module
 */
export * from "./cropping.ts";
export {
  Flatten,
  type FlattenConfig,
  type FlattenOptions,
  type FlattenSignature,
  Permute,
  type PermuteConfig,
  type PermuteSignature,
  RepeatVector,
  type RepeatVectorConfig,
  type RepeatVectorSignature,
  Reshape,
  type ReshapeConfig,
  type ReshapeSignature,
} from "./reshaping.ts";
export * from "./up_sampling.ts";
export * from "./zero_padding.ts";
