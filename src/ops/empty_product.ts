/**
 * Products of tensors without values. They are zeros, if they have values at all; the engine's kernels fail at some of
 * them.
 *
 * @module
 */
import type { Emitter, Value } from "../graph/emitter.ts";
import type { Shape } from "../shape/dim.ts";
import type { DType } from "../tensor/dtype.ts";
import type { TensorSpec } from "../tensor/tensor.ts";

/** What defines a product beside its inputs. */
export type ProductAttributes = {
  /** The shape of the result where it is known to be all zeros. */
  readonly zeros?: readonly number[] | undefined;
};

/** The shape of a product that is known to be all zeros, as an input has no values; else undefined. */
export function zerosOf(inputs: readonly TensorSpec[], shape: () => Shape): readonly number[] | undefined {
  if (!inputs.some((input) => input.shape.includes(0))) return undefined;
  const result = shape();
  return result.every((dim) => typeof dim === "number") ? result as readonly number[] : undefined;
}

/** Writes zeros. */
export function zerosNode(emitter: Emitter, shape: readonly number[], dtype: DType): Value {
  return emitter.node("Expand", [emitter.scalar(0, dtype), emitter.integers(shape)]);
}
