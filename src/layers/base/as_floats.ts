/**
 * Inputs of layers that compute with floats.
 *
 * @module
 */
import { cast } from "../../ops/elementwise/selection.ts";
import type { DType } from "../../tensor/dtype.ts";
import { isFloat } from "../../tensor/promote.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** Whole numbers and booleans as floats of the layer's dtype; floats have been converted already. */
export function asFloats(x: Tensor, dtype: DType): Tensor {
  return isFloat(x.dtype) ? x : cast(x, dtype) as Tensor;
}
