// A call of attention that gives its weights too.
import type { MultiHeadAttention } from "../../../src/layers/attention/multi_head_attention.ts";
import type { Eager, Expected } from "../first_use.ts";

declare const layer: MultiHeadAttention<2>;
declare const query: Eager<readonly [10, 4, 5]>;
declare const value: Eager<readonly [10, 6, 7]>;
export const shape: Expected<readonly [10, 2, 4, 6]> = layer([query, value], { returnAttentionScores: true })[1].shape;
