/**
 * The errors of layer calls.
 *
 * @module
 */
import { showShape } from "../../shape/dim.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { leavesOf, type Structure } from "../../tensor/structure.ts";

/** Errors that say already in which layer they arose. */
const located = new WeakSet<object>();

/** Marks an error whose message names the layer already, so that the layers around add nothing. */
export function named<E extends Error>(error: E): E {
  located.add(error);
  return error;
}

/**
 * Adds to an error which layer was called with what. An error that says so already comes back as it is: the innermost
 * layer is named, once. The class stays, so that it can be told by it.
 */
export function locateError(
  error: unknown,
  layer: { readonly name: string; readonly className: string },
  path: string,
  args: {
    readonly [name: string]: unknown;
  },
): Error {
  if (typeof error === "object" && error !== null && located.has(error)) return error as Error;
  const original = error instanceof Error ? error.message : String(error);
  const received = Object.entries(args)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `\n  ${name}: ${describe(value)}`).join("");
  const message = `${original}\n\nRaised while calling ${layer.className}.call() of layer ${path} with:${received}`;
  const result = withMessage(error, original, message);
  located.add(result);
  return result;
}

function withMessage(error: unknown, original: string, message: string): Error {
  if (!(error instanceof Error) || !Object.isExtensible(error)) return new Error(message, { cause: error });
  if (!isPlainMessage(error)) return new Error(message, { cause: error });
  const { stack, name } = error;
  Object.defineProperty(error, "message", { value: message, writable: true, configurable: true, enumerable: false });
  // V8 wrote the first message into the stack when the error was made; consoles print the stack.
  if (typeof stack === "string") {
    error.stack = original === ""
      ? stack.replace(name, () => `${name}: ${message}`)
      : stack.replace(original, () => message);
  }
  return error;
}

/** Whether an error's message is a value that may be changed, no getter. */
function isPlainMessage(error: Error): boolean {
  for (let holder: object | null = error; holder !== null; holder = Object.getPrototypeOf(holder)) {
    const property = Object.getOwnPropertyDescriptor(holder, "message");
    if (property !== undefined) return holder === error ? property.configurable === true : "value" in property;
  }
  return true;
}

/** Tensors by kind, shape and dtype, never by their values. */
function describe(value: unknown): string {
  if (value instanceof Tensor) return `${value.constructor.name} ${showShape(value.shape)} ${value.dtype}`;
  if (Array.isArray(value) || (typeof value === "object" && value !== null)) {
    return `[${leavesOf(value as Structure<unknown>).map(describe).join(", ")}]`;
  }
  return String(value);
}
