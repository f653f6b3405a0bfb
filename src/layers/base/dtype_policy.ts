/**
 * In which dtypes layers keep their weights and compute.
 *
 * @module
 */
import { cast } from "../../ops/elementwise/selection.ts";
import { InputError } from "../../shape/error.ts";
import { type DType, DTYPE_NAMES, isDType } from "../../tensor/dtype.ts";
import { isFloat } from "../../tensor/promote.ts";
import { withReading } from "../../tensor/scope.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { Variable } from "../../tensor/variable.ts";
import type { LayerNode } from "./layer_core.ts";

/**
 * A dtype for weights and computation, or `"mixed_float16"`: weights in float32 and computation in float16, for results
 * of dtype float16.
 *
 * @typeParam D The dtype of results.
 */
export type DTypePolicy<D extends DType = DType> = D | `mixed_${Extract<D, "float16">}`;

/** The dtype of weights where results are of dtype `D`: those of float16 may come from weights of float32. */
export type WeightDType<D extends DType> = D extends "float16" ? "float16" | "float32" : D;

const MIXED = "mixed_float16";

/** The two dtypes that a policy says. */
export interface PolicyDTypes {
  /** The dtype of weights. */
  readonly variable: DType;
  /** The dtype of computation. */
  readonly compute: DType;
}

/**
 * The dtypes of a policy.
 *
 * @throws {TypeError} If there is no such policy.
 */
export function dtypesOf(policy: unknown, layer: string): PolicyDTypes {
  if (isDType(policy)) return { variable: policy, compute: policy };
  if (policy === MIXED) return { variable: "float32", compute: "float16" };
  const names = [...DTYPE_NAMES, MIXED].join(", ");
  throw new InputError(`Cannot make layer ${layer}: expected dtype to be one of ${names}, received ${policy}`);
}

/**
 * Calls a layer's `call` so that ops find its weights in the dtype that it computes in: under a mixed policy floats are
 * converted where ops read them, unless they are kept from it, as statistics are.
 */
export function whileAutocasting<T>(layer: LayerNode, action: () => T): T {
  const { computeDtype } = layer;
  if (layer.dtype === computeDtype || !layer.autocast) return withReading(undefined, action);
  return withReading((tensor) => converted(tensor, computeDtype), action);
}

function converted(tensor: Tensor, dtype: DType): Tensor {
  if (!(tensor instanceof Variable) || !tensor.autocast || !isFloat(tensor.dtype) || tensor.dtype === dtype) {
    return tensor;
  }
  return withReading(undefined, () => cast(tensor, dtype)) as Tensor;
}
