/**
 * The dtypes in which the processor computes what it has no kernel for.
 *
 * @module
 */
import type { DType } from "../../tensor/dtype.ts";
import { KERNELS } from "./wasm_kernels.ts";

/** The dtypes that can stand for one without a kernel, nearest first. */
export const SUBSTITUTES: { readonly [D in DType]: readonly DType[] } = {
  bool: ["uint8", "int32", "int64", "float32"],
  uint8: ["int32", "int64", "float32"],
  int32: ["int64", "float64", "float32"],
  int64: ["int32", "float64", "float32"],
  float16: ["float32"],
  float32: ["float64"],
  float64: ["float32"],
};

/** The dtype in which the processor computes an operator: the values' own, or the first substitute with a kernel. */
export function computedDType(opType: string, dtype: DType, substitutes: readonly DType[]): DType {
  const kernel = KERNELS[opType];
  if (kernel === undefined || kernel.dtypes.includes(dtype)) return dtype;
  return substitutes.find((candidate) => kernel.dtypes.includes(candidate)) ?? dtype;
}
