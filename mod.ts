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
export { full, ones, zeros } from "./src/ops/shaping/filling.ts";
export { randomNormal, randomUniform, SeedGenerator, setRandomSeed } from "./src/ops/random/random.ts";
export type { Dim, Shape } from "./src/shape/dim.ts";
export { DTypeError, InputError, type Mismatch, ShapeError } from "./src/shape/error.ts";
export { EngineError } from "./src/engine/engine.ts";
export {
  arange,
  type DType,
  type DTypeOf,
  EagerTensor,
  executingEagerly,
  input,
  type NestedArray,
  type ShapeOf,
  SymbolicTensor,
  Tensor,
  tensor,
  type TensorLike,
  type TypedArray,
  type Values,
  Variable,
} from "./src/tensor/mod.ts";
export * from "./src/layers/classes.ts";
export {
  type AnyCallOptions,
  type AnyLayer,
  type Anything,
  type CallOptions,
  clearSession,
  type ConfigNames,
  declareWeights,
  type DTypePolicy,
  InputSpec,
  type Keeps,
  Layer,
  type LayerConfig,
  type LayerInput,
  type LayerOptions,
  type Maps,
  maskOf,
  type Masks,
  setMask,
  type WeightOptions,
  Wrapper,
} from "./src/layers/base/mod.ts";
export { constraints, type InitializerLike, initializers, regularizers } from "./src/layers/weights/mod.ts";
export {
  displayLayer,
  displayTensor,
  Model,
  modelFromJson,
  type ModelOptions,
  type ModelSummary,
  modelToJson,
  plotModel,
  type PlotOptions,
  predict,
  type PredictOptions,
  registerSerializable,
  Sequential,
  type SequentialOptions,
  summaryOf,
  type SummaryOptions,
} from "./src/models/mod.ts";
export { type CompiledFunction, type CompiledGraph, type CompiledLayer, jit, trace } from "./src/jit/mod.ts";
export { Graph, type GraphOptions, type OnnxOptions } from "./src/graph/graph.ts";
export {
  type BatchOptions,
  type CallControl,
  type ModelSource,
  type Pooled,
  type PooledFunction,
  type PooledGraph,
  type PooledLayer,
  type PooledModel,
  PoolError,
  type PoolErrorReason,
  type PoolStats,
  type Provider,
  WorkerPool,
  type WorkerPoolOptions,
} from "./src/pool/mod.ts";
