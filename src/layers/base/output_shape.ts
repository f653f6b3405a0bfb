/**
 * The shapes that a layer declares, compared with those of its call's result.
 *
 * @module
 */
import { showShape } from "../../shape/dim.ts";
import { ShapeError } from "../../shape/error.ts";
import { isRecord, shapesOf, type Structure } from "../../tensor/structure.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { isShape } from "./build.ts";
import { stateOf } from "./state.ts";
import type { LayerCore, Shapes } from "./layer_core.ts";

/**
 * Compares the shapes of a call with those of the class's own `computeOutputShape`, until they have been the same once.
 *
 * @throws {ShapeError} If a rank, a size or the structure is another. What is open on either side may be any size.
 */
export function checkOutputShape(
  layer: LayerCore,
  input: Structure<Tensor | null>,
  output: Structure<Tensor>,
): void {
  const state = stateOf(layer);
  if (state.outputChecked) return;
  // Set first: computeOutputShape may call the layer.
  state.outputChecked = true;
  if (!layer.hasOwnOutputShape) return;
  let fit = false;
  try {
    const said = layer.computeOutputShape(shapesOf(input) as Shapes);
    const given = shapesOf(output) as Shapes;
    fit = agree(said, given);
    if (!fit) {
      throw new ShapeError(
        `${layer.className}.call() returned other shapes than computeOutputShape() says: expected ${show(said)}, ` +
          `received ${show(given)}`,
      );
    }
  } finally {
    state.outputChecked = fit;
  }
}

function agree(said: Shapes, given: Shapes): boolean {
  if (isShape(said) && isShape(given)) {
    return said.length === given.length && said.every((dim, axis) => {
      return typeof dim !== "number" || typeof given[axis] !== "number" || dim === given[axis];
    });
  }
  const [expected, received] = [partsOf(said), partsOf(given)];
  if (expected === undefined || received === undefined) return false;
  const keys = Object.keys(expected);
  return keys.length === Object.keys(received).length &&
    keys.every((key) => Object.hasOwn(received, key) && agree(expected[key]!, received[key]!));
}

function partsOf(shapes: Shapes): { readonly [key: string]: Shapes } | undefined {
  if (isShape(shapes)) return undefined;
  return Array.isArray(shapes) || isRecord(shapes) ? shapes as { readonly [key: string]: Shapes } : undefined;
}

function show(shapes: Shapes): string {
  if (isShape(shapes)) return showShape(shapes);
  if (Array.isArray(shapes)) return `[${shapes.map((part) => show(part as Shapes)).join(", ")}]`;
  const parts = partsOf(shapes);
  if (parts === undefined) return String(shapes);
  return `{ ${Object.entries(parts).map(([key, part]) => `${key}: ${show(part)}`).join(", ")} }`;
}
