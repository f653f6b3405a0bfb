/**
 * The recurrent layers that the engine has kernels for: whole sequences in one node.
 *
 * The kernels order their gates otherwise than Keras, take time before the batch, and know some activations; for others
 * layers repeat their cells.
 *
 * @module
 */
import { type Emitter, int, type Value } from "../../emission/emitter.ts";
import type { Operation } from "../../graph/operation.ts";
import type { OnnxAttribute } from "../../onnx/model.ts";
import type { Dim } from "../../shape/dim.ts";
import { showShape } from "../../shape/dim.ts";
import { ShapeError } from "../../shape/error.ts";
import { zeros } from "../../tensor/creation.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Tensor } from "../../tensor/tensor.ts";

import { dispatch } from "../../eager/dispatch.ts";
import { EmptyBatch } from "./empty_batch.ts";
import { pad } from "../shaping/repetition.ts";

/**
 * The layers that the engine has kernels for.
 *
 * @internal
 */
export type RecurrentKind = "simpleRnn" | "lstm" | "gru";

/** The way a sequence is gone through. */
export interface RecurrentOptions {
  /** The activation of the candidate and, for an LSTM, of the cell's state. */
  readonly activation: string;
  /** The activation of the gates; that of a simple RNN, which has none, is not read. */
  readonly recurrentActivation: string;
  /** Whether the outputs of all steps are given, or the last one. */
  readonly sequences: boolean;
  /** Whether the last step comes first. */
  readonly backwards: boolean;
  /** Whether the outputs of all steps are in the order of the input's steps, or in that in which they are made. */
  readonly aligned: boolean;
  /** For a GRU: whether the reset gate is applied after the matrix product. */
  readonly resetAfter: boolean;
}

/** The kernels' names of activations, and what they take. */
const ACTIVATIONS: { readonly [name: string]: readonly [name: string, alpha?: number, beta?: number] } = {
  tanh: ["Tanh"],
  sigmoid: ["Sigmoid"],
  relu: ["Relu"],
  hard_sigmoid: ["HardSigmoid", 1 / 6, 0.5],
  softsign: ["Softsign"],
};

/** Whether the kernels compute an activation, and the dtype. */
export function hasRecurrentKernel(activations: readonly string[], dtype: DType): boolean {
  const isFloat = dtype === "float32" || dtype === "float16";
  return isFloat && activations.every((activation) => Object.hasOwn(ACTIVATIONS, activation));
}

type Attributes = Omit<RecurrentOptions, "recurrentActivation"> & {
  readonly recurrentActivation: string;
  readonly units: number;
  readonly useBias: boolean;
  readonly openBatch: boolean;
};

interface Kernel {
  readonly opType: string;
  /** The gates in Keras's order, as places in the kernel's. */
  readonly gates: readonly number[];
  readonly states: number;
  activations(attributes: Attributes): readonly string[];
}

const KERNELS: { readonly [kind in RecurrentKind]: Kernel } = {
  simpleRnn: { opType: "RNN", gates: [0], states: 1, activations: ({ activation }) => [activation] },
  // Keras: input, forget, candidate, output; the kernel: input, output, forget, candidate.
  lstm: {
    opType: "LSTM",
    gates: [0, 3, 1, 2],
    states: 2,
    activations: ({ activation, recurrentActivation }) => [recurrentActivation, activation, activation],
  },
  gru: {
    opType: "GRU",
    gates: [0, 1, 2],
    states: 1,
    activations: ({ activation, recurrentActivation }) => [recurrentActivation, activation],
  },
};

