/**
 * The fields of layers: what they hold, and what may be put in them.
 *
 * @module
 */
import { Variable } from "../../tensor/variable.ts";
import { stateOf } from "./state.ts";
import { fieldsHold, type Holdings, holdsState, isContainer } from "./tracking.ts";
import type { LayerNode } from "./layer_core.ts";

/** The error of adding state to a layer that is built. */
export function lockError(layer: { readonly name: string }, what: string): TypeError {
  return new TypeError(
    `Cannot add ${what} to layer ${layer.name}: it is built already; state is made in the constructor or in build()`,
  );
}

/**
 * The contents of a layer's fields.
 *
 * @throws {TypeError} If an array, a record, a map or a set took new state after the layer was built.
 */
export function holdingsOf<L extends object>(layer: { readonly name: string }): Holdings<L> {
  const holdings = fieldsHold<L>(layer);
  const { held } = stateOf(layer);
  if (held === undefined) return holdings;
  const parts = [...holdings.variables, ...holdings.layers, ...holdings.seedGenerators];
  if (parts.some((part) => !held.has(part))) {
    // What replaces an entry takes its place, as in a field; more than there was is new state.
    if (parts.length > held.size) throw lockError(layer, "state in an array, a record, a map or a set");
    lockFields(layer);
  }
  return holdings;
}

/** Lets a layer take no more state from now on. */
export function lockFields(layer: object): void {
  const { variables, layers, seedGenerators } = fieldsHold<object>(layer);
  const state = stateOf(layer);
  state.held = new Set<object>([...variables, ...layers, ...seedGenerators]);
  state.keepsContainers = Object.values(layer).some(isContainer);
}

/** The layers that a layer's fields hold. */
export function sublayersOf<L extends object>(layer: { readonly name: string }): L[] {
  return [...holdingsOf<L>(layer).layers];
}

/** The layer's own variables: those that were made trainable, then the others. */
export function ownVariables(layer: { readonly name: string }): Variable[] {
  const state = stateOf(layer);
  const all = [...new Set([...state.made, ...holdingsOf(layer).variables])];
  for (const variable of all) if (!state.made.has(variable) && variable.trainable) state.trainables.add(variable);
  const isTrainable = (variable: Variable): boolean => state.trainables.has(variable);
  return [...all.filter(isTrainable), ...all.filter((variable) => !isTrainable(variable))];
}

/** The states of the generators of random numbers that a layer's fields hold. */
export function seedStates(layer: { readonly name: string }): Variable[] {
  return [...holdingsOf(layer).seedGenerators].map((generator) => generator.state);
}

/** The variables of a layer and of the layers inside it, each once. */
export function collectVariables(layer: LayerNode, of: (layer: LayerNode) => Iterable<Variable>): Variable[] {
  const variables = new Set<Variable>();
  const visit = (holder: LayerNode): void => {
    for (const variable of of(holder)) variables.add(variable);
    for (const sublayer of holder.layers) visit(sublayer);
  };
  visit(layer);
  return [...variables];
}

/** Watches fields: what replaces state takes its place, and a built layer takes no state in other fields. */
export function defineField(target: object, key: PropertyKey, field: PropertyDescriptor): boolean {
  const state = stateOf(target);
  const old: unknown = Object.getOwnPropertyDescriptor(target, key)?.value;
  if ("value" in field && field.value !== old) {
    const takesState = state.held !== undefined && holdsState(field.value);
    if (takesState && !holdsState(old)) {
      throw lockError(target as { readonly name: string }, `state in field ${String(key)}`);
    }
    if (old instanceof Variable) state.made.delete(old);
    const defined = Reflect.defineProperty(target, key, field);
    if (takesState) lockFields(target);
    return defined;
  }
  return Reflect.defineProperty(target, key, field);
}

/** Watches fields: what held a variable holds it no more. */
export function deleteField(target: object, key: PropertyKey): boolean {
  const old: unknown = Object.getOwnPropertyDescriptor(target, key)?.value;
  if (old instanceof Variable) stateOf(target).made.delete(old);
  return Reflect.deleteProperty(target, key);
}
