/**
 * Products of vectors, matrices and tensors.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import type { Emitter, Value } from "../../emission/emitter.ts";
import { size } from "../../shape/arithmetic.ts";
import { normalizeAxes } from "../../shape/axis.ts";
import type { Shape } from "../../shape/dim.ts";
import { dot as dotShape } from "../../shape/dot.ts";
import { matmul as matmulShape } from "../../shape/matmul.ts";
import { tensordot as tensordotShape, type TensordotAxes } from "../../shape/tensordot.ts";
import type { Check, DTypeOf, Like, ShapeOf, TensorLike } from "../../tensor/like.ts";
import type { promote } from "../../tensor/promote.ts";
import type { Tensor, TensorSpec } from "../../tensor/tensor.ts";
import { checkOpOptions } from "../arguments.ts";
import { apply, callable, commonDType, toOperands } from "../define.ts";
import { type ProductAttributes, zerosNode, zerosOf } from "./empty_product.ts";
import { einsumNode, type LongAttributes, longSums, matmulNode } from "./long_products.ts";
import type { NoOptions, Only, OptionOf } from "../options.ts";
import { countedFrom, labelledRows } from "../rows.ts";

/** @internal */
type Meeting<A, B> = promote<DTypeOf<A>, DTypeOf<B>>;

/** A label for each axis of both operands and of the result; what has the same label goes together. */
type Labels = readonly [a: readonly number[], b: readonly number[], result: readonly number[]];

const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** Labels as an equation has them. */
function lettersOf(labels: readonly number[]): string[] {
  return labels.map((label) => LETTERS[label]!);
}

function matmulLabels(rankA: number, rankB: number): Labels {
  const stacked = Math.max(rankA, rankB, 2) - 2;
  const [row, column, summed] = [stacked, stacked + 1, stacked + 2];
  const stackOf = (rank: number): readonly number[] => countedFrom(stacked - (rank - 2), rank - 2);
  return [
    rankA === 1 ? [summed] : [...stackOf(rankA), row, summed],
    rankB === 1 ? [summed] : [...stackOf(rankB), summed, column],
    [...stackOf(stacked + 2), ...rankA === 1 ? [] : [row], ...rankB === 1 ? [] : [column]],
  ];
}

function dotLabels(rankA: number, rankB: number): Labels {
  return pairLabels(rankA, rankB, Math.max(rankB - 2, 0));
}

function innerLabels(rankA: number, rankB: number): Labels {
  return pairLabels(rankA, rankB, rankB - 1);
}

/** The last axis of `a` meets one of `b`; a scalar meets each element. */
function pairLabels(rankA: number, rankB: number, place: number): Labels {
  const hasScalar = rankA === 0 || rankB === 0;
  return contractionLabels(rankA, rankB, hasScalar ? [] : [rankA - 1], hasScalar ? [] : [place]);
}

/** All axes of an operand become one. */
function outerLabels(rankA: number, rankB: number): Labels {
  return [Array<number>(rankA).fill(0), Array<number>(rankB).fill(1), [0, 1]];
}

function contractionLabels(
  rankA: number,
  rankB: number,
  first: readonly number[],
  second: readonly number[],
): Labels {
  const a = countedFrom(0, rankA);
  const b = countedFrom(rankA, rankB);
  second.forEach((place, pair) => b[place] = first[pair]!);
  return [a, b, [...a, ...b].filter((label) => !a.includes(label) || !b.includes(label))];
}

/** Defines a product of two tensors whose result has the dtype in which theirs meet. */
function product(
  name: string,
  shape: (a: Shape, b: Shape) => Shape,
  labels: (rankA: number, rankB: number) => Labels,
  emit: (emitter: Emitter, a: Value, b: Value, long: LongAttributes["long"]) => Value,
): (a: TensorLike, b: TensorLike) => Tensor {
  const op: Operation<ProductAttributes & LongAttributes> = {
    name,
    infer: ([a, b]) => [{ shape: shape(a!.shape, b!.shape), dtype: commonDType([a!, b!]) }],
    rows(axes, inputs) {
      const [a, b, result] = labels(inputs[0]!.shape.length, inputs[1]!.shape.length);
      return [labelledRows(axes, inputs, [a, b], result)];
    },
    emit(emitter, [a, b], { zeros, long }) {
      const dtype = commonDType([a!, b!]);
      if (zeros !== undefined) return zerosNode(emitter, zeros, dtype);
      return emit(emitter, emitter.cast(a!, dtype), emitter.cast(b!, dtype), long);
    },
  };
  const call = (a: TensorLike, b: TensorLike): Tensor => {
    const operands = toOperands(a, b);
    const [first, second] = operands.map((operand) => operand.shape) as [Shape, Shape];
    const zeros = zerosOf(operands, () => shape(first, second));
    const [left, right, result] = labels(first.length, second.length);
    const long = zeros === undefined
      ? longSums([first, second], [left, right].map(lettersOf), lettersOf(result))
      : undefined;
    return apply(op, operands, { zeros, long });
  };
  return callable(call, op);
}

