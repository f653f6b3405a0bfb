/**
 * Layers that bring values to a common scale.
 *
 * @module
 */
export type { AffineConfig, AffineOptions, Normalizes } from "./affine.ts";
export {
  BatchNormalization,
  type BatchNormalizationConfig,
  type BatchNormalizationOptions,
} from "./batch_normalization.ts";
export {
  GroupNormalization,
  type GroupNormalizationConfig,
  type GroupNormalizationOptions,
  type GroupNormalizationSignature,
} from "./group_normalization.ts";
export {
  LayerNormalization,
  type LayerNormalizationConfig,
  type LayerNormalizationOptions,
} from "./layer_normalization.ts";
export { Normalization, type NormalizationConfig, type NormalizationLayerOptions } from "./normalization.ts";
export {
  type Numbers,
  Rescaling,
  type RescalingConfig,
  type RescalingOptions,
  type RescalingSignature,
} from "./rescaling.ts";
export { RMSNormalization, type RMSNormalizationConfig, type RMSNormalizationOptions } from "./rms_normalization.ts";
export {
  SpectralNormalization,
  type SpectralNormalizationConfig,
  type SpectralNormalizationOptions,
} from "./spectral_normalization.ts";
export { UnitNormalization, type UnitNormalizationOptions } from "./unit_normalization.ts";
