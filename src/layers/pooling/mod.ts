/**
 * Layers that reduce windows of positions, or all of them.
 *
 * @module
 */
export * from "./adaptive_pooling.ts";
export * from "./average_pooling.ts";
export * from "./global_pooling.ts";
export * from "./max_pooling.ts";
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
