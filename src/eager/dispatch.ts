/**
 * The one door that every operation passes: it is recorded if an input is symbolic, else it runs now.
 *
 * @module
 */
import { EngineError, type HostTensor, type ResidentTensor } from "../engine/engine.ts";
import { GraphNode, type NodeInput } from "../graph/node.ts";
import type { Attributes, Operation } from "../graph/operation.ts";
import { EagerTensor, valuesOf } from "../tensor/eager.ts";
import { currentPath, currentReading, currentUpdates } from "../tensor/scope.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { residentOf, type Variable } from "../tensor/variable.ts";
import { constantWeightsProgram } from "./constant_weights.ts";
import { prepare } from "./programs.ts";

/**
 * Applies an operation to tensors: records a node if an input is symbolic, or if a variable is read while a layer is
 * being traced; else runs the operation on the main thread's engine and returns when the values are there.
 *
 * @throws {ShapeError | DTypeError | RangeError} If the inputs do not fit.
 * @throws {EngineError} If the engine cannot run the operation.
 */
export function dispatch<A extends Attributes>(
  op: Operation<A>,
  given: readonly Tensor[],
  attributes: A,
): readonly Tensor[] {
  const reading = currentReading();
  const inputs = reading === undefined
    ? given
    : given.map((input) => input.kind === "variable" ? reading(input) : input);
  let record = false;
  const updates = currentUpdates();
  for (const input of inputs) {
    record ||= input.kind === "symbolic" || (updates !== undefined && input.kind === "variable");
  }
  if (record) {
    // In a trace a variable is what was assigned to it last.
    const read = updates === undefined ? inputs : inputs.map((input) => updates.get(input) ?? input);
    return new GraphNode(op as unknown as Operation, read as readonly NodeInput[], attributes).outputs;
  }
  return run(op as unknown as Operation, inputs as readonly (EagerTensor | Variable)[], attributes);
}

/** Applies an operation that has one result. */
export function dispatchOne<A extends Attributes>(op: Operation<A>, inputs: readonly Tensor[], attributes: A): Tensor {
  return dispatch(op, inputs, attributes)[0]!;
}

function run(op: Operation, inputs: readonly (EagerTensor | Variable)[], attributes: Attributes): EagerTensor[] {
  const hosts = inputs.map(hostOf);
  const { program, specs } = prepare(op, inputs, attributes);
  try {
    const frozen = op.hasWeights === true ? constantWeightsProgram(op, inputs, attributes) : undefined;
    const results = frozen === undefined ? program.runSync(hosts, specs) : frozen.runSync(hosts.slice(0, 1), specs);
    return results.map(({ shape, dtype, data }) => new EagerTensor(shape, dtype, data));
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const path = currentPath();
    throw new EngineError(`Cannot run ${op.name}${path === "" ? "" : ` in layer ${path}`}: ${error.message}`, {
      cause: error,
    });
  }
}

function hostOf(tensor: EagerTensor | Variable): HostTensor | ResidentTensor {
  if (tensor.kind === "variable") {
    const resident = residentOf(tensor);
    // Values that are made when they are first read are made before the program is looked for: making them runs others.
    void resident.data;
    return resident;
  }
  return { shape: tensor.shape as readonly number[], dtype: tensor.dtype, data: valuesOf(tensor) };
}
