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
export { AdditiveAttention, Attention, GroupQueryAttention, MultiHeadAttention } from "./src/layers/attention/mod.ts";
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
export {
  Conv1D,
  Conv1DTranspose,
  Conv2D,
  Conv2DTranspose,
  Conv3D,
  Conv3DTranspose,
  DepthwiseConv1D,
  DepthwiseConv2D,
  SeparableConv1D,
  SeparableConv2D,
} from "./src/layers/convolution/mod.ts";
export {
  Activation,
  Dense,
  EinsumDense,
  ELU,
  Embedding,
  Identity,
  InputLayer,
  Lambda,
  LeakyReLU,
  Masking,
  PReLU,
  ReLU,
  ReversibleEmbedding,
  Softmax,
} from "./src/layers/core/mod.ts";
export { Add, Average, Concatenate, Dot, Maximum, Minimum, Multiply, Subtract } from "./src/layers/merging/mod.ts";
export {
  BatchNormalization,
  GroupNormalization,
  LayerNormalization,
  Normalization,
  Rescaling,
  RMSNormalization,
  SpectralNormalization,
  UnitNormalization,
} from "./src/layers/normalization/mod.ts";
export {
  AdaptiveAveragePooling1D,
  AdaptiveAveragePooling2D,
  AdaptiveAveragePooling3D,
  AdaptiveMaxPooling1D,
  AdaptiveMaxPooling2D,
  AdaptiveMaxPooling3D,
  AveragePooling1D,
  AveragePooling2D,
  AveragePooling3D,
  GlobalAveragePooling1D,
  GlobalAveragePooling2D,
  GlobalAveragePooling3D,
  GlobalMaxPooling1D,
  GlobalMaxPooling2D,
  GlobalMaxPooling3D,
  MaxPooling1D,
  MaxPooling2D,
  MaxPooling3D,
} from "./src/layers/pooling/mod.ts";
export {
  CategoryEncoding,
  CenterCrop,
  Discretization,
  Hashing,
  IntegerLookup,
  Resizing,
  StringLookup,
} from "./src/layers/preprocessing/mod.ts";
export {
  Bidirectional,
  ConvLSTM1D,
  ConvLSTM2D,
  ConvLSTM3D,
  GRU,
  GRUCell,
  LSTM,
  LSTMCell,
  RNN,
  SimpleRNN,
  SimpleRNNCell,
  StackedRNNCells,
  TimeDistributed,
} from "./src/layers/recurrent/mod.ts";
export {
  ActivityRegularization,
  AlphaDropout,
  Dropout,
  GaussianDropout,
  GaussianNoise,
  SpatialDropout1D,
  SpatialDropout2D,
  SpatialDropout3D,
} from "./src/layers/regularization/mod.ts";
export {
  Cropping1D,
  Cropping2D,
  Cropping3D,
  Flatten,
  Permute,
  RepeatVector,
  Reshape,
  UpSampling1D,
  UpSampling2D,
  UpSampling3D,
  ZeroPadding1D,
  ZeroPadding2D,
  ZeroPadding3D,
} from "./src/layers/reshaping/mod.ts";
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
