/**
 * The specs of a graph's outputs for inputs of known sizes.
 *
 * @module
 */
import { SymbolicTensor } from "../tensor/symbolic.ts";
import type { TensorSpec } from "../tensor/tensor.ts";
import type { NodeInput } from "./node.ts";
import { type GraphParts, symbolsIn, tensorsIn } from "./parts.ts";

/**
 * The shapes and dtypes of a graph's outputs, then of what it assigns to variables, for inputs of the given shapes. Dims
 * that depend on values stay open.
 *
 * @throws {ShapeError | RangeError} If an operation does not take these shapes.
 */
export function resultSpecs(graph: GraphParts, inputs: readonly TensorSpec[]): TensorSpec[] {
  const known = new Map<NodeInput, NodeInput>();
  symbolsIn(graph.inputs).forEach((symbol, index) => {
    const { shape, dtype } = inputs[index]!;
    known.set(symbol.root, new SymbolicTensor(shape, dtype, {}));
  });
  const specOf = (tensor: NodeInput): NodeInput => {
    return known.get(tensor.kind === "symbolic" ? tensor.root : tensor) ?? tensor;
  };
  for (const { op, inputs, attributes, outputs } of graph.nodes) {
    op.infer(inputs.map(specOf), attributes).forEach(({ shape, dtype }, index) => {
      known.set(outputs[index]!, new SymbolicTensor(shape, dtype, {}));
    });
  }
  return [...tensorsIn(graph.outputs), ...graph.updates.values() as Iterable<NodeInput>].map(specOf);
}
