/**
 * Base classes of the core layers, and the types of their signatures, options and configurations.
 *
 * @module
 */
export type { ActivationConfig, ActivationFunction, ActivationLike } from "./activation.ts";
export type {
  ELUOptions,
  LeakyReLUOptions,
  PReLUConfig,
  PReLUOptions,
  ReLUOptions,
  SoftmaxOptions,
} from "./activation_layers.ts";
export type { IdentitySignature, InputLayerConfig, InputLayerOptions, LambdaFunction, LambdaOptions } from "./core.ts";
export type { DenseConfig, DenseOptions, DenseSignature } from "./dense.ts";
export type { EinsumDenseConfig, EinsumDenseOptions, EinsumDenseSignature } from "./einsum_dense.ts";
export type { EmbeddingConfig, EmbeddingOptions, EmbeddingSignature } from "./embedding.ts";
export type { KernelConfig, KernelOptions } from "./kernel.ts";
export type {
  ReversibleEmbeddingCallOptions,
  ReversibleEmbeddingConfig,
  ReversibleEmbeddingOptions,
} from "./reversible_embedding.ts";
export type { MaskingConfig, MaskingOptions } from "./masking.ts";
