/**
 * ONNX's numbers for the element types (`TensorProto.DataType` in onnx.proto).
 *
 * @module
 */
import { type DType, DTYPES } from "../tensor/dtype.ts";
import { bytesPerElement as bytesOfDType, typedArrayOf } from "../tensor/typed_array.ts";

/** Element types that models take and give, and with which nothing is computed here. */
export type OtherElementType = "int8" | "int16" | "uint16" | "uint32" | "uint64" | "string";

/** An element type that the engine carries. */
export type ElementType = DType | OtherElementType;

/** The arrays that hold the elements of each {@linkcode OtherElementType}. */
export interface OtherElements {
  /** 8-bit signed integers. */
  int8: Int8Array<ArrayBuffer>;
  /** 16-bit signed integers. */
  int16: Int16Array<ArrayBuffer>;
  /** 16-bit unsigned integers. */
  uint16: Uint16Array<ArrayBuffer>;
  /** 32-bit unsigned integers. */
  uint32: Uint32Array<ArrayBuffer>;
  /** 64-bit unsigned integers. */
  uint64: BigUint64Array<ArrayBuffer>;
  /** Texts. */
  string: readonly string[];
}

/** Makes the typed array of an element type from bytes. */
type FromBuffer<Elements> = {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBuffer, offset?: number, length?: number): Elements;
  new (length: number): Elements;
};

/** The typed arrays of the numeric types among the {@linkcode OtherElementType}s. */
export const OTHER_ARRAYS: { readonly [E in Exclude<OtherElementType, "string">]: FromBuffer<OtherElements[E]> } = {
  int8: Int8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
};

/** Names by number, as ONNX has them where there is no dtype of that name. */
const NAMES = [
  "undefined",
  "float32",
  "uint8",
  "int8",
  "uint16",
  "int16",
  "int32",
  "int64",
  "string",
  "bool",
  "float16",
  "float64",
  "uint32",
  "uint64",
  "complex64",
  "complex128",
  "bfloat16",
  "float8e4m3fn",
  "float8e4m3fnuz",
  "float8e5m2",
  "float8e5m2fnuz",
  "uint4",
  "int4",
  "float4e2m1",
  "float8e8m0",
  "uint2",
  "int2",
] as const;

/** All element types that the engine carries. */
export const ELEMENT_TYPES: readonly ElementType[] = [
  ...DTYPES,
  ...Object.keys(OTHER_ARRAYS) as OtherElementType[],
  "string",
];

const KNOWN: ReadonlySet<string> = new Set(ELEMENT_TYPES);
const DTYPE_NAMES: ReadonlySet<string> = new Set(DTYPES);
const CODES: ReadonlyMap<string, number> = new Map(NAMES.map((name, code) => [name, code]));

/** ONNX's number for an element type, such as 1 for `float32`. */
export function elementTypeOf(type: ElementType): number {
  return CODES.get(type)!;
}

/** The dtype that ONNX numbers `elementType`, or `undefined` for one that Strata does not have, such as strings. */
export function dtypeOfElementType(elementType: number): DType | undefined {
  const name = NAMES[elementType];
  return name !== undefined && DTYPE_NAMES.has(name) ? name as DType : undefined;
}

/** The element type that ONNX numbers so, or `undefined` for one that the engine does not carry. */
export function elementTypeOfCode(code: number): ElementType | undefined {
  const name = NAMES[code];
  return name !== undefined && KNOWN.has(name) ? name as ElementType : undefined;
}

/** The name that ONNX has for the number of an element type. */
export function elementTypeName(code: number): string {
  return NAMES[code] ?? `element type ${code}`;
}

/** Whether nothing is computed with an element type here. */
export function isOtherElementType(type: string): type is OtherElementType {
  return KNOWN.has(type) && !DTYPE_NAMES.has(type);
}

/** The number of bytes that an element takes; NaN for texts. */
export function bytesPerElement(type: ElementType): number {
  if (!isOtherElementType(type)) return bytesOfDType(type);
  return type === "string" ? NaN : OTHER_ARRAYS[type].BYTES_PER_ELEMENT;
}

/** The elements of a numeric type in a buffer. */
export function elementsIn(
  type: Exclude<ElementType, "string">,
  buffer: ArrayBuffer,
  offset = 0,
  length?: number,
): ArrayBufferView<ArrayBuffer> {
  const Elements = isOtherElementType(type) ? OTHER_ARRAYS[type] : typedArrayOf(type);
  return new Elements(buffer, offset, length);
}
