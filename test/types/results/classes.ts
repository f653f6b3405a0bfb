// Classes of layers without type arguments stand for all layers of their kind.
import {
  type AnyLayer,
  Dense,
  EinsumDense,
  Embedding,
  Flatten,
  Identity,
  input,
  Model,
  Permute,
  RepeatVector,
  Reshape,
  Sequential,
} from "../../../mod.ts";

const x = input(["batch", 4]);
export const dense: Dense = new Dense(3, { inputDim: 5, name: "head" });
export const einsumDense: EinsumDense = new EinsumDense("ab,bc->ac", 3, { name: "head" });
export const embedding: Embedding = new Embedding(3, 4, { name: "head" });
export const flatten: Flatten = new Flatten({ name: "head" });
export const identity: Identity = new Identity({ name: "head" });
export const permute: Permute = new Permute([2, 1], { name: "head" });
export const repeatVector: RepeatVector = new RepeatVector(3, { name: "head" });
export const reshape: Reshape = new Reshape([3, 4], { name: "head" });
export const model: Model = new Model({ inputs: x, outputs: dense(x), name: "head" });
export const sequential: Sequential = new Sequential(x, new Dense(3));
export const layers: readonly AnyLayer[] = [
  dense,
  new Dense(3),
  flatten,
  new Reshape([3]),
  repeatVector,
  model,
  sequential,
];
