/**
 * The way models are printed.
 *
 * @module
 */
import { graphOf } from "../layers/base/history.ts";
import type { AnyLayer } from "../layers/base/layer.ts";
import { showShape } from "../shape/dim.ts";
import { isRecord, type Structure } from "../tensor/structure.ts";
import type { TensorSpec } from "../tensor/tensor.ts";

/**
 * One line that says what a model is: `Sequential net: 2 layers, 17 parameters, [batch, 4] -> [batch, 2]`. The table of its
 * layers is what `summary` prints.
 */
export function printModel(model: AnyLayer): string {
  const { className, name, layers, built } = model;
  const parts = [count(layers.length, "layer")];
  parts.push(built ? count(model.countParams(), "parameter") : "not built");
  const graph = graphOf(model);
  if (graph !== undefined) {
    const { inputs, outputs } = model as unknown as { readonly [side: string]: Structure<TensorSpec> };
    parts.push(`${show(inputs!)} -> ${show(outputs!)}`);
  }
  return `${className} ${name}: ${parts.join(", ")}`;
}

function count(number: number, what: string): string {
  return `${number.toLocaleString("en-US")} ${what}${number === 1 ? "" : "s"}`;
}

function show(structure: Structure<TensorSpec>): string {
  if (Array.isArray(structure)) return `[${structure.map(show).join(", ")}]`;
  if (!isRecord(structure)) return showShape((structure as TensorSpec).shape);
  return `{ ${
    Object.entries(structure).map(([key, part]) => `${key}: ${show(part as Structure<TensorSpec>)}`).join(", ")
  } }`;
}
