/**
 * Element types of files and models: the dtypes, and those in which nothing is computed here.
 *
 * @module
 */
import { type DType, DTYPES, type ElementArrays } from "./dtype.ts";

/**
 * The element types that no tensor of Strata has, described as {@linkcode DTYPES} are. Elements of four bits lie two in a
 * byte, the first in its lower half. `array` is what holds the elements, or their bits where no typed array has such
 * elements; texts have none. Models take and give values of those that are `carried`; the others occur only as constants.
 *
 * @internal
 */
export const OTHER_ELEMENTS = {
  int8: { array: "Int8Array", bytes: 1, kind: "signed", onnx: 3, safetensors: "I8", carried: true },
  int16: { array: "Int16Array", bytes: 2, kind: "signed", onnx: 5, safetensors: "I16", carried: true },
  uint16: { array: "Uint16Array", bytes: 2, kind: "unsigned", onnx: 4, safetensors: "U16", carried: true },
  uint32: { array: "Uint32Array", bytes: 4, kind: "unsigned", onnx: 12, safetensors: "U32", carried: true },
  uint64: { array: "BigUint64Array", bytes: 8, kind: "unsigned", onnx: 13, safetensors: "U64", carried: true },
  bfloat16: { array: "Uint16Array", bytes: 2, kind: "float", onnx: 16, safetensors: "BF16", carried: false },
  int4: { array: "Uint8Array", bytes: 0.5, kind: "signed", onnx: 22, safetensors: null, carried: false },
  uint4: { array: "Uint8Array", bytes: 0.5, kind: "unsigned", onnx: 21, safetensors: null, carried: false },
  string: { array: null, bytes: null, kind: "text", onnx: 8, safetensors: null, carried: true },
} as const;

/** @internal */
type Records = typeof OTHER_ELEMENTS;

/** All element types. */
export const ELEMENTS: typeof DTYPES & typeof OTHER_ELEMENTS = { ...DTYPES, ...OTHER_ELEMENTS };

/** The element type of a constant in a file or a model. */
export type ElementType = keyof typeof ELEMENTS;

/** Element types that models take and give, and with which nothing is computed here. */
export type OtherElementType = {
  [E in keyof Records]: Records[E]["carried"] extends true ? E : never;
}[keyof Records];

/** Integers among the {@linkcode OtherElementType}s. */
export type OtherIntegerType = Exclude<OtherElementType, "string">;

/** An element type of values that models take and give. */
export type CarriedType = DType | OtherElementType;

/** What holds the elements of each {@linkcode OtherElementType}. */
export type OtherElements = {
  [E in OtherElementType]: Records[E]["array"] extends infer A
    ? A extends keyof ElementArrays ? ElementArrays[A] : readonly string[]
    : never;
};

/** Whether models can take and give values of an element type in which nothing is computed here. */
export function isOtherElementType(type: string): type is OtherElementType {
  return Object.hasOwn(OTHER_ELEMENTS, type) && OTHER_ELEMENTS[type as keyof Records].carried;
}

/** The element types of values that models take and give. */
export const CARRIED_TYPES: readonly CarriedType[] = [
  ...Object.keys(DTYPES) as DType[],
  ...Object.keys(OTHER_ELEMENTS).filter(isOtherElementType),
];

/** The integers among the element types in which nothing is computed here. */
export const OTHER_INTEGERS: readonly OtherIntegerType[] = CARRIED_TYPES.filter((type): type is OtherIntegerType =>
  isOtherElementType(type) && type !== "string"
);

/** The number of bytes that an element takes; NaN for texts. */
export function bytesPerElement(type: ElementType): number {
  return ELEMENTS[type].bytes ?? NaN;
}
