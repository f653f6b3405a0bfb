/**
 * The way a layer is built: once, when it is first called or told to.
 *
 * @module
 */
import type { Shape } from "../../shape/dim.ts";
import { currentPath, whileEager, whileTracing, withScope } from "../../tensor/scope.ts";
import { SymbolicTensor } from "../../tensor/symbolic.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { AnyCallOptions } from "./context.ts";
import { whileAutocasting } from "./dtype_policy.ts";
import { isRecord, leavesOf, mapStructure, type Structure } from "../../tensor/structure.ts";
import { stateOf, transaction } from "./state.ts";
import { lockFields, sublayersOf } from "./fields.ts";
import type { LayerCore, Shapes } from "./layer_core.ts";

/**
 * Builds a layer that is about to be called with `input`. Gives `false` where only the call itself can: it reads values,
 * so that no dry run is possible, and {@linkcode finishBuild} is due when it has returned.
 */
export function buildFor(
  layer: LayerCore,
  shapes: Shapes,
  input: Structure<Tensor | null>,
  options: AnyCallOptions,
): boolean {
  const placeholders = mapStructure(
    input,
    (tensor) => tensor && new SymbolicTensor(tensor.shape, tensor.dtype, { name: "input" }),
  );
  const eager = leavesOf(input).every((tensor) => tensor?.kind !== "symbolic");
  try {
    build(layer, shapes, () => dryRun(layer, placeholders, options));
    return true;
  } catch (error) {
    if (eager && error instanceof DryRunError) return false;
    throw error;
  }
}

/** Builds a layer for inputs of the given shapes, as if it were called with them. */
export function buildWith(layer: LayerCore, shapes: Shapes): void {
  build(layer, shapes, () => {
    const placeholders = mapShapes(
      shapes,
      (shape) => shape && new SymbolicTensor(shape, layer.computeDtype, { name: "input" }),
    );
    dryRun(layer, placeholders, {});
  });
}

function build(layer: LayerCore, shapes: Shapes, buildSublayers: () => void): void {
  const state = stateOf(layer);
  transaction(layer, () => {
    state.path = pathOf(layer);
    state.inputShapes = shapes;
    if (layer.hasOwnBuild) {
      const result = whileEager(() => withScope(layer.name, () => layer.runBuild(shapes)));
      if (result instanceof Promise) {
        result.catch(() => {});
        throw new TypeError(`${layer.className}.build() returned a promise: build must be synchronous`);
      }
    } else if (sublayersOf<object>(layer).some((sublayer) => !stateOf(sublayer).built)) {
      buildSublayers();
    }
    finishBuild(layer);
  });
}

function pathOf(layer: { readonly name: string }): string {
  const around = currentPath();
  return around === "" ? layer.name : `${around}/${layer.name}`;
}

/** Marks a layer as built; it takes no more state from now on. */
export function finishBuild(layer: LayerCore): void {
  const state = stateOf(layer);
  state.path ??= pathOf(layer);
  state.built = true;
  lockFields(layer);
}

/** Why a layer could not be built by an abstract run of its `call`. */
class DryRunError extends TypeError {
  override readonly name = "TypeError";
}

/** Runs `call` on tensors without values, which builds the layers inside. */
function dryRun(layer: LayerCore, input: unknown, options: AnyCallOptions): void {
  try {
    // What it assigns to variables is dropped: it is a dry run.
    const call = () => whileAutocasting(layer, () => layer.call(input as never, options as never));
    whileTracing(() => withScope(layer.name, call), new Map());
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DryRunError(
      `Cannot build layer ${layer.name}: its call() failed on symbolic tensors, and it has sublayers but no build() of its own: ${reason}`,
      { cause: error },
    );
  }
}

/** Applies `action` to each shape of a structure of shapes. */
export function mapShapes<R>(shapes: Shapes, action: (shape: Shape | null) => R): Structure<R> {
  if (isShape(shapes)) return action(shapes);
  if (Array.isArray(shapes)) return shapes.map((part) => mapShapes(part as Shapes, action));
  if (isRecord(shapes)) {
    return Object.fromEntries(Object.entries(shapes).map(([key, part]) => [key, mapShapes(part as Shapes, action)]));
  }
  return action(null);
}

/** Whether a structure of shapes is one shape. */
export function isShape(shapes: unknown): shapes is Shape {
  return Array.isArray(shapes) &&
    shapes.every((dim) => dim === null || typeof dim === "number" || typeof dim === "string");
}
