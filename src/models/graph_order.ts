/**
 * The order in which Keras lists and runs what a model is made of: by depth, then as the walk from the outputs meets it.
 *
 * The depth of a call is the longest way from it to an output. What is deepest comes first; a layer that is called several
 * times is as deep as its deepest call. The order decides which weight comes first, so it has to be Keras's to the letter.
 *
 * @module
 */
import { GraphNode } from "../graph/node.ts";
import { callOf, graphOf, type LayerCall } from "../layers/base/history.ts";
import type { AnyLayer } from "../layers/base/layer.ts";
import { maskOf } from "../layers/base/masks.ts";
import { InputError } from "../shape/error.ts";
import { isRecord } from "../tensor/structure.ts";
import { SymbolicTensor } from "../tensor/symbolic.ts";
import { writeCall } from "./call_arguments.ts";

/** One call of a layer, or of an op between layers. */
export type Step = LayerCall | GraphNode;

/** An input, a call of a layer, or an op between layers. */
type GraphPlace = SymbolicTensor | Step;

/** The order in which a model runs, and its layers. */
export interface GraphOrder {
  /** The calls, in the order in which they run; each comes after those that it reads from. */
  readonly steps: readonly Step[];
  /** Inputs, layers and ops, in the order in which Keras lists them. */
  readonly operations: readonly object[];
}

/**
 * The steps from `inputs` to `outputs`, and what they belong to.
 *
 * @throws {InputError} If an output depends on a symbolic input that is not among `inputs`.
 */
export function orderBetween(inputs: unknown, outputs: unknown): GraphOrder {
  const given = sortedTensors(inputs);
  const ends = sortedTensors(outputs);
  const own = new Set(walk(given, ends, readsOf).finished);
  const readAll = (place: GraphPlace) => [...readsOf(place), ...maskReadBy(place, given)];
  const { finished, met } = walk(given, ends, readAll);
  const depths = new Map<GraphPlace, number>();
  const operationDepths = new Map<object, number>();
  for (const place of [...finished].reverse()) {
    const operation = operationOf(place);
    const depth = Math.max(depths.get(place) ?? 0, operationDepths.get(operation) ?? 0);
    operationDepths.set(operation, depth);
    depths.set(place, depth);
    for (const read of readAll(place)) {
      const source = sourceOf(read, given);
      depths.set(source, Math.max(depth + opsIn(place), depths.get(source) ?? 0));
    }
  }
  // Inputs that no output reads come first among what is least deep.
  for (const input of given) if (!operationDepths.has(input)) operationDepths.set(input, 0);
  const place = (operation: object) => met.get(operation) ?? -1;
  const operations = [...operationDepths].sort(([a, depthA], [b, depthB]) => depthB - depthA || place(a) - place(b));
  const runs = [...depths].sort(([, a], [, b]) => b - a).map(([run]) => run).filter((run) => own.has(run));
  const listed = new Set<object>([...given, ...runs.map(operationOf)]);
  return {
    steps: runs.filter((run): run is Step => !(run instanceof SymbolicTensor)),
    operations: operations.map(([operation]) => operation).filter((operation) => listed.has(operation)),
  };
}

/** The walk from the outputs: what was met in which order, and the places in an order in which they can run. */
function walk(
  inputs: readonly SymbolicTensor[],
  outputs: readonly SymbolicTensor[],
  readsOf: (place: GraphPlace) => readonly SymbolicTensor[],
): { readonly finished: ReadonlySet<GraphPlace>; readonly met: ReadonlyMap<object, number> } {
  const finished = new Set<GraphPlace>();
  const met = new Map<object, number>();
  // Depth first without recursion, for models of any depth.
  const pending: { readonly place: GraphPlace; readonly reads: readonly SymbolicTensor[]; next: number }[] = [];
  const visit = (tensor: SymbolicTensor): void => {
    const place = sourceOf(tensor, inputs);
    if (finished.has(place)) return;
    const operation = operationOf(place);
    if (!met.has(operation)) met.set(operation, met.size);
    pending.push({ place, reads: readsOf(place), next: 0 });
  };
  for (const output of outputs) {
    visit(output);
    while (pending.length > 0) {
      const top = pending.at(-1)!;
      const read = top.reads[top.next++];
      if (read !== undefined) visit(read);
      else {
        finished.add(top.place);
        pending.pop();
      }
    }
  }
  return { finished, met };
}

