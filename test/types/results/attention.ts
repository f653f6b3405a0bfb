// What attention and preprocessing layers give.
import { dotProductAttention } from "../../../src/ops/attention/attention.ts";
import { AdditiveAttention, Attention } from "../../../src/layers/attention/attention.ts";
import { CategoryEncoding } from "../../../src/layers/preprocessing/category_encoding.ts";
import { Discretization } from "../../../src/layers/preprocessing/discretization.ts";
import { GroupQueryAttention } from "../../../src/layers/attention/group_query_attention.ts";
import { Hashing } from "../../../src/layers/preprocessing/hashing.ts";
import { IntegerLookup } from "../../../src/layers/preprocessing/integer_lookup.ts";
import { MultiHeadAttention } from "../../../src/layers/attention/multi_head_attention.ts";
import { StringLookup } from "../../../src/layers/preprocessing/string_lookup.ts";
import { type EagerTensor, input, type Shape, type SymbolicTensor, type Tensor, zeros } from "../../../mod.ts";
import { type Eq, is } from "../exact.ts";

const q = zeros([2, 4, 5]);
const v = zeros([2, 6, 7]);
const named = input(["batch", "time", 5]);
declare const plain: Tensor;
declare const wide: EagerTensor<Shape, "float32">;
declare const several: readonly EagerTensor<Shape, "float32">[];

const heads = [
  new MultiHeadAttention(3, 8)([q, v]),
  new MultiHeadAttention(3, 8)([q, v, zeros([2, 6, 9])]),
  new MultiHeadAttention(3, 8)([named, named]),
  new MultiHeadAttention(3, 8, { outputShape: 11 })([named, input(["batch", 6, 7])]),
  new MultiHeadAttention(3, 8, { outputShape: [2, 9], dtype: "float16" })([q, v]),
  new MultiHeadAttention(3, 8)([zeros([2, 4, 4, 5]), zeros([2, 3, 6, 7])]),
  new MultiHeadAttention(3, 8)([wide, wide]),
  new MultiHeadAttention(3, 8)([plain, plain]),
  new MultiHeadAttention(3, 8)(several),
  new GroupQueryAttention(8, 4, 2)([named, named]),
  new MultiHeadAttention(3, 8)([q, v], { useCausalMask: true }),
  new MultiHeadAttention(3, 8)([q, v], { returnAttentionScores: false }),
] as const;
is<
  Eq<
    typeof heads,
    readonly [
      EagerTensor<readonly [2, 4, 5], "float32">,
      EagerTensor<readonly [2, 4, 5], "float32">,
      SymbolicTensor<readonly ["batch", "time", 5], "float32">,
      SymbolicTensor<readonly ["batch", "time", 11], "float32">,
      EagerTensor<readonly [2, 4, 2, 9], "float16">,
      EagerTensor<readonly [2, 4, 4, 5], "float32">,
      EagerTensor<Shape, "float32">,
      Tensor<Shape, "float32">,
      EagerTensor<Shape, "float32">,
      SymbolicTensor<readonly ["batch", "time", 5], "float32">,
      EagerTensor<readonly [2, 4, 5], "float32">,
      EagerTensor<readonly [2, 4, 5], "float32">,
    ]
  >
>();

const scored = new MultiHeadAttention(3, 8)([named, input(["batch", 6, 7])], { returnAttentionScores: true });
is<
  Eq<
    typeof scored,
    readonly [
      SymbolicTensor<readonly ["batch", "time", 5], "float32">,
      SymbolicTensor<readonly ["batch", 3, "time", 6], "float32">,
    ]
  >
>();

const flat = [
  new Attention()([q, zeros([2, 6, 5])]),
  new Attention()([q, v, zeros([2, 6, 5])]),
  new Attention()([named, input(["batch", "steps", 5])]),
  new Attention({ scoreMode: "concat" })([q, zeros([1, 6, 1])]),
  new AdditiveAttention()([q, zeros([2, 6, 5])]),
  new Attention()([wide, q]),
] as const;
is<
  Eq<
    typeof flat,
    readonly [
      EagerTensor<readonly [2, 4, 5], "float32">,
      EagerTensor<readonly [2, 4, 7], "float32">,
      SymbolicTensor<readonly ["batch", "time", 5], "float32">,
      EagerTensor<readonly [2, 4, 1], "float32">,
      EagerTensor<readonly [2, 4, 5], "float32">,
      EagerTensor<Shape, "float32">,
    ]
  >
>();
const pair = new Attention()([named, input(["batch", "steps", 5])], { returnAttentionScores: true });
is<Eq<typeof pair[1], SymbolicTensor<readonly ["batch", "time", "steps"], "float32">>>();

const op = dotProductAttention(zeros([2, 4, 6, 3]), zeros([2, 5, 2, 3]), input(["batch", 5, 2, 7]));
is<Eq<typeof op, SymbolicTensor<readonly [2, 4, 6, 7], "float32">>>();

const ids = zeros([8, 3], { dtype: "int32" });
const open = input(["batch", 3], { dtype: "int32" });
const categories = [
  new CategoryEncoding(4)(ids),
  new CategoryEncoding(4, { outputMode: "one_hot" })(open),
  new CategoryEncoding(4, { outputMode: "one_hot" })(zeros([8, 1], { dtype: "int32" })),
  new CategoryEncoding(4, { outputMode: "count" })(open, { countWeights: zeros([8, 3]) }),
  new Discretization({ binBoundaries: [0, 1, 2] })(zeros([8, 3])),
  new Discretization({ binBoundaries: [0, 1, 2], outputMode: "one_hot" })(zeros([8, 3])),
  new Hashing(7)(ids),
  new Hashing(7, { outputMode: "count" })(ids),
  new IntegerLookup({ vocabulary: [1, 2] })(open),
  new IntegerLookup({ vocabulary: [1, 2], outputMode: "count" })(open),
  new StringLookup({ vocabulary: ["a"], outputMode: "one_hot" })(open),
] as const;
is<
  Eq<
    typeof categories,
    readonly [
      EagerTensor<readonly [8, 4], "float32">,
      SymbolicTensor<readonly ["batch", 3, 4], "float32">,
      EagerTensor<readonly [8, 4], "float32">,
      SymbolicTensor<readonly ["batch", 4], "float32">,
      EagerTensor<readonly [8, 3], "int32">,
      EagerTensor<readonly [8, 3, 4], "float32">,
      EagerTensor<readonly [8, 3], "int64">,
      EagerTensor<readonly [8, 7], "float32">,
      SymbolicTensor<readonly ["batch", 3], "int64">,
      SymbolicTensor<readonly ["batch", null], "float32">,
      SymbolicTensor<readonly ["batch", 3, null], "float32">,
    ]
  >
>();
