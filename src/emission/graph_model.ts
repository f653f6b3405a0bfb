/**
 * Graphs as ONNX models.
 *
 * @module
 */
import type { OnnxModel, OnnxValue } from "../onnx/model.ts";
import { type EagerTensor, valuesOf } from "../tensor/eager.ts";
import { isRecord } from "../tensor/structure.ts";
import { residentOf, Variable } from "../tensor/variable.ts";
import { Emitter, type Value } from "./emitter.ts";
import { dropUnread, mergeEqual } from "./passes.ts";
import type { NodeInput } from "../graph/node.ts";
import { type GraphParts, symbolsIn, tensorsIn } from "../graph/parts.ts";
import type { Provider } from "./providers/provider.ts";

/** The target of a written graph. */
export interface ModelOptions {
  /** Whose kernels run it. Default: `"wasm"`. */
  readonly provider?: Provider;
  /**
   * Whether weights are constants of the model, which the engine arranges for its kernels, or inputs, which each run
   * gives. Default: constants. Variables that the graph assigns are inputs in any case.
   */
  readonly weights?: "constants" | "inputs";
  /** Whether only ONNX's own operators are written, which any engine can read. Default: the engine's own ones too. */
  readonly standard?: boolean;
}

/** The variables that are inputs of the model, after the graph's own inputs: first those that the graph assigns. */
export function variableInputs(graph: GraphParts, options: ModelOptions = {}): Variable[] {
  const assigned = [...graph.updates.keys()];
  return options.weights === "inputs" ? [...new Set([...assigned, ...graph.weights])] : assigned;
}

/**
 * The graph as an ONNX model, as plain data. Its inputs are those of the graph, then variables; its outputs those of the
 * graph, then the new values of variables.
 */
export function modelOf(graph: GraphParts, options: ModelOptions = {}): OnnxModel {
  const emitter = new Emitter(options.provider, options.standard);
  const values = new Map<NodeInput, Value>();
  const declare = (input: NodeInput, base: string): OnnxValue => {
    const { dtype, shape } = input;
    const name = emitter.uniqueName(base);
    values.set(input, { name, dtype, shape });
    return { name, dtype, shape };
  };
  const inputs = [
    ...symbolsIn(graph.inputs).map((input, index) => declare(input.root, input.name ?? `input_${index}`)),
    ...variableInputs(graph, options).map((variable) => declare(variable, variable.path)),
  ];
  // Names that users look for come before those of what operations write.
  const weightNames = new Map(
    graph.weights.filter((weight) => !values.has(weight)).map((weight) => [weight, emitter.uniqueName(weight.path)]),
  );
  const outputs = [
    ...zip(tensorsIn(graph.outputs), outputNames(graph)),
    ...Array.from(graph.updates, ([variable, value]) => [value as NodeInput, `${variable.path}/next`] as const),
  ].map(([output, base]) => ({ output, name: emitter.uniqueName(base) }));
  const read = (given: NodeInput): Value => {
    const input = given.kind === "symbolic" ? given.root : given;
    const known = values.get(input);
    if (known !== undefined) return known;
    const { shape, dtype } = input;
    const data = input instanceof Variable ? residentOf(input).data : valuesOf(input as EagerTensor);
    const name = weightNames.get(input as Variable) ?? emitter.uniqueName("constant");
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
  for (const { output, name } of outputs) emitter.output(read(output), name);
  const { nodes, initializers } = emitter;
  return {
    producer: "strata",
    graph: dropUnread(mergeEqual({
      name: graph.name,
      nodes,
      inputs,
      outputs: outputs.map(({ output: { dtype, shape }, name }) => ({ name, dtype, shape })),
      initializers,
    }, new Set(weightNames.values()))),
  };
}

/** `output`, numbered where there are several; those of a record are named by its keys. */
function outputNames(graph: GraphParts): string[] {
  const count = tensorsIn(graph.outputs).length;
  const keys = isRecord(graph.outputs) ? Object.keys(graph.outputs) : [];
  if (keys.length === count && count > 0) return keys;
  return count === 1 ? ["output"] : Array.from({ length: count }, (_, index) => `output_${index}`);
}

function zip<A, B>(first: readonly A[], second: readonly B[]): (readonly [A, B])[] {
  return first.map((item, index) => [item, second[index]!] as const);
}
