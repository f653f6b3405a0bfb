/**
 * The element types, and what holds each of them on the JavaScript side.
 *
 * @module
 */
import type { Float16ArrayLike } from "./float16_array.ts";

/** The element type of a tensor. */
export type DType = "float32" | "float64" | "float16" | "int32" | "int64" | "uint8" | "bool";

/** All element types. */
export const DTYPES: readonly DType[] = ["float32", "float64", "float16", "int32", "int64", "uint8", "bool"];

/** Whether a value is the name of an element type. */
export function isDType(value: unknown): value is DType {
  return DTYPES.includes(value as DType);
}

/** The typed array that holds the values of each {@linkcode DType}; a `bool` is one byte, 0 or 1. */
export interface TypedArrays {
  /** 32-bit floats. */
  float32: Float32Array<ArrayBuffer>;
  /** 64-bit floats. */
  float64: Float64Array<ArrayBuffer>;
  /** 16-bit floats: elements read as numbers in every runtime. */
  float16: Float16ArrayLike<ArrayBuffer>;
  /** 32-bit signed integers. */
  int32: Int32Array<ArrayBuffer>;
  /** 64-bit signed integers. */
  int64: BigInt64Array<ArrayBuffer>;
  /** 8-bit unsigned integers. */
  uint8: Uint8Array<ArrayBuffer>;
  /** Booleans, one byte each. */
  bool: Uint8Array<ArrayBuffer>;
}

/** The typed array that holds the values of dtype `D`. */
export type TypedArrayOf<D extends DType> = TypedArrays[D];
