/**
 * Layers that bring values to a common scale.
 *
 * @module
 */
export { BatchNormalization } from "./batch_normalization.ts";
export { GroupNormalization } from "./group_normalization.ts";
export { LayerNormalization } from "./layer_normalization.ts";
export { Normalization } from "./normalization.ts";
export { Rescaling } from "./rescaling.ts";
export { RMSNormalization } from "./rms_normalization.ts";
export { SpectralNormalization } from "./spectral_normalization.ts";
export { UnitNormalization } from "./unit_normalization.ts";
