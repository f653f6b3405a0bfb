/**
 * Checks of constructor arguments.
 *
 * @module
 */
import { InputRangeError } from "../../shape/error.ts";

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
