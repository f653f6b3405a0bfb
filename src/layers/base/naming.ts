/**
 * Names that layers get by themselves.
 *
 * @module
 */
import { InputError } from "../../shape/error.ts";

/** The snake case of a class name, as Keras makes it: `MaxPooling2D` gives `max_pooling2d`. */
export function snakeCase(name: string): string {
  return name
    .replace(/\W+/g, "")
    .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
}

/** Classes that have another name inside Keras, from which it makes the names of layers. */
const INSIDE_KERAS: { readonly [className: string]: string } = { GroupQueryAttention: "GroupedQueryAttention" };

/** The beginning of the names of a class's layers. */
export function baseName(className: string): string {
  return snakeCase(Object.hasOwn(INSIDE_KERAS, className) ? INSIDE_KERAS[className]! : className);
}

let uses = new Map<string, number>();

/** The next name for a layer of a class: `dense`, `dense_1`, `dense_2`. */
export function automaticName(className: string): string {
  const base = baseName(className);
  const count = uses.get(base) ?? 0;
  uses.set(base, count + 1);
  return count === 0 ? base : `${base}_${count}`;
}

/** Starts the numbering anew. */
export function resetNames(): void {
  uses = new Map();
}

/** Runs `action`, then takes back the names that it used up. */
export function withoutUsingNames<T>(action: () => T): T {
  const before = new Map(uses);
  try {
    return action();
  } finally {
    uses = before;
  }
}

/** @throws {TypeError} If a name is empty or has a `/`, which joins the names of a path. */
export function checkName(name: unknown, what: string): void {
  if (typeof name !== "string" || name === "" || name.includes("/")) {
    throw new InputError(`Cannot name ${what}: expected a name without "/", received ${JSON.stringify(name)}`);
  }
}
