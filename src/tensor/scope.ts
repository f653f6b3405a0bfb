/**
 * Where the program is: the path of the layers being called or built, and whether they are being traced.
 *
 * @module
 */
const path: string[] = [];
let traces = 0;

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

/** Runs `action` as part of a trace: what it does to symbolic tensors and variables is recorded, not executed. */
export function whileTracing<T>(action: () => T): T {
  traces++;
  try {
    return action();
  } finally {
    traces--;
  }
}

/** Runs `action` outside any trace, as initializers do. */
export function whileEager<T>(action: () => T): T {
  const around = traces;
  traces = 0;
  try {
    return action();
  } finally {
    traces = around;
  }
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
  return traces === 0;
}
