/**
 * GPT-2 small, of A. Radford et al., Language Models are Unsupervised Multitask Learners, 2019: 124,439,808 parameters. The
 * embeddings of the tokens also make the scores of the next ones.
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
  type Tensor,
} from "@strata/nn";
import { add } from "@strata/nn/layers";

/** From tokens to the scores of what comes next, at each place. */
export type GPT2 = Model<
  SymbolicTensor<readonly ["batch", "length"], "int32">,
  SymbolicTensor<readonly ["batch", "length", 50257], "float32">,
  "gpt2"
>;

type Hidden = SymbolicTensor<readonly ["batch", "length", 768], "float32">;

/** Makes GPT-2 small. */
export function gpt2(): GPT2;
/** Makes GPT-2 with so many times smaller sizes, rounded up, which the compiler does not follow. */
export function gpt2(smaller: number): Model;
export function gpt2(smaller = 1): GPT2 {
  const gelu = (x: Tensor) => ops.gelu(x, { approximate: true });
  const size = <N extends number>(full: N) => Math.ceil(full / smaller) as N;
  const normalized = (x: Hidden) => new LayerNormalization({ epsilon: 1e-5 })(x);

  /** Each place looks at those before it, then at itself. */
  const block = (x: Hidden): Hidden => {
    const before = normalized(x);
    const seen = add([x, new MultiHeadAttention(12, size(64))([before, before], { useCausalMask: true })]);
    const thought = new Dense(size(3072), { activation: gelu })(normalized(seen));
    return add([seen, new Dense(size(768))(thought)]);
  };

  const tokens = input(["batch", "length"], { dtype: "int32" });
  const places = ops.subtract(ops.cumsum(ops.onesLike(tokens), { axis: 1 }), 1);
  const words = new Embedding(size(50257), size(768));
  let hidden = add([words(tokens), new Embedding(size(1024), size(768))(places)]);
  for (let layer = 0; layer < 12; layer++) hidden = block(hidden);
  const scores = ops.einsum("blf,vf->blv", normalized(hidden), words.embeddings);
  return new Model({ inputs: tokens, outputs: scores, name: "gpt2" });
}
