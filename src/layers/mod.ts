/**
 * Layers, under Keras's names.
 *
 * @module
 */
export { Activation, type ActivationConfig, type ActivationFunction, type ActivationLike } from "./activation.ts";
export {
  ELU,
  type ELUOptions,
  LeakyReLU,
  type LeakyReLUOptions,
  PReLU,
  type PReLUConfig,
  type PReLUOptions,
  ReLU,
  type ReLUOptions,
  Softmax,
  type SoftmaxOptions,
} from "./activation_layers.ts";
export type { ActivationName } from "../ops/activations.ts";
export type { Shapes } from "./build.ts";
export type { CallOptions } from "./context.ts";
export {
  Identity,
  InputLayer,
  type InputLayerConfig,
  type InputLayerOptions,
  Lambda,
  type LambdaFunction,
} from "./core.ts";
export { Dense, type DenseConfig, type DenseOptions, type DenseSignature } from "./dense.ts";
export { Dropout, type DropoutConfig, type DropoutOptions } from "./dropout.ts";
export {
  EinsumDense,
  type EinsumDenseConfig,
  type EinsumDenseOptions,
  type EinsumDenseSignature,
} from "./einsum_dense.ts";
export { Embedding, type EmbeddingConfig, type EmbeddingOptions, type EmbeddingSignature } from "./embedding.ts";
export * as initializers from "./initializers.ts";
export type {
  Initializer,
  InitializerConfig,
  InitializerFunction,
  InitializerLike,
  InitializerName,
} from "./initializers.ts";
export { InputSpec, type InputSpecOptions } from "./input_spec.ts";
export type { KernelConfig, KernelOptions } from "./kernel.ts";
export { type AnyLayer, Layer } from "./layer.ts";
export type { LayerConfig, LayerOptions, WeightOptions, WeightShape } from "./options.ts";
export {
  Flatten,
  type FlattenSignature,
  Permute,
  type PermuteConfig,
  type PermuteSignature,
  RepeatVector,
  type RepeatVectorConfig,
  type RepeatVectorSignature,
  Reshape,
  type ReshapeConfig,
  type ReshapeSignature,
} from "./reshaping.ts";
export { clearSession } from "./session.ts";
export type { Anything, Keeps, LayerInput, Maps, NoSpec, Signature } from "./signature.ts";
export type { Structure } from "../tensor/structure.ts";
