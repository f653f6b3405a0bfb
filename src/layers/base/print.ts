/**
 * The way layers are printed.
 *
 * @module
 */
import { showShape } from "../../shape/dim.ts";
import type { LayerConfig } from "./options.ts";
import type { LayerNode } from "./layer_core.ts";

/** More weights, values or characters than these are not printed one by one. */
const MOST = { weights: 12, values: 8, characters: 60 };

/** The class, name, configuration and weights: `Dense dense { units: 3 } weights: dense/kernel [5, 3] float32`. */
export function printLayer(layer: LayerNode): string {
  const { weights } = layer;
  const shown = weights.slice(0, weights.length > MOST.weights ? MOST.weights - 1 : MOST.weights);
  const lines = shown.map((weight) => `\n  ${weight.path} ${showShape(weight.shape)} ${weight.dtype}`);
  if (shown.length < weights.length) lines.push(`\n  and ${weights.length - shown.length} more`);
  const state = layer.built ? (lines.length === 0 ? ", no weights" : `, weights:${lines.join("")}`) : ", not built";
  return `${layer.className} ${layer.name} ${printConfig(layer)}${state}`;
}

function printConfig(layer: LayerNode): string {
  const { name: _name, ...config } = configOf(layer);
  const fields = Object.entries(config).map(([key, value]) => `${key}: ${printValue(value)}`);
  return `{ ${fields.join(", ")} }`;
}

// A class without a getConfig of its own has none to print; printing must not fail for it.
function configOf(layer: LayerNode): Partial<LayerConfig> {
  try {
    return layer.getConfig();
  } catch (error) {
    if (error instanceof TypeError) return {};
    throw error;
  }
}

function printValue(value: unknown): string {
  if (typeof value === "object" && value !== null && "className" in value) return String(value.className);
  if (Array.isArray(value) && value.flat(Infinity).length > MOST.values) return `[${value.length} items]`;
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= MOST.characters
    ? text
    : typeof value === "object"
    ? "{...}"
    : `${text.slice(0, MOST.characters)}..."`;
}
