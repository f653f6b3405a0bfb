/**
 * The position of the program: the path of the layers being called or built, and whether they are being traced.
 *
 * @module
 */
import type { Tensor } from "./tensor.ts";

/** The assignments to variables in a trace so far: in a trace they keep their values, and the graph gives new ones. */
export type Updates = Map<Tensor, Tensor>;

const path: string[] = [];
/** The assignments in the current trace; undefined if everything runs at once. */
let trace: Updates | undefined;

/** The names of the layers around this line, outermost first, joined by `/`; empty outside any layer. */
export function currentPath(): string {
  return path.join("/");
}

/** Enters the scope `name`, until {@linkcode leaveScope}. */
export function enterScope(name: string): void {
  path.push(name);
}

/** Leaves the scope that was entered last. */
export function leaveScope(): void {
  path.pop();
}

/** Runs `action` inside the scope `name`. */
export function withScope<T>(name: string, action: () => T): T {
  enterScope(name);
  try {
    return action();
  } finally {
    leaveScope();
  }
}

/**
 * Runs `action` as part of a trace: what it does to symbolic tensors and variables is recorded, not executed. What it
 * assigns goes to `updates`: those of the trace around it, unless others are given.
 */
export function whileTracing<T>(action: () => T, updates: Updates = trace ?? new Map()): T {
  return within(updates, action);
}

/** Runs `action` outside any trace, as initializers do. */
export function whileEager<T>(action: () => T): T {
  return within(undefined, action);
}

function within<T>(updates: Updates | undefined, action: () => T): T {
  const around = trace;
  trace = updates;
  try {
    return action();
  } finally {
    trace = around;
  }
}

/** The assignments in the current trace; undefined if operations run at once. */
export function currentUpdates(): Updates | undefined {
  return trace;
}

/** Gives what operations are to read in place of a variable. */
export type Reading = (variable: Tensor) => Tensor;

let reading: Reading | undefined;

/** Runs `action` while operations read variables through `read`; as they are, where it is undefined. */
export function withReading<T>(read: Reading | undefined, action: () => T): T {
  if (read === reading) return action();
  const around = reading;
  reading = read;
  try {
    return action();
  } finally {
    reading = around;
  }
}

/** The way operations read variables; undefined where they read them as they are. */
export function currentReading(): Reading | undefined {
  return reading;
}

/**
 * Whether operations run at once. `false` inside a layer that is called with symbolic tensors and inside a trace.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { executingEagerly, input, Lambda } from "@strata/nn";
 *
 * const modes: boolean[] = [];
 * const layer = new Lambda((x) => (modes.push(executingEagerly()), x));
 * layer([1, 2]);
 * layer(input(["batch"]));
 * assertEquals(modes, [true, false]);
 * ```
 */
export function executingEagerly(): boolean {
  return trace === undefined;
}
