/**
 * One step of a recurrence: recorded once, written as often as it is run.
 *
 * @module
 */
import type { Emitter, Value } from "../../emission/emitter.ts";
import { Graph } from "../../graph/graph.ts";
import { GraphNode, type NodeInput, nodesMade } from "../../graph/node.ts";
import { attributesKey } from "../../graph/operation.ts";
import { followRows } from "../../graph/rows.ts";
import { EagerTensor, valuesOf } from "../../tensor/eager.ts";
import { whileTracing } from "../../tensor/scope.ts";
import { SymbolicTensor } from "../../tensor/symbolic.ts";
import type { Tensor, TensorSpec } from "../../tensor/tensor.ts";
import type { Variable } from "../../tensor/variable.ts";

/** A step: from the values of this step, the states and what is the same in all steps to outputs and states. */
export type Step = (
  inputs: readonly Tensor[],
  states: readonly Tensor[],
  constants: readonly Tensor[],
) => readonly Tensor[];

/** A recorded step. */
export interface StepGraph {
  /** The placeholders that the step was called with, in order. */
  readonly placeholders: readonly SymbolicTensor[];
  /** What it did; its inputs are the placeholders, then the symbolic tensors around it that it read. */
  readonly graph: Graph<readonly SymbolicTensor[], readonly NodeInput[]>;
  /** The variables that it assigned; each run of a step hands them on to the next. */
  readonly assigned: readonly Variable[];
  /** What it read beside its placeholders: symbolic tensors around it, variables that it does not assign, and constants. */
  readonly captured: readonly NodeInput[];
  /** A text that is the same for steps that do the same. */
  readonly key: string;
}

/** Constants of more values are read, not written into the model. */
const MOST_VALUES = 1;

/** Records what `step` does to tensors of these shapes and dtypes. */
export function recordStep(
  step: Step,
  [inputs, states, constants]: readonly [readonly TensorSpec[], readonly TensorSpec[], readonly TensorSpec[]],
): StepGraph {
  const placeholder = ({ shape, dtype }: TensorSpec) => new SymbolicTensor(shape, dtype, { name: "step" });
  const given = [inputs.map(placeholder), states.map(placeholder), constants.map(placeholder)] as const;
  const placeholders = given.flat();
  const updates = new Map<Tensor, Tensor>();
  const before = nodesMade();
  const made = whileTracing(() => step(...given), updates).map((result) => updates.get(result) ?? result);
  const results = made as Iterable<Tensor> as Iterable<NodeInput>;
  const around = symbolsAround([...results, ...updates.values() as Iterable<NodeInput>], placeholders, before);
  const graph = new Graph([...placeholders, ...around], [...results] as readonly NodeInput[], {
    name: "step",
    updates: updates as Map<Variable, Tensor>,
  });
  const assigned = [...updates.keys()] as Variable[];
  const captured = new Set<NodeInput>(around);
  const outputs = outputsOf(graph);
  for (const read of [...graph.nodes.flatMap((node) => node.inputs), ...outputs]) {
    if (read.kind === "symbolic" || assigned.includes(read as Variable) || isSmall(read)) continue;
    captured.add(read);
  }
  const recorded = { placeholders, graph, assigned, captured: [...captured] };
  return { ...recorded, key: keyOf(recorded) };
}

/** The symbolic tensors that results come of and that were there before the step: made before, or inputs of others. */
function symbolsAround(
  results: readonly NodeInput[],
  placeholders: readonly SymbolicTensor[],
  before: number,
): readonly SymbolicTensor[] {
  const around = new Set<SymbolicTensor>();
  const seen = new Set<NodeInput>(placeholders);
  const pending = [...results];
  for (let tensor = pending.pop(); tensor !== undefined; tensor = pending.pop()) {
    const root = rootOf(tensor);
    if (root.kind !== "symbolic" || seen.has(root)) continue;
    seen.add(root);
    const { origin } = root.source;
    if (origin instanceof GraphNode && origin.order > before) pending.push(...origin.inputs.toReversed());
    else around.add(root);
  }
  return [...around];
}

