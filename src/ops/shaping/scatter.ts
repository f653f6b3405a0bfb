/**
 * Values put to places of a tensor: by indices, and as a part.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { type Emitter, int, text, type Value } from "../../emission/emitter.ts";
import { type Shape, showShape } from "../../shape/dim.ts";
import { InputRangeError, ShapeError } from "../../shape/error.ts";
import type { DType } from "../../tensor/dtype.ts";
import { isSigned } from "../../tensor/promote.ts";
import { type Like, type ShapeOf, type StrongDTypeOf, type TensorLike, toTensor } from "../../tensor/like.ts";
import { checkIntegers, checkOpOptions } from "../arguments.ts";
import { apply } from "../define.ts";
import { type checkIndices, toIndices } from "./indexing.ts";

/** The fate of values that come to the same place. */
export type ScatterReduction = "add" | "max" | "min" | "mul";

const REDUCTIONS: readonly string[] = ["add", "max", "min", "mul"];

/** The dtype in which values of a dtype are combined. */
function combined(dtype: DType): DType {
  if (dtype === "float16") return "float32";
  return isSigned(dtype) ? dtype : "int32";
}

/**
 * Puts updates to places of `x`, which the last axis of the indices counts. On a device several updates of one place would
 * run at once, so that the processor does it.
 */
export function scatterNode(emitter: Emitter, x: Value, indices: Value, updates: Value, reduction: string): Value {
  const dtype = reduction === "none" ? x.dtype : combined(x.dtype);
  const inputs = [emitter.cast(x, dtype), emitter.cast(indices, "int64"), emitter.cast(updates, dtype)];
  const options = { attributes: { reduction: text(reduction) } };
  return emitter.cast(
    emitter.nativeNode("ScatterND", inputs, options, [dtype], !emitter.provider.scattersInOrder)[0]!,
    x.dtype,
  );
}

/** Refuses updates that are not as many as the indices, or not as large as what an index stands for. */
function checkUpdates(shape: Shape, indices: Shape, updates: Shape): void {
  const attempt = `Cannot scatter into shape ${showShape(shape)}`;
  // What is not known of the indices follows from the rank of the updates.
  const last = indices.at(-1);
  const depth = typeof last === "number" ? last : indices.length - 1 + shape.length - updates.length;
  if (indices.length === 0 || depth < 0 || depth > shape.length) {
    throw new ShapeError(
      `${attempt}: expected indices of at most ${shape.length} axes, received ${showShape(indices)}`,
    );
  }
  const expected = [...indices.slice(0, -1), ...shape.slice(depth)];
  const differs = (dim: Shape[number], place: number) =>
    typeof dim === "number" && typeof updates[place] === "number" && dim !== updates[place];
  if (expected.length === updates.length && !expected.some(differs)) return;
  throw new ShapeError(`${attempt}: expected values of shape ${showShape(expected)}, received ${showShape(updates)}`);
}

export const scatterOperation: Operation<{ readonly shape: readonly number[] }> = {
  name: "scatter",
  infer([indices, values], { shape }) {
    checkUpdates(shape, indices!.shape, values!.shape);
    return [{ shape, dtype: values!.dtype }];
  },
  emit(emitter, [indices, values], { shape }) {
    const zeros = emitter.node("Expand", [emitter.scalar(0, values!.dtype), emitter.integers(shape)]);
    return scatterNode(emitter, zeros, indices!, values!, "add");
  },
};

/**
 * Puts values to places of a tensor of zeros; those that come to the same place are added up.
 *
 * @param indices Integers: each list along the last axis is a place, or the first part of one.
 * @param values What comes there, for each index.
 * @param shape The shape of the result.
 * @throws {ShapeError} If the values do not fit the indices and the shape.
 * @throws {DTypeError} If the indices are no integers.
 * @throws {EngineError} If an index is out of range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.scatter([[0], [2], [0]], [1, 2, 3], [4]).array(), [4, 0, 2, 0]);
 * ```
 */
export function scatter<
  const I extends TensorLike,
  const V extends TensorLike,
  const S extends readonly number[],
>(indices: I & checkIndices<I>, values: V, shape: S): Like<I | V, S, StrongDTypeOf<V>> {
  checkIntegers("scatter", "shape", shape);
  return apply(scatterOperation, [toIndices(indices), values], { shape }) as never;
}

/** The options of {@linkcode scatterUpdate}. */
export interface ScatterUpdateOptions {
  /** The way updates are combined with what is there. Default: they take its place. */
  readonly reduction?: ScatterReduction | null | undefined;
}

export const scatterUpdateOperation: Operation<{ readonly reduction: string }> = {
  name: "scatterUpdate",
  infer([x, indices, updates]) {
    checkUpdates(x!.shape, indices!.shape, updates!.shape);
    return [{ shape: x!.shape, dtype: x!.dtype }];
  },
  emit: (emitter, [x, indices, updates], { reduction }) => scatterNode(emitter, x!, indices!, updates!, reduction),
};

