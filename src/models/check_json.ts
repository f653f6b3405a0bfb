/**
 * Checks of configurations that come from outside, such as JSON: what is wrong is said in a sentence.
 *
 * @module
 */
import { isShape } from "../layers/base/build.ts";
import { InputError, InputRangeError } from "../shape/error.ts";
import { isRecord } from "../tensor/structure.ts";
import type { TensorPlace } from "./serialized.ts";

/**
 * The place of a tensor: the name of a layer, which of its calls, and which of the tensors that the call gave.
 *
 * @throws {InputError} If it is none.
 */
export function checkedPlace(place: unknown, model: string): TensorPlace {
  if (isPlace(place)) return place;
  throw new InputError(
    `Cannot make model ${model}: expected places of tensors such as ["layer", 0, 0], received ${JSON.stringify(place)}`,
  );
}

/** Whether a value is the place of a tensor. */
export function isPlace(value: unknown): value is TensorPlace {
  if (!Array.isArray(value) || value.length !== 3) return false;
  const [name, ...numbers] = value as readonly unknown[];
  return typeof name === "string" && numbers.every((number) => Number.isInteger(number) && Number(number) >= 0);
}

/**
 * The layers of a configuration.
 *
 * @throws {InputError} If they are no list of records.
 */
export function checkedLayers<T>(layers: readonly T[] | undefined, model: unknown): readonly T[] {
  const given: unknown = layers;
  if (Array.isArray(given) && given.every((layer: unknown) => isRecord(layer))) return layers as readonly T[];
  throw new InputError(`Cannot make model ${String(model)}: expected layers as a list of records`);
}

/**
 * Checks the shape of an input.
 *
 * @throws {InputError} If it is no list of sizes, names and `null`.
 */
export function checkInputShape(shape: unknown, name: unknown): void {
  const isSize = (dim: unknown) => typeof dim !== "number" || (Number.isInteger(dim) && dim >= 0);
  if (isShape(shape as never) && (shape as readonly unknown[]).every(isSize)) return;
  throw new InputError(
    `Cannot make input ${String(name)}: expected a shape such as [null, 3], received ${JSON.stringify(shape)}`,
  );
}

/**
 * Runs what makes or calls a layer or op of a configuration. What JavaScript itself says about values of a wrong type
 * becomes a sentence about the configuration, with the error as its cause.
 *
 * @throws {InputError} If an option or argument is of a wrong type.
 */
export function whileMaking<T>(what: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const isOwn = error instanceof InputError || error instanceof InputRangeError;
    const isRaw = error instanceof TypeError || error instanceof RangeError;
    if (isOwn || !isRaw) throw error;
    const message = `Cannot make ${what}: an option or argument in its configuration is of a wrong type`;
    throw Object.assign(new InputError(message), { cause: error });
  }
}
