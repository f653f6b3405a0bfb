/**
 * Reductions: what takes several values to one.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { type Emitter, int, type Value } from "../../emission/emitter.ts";
import { normalizeAxis } from "../../shape/axis.ts";
import { reduce } from "../../shape/reduce.ts";
import type { TensorLike } from "../../tensor/like.ts";
import { toFloat } from "../../tensor/promote.ts";
import { checkOpOptions } from "../arguments.ts";
import { applyWith, callable } from "../define.ts";
import {
  type ArgReduceOptions,
  type ArgReduction,
  REDUCE_OPTIONS,
  type ReduceAttributes,
  type Reduction,
  reduction,
  type ReductionBool,
  type ReductionCount,
  type ReductionFloat,
  reductionRows,
  type ReductionSum,
  requireValues,
  summed,
  whereNaN,
} from "./entries.ts";
import { reduceNode, sumNode, writeMean, writeVariance } from "./sums.ts";
import type { DTypeRule } from "../types.ts";

const keep: DTypeRule = (dtype) => dtype;
const bool: DTypeRule = () => "bool";
// Sums of many values are made in float32 even where the values are float16, and rounded once.
const wideFloat: DTypeRule = (dtype) => dtype === "float64" ? "float64" : "float32";

function added(opType: string): (emitter: Emitter, x: Value, axes: readonly number[], a: ReduceAttributes) => Value {
  return (emitter, x, axes, { keepDims, values }) => sumNode(emitter, opType, x, axes, keepDims, values);
}

/**
 * Sums values over axes: `x_1 + x_2 + ...`. `bool` and `uint8` give `int32`. The sum of nothing is 0.
 *
 * @throws {ShapeError} If an axis is out of range or named twice.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.sum([[1, 2], [3, 4]]).item(), 10);
 * assertEquals(ops.sum([[1, 2], [3, 4]], { axis: 0 }).array(), [4, 6]);
 * assertEquals(ops.sum([[1, 2], [3, 4]], { axis: 1, keepDims: true }).array(), [[3], [7]]);
 * ```
 */
export const sum: ReductionSum = reduction({
  name: "sum",
  result: summed,
  computed: summed,
  emit: added("ReduceSum"),
}) as ReductionSum;

/**
 * Multiplies values over axes: `x_1 * x_2 * ...`. `bool` and `uint8` give `int32`. The product of nothing is 1.
 *
 * @throws {ShapeError} If an axis is out of range or named twice.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.prod([[1, 2], [3, 4]], { axis: 1 }).array(), [2, 12]);
 * ```
 */
export const prod: ReductionSum = reduction({
  name: "prod",
  result: summed,
  computed: summed,
  emit: (emitter, x, axes, { keepDims }) => reduceNode(emitter, "ReduceProd", x, axes, keepDims),
}) as ReductionSum;

/**
 * Takes the arithmetic mean over axes: `(x_1 + ... + x_n) / n`, a float. The mean of nothing is NaN.
 *
 * @throws {ShapeError} If an axis is out of range or named twice.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.mean([[1, 2], [3, 4]]).item(), 2.5);
 * assertEquals(ops.mean([[1, 2], [3, 4]], { axis: 0 }).array(), [2, 3]);
 * ```
 */
export const mean: ReductionFloat = reduction({
  name: "mean",
  result: toFloat,
  computed: wideFloat,
  emit: (emitter, x, axes, { keepDims, values }) => writeMean(emitter, x, axes, keepDims, values),
}) as ReductionFloat;

function extremum(name: string, opType: string): Reduction {
  return reduction({
    name,
    result: keep,
    computed: keep,
    needsValues: true,
    // The engine's own kernel overlooks NaN, unless it comes first.
    emit(emitter, x, axes, { keepDims }) {
      return whereNaN(emitter, x, axes, keepDims, reduceNode(emitter, opType, x, axes, keepDims), (nan) => nan);
    },
  }) as Reduction;
}

/**
 * Takes the greatest value over axes. NaN wins over all others.
 *
 * @throws {ShapeError} If an axis is out of range or named twice.
 * @throws {ShapeError} If there are no values to choose from.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.max([[1, 5], [7, 3]], { axis: 1 }).array(), [5, 7]);
 * ```
 */
export const max: Reduction = extremum("max", "ReduceMax");

/**
 * Takes the least value over axes. NaN wins over all others.
 *
 * @throws {ShapeError} If an axis is out of range or named twice.
 * @throws {ShapeError} If there are no values to choose from.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.min([[1, 5], [7, 3]], { axis: 1 }).array(), [1, 3]);
 * ```
 */
export const min: Reduction = extremum("min", "ReduceMin");

/**
 * Takes the variance over axes, that of a whole population: `mean((x - mean(x))^2)`, a float.
 *
 * @throws {ShapeError} If an axis is out of range or named twice.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.variance([1, 2, 3, 4]).item(), 1.25);
 * ```
 */
export const variance: ReductionFloat = reduction({
  name: "variance",
  result: toFloat,
  computed: wideFloat,
  emit: (emitter, x, axes, { keepDims, values }) => writeVariance(emitter, x, axes, keepDims, values),
}) as ReductionFloat;

/**
 * Takes the standard deviation over axes, that of a whole population: `sqrt(mean((x - mean(x))^2))`, a float.
 *
 * @throws {ShapeError} If an axis is out of range or named twice.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.std([1, 1, 5, 5]).item(), 2);
 * ```
 */
export const std: ReductionFloat = reduction({
  name: "std",
  result: toFloat,
  computed: wideFloat,
  emit: (emitter, x, axes, { keepDims, values }) =>
    emitter.node("Sqrt", [writeVariance(emitter, x, axes, keepDims, values)]),
}) as ReductionFloat;

