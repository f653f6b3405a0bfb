/**
 * The parts of a model, as data: a row for each layer, and how many parameters they have.
 *
 * @module
 */
import type { Shape } from "../../shape/dim.ts";
import { isRecord, mapStructure, type Structure } from "../../tensor/structure.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { bytesPerElement } from "../../tensor/typed_array.ts";
import type { Variable } from "../../tensor/variable.ts";
import { callsOf, graphOf } from "../../layers/base/history.ts";
import type { AnyLayer } from "../../layers/base/layer.ts";
import { requireLayer } from "../../layers/base/validate.ts";
import { listedParts, type ModelPart, type Reading } from "./model_parts.ts";
import { stateOf } from "../../layers/base/state.ts";

/** The numbers of values and of bytes of weights. */
export interface WeightCount {
  /** The number of values. */
  readonly params: number;
  /** The number of bytes. */
  readonly bytes: number;
}

/** What a layer reads of another, or of an input. */
export interface InboundLayer {
  /** The name of the layer or of the input. */
  readonly name: string;
  /** The number of the call in this model. */
  readonly call: number;
  /** The index of the tensor among those that the call gave. */
  readonly index: number;
}

/** One layer of a model, an input, or an op between layers. */
export interface SummaryRow extends WeightCount {
  /** The name. */
  readonly name: string;
  /** The name of the class. */
  readonly className: string;
  /** The shape of what it gives at its last call, or an array or a record of shapes; undefined where that is not known. */
  readonly outputShape: Structure<Shape> | undefined;
  /** Whether its weights exist. */
  readonly built: boolean;
  /** Whether training may change its weights; `null` where it has none. */
  readonly trainable: boolean | null;
  /** What it reads; empty where the model does not say. */
  readonly inbound: readonly InboundLayer[];
  /** The layers inside it. */
  readonly layers: readonly SummaryRow[];
}

/** The parts of a model. */
export interface ModelSummary {
  /** The name. */
  readonly name: string;
  /** Whether each row reads the row before it, and nothing else. */
  readonly isChain: boolean;
  /** Inputs, layers and ops. */
  readonly rows: readonly SummaryRow[];
  /** All weights, each once. */
  readonly total: WeightCount;
  /** Those that training may change. */
  readonly trainable: WeightCount;
  /** Those that training leaves alone. */
  readonly nonTrainable: WeightCount;
}

/**
 * What a model, or any layer made of layers, is made of.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Dense, input, Sequential, summaryOf } from "@strata/nn";
 *
 * const { rows, total } = summaryOf(new Sequential(input(["batch", 4]), new Dense(3, { name: "out" })));
 * assertEquals(rows.map(({ name, outputShape, params }) => [name, outputShape, params]), [["out", ["batch", 3], 15]]);
 * assertEquals(total, { params: 15, bytes: 60 });
 * ```
 */
export function summaryOf(model: AnyLayer): ModelSummary {
  requireLayer("Cannot summarize a model", model);
  const rows = model.layers.length === 0 && isPlain(model) ? [rowOf(model)] : rowsIn(model);
  return {
    name: model.name,
    isChain: isPlain(model) || isChain(rows),
    rows,
    total: countOf(model.weights),
    trainable: countOf(model.trainableWeights),
    nonTrainable: countOf(model.nonTrainableWeights),
  };
}

/** Whether a model says nothing beyond which layers it has. The input of a sequential model is no row, as in Keras. */
function isPlain(model: AnyLayer): boolean {
  return graphOf(model) === undefined || "leading" in model;
}

function rowsIn(model: AnyLayer): SummaryRow[] {
  if (isPlain(model)) return model.layers.map((layer) => rowOf(layer));
  return listedParts(graphOf(model)!).parts.map((part) =>
    part.layer === undefined ? opRow(part) : { ...rowOf(part.layer, outputOf(part)), inbound: inboundOf(part) }
  );
}

function opRow(part: ModelPart): SummaryRow {
  const { name, className } = part;
  const outputShape = outputOf(part);
  return {
    name,
    className,
    outputShape,
    built: true,
    trainable: null,
    inbound: inboundOf(part),
    layers: [],
    params: 0,
    bytes: 0,
  };
}

function rowOf(layer: AnyLayer, outputShape: Structure<Shape> | undefined = shapeOf(layer)): SummaryRow {
  const { name, className, built, trainable, weights } = layer;
  return {
    name,
    className,
    outputShape,
    built,
    trainable: weights.length === 0 ? null : trainable,
    inbound: [],
    layers: rowsIn(layer),
    ...countOf(weights),
  };
}

function outputOf({ calls }: ModelPart): Structure<Shape> {
  const { output } = calls.at(-1)!;
  // Ops give lists, also where they give one tensor.
  return shapesIn(Array.isArray(output) && output.length === 1 ? output[0] as Tensor : output);
}

/** The shape that a layer gives: that of its last call in a model, else of what it was built for. */
function shapeOf(layer: AnyLayer): Structure<Shape> | undefined {
  const call = callsOf(layer).at(-1);
  if (call !== undefined) return shapesIn(call.output);
  const graph = graphOf(layer);
  if (graph !== undefined) return shapesIn(graph.outputs);
  const { inputShapes } = stateOf(layer);
  if (!layer.built || inputShapes === undefined) return undefined;
  try {
    return layer.computeOutputShape(inputShapes);
  } catch {
    // A layer that reads values, or takes more than its input, cannot tell; a summary is no place to fail.
    return undefined;
  }
}

function shapesIn(output: Structure<Tensor>): Structure<Shape> {
  return mapStructure(output, ({ shape }) => shape as unknown as Structure<Shape>) as Structure<Shape>;
}

function inboundOf({ calls }: ModelPart): InboundLayer[] {
  return calls.flatMap(({ reads }) => reads).map(({ part, call, index }: Reading) => ({
    name: part.name,
    call,
    index,
  }));
}

function isChain(rows: readonly SummaryRow[]): boolean {
  return rows.every(({ inbound }, index) => {
    if (index === 0) return inbound.length === 0;
    return inbound.length === 1 && inbound[0]!.name === rows[index - 1]!.name;
  });
}

function countOf(weights: readonly Variable[]): WeightCount {
  let params = 0;
  let bytes = 0;
  for (const { size, dtype } of weights) {
    params += size!;
    bytes += size! * bytesPerElement(dtype);
  }
  return { params, bytes };
}

/** The shapes of a row as one list, in order. */
export function flatShapes(shapes: Structure<Shape>): Shape[] {
  if (isRecord(shapes)) return Object.values(shapes).flatMap((part) => flatShapes(part as Structure<Shape>));
  const isOne = (shapes as readonly unknown[]).every((dim) => typeof dim !== "object" || dim === null);
  return isOne ? [shapes as Shape] : (shapes as readonly Structure<Shape>[]).flatMap(flatShapes);
}
