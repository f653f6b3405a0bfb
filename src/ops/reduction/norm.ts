/**
 * Norms of vectors and matrices.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import type { Emitter, Value } from "../../emission/emitter.ts";
import { normalizeAxis } from "../../shape/axis.ts";
import { type Shape, showShape } from "../../shape/dim.ts";
import { InputRangeError, ShapeError } from "../../shape/error.ts";
import { reduce } from "../../shape/reduce.ts";
import type { Check, DTypeOf, Like, ShapeOf, TensorLike } from "../../tensor/like.ts";
import { toFloat } from "../../tensor/promote.ts";
import { checkOpOptions } from "../arguments.ts";
import { applyWith } from "../define.ts";
import type { AxisOf, CheckDefaults, NoOptions, Only } from "../options.ts";
import {
  normalizeReduction,
  type ReduceAttributes,
  type Reduced,
  reductionRows,
  requireValues,
  whereNaN,
} from "./entries.ts";
import { rowsBeside } from "../rows.ts";
import { reduceNode, sumNode, type Values, valuesAlong } from "./sums.ts";
import type { FloatLike } from "../types.ts";

/** Which norm: of vectors any number, of matrices 1, -1, `Infinity`, `-Infinity` or `"fro"`. */
export type NormOrder = number | "fro";

/** The options of {@linkcode norm}. */
export interface NormOptions {
  /** Which norm. Default: the root of the sum of squares. */
  readonly ord?: NormOrder | undefined;
  /** The axis of vectors, or the two axes of matrices. Default: all; with `ord`, of a tensor that has one or two. */
  readonly axis?: number | readonly number[] | undefined;
  /** Whether the axes stay, as 1. Default: `false`. */
  readonly keepDims?: boolean | undefined;
}

/** The norm of vectors or matrices. */
export interface Norm {
  /** Takes the norm over an axis, two, or all. */
  <const X extends TensorLike, const O extends NormOptions = NoOptions>(
    x: X,
    options?: O & Only<O, NormOptions> & Check<Reduced<X, O>>,
  ): Like<X, Reduced<X, O>, toFloat<DTypeOf<X>>>;
}

type NormAttributes = ReduceAttributes & {
  /** Which norm; `null` for the root of the sum of squares over any axes. */
  readonly ord: NormOrder | null;
};

const MATRIX_ORDERS: readonly NormOrder[] = ["fro", 1, -1, Infinity, -Infinity];

function checkOrder(shape: Shape, axes: readonly number[], ord: NormOrder): void {
  const attempt = `Cannot take the norm of order ${ord} of shape ${showShape(shape)} over axes ${showShape(axes)}`;
  if (axes.length !== 1 && axes.length !== 2) throw new ShapeError(`${attempt}: expected one axis or two`);
  if (axes.length === 1 ? ord === "fro" : !MATRIX_ORDERS.includes(ord)) {
    const expected = axes.length === 1 ? "a number for vectors" : `one of ${MATRIX_ORDERS.join(", ")} for matrices`;
    throw new InputRangeError(`${attempt}: expected ${expected}`);
  }
}

/** Whether `ord` is one for matrices that takes sums of columns or rows, and compares them. */
function isMatrixOrder(ord: NormOrder | null, axes: readonly number[]): boolean {
  return axes.length === 2 && typeof ord === "number";
}

/** The axis that is summed over, and the one along which the sums are compared. */
function summedAndCompared(ord: NormOrder | null, axes: readonly number[]): [summed: number, compared: number] {
  const [rows, columns] = axes as readonly [number, number];
  return ord === 1 || ord === -1 ? [rows, columns] : [columns, rows];
}

export const normOperation: Operation<NormAttributes> = {
  name: "norm",
  normalize: (
    { ord = null, ...options }: Omit<NormOptions, "ord"> & { readonly ord?: NormOrder | null | undefined },
    inputs,
  ) => ({
    ord,
    ...normalizeReduction(options, inputs),
  }),
  infer([x], { ord, axis, keepDims }) {
    const result = reduce(x!.shape, axis, keepDims);
    if (ord !== null) checkOrder(x!.shape, axis, ord);
    if (isMatrixOrder(ord, axis)) {
      const [summed, compared] = summedAndCompared(ord, axis);
      requireValues("norm", reduce(x!.shape, summed, true), compared);
    } else if (ord === Infinity || ord === -Infinity) requireValues("norm", x!.shape, axis);
    return [{ shape: result, dtype: toFloat(x!.dtype) }];
  },
  rows: reductionRows,
  emit(emitter, [x], { ord, axis, keepDims, values }) {
    const dtype = toFloat(x!.dtype);
    const input = emitter.cast(x!, dtype === "float64" ? dtype : "float32");
    const order = ord === null || ord === "fro" ? 2 : ord;
    const result = isMatrixOrder(ord, axis)
      ? matrixNorm(emitter, input, order, axis, keepDims, values)
      : vectorNorm(emitter, input, order, axis, keepDims, values);
    return emitter.cast(result, dtype);
  },
};

