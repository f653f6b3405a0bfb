/**
 * A part of one axis by Python's bounds and step, whose sizes need not be known.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { partLength } from "../../shape/part.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { apply } from "../define.ts";
import { rowsBeside } from "../rows.ts";

export const takeSliceOperation: Operation<
  { readonly axis: number; readonly start: number | null; readonly stop: number | null; readonly step: number }
> = {
  name: "takeSlice",
  infer([x], { axis, start, stop, step }) {
    const shape = [...x!.shape];
    shape[axis] = partLength(shape[axis]!, start, stop, step);
    return [{ shape, dtype: x!.dtype }];
  },
  rows: ([place], _, { axis }) => [rowsBeside(place!, [axis])],
  emit(emitter, [x], { axis, start, stop, step }) {
    const end = Number.MAX_SAFE_INTEGER;
    const bounds = step > 0 ? [start ?? 0, stop ?? end] : [start ?? end, stop ?? -end];
    return emitter.node("Slice", [x!, ...[...bounds, axis, step].map((bound) => emitter.integers([bound]))]);
  },
};

/** What Python's `[start:stop:step]` takes of an axis, which is counted from the start. */
export function takeSlice(x: Tensor, axis: number, start: number | null, stop: number | null = null, step = 1): Tensor {
  return apply(takeSliceOperation, [x], { axis, start, stop, step });
}
