/**
 * Shares of all random bits: how likely something is, exactly.
 *
 * @module
 */
import { InputRangeError } from "../../shape/error.ts";

/** What a share `rate` of all signed 32-bit integers are below. */
export function threshold(rate: number): number {
  return Math.round(rate * 2 ** 32) - 2 ** 31;
}

/** Throws unless `value` is from 0 to 1. */
export function checkShare(attempt: string, value: number): void {
  if (!(value >= 0 && value <= 1)) {
    throw new InputRangeError(`${attempt}: expected a number from 0 to 1, received ${value}`);
  }
}
