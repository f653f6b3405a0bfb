/**
 * Base classes of pooling layers, and the types of their signatures, options and configurations.
 *
 * @module
 */
export type {
  AdaptivePoolingClass,
  AdaptivePoolingConfig,
  AdaptivePoolingLayer,
  AdaptivePoolingSignature,
} from "./adaptive_pooling.ts";
export type {
  GlobalPoolingClass,
  GlobalPoolingConfig,
  GlobalPoolingLayer,
  GlobalPoolingOptions,
  GlobalPoolingSignature,
} from "./global_pooling.ts";
export type {
  AveragePoolingClass,
  MaxPoolingClass,
  PoolDType,
  PooledDType,
  PoolingConfig,
  PoolingLayer,
  PoolingOptions,
  PoolingSignature,
  SizedPoolingOptions,
} from "./pooling.ts";
