/**
 * The layer classes, family by family: the list from which the main entry point, the register and the tests of every layer
 * are made.
 *
 * @module
 */
export * from "./attention/mod.ts";
export * from "./convolution/mod.ts";
export * from "./core/mod.ts";
export * from "./merging/mod.ts";
export * from "./normalization/mod.ts";
export * from "./pooling/mod.ts";
export * from "./preprocessing/mod.ts";
export * from "./recurrent/mod.ts";
export * from "./regularization/mod.ts";
export * from "./reshaping/mod.ts";
