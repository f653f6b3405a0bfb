/**
 * Casts that end at the bounds of a dtype.
 *
 * @module
 */
import { tensor as makeTensor } from "../../tensor/creation.ts";
import { type DType, isDType } from "../../tensor/dtype.ts";
import { type Like, type ShapeOf, type TensorLike, toTensor } from "../../tensor/like.ts";
import { rangeOf } from "../../tensor/limits.ts";
import { isFloat } from "../../tensor/promote.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { maximum, minimum } from "./arithmetic.ts";
import { greaterEqual } from "./comparison.ts";
import { cast, where } from "./selection.ts";

/**
 * Converts the elements to another dtype as {@linkcode cast} does, except that what is beyond its bounds becomes the bound.
 *
 * @throws {DTypeError} If there is no such dtype.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.saturateCast([-5, 300.5], "uint8").array(), [0, 255]);
 * ```
 */
export function saturateCast<const X extends TensorLike, const D extends DType>(
  x: X,
  dtype: D,
): Like<X, ShapeOf<X>, D> {
  const tensor = toTensor(x);
  // Without such a dtype, and from or to booleans, which have no order, it is the cast.
  if (!isDType(dtype) || dtype === "bool" || tensor.dtype === "bool") return cast(tensor, dtype) as never;
  const [own, target] = [rangeOf(tensor.dtype), rangeOf(dtype)];
  const least: Tensor = target[0] > own[0] ? maximum(tensor, target[0]) : tensor;
  if (target[1] >= own[1]) return cast(least, dtype) as never;
  if (isFloat(dtype) || !isFloat(tensor.dtype)) return cast(minimum(least, target[1]) as Tensor, dtype) as never;
  // Not every greatest integer is a float: it takes the place of what is not below it.
  const beyond: Tensor = greaterEqual(least, target[1]);
  const greatest = makeTensor(dtype === "int64" ? 2n ** 63n - 1n : target[1], { dtype });
  return where(beyond, greatest, cast(where(beyond, 0, least) as Tensor, dtype) as Tensor) as never;
}
