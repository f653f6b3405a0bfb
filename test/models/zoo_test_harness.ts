/**
 * What each model of `zoo` must do.
 */
import { assert, assertEquals } from "@std/assert";
import { type AnyLayer, EagerTensor, jit, type Lambda, type SymbolicTensor, trace } from "@strata/nn";
import process from "node:process";
import { leavesOf, type Structure } from "../../src/tensor/structure.ts";
import { assertKeras, fill, zoo } from "./zoo_golden.ts";

/** Models whose weights take more are seen in the memory of the process. */
const SEEN = 5e7;

/** The bytes of buffers; Bun only tells those of the process. */
function bytes(): number {
  const { external, rss } = process.memoryUsage();
  return "Bun" in globalThis ? rss : external;
}

/** At full size a model has as many parameters as Keras's and can be traced, and no values are made for either. */
export function checkCount(name: string, make: () => AnyLayer): void {
  const { parameters, trainable } = zoo[name]!;
  const before = bytes();
  const model = make();
  const graph = trace(model as unknown as Lambda, model.input);
  assertEquals(model.countParams(), parameters);
  assertEquals(model.trainableWeights.reduce((count, weight) => count + weight.size!, 0), trainable);
  assertEquals(model.nonTrainableWeights.reduce((count, weight) => count + weight.size!, 0), parameters - trainable);
  const shapes = (structure: unknown) =>
    leavesOf(structure as Structure<SymbolicTensor>).map(({ shape }) => shape as unknown);
  assertEquals(shapes(graph.outputs), shapes(model.output));
  const risen = bytes() - before;
  if (4 * parameters > SEEN) assert(risen < 2 * parameters, `the memory rose by ${risen} bytes`);
}

/** The model at a smaller size, with the weights that Keras's had. */
export function smallModel<M extends AnyLayer>(name: string, make: (smaller: number) => M): M {
  const model = make(zoo[name]!.smaller);
  fill(model, name);
  return model;
}

/** What a model gives, whatever its types allow. */
export function run(model: AnyLayer, inputs: unknown): EagerTensor[] {
  const outputs = (model as unknown as (inputs: unknown) => Structure<EagerTensor>)(inputs);
  const leaves = leavesOf(outputs);
  assert(leaves.every((leaf) => leaf instanceof EagerTensor), "the results have values");
  return leaves;
}

/** The same of a traced model. */
export function runTraced(model: AnyLayer, inputs: unknown): EagerTensor[] {
  return run(jit(model) as unknown as AnyLayer, inputs);
}

/** At a smaller size a model gives what Keras's does, layer by layer and as one graph. */
export function checkKeras(
  name: string,
  make: (smaller: number) => AnyLayer,
  inputs: Structure<EagerTensor>,
): void {
  const model = smallModel(name, make);
  for (const outputs of [run(model, inputs), runTraced(model, inputs)]) {
    assertEquals(outputs.length, zoo[name]!.outputs.length);
    outputs.forEach((output, index) => assertKeras(output, name, index));
  }
}