/**
 * A tensor with other values at some places, or with values combined with those there. The dtype stays.
 *
 * @param x The tensor.
 * @param indices Integers: each list along the last axis is a place, or the first part of one.
 * @param updates What comes there, for each index.
 * @param options How updates are combined with what is there.
 * @throws {ShapeError} If the updates do not fit the indices and the tensor.
 * @throws {DTypeError} If the indices are no integers.
 * @throws {RangeError} If there is no such reduction.
 * @throws {EngineError} If an index is out of range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.scatterUpdate([1, 2, 3], [[0], [2]], [7, 9]).array(), [7, 2, 9]);
 * assertEquals(ops.scatterUpdate([1, 2, 3], [[0], [0]], [7, 9], { reduction: "add" }).array(), [17, 2, 3]);
 * ```
 */
export function scatterUpdate<const X extends TensorLike, const I extends TensorLike, const U extends TensorLike>(
  x: X,
  indices: I & checkIndices<I>,
  updates: U,
  options: ScatterUpdateOptions = {},
): Like<X | I | U, ShapeOf<X>, StrongDTypeOf<X>> {
  checkOpOptions("scatterUpdate", options, ["reduction"]);
  const { reduction } = options;
  if (reduction !== undefined && reduction !== null && !REDUCTIONS.includes(reduction)) {
    throw new InputRangeError(
      `Cannot update a tensor: expected reduction to be one of ${REDUCTIONS.join(", ")}, received ${reduction}`,
    );
  }
  return apply(scatterUpdateOperation, [x, toIndices(indices), updates], { reduction: reduction ?? "none" }) as never;
}

export const sliceUpdateOperation: Operation = {
  name: "sliceUpdate",
  infer([x, start, updates]) {
    const { shape } = x!;
    const fits = (dim: Shape[number], axis: number) => {
      const size = updates!.shape[axis];
      return typeof dim !== "number" || typeof size !== "number" || size <= dim;
    };
    const attempt = `Cannot update a part of shape ${showShape(shape)}`;
    if (updates!.shape.length !== shape.length || !shape.every(fits)) {
      throw new ShapeError(`${attempt}: expected a part that is no larger, received ${showShape(updates!.shape)}`);
    }
    const [count] = start!.shape;
    if (start!.shape.length !== 1 || (typeof count === "number" && count !== shape.length)) {
      throw new ShapeError(
        `${attempt}: expected the first index on each of ${shape.length} axes, received ${showShape(start!.shape)}`,
      );
    }
    return [{ shape, dtype: x!.dtype }];
  },
  emit(emitter, [x, start, updates]) {
    const rank = x!.shape.length;
    const part = emitter.cast(updates!, x!.dtype);
    if (rank === 0) return part;
    const sizes = (value: Value) => emitter.node("Shape", [value], { dtype: "int64" });
    const zero = emitter.scalar(0, "int64");
    const given = emitter.cast(start!, "int64");
    const isNegative = emitter.node("Less", [given, zero], { dtype: "bool" });
    const counted = emitter.node("Where", [isNegative, emitter.node("Add", [given, sizes(x!)]), given], {
      dtype: "int64",
    });
    // A part that would reach beyond the end is moved back.
    const last = emitter.node("Sub", [sizes(x!), sizes(part)]);
    const from = emitter.node("Max", [emitter.node("Min", [counted, last]), zero]);
    const to = emitter.node("Add", [from, sizes(part)]);
    return replaced(emitter, x!, part, from, to, 0, rank);
  },
};

/** `x` with `part` in place of what is between bounds, one axis after the other. */
function replaced(
  emitter: Emitter,
  x: Value,
  part: Value,
  from: Value,
  to: Value,
  axis: number,
  rank: number,
): Value {
  if (axis === rank) return part;
  const at = (bounds: Value): Value => emitter.node("Gather", [bounds, emitter.integers([axis])]);
  const slice = (start: Value, end: Value): Value => emitter.node("Slice", [x, start, end, emitter.integers([axis])]);
  const [low, high] = [at(from), at(to)];
  const before = slice(emitter.integers([0]), low);
  const after = slice(high, emitter.integers([Number.MAX_SAFE_INTEGER]));
  const inside = replaced(emitter, slice(low, high), part, from, to, axis + 1, rank);
  return emitter.node("Concat", [before, inside, after], { attributes: { axis: int(axis) } });
}

/**
 * A tensor with other values in the part that begins at `start`, which is moved back where it would reach beyond the end. The
 * dtype stays.
 *
 * @param x The tensor.
 * @param start The first index on each axis; negative ones count from the end.
 * @param updates The values of the part.
 * @throws {ShapeError} If the part has another rank or is larger, or there are not as many starts as axes.
 * @throws {DTypeError} If the indices are no integers.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.sliceUpdate([1, 2, 3, 4], [1], [7, 8]).array(), [1, 7, 8, 4]);
 * ```
 */
export function sliceUpdate<const X extends TensorLike, const I extends TensorLike, const U extends TensorLike>(
  x: X,
  start: I & checkIndices<I>,
  updates: U,
): Like<X | I | U, ShapeOf<X>, StrongDTypeOf<X>> {
  return apply(sliceUpdateOperation, [toTensor(x), toIndices(start), updates], {}) as never;
}
