/**
 * The element types of tensors: one record each, from which every table of dtypes is derived.
 *
 * @module
 */
import type { Float16ArrayLike } from "./float16_array.ts";

/**
 * The element types. A new one is a record here and its place in the order of promotion (`promote.ts`).
 *
 * - `array`: the typed array that holds the elements; a `bool` is one byte, 0 or 1.
 * - `bytes`: the size of an element.
 * - `kind`: the numbers that it holds; a float also has the bits of its `fraction` and its greatest `exponent`.
 * - `onnx`: its number in ONNX (`TensorProto.DataType`).
 * - `safetensors`: its name in safetensors files.
 *
 * @internal
 */
export const DTYPES = {
  float32: {
    array: "Float32Array",
    bytes: 4,
    kind: "float",
    fraction: 23,
    exponent: 127,
    onnx: 1,
    safetensors: "F32",
  },
  float64: {
    array: "Float64Array",
    bytes: 8,
    kind: "float",
    fraction: 52,
    exponent: 1023,
    onnx: 11,
    safetensors: "F64",
  },
  float16: {
    array: "Float16Array",
    bytes: 2,
    kind: "float",
    fraction: 10,
    exponent: 15,
    onnx: 10,
    safetensors: "F16",
  },
  int32: { array: "Int32Array", bytes: 4, kind: "signed", onnx: 6, safetensors: "I32" },
  int64: { array: "BigInt64Array", bytes: 8, kind: "signed", onnx: 7, safetensors: "I64" },
  uint8: { array: "Uint8Array", bytes: 1, kind: "unsigned", onnx: 2, safetensors: "U8" },
  bool: { array: "Uint8Array", bytes: 1, kind: "bool", onnx: 9, safetensors: "BOOL" },
} as const;

/** @internal */
type Records = typeof DTYPES;

/** The element type of a tensor. */
export type DType = keyof Records;

/**
 * The dtypes of a kind.
 *
 * @internal
 */
export type DTypeOfKind<Kind extends Records[DType]["kind"]> = {
  [D in DType]: Records[D]["kind"] extends Kind ? D : never;
}[DType];

/** The names of all element types. */
export const DTYPE_NAMES: readonly DType[] = Object.keys(DTYPES) as DType[];

/** Whether a value is the name of an element type. */
export function isDType(value: unknown): value is DType {
  return typeof value === "string" && Object.hasOwn(DTYPES, value);
}

/**
 * The typed arrays that hold elements, by the name of their class.
 *
 * @internal
 */
export interface ElementArrays {
  /** 32-bit floats. */
  Float32Array: Float32Array<ArrayBuffer>;
  /** 64-bit floats. */
  Float64Array: Float64Array<ArrayBuffer>;
  /** 16-bit floats: elements read as numbers in every runtime. */
  Float16Array: Float16ArrayLike<ArrayBuffer>;
  /** 8-bit signed integers. */
  Int8Array: Int8Array<ArrayBuffer>;
  /** 16-bit signed integers. */
  Int16Array: Int16Array<ArrayBuffer>;
  /** 32-bit signed integers. */
  Int32Array: Int32Array<ArrayBuffer>;
  /** 64-bit signed integers. */
  BigInt64Array: BigInt64Array<ArrayBuffer>;
  /** 8-bit unsigned integers. */
  Uint8Array: Uint8Array<ArrayBuffer>;
  /** 16-bit unsigned integers. */
  Uint16Array: Uint16Array<ArrayBuffer>;
  /** 32-bit unsigned integers. */
  Uint32Array: Uint32Array<ArrayBuffer>;
  /** 64-bit unsigned integers. */
  BigUint64Array: BigUint64Array<ArrayBuffer>;
}

/** The typed array that holds the values of each {@linkcode DType}. */
export type TypedArrays = { [D in DType]: ElementArrays[Records[D]["array"]] };

/** The typed array that holds the values of dtype `D`. */
export type TypedArrayOf<D extends DType> = TypedArrays[D];
