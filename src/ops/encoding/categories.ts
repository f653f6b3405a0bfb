/**
 * Categories: numbers as bins, keys as places in a table, and both as vectors.
 *
 * @module
 */
import { type Emitter, int, type Value } from "../../emission/emitter.ts";
import type { Operation } from "../../graph/operation.ts";
import type { CategoryMode } from "../../shape/categories.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Tensor } from "../../tensor/tensor.ts";

import { dispatchOne } from "../../eager/dispatch.ts";
import { countedFrom, rowsBeside, sameRows } from "../rows.ts";

type EncodeAttributes = {
  readonly tokens: number;
  readonly mode: CategoryMode;
  readonly dtype: DType;
  /** Whether the last axis of the categories is dropped, which has size 1. */
  readonly drop: boolean;
};

export const encodeCategoriesOperation: Operation<EncodeAttributes> = {
  name: "encodeCategories",
  // Not by the size of the last axis, which may be open when this is asked again.
  infer: ([x], { tokens, mode, dtype, drop }) => [{
    shape: mode === "one_hot" && !drop ? [...x!.shape, tokens] : [...x!.shape.slice(0, -1), tokens],
    dtype,
  }],
  rows([axis, weights], [x], { mode, drop }) {
    if (weights !== undefined && weights !== axis) return [undefined];
    const last = x!.shape.length - 1;
    return [rowsBeside(axis!, mode !== "one_hot" || drop ? [last] : [])];
  },
  emit(emitter, [x, weights], { tokens, mode, dtype, drop }) {
    const rank = x!.shape.length;
    const numbers = emitter.cast(x!, "int64");
    const each = emitter.node("Unsqueeze", [numbers, emitter.integers([rank])]);
    const hot = emitter.node("Equal", [each, emitter.integers(countedFrom(0, tokens))], { dtype: "bool" });
    if (mode === "one_hot") {
      return emitter.cast(drop ? emitter.node("Squeeze", [hot, emitter.integers([rank - 1])]) : hot, dtype);
    }
    const computed = dtype.startsWith("float") ? "float32" : "int64";
    const known = emitter.cast(hot, computed);
    const weighed = weights === undefined ? known : emitter.node("Mul", [
      known,
      emitter.node("Unsqueeze", [emitter.cast(weights, computed), emitter.integers([rank])]),
    ]);
    const sum = rank === 0
      ? weighed
      : emitter.node("ReduceSum", [weighed, emitter.integers([rank - 1])], { attributes: { keepdims: int(0) } });
    if (mode === "count") return emitter.cast(sum, dtype);
    const zero = emitter.scalar(0, computed);
    return emitter.cast(emitter.node("Greater", [sum, zero], { dtype: "bool" }), dtype);
  },
};

/**
 * Categories as vectors of `tokens`: `"one_hot"` a vector for each, `"multi_hot"` and `"count"` one for those along the last
 * axis, which says which there are, or how often. Numbers that are no category count nowhere.
 *
 * @param weights For `"count"`, how much each category counts, of the shape of `x`.
 */
export function encodeCategories(
  x: Tensor,
  tokens: number,
  mode: Exclude<CategoryMode, "int" | "tf_idf">,
  dtype: DType,
  weights: Tensor | null = null,
): Tensor {
  const drop = mode === "one_hot" && x.shape.length > 1 && x.shape.at(-1) === 1;
  return dispatchOne(encodeCategoriesOperation, weights === null ? [x] : [x, weights], { tokens, mode, dtype, drop });
}

export const discretizeOperation: Operation<{ readonly boundaries: readonly number[] }> = {
  name: "discretize",
  infer: ([x]) => [{ shape: x!.shape, dtype: "int32" }],
  rows: sameRows,
  emit(emitter, [x], { boundaries }) {
    if (boundaries.length === 0) return emitter.node("Mul", [emitter.cast(x!, "int32"), emitter.scalar(0, "int32")]);
    const dtype = x!.dtype === "float64" ? "float64" : "float32";
    const rank = x!.shape.length;
    const each = emitter.node("Unsqueeze", [emitter.cast(x!, dtype), emitter.integers([rank])]);
    const below = emitter.node("Less", [each, emitter.constant(boundaries, dtype, [boundaries.length])], {
      dtype: "bool",
    });
    // Not: what is no number is beyond all boundaries.
    const passed = emitter.cast(emitter.node("Not", [below]), "int32");
    return emitter.node("ReduceSum", [passed, emitter.integers([rank])], { attributes: { keepdims: int(0) } });
  },
};