function isSmall(tensor: NodeInput): tensor is EagerTensor {
  return tensor instanceof EagerTensor && tensor.size! <= MOST_VALUES;
}

/** The result of a step, then what it assigns. */
function outputsOf(graph: StepGraph["graph"]): NodeInput[] {
  const outputs = [...graph.outputs, ...graph.updates.values() as Iterable<NodeInput>];
  return outputs.map((output) => output.kind === "symbolic" ? output.root : output);
}

function keyOf({ placeholders, graph, assigned, captured }: Omit<StepGraph, "key">): string {
  const numbers = new Map<NodeInput, number>();
  const parts: string[] = [];
  for (const input of [...placeholders, ...assigned, ...captured]) {
    numbers.set(input, numbers.size);
    // Which axes are known: where rows go depends on it, and what is inferred.
    parts.push(`${input.dtype}${input.shape.map((dim) => typeof dim === "number" ? "1" : "0").join("")}`);
  }
  const numberOf = (tensor: NodeInput): number | string => {
    const root = tensor.kind === "symbolic" ? tensor.root : tensor;
    return numbers.get(root) ?? `${root.dtype}[${root.shape}]${valuesOf(root as EagerTensor)}`;
  };
  for (const { op, inputs, attributes, outputs } of graph.nodes) {
    parts.push(`${op.name}(${inputs.map(numberOf)})${attributesKey(attributes)}`);
    for (const output of outputs) numbers.set(output, numbers.size);
  }
  return [...parts, ...outputsOf(graph).map(numberOf)].join("\n");
}

/** What stands for what a step reads: its placeholders, then what it assigns, then what it captured. */
function bindReads<T>({ placeholders, assigned, captured }: StepGraph, reads: readonly T[]): Map<NodeInput, T> {
  const all: readonly NodeInput[] = [...placeholders, ...assigned, ...captured];
  return new Map(all.map((input, index) => [input, reads[index]!]));
}

const rootOf = (tensor: NodeInput): NodeInput => tensor.kind === "symbolic" ? tensor.root : tensor;

/**
 * The shapes and dtypes of what a step gives, and of what it assigns, where those of what it reads are known: its
 * placeholders, what it assigns, what it captured.
 */
export function inferStep(step: StepGraph, reads: readonly TensorSpec[]): TensorSpec[] {
  const known = bindReads(step, reads);
  const specOf = (tensor: NodeInput): TensorSpec => known.get(rootOf(tensor)) ?? tensor;
  for (const { op, inputs, attributes, outputs } of step.graph.nodes) {
    op.infer(inputs.map(specOf), attributes).forEach((spec, index) => known.set(outputs[index]!, spec));
  }
  return outputsOf(step.graph).map(specOf);
}

/** Writes the nodes of a step; gives what it gives, then what it assigns. */
export function emitStep(step: StepGraph, emitter: Emitter, reads: readonly Value[]): Value[] {
  const values = bindReads(step, reads);
  const read = (tensor: NodeInput): Value => {
    const known = values.get(rootOf(tensor));
    if (known !== undefined) return { ...known, dtype: tensor.dtype, shape: tensor.shape };
    const numbers = Array.from(valuesOf(tensor as EagerTensor) as ArrayLike<number | bigint>, Number);
    return emitter.constant(numbers, tensor.dtype, tensor.shape as readonly number[]);
  };
  const { scope } = emitter;
  for (const node of step.graph.nodes) {
    emitter.scope = node.scope;
    const results = node.op.emit(emitter, node.inputs.map(read), node.attributes);
    const list = Array.isArray(results) ? results as readonly Value[] : [results as Value];
    node.outputs.forEach((output, index) => values.set(output, list[index]!));
  }
  emitter.scope = scope;
  return outputsOf(step.graph).map(read);
}

/** Whether rows stay apart: what a step gives, and what it assigns, has on axis 0 what its placeholders have there. */
export function keepsRows(step: StepGraph): boolean {
  const { placeholders, graph, assigned } = step;
  if (assigned.length > 0) return false;
  const rows = followRows(graph.nodes, new Map(placeholders.map((input) => [input, 0])));
  return outputsOf(graph).every((output) => output.kind === "symbolic" && rows.get(output) === 0);
}
