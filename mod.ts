/**
 * Strata: Keras-style layers for TypeScript. Shapes are checked by the compiler, layers run eagerly while you debug.
 *
 * @module
 */
export * as ops from "./src/ops/mod.ts";
export * from "./src/tensor/mod.ts";
