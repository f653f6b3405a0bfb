/**
 * A function applied to one step of sequences after the other.
 *
 * @module
 */
import { ShapeError } from "../../shape/error.ts";
import { showShape } from "../../shape/dim.ts";
import { EagerTensor } from "../../tensor/eager.ts";
import { currentUpdates } from "../../tensor/scope.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { add } from "../elementwise/arithmetic.ts";
import { fullForBatch } from "../shaping/batch_full.ts";
import { takeAlongAxis } from "../shaping/indexing.ts";
import { stack, unstack } from "../shaping/joining.ts";
import { expandDims, squeeze } from "../shaping/shaping.ts";
import { recurrence } from "../recurrent/recurrence.ts";
import { keepsRows, recordStep } from "../recurrent/step_graph.ts";

/** What is done to a step `[batch, ...]`; `mask` says which of its rows count. */
export type MaskedStep = (part: Tensor, mask: Tensor | null) => Tensor;

/**
 * Applies `step` to each `x[:, i]` of `[batch, time, ...]`, in order; the results are along axis 1 again. What a step
 * assigns to variables, the next one reads.
 *
 * @throws {ShapeError} If there are no steps.
 */
export function alongTime(x: Tensor, mask: Tensor | null, step: MaskedStep): Tensor {
  if (x.shape[1] === 0) {
    throw new ShapeError(`Cannot make steps along time: expected at least one, received ${showShape(x.shape)}`);
  }
  const isEager = currentUpdates() === undefined && x instanceof EagerTensor;
  if (isEager) {
    const parts = unstack(x, { axis: 1 }) as readonly Tensor[];
    const masks = mask && unstack(mask, { axis: 1 }) as readonly Tensor[];
    return stack(parts.map((part, index) => step(part, masks && masks[index]!)), { axis: 1 }) as Tensor;
  }
  const counting = mask === null ? [] : [fullForBatch(x, [], 0, "int32")];
  const one = (part: Tensor, [index]: readonly Tensor[], [counts]: readonly Tensor[]): readonly Tensor[] =>
    index === undefined ? [step(part, null)] : [step(part, stepOf(counts!, index)), add(index, 1) as Tensor];
  return recurrence(x, counting, one, {
    constants: mask === null ? [] : [mask],
    sequences: true,
    backwards: false,
    aligned: false,
    zeroOutput: false,
    unroll: false,
  }).output;
}

/** `x[:, i]`, where `index` has `i` for each row. */
function stepOf(x: Tensor, index: Tensor): Tensor {
  const axes = x.shape.slice(1).map((_, axis) => axis + 1);
  const at = expandDims(index, axes) as Tensor;
  return squeeze(takeAlongAxis(x, at as never, { axis: 1 }) as Tensor, { axis: 1 }) as Tensor;
}

/**
 * Whether `step` does to many rows at once what it does to each of them: it mixes none, assigns no variables and so
 * draws no random numbers.
 */
export function stepKeepsRows(x: Tensor, mask: Tensor | null, step: MaskedStep): boolean {
  const specs = [x, ...(mask === null ? [] : [mask])].map(({ shape, dtype }) => ({
    shape: [null, ...shape.slice(2)],
    dtype,
  }));
  try {
    return keepsRows(recordStep(([part, counts = null]) => [step(part!, counts)], [specs, [], []]));
  } catch {
    // A step that needs to know its rows, or reads values, cannot be shown to keep rows apart. If more is wrong with it,
    // running it says so.
    return false;
  }
}
