// Queries, values and keys that do not fit each other.
import { dotProductAttention } from "../../../src/ops/attention/attention.ts";
import { AdditiveAttention, Attention } from "../../../src/layers/attention/attention.ts";
import { GroupQueryAttention } from "../../../src/layers/attention/group_query_attention.ts";
import { MultiHeadAttention } from "../../../src/layers/attention/multi_head_attention.ts";
import { input, zeros } from "../../../mod.ts";
import { fails } from "../attempts.ts";

// error: Layer multi_head_attention expects [query, value] or [query, value, key], but it received 1 input tensors
fails(() => new MultiHeadAttention(2, 3)(zeros([2, 4, 5])));
// error: Layer heads expects [query, value] or [query, value, key], but it received 1 input tensors
fails(() => new MultiHeadAttention(2, 3, { name: "heads" })([zeros([2, 4, 5])]));
// error: Layer multi_head_attention expects [query, value] or [query, value, key], but it received a record
fails(() => new MultiHeadAttention(2, 3)({ query: zeros([2, 4, 5]), value: zeros([2, 4, 5]) }));
// error: Input 0 of layer multi_head_attention is incompatible with the layer: expected min_ndim=3, found ndim=2. Full shape received: [4, 5]
fails(() => new MultiHeadAttention(2, 3)([zeros([4, 5]), zeros([4, 5])]));
// error: Input 1 of layer multi_head_attention is incompatible with the layer: expected ndim=3, found ndim=4. Full shape received: [2, 3, 4, 5]
fails(() => new MultiHeadAttention(2, 3)([zeros([2, 4, 5]), zeros([2, 3, 4, 5])]));
// error: Input 1 of layer multi_head_attention is incompatible with the layer: expected axis 0 of input shape to have value 2 but received input with shape [3, 6, 7]
fails(() => new MultiHeadAttention(2, 3)([zeros([2, 4, 5]), zeros([3, 6, 7])]));
// error: Input 2 of layer multi_head_attention is incompatible with the layer: All dimensions of value and key, except the last one, must be equal. Received: value [2, 6, 7] and key [2, 5, 7]
fails(() => new MultiHeadAttention(2, 3)([zeros([2, 4, 5]), zeros([2, 6, 7]), zeros([2, 5, 7])]));
// error: Input 2 of layer multi_head_attention is incompatible with the layer: All dimensions of value and key, except the last one, must be equal. Received: value [batch, 6, 7] and key [batch, 5, 7]
fails(() => new MultiHeadAttention(2, 3)([input(["batch", 4, 5]), input(["batch", 6, 7]), input(["batch", 5, 7])]));
// error: Input 1 of layer grouped_query_attention is incompatible with the layer: expected axis 0 of input shape to have value 2 but received input with shape [3, 6, 7]
fails(() => new GroupQueryAttention(3, 4, 2)([zeros([2, 4, 5]), zeros([3, 6, 7])]));
// error: Layer attention expects [query, value] or [query, value, key], but it received 4 input tensors
fails(() => new Attention()([zeros([2, 4, 5]), zeros([2, 4, 5]), zeros([2, 4, 5]), zeros([2, 4, 5])]));
// error: Input 1 of layer attention is incompatible with the layer: expected axis -1 of input shape to have value 5 but received input with shape [2, 6, 7]
fails(() => new Attention()([zeros([2, 4, 5]), zeros([2, 6, 7])]));
// error: Input 2 of layer attention is incompatible with the layer: expected axis -1 of input shape to have value 5 but received input with shape [2, 6, 7]
fails(() => new Attention()([zeros([2, 4, 5]), zeros([2, 6, 5]), zeros([2, 6, 7])]));
// error: Input 2 of layer attention is incompatible with the layer: expected axis -2 of input shape to have value 6 but received input with shape [2, 3, 5]
fails(() => new Attention()([zeros([2, 4, 5]), zeros([2, 6, 7]), zeros([2, 3, 5])]));
// error: Input 0 of layer attention is incompatible with the layer: expected min_ndim=2, found ndim=1. Full shape received: [5]
fails(() => new Attention()([zeros([5]), zeros([6, 5])]));
// error: Input 1 of layer attention is incompatible with the layer: Cannot broadcast shapes [2] and [3]: axis -1 is 2 and 3
fails(() => new Attention()([zeros([2, 4, 5]), zeros([3, 6, 5])]));
// error: Input 1 of layer additive_attention is incompatible with the layer: expected axis -1 of input shape to have value 5 but received input with shape [2, 6, 7]
fails(() => new AdditiveAttention()([zeros([2, 4, 5]), zeros([2, 6, 7])]));
// error: Cannot attend from query [2, 4, 2, 3] to key [2, 6, 2, 5] and value [2, 6, 2, 5]: the features of query and key are 3 and 5
fails(() => dotProductAttention(zeros([2, 4, 2, 3]), zeros([2, 6, 2, 5]), zeros([2, 6, 2, 5])));
// error: Cannot attend from query [2, 4, 2, 3] to key [2, 6, 2, 3] and value [2, 5, 2, 3]: the lengths of key and value are 6 and 5
fails(() => dotProductAttention(zeros([2, 4, 2, 3]), zeros([2, 6, 2, 3]), zeros([2, 5, 2, 3])));
// error: Cannot attend from query [2, 4, 3] to key [2, 6, 3] and value [2, 6, 3]: expected 4 axes of each
fails(() => dotProductAttention(zeros([2, 4, 3]), zeros([2, 6, 3]), zeros([2, 6, 3])));
