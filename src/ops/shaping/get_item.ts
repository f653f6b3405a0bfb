/**
 * Parts of tensors by integers, slices and new axes: Python's `x[...]`.
 *
 * @module
 */
import { type Dim, type KnownDim, type Shape, showShape } from "../../shape/dim.ts";
import { InputError, ShapeError } from "../../shape/error.ts";
import { type Like, type ShapeOf, type StrongDTypeOf, type TensorLike, toTensor } from "../../tensor/like.ts";
import { kindOf } from "../../tensor/options.ts";
import { isRecord } from "../../tensor/structure.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { take } from "./indexing.ts";
import { expandDims } from "./shaping.ts";
import { takeSlice } from "./take_slice.ts";

/** A slice of an axis by Python's rules: bounds below 0 count from the end, bounds beyond an end stop there. */
export interface Slice {
  /** The first position. Default: the end at which the step begins. */
  readonly start?: number | null | undefined;
  /** The position before which the slice ends. Default: the end to which the step leads. */
  readonly stop?: number | null | undefined;
  /** The distance between positions; below 0 it runs backwards. Default: 1. */
  readonly step?: number | null | undefined;
}

/**
 * The part of one axis for {@linkcode getItem}: an integer takes one position and drops the axis, a tensor of integers
 * several positions, a {@linkcode Slice} a range. `null` is a new axis of size 1, and `"..."` stands for all axes that no
 * other part is about.
 */
export type KeyPart = number | null | "..." | Tensor | Slice;

/** @internal */
type Parts<S extends Shape, K extends readonly unknown[]> = K extends readonly [infer First, ...infer Rest]
  ? First extends null ? [1, ...Parts<S, Rest>]
  : S extends readonly [infer D, ...infer Others extends Shape]
    ? First extends number ? Parts<Others, Rest> : [Taken<D, First>, ...Parts<Others, Rest>]
  : []
  : S;

/** @internal */
type Taken<D, Part> = Part extends Slice
  ? [Part["start"] | Part["stop"] | Part["step"]] extends [null | undefined] ? KnownDim<D> : null
  : null;

/** @internal */
type Item<S extends Shape, K> = number extends S["length"] ? Shape
  : K extends readonly unknown[] ? number extends K["length"] ? Shape
    : "..." extends K[number] ? Shape
    : Extract<K[number], Tensor> extends never ? Readonly<Parts<S, K>> extends infer R extends Shape ? R : Shape
    : Shape
  : K extends Tensor | "..." ? Shape
  : Item<S, readonly [K]>;

/**
 * A part of a tensor, as `x[key]` in NumPy: one entry of the key for each axis from the first on.
 *
 * @param x The tensor.
 * @param key The part of one axis, or an array of parts of the first axes.
 * @returns A tensor with the axes that are left.
 * @throws {ShapeError} If the key has more parts than the tensor axes, or an integer is outside of a known size.
 * @throws {InputError} If a part is something else, there are two `"..."`, or a step is 0.
 * @see https://keras.io/api/ops/numpy/
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * const x = ops.reshape(ops.arange(6), [2, 3]);
 * assertEquals(ops.getItem(x, [0, { start: 1 }]).array(), [1, 2]);
 * assertEquals(ops.getItem(x, ["...", { step: -2 }]).array(), [[2, 0], [5, 3]]);
 * assertEquals(ops.getItem(x, [null, -1]).array(), [[3, 4, 5]]);
 * ```
 */
export function getItem<const X extends TensorLike, const K extends KeyPart | readonly KeyPart[]>(
  x: X,
  key: K,
): Like<X, Item<ShapeOf<X>, K>, StrongDTypeOf<X>> {
  const tensor = toTensor(x);
  const given: readonly KeyPart[] = Array.isArray(key) ? key : [key as KeyPart];
  given.forEach(checkPart);
  const taken = given.filter((part) => part !== null && part !== "...").length;
  const free = tensor.shape.length - taken;
  if (given.filter((part) => part === "...").length > 1) {
    throw new InputError(`Cannot take a part of ${showShape(tensor.shape)}: expected one "..." at most`);
  }
  if (free < 0) {
    throw new ShapeError(
      `Cannot take a part of ${showShape(tensor.shape)}: expected a key for at most ${tensor.shape.length} axes, ` +
        `received ${taken} parts`,
    );
  }
  const parts = given.flatMap((part) => part === "..." ? Array<Slice>(free).fill({}) : [part]);
  let result: Tensor = tensor;
  let axis = 0;
  for (const part of parts) {
    if (part === null) {
      result = expandDims(result, axis++);
    } else if (typeof part === "number") {
      result = at(result, axis, part);
    } else if (part instanceof Tensor) {
      result = take(result, part, { axis }) as Tensor;
      axis += part.shape.length;
    } else {
      result = sliced(result, axis++, part as Slice);
    }
  }
  return result as never;
}

function checkPart(part: unknown): void {
  if (part === null || part === "..." || Number.isSafeInteger(part) || part instanceof Tensor) return;
  if (isRecord(part) && Object.keys(part).every((name) => ["start", "stop", "step"].includes(name))) {
    const { start = null, stop = null, step = null } = part as Slice;
    if ([start, stop, step].every((bound) => bound === null || Number.isSafeInteger(bound)) && step !== 0) return;
  }
  const received = isRecord(part) ? JSON.stringify(part) : typeof part === "number" ? String(part) : kindOf(part);
  throw new InputError(
    "Cannot take a part of a tensor: expected integers, tensors of integers, slices such as { start: 1, step: 2 }, null " +
      `or "...", received ${received}`,
  );
}

function at(x: Tensor, axis: number, index: number): Tensor {
  const size: Dim = x.shape[axis]!;
  if (typeof size === "number" && (index >= size || index < -size)) {
    throw new ShapeError(
      `Cannot take a part of ${showShape(x.shape)}: expected an index of axis ${axis} from ${-size} to ${size - 1}, ` +
        `received ${index}`,
    );
  }
  return take(x, index, { axis }) as Tensor;
}

function sliced(x: Tensor, axis: number, { start = null, stop = null, step = null }: Slice): Tensor {
  if (start === null && stop === null && (step ?? 1) === 1) return x;
  return takeSlice(x, axis, start, stop, step ?? 1);
}
