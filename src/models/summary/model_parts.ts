/**
 * The parts of a model: its inputs, its layers and the ops between them, and which reads what. Summaries, pictures and
 * configurations of models start from here.
 *
 * @module
 */
import { GraphNode } from "../../graph/node.ts";
import { type Structure, tensorsOf } from "../../tensor/structure.ts";
import { SymbolicTensor } from "../../tensor/symbolic.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { LayerCall, ModelGraph } from "../../layers/base/history.ts";
import type { AnyLayer } from "../../layers/base/layer.ts";
import { snakeCase } from "../../layers/base/naming.ts";

/** What one part reads of another: output `index` of its call number `call`. */
export interface Reading {
  /** What is read. */
  readonly part: ModelPart;
  /** The number of the call. */
  readonly call: number;
  /** The index of the tensor among those that the call gave. */
  readonly index: number;
}

/** One run of a part: each call of a layer is one. */
export interface PartCall {
  /** What was called; undefined for inputs. */
  readonly step: LayerCall | GraphNode | undefined;
  /** What it reads, in order. */
  readonly reads: readonly Reading[];
  /** Its result, in its structure. */
  readonly output: Structure<Tensor>;
}

/** An input, a layer, or an op between layers. */
export interface ModelPart {
  /** The name, which no other part of the model has. */
  readonly name: string;
  /** The name of the class; that of an op is its own, capitalized. */
  readonly className: string;
  /** The layer; undefined for inputs and ops. */
  readonly layer: AnyLayer | undefined;
  /** Its runs, in order. */
  readonly calls: readonly PartCall[];
}

/** The parts of a model, and where the tensors between them come from. */
export interface ModelParts {
  /** Inputs, then layers and ops in the order in which they first run. */
  readonly parts: readonly ModelPart[];
  /** The part that gives a symbolic tensor. */
  readonly sources: ReadonlyMap<Tensor, Reading>;
}

/** The symbolic tensors that a step reads, in order: those of its input, then those among its options. */
export function readBy(step: LayerCall | GraphNode): readonly Tensor[] {
  return step instanceof GraphNode ? step.inputs : [...tensorsOf(step.input), ...tensorsOf(step.options)];
}

/** The parts of a model in the order in which it lists them. */
export function listedParts(graph: ModelGraph): ModelParts {
  const { parts, sources } = partsOf(graph);
  const places = new Map(graph.operations?.map((operation, index) => [operation, index]));
  const placeOf = ({ layer, calls: [call] }: ModelPart): number =>
    places.get(layer ?? call!.step ?? call!.output as SymbolicTensor) ?? 0;
  return { parts: [...parts].sort((a, b) => placeOf(a) - placeOf(b)), sources };
}

/** The parts of a model. */
export function partsOf(graph: ModelGraph): ModelParts {
  const sources = new Map<Tensor, Reading>();
  const parts = new Map<object, ModelPart & { readonly calls: PartCall[] }>();
  const taken = new Set<string>();
  for (const step of graph.steps) if (!(step instanceof GraphNode)) taken.add((step.layer as AnyLayer).name);
  const add = (key: object, part: Omit<ModelPart, "calls">, call: Omit<PartCall, "reads">, reads: Reading[]): void => {
    let known = parts.get(key);
    if (known === undefined) parts.set(key, known = { ...part, calls: [] });
    const number = known.calls.push({ ...call, reads }) - 1;
    tensorsOf(call.output).forEach((tensor, index) => sources.set(tensor, { part: known, call: number, index }));
  };
  for (const input of graph.inputs) {
    const name = freeName(input.name ?? "input", taken);
    add(input, { name, className: "InputLayer", layer: undefined }, { step: undefined, output: input }, []);
  }
  for (const step of graph.steps) {
    const reads = readBy(step).flatMap((tensor) => tensor instanceof SymbolicTensor ? sources.get(tensor) ?? [] : []);
    if (step instanceof GraphNode) {
      const { operation } = step;
      const className = operation.charAt(0).toUpperCase() + operation.slice(1);
      const name = freeName(snakeCase(className), taken);
      add(step, { name, className, layer: undefined }, { step, output: step.outputs }, reads);
    } else {
      const layer = step.layer as AnyLayer;
      const { name, className } = layer;
      add(layer, { name, className, layer }, { step, output: step.output }, reads);
    }
  }
  return { parts: [...parts.values()], sources };
}

/** The name, numbered where another part has it. */
function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let number = 1; taken.has(free); number++) free = `${name}_${number}`;
  taken.add(free);
  return free;
}
