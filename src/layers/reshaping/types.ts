/**
 * Base classes of reshaping layers, and the types of their signatures, options and configurations.
 *
 * @module
 */
export type {
  BaseCropping,
  Cropping1DConfig,
  Cropping1DOptions,
  CroppingConfig,
  CroppingOptions,
  CroppingSignature,
} from "./cropping.ts";
export type {
  FlattenConfig,
  FlattenOptions,
  FlattenSignature,
  PermuteConfig,
  PermuteSignature,
  RepeatVectorConfig,
  RepeatVectorSignature,
  ReshapeConfig,
  ReshapeSignature,
} from "./reshaping.ts";
export type {
  UpSampling,
  UpSampling1DConfig,
  UpSampling1DOptions,
  UpSampling2DConfig,
  UpSampling2DOptions,
  UpSamplingConfig,
  UpSamplingOptions,
  UpSamplingSignature,
} from "./up_sampling.ts";
export type { ZeroPadding, ZeroPaddingConfig, ZeroPaddingOptions, ZeroPaddingSignature } from "./zero_padding.ts";
