/**
 * Averages that move from batch to batch.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import type { Attributes } from "../../graph/operation.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { apply } from "../define.ts";
import { Formula } from "../../emission/formula.ts";
import { broadcastRows } from "../rows.ts";

interface MovingAttributes extends Attributes {
  readonly momentum: number;
}

export const movingAverageOperation: Operation<MovingAttributes> = {
  name: "movingAverage",
  infer: ([average]) => [{ shape: average!.shape, dtype: average!.dtype }],
  rows: broadcastRows,
  emit(emitter, [average, value], { momentum }) {
    const f = new Formula(emitter, average!.dtype === "float64" ? "float64" : "float32");
    const [before, now] = [average!, value!].map((part) => emitter.cast(part, f.dtype));
    return emitter.cast(f.add(f.mul(before!, momentum), f.mul(now!, 1 - momentum)), average!.dtype);
  },
};

/** The next value of a moving average: `average * momentum + value * (1 - momentum)`, of the dtype of `average`. */
export function movingAverage(average: Tensor, value: Tensor, momentum: number): Tensor {
  return apply(movingAverageOperation, [average, value], { momentum });
}
