/**
 * Layers that weigh values by how keys meet queries.
 *
 * @module
 */
export { AdditiveAttention, Attention } from "./attention.ts";
export { GroupQueryAttention } from "./group_query_attention.ts";
export { MultiHeadAttention } from "./multi_head_attention.ts";
