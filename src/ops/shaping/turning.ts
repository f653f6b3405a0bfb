/**
 * Turned and mirrored planes.
 *
 * @module
 */
import { normalizeAxes } from "../../shape/axis.ts";
import { type Shape, showShape } from "../../shape/dim.ts";
import { InputRangeError, ShapeError } from "../../shape/error.ts";
import type { swapaxes as swapaxesShape } from "../../shape/move_axis.ts";
import {
  type Check,
  type Like,
  type ShapeOf,
  type StrongDTypeOf,
  type TensorLike,
  toTensor,
} from "../../tensor/like.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { checkIntegers, checkOpOptions } from "../arguments.ts";
import type { NoOptions, OptionOf } from "../options.ts";
import { flip } from "./repetition.ts";
import { swapaxes } from "./shaping.ts";

/** The options of {@linkcode rot90}. */
export interface Rot90Options {
  /** The number of quarter turns; negative ones turn the other way. Default: 1. */
  readonly k?: number | undefined;
  /** The plane: from the first axis towards the second. Default: `[0, 1]`. */
  readonly axes?: readonly [number, number] | undefined;
}

/** @internal */
type Turned<S extends Shape, O> = number extends S["length"] ? Shape
  : [OptionOf<O, "k", 1>, OptionOf<O, "axes", readonly [0, 1]>] extends
    [infer K extends number, readonly [infer A extends number, infer B extends number]]
    ? number extends K ? { readonly [I in keyof S]: null }
    : `${K}` extends `${string}${1 | 3 | 5 | 7 | 9}` ? swapaxesShape<S, A, B>
    : S
  : Shape;

/**
 * Turns the planes of two axes by quarters, from the first axis towards the second.
 *
 * @throws {ShapeError} If there is no such axis, or both are the same.
 * @throws {RangeError} If `k` is no integer.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.rot90([[1, 2], [3, 4]]).array(), [[2, 4], [1, 3]]);
 * assertEquals(ops.rot90([[1, 2], [3, 4]], { k: 2 }).array(), [[4, 3], [2, 1]]);
 * ```
 */
export function rot90<const X extends TensorLike, const O extends Rot90Options = NoOptions>(
  x: X & Check<Turned<ShapeOf<X>, O>>,
  options?: O,
): Like<X, Turned<ShapeOf<X>, O>, StrongDTypeOf<X>> {
  if (options?.axes !== undefined) checkIntegers("rot90", "axes", options.axes);
  checkOpOptions("rot90", options, ["axes", "k"]);
  const tensor = toTensor(x as TensorLike);
  const { k = 1, axes = [0, 1] } = options ?? {} as Rot90Options;
  if (!Number.isSafeInteger(k)) throw new InputRangeError(`Cannot turn by ${k} quarters: expected an integer`);
  const [first, second] = normalizeAxes(axes, tensor.shape) as readonly [number, number];
  const turned = (x: Tensor): Tensor => swapaxes(x, first, second);
  const mirrored = (x: Tensor, ...axis: number[]): Tensor => flip(x, { axis });
  const quarters = ((k % 4) + 4) % 4;
  if (quarters === 0) return mirrored(tensor) as never;
  if (quarters === 2) return mirrored(tensor, first, second) as never;
  return (quarters === 1 ? turned(mirrored(tensor, second)) : mirrored(turned(tensor), second)) as never;
}

function needsAxes(x: Tensor, count: number): Tensor {
  if (x.shape.length >= count) return x;
  throw new ShapeError(
    `Cannot flip shape ${showShape(x.shape)}: expected at least ${count === 1 ? "1 axis" : `${count} axes`}`,
  );
}

/**
 * Turns the order along the second axis around.
 *
 * @throws {ShapeError} If there are fewer than 2 axes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.fliplr([[1, 2], [3, 4]]).array(), [[2, 1], [4, 3]]);
 * ```
 */
export function fliplr<const X extends TensorLike>(x: X): Like<X, ShapeOf<X>, StrongDTypeOf<X>> {
  return flip(needsAxes(toTensor(x), 2), { axis: 1 }) as never;
}

/**
 * Turns the order along the first axis around.
 *
 * @throws {ShapeError} If there is no axis.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.flipud([[1, 2], [3, 4]]).array(), [[3, 4], [1, 2]]);
 * ```
 */
export function flipud<const X extends TensorLike>(x: X): Like<X, ShapeOf<X>, StrongDTypeOf<X>> {
  return flip(needsAxes(toTensor(x), 1), { axis: 0 }) as never;
}
