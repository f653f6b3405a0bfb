/**
 * The engine's programs for eager operations: one for each operation, its attributes, and the dtype and rank of each
 * input, loaded when it is first needed and kept while it is used.
 *
 * @module
 */
import { defaultEngine } from "./default_engine.ts";
import type { HostSpec, SynchronousProgram } from "../engine/engine.ts";
import { Graph } from "../graph/graph.ts";
import { modelOf } from "../emission/graph_model.ts";
import { GraphNode } from "../graph/node.ts";
import { type Attributes, attributesKey, type Operation, sameAttributes } from "../graph/operation.ts";
import { encodeModel } from "../onnx/encode.ts";
import type { DType } from "../tensor/dtype.ts";
import { SymbolicTensor } from "../tensor/symbolic.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Variable } from "../tensor/variable.ts";

/** The program and the specs for a call of an operation. */
export interface PreparedCall {
  /** The loaded program. */
  readonly program: SynchronousProgram;
  /** The dtypes and shapes of the results. */
  readonly specs: readonly HostSpec[];
}

interface Loaded {
  readonly program: SynchronousProgram;
  /** When it was used last, counted in calls. */
  used: number;
}

/** A call that may come again as it was. */
interface RecentCall extends PreparedCall {
  readonly attributes: Attributes;
  readonly dtypes: readonly DType[];
  readonly shapes: readonly (readonly unknown[])[];
  readonly loaded: Loaded;
}

const programs = new Map<string, Loaded>();
const recentCalls = new Map<Operation, RecentCall[]>();
let calls = 0;
/** More programs than this, and the one used least recently is released. */
const MOST_PROGRAMS = 512;
/** More calls than this of one operation, and the first of them is forgotten. */
const MOST_RECENT_CALLS = 8;

/**
 * The program and the results' specs for a call. A call like a recent one, as a loop makes them, needs no inference.
 *
 * @throws {ShapeError | DTypeError | RangeError} If the inputs do not fit.
 * @throws {EngineError} If the engine cannot load the operation.
 */
export function prepare(op: Operation, inputs: readonly Tensor[], attributes: Attributes): PreparedCall {
  calls++;
  const recents = recentCalls.get(op);
  const recent = recents?.find((call) => isLike(call, inputs, attributes));
  if (recent !== undefined) {
    recent.loaded.used = calls;
    return recent;
  }
  const specs = op.infer(inputs, attributes) as readonly HostSpec[];
  const loaded = programFor(op, inputs, attributes);
  const call: RecentCall = {
    attributes,
    dtypes: inputs.map((input) => input.dtype),
    shapes: inputs.map((input) => input.shape),
    loaded,
    program: loaded.program,
    specs,
  };
  if (op.infersFromValues !== true) {
    if (recents === undefined) recentCalls.set(op, [call]);
    else if (recents.push(call) > MOST_RECENT_CALLS) recents.shift();
  }
  return call;
}

function isLike(call: RecentCall, inputs: readonly Tensor[], attributes: Attributes): boolean {
  const { dtypes, shapes } = call;
  if (dtypes.length !== inputs.length) return false;
  for (let i = 0; i < inputs.length; i++) {
    const { dtype, shape } = inputs[i]!;
    const known = shapes[i]!;
    if (dtype !== dtypes[i] || shape.length !== known.length) return false;
    for (let axis = 0; axis < shape.length; axis++) if (shape[axis] !== known[axis]) return false;
  }
  return sameAttributes(call.attributes, attributes);
}

function programFor(op: Operation, inputs: readonly Tensor[], attributes: Attributes): Loaded {
  let key = `${op.name}(${attributesKey(attributes)}`;
  for (const input of inputs) key += `|${input.dtype}${input.shape.length}`;
  let loaded = programs.get(key);
  if (loaded === undefined) {
    loaded = { program: load(op, inputs, attributes), used: calls };
    if (programs.size >= MOST_PROGRAMS) releaseOldest();
    programs.set(key, loaded);
  }
  loaded.used = calls;
  return loaded;
}

/**
 * Loads an operation as a program of its own. Variables among `weights` are written into it; all inputs are open.
 *
 * @throws {EngineError} If the engine cannot load it.
 */
export function load(
  op: Operation,
  inputs: readonly Tensor[],
  attributes: Attributes,
  weights: readonly Variable[] = [],
): SynchronousProgram {
  const placeholders = inputs.map((input, index) =>
    new SymbolicTensor(input.shape.map(() => null), input.dtype, { name: `input_${index}` })
  );
  const node = new GraphNode(op, [...placeholders, ...weights], attributes);
  const model = modelOf(new Graph(placeholders, node.outputs, { name: op.name }));
  // One node alone has nothing to be fused with, and loads faster as it is; but weights are arranged for it.
  const optimize = model.graph.nodes.length > 1 || weights.length > 0;
  return defaultEngine.loadSync(encodeModel(model), { optimize });
}

function releaseOldest(): void {
  let oldest: [string, Loaded] | undefined;
  for (const entry of programs) if (oldest === undefined || entry[1].used < oldest[1].used) oldest = entry;
  const [key, loaded] = oldest!;
  programs.delete(key);
  for (const [op, recents] of recentCalls) {
    recentCalls.set(op, recents.filter((call) => call.loaded !== loaded));
  }
  loaded.program.releaseSync();
}

/** Releases every loaded program. */
export function clearPrograms(): void {
  recentCalls.clear();
  for (const { program } of programs.values()) program.releaseSync();
  programs.clear();
}
