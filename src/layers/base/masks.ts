/**
 * Masks: which positions of a tensor count. A mask travels with its tensor from layer to layer, as Keras's does.
 *
 * @module
 */
import { EagerTensor, valuesOf } from "../../tensor/eager.ts";
import { SymbolicTensor } from "../../tensor/symbolic.ts";
import { leavesOf, mapStructure, type Structure } from "../../tensor/structure.ts";
import { Tensor } from "../../tensor/tensor.ts";

/** The masks of a layer's inputs or outputs, in their structure; `null` where all positions count. */
export type Masks = Structure<Tensor | null>;

const masks = new WeakMap<Tensor, Tensor>();

/**
 * The mask that travels with a tensor: `bool`, true at the positions that count; `null` where all do.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Embedding, maskOf } from "@strata/nn";
 *
 * const vectors = new Embedding(3, 2, { maskZero: true })(new Int32Array([2, 1, 0]));
 * assertEquals(maskOf(vectors)?.toString().includes("bool"), true);
 * ```
 */
export function maskOf(tensor: Tensor): Tensor | null {
  return masks.get(tensor) ?? null;
}

/** Lets a mask travel with a tensor, in place of the one that it may have. */
export function setMask(tensor: Tensor, mask: Tensor | null): void {
  if (mask === null) masks.delete(tensor);
  else masks.set(tensor, mask);
}

/** The tensor with that mask: itself if it has it, or one that stands for it; `null` leaves it as it is. */
export function withMask(tensor: Tensor, mask: Tensor | null): Tensor {
  if (mask === null || maskOf(tensor) === mask) return tensor;
  const other = alias(tensor);
  masks.set(other, mask);
  return other;
}

function alias(tensor: Tensor): Tensor {
  if (tensor instanceof SymbolicTensor) return new SymbolicTensor(tensor.shape, tensor.dtype, tensor.source, tensor);
  return tensor instanceof EagerTensor ? new EagerTensor(tensor.shape, tensor.dtype, valuesOf(tensor)) : tensor;
}

/** The masks that travel with a layer's input, in its structure; undefined where there is none. */
export function masksOf(input: Structure<Tensor | null>): Masks | undefined {
  if (input instanceof Tensor) return masks.get(input);
  if (!leavesOf(input).some((tensor) => tensor !== null && masks.has(tensor))) return undefined;
  return mapStructure(input, (tensor): Masks => tensor && maskOf(tensor));
}

/** Lets masks travel with the tensors at the same places, where these have none yet. */
export function attachMasks(outputs: Structure<Tensor>, given: Masks | null): void {
  if (given === null) return;
  const each = leavesOf(given);
  leavesOf(outputs).forEach((output, index) => {
    const mask = each[index];
    if (mask instanceof Tensor && !masks.has(output)) masks.set(output, mask);
  });
}

/** Lets the masks of tensors travel with those at the same places that stand for them. */
export function carryMasks(from: Structure<Tensor>, to: Structure<Tensor>): void {
  attachMasks(to, masksOf(from) ?? null);
}
