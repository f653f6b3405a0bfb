/**
 * Selection among values: by a condition, by bounds, by element type.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { broadcastAll } from "../../shape/broadcast.ts";
import { DTypeError } from "../../shape/error.ts";
import { type DType, DTYPE_NAMES, isDType } from "../../tensor/dtype.ts";
import {
  type Check,
  type DTypeOf,
  type Like,
  scalarTensor,
  type ShapeOf,
  type TensorLike,
  toTensor,
} from "../../tensor/like.ts";
import { promote, weakDType } from "../../tensor/promote.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { apply, commonDType } from "../define.ts";
import { broadcastRows, sameRows } from "../rows.ts";
import type { promoteAll } from "../types.ts";

/** Several operands as tensors: plain numbers take the dtype that suits those that have one. */
function toCommonOperands(operands: readonly TensorLike[]): Tensor[] {
  const tensors = operands.map((operand) => typeof operand === "number" ? null : toTensor(operand));
  const strong = tensors.filter((tensor) => tensor !== null);
  const common = strong.length === 0 ? "float32" : commonDType(strong);
  return tensors.map((tensor, index) => {
    if (tensor !== null) return tensor;
    const number = operands[index] as number;
    return scalarTensor(number, weakDType(number, common));
  });
}

export const whereOperation: Operation = {
  name: "where",
  infer: ([condition, a, b]) => [{
    shape: broadcastAll([condition!.shape, a!.shape, b!.shape]),
    dtype: promote(a!.dtype, b!.dtype),
  }],
  rows: broadcastRows,
  emit(emitter, [condition, a, b]) {
    const dtype = promote(a!.dtype, b!.dtype);
    return emitter.node("Where", [emitter.cast(condition!, "bool"), emitter.cast(a!, dtype), emitter.cast(b!, dtype)]);
  },
};

/**
 * Takes elements of `a` where a condition is true and of `b` elsewhere, with broadcasting. Numbers other than 0 are true.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.where([true, false, true], [1, 2, 3], 0).array(), [1, 0, 3]);
 * ```
 */
export function where<const C extends TensorLike, const A extends TensorLike, const B extends TensorLike>(
  condition: C,
  a: A,
  b: B & Check<broadcastAll<readonly [ShapeOf<C>, ShapeOf<A>, ShapeOf<B>]>>,
): Like<C | A | B, broadcastAll<readonly [ShapeOf<C>, ShapeOf<A>, ShapeOf<B>]>, promote<DTypeOf<A>, DTypeOf<B>>> {
  return apply(whereOperation, [toTensor(condition), ...toCommonOperands([a, b])], {}) as never;
}

export const clipOperation: Operation = {
  name: "clip",
  infer: (inputs) => [{ shape: broadcastAll(inputs.map(({ shape }) => shape)), dtype: commonDType(inputs) }],
  rows: broadcastRows,
  emit(emitter, inputs) {
    const dtype = commonDType(inputs);
    const [x, min, max] = inputs.map((input) => emitter.cast(input, dtype));
    return emitter.node("Min", [emitter.node("Max", [x!, min!]), max!]);
  },
};

/**
 * Limits each element to the range from `min` to `max`, with broadcasting; `max` where `min` is above it. A fraction as a
 * bound of integers makes the result a float.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.clip([-2, 0.5, 3], 0, 1).array(), [0, 0.5, 1]);
 * ```
 */
export function clip<const X extends TensorLike, const Min extends TensorLike, const Max extends TensorLike>(
  x: X,
  min: Min,
  max: Max & Check<broadcastAll<readonly [ShapeOf<X>, ShapeOf<Min>, ShapeOf<Max>]>>,
): Like<
  X | Min | Max,
  broadcastAll<readonly [ShapeOf<X>, ShapeOf<Min>, ShapeOf<Max>]>,
  promoteAll<DTypeOf<X>, DTypeOf<Min>, DTypeOf<Max>>
> {
  return apply(clipOperation, toCommonOperands([x, min, max]), {}) as never;
}

export const castOperation: Operation<{ readonly dtype: DType }> = {
  name: "cast",
  infer([x], { dtype }) {
    if (!isDType(dtype)) {
      throw new DTypeError(`Cannot cast to ${dtype}: expected one of ${DTYPE_NAMES.join(", ")}`);
    }
    return [{ shape: x!.shape, dtype }];
  },
  rows: sameRows,
  emit: (emitter, [x], { dtype }) => emitter.cast(x!, dtype),
};

/**
 * Converts the elements to another dtype: floats to integers towards zero, all but 0 to `true`. Integers that do not fit
 * wrap around; for floats beyond the range of an integer dtype, and NaN, the result is some integer.
 *
 * @throws {DTypeError} If there is no such dtype.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.cast([1.7, -1.7], "int32").array(), [1, -1]);
 * ```
 */
export function cast<const X extends TensorLike, const D extends DType>(x: X, dtype: D): Like<X, ShapeOf<X>, D> {
  const tensor = toTensor(x);
  // A variable may change later, and the result must not.
  if (tensor.dtype === dtype && tensor.kind !== "variable") return tensor as never;
  return apply(castOperation, [tensor], { dtype }) as never;
}
