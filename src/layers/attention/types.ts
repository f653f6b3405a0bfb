/**
 * Base classes of attention layers, and the types of their signatures, options and configurations.
 *
 * @module
 */
export {
  type AdditiveAttentionConfig,
  type AdditiveAttentionOptions,
  type AttentionConfig,
  type AttentionLayerOptions,
  FlatAttention,
  type FlatSignature,
} from "./attention.ts";
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
export type { GroupQueryAttentionConfig, GroupQueryAttentionOptions } from "./group_query_attention.ts";
export { HeadedAttention, type HeadedConfig, type HeadedOptions, type HeadSizes } from "./headed_attention.ts";
export type {
  HeadedSignature,
  MultiHeadAttentionConfig,
  MultiHeadAttentionOptions,
  OutputShape,
} from "./multi_head_attention.ts";
