/**
 * Layers that make training harder, so that what is learnt holds elsewhere.
 *
 * @module
 */
export {
  ActivityRegularization,
  type ActivityRegularizationConfig,
  type ActivityRegularizationOptions,
} from "./activity_regularization.ts";
export { Dropout, type DropoutConfig, type DropoutOptions } from "./dropout.ts";
export {
  AlphaDropout,
  type AlphaDropoutConfig,
  type AlphaDropoutOptions,
  GaussianDropout,
  type GaussianDropoutConfig,
  GaussianNoise,
  type GaussianNoiseConfig,
  type NoiseOptions,
} from "./noise.ts";
export {
  SpatialDropout,
  SpatialDropout1D,
  type SpatialDropout1DConfig,
  type SpatialDropout1DOptions,
  SpatialDropout2D,
  SpatialDropout3D,
  type SpatialDropoutConfig,
  type SpatialDropoutOptions,
} from "./spatial_dropout.ts";
