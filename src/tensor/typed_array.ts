/**
 * The typed array constructors of the dtypes, at run time.
 *
 * @module
 */
import { type DType, DTYPES, type ElementArrays, type TypedArrayOf } from "./dtype.ts";
import { ELEMENTS, type ElementType } from "./element_type.ts";

/** Makes typed arrays of one class. */
export interface ArrayConstructor<A extends ElementArrays[keyof ElementArrays]> {
  readonly BYTES_PER_ELEMENT: number;
  new (length: number): A;
  new (values: Iterable<A[number]>): A;
  new (buffer: ArrayBuffer, byteOffset?: number, length?: number): A;
}

/** Makes the typed arrays of dtype `D`. */
export type TypedArrayConstructorOf<D extends DType> = ArrayConstructor<TypedArrayOf<D>>;

// Node 20 has no Float16Array; where there is one, the stand-in is not even loaded.
const Float16: typeof Float16Array = globalThis.Float16Array ??
  (await import("@petamoriken/float16")).Float16Array as unknown as typeof Float16Array;

/** The classes of typed arrays by name. */
export const ARRAYS: { readonly [Name in keyof ElementArrays]: ArrayConstructor<ElementArrays[Name]> } = {
  Float32Array,
  Float64Array,
  Float16Array: Float16,
  Int8Array,
  Int16Array,
  Int32Array,
  BigInt64Array,
  Uint8Array,
  Uint16Array,
  Uint32Array,
  BigUint64Array,
};

const CONSTRUCTORS = Object.fromEntries(
  Object.entries(DTYPES).map(([dtype, { array }]) => [dtype, ARRAYS[array]]),
) as unknown as { readonly [D in DType]: TypedArrayConstructorOf<D> };

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
  return DTYPES[dtype].bytes;
}

/** The elements of a numeric type in a buffer. */
export function elementsIn(
  type: Exclude<ElementType, "string">,
  buffer: ArrayBuffer,
  offset = 0,
  length?: number,
): ArrayBufferView<ArrayBuffer> {
  return new ARRAYS[ELEMENTS[type].array](buffer, offset, length);
}
