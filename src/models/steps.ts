/**
 * The calls between a model's inputs and outputs, run again on other tensors.
 *
 * @module
 */
import { GraphNode } from "../graph/node.ts";
import { mapStructure, type Structure, tensorsOf } from "../tensor/structure.ts";
import type { SymbolicTensor } from "../tensor/symbolic.ts";
import { Tensor } from "../tensor/tensor.ts";
import { dispatch } from "../eager/dispatch.ts";
import { generatorOf } from "../ops/random/seed_generator.ts";
import type { AnyCallOptions } from "../layers/base/context.ts";
import type { Step } from "./graph_order.ts";

/** Runs steps again on other tensors. */
export function replay(
  steps: readonly Step[],
  inputs: ReadonlyMap<Tensor, Tensor>,
  outputs: Structure<SymbolicTensor>,
  options: AnyCallOptions,
): Structure<Tensor> {
  const values = new Map<Tensor, Tensor>(inputs);
  const valueOf = (tensor: Tensor): Tensor => values.get(tensor) ?? tensor;
  for (const step of steps) {
    if (step instanceof GraphNode) {
      // What was drawn from a generator is drawn anew.
      const inputs = step.inputs.map((input) => generatorOf(input)?.next() ?? valueOf(input));
      const results = dispatch(step.op, inputs, step.attributes);
      step.outputs.forEach((output, index) => values.set(output, results[index]!));
    } else {
      const input = mapStructure(step.input, (tensor) => tensor && valueOf(tensor));
      const told = mapStructure(
        step.options as Structure<unknown>,
        (leaf) => leaf instanceof Tensor ? valueOf(leaf) : leaf,
      ) as AnyCallOptions;
      const layer = step.layer as (inputs: unknown, options: AnyCallOptions) => Structure<Tensor>;
      const results = tensorsOf(layer(input, { ...options, ...told }));
      tensorsOf(step.output).forEach((output, index) => values.set(output, results[index]!));
    }
  }
  return mapStructure(outputs, (output) => valueOf(output));
}
