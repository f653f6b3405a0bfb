/**
 * Layers that weigh values by how keys meet queries.
 *
 * @module
 */
export * from "./attention.ts";
export type {
  AttentionCall,
  AttentionOptions,
  AttentionResult,
  AttentionSignature,
  HeadedAttentionOptions,
  MisfitOf,
  WrongInputs,
  wrongInputs,
} from "./attention_call.ts";
export * from "./group_query_attention.ts";
export { HeadedAttention, type HeadedConfig, type HeadedOptions, type HeadSizes } from "./headed_attention.ts";
export * from "./multi_head_attention.ts";
