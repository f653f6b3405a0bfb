/**
 * The ranges of the dtypes, from their records.
 *
 * @module
 */
import { type DType, DTYPES } from "./dtype.ts";
import type { FloatDType } from "./promote.ts";

/** The least and the greatest finite value of a dtype, as numbers: 2^63 for the greatest `int64`, which is none. */
export function rangeOf(dtype: DType): readonly [least: number, greatest: number] {
  const record = DTYPES[dtype];
  const bits = 8 * record.bytes;
  switch (record.kind) {
    case "bool":
      return [0, 1];
    case "unsigned":
      return [0, 2 ** bits - 1];
    case "signed":
      return [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1];
    case "float": {
      const greatest = (2 - 2 ** -record.fraction) * 2 ** record.exponent;
      return [-greatest, greatest];
    }
  }
}

/** The value than which no value of a dtype is less: negative infinity for floats. */
export function leastOf(dtype: DType): number {
  return DTYPES[dtype].kind === "float" ? -Infinity : rangeOf(dtype)[0];
}

/** The value than which no value of a dtype is greater: infinity for floats. */
export function greatestOf(dtype: DType): number {
  return DTYPES[dtype].kind === "float" ? Infinity : rangeOf(dtype)[1];
}

/** The difference between 1 and the next greater number of a float dtype. */
export function epsilonOf(dtype: FloatDType): number {
  return 2 ** -DTYPES[dtype].fraction;
}

/** The smallest positive number of a float dtype. */
export function smallestOf(dtype: FloatDType): number {
  return 2 ** (1 - DTYPES[dtype].exponent - DTYPES[dtype].fraction);
}
