/**
 * The typed array constructors of the dtypes, at run time.
 *
 * @module
 */
import type { DType, TypedArrayOf } from "./dtype.ts";

/** Makes the typed arrays of dtype `D`. */
export interface TypedArrayConstructorOf<D extends DType> {
  readonly BYTES_PER_ELEMENT: number;
  new (length: number): TypedArrayOf<D>;
  new (values: Iterable<TypedArrayOf<D>[number]>): TypedArrayOf<D>;
  new (buffer: ArrayBuffer, byteOffset?: number, length?: number): TypedArrayOf<D>;
}

// Node 20 has no Float16Array; where there is one, the stand-in is not even loaded.
const Float16: typeof Float16Array = globalThis.Float16Array ??
  (await import("@petamoriken/float16")).Float16Array as unknown as typeof Float16Array;

const CONSTRUCTORS: { readonly [D in DType]: TypedArrayConstructorOf<D> } = {
  float32: Float32Array,
  float64: Float64Array,
  float16: Float16,
  int32: Int32Array,
  int64: BigInt64Array,
  uint8: Uint8Array,
  bool: Uint8Array,
};

const BYTES: { readonly [D in DType]: number } = {
  float32: 4,
  float64: 8,
  float16: 2,
  int32: 4,
  int64: 8,
  uint8: 1,
  bool: 1,
};

/**
 * The constructor of the typed array that holds `dtype`.
 *
 * @example
 * ```ts
 * new (typedArrayOf("float32"))(3); // Float32Array(3) [ 0, 0, 0 ]
 * ```
 */
export function typedArrayOf<D extends DType>(dtype: D): TypedArrayConstructorOf<D> {
  return CONSTRUCTORS[dtype];
}

/** The number of bytes that an element of `dtype` takes. */
export function bytesPerElement(dtype: DType): number {
  return BYTES[dtype];
}
