/**
 * Strata: Keras-style layers for TypeScript. The compiler checks the shapes, layers run eagerly while you debug.
 *
 * @example A typed model
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Dense, input, Sequential, zeros } from "@strata/nn";
 *
 * const model = new Sequential(input(["batch", 64]), new Dense(32, { activation: "relu" }), new Dense(10));
 * const logits = model(zeros([8, 64]));
 * assertEquals(logits.shape, [8, 10]);
 * ```
 *
 * @module
 */
export * as ops from "./src/ops/mod.ts";
export * from "./src/tensor/mod.ts";
export { full, ones, zeros } from "./src/ops/shaping/filling.ts";
export {
  randomNormal,
  randomUniform,
  SeedGenerator,
  type SeedGeneratorOptions,
  setRandomSeed,
} from "./src/ops/random/random.ts";
export * from "./src/layers/mod.ts";
export { concatenate, dot } from "./src/layers/mod.ts";
export * from "./src/models/mod.ts";
export * from "./src/pool/mod.ts";
export type * from "./src/shape/mod.ts";
export { DTypeError, InputError, ShapeError } from "./src/shape/error.ts";
export { EngineError } from "./src/engine/engine.ts";
export * from "./src/jit/mod.ts";
export { Graph, type GraphOptions, type OnnxOptions } from "./src/graph/graph.ts";
export type { ExternalModel } from "./src/onnx/external.ts";
export type { GraphNode, NodeInput } from "./src/graph/node.ts";
export type { Attributes, AttributeValue } from "./src/graph/operation.ts";
