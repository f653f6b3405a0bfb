/**
 * Activations along an axis: softmax and its relatives, and the gated linear unit.
 *
 * @module
 */
import { type Emitter, int, type Value } from "../../emission/emitter.ts";
import type { Operation } from "../../graph/operation.ts";
import { normalizeAxes, normalizeAxis } from "../../shape/axis.ts";
import type { Shape } from "../../shape/dim.ts";
import type { reduce } from "../../shape/reduce.ts";
import type { TensorSpec } from "../../tensor/tensor.ts";
import type { Check, DTypeOf, Like, ShapeOf, TensorLike } from "../../tensor/like.ts";
import { toFloat } from "../../tensor/promote.ts";
import { checkNumbers, checkOpOptions } from "../arguments.ts";
import { applyWith } from "../define.ts";
import { Formula } from "../../emission/formula.ts";
import { halve } from "../../shape/halve.ts";
import type { CheckDefaults, NoOptions } from "../options.ts";
import { rowsBeside } from "../rows.ts";
import { guarded, type SortAttributes, sortAttributes } from "../reduction/sort_nodes.ts";
import { sigmoid } from "../../emission/special_functions.ts";
import { sumNode, type Values, valuesAlong } from "../reduction/sums.ts";
import type { FloatLike } from "../types.ts";

/** The options of {@linkcode softmax} and {@linkcode logSoftmax}. */
export interface SoftmaxOptions {
  /** The axis, or the axes, over which the results sum to 1. Default: -1. */
  readonly axis?: number | readonly number[];
}

/**
 * The axis in the options, -1 where there is none.
 *
 * @internal
 */
export type AxisIn<O> = O extends { readonly axis: infer Axis extends number | readonly number[] } ? Axis
  : O extends { readonly axis?: undefined } ? -1
  : number;

/**
 * Some shape, or the mismatch where `S` has no such axis as the options say.
 *
 * @internal
 */
export type AlongAxis<S extends Shape, O> = reduce<S, AxisIn<O>, true>;

type AxesAttributes = {
  /** The axes over which the results sum to 1. */
  readonly axis: readonly number[];
  /** The number of values along the axes. */
  readonly values: Values;
};

function normalizeSoftmax({ axis = -1 }: SoftmaxOptions, [x]: readonly TensorSpec[]): AxesAttributes {
  const axes = normalizeAxes(typeof axis === "number" ? [axis] : axis, x!.shape);
  return { axis: axes, values: valuesAlong(x!.shape, axes) };
}

/** Float16 is calculated with in float32, and rounded once at the end. */
function asFloat(emitter: Emitter, x: Value, write: (f: Formula, x: Value) => Value): Value {
  const dtype = toFloat(x.dtype);
  const wide = dtype === "float16" ? "float32" : dtype;
  return emitter.cast(write(new Formula(emitter, wide), emitter.cast(x, wide)), dtype);
}

function writeSoftmax(f: Formula, x: Value, axes: readonly number[], values: Values, logarithm: boolean): Value {
  const { emitter } = f;
  const [axis] = axes;
  if (axes.length === 1) {
    return emitter.node(logarithm ? "LogSoftmax" : "Softmax", [x], { attributes: { axis: int(axis!) } });
  }
  const over = emitter.integers(axes);
  const shifted = f.sub(x, emitter.node("ReduceMax", [x, over]));
  const powers = f.exp(shifted);
  const sum = sumNode(emitter, "ReduceSum", powers, axes, true, values);
  return logarithm ? f.sub(shifted, f.log(sum)) : f.div(powers, sum);
}

function sameShape([x]: readonly TensorSpec[]): readonly TensorSpec[] {
  return [{ shape: x!.shape, dtype: toFloat(x!.dtype) }];
}

/** The entry of {@linkcode softmax}. */
export const softmaxOperation: Operation<AxesAttributes> = {
  name: "softmax",
  normalize: normalizeSoftmax,
  infer: sameShape,
  rows: ([place], _, { axis }) => [rowsBeside(place!, axis)],
  emit: (emitter, [x], { axis, values }) =>
    asFloat(emitter, x!, (f, input) => writeSoftmax(f, input, axis, values, false)),
};

