/**
 * Layers that make training harder, so that what is learnt holds elsewhere.
 *
 * @module
 */
export { ActivityRegularization } from "./activity_regularization.ts";
export { Dropout } from "./dropout.ts";
export { AlphaDropout, GaussianDropout, GaussianNoise } from "./noise.ts";
export { SpatialDropout1D, SpatialDropout2D, SpatialDropout3D } from "./spatial_dropout.ts";
