/**
 * The losses that layers add in training: penalties on their weights, and on their results at the last call.
 *
 * @module
 */
import { divide, maximum } from "../../ops/elementwise/arithmetic.ts";
import { onesLike } from "../../ops/shaping/creation.ts";
import { max, sum } from "../../ops/reduction/reduction.ts";
import { leavesOf, type Structure } from "../../tensor/structure.ts";
import { currentPath, currentUpdates, type Updates, withScope } from "../../tensor/scope.ts";
import { Tensor } from "../../tensor/tensor.ts";
import type { VariableFunction } from "../../tensor/variable.ts";
import { stateOf } from "./state.ts";
import type { LayerNode } from "./layer_core.ts";

/** The losses that one layer added, and the trace in which it did, or whether they have values. */
interface Added {
  readonly trace: Updates | boolean;
  readonly losses: Tensor[];
}

const added = new WeakMap<object, Added>();
/** Whether any layer ever added a loss; while none did there is nothing to clear. */
let anyAdded = false;
let dropping = false;

/** Adds to the losses of a layer's last call. */
export function addLoss(layer: object, loss: Tensor): void {
  if (dropping) return;
  anyAdded = true;
  const key = stateOf(layer);
  const trace = currentUpdates() ?? loss.kind !== "symbolic";
  const before = added.get(key);
  // A layer that is built inside another one is called twice: the first call is a dry run, with a trace of its own or
  // on symbolic tensors.
  if (before !== undefined && before.trace === trace) before.losses.push(loss);
  else added.set(key, { trace, losses: [loss] });
}

/** Forgets the losses of the last call of a layer and of those inside it, where a new call begins outside any layer. */
export function beginCall(layer: LayerNode): void {
  if (!anyAdded || dropping || currentPath() !== "") return;
  const visit = (holder: LayerNode): void => {
    added.delete(stateOf(holder));
    holder.layers.forEach(visit);
  };
  visit(layer);
}

/** Runs `action`, which calls layers only to see what comes out: what they add to losses is dropped. */
export function withoutLosses<T>(action: () => T): T {
  const around = dropping;
  dropping = true;
  try {
    return action();
  } finally {
    dropping = around;
  }
}

/** Adds the penalty on each of a layer's results, by row of the batch. */
export function addActivityLoss(layer: { readonly name: string }, penalty: VariableFunction, outputs: unknown): void {
  if (dropping) return;
  withScope(layer.name, () => {
    for (const output of leavesOf(outputs as Structure<unknown>)) {
      if (output instanceof Tensor) addLoss(layer, byRow(penalty(output), output));
    }
  });
}

/** A sum over a batch by its number of rows. */
function byRow(loss: Tensor, output: Tensor): Tensor {
  const [rows] = output.shape as readonly unknown[];
  if (output.shape.length === 0 || rows === 1) return loss;
  return divide(loss, typeof rows === "number" ? Math.max(rows, 1) : rowsOf(output)) as Tensor;
}

/** The number of rows where only the run knows, at least 1. */
function rowsOf(output: Tensor): Tensor {
  const ones = onesLike(output, { dtype: "float32" }) as Tensor;
  return maximum(max(sum(ones, { axis: 0 }) as Tensor), 1) as Tensor;
}

/** The losses of a layer and of those inside it: what they added at the last call, then the penalties on weights. */
export function lossesOf(layer: LayerNode): Tensor[] {
  const losses: Tensor[] = [];
  const visit = (holder: LayerNode): void => {
    losses.push(...added.get(stateOf(holder))?.losses ?? []);
    holder.layers.forEach(visit);
  };
  visit(layer);
  for (const weight of layer.trainableWeights) {
    if (weight.regularizer !== null) losses.push(weight.regularizer(weight));
  }
  return losses;
}
