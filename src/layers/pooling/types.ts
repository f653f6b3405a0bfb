/**
 * Base classes of pooling layers, and the types of their signatures, options and configurations.
 *
 * @module
 */
export type {
  AdaptiveAveragePooling,
  AdaptiveMaxPooling,
  AdaptivePoolingConfig,
  AdaptivePoolingOptions,
  AdaptivePoolingSignature,
  BaseAdaptivePooling,
} from "./adaptive_pooling.ts";
export type { AveragePooling } from "./average_pooling.ts";
export type {
  BaseGlobalPooling,
  GlobalAveragePooling,
  GlobalMaxPooling,
  GlobalPoolingConfig,
  GlobalPoolingOptions,
  GlobalPoolingSignature,
} from "./global_pooling.ts";
export type { MaxPooling } from "./max_pooling.ts";
export type {
  BasePooling,
  PoolDType,
  PooledDType,
  PoolingConfig,
  PoolingOptions,
  PoolingSignature,
  SizedPoolingOptions,
} from "./pooling.ts";
