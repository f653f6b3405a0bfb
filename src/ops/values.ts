/**
 * The values of tensors, for ops whose results have shapes that depend on them.
 *
 * @module
 */
import { InputError } from "../shape/error.ts";
import type { TypedArrayOf } from "../tensor/dtype.ts";
import type { DType } from "../tensor/dtype.ts";
import { EagerTensor, valuesOf } from "../tensor/eager.ts";
import { currentUpdates } from "../tensor/scope.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { Variable } from "../tensor/variable.ts";

/**
 * The values of a tensor that has them.
 *
 * @throws {TypeError} If it is symbolic, or a variable that is read while a function is traced.
 */
export function valuesFor(x: Tensor, what: string): TypedArrayOf<DType> {
  if (x instanceof EagerTensor) return valuesOf(x);
  if (x instanceof Variable && currentUpdates() === undefined) return x.dataSync();
  throw new InputError(
    `Cannot trace ${what}: the shape of its result depends on values; expected a tensor with values, received ${x}`,
  );
}