/**
 * Exponentials that sum to 1 over an axis or several: `e^x / Σ e^x`, without overflow.
 *
 * @throws {ShapeError} If an axis is out of range or named twice.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.softmax([[3, 3], [0, 0]]).array(), [[0.5, 0.5], [0.5, 0.5]]);
 * assertEquals(ops.softmax([[3, 3], [3, 3]], { axis: [0, 1] }).array(), [[0.25, 0.25], [0.25, 0.25]]);
 * ```
 */
export function softmax<const X extends TensorLike, const O extends SoftmaxOptions = NoOptions>(
  x: X & CheckDefaults<O, "axis", AlongAxis<ShapeOf<X>, O>>,
  options?: O & Check<AlongAxis<ShapeOf<X>, O>>,
): FloatLike<X> {
  checkOpOptions("softmax", options, ["axis"]);
  return applyWith(softmaxOperation, [x], options) as never;
}

/** The entry of {@linkcode logSoftmax}. */
export const logSoftmaxOperation: Operation<AxesAttributes> = {
  name: "logSoftmax",
  normalize: normalizeSoftmax,
  infer: sameShape,
  rows: ([place], _, { axis }) => [rowsBeside(place!, axis)],
  emit: (emitter, [x], { axis, values }) =>
    asFloat(emitter, x!, (f, input) => writeSoftmax(f, input, axis, values, true)),
};

/**
 * The logarithm of {@linkcode softmax}: `x - ln Σ e^x`, without overflow.
 *
 * @throws {ShapeError} If an axis is out of range or named twice.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * const [first] = ops.logSoftmax([3, 3]).array();
 * assertEquals(first?.toFixed(5), "-0.69315");
 * ```
 */
export function logSoftmax<const X extends TensorLike, const O extends SoftmaxOptions = NoOptions>(
  x: X & CheckDefaults<O, "axis", AlongAxis<ShapeOf<X>, O>>,
  options?: O & Check<AlongAxis<ShapeOf<X>, O>>,
): FloatLike<X> {
  checkOpOptions("logSoftmax", options, ["axis"]);
  return applyWith(logSoftmaxOperation, [x], options) as never;
}

/** The options of {@linkcode sparsemax}. */
export interface SparsemaxOptions {
  /** The axis along which the results sum to 1. Default: -1. */
  readonly axis?: number;
}

function writeSparsemax(f: Formula, x: Value, axis: number, rank: number): Value {
  const { emitter } = f;
  const attributes = { axis: int(axis) };
  const over = emitter.integers([axis]);
  const sizes = emitter.node("Shape", [x], { dtype: "int64" });
  const size = emitter.node("Gather", [sizes, over], { attributes: { axis: int(0) } });
  const [sorted] = emitter.nodeWithOutputs("TopK", [x, size], [null, "int64"], { attributes });
  const sums = emitter.node("CumSum", [sorted!, emitter.scalar(axis, "int64")]);
  const one = emitter.scalar(1, "int64");
  const end = emitter.node("Squeeze", [emitter.node("Add", [size, one])]);
  const counted = emitter.cast(emitter.node("Range", [one, end, one]), f.dtype);
  const after = Array.from({ length: rank - axis - 1 }, (_, index) => index + 1);
  const place = after.length === 0 ? counted : emitter.node("Unsqueeze", [counted, emitter.integers(after)]);
  const supports = f.greater(f.add(f.mul(sorted!, place), 1), sums);
  const count = emitter.node("ReduceSum", [emitter.cast(supports, f.dtype), over]);
  const sum = emitter.node("ReduceSum", [f.where(supports, sorted!, 0), over]);
  return f.max(f.sub(x, f.div(f.sub(sum, 1), count)), 0);
}

