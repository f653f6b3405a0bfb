/**
 * Models as boxes and arrows, before they are drawn.
 *
 * @module
 */
import { showShape } from "../shape/dim.ts";
import { graphOf } from "../layers/base/history.ts";
import type { AnyLayer } from "../layers/base/layer.ts";
import { type ModelPart, partsOf } from "./summary/model_parts.ts";
import { tensorsOf } from "../tensor/structure.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** The direction of the picture: from top to bottom, bottom to top, left to right or right to left. */
export type Direction = "TB" | "BT" | "LR" | "RL";

/** The options of a diagram. */
export interface DiagramOptions {
  /** Whether boxes have the shapes of what goes in and comes out. Default: `false`. */
  readonly showShapes?: boolean;
  /** Whether boxes have the dtype of what comes out. Default: `false`. */
  readonly showDtype?: boolean;
  /** Whether boxes have the names of layers beside their classes. Default: `true`. */
  readonly showLayerNames?: boolean;
  /** Whether models inside are drawn as frames with their layers. Default: `false`. */
  readonly expandNested?: boolean;
}

/** The kind of a box. */
export type BoxKind = "input" | "layer" | "model" | "op";

/** A box. */
export interface Box {
  /** The name that arrows refer to. */
  readonly id: string;
  /** Lines of text; the first is the title. */
  readonly lines: readonly string[];
  /** Its kind. */
  readonly kind: BoxKind;
  /** The frame around it, if there is one. */
  readonly frame: string | undefined;
}

/** A frame around the boxes of a model inside. */
export interface Frame {
  /** The name that its boxes refer to. */
  readonly id: string;
  /** The title at its top. */
  readonly title: string;
  /** The frame around it, if there is one. */
  readonly frame: string | undefined;
}

/** Boxes, frames and arrows. */
export interface Diagram {
  /** The name of the model. */
  readonly name: string;
  /** The boxes, in the order in which they run. */
  readonly boxes: readonly Box[];
  /** The frames, outer ones first. */
  readonly frames: readonly Frame[];
  /** From which box to which, each once. */
  readonly arrows: readonly (readonly [from: string, to: string])[];
}

/** The boxes, frames and arrows of a model. */
export function diagramOf(model: AnyLayer, options: DiagramOptions = {}): Diagram {
  const draft = new Draft(options);
  if (graphOf(model) === undefined) draft.addWithin(model, undefined);
  else draft.addModel(model, undefined);
  return { name: model.name, boxes: draft.boxes, frames: draft.frames, arrows: draft.arrows };
}

/** The place where arrows to and from a part begin and end: a box, or the inputs and outputs of a frame. */
interface Ends {
  readonly inputs: readonly string[];
  /** For each tensor that a call gives, the box that it comes out of. */
  readonly outputs: readonly string[];
}

class Draft {
  readonly boxes: Box[] = [];
  readonly frames: Frame[] = [];
  readonly arrows: [string, string][] = [];
  readonly #options: DiagramOptions;
  readonly #joined = new Set<string>();

  constructor(options: DiagramOptions) {
    this.#options = options;
  }

  /** Adds the parts of a model that is built, and the arrows between them. */
  addModel(model: AnyLayer, frame: string | undefined): Ends {
    const graph = graphOf(model)!;
    const { parts, sources } = partsOf(graph);
    const ends = new Map<ModelPart, Ends>();
    for (const part of parts) ends.set(part, this.#addPart(part, frame));
    for (const part of parts) {
      for (const { reads } of part.calls) {
        reads.forEach((reading, index) => {
          const { inputs } = ends.get(part)!;
          const { outputs } = ends.get(reading.part)!;
          this.#join(outputs[reading.index] ?? outputs[0]!, inputs[index] ?? inputs[0]!);
        });
      }
    }
    const isInput = ({ layer, calls }: ModelPart) => layer === undefined && calls[0]!.step === undefined;
    return {
      inputs: parts.filter(isInput).map((part) => ends.get(part)!.inputs[0]!),
      outputs: tensorsOf(graph.outputs).map((tensor) => {
        const source = sources.get(tensor)!;
        const { outputs } = ends.get(source.part)!;
        return outputs[source.index] ?? outputs[0]!;
      }),
    };
  }

  /** Adds a layer of which is not known what it does inside: its layers side by side, or one box. */
  addWithin(layer: AnyLayer, frame: string | undefined): Ends {
    const { layers } = layer;
    if (this.#options.expandNested !== true || layers.length === 0) return this.#addBox(layer, undefined, frame);
    const id = this.#addFrame(layer, frame);
    const inside = layers.map((inner) => this.#addLayer(inner, undefined, id));
    return { inputs: inside[0]!.inputs, outputs: inside.at(-1)!.outputs };
  }

  #addPart(part: ModelPart, frame: string | undefined): Ends {
    return part.layer === undefined ? this.#addBox(part, part, frame) : this.#addLayer(part.layer, part, frame);
  }

  #addLayer(layer: AnyLayer, part: ModelPart | undefined, frame: string | undefined): Ends {
    if (this.#options.expandNested === true && layer.layers.length > 0) {
      if (graphOf(layer) === undefined) return this.addWithin(layer, frame);
      return this.addModel(layer, this.#addFrame(layer, frame));
    }
    return this.#addBox(layer, part, frame);
  }

  #addFrame(layer: AnyLayer, frame: string | undefined): string {
    const id = `model${this.frames.length}`;
    this.frames.push({ id, title: this.#titleOf(layer), frame });
    return id;
  }

  #addBox(
    named: { readonly name: string; readonly className: string; readonly layers?: readonly AnyLayer[] },
    part: ModelPart | undefined,
    frame: string | undefined,
  ): Ends {
    const id = `part${this.boxes.length}`;
    const isPlain = part !== undefined && part.layer === undefined;
    const kind = isPlain
      ? part.calls[0]!.step === undefined ? "input" : "op"
      : (named.layers?.length ?? 0) > 0
      ? "model"
      : "layer";
    this.boxes.push({ id, lines: [this.#titleOf(named), ...this.#details(part)], kind, frame });
    return { inputs: [id], outputs: [id] };
  }

  #titleOf({ name, className }: { readonly name: string; readonly className: string }): string {
    return this.#options.showLayerNames === false ? className : `${name} (${className})`;
  }

  #details(part: ModelPart | undefined): string[] {
    const call = part?.calls.at(-1);
    if (call === undefined) return [];
    const { showShapes = false, showDtype = false } = this.#options;
    const read = call.reads.map(({ part, call, index }) => tensorsOf(part.calls[call]!.output)[index]!);
    const given = tensorsOf(call.output);
    const shapes = (tensors: readonly Tensor[]) => tensors.map(({ shape }) => showShape(shape)).join(", ");
    const lines: string[] = [];
    if (showShapes) lines.push(read.length === 0 ? shapes(given) : `${shapes(read)} → ${shapes(given)}`);
    if (showDtype) lines.push([...new Set(given.map(({ dtype }) => dtype))].join(", "));
    return lines;
  }

  #join(from: string, to: string): void {
    const key = `${from} ${to}`;
    if (this.#joined.has(key)) return;
    this.#joined.add(key);
    this.arrows.push([from, to]);
  }
}
