/**
 * The one door that every operation passes: it is recorded if an input is symbolic, else it runs now.
 *
 * @module
 */
import { defaultEngine } from "../engine/default_engine.ts";
import { EngineError, type HostTensor, type ResidentTensor, type SynchronousProgram } from "../engine/engine.ts";
import { Graph, modelOf } from "../graph/graph.ts";
import { GraphNode, type NodeInput } from "../graph/node.ts";
import { type Attributes, attributesKey, type Operation } from "../graph/operation.ts";
import { encodeModel } from "../onnx/encode.ts";
import { EagerTensor, valuesOf } from "../tensor/eager.ts";
import { currentPath, executingEagerly } from "../tensor/scope.ts";
import { SymbolicTensor } from "../tensor/symbolic.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { residentOf, type Variable } from "../tensor/variable.ts";

/**
 * Applies an operation to tensors: records a node if an input is symbolic, or if a variable is read while a layer is
 * being traced; else runs the operation on the main thread's engine and returns when the values are there.
 *
 * @throws {ShapeError | DTypeError | RangeError} If the inputs do not fit.
 * @throws {EngineError} If the engine cannot run the operation.
 */
export function dispatch<A extends Attributes>(
  op: Operation<A>,
  inputs: readonly Tensor[],
  attributes: A,
): readonly Tensor[] {
  let record = false;
  const tracing = !executingEagerly();
  for (const input of inputs) record ||= input.kind === "symbolic" || (tracing && input.kind === "variable");
  if (record) return new GraphNode(op as unknown as Operation, inputs as readonly NodeInput[], attributes).outputs;
  return run(op as unknown as Operation, inputs as readonly (EagerTensor | Variable)[], attributes);
}

/** Applies an operation that has one result. */
export function dispatchOne<A extends Attributes>(op: Operation<A>, inputs: readonly Tensor[], attributes: A): Tensor {
  return dispatch(op, inputs, attributes)[0]!;
}

function run(op: Operation, inputs: readonly (EagerTensor | Variable)[], attributes: Attributes): EagerTensor[] {
  const specs = op.infer(inputs, attributes);
  const values = inputs.map(hostOf);
  try {
    const results = programFor(op, inputs, attributes).runSync(values, specs as readonly HostTensor[]);
    return results.map((result) => new EagerTensor(result.shape, result.dtype, result.data));
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const path = currentPath();
    throw new EngineError(`Cannot run ${op.name}${path === "" ? "" : ` in layer ${path}`}: ${error.message}`, {
      cause: error,
    });
  }
}

function hostOf(tensor: EagerTensor | Variable): HostTensor | ResidentTensor {
  if (tensor.kind === "variable") return residentOf(tensor);
  return { shape: tensor.shape as readonly number[], dtype: tensor.dtype, data: valuesOf(tensor) };
}

/** Loaded programs by operation, attributes, and the dtype and rank of each input; the least recently used go first. */
const programs = new Map<string, SynchronousProgram>();
const PROGRAMS_KEPT = 512;

function programFor(op: Operation, inputs: readonly Tensor[], attributes: Attributes): SynchronousProgram {
  let key = `${op.name}(${attributesKey(attributes)}`;
  for (const input of inputs) key += `|${input.dtype}${input.shape.length}`;
  const known = programs.get(key);
  if (known !== undefined) {
    programs.delete(key);
    programs.set(key, known);
    return known;
  }
  const placeholders = inputs.map((input, index) =>
    new SymbolicTensor(input.shape.map(() => null), input.dtype, { name: `input_${index}` })
  );
  const node = new GraphNode(op, placeholders, attributes);
  const model = modelOf(new Graph(placeholders, node.outputs, op.name));
  // One node alone has nothing to be fused with, and loads faster as it is.
  const program = defaultEngine.loadSync(encodeModel(model), { optimize: model.graph.nodes.length > 1 });
  programs.set(key, program);
  if (programs.size > PROGRAMS_KEPT) {
    const [oldest, released] = programs.entries().next().value!;
    programs.delete(oldest);
    released.releaseSync();
  }
  return program;
}

/** Releases every loaded program. */
export function clearPrograms(): void {
  for (const program of programs.values()) program.releaseSync();
  programs.clear();
}
