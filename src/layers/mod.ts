/**
 * Layers, under Keras's names.
 *
 * @module
 */
import "./own_classes.ts";

export * from "./aliases.ts";
export * from "./attention/mod.ts";
export * from "./base/mod.ts";
export * from "./convolution/mod.ts";
export * from "./core/mod.ts";
export * from "./merging/mod.ts";
export * from "./normalization/mod.ts";
export * from "./pooling/mod.ts";
export * from "./preprocessing/mod.ts";
export * from "./recurrent/mod.ts";
export * from "./regularization/mod.ts";
export * from "./reshaping/mod.ts";
export * from "./weights/mod.ts";
export type { ActivationName } from "../ops/activations.ts";
export type { Structure } from "../tensor/structure.ts";
