/**
 * Products of tensors without values. They are zeros, if they have values at all; the engine's kernels fail at some of
 * them.
 *
 * @module
 */
import { type Emitter, int, type Value } from "../../emission/emitter.ts";
import type { OnnxAttribute, OnnxNode } from "../../onnx/model.ts";
import type { Shape } from "../../shape/dim.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { TensorSpec } from "../../tensor/tensor.ts";

/** The attributes of a product. */
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

/**
 * A matrix product. Where its batch may turn out to have size 0 the engine fails in three cases, as native ONNX Runtime
 * 1.30 does too: times a vector, which is therefore made a column; of a vector or a matrix that broadcasts, which is
 * therefore repeated; and where the engine makes the product part of a transposition before it: a reshape in between,
 * which moves nothing, keeps them apart.
 */
export function matrixProduct(emitter: Emitter, a: Value, b: Value): Value {
  const hasVector = a.shape.length === 1 || b.shape.length === 1;
  if (![a, b].some(hasVector ? hasOpenRows : hasOpenBatch)) return emitter.node("MatMul", [a, b]);
  const asMatrix = (x: Value, axis: number): Value =>
    x.shape.length > 1 ? x : { ...emitter.node("Unsqueeze", [x, emitter.integers([axis])]), shape: [1, 1] };
  const [left, right] = [asMatrix(a, 0), asMatrix(b, 1)];
  const same = emitter.integers(Array<number>(left.shape.length).fill(0));
  const operand = left.shape.length === 2 && right.shape.length === 2
    ? left
    : left.shape.length === 2
    ? emitter.node("Expand", [left, batchOf(emitter, right, left)])
    : right.shape.length === 2 && swapsLast(emitter, left.name)
    ? emitter.node("Reshape", [left, same])
    : left;
  const product = emitter.node("MatMul", [operand, right]);
  const added = [...left === a ? [] : [-2], ...right === b ? [] : [-1]];
  return added.length === 0 ? product : emitter.node("Squeeze", [product, emitter.integers(added)]);
}

/** The sizes of the axes of `x` before its last two, and those of a matrix. */
function batchOf(emitter: Emitter, x: Value, matrix: Value): Value {
  const sizes = (of: Value, attributes: { readonly [name: string]: OnnxAttribute }): Value =>
    emitter.node("Shape", [of], { dtype: "int64", attributes });
  return emitter.node("Concat", [sizes(x, { end: int(-2) }), sizes(matrix, {})], { attributes: { axis: int(0) } });
}

function hasOpenBatch({ shape }: Value): boolean {
  return shape.length > 2 && shape.slice(0, -2).some((dim) => typeof dim !== "number");
}

function hasOpenRows({ shape }: Value): boolean {
  return shape.length > 1 && shape.some((dim) => typeof dim !== "number");
}

/** Keeps the engine from making a transposition part of a product, which it leaves unwritten where there is nothing to add. */
export function keptApart(emitter: Emitter, x: Value, rank: number): Value {
  return emitter.node("Reshape", [x, emitter.integers(Array<number>(rank).fill(0))]);
}

/** Whether a value is the result of a transposition of the last two axes alone, maybe in another dtype. */
function swapsLast(emitter: Emitter, name: string): boolean {
  const node: OnnxNode | undefined = emitter.nodes.findLast(({ outputs }) => outputs.includes(name));
  if (node?.opType === "Cast") return swapsLast(emitter, node.inputs[0]!);
  const perm = node?.opType === "Transpose" ? node.attributes["perm"] : undefined;
  if (perm?.type !== "ints") return false;
  const axes = perm.value.map(Number);
  const last = axes.length - 1;
  return axes[last] === last - 1 && axes[last - 1] === last && axes.every((axis, at) => at >= last - 1 || axis === at);
}