/** The number of the bin in which each value lies: how many boundaries, in ascending order, are at most the value. */
export function discretize(x: Tensor, boundaries: readonly number[]): Tensor {
  return dispatchOne(discretizeOperation, [x], { boundaries });
}

type LookupAttributes = {
  /** The number of keys, and of places without a key after them, up to a power of two. */
  readonly size: number;
  /** The first index for keys that are not in the table. */
  readonly first: number;
  /** The number of indices for such keys; 0 gives -1. */
  readonly others: number;
};

export const lookUpIndicesOperation: Operation<LookupAttributes> = {
  name: "lookUpIndices",
  infer: ([x]) => [{ shape: x!.shape, dtype: "int64" }],
  rows: ([axis, ...tables]) => tables.every((table) => table === null) ? sameRows([axis!]) : [undefined],
  emit(emitter, [x, keys, indices], attributes) {
    const wanted = emitter.cast(x!, "int64");
    const place = placeOf(emitter, wanted, keys!, attributes.size);
    const at = (table: Value): Value => emitter.node("Gather", [table, place], { attributes: { axis: int(0) } });
    const found = emitter.node("Equal", [at(keys!), wanted], { dtype: "bool" });
    const index = emitter.node("Where", [found, at(indices!), missing(emitter, wanted, attributes)], {
      dtype: "int64",
    });
    if (attributes.others > 0) return index;
    // Where no index is for other keys, reading beyond a table of one 0 ends the run.
    const beyond = emitter.cast(emitter.node("Not", [found], { dtype: "bool" }), "int64");
    const zero = emitter.node("Gather", [emitter.constant([0], "int64", [1]), beyond], {
      attributes: { axis: int(0) },
    });
    return emitter.node("Add", [index, zero]);
  },
};

/** The last of `size` sorted keys, a power of two, that is at most the wanted one, else the first. */
function placeOf(emitter: Emitter, wanted: Value, keys: Value, size: number): Value {
  let place = emitter.node("Mul", [wanted, emitter.scalar(0, "int64")]);
  for (let step = size / 2; step >= 1; step /= 2) {
    const further = emitter.node("Add", [place, emitter.scalar(step, "int64")]);
    const key = emitter.node("Gather", [keys, further], { attributes: { axis: int(0) } });
    const fits = emitter.node("LessOrEqual", [key, wanted], { dtype: "bool" });
    place = emitter.node("Where", [fits, further, place], { dtype: "int64" });
  }
  return place;
}

function missing(emitter: Emitter, wanted: Value, { first, others }: LookupAttributes): Value {
  if (others <= 1) return emitter.scalar(others === 0 ? -1 : first, "int64");
  const bin = emitter.node("Mod", [wanted, emitter.scalar(others, "int64")]);
  return emitter.node("Add", [bin, emitter.scalar(first, "int64")]);
}

/**
 * The index of each integer in a table: that which is at the place of its key. Integers without a key have one of `others`
 * indices from `first` on, by their remainder.
 *
 * @param keys Sorted, as many as a power of two.
 * @param indices As many.
 */
export function lookUpIndices(x: Tensor, keys: Tensor, indices: Tensor, first: number, others: number): Tensor {
  return dispatchOne(lookUpIndicesOperation, [x, keys, indices], { size: keys.shape[0] as number, first, others });
}

export const lookUpKeysOperation: Operation<{ readonly size: number; readonly other: number }> = {
  name: "lookUpKeys",
  infer: ([x]) => [{ shape: x!.shape, dtype: "int64" }],
  rows: ([axis, table]) => table === null ? sameRows([axis!]) : [undefined],
  emit(emitter, [x, keys], { size, other }) {
    const index = emitter.cast(x!, "int64");
    const [zero, last] = [emitter.scalar(0, "int64"), emitter.scalar(size - 1, "int64")];
    const within = emitter.node("Clip", [index, zero, last]);
    const found = emitter.node("Equal", [within, index], { dtype: "bool" });
    const key = emitter.node("Gather", [keys!, within], { attributes: { axis: int(0) } });
    return emitter.node("Where", [found, key, emitter.scalar(other, "int64")], { dtype: "int64" });
  },
};

/** The key of each index, and `other` for what is no index. */
export function lookUpKeys(x: Tensor, keys: Tensor, other: number): Tensor {
  return dispatchOne(lookUpKeysOperation, [x, keys], { size: keys.shape[0] as number, other });
}