function recurrentOperation(kind: RecurrentKind): Operation<Attributes> {
  const kernel = KERNELS[kind];
  return {
    name: kind,
    hasWeights: true,
    infer([x], { units, sequences }) {
      const [batch = null, time = null] = x!.shape;
      if (time === 0) {
        throw new ShapeError(`Cannot make steps along time: expected at least one, received ${showShape(x!.shape)}`);
      }
      const shapes: readonly (readonly Dim[])[] = [
        sequences ? [batch, time, units] : [batch, units],
        ...Array.from({ length: kernel.states }, () => [batch, units]),
      ];
      return shapes.map((shape) => ({ shape, dtype: x!.dtype }));
    },
    rows(axes, _inputs, { useBias }) {
      const weights = useBias ? 4 : 3;
      const apart = axes.every((axis, index) => axis === (0 < index && index < weights ? null : 0));
      return Array.from({ length: 1 + kernel.states }, () => apart ? 0 : undefined);
    },
    emit: (emitter, inputs, attributes) => emitKernel(emitter, inputs, attributes, kernel),
  };
}

/** The entries of the layers that the engine has kernels for. */
export const recurrentOperations: { readonly [K in RecurrentKind]: Operation<Attributes> } = {
  simpleRnn: recurrentOperation("simpleRnn"),
  lstm: recurrentOperation("lstm"),
  gru: recurrentOperation("gru"),
};

/**
 * Goes through sequences `[batch, time, features]` as Keras's layer of that kind does. Gives the outputs, `[batch, time,
 * units]` or the last of them, and the states `[batch, units]` after the last step.
 *
 * @param weights The kernel, the recurrent kernel and, where there is one, the bias, in Keras's order and shapes.
 * @param states The states before the first step; none where they are 0.
 * @throws {ShapeError} If there are no steps.
 */
export function recurrent(
  kind: RecurrentKind,
  x: Tensor,
  weights: readonly Tensor[],
  states: readonly Tensor[],
  options: RecurrentOptions,
): { readonly output: Tensor; readonly states: readonly Tensor[] } {
  const op = recurrentOperations[kind];
  const batch = x.shape[0];
  const attributes: Attributes = {
    ...options,
    units: weights[1]!.shape[0] as number,
    useBias: weights.length > 2,
    openBatch: typeof batch !== "number" || batch === 0,
  };
  // Of no features the kernels read what is not there: one of zeros is the same.
  const [features, ...others] = weights;
  const inputs = features!.shape[0] === 0
    ? [
      pad(x, [[0, 0], [0, 0], [0, 1]]),
      zeros([1, features!.shape[1] as number], { dtype: x.dtype }),
      ...others,
      ...states,
    ]
    : [x, ...weights, ...states];
  const specs = batch === 0 ? op.infer(inputs, attributes) : [];
  const isKnown = specs.length > 0 && specs.every(({ shape }) => shape.every((dim) => typeof dim === "number"));
  const [output, ...after] = isKnown
    ? specs.map(({ shape, dtype }): Tensor => zeros(shape as readonly number[], { dtype }))
    : dispatch(op, inputs, attributes);
  return { output: output!, states: after };
}

function emitKernel(
  emitter: Emitter,
  inputs: readonly Value[],
  attributes: Attributes,
  kernel: Kernel,
): readonly Value[] {
  const { dtype } = inputs[0]!;
  // The engine's kernels are for float32.
  const [x, ...others] = inputs.map((input) => ({ ...emitter.cast(input, "float32"), shape: input.shape }));
  const weights = others.splice(0, attributes.useBias ? 3 : 2);
  const empty = attributes.openBatch ? new EmptyBatch(emitter, x!) : undefined;
  const filled = (value: Value): Value => empty?.fill(value) ?? value;
  const timeFirst = emitter.node("Transpose", [filled(x!)], {
    attributes: { perm: { type: "ints", value: [1, 0, 2] } },
  });
  const [kernelWeights, recurrentWeights] = weights.slice(0, 2).map((weight) => matrix(emitter, weight, kernel));
  const initial = others.map((state) => emitter.node("Unsqueeze", [filled(state), emitter.integers([0])]));
  const bias = attributes.useBias ? biasOf(emitter, weights[2]!, kernel, attributes) : null;
  const results = emitter.nodeWithOutputs(
    kernel.opType,
    trimmed([timeFirst, kernelWeights!, recurrentWeights!, bias, null, ...initial]),
    Array.from({ length: 1 + kernel.states }, () => "float32" as const),
    {
      attributes: {
        hidden_size: int(attributes.units),
        direction: { type: "string", value: attributes.backwards ? "reverse" : "forward" },
        ...activationAttributes(kernel.activations(attributes)),
        ...(kernel.opType === "GRU" ? { linear_before_reset: int(attributes.resetAfter ? 1 : 0) } : {}),
      },
    },
  );
  const states = results.slice(1).map((state) => emitter.node("Squeeze", [state, emitter.integers([0])]));
  const output = attributes.sequences ? sequencesOf(emitter, results[0]!, attributes) : states[0]!;
  return [output, ...states].map((value) => emitter.cast(empty?.empty(value) ?? value, dtype));
}

