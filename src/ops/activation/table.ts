/**
 * The entries of the op table in this folder, by their names.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { entryOf } from "../define.ts";
import {
  celu,
  elu,
  hardShrink,
  hardSigmoid,
  hardSilu,
  hardTanh,
  leakyRelu,
  relu,
  relu6,
  selu,
  softShrink,
  sparsePlus,
  sparseSigmoid,
  thresholdOperation,
} from "./rectifiers.ts";
import {
  exponential,
  gelu,
  linear,
  logSigmoid,
  mish,
  sigmoid,
  silu,
  softplus,
  softsign,
  squareplus,
  tanhShrink,
} from "./smooth_activations.ts";
import { gluOperation, logSoftmaxOperation, softmaxOperation, sparsemaxOperation } from "./softmax.ts";

/** The names of the entries. */
export type ActivationName =
  | "celu"
  | "elu"
  | "exponential"
  | "gelu"
  | "glu"
  | "hardShrink"
  | "hardSigmoid"
  | "hardSilu"
  | "hardTanh"
  | "leakyRelu"
  | "linear"
  | "logSigmoid"
  | "logSoftmax"
  | "mish"
  | "relu"
  | "relu6"
  | "selu"
  | "sigmoid"
  | "silu"
  | "softmax"
  | "softplus"
  | "softShrink"
  | "softsign"
  | "sparsemax"
  | "sparsePlus"
  | "sparseSigmoid"
  | "squareplus"
  | "tanhShrink"
  | "threshold";

/** The entries by their names. */
export const activation: { readonly [Name in ActivationName]: Operation } = {
  celu: entryOf(celu),
  elu: entryOf(elu),
  exponential: entryOf(exponential),
  gelu: entryOf(gelu),
  glu: gluOperation,
  hardShrink: entryOf(hardShrink),
  hardSigmoid: entryOf(hardSigmoid),
  hardSilu: entryOf(hardSilu),
  hardTanh: entryOf(hardTanh),
  leakyRelu: entryOf(leakyRelu),
  linear: entryOf(linear),
  logSigmoid: entryOf(logSigmoid),
  logSoftmax: logSoftmaxOperation,
  mish: entryOf(mish),
  relu: entryOf(relu),
  relu6: entryOf(relu6),
  selu: entryOf(selu),
  sigmoid: entryOf(sigmoid),
  silu: entryOf(silu),
  softmax: softmaxOperation,
  softplus: entryOf(softplus),
  softShrink: entryOf(softShrink),
  softsign: entryOf(softsign),
  sparsemax: sparsemaxOperation,
  sparsePlus: entryOf(sparsePlus),
  sparseSigmoid: entryOf(sparseSigmoid),
  squareplus: entryOf(squareplus),
  tanhShrink: entryOf(tanhShrink),
  threshold: thresholdOperation,
};
