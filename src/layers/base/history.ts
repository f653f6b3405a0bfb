/**
 * The layer calls from which symbolic tensors came: models are made of these.
 *
 * @module
 */
import { currentUpdates } from "../../tensor/scope.ts";
import { SymbolicTensor } from "../../tensor/symbolic.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { AnyCallOptions } from "./context.ts";
import { mapStructure, type Structure } from "../../tensor/structure.ts";
import type { GraphNode } from "../../graph/node.ts";
import { onUndo } from "./state.ts";

/** One call of a layer with symbolic tensors. */
export interface LayerCall {
  /** The layer. */
  readonly layer: object;
  /** The positional arguments. */
  readonly input: Structure<Tensor | null>;
  /** The options given. */
  readonly options: AnyCallOptions;
  /** The result. */
  readonly output: Structure<Tensor>;
}

const calls = new WeakMap<SymbolicTensor, LayerCall>();

/** The outermost layer call that a tensor came out of; undefined for inputs and for results of ops between layers. */
export function callOf(tensor: SymbolicTensor): LayerCall | undefined {
  return calls.get(tensor);
}

/** Records a call, and gives its output as tensors of their own, so that each tensor came out of one call. */
export function recordCall(
  layer: object,
  input: Structure<Tensor | null>,
  options: AnyCallOptions,
  output: unknown,
): Structure<Tensor> {
  const own = mapStructure(
    output as Structure<Tensor>,
    (tensor): Tensor =>
      tensor instanceof SymbolicTensor ? new SymbolicTensor(tensor.shape, tensor.dtype, tensor.source, tensor) : tensor,
  );
  const call: LayerCall = { layer, input, options, output: own };
  mapStructure(own, (tensor) => {
    if (tensor instanceof SymbolicTensor) calls.set(tensor, call);
  });
  // Calls that are part of a trace, or of another layer's call, are no steps of a model.
  if (currentUpdates() === undefined) remember(call);
  return own;
}

const callsOfLayers = new WeakMap<object, Set<LayerCall>>();

function remember(call: LayerCall): void {
  const known = callsOfLayers.get(call.layer);
  if (known === undefined) callsOfLayers.set(call.layer, new Set([call]));
  else known.add(call);
  onUndo(() => forgetCall(call));
}

/** Takes a call out of its layer's history. */
export function forgetCall(call: LayerCall): void {
  callsOfLayers.get(call.layer)?.delete(call);
}

/** The calls of a layer with symbolic tensors, except those inside other layers and in traces. */
export function callsOf(layer: object): readonly LayerCall[] {
  return [...callsOfLayers.get(layer) ?? []];
}

/**
 * The one call of a layer.
 *
 * @throws {TypeError} If it was never called with a symbolic tensor, or several times.
 */
export function onlyCallOf(layer: { readonly name: string }, what: "input" | "output"): LayerCall {
  const known = callsOf(layer);
  const [only] = known;
  if (only === undefined) {
    throw new TypeError(`Cannot tell the ${what} of layer ${layer.name}: it was never called with a symbolic tensor`);
  }
  if (known.length > 1) {
    throw new TypeError(
      `Cannot tell the ${what} of layer ${layer.name}: it was called ${known.length} times, and each call has its own; ` +
        `keep what the call ${what === "input" ? "was given" : "gave"}`,
    );
  }
  return only;
}

/** The steps of a model: the calls of layers and the ops between its inputs and its outputs, in order. */
export interface ModelGraph {
  /** Its inputs. */
  readonly inputs: readonly SymbolicTensor[];
  /** Its result. */
  readonly outputs: Structure<SymbolicTensor>;
  /** Calls of layers, and ops between them; each comes after those that it reads from. */
  readonly steps: readonly (LayerCall | GraphNode)[];
  /** Inputs, layers and ops in the order in which they are listed. Default: inputs first, then as they first run. */
  readonly operations?: readonly object[];
}

const graphs = new WeakMap<object, ModelGraph>();

/** The steps of a model; undefined for other layers, and for a model that is not built. */
export function graphOf(layer: object): ModelGraph | undefined {
  return graphs.get(layer);
}

/** Says what a model runs. */
export function setGraph(layer: object, graph: ModelGraph | undefined): void {
  const before = graphs.get(layer);
  if (graph === undefined) graphs.delete(layer);
  else graphs.set(layer, graph);
  onUndo(() => before === undefined ? graphs.delete(layer) : graphs.set(layer, before));
}