/** The origin of a tensor: the outermost layer call that gave it, else the op; inputs come from themselves. */
function sourceOf(tensor: SymbolicTensor, inputs: readonly SymbolicTensor[]): GraphPlace {
  if (inputs.includes(tensor)) return tensor;
  const source = callOf(tensor) ?? tensor.source.origin;
  if (source !== undefined) return source as Step;
  throw new InputError(
    `Cannot make a model: output depends on ${tensor}, which is not connected to the inputs ${
      inputs.map(String).join(", ")
    }`,
  );
}

/** The owner of a call: for all calls of a layer the layer. */
function operationOf(place: GraphPlace): object {
  return place instanceof SymbolicTensor || place instanceof GraphNode ? place : place.layer;
}

/** The tensors that a place reads, in Keras's order: arguments by position, then those with names, sorted by them. */
function readsOf(place: GraphPlace): readonly SymbolicTensor[] {
  if (place instanceof SymbolicTensor) return [];
  if (place instanceof GraphNode) return sortedTensors(place.inputs);
  const { args, kwargs } = writeCall((place.layer as AnyLayer).className, place);
  return [...sortedTensors(args), ...sortedTensors(kwargs)];
}

/** Layers that Keras hands the mask that travels with their only tensor, so that they read it as well. */
const MASK_READERS: ReadonlySet<string> = new Set(
  ("BatchNormalization Bidirectional ConvLSTM1D ConvLSTM2D ConvLSTM3D GRU GlobalAveragePooling1D LSTM Lambda RNN " +
    "SimpleRNN Softmax TimeDistributed").split(" "),
);

/** The masks that a call is handed besides what it was told; they count for depths, but layers find them anew. */
function maskReadBy(place: GraphPlace, inputs: readonly SymbolicTensor[]): readonly SymbolicTensor[] {
  if (place instanceof SymbolicTensor || place instanceof GraphNode) return [];
  const { layer, input, options } = place;
  const isModel = graphOf(layer) !== undefined;
  const isOnly = input instanceof SymbolicTensor && Object.keys(options).length === 0;
  if (!isModel && !(isOnly && MASK_READERS.has((layer as AnyLayer).className))) return [];
  return sortedTensors(input).flatMap((tensor) => {
    const from = callOf(tensor);
    const mask = maskOf(tensor);
    // What comes out of a model carries no mask in Keras, where a model is not run to learn its shapes.
    if (mask === null || (from !== undefined && graphOf(from.layer) !== undefined)) return [];
    return sortedTensors(mask).filter((each) => isConnected(each, inputs));
  });
}

/** Whether a tensor is computed from the inputs: masks that users attach may come from anywhere. */
function isConnected(tensor: SymbolicTensor, inputs: readonly SymbolicTensor[]): boolean {
  const seen = new Set<SymbolicTensor>([tensor]);
  for (const each of seen) {
    if (inputs.includes(each)) continue;
    const source = callOf(each) ?? each.source.origin;
    if (source === undefined) return false;
    for (const read of readsOf(source as Step)) seen.add(read);
  }
  return true;
}

/** The number of Keras's ops that an op stands for. */
function opsIn(place: GraphPlace): number {
  return place instanceof GraphNode && place.operation === "maskSteps" ? 2 : 1;
}

/** The symbolic tensors of a structure; those of records in the order of their keys, as Keras flattens them. */
function sortedTensors(structure: unknown): SymbolicTensor[] {
  if (structure instanceof SymbolicTensor) return [structure];
  if (Array.isArray(structure)) return structure.flatMap(sortedTensors);
  if (!isRecord(structure)) return [];
  return Object.keys(structure).sort().flatMap((key) => sortedTensors(structure[key]));
}
