/**
 * Base classes of normalization layers, and the types of their signatures, options and configurations.
 *
 * @module
 */
export type { AffineConfig, AffineOptions, Normalizes } from "./affine.ts";
export type { BatchNormalizationConfig, BatchNormalizationOptions } from "./batch_normalization.ts";
export type {
  GroupNormalizationConfig,
  GroupNormalizationOptions,
  GroupNormalizationSignature,
} from "./group_normalization.ts";
export type { LayerNormalizationConfig, LayerNormalizationOptions } from "./layer_normalization.ts";
export type { NormalizationConfig, NormalizationLayerOptions } from "./normalization.ts";
export type { Numbers, RescalingConfig, RescalingOptions, RescalingSignature } from "./rescaling.ts";
export type { RMSNormalizationConfig, RMSNormalizationOptions } from "./rms_normalization.ts";
export type { SpectralNormalizationConfig, SpectralNormalizationOptions } from "./spectral_normalization.ts";
export type { UnitNormalizationOptions } from "./unit_normalization.ts";
