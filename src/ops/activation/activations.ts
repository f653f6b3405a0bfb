/**
 * The table of activations by their Keras names, for layers; the ops themselves are in the files that this one imports.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import type { TensorLike } from "../../tensor/like.ts";
import { operations } from "../define.ts";
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
import { logSoftmax, softmax, sparsemax } from "./softmax.ts";
import { tanh } from "../elementwise/trigonometry.ts";
import type { FloatLike } from "../types.ts";

/** The names of activations, as Keras writes them. */
export type ActivationName =
  | "celu"
  | "elu"
  | "exponential"
  | "gelu"
  | "hard_shrink"
  | "hard_sigmoid"
  | "hard_silu"
  | "hard_swish"
  | "hard_tanh"
  | "leaky_relu"
  | "linear"
  | "log_sigmoid"
  | "log_softmax"
  | "mish"
  | "relu"
  | "relu6"
  | "selu"
  | "sigmoid"
  | "silu"
  | "soft_shrink"
  | "softmax"
  | "softplus"
  | "softsign"
  | "sparse_plus"
  | "sparse_sigmoid"
  | "sparsemax"
  | "squareplus"
  | "swish"
  | "tanh"
  | "tanh_shrink";

/** A function that keeps the shape, and the dtype of floats. */
export interface Activation {
  /** Applies the activation with its default options. */
  <const X extends TensorLike>(x: X): FloatLike<X>;
}

/**
 * The activations by the names under which layers take them, with Keras's default options. Those that need arguments
 * (`threshold`) or change the shape (`glu`) are ops only.
 */
export const activations: { readonly [name in ActivationName]: Activation } = {
  celu: celu as Activation,
  elu: elu as Activation,
  exponential,
  gelu: (x) => gelu(x, { approximate: false }),
  hard_shrink: hardShrink as Activation,
  hard_sigmoid: hardSigmoid,
  hard_silu: hardSilu,
  hard_swish: hardSilu,
  hard_tanh: hardTanh as Activation,
  leaky_relu: leakyRelu as Activation,
  linear: linear as Activation,
  log_sigmoid: logSigmoid,
  log_softmax: logSoftmax as Activation,
  mish,
  relu: relu as Activation,
  relu6,
  selu,
  sigmoid,
  silu,
  soft_shrink: softShrink as Activation,
  softmax: softmax as Activation,
  softplus,
  softsign,
  sparse_plus: sparsePlus,
  sparse_sigmoid: sparseSigmoid,
  sparsemax: sparsemax as Activation,
  squareplus: squareplus as Activation,
  swish: silu,
  tanh,
  tanh_shrink: tanhShrink,
};

/** The entries of the op table under another name than their own in snake case. */
const ALIASES: { readonly [name: string]: string } = { swish: "silu", hard_swish: "hardSilu" };

/**
 * The entry of the op table that computes an activation, to be emitted with empty attributes; undefined for a name that
 * no activation has.
 */
export function activationOperation(name: string): Operation | undefined {
  if (!Object.hasOwn(activations, name)) return undefined;
  return operations.get(ALIASES[name] ?? name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase()));
}
