/**
 * Base classes of regularization layers, and the types of their signatures, options and configurations.
 *
 * @module
 */
export type { ActivityRegularizationConfig, ActivityRegularizationOptions } from "./activity_regularization.ts";
export type { DropoutConfig, DropoutOptions } from "./dropout.ts";
export type {
  AlphaDropoutConfig,
  AlphaDropoutOptions,
  GaussianDropoutConfig,
  GaussianNoiseConfig,
  NoiseOptions,
} from "./noise.ts";
export {
  SpatialDropout,
  type SpatialDropout1DConfig,
  type SpatialDropout1DOptions,
  type SpatialDropoutConfig,
  type SpatialDropoutOptions,
} from "./spatial_dropout.ts";
