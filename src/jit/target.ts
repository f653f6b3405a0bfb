/**
 * The targets of tracing: functions and layers.
 *
 * @module
 */
import type { Graph } from "../graph/graph.ts";
import { record } from "../graph/trace.ts";
import { inputOf } from "../layers/base/call.ts";
import type { AnyLayer } from "../layers/base/layer.ts";
import { attempt } from "../layers/base/state.ts";
import { isLayer } from "../layers/base/tracking.ts";
import { graphOf } from "../layers/base/history.ts";
import { Model } from "../models/model.ts";
import { Sequential } from "../models/sequential.ts";
import { InputError } from "../shape/error.ts";
import type { Structure } from "../tensor/structure.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** Something to trace. */
export interface Target {
  /** The name of the layer or of the function. */
  readonly name: string;
  /** The layer, where it is one. */
  readonly layer: AnyLayer | undefined;
  /** The arguments that it brings along, as models do. */
  readonly inputs: readonly unknown[] | undefined;
  /** Calls it. */
  call(...inputs: readonly unknown[]): unknown;
}

/**
 * A layer, model or function as something to trace.
 *
 * @throws {TypeError} If it is none.
 */
export function targetOf(traced: unknown): Target {
  if (typeof traced !== "function") {
    throw new InputError(`Cannot trace ${traced === null ? "null" : typeof traced}: expected a layer or a function`);
  }
  const call = traced as Target["call"];
  if (!isLayer(traced)) return { name: call.name || "graph", layer: undefined, inputs: undefined, call };
  const layer = traced as unknown as AnyLayer;
  const { name } = layer;
  if (layer instanceof Sequential) return { name, layer, inputs: layer.leading && [layer.leading], call };
  if (!(layer instanceof Model) || graphOf(layer) === undefined) return { name, layer, inputs: undefined, call };
  // The paths of a model's layers do not begin with its name, so that the names of the nodes do not either.
  const model = layer as Model;
  const run = (inputs: unknown, options: unknown) =>
    model.call(inputOf(model as never, inputs) as Structure<Tensor>, options ?? {});
  return { name, layer, inputs: [model.inputs], call: run as Target["call"] };
}

/**
 * The graph of a call with `inputs`. If that fails, layers that were built on the way are as they were.
 *
 * @throws {TypeError | ShapeError | DTypeError} If it cannot be traced.
 */
export function traceTarget(target: Target, inputs: readonly unknown[]): Graph {
  return attempt(() => record(target.name, target.call, inputs));
}
