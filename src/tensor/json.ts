/**
 * Values as JSON has them.
 *
 * @module
 */
import { showShape } from "../shape/dim.ts";
import type { DType, TypedArrayOf } from "./dtype.ts";
import { nest, type NestedValues } from "./nested.ts";

/** Numbers or booleans in arrays nested to any depth. */
export type JsonValues = NestedValues<number | boolean>;

/**
 * Flat row-major values in nested arrays that JSON can hold without loss.
 *
 * @throws {RangeError} If a value is NaN or infinite, which JSON would write as `null`, or an integer that is no safe one.
 */
export function jsonOf(data: TypedArrayOf<DType>, shape: readonly number[], dtype: DType): JsonValues {
  const isExact = dtype === "int64" ? Number.isSafeInteger : Number.isFinite;
  for (let place = 0; place < data.length; place++) {
    if (!isExact(Number(data[place]))) throw notJson(data, shape, dtype, place);
  }
  const numbers = dtype === "int64" ? Float64Array.from(data as BigInt64Array, Number) : data;
  return nest(numbers, shape, dtype) as JsonValues;
}

function notJson(data: TypedArrayOf<DType>, shape: readonly number[], dtype: DType, place: number): RangeError {
  const [expected, received, advice] = dtype === "int64"
    ? ["integers of at most 2^53 - 1", "a greater one", "write its dataSync() as texts"]
    : ["finite values", String(data[place]), "replace such values first, with ops.nanToNum or ops.where"];
  return new RangeError(
    `Cannot write a tensor of shape ${showShape(shape)} and dtype ${dtype} as JSON: expected ${expected}, ` +
      `received ${received} at ${showShape(indexOf(place, shape))}; ${advice}`,
  );
}

/** The index along each axis of a place in row-major order. */
function indexOf(place: number, shape: readonly number[]): number[] {
  const index: number[] = [];
  for (const size of shape.toReversed()) {
    index.unshift(place % size);
    place = Math.floor(place / size);
  }
  return index;
}