/**
 * Takes the logarithm of a sum of exponentials over axes: `log(exp(x_1) + exp(x_2) + ...)`, a float.
 *
 * Values whose exponentials are beyond all floats give no infinities. That of nothing is minus infinity.
 *
 * @throws {ShapeError} If an axis is out of range or named twice.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * const x = ops.logsumexp([1000, 1000]).item();
 * assertEquals(x, Math.fround(1000 + Math.LN2));
 * ```
 */
export const logsumexp: ReductionFloat = reduction({
  name: "logsumexp",
  result: toFloat,
  computed: wideFloat,
  emit: added("ReduceLogSumExp"),
}) as ReductionFloat;

// The engine has no such reductions. Of booleans as bytes, the greatest and the least are right also for no values.
function quantifier(name: string, opType: string): ReductionBool {
  return reduction({
    name,
    result: bool,
    computed: bool,
    emit(emitter, x, axes, { keepDims }) {
      return axes.length === 0 ? x : reduceNode(emitter, opType, emitter.cast(x, "uint8"), axes, keepDims);
    },
  }) as ReductionBool;
}

/**
 * Tells whether any value over axes is true, or other than 0. Of nothing: `false`.
 *
 * @throws {ShapeError} If an axis is out of range or named twice.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.any([[0, 2], [0, 0]], { axis: 1 }).array(), [true, false]);
 * ```
 */
export const any: ReductionBool = quantifier("any", "ReduceMax");

/**
 * Tells whether all values over axes are true, or other than 0. Of nothing: `true`.
 *
 * @throws {ShapeError} If an axis is out of range or named twice.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.all([[1, 2], [0, 1]], { axis: 1 }).array(), [true, false]);
 * ```
 */
export const all: ReductionBool = quantifier("all", "ReduceMin");

/**
 * Counts the values over axes that are not 0, or true; `int32`. NaN counts.
 *
 * @throws {ShapeError} If an axis is out of range or named twice.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.countNonzero([[0, 2], [3, 4]]).item(), 3);
 * assertEquals(ops.countNonzero([[0, 2], [3, 4]], { axis: 1 }).array(), [1, 2]);
 * ```
 */
export const countNonzero: ReductionCount = reduction({
  name: "countNonzero",
  result: () => "int32",
  computed: bool,
  emit: (emitter, x, axes, { keepDims }) => reduceNode(emitter, "ReduceSum", emitter.cast(x, "int32"), axes, keepDims),
}) as ReductionCount;

function argReduction(name: string, opType: string): ArgReduction {
  type Attributes = { readonly axis: number | null; readonly keepDims: boolean };
  const op: Operation<Attributes> = {
    name,
    normalize: ({ axis, keepDims = false }: ArgReduceOptions, [x]) => ({
      axis: axis == null ? null : normalizeAxis(axis, x!.shape),
      keepDims,
    }),
    infer([x], { axis, keepDims }) {
      const axes = axis ?? undefined;
      requireValues(name, x!.shape, axes);
      return [{ shape: reduce(x!.shape, axes, keepDims), dtype: "int32" }];
    },
    rows: (places, inputs, { axis, keepDims }) => reductionRows(places, inputs, { axis: axis ?? undefined, keepDims }),
    emit(emitter, [x], { axis, keepDims }) {
      const flat = axis === null;
      const input = flat ? emitter.node("Reshape", [x!, emitter.integers([-1])]) : x!;
      const place = axis ?? 0;
      const kept = keepDims && !flat;
      const attributes = { axis: int(place), keepdims: int(kept ? 1 : 0) };
      const search = (value: Value): Value => emitter.node(opType, [value], { attributes, dtype: "int64" });
      // The engine's kernels overlook NaN, which is to win: then the first NaN is looked for.
      const index = whereNaN(emitter, input, [place], kept, search(input), () => {
        const nan = emitter.cast(emitter.node("IsNaN", [input], { dtype: "bool" }), "uint8");
        return emitter.node("ArgMax", [nan], { attributes, dtype: "int64" });
      });
      const result = emitter.cast(index, "int32");
      if (!keepDims || !flat) return result;
      return emitter.node("Reshape", [result, emitter.integers(x!.shape.map(() => 1))]);
    },
  };
  const call = (x: TensorLike, options?: ArgReduceOptions) => {
    checkOpOptions(name, options, REDUCE_OPTIONS);
    return applyWith(op, [x], options);
  };
  return callable(call as ArgReduction, op);
}

/**
 * Finds the index of the greatest value along an axis, the first of several; `int32`.
 *
 * Without an axis, values are counted in row-major order. NaN wins over all others.
 *
 * @throws {ShapeError} If an axis is out of range or named twice.
 * @throws {ShapeError} If there are no values to choose from.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.argmax([[1, 5, 5], [7, 3, 4]], { axis: 1 }).array(), [1, 0]);
 * assertEquals(ops.argmax([[1, 5], [7, 3]]).item(), 2);
 * ```
 */
export const argmax: ArgReduction = argReduction("argmax", "ArgMax");

/**
 * Finds the index of the least value along an axis, the first of several; `int32`.
 *
 * Without an axis, values are counted in row-major order. NaN wins over all others.
 *
 * @throws {ShapeError} If an axis is out of range or named twice.
 * @throws {ShapeError} If there are no values to choose from.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.argmin([[1, 5, 1], [7, 3, 4]], { axis: 1 }).array(), [0, 1]);
 * ```
 */
export const argmin: ArgReduction = argReduction("argmin", "ArgMin");
