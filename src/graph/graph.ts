/**
 * Graphs: what was recorded between symbolic inputs and outputs.
 *
 * @module
 */
import { encodeModel } from "../onnx/encode.ts";
import type { OnnxModel, OnnxValue } from "../onnx/model.ts";
import { type EagerTensor, valuesOf } from "../tensor/eager.ts";
import type { SymbolicTensor } from "../tensor/symbolic.ts";
import { residentOf, Variable } from "../tensor/variable.ts";
import { Emitter, type Value } from "./emitter.ts";
import { GraphNode, type NodeInput } from "./node.ts";

/**
 * The operations between symbolic inputs and outputs, in an order in which they can run, and the weights that they read.
 */
export class Graph {
  /** The name, which the ONNX model bears too. */
  readonly name: string;
  /** What is given to each run. */
  readonly inputs: readonly SymbolicTensor[];
  /** What each run gives. */
  readonly outputs: readonly SymbolicTensor[];
  /** The operations; each comes after those that it reads from. Those that lead to no output are not among them. */
  readonly nodes: readonly GraphNode[];
  /** The variables that the operations read, in the order of their first use. */
  readonly weights: readonly Variable[];

  /**
   * Collects the operations between `inputs` and `outputs`.
   *
   * @throws {TypeError} If an output depends on a symbolic input that is not among `inputs`.
   */
  constructor(inputs: readonly SymbolicTensor[], outputs: readonly SymbolicTensor[], name = "graph") {
    this.name = name;
    this.inputs = inputs;
    this.outputs = outputs;
    const { nodes, weights } = collect(inputs.map((input) => input.root), outputs);
    this.nodes = nodes;
    this.weights = weights;
  }

  /** Writes the graph as an ONNX model; opset 21, IR version 10. The same graph gives the same bytes. */
  toONNX(): Uint8Array<ArrayBuffer> {
    return encodeModel(modelOf(this));
  }
}

function collect(
  inputs: readonly SymbolicTensor[],
  outputs: readonly SymbolicTensor[],
): { nodes: readonly GraphNode[]; weights: readonly Variable[] } {
  const given = new Set<SymbolicTensor>(inputs);
  const nodes = new Set<GraphNode>();
  const weights = new Set<Variable>();
  // Depth first without recursion: deep graphs would exhaust the stack. A node is done when its inputs are.
  const pending: { readonly node: GraphNode; next: number }[] = [];
  const visit = (input: NodeInput): void => {
    if (input instanceof Variable) return void weights.add(input);
    if (input.kind !== "symbolic" || given.has(input.root)) return;
    const { origin } = input.root.source;
    if (!(origin instanceof GraphNode)) {
      throw new TypeError(
        `Cannot make a graph: ${input} is not connected to the inputs ${inputs.map(String).join(", ")}`,
      );
    }
    if (!nodes.has(origin)) pending.push({ node: origin, next: 0 });
  };
  for (const output of outputs) {
    visit(output);
    while (pending.length > 0) {
      const top = pending[pending.length - 1]!;
      const input = top.node.inputs[top.next++];
      if (input !== undefined) visit(input);
      else {
        nodes.add(top.node);
        pending.pop();
      }
    }
  }
  return { nodes: [...nodes], weights: [...weights] };
}

/** The graph as an ONNX model, as plain data. */
export function modelOf(graph: Graph): OnnxModel {
  const emitter = new Emitter();
  const values = new Map<NodeInput, Value>();
  const inputs = graph.inputs.map((input, index): OnnxValue => {
    const { dtype, shape } = input;
    const name = emitter.uniqueName(input.name ?? `input_${index}`);
    values.set(input.root, { name, dtype, shape });
    return { name, dtype, shape };
  });
  const read = (given: NodeInput): Value => {
    const input = given.kind === "symbolic" ? given.root : given;
    const known = values.get(input);
    if (known !== undefined) return known;
    const { shape, dtype } = input;
    const data = input instanceof Variable ? residentOf(input).data : valuesOf(input as EagerTensor);
    const name = emitter.uniqueName(input instanceof Variable ? input.path : "constant");
    const value = emitter.initializer(name, dtype, shape as readonly number[], data);
    values.set(input, value);
    return value;
  };
  for (const node of graph.nodes) {
    emitter.scope = node.scope;
    const results = node.op.emit(emitter, node.inputs.map(read), node.attributes);
    const list = Array.isArray(results) ? results as readonly Value[] : [results as Value];
    node.outputs.forEach((output, index) => {
      values.set(output, { ...list[index]!, dtype: output.dtype, shape: output.shape });
    });
  }
  emitter.scope = "";
  const outputs = graph.outputs.map((output, index): OnnxValue => {
    const { dtype, shape } = output;
    const name = emitter.uniqueName(graph.outputs.length === 1 ? "output" : `output_${index}`);
    emitter.output(read(output), name);
    return { name, dtype, shape };
  });
  return {
    producer: "strata",
    graph: { name: graph.name, nodes: emitter.nodes, inputs, outputs, initializers: emitter.initializers },
  };
}