/** The entry of {@linkcode sparsemax}. */
export const sparsemaxOperation: Operation<SortAttributes> = {
  name: "sparsemax",
  normalize: ({ axis = -1 }: SparsemaxOptions, [x]) => sortAttributes(x!.shape, normalizeAxis(axis, x!.shape)),
  infer: sameShape,
  rows: ([place], _, { axis }) => [rowsBeside(place!, [axis])],
  emit: (emitter, [x], { axis, empty, open }) =>
    asFloat(emitter, x!, (f, input) => {
      if (empty) return input;
      const { padded, restore } = guarded(emitter, { ...input, shape: x!.shape }, open);
      return restore(writeSparsemax(f, padded, axis, x!.shape.length));
    }),
};

/**
 * The nearest point, along an axis, whose elements sum to 1 and are not negative: most of them become 0. See "From
 * Softmax to Sparsemax" (Martins and Astudillo, 2016).
 *
 * @throws {ShapeError} If the axis is out of range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.sparsemax([1, 0.5, -1]).array(), [0.75, 0.25, 0]);
 * ```
 */
export function sparsemax<const X extends TensorLike, const O extends SparsemaxOptions = NoOptions>(
  x: X & CheckDefaults<O, "axis", AlongAxis<ShapeOf<X>, O>>,
  options?: O & Check<AlongAxis<ShapeOf<X>, O>>,
): FloatLike<X> {
  checkOpOptions("sparsemax", options, ["axis"]);
  if (options?.axis !== undefined) checkNumbers("sparsemax", { axis: options.axis });
  return applyWith(sparsemaxOperation, [x], options) as never;
}

/** The options of {@linkcode glu}. */
export interface GluOptions {
  /** The axis that is split. Default: -1. */
  readonly axis?: number;
}

/** The entry of {@linkcode glu}. */
export const gluOperation: Operation<{ readonly axis: number; readonly values: Values }> = {
  name: "glu",
  normalize({ axis = -1 }: GluOptions, [x]) {
    // An axis that the shape lacks, or that has no halves, gets the sentence of this op.
    halve(x!.shape, axis);
    return { axis: normalizeAxis(axis, x!.shape), values: valuesAlong(x!.shape, axis) };
  },
  infer: ([x], { axis }) => [{ shape: halve(x!.shape, axis), dtype: toFloat(x!.dtype) }],
  rows: ([place], _, { axis }) => [rowsBeside(place!, [axis])],
  emit: (emitter, [x], { axis, values }) =>
    asFloat(emitter, x!, (f, input) => {
      const [value, gate] = halves(emitter, input, axis, values);
      return f.mul(value!, sigmoid(f, gate!));
    }),
};

/** Both halves of an axis. The engine's Split does not take an axis without values. */
function halves(emitter: Emitter, x: Value, axis: number, values: Values): readonly Value[] {
  if (values !== "none" && values !== "open") {
    return emitter.nodeWithOutputs("Split", [x], [null, null], {
      attributes: { axis: int(axis), num_outputs: int(2) },
    });
  }
  const at = emitter.integers([axis]);
  const size = emitter.node("Shape", [x], { attributes: { start: int(axis), end: int(axis + 1) }, dtype: "int64" });
  const half = emitter.node("Div", [size, emitter.integers([2])]);
  const part = (from: Value, to: Value): Value => emitter.node("Slice", [x, from, to, at]);
  return [part(emitter.integers([0]), half), part(half, size)];
}

/**
 * The gated linear unit: the first half of an axis times the sigmoid of the second half.
 *
 * @throws {ShapeError} If the axis is out of range or has an odd size.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.glu([4, 6, 0, 0]).array(), [2, 3]);
 * ```
 */
export function glu<const X extends TensorLike, const O extends GluOptions = NoOptions>(
  x: X & CheckDefaults<O, "axis", halve<ShapeOf<X>, AxisIn<O> & number>>,
  options?: O & Check<halve<ShapeOf<X>, AxisIn<O> & number>>,
): Like<X, halve<ShapeOf<X>, AxisIn<O> & number>, toFloat<DTypeOf<X>>> {
  checkOpOptions("glu", options, ["axis"]);
  return applyWith(gluOperation, [x], options) as never;
}
