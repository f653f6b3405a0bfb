/**
 * The steps of sequences that count, by their values.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { int } from "../../emission/emitter.ts";
import { dispatch } from "../../eager/dispatch.ts";

import { rowsBeside, rowsWithout } from "../rows.ts";

export const maskStepsOperation: Operation<{ readonly value: number }> = {
  name: "maskSteps",
  infer([x]) {
    return [{ shape: x!.shape, dtype: x!.dtype }, { shape: x!.shape.slice(0, -1), dtype: "bool" }];
  },
  rows([axis], [x]) {
    const last = x!.shape.length - 1;
    return [rowsBeside(axis!, [last]), rowsWithout(axis!, [last])];
  },
  emit(emitter, [x], { value }) {
    const differs = emitter.node("Not", [
      emitter.node("Equal", [x!, emitter.scalar(value, x!.dtype)], { dtype: "bool" }),
    ]);
    const last = emitter.integers([x!.shape.length - 1]);
    const counts = emitter.node("ReduceMax", [emitter.cast(differs, "uint8"), last], {
      attributes: { keepdims: int(1) },
    });
    const kept = emitter.node("Mul", [x!, emitter.cast(counts, x!.dtype)]);
    return [kept, emitter.cast(emitter.node("Squeeze", [counts, last]), "bool")];
  },
};

/**
 * Sets the steps of sequences `[..., features]` to 0 whose features all have the value, and tells which others there are.
 *
 * @returns The values, and which steps count: `bool` of shape `[...]`.
 */
export function maskSteps(x: Tensor, value: number): readonly [values: Tensor, counts: Tensor] {
  return dispatch(maskStepsOperation, [x], { value }) as unknown as readonly [Tensor, Tensor];
}
