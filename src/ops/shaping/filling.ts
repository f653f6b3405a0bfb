/**
 * Tensors of one value, also of sizes that are known only when a graph runs.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import type { Dim } from "../../shape/dim.ts";
import { checkDType } from "../../tensor/convert.ts";
import { type CreationOptions, type FilledDType, full as fullOf } from "../../tensor/creation.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { EagerTensor } from "../../tensor/eager.ts";
import type { Like } from "../../tensor/like.ts";
import type { Scalar } from "../../tensor/nested.ts";
import { checkOptions } from "../../tensor/options.ts";
import { dispatchOne } from "../../eager/dispatch.ts";

import { checkedSizes, hasOpenSizes, knownShape, type ShapeOfSizes, type Sizes, sizesTensor } from "./sizes.ts";

/** A tensor of the shape that sizes make: symbolic where one of them is. */
export type Filled<S extends Sizes, D extends DType> = S extends readonly number[] ? EagerTensor<S, D>
  : Like<S[number], ShapeOfSizes<S>, D>;

export const fullOperation: Operation<{ readonly rank: number }> = {
  name: "full",
  infer: (
    [value, sizes],
    { rank },
  ) => [{ shape: knownShape(sizes) ?? Array<Dim>(rank).fill(null), dtype: value!.dtype }],
  emit: (emitter, [value, sizes]) => emitter.node("Expand", [value!, sizes!]),
};

function filled(name: string, shape: Sizes, value: Scalar, options: CreationOptions | undefined): never {
  checkOptions(`Cannot apply ${name}`, options, ["dtype"]);
  if (options?.dtype !== undefined) checkDType(options.dtype);
  const sizes = checkedSizes("Cannot make a tensor", shape);
  if (!hasOpenSizes(sizes)) return fullOf(sizes as readonly number[], value, options) as never;
  return dispatchOne(fullOperation, [fullOf([], value, options), sizesTensor(sizes)], { rank: sizes.length }) as never;
}

/**
 * Makes a tensor of zeros.
 *
 * @param shape The shape; sizes that are known only when a graph runs are given as {@linkcode shape} gives them.
 * @param options The dtype, by default `"float32"`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { zeros } from "@strata/nn";
 *
 * assertEquals(zeros([2, 2]).array(), [[0, 0], [0, 0]]);
 * ```
 */
export function zeros<const S extends Sizes, const D extends DType = "float32">(
  shape: S,
  options?: CreationOptions<D>,
): Filled<S, NoInfer<D>> {
  return filled("zeros", shape, 0, options);
}

/**
 * Makes a tensor of ones.
 *
 * @param shape The shape; sizes that are known only when a graph runs are given as {@linkcode shape} gives them.
 * @param options The dtype, by default `"float32"`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ones } from "@strata/nn";
 *
 * assertEquals(ones([3], { dtype: "int32" }).array(), [1, 1, 1]);
 * ```
 */
export function ones<const S extends Sizes, const D extends DType = "float32">(
  shape: S,
  options?: CreationOptions<D>,
): Filled<S, NoInfer<D>> {
  return filled("ones", shape, 1, options);
}

/**
 * Makes a tensor of one value, `float32` unless a dtype is given or the value is a bigint.
 *
 * @param shape The shape; sizes that are known only when a graph runs are given as {@linkcode shape} gives them.
 * @param value The value.
 * @param options The dtype.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { jit, full, input, ops } from "@strata/nn";
 *
 * assertEquals(full([2], 7).array(), [7, 7]);
 *
 * const sevens = jit((x) => full(ops.shape(x), 7), input(["batch", 2]));
 * assertEquals(sevens([[1, 2]]).array(), [[7, 7]]);
 * ```
 */
export function full<const S extends Sizes, const V extends Scalar, const D extends DType = FilledDType<V>>(
  shape: S,
  value: V,
  options?: CreationOptions<D>,
): Filled<S, NoInfer<D>> {
  return filled("full", shape, value, options);
}
