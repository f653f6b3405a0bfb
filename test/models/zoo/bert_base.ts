/**
 * The encoder of BERT-base, of J. Devlin et al., BERT: Pre-training of Deep Bidirectional Transformers, 2018, for the
 * vocabulary of the uncased model: 108,891,648 parameters, and 109,482,240 with the pooler, which it has here.
 *
 * @module
 */
import {
  Dense,
  Embedding,
  input,
  LayerNormalization,
  Model,
  MultiHeadAttention,
  ops,
  type SymbolicTensor,
} from "@strata/nn";
import { add } from "@strata/nn/layers";

/** Tokens, to which sentence each belongs, and which of them count. */
type Inputs = {
  readonly tokens: SymbolicTensor<readonly ["batch", "length"], "int32">;
  readonly segments: SymbolicTensor<readonly ["batch", "length"], "int32">;
  readonly mask: SymbolicTensor<readonly ["batch", "length"], "bool">;
};

/** Features of each token, and of the whole. */
type Outputs = {
  readonly sequence: SymbolicTensor<readonly ["batch", "length", 768], "float32">;
  readonly pooled: SymbolicTensor<readonly ["batch", 768], "float32">;
};

/** From tokens to their features. */
export type BertBase = Model<Inputs, Outputs, "bert_base">;

/** Makes the encoder of BERT-base. */
export function bertBase(): BertBase;
/** Makes the encoder with so many times smaller sizes, rounded up, which the compiler does not follow. */
export function bertBase(smaller: number): Model;
export function bertBase(smaller = 1): BertBase | Model {
  const size = <N extends number>(full: N) => Math.ceil(full / smaller) as N;
  const normalization = () => new LayerNormalization({ epsilon: 1e-12 });

  const tokens = input(["batch", "length"], { dtype: "int32" });
  const segments = input(["batch", "length"], { dtype: "int32" });
  const mask = input(["batch", "length"], { dtype: "bool" });
  const places = ops.subtract(ops.cumsum(ops.onesLike(tokens), { axis: 1 }), 1);
  const counted = ops.expandDims(mask, 1);

  const embedded = add([
    new Embedding(size(30522), size(768))(tokens),
    new Embedding(size(512), size(768))(places),
    new Embedding(2, size(768))(segments),
  ]);
  let sequence = normalization()(embedded);
  for (let layer = 0; layer < 12; layer++) {
    const attention = new MultiHeadAttention(12, size(64));
    const seen = attention([sequence, sequence], { attentionMask: counted });
    const read = normalization()(add([sequence, seen]));
    const thought = new Dense(size(3072), { activation: "gelu" })(read);
    sequence = normalization()(add([read, new Dense(size(768))(thought)]));
  }
  const first = ops.take(sequence, 0, { axis: 1 });
  const pooled = new Dense(size(768), { activation: "tanh" })(first);
  return new Model({ inputs: { tokens, segments, mask }, outputs: { sequence, pooled }, name: "bert_base" });
}
