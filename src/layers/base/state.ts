/**
 * The state of a layer besides its fields, and how that is rolled back when a build fails.
 *
 * @module
 */
import type { Shape } from "../../shape/dim.ts";
import type { Structure } from "../../tensor/structure.ts";
import type { Variable } from "../../tensor/variable.ts";
import type { Configured } from "./config.ts";
import { containersIn, holdsState, STATE } from "./tracking.ts";

/** The state of a layer besides its fields. */
export interface LayerState {
  /** The layer as its users hold it. */
  readonly self: object;
  /** The path of the layer when it was built: its own name after those of the layers around it; `null` before. */
  path: string | null;
  /** Whether its variables exist. */
  built: boolean;
  /** The shapes of the input that it was built for; undefined where it is not built, or was born so. */
  inputShapes: Structure<Shape | null> | undefined;
  /** The variables, layers and generators that fields held when it was built; no others may come. */
  held: Set<object> | undefined;
  /** Whether a field holds state in an array, a record, a map or a set. */
  keepsContainers: boolean;
  /** Whether a call has given the shapes that the class says. */
  outputChecked: boolean;
  /** Whether training may change its variables. */
  trainable: boolean;
  /** The variables that it made, in order, until a field that held one holds something else. */
  readonly made: Set<Variable>;
  /** The variables that were made trainable; freezing does not move them to the others. */
  readonly trainables: Set<Variable>;
  /** Its parts whose options are among those of its configuration. */
  readonly configured: Configured[];
}

/** The state of a layer that was just constructed. */
export function newState(self: object, trainable: boolean): LayerState {
  return {
    self,
    path: null,
    built: false,
    inputShapes: undefined,
    held: undefined,
    keepsContainers: false,
    outputChecked: false,
    trainable,
    made: new Set(),
    trainables: new Set(),
    configured: [],
  };
}

/** The state of a layer. */
export function stateOf(layer: object): LayerState {
  return (layer as { readonly [STATE]: LayerState })[STATE];
}

/** What takes back the builds inside the one under way. */
const undos: (() => void)[][] = [];

/**
 * Runs `action`, which builds `layer`. If it throws, the layer and all layers that were built inside are as they were:
 * fields, variables and paths.
 */
export function transaction<T>(layer: object, action: () => T): T {
  return attempt(action, snapshot(layer));
}

/** Runs `action`. If it throws, the layers that were built inside are as they were; `undo` comes last. */
export function attempt<T>(action: () => T, undo: () => void = () => {}): T {
  const inner: (() => void)[] = [];
  undos.push(inner);
  let done = false;
  try {
    const result = action();
    done = true;
    return result;
  } finally {
    undos.pop();
    const all = () => {
      for (const takeBack of inner.reverse()) takeBack();
      undo();
    };
    if (done) undos.at(-1)?.push(all);
    else all();
  }
}

/** Lets `undo` run if the build under way, if any, is taken back. */
export function onUndo(undo: () => void): void {
  undos.at(-1)?.push(undo);
}

/** Runs `action`, then takes back all builds inside it. */
export function dryRun<T>(action: () => T): T {
  const inner: (() => void)[] = [];
  undos.push(inner);
  try {
    return action();
  } finally {
    undos.pop();
    for (const takeBack of inner.reverse()) takeBack();
  }
}

function snapshot(layer: object): () => void {
  const state = stateOf(layer);
  const { path, built, inputShapes, held, trainable } = state;
  const made = [...state.made];
  const trainables = [...state.trainables];
  const fields = new Map(Object.entries(layer));
  const { inputSpec } = layer as { inputSpec: unknown };
  // What is frozen is as it was.
  const refills = containersIn(fields.values()).filter((container) => !Object.isFrozen(container)).map(refill);
  return () => {
    Object.assign(state, { path, built: false, inputShapes, held: undefined, trainable });
    for (const restore of refills) restore();
    // Only what holds state is put back: a field that counts attempts goes on counting.
    for (const [key, value] of Object.entries(layer)) {
      const before = fields.get(key);
      if (value === before || !(holdsState(value) || holdsState(before))) continue;
      if (fields.has(key)) Reflect.set(layer, key, before);
      else Reflect.deleteProperty(layer, key);
    }
    Object.assign(layer, { inputSpec });
    replaceAll(state.made, made);
    replaceAll(state.trainables, trainables);
    Object.assign(state, { built, held });
  };
}

/** Takes down what a container holds, and gives a function that puts it back. */
function refill(container: object): () => void {
  if (Array.isArray(container)) {
    const items = [...container];
    return () => void container.splice(0, container.length, ...items);
  }
  if (container instanceof Map) {
    const entries = [...container];
    return () => {
      container.clear();
      for (const [key, value] of entries) container.set(key, value);
    };
  }
  if (container instanceof Set) {
    const items = [...container];
    return () => replaceAll(container, items);
  }
  const record = { ...container };
  return () => {
    for (const key of Object.keys(container)) if (!Object.hasOwn(record, key)) Reflect.deleteProperty(container, key);
    Object.assign(container, record);
  };
}

function replaceAll<T>(set: Set<T>, items: readonly T[]): void {
  set.clear();
  for (const item of items) set.add(item);
}
