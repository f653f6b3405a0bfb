/**
 * Tensors for the rows of a batch whose number need not be known.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { type Emitter, int, type Value } from "../../emission/emitter.ts";
import { full } from "../../tensor/creation.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { DType } from "../../tensor/dtype.ts";
import { dispatchOne } from "../../eager/dispatch.ts";

import { sameRows } from "../rows.ts";

export const batchFullOperation: Operation<
  { readonly sizes: readonly number[]; readonly value: number; readonly dtype: DType }
> = {
  name: "batchFull",
  infer: ([x], { sizes, dtype }) => [{ shape: [x!.shape[0]!, ...sizes], dtype: dtype as DType }],
  rows: (axes) => axes[0] === 0 ? sameRows(axes) : [undefined],
  emit: (emitter, [x], { sizes, value, dtype }) => batchFull(emitter, x!, sizes, value, dtype as DType),
};

function batchFull(emitter: Emitter, x: Value, sizes: readonly number[], value: number, dtype: DType): Value {
  const batch = emitter.node("Gather", [emitter.node("Shape", [x], { dtype: "int64" }), emitter.integers([0])]);
  const shape = emitter.node("Concat", [batch, emitter.integers(sizes)], { attributes: { axis: int(0) } });
  return emitter.node("Expand", [emitter.scalar(value, dtype), shape]);
}

/** A tensor `[batch, ...sizes]` of one value, where `x` is `[batch, ...]`. */
export function fullForBatch(x: Tensor, sizes: readonly number[], value: number, dtype: DType): Tensor {
  const batch = x.shape[0];
  if (typeof batch === "number") return full([batch, ...sizes], value, { dtype });
  return dispatchOne(batchFullOperation, [x], { sizes, value, dtype });
}
