/**
 * Base classes of layers, and the types that their signatures need.
 *
 * @module
 */
export * from "./attention/types.ts";
export * from "./convolution/types.ts";
export * from "./core/types.ts";
export * from "./merging/types.ts";
export * from "./normalization/types.ts";
export * from "./pooling/types.ts";
export * from "./preprocessing/types.ts";
export * from "./recurrent/types.ts";
export * from "./regularization/types.ts";
export * from "./reshaping/types.ts";
