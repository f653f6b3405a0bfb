/**
 * ONNX's numbers for the element types (`TensorProto.DataType` in onnx.proto).
 *
 * @module
 */
import type { DType } from "../tensor/dtype.ts";

const CODES: { readonly [D in DType]: number } = {
  float32: 1,
  uint8: 2,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
  float64: 11,
};

const DTYPES: ReadonlyMap<number, DType> = new Map(
  (Object.keys(CODES) as DType[]).map((dtype) => [CODES[dtype], dtype]),
);

/** ONNX's number for `dtype`, such as 1 for `float32`. */
export function elementTypeOf(dtype: DType): number {
  return CODES[dtype];
}

/** The dtype that ONNX numbers `elementType`, or `undefined` for one that Strata does not have, such as strings. */
export function dtypeOfElementType(elementType: number): DType | undefined {
  return DTYPES.get(elementType);
}
