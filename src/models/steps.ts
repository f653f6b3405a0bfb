/**
 * The calls between a model's inputs and outputs, in an order in which they can run.
 *
 * @module
 */
import { GraphNode } from "../graph/node.ts";
import { callOf, type LayerCall } from "../layers/base/history.ts";
import { readBy } from "../layers/summary/model_parts.ts";
import { InputError } from "../shape/error.ts";
import { mapStructure, type Structure, tensorsOf } from "../tensor/structure.ts";
import { SymbolicTensor } from "../tensor/symbolic.ts";
import { Tensor } from "../tensor/tensor.ts";
import { dispatch } from "../ops/dispatch.ts";
import { generatorOf } from "../ops/seed_generator.ts";
import type { AnyCallOptions } from "../layers/base/context.ts";

/** One call of a layer, or of an op between layers. */
export type Step = LayerCall | GraphNode;

/** What made a symbolic tensor: the outermost layer call that it came out of, else the op; undefined for inputs. */
function stepOf(tensor: SymbolicTensor): Step | undefined {
  const call = callOf(tensor);
  if (call !== undefined) return call;
  const { origin } = tensor.source;
  return origin instanceof GraphNode ? origin : undefined;
}

/**
 * The steps from `inputs` to `outputs`; each comes after those that it reads from.
 *
 * @throws {TypeError} If an output depends on a symbolic input that is not among `inputs`.
 */
export function stepsBetween(inputs: readonly SymbolicTensor[], outputs: readonly SymbolicTensor[]): readonly Step[] {
  const given = new Set<Tensor>(inputs);
  const steps = new Set<Step>();
  // Depth first without recursion, for models of any depth.
  const pending: { readonly step: Step; readonly reads: readonly Tensor[]; next: number }[] = [];
  const visit = (tensor: Tensor): void => {
    if (!(tensor instanceof SymbolicTensor) || given.has(tensor)) return;
    const step = stepOf(tensor);
    if (step === undefined) {
      throw new InputError(
        `Cannot make a model: output depends on ${tensor}, which is not connected to the inputs ${
          inputs.map(String).join(", ")
        }`,
      );
    }
    if (!steps.has(step)) pending.push({ step, reads: readBy(step), next: 0 });
  };
  for (const output of outputs) {
    visit(output);
    while (pending.length > 0) {
      const top = pending[pending.length - 1]!;
      const read = top.reads[top.next++];
      if (read !== undefined) visit(read);
      else {
        steps.add(top.step);
        pending.pop();
      }
    }
  }
  return [...steps];
}

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
