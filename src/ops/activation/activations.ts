/**
 * The table of activations by their Keras names, for layers; the ops themselves are in the files that this one imports.
 *
 * @module
 */
import type { Emitter, Value } from "../../emission/emitter.ts";
import type { Attributes, Operation } from "../../graph/operation.ts";
import type { TensorLike } from "../../tensor/like.ts";
import type { TensorSpec } from "../../tensor/tensor.ts";
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
import {
  logSoftmax,
  logSoftmaxOperation,
  softmax,
  softmaxOperation,
  sparsemax,
  sparsemaxOperation,
} from "./softmax.ts";
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

/** The entry of the op table that computes an activation. */
function operationOf(name: ActivationName): Operation {
  switch (name) {
    case "gelu":
      return entryOf(gelu);
    case "softmax":
      return softmaxOperation as unknown as Operation;
    case "log_softmax":
      return logSoftmaxOperation as unknown as Operation;
    case "sparsemax":
      return sparsemaxOperation as unknown as Operation;
    default:
      return entryOf(activations[name]);
  }
}

/** What activations of layers are called with, where that is other than the op's default. */
const OPTIONS: { readonly [name in ActivationName]?: object } = { gelu: { approximate: false } };

/** An activation as the last step of another entry of the op table. */
export interface FusedActivation {
  /** The entry that computes it. */
  readonly operation: Operation;
  /** The attributes that it has for such an input. */
  attributes(x: TensorSpec): Attributes;
  /** The dtype and shape of the result. */
  infer(x: TensorSpec): TensorSpec;
  /** Where the rows of a batch are in the result, if they are on axis `place` of `x`. */
  rows(place: number, x: TensorSpec): number | undefined;
  /** Writes the nodes. */
  emit(emitter: Emitter, x: Value): Value;
}

const FUSED: ReadonlyMap<string, FusedActivation> = new Map(
  (Object.keys(activations) as ActivationName[]).map((name) => {
    const operation = operationOf(name);
    const options = OPTIONS[name] ?? {};
    const attributes = (x: TensorSpec): Attributes => operation.normalize?.(options, [x]) ?? {};
    return [operation.name, {
      operation,
      attributes,
      infer: (x) => operation.infer([x], attributes(x))[0]!,
      rows: (place, x) => operation.rows?.([place], [x], attributes(x))[0],
      emit: (emitter, x) => operation.emit(emitter, [x], attributes(x)) as Value,
    }];
  }),
);

/** The activation of an entry's name, such as `leakyRelu`; undefined if none has it. */
export function fusedActivation(operation: string): FusedActivation | undefined {
  return FUSED.get(operation);
}

/** The name of the entry that computes an activation; undefined for a name that no activation has. */
export function operationOfActivation(name: string): string | undefined {
  if (!Object.hasOwn(activations, name)) return undefined;
  return operationOf(name as ActivationName).name;
}
