/**
 * The way Keras writes down what a layer is called with.
 *
 * @module
 */
import type { AnyCallOptions } from "../layers/base/context.ts";
import type { LayerCall } from "../layers/base/history.ts";
import type { Structure } from "../tensor/structure.ts";
import { isRecord } from "../tensor/structure.ts";

/** The arguments of a call, with tensors as their places. */
export interface SerializedCall {
  /** The positional arguments. */
  readonly args: readonly unknown[];
  /** The arguments by name. */
  readonly kwargs: { readonly [name: string]: unknown };
}

/** Layers that Keras calls with several arguments, where Strata's have one array of tensors. */
const SEVERAL: { readonly [className: string]: readonly string[] } = {
  MultiHeadAttention: ["query", "value", "key"],
  GroupQueryAttention: ["query", "value", "key"],
};

/** Whether Keras calls, and builds, the layers of a class with several arguments. */
export function takesSeveral(className: string): boolean {
  return Object.hasOwn(SEVERAL, className);
}

/** A call as Keras writes it down: positional arguments, and others by name. */
export function writeCall(className: string, { input, options }: LayerCall): SerializedCall {
  const told = Object.entries(options as { readonly [name: string]: unknown });
  const kwargs = Object.fromEntries(told.filter(([, value]) => value !== undefined && value !== null));
  const names = SEVERAL[className];
  if (names === undefined) return { args: [input], kwargs };
  if (Array.isArray(input)) return { args: input as readonly unknown[], kwargs };
  if (isRecord(input)) {
    const given = input as { readonly [name: string]: unknown };
    return { args: names.flatMap((name) => name in given ? [given[name]] : []), kwargs };
  }
  return { args: [input, input], kwargs };
}

/** The arguments of a layer's call, from those that Keras has written. */
export function readCall(
  className: string,
  args: readonly unknown[],
  kwargs: { readonly [name: string]: unknown },
): readonly [input: Structure<unknown>, options: AnyCallOptions] {
  const names = SEVERAL[className] ?? ["inputs"];
  const inputs = [...args];
  const options: { [name: string]: unknown } = {};
  for (const [name, value] of Object.entries(kwargs)) {
    // Keras writes down what a call leaves open as well.
    if (value === null || value === undefined || (name === "training" && value === false)) continue;
    const place = names.indexOf(name);
    if (place >= 0) inputs[place] = value;
    else options[name] = value;
  }
  // The states of recurrent layers may follow the sequence without a name.
  if (names.length === 1 && inputs.length > 1) options.initialState ??= inputs.slice(1).flat();
  const input = SEVERAL[className] === undefined ? inputs[0] : inputs;
  return [input as Structure<unknown>, options as AnyCallOptions];
}
