/**
 * The layers most models are made of: products with a kernel, embeddings, activations, and those that do nothing or something of one's own.
 *
 * @module
 */
export { Activation } from "./activation.ts";
export { ELU, LeakyReLU, PReLU, ReLU, Softmax } from "./activation_layers.ts";
export { Identity, InputLayer, Lambda } from "./core.ts";
export { Dense } from "./dense.ts";
export { EinsumDense } from "./einsum_dense.ts";
export { Embedding } from "./embedding.ts";
export { ReversibleEmbedding } from "./reversible_embedding.ts";
export { Masking } from "./masking.ts";