/** The product of two matrices, stacks of them, or vectors. */
export interface Matmul {
  /** Multiplies the last two axes as matrices. */
  <const A extends TensorLike, const B extends TensorLike>(
    a: A,
    b: B & Check<matmulShape<ShapeOf<A>, ShapeOf<B>>>,
  ): Like<A | B, matmulShape<ShapeOf<A>, ShapeOf<B>>, Meeting<A, B>>;
}

/**
 * Multiplies matrices: `c_ij = a_i1 * b_1j + a_i2 * b_2j + ...` over the last two axes, `[..., m, k]` by `[..., k, n]`.
 *
 * All axes before the last two broadcast. A vector is a row on the left and a column on the right.
 *
 * @throws {ShapeError} If either is a scalar, the inner dims differ, or the axes before do not broadcast.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.matmul([[1, 2], [3, 4]], [[5, 6], [7, 8]]).array(), [[19, 22], [43, 50]]);
 * assertEquals(ops.matmul([[1, 2], [3, 4]], [1, 1]).array(), [3, 7]);
 * ```
 */
export const matmul: Matmul = product(
  "matmul",
  matmulShape,
  matmulLabels,
  matmulNode,
) as Matmul;

/** The sum of products over the last axis of one tensor and the last but one of another. */
export interface Dot {
  /** Sums over the last axis of `a` and the last but one of `b`, or its only one. */
  <const A extends TensorLike, const B extends TensorLike>(
    a: A,
    b: B & Check<dotShape<ShapeOf<A>, ShapeOf<B>>>,
  ): Like<A | B, dotShape<ShapeOf<A>, ShapeOf<B>>, Meeting<A, B>>;
}

/**
 * Sums products over the last axis of `a` and the last but one of `b`, or its only one.
 *
 * All other axes are in the result, those of `a` first. A scalar multiplies every value.
 *
 * @throws {ShapeError} If the axes that are summed over differ.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.dot([1, 2, 3], [4, 5, 6]).item(), 32);
 * assertEquals(ops.dot([[1, 2], [3, 4]], 10).array(), [[10, 20], [30, 40]]);
 * ```
 */
export const dot: Dot = product("dot", dotShape, dotLabels, (emitter, a, b, long) => {
  const { length: rank } = b.shape;
  if (a.shape.length === 0 || rank === 0) return emitter.node("Mul", [a, b]);
  return contraction(emitter, a, b, [a.shape.length - 1], [Math.max(rank - 2, 0)], long);
}) as Dot;

/** @internal */
type InnerShape<A extends Shape, B extends Shape> = number extends A["length"] | B["length"] ? Shape
  : A["length"] extends 0 ? B
  : B["length"] extends 0 ? A
  : tensordotShape<A, B, readonly [-1, -1]>;

/** The sum of products over the last axes of two tensors. */
export interface Inner {
  /** Sums over the last axes. */
  <const A extends TensorLike, const B extends TensorLike>(
    a: A,
    b: B & Check<InnerShape<ShapeOf<A>, ShapeOf<B>>>,
  ): Like<A | B, InnerShape<ShapeOf<A>, ShapeOf<B>>, Meeting<A, B>>;
}

function innerShape(a: Shape, b: Shape): Shape {
  return a.length === 0 ? b : b.length === 0 ? a : tensordotShape(a, b, [-1, -1]);
}

/**
 * Sums products over the last axes of two tensors. All other axes are in the result; a scalar multiplies every value.
 *
 * @throws {ShapeError} If the last axes differ.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.inner([[1, 2], [3, 4]], [[1, 0], [1, 1]]).array(), [[1, 3], [3, 7]]);
 * ```
 */
export const inner: Inner = product("inner", innerShape, innerLabels, (emitter, a, b, long) => {
  if (a.shape.length === 0 || b.shape.length === 0) return emitter.node("Mul", [a, b]);
  return contraction(emitter, a, b, [a.shape.length - 1], [b.shape.length - 1], long);
}) as Inner;

/** The products of all pairs of values of two tensors. */
export interface Outer {
  /** Multiplies each value of `a` by each of `b`. */
  <const A extends TensorLike, const B extends TensorLike>(
    a: A,
    b: B,
  ): Like<A | B, readonly [size<ShapeOf<A>>, size<ShapeOf<B>>], Meeting<A, B>>;
}

/**
 * Multiplies each value of `a` by each of `b`: `c_ij = a_i * b_j`. Tensors of several axes are taken in row-major order.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.outer([1, 2], [3, 4, 5]).array(), [[3, 4, 5], [6, 8, 10]]);
 * ```
 */
export const outer: Outer = product("outer", (a, b) => [size(a), size(b)], outerLabels, (emitter, a, b) => {
  const column = emitter.node("Reshape", [a, emitter.integers([-1, 1])]);
  return emitter.node("Mul", [column, emitter.node("Reshape", [b, emitter.integers([1, -1])])]);
}) as Outer;

