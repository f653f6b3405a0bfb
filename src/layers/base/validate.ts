/**
 * Checks of constructor arguments.
 *
 * @module
 */
import { InputError, InputRangeError } from "../../shape/error.ts";
import { kindOf } from "../../tensor/options.ts";
import { isLayer } from "./tracking.ts";

/**
 * Refuses what is no layer.
 *
 * @throws {InputError} If it is none.
 */
export function requireLayer(attempt: string, value: unknown): void {
  if (isLayer(value)) return;
  throw new InputError(`${attempt}: expected a model or a layer, received ${kindOf(value)}`);
}

/**
 * The value, where it is a positive integer.
 *
 * @throws {RangeError} If it is not.
 */
export function positiveInteger<T extends number>(value: T, what: string, layer: string): T {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value <= 0) {
    throw new InputRangeError(
      `Cannot make layer ${layer}: received an invalid value for ${what}, expected a positive integer, received ${value}`,
    );
  }
  return value;
}
