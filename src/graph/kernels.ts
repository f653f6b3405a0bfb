/**
 * Which dtypes the engine's CPU kernels take, as measured on onnxruntime-web 1.30.0 at opset 21. What is not listed takes
 * every dtype. Float16 is not listed either: the engine computes it in float32 by itself.
 *
 * @module
 */
import type { DType } from "../tensor/dtype.ts";

/** The kernels of one operator. */
export interface Kernel {
  /** The dtypes that it computes in. */
  readonly dtypes: readonly DType[];
  /** Which inputs have that dtype. Default: all. */
  readonly inputs?: readonly number[];
}

const FLOAT: readonly DType[] = ["float32", "float16"];
const FLOATS: readonly DType[] = ["float32", "float64", "float16"];
const NUMBERS: readonly DType[] = ["float32", "float64", "float16", "int32", "int64"];

/** The kernels of the operators that do not take every dtype. */
export const KERNELS: { readonly [opType: string]: Kernel } = {
  Add: { dtypes: NUMBERS },
  Exp: { dtypes: FLOATS },
  Erf: { dtypes: FLOAT },
};