/** The options of {@linkcode tensordot}. */
export interface TensordotOptions {
  /**
   * The axes that are summed over: a number for so many last axes of the first tensor against as many first axes of the
   * second, or the axes of each. Default: 2.
   */
  readonly axes?: TensordotAxes | undefined;
}

/** @internal */
type TensordotShape<A, B, O> = OptionOf<O, "axes", 2> extends infer Axes extends TensordotAxes
  ? tensordotShape<ShapeOf<A>, ShapeOf<B>, Axes>
  : Shape;

/** The sum of products over pairs of axes. */
export interface Tensordot {
  /** Sums over pairs of axes. */
  <const A extends TensorLike, const B extends TensorLike, const O extends TensordotOptions = NoOptions>(
    a: A,
    b: B & Check<TensordotShape<A, B, O>>,
    options?: O & Only<O, TensordotOptions>,
  ): Like<A | B, TensordotShape<A, B, O>, Meeting<A, B>>;
}

export const tensordotOperation: Operation<ProductAttributes & LongAttributes & { readonly axes: TensordotAxes }> = {
  name: "tensordot",
  infer: ([a, b], { axes }) => [{ shape: tensordotShape(a!.shape, b!.shape, axes), dtype: commonDType([a!, b!]) }],
  rows(places, inputs, { axes }) {
    const [{ length: rankA }, { length: rankB }] = inputs.map(({ shape }) => shape) as [Shape, Shape];
    const [a, b, result] = contractionLabels(rankA, rankB, ...contractedAxes(inputs, axes));
    return [labelledRows(places, inputs, [a, b], result)];
  },
  emit(emitter, [a, b], { axes, zeros, long }) {
    if (zeros !== undefined) return zerosNode(emitter, zeros, commonDType([a!, b!]));
    const dtype = commonDType([a!, b!]);
    return contraction(
      emitter,
      emitter.cast(a!, dtype),
      emitter.cast(b!, dtype),
      ...contractedAxes([a!, b!], axes),
      long,
    );
  },
};

/**
 * Sums products over pairs of axes. All other axes are in the result, those of `a` before those of `b`.
 *
 * @throws {ShapeError} If an axis is out of range or named twice, the axes do not pair up, or those of a pair differ.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * const a = [[1, 2], [3, 4]];
 * assertEquals(ops.tensordot(a, a).item(), 30);
 * assertEquals(ops.tensordot(a, a, { axes: 1 }).array(), [[7, 10], [15, 22]]);
 * assertEquals(ops.tensordot(a, a, { axes: [0, 0] }).array(), [[10, 14], [14, 20]]);
 * ```
 */
export const tensordot: Tensordot = ((a: TensorLike, b: TensorLike, options: TensordotOptions = {}) => {
  checkOpOptions("tensordot", options, ["axes"]);
  const { axes = 2 } = options;
  const operands = toOperands(a, b);
  const zeros = zerosOf(operands, () => tensordotShape(operands[0].shape, operands[1].shape, axes));
  const shapes = operands.map(({ shape }) => shape) as [Shape, Shape];
  tensordotShape(...shapes, axes);
  const labels = contractionLabels(shapes[0].length, shapes[1].length, ...contractedAxes(operands, axes));
  const [left, right, result] = labels.map(lettersOf) as [string[], string[], string[]];
  const long = zeros === undefined ? longSums(shapes, [left, right], result) : undefined;
  return apply(tensordotOperation, operands, { axes, zeros, long });
}) as Tensordot;

/** The axes that are summed over, of each operand, counted from the start. */
function contractedAxes(
  [a, b]: readonly TensorSpec[],
  axes: TensordotAxes,
): [first: readonly number[], second: readonly number[]] {
  const first = typeof axes === "number" ? countedFrom(a!.shape.length - axes, axes) : [axes[0]].flat();
  const second = typeof axes === "number" ? countedFrom(0, axes) : [axes[1]].flat();
  return [normalizeAxes(first, a!.shape), normalizeAxes(second, b!.shape)];
}

/** Sums over pairs of axes, which are counted from the start; the other axes of `a` come before those of `b`. */
function contraction(
  emitter: Emitter,
  a: Value,
  b: Value,
  first: readonly number[],
  second: readonly number[],
  long: LongAttributes["long"],
): Value {
  const [rankA, rankB] = [a.shape.length, b.shape.length];
  // The matrix product is the same where one last axis meets the first one of a matrix or a vector, and is faster.
  if (first.length === 1 && first[0] === rankA - 1 && second[0] === 0 && rankB <= 2) {
    return matmulNode(emitter, a, b, long);
  }
  const [left, right, output] = contractionLabels(rankA, rankB, first, second).map((labels) =>
    lettersOf(labels).join("")
  );
  return einsumNode(emitter, [left!, right!], output!, [a, b], long);
}
