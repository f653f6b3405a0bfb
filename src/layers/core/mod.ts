/**
 * The layers most models are made of: products with a kernel, embeddings, activations, and those that do nothing or something of one's own.
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
export {
  Identity,
  type IdentitySignature,
  InputLayer,
  type InputLayerConfig,
  type InputLayerOptions,
  Lambda,
  type LambdaFunction,
  type LambdaOptions,
} from "./core.ts";
export { Dense, type DenseConfig, type DenseOptions, type DenseSignature } from "./dense.ts";
export {
  EinsumDense,
  type EinsumDenseConfig,
  type EinsumDenseOptions,
  type EinsumDenseSignature,
} from "./einsum_dense.ts";
export { Embedding, type EmbeddingConfig, type EmbeddingOptions, type EmbeddingSignature } from "./embedding.ts";
export type { KernelConfig, KernelOptions } from "./kernel.ts";
export {
  ReversibleEmbedding,
  type ReversibleEmbeddingCallOptions,
  type ReversibleEmbeddingConfig,
  type ReversibleEmbeddingOptions,
} from "./reversible_embedding.ts";
export { Masking, type MaskingConfig, type MaskingOptions } from "./masking.ts";
