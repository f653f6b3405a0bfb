/**
 * Dot products of the rows of two batches. Written as a matrix product: the engine's Einsum fails where there are no rows.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { type Emitter, int, type Value } from "../../emission/emitter.ts";
import type { Attributes } from "../../graph/operation.ts";
import { batchDot as batchDotShape } from "../../shape/batch_dot.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { apply, commonDType } from "../define.ts";
import { keptApart, type ProductAttributes, zerosNode, zerosOf } from "./empty_product.ts";
import { LONG, type LongAttributes, longInner, matmulNode } from "./long_products.ts";
import { transposed } from "../normalization/nodes.ts";
import { countedFrom } from "../rows.ts";

type BatchDotAttributes = Attributes & ProductAttributes & LongAttributes & {
  /** The axis of the first input, counted from the start. */
  readonly i: number;
  /** The axis of the second input, counted from the start. */
  readonly j: number;
};

export const batchDotOperation: Operation<BatchDotAttributes> = {
  name: "batchDot",
  infer: ([a, b], { i, j }) => [{ shape: batchDotShape(a!.shape, b!.shape, i, j), dtype: commonDType([a!, b!]) }],
  rows: ([a, b]) => [a === 0 && b === 0 ? 0 : undefined],
  emit(emitter, [a, b], { i, j, zeros, long }) {
    const dtype = commonDType([a!, b!]);
    if (zeros !== undefined) return zerosNode(emitter, zeros, dtype);
    const [left, right] = [othersOf(a!, i), othersOf(b!, j)];
    const x = transposed(emitter, emitter.cast(a!, dtype), [0, ...left, i]);
    const y = transposed(emitter, emitter.cast(b!, dtype), [0, j, ...right]);
    const matrices = [asMatrices(emitter, x, left.length, 1), asMatrices(emitter, y, right.length, 2)];
    const isOpen = typeof a!.shape[i] !== "number" && typeof b!.shape[j] !== "number";
    const [rows, columns] = matrices
      .map((value) => isOpen ? keptApart(emitter, value, 3) : value)
      .map((value) => ({ ...value, shape: [0, 0, 0] }));
    const product = matmulNode(emitter, rows!, columns!, long);
    if (left.length > 1 || right.length > 1) return restored(emitter, product, x, y);
    // One value a row keeps an axis of its own.
    const single = [...left.length === 0 ? [1] : [], ...right.length === 0 ? [2] : []];
    if (single.length === 0) return product;
    return emitter.node("Squeeze", [product, emitter.integers(single.length === 2 ? [2] : single)]);
  },
};

function othersOf({ shape }: Value, summed: number): readonly number[] {
  return countedFrom(1, shape.length - 1).filter((axis) => axis !== summed);
}

/** `count` axes from `at` on as one. */
function asMatrices(emitter: Emitter, x: Value, count: number, at: 1 | 2): Value {
  if (count === 1) return x;
  if (count === 0) return emitter.node("Unsqueeze", [x, emitter.integers([at])]);
  const sizes = emitter.node("Shape", [x], { dtype: "int64" });
  const together = emitter.node("ReduceProd", [part(emitter, sizes, at, at + count)], {
    attributes: { keepdims: int(1) },
  });
  const rank = count + 2;
  return reshaped(emitter, x, [part(emitter, sizes, 0, at), together, part(emitter, sizes, at + count, rank)]);
}

/** The product with the axes of both inputs instead of those of matrices. */
function restored(emitter: Emitter, product: Value, x: Value, y: Value): Value {
  const [first, second] = [x, y].map((value) => emitter.node("Shape", [value], { dtype: "int64" }));
  return reshaped(emitter, product, [part(emitter, first!, 0, -1), part(emitter, second!, 2, END)]);
}

const END = 2 ** 31 - 1;

function part(emitter: Emitter, sizes: Value, from: number, to: number): Value {
  return emitter.node("Slice", [sizes, emitter.integers([from]), emitter.integers([to])]);
}

function reshaped(emitter: Emitter, x: Value, sizes: readonly Value[]): Value {
  const shape = emitter.node("Concat", sizes, { attributes: { axis: int(0) } });
  return emitter.node("Reshape", [x, shape], { attributes: { allowzero: int(1) } });
}

/** The dot products of the rows of two batches over an axis of each, counted from the start. */
export function batchDot(a: Tensor, b: Tensor, i: number, j: number): Tensor {
  const zeros = zerosOf([a, b], () => batchDotShape(a.shape, b.shape, i, j));
  const long = longInner(
    typeof a.shape[i] === "number" ? a.shape[i] : b.shape[j],
    batchDotShape(a.shape, b.shape, i, j),
    LONG,
  );
  return apply(batchDotOperation, [a, b], { i, j, zeros, long });
}