function vectorNorm(
  emitter: Emitter,
  x: Value,
  ord: number,
  axes: readonly number[],
  keepDims: boolean,
  values: Values,
): Value {
  const absolute = (): Value => emitter.node("Abs", [x]);
  if (axes.length === 0) return absolute();
  const added = (opType: string, value: Value): Value => sumNode(emitter, opType, value, axes, keepDims, values);
  if (ord === 1) return added("ReduceL1", x);
  if (ord === 2) return added("ReduceL2", x);
  if (ord === 0) {
    const isZero = emitter.node("Equal", [x, emitter.scalar(0, x.dtype)], { dtype: "bool" });
    return added("ReduceSum", emitter.cast(emitter.node("Not", [isZero]), x.dtype));
  }
  if (ord === Infinity || ord === -Infinity) {
    const extremum = reduceNode(emitter, ord > 0 ? "ReduceMax" : "ReduceMin", absolute(), axes, keepDims);
    return whereNaN(emitter, x, axes, keepDims, extremum, (nan) => nan);
  }
  const power = (value: Value, exponent: number): Value =>
    emitter.node("Pow", [value, emitter.scalar(exponent, value.dtype)]);
  return power(added("ReduceSum", power(absolute(), ord)), 1 / ord);
}

// The greatest or least sum of absolute values of a column, for 1 and -1, or of a row, for the infinities.
function matrixNorm(
  emitter: Emitter,
  x: Value,
  ord: number,
  axes: readonly number[],
  keepDims: boolean,
  values: Values,
): Value {
  const [summed, compared] = summedAndCompared(ord, axes);
  const sums = sumNode(emitter, "ReduceL1", x, [summed], true, values);
  const extremum = reduceNode(emitter, ord > 0 ? "ReduceMax" : "ReduceMin", sums, [compared], true);
  const result = whereNaN(emitter, sums, [compared], true, extremum, (nan) => nan);
  return keepDims ? result : emitter.node("Squeeze", [result, emitter.integers(axes)]);
}

/**
 * Takes the norm of vectors or matrices, a float.
 *
 * Of vectors, for `ord` p: `(|x_1|^p + |x_2|^p + ...)^(1/p)`; for `Infinity` and `-Infinity` the greatest and the least
 * `|x_i|`; for 0 the number of values that are not 0. Of matrices, the greatest or least sum of `|x_ij|`: over a column
 * for 1 and -1, over a row for `Infinity` and `-Infinity`. Without `ord`, and for `"fro"`, the root of the sum of
 * squares, over any axes where `ord` is left out.
 *
 * @throws {ShapeError} If an axis is out of range or named twice, or `ord` is given for other than one axis or two.
 * @throws {RangeError} If `ord` is none for vectors, or none for matrices.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.norm([3, 4]).item(), 5);
 * assertEquals(ops.norm([[3, -4], [0, 1]], { ord: 1, axis: 1 }).array(), [7, 1]);
 * assertEquals(ops.norm([[3, -4], [0, 1]], { ord: Infinity }).item(), 7);
 * ```
 */
export const norm: Norm = ((x: TensorLike, options?: NormOptions) => {
  checkOpOptions("norm", options, ["axis", "keepDims", "ord"]);
  return applyWith(normOperation, [x], options);
}) as Norm;

/** The options of {@linkcode normalize}. */
export interface NormalizeOptions {
  /** The axis of the vectors; a negative one counts from the end. Default: -1. */
  readonly axis?: number | undefined;
  /** The order of the norm that becomes 1: a number of at least 1. Default: 2. */
  readonly order?: number | undefined;
  /** The least norm to divide by, so that zeros stay zeros. Default: 1e-7. */
  readonly epsilon?: number | undefined;
}

type NormalizeAttributes = {
  readonly axis: number;
  readonly order: number;
  readonly epsilon: number;
  /** The number of values that the vectors have. */
  readonly values: Values;
};

export const normalizeOperation: Operation<NormalizeAttributes> = {
  name: "normalize",
  normalize({ axis = -1, order = 2, epsilon = 1e-7 }: NormalizeOptions, [x]) {
    if (!(order >= 1)) throw new InputRangeError(`Cannot normalize by the norm of order ${order}: expected at least 1`);
    const place = normalizeAxis(axis, x!.shape);
    return { axis: place, order, epsilon, values: valuesAlong(x!.shape, place) };
  },
  infer: ([x]) => [{ shape: x!.shape, dtype: toFloat(x!.dtype) }],
  rows: ([place], _, { axis }) => [rowsBeside(place!, [axis])],
  emit(emitter, [x], { axis, order, epsilon, values }) {
    const dtype = toFloat(x!.dtype);
    const input = emitter.cast(x!, dtype === "float64" ? dtype : "float32");
    const length = vectorNorm(emitter, input, order, [axis], true, values);
    const divisor = emitter.node("Max", [length, emitter.scalar(epsilon, length.dtype)]);
    return emitter.cast(emitter.node("Div", [input, divisor]), dtype);
  },
};

/**
 * Divides vectors by their norm, which then is 1: `y_i = x_i / (|x_1|^p + |x_2|^p + ...)^(1/p)`; a float.
 *
 * @throws {ShapeError} If there is no such axis.
 * @throws {RangeError} If the order is less than 1.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.normalize([[1, 3], [0, 0]], { order: 1 }).array(), [[0.25, 0.75], [0, 0]]);
 * ```
 */
export function normalize<const X extends TensorLike, const O extends NormalizeOptions = NoOptions>(
  x: X & CheckDefaults<O, "axis", normalizeAxis<AxisOf<O, -1>, ShapeOf<X>>>,
  options?: O & Check<normalizeAxis<AxisOf<O, -1>, ShapeOf<X>>>,
): FloatLike<X> {
  checkOpOptions("normalize", options, ["axis", "epsilon", "order"]);
  return applyWith(normalizeOperation, [x], options) as never;
}
