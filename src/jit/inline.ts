/**
 * Graphs as parts of other graphs.
 *
 * @module
 */
import type { Graph } from "../graph/graph.ts";
import type { NodeInput } from "../graph/node.ts";
import { isTensor, symbolsIn, tensorsIn } from "../graph/parts.ts";
import { named } from "../layers/base/errors.ts";
import { wrongCount } from "../layers/base/sentences.ts";
import { dispatch } from "../eager/dispatch.ts";
import { InputError } from "../shape/error.ts";
import { mapStructure, type Structure } from "../tensor/structure.ts";
import type { Tensor } from "../tensor/tensor.ts";

/**
 * Records the operations of a graph anew, on other tensors, and what it assigns to variables.
 *
 * @throws {TypeError | ShapeError | DTypeError} If the tensors do not fit.
 */
export function inline(graph: Graph, args: readonly unknown[]): unknown {
  const symbols = symbolsIn(graph.inputs);
  const given = tensorsIn(args);
  if (given.length !== symbols.length) {
    throw named(new InputError(wrongCount(graph.name, symbols.length, given.length)));
  }
  const values = new Map<NodeInput, Tensor>(symbols.map((symbol, index) => [symbol.root, given[index]!]));
  // Variables are read by dispatch, which knows what the trace has assigned; here they are what they were at the start.
  const valueOf = (tensor: NodeInput): Tensor =>
    values.get(tensor.kind === "symbolic" ? tensor.root : tensor) ?? tensor;
  for (const { op, inputs, attributes, outputs } of graph.nodes) {
    const results = dispatch(op, inputs.map(valueOf), attributes);
    outputs.forEach((output, index) => values.set(output, results[index]!));
  }
  const result = mapStructure(graph.outputs as Structure<unknown>, (leaf) => isTensor(leaf) ? valueOf(leaf) : leaf);
  const updates = Array.from(graph.updates, ([variable, value]) => [variable, valueOf(value as NodeInput)] as const);
  for (const [variable, value] of updates) variable.assign(value);
  return result;
}
