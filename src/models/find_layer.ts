/**
 * Layers of a model by name or by place.
 *
 * @module
 */
import type { AnyLayer } from "../layers/base/layer.ts";
import { InputRangeError } from "../shape/error.ts";

/**
 * The layer of a name, or at a place; negative places count from the end.
 *
 * @throws {RangeError} If there is none.
 */
export function findLayer(model: AnyLayer, which: string | number): AnyLayer {
  const { layers } = model;
  const layer = typeof which === "number" ? layers.at(which) : layers.find(({ name }) => name === which);
  if (layer !== undefined && (typeof which === "string" || Number.isInteger(which))) return layer;
  throw new InputRangeError(
    typeof which === "number"
      ? `Cannot find layer ${which} of ${model.name}: it has ${layers.length} layers`
      : `Cannot find layer ${which} in ${model.name}: its layers are ${layers.map(({ name }) => name).join(", ")}`,
  );
}

/**
 * Whether a layer is, or has inside it at any depth, a given one.
 */
export function contains(layer: AnyLayer, wanted: AnyLayer): boolean {
  const seen = new Set<AnyLayer>();
  const search = (each: AnyLayer): boolean => {
    if (each === wanted) return true;
    if (seen.has(each)) return false;
    seen.add(each);
    return each.layers.some(search);
  };
  return search(layer);
}