/** Inputs without those at the end that are left out. */
function trimmed(inputs: readonly (Value | null)[]): readonly (Value | null)[] {
  let { length } = inputs;
  while (inputs[length - 1] === null) length--;
  return inputs.slice(0, length);
}

/** The parts of an axis, one for each gate, in the kernel's order. */
function reordered(emitter: Emitter, value: Value, axis: number, { gates }: Kernel): Value {
  if (gates.every((gate, index) => gate === index)) return value;
  const split = { axis: int(axis), num_outputs: int(gates.length) };
  const parts = emitter.nodeWithOutputs("Split", [value], gates.map(() => null), { attributes: split });
  return emitter.node("Concat", gates.map((gate) => parts[gate]!), { attributes: { axis: int(axis) } });
}

/** Weights `[in, gates * units]` as the kernel takes them: `[1, gates * units, in]`. */
function matrix(emitter: Emitter, weight: Value, kernel: Kernel): Value {
  const transposed = emitter.node("Transpose", [reordered(emitter, weight, 1, kernel)], {
    attributes: { perm: { type: "ints", value: [1, 0] } },
  });
  return emitter.node("Unsqueeze", [transposed, emitter.integers([0])]);
}

/** A bias as the kernel takes it: that of the input, then that of the state, `[1, 2 * gates * units]`. */
function biasOf(emitter: Emitter, bias: Value, kernel: Kernel, { resetAfter }: Attributes): Value {
  if (kernel.opType === "GRU" && resetAfter) return emitter.node("Reshape", [bias, emitter.integers([1, -1])]);
  const none = emitter.node("Expand", [
    emitter.scalar(0, "float32"),
    emitter.node("Shape", [bias], { dtype: "int64" }),
  ]);
  const both = emitter.node("Concat", [reordered(emitter, bias, 0, kernel), none], { attributes: { axis: int(0) } });
  return emitter.node("Unsqueeze", [both, emitter.integers([0])]);
}

function activationAttributes(names: readonly string[]): Record<string, OnnxAttribute> {
  const activations = names.map((name) => ACTIVATIONS[name]!);
  const alphas = activations.flatMap(([, alpha]) => alpha === undefined ? [] : [alpha]);
  const betas = activations.flatMap(([, , beta]) => beta === undefined ? [] : [beta]);
  return {
    activations: { type: "strings", value: activations.map(([name]) => name) },
    ...(alphas.length === 0 ? {} : { activation_alpha: { type: "floats", value: alphas } }),
    ...(betas.length === 0 ? {} : { activation_beta: { type: "floats", value: betas } }),
  };
}

/** The outputs `[time, 1, batch, units]` of a kernel as `[batch, time, units]`. */
function sequencesOf(emitter: Emitter, outputs: Value, { backwards, aligned }: Attributes): Value {
  const squeezed = emitter.node("Squeeze", [outputs, emitter.integers([1])]);
  const batchFirst = emitter.node("Transpose", [squeezed], {
    attributes: { perm: { type: "ints", value: [1, 0, 2] } },
  });
  if (!backwards || aligned) return batchFirst;
  const [first, end] = [emitter.integers([-1]), emitter.integers([Number.MIN_SAFE_INTEGER])];
  return emitter.node("Slice", [batchFirst, first, end, emitter.integers([1]), emitter.integers([-1])]);
}
