/**
 * Base classes of reshaping layers, and the types of their signatures, options and configurations.
 *
 * @module
 */
export type {
  Cropping1DClass,
  Cropping1DConfig,
  Cropping1DOptions,
  CroppingClass,
  CroppingConfig,
  CroppingLayer,
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
  UpSampling1DClass,
  UpSampling1DConfig,
  UpSampling1DOptions,
  UpSampling2DClass,
  UpSampling2DConfig,
  UpSampling2DOptions,
  UpSampling3DClass,
  UpSamplingConfig,
  UpSamplingLayer,
  UpSamplingOptions,
  UpSamplingSignature,
} from "./up_sampling.ts";
export type {
  ZeroPaddingClass,
  ZeroPaddingConfig,
  ZeroPaddingLayer,
  ZeroPaddingOptions,
  ZeroPaddingSignature,
} from "./zero_padding.ts";
