/**
 * A tagger of words, after Z. Huang et al., Bidirectional LSTM-CRF Models for Sequence Tagging, 2015, without the last
 * field: word 0 fills up sentences and is left out. 4,932,113 parameters.
 *
 * @module
 */
import { Bidirectional, Dense, Embedding, input, LSTM, Model, type SymbolicTensor } from "@strata/nn";

/** From words to the probabilities of the 17 tags, at each place. */
export type BiLSTMTagger = Model<
  SymbolicTensor<readonly ["batch", "words"], "int32">,
  SymbolicTensor<readonly ["batch", "words", 17], "float32">,
  "bilstm_tagger"
>;

/** Makes the tagger. */
export function biLSTMTagger(): BiLSTMTagger;
/** Makes the tagger with so many times smaller sizes, which the compiler does not follow. */
export function biLSTMTagger(smaller: number): Model;
export function biLSTMTagger(smaller = 1): BiLSTMTagger {
  const size = <N extends number>(full: N) => full / smaller as N;

  const words = input(["batch", "words"], { dtype: "int32" });
  const embedded = new Embedding(size(20000), size(128), { maskZero: true })(words);
  const low = new Bidirectional(new LSTM(size(256), { returnSequences: true }))(embedded);
  const high = new Bidirectional(new LSTM(size(256), { returnSequences: true }))(low);
  const tags = new Dense(17, { activation: "softmax", inputDim: size(512) })(high);
  return new Model({ inputs: words, outputs: tags, name: "bilstm_tagger" });
}
