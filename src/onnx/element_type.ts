/**
 * ONNX's numbers for the element types (`TensorProto.DataType` in onnx.proto).
 *
 * @module
 */
import { type DType, isDType } from "../tensor/dtype.ts";
import { type CarriedType, ELEMENTS, type ElementType, isOtherElementType } from "../tensor/element_type.ts";

/** ONNX's names for the numbers of element types that Strata does not have. */
const OTHER_NAMES: { readonly [code: number]: string } = {
  0: "undefined",
  14: "complex64",
  15: "complex128",
  17: "float8e4m3fn",
  18: "float8e4m3fnuz",
  19: "float8e5m2",
  20: "float8e5m2fnuz",
  23: "float4e2m1",
  24: "float8e8m0",
  25: "uint2",
  26: "int2",
};

const TYPES: ReadonlyMap<number, ElementType> = new Map(
  Object.entries(ELEMENTS).map(([type, { onnx }]) => [onnx, type as ElementType]),
);

/** ONNX's number for an element type, such as 1 for `float32`. */
export function elementTypeOf(type: ElementType): number {
  return ELEMENTS[type].onnx;
}

/** The dtype that ONNX numbers `elementType`, or `undefined` for one that Strata does not have, such as strings. */
export function dtypeOfElementType(elementType: number): DType | undefined {
  const type = TYPES.get(elementType);
  return isDType(type) ? type : undefined;
}

/** The element type that ONNX numbers so, or `undefined` for one of which models take and give no values. */
export function elementTypeOfCode(code: number): CarriedType | undefined {
  const type = TYPES.get(code);
  return type !== undefined && (isDType(type) || isOtherElementType(type)) ? type : undefined;
}

/** What ONNX calls the element type of a number. */
export function elementTypeName(code: number): string {
  return TYPES.get(code) ?? OTHER_NAMES[code] ?? `element type ${code}`;
}
