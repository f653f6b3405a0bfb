/**
 * The way reductions of the op table are made, and the types that they share.
 *
 * @module
 */
import type { Emitter, Value } from "../../emission/emitter.ts";
import type { Operation } from "../../graph/operation.ts";
import { normalizeAxes } from "../../shape/axis.ts";
import { type Shape, showShape } from "../../shape/dim.ts";
import { ShapeError } from "../../shape/error.ts";
import { type AxisOption, reduce } from "../../shape/reduce.ts";
import type { DType, DTypeOfKind } from "../../tensor/dtype.ts";
import type { Check, DTypeOf, Like, ShapeOf, StrongDTypeOf } from "../../tensor/like.ts";
import type { TensorLike } from "../../tensor/like.ts";
import type { toFloat, WeakDType } from "../../tensor/promote.ts";
import { isFloat, isSigned } from "../../tensor/promote.ts";
import type { Tensor, TensorSpec } from "../../tensor/tensor.ts";
import { checkOpOptions } from "../arguments.ts";
import { applyWith, callable } from "../define.ts";
import type { NoOptions, Only, OptionOf } from "../options.ts";
import { type RowAxis, rowsBeside, rowsWithout } from "../rows.ts";
import { reduceNode, type Values, valuesAlong } from "./sums.ts";
import type { DTypeRule } from "../types.ts";

/** The options of a reduction. */
export interface ReduceOptions {
  /** The axis, or the axes, to reduce; negative ones count from the end. Default: all. No axes leave every value as it is. */
  readonly axis?: number | readonly number[] | undefined;
  /** Whether a reduced axis stays, as 1. Default: `false`. */
  readonly keepDims?: boolean | undefined;
}

/** The options of an op that looks along one axis. */
export interface ArgReduceOptions {
  /** The axis; a negative one counts from the end. Default: all values, counted in row-major order. */
  readonly axis?: number | undefined;
  /** Whether the axis, or all axes where none is given, stay, as 1. Default: `false`. */
  readonly keepDims?: boolean | undefined;
}

/** The shape of a reduction with options `O`. */
export type Reduced<X, O> = [OptionOf<O, "axis">, OptionOf<O, "keepDims", false>] extends
  [infer Axis extends AxisOption, infer KeepDims extends boolean] ? reduce<ShapeOf<X>, Axis, KeepDims> : Shape;

/**
 * The dtype of a sum: that of the values, but `int32` for `bool` and `uint8`.
 *
 * @internal
 */
export type summed<D extends DType | WeakDType> = D extends WeakDType ? "float32"
  : D extends DTypeOfKind<"bool" | "unsigned"> ? "int32"
  : D & DType;

/** The dtype of a sum: that of the values, but `int32` for `bool` and `uint8`. */
export function summed(dtype: DType): DType {
  return isSigned(dtype) ? dtype : "int32";
}

/** A reduction whose result has the dtype of the values. */
export interface Reduction {
  /** Reduces an axis, several or all. */
  <const X extends TensorLike, const O extends ReduceOptions = NoOptions>(
    x: X,
    options?: O & Only<O, ReduceOptions> & Check<Reduced<X, O>>,
  ): Like<X, Reduced<X, O>, StrongDTypeOf<X>>;
}

/** A reduction whose result has the dtype of the values, but `int32` for `bool` and `uint8`. */
export interface ReductionSum {
  /** Reduces an axis, several or all. */
  <const X extends TensorLike, const O extends ReduceOptions = NoOptions>(
    x: X,
    options?: O & Only<O, ReduceOptions> & Check<Reduced<X, O>>,
  ): Like<X, Reduced<X, O>, summed<DTypeOf<X>>>;
}

/** A reduction whose result is a float. */
export interface ReductionFloat {
  /** Reduces an axis, several or all. */
  <const X extends TensorLike, const O extends ReduceOptions = NoOptions>(
    x: X,
    options?: O & Only<O, ReduceOptions> & Check<Reduced<X, O>>,
  ): Like<X, Reduced<X, O>, toFloat<DTypeOf<X>>>;
}

/** A reduction whose result is a boolean. */
export interface ReductionBool {
  /** Reduces an axis, several or all. */
  <const X extends TensorLike, const O extends ReduceOptions = NoOptions>(
    x: X,
    options?: O & Only<O, ReduceOptions> & Check<Reduced<X, O>>,
  ): Like<X, Reduced<X, O>, "bool">;
}

/** A reduction that counts. */
export interface ReductionCount {
  /** Counts along an axis, several or all. */
  <const X extends TensorLike, const O extends ReduceOptions = NoOptions>(
    x: X,
    options?: O & Only<O, ReduceOptions> & Check<Reduced<X, O>>,
  ): Like<X, Reduced<X, O>, "int32">;
}

/** An op that finds an index along an axis. */
export interface ArgReduction {
  /** Finds an index along an axis, or among all values. */
  <const X extends TensorLike, const O extends ArgReduceOptions = NoOptions>(
    x: X,
    options?: O & Only<O, ArgReduceOptions> & Check<Reduced<X, O>>,
  ): Like<X, Reduced<X, O>, "int32">;
}

/** The attributes of a reduction. */
export type ReduceAttributes = {
  /** The reduced axes, counted from the start. */
  readonly axis: readonly number[];
  /** Whether they stay, as 1. */
  readonly keepDims: boolean;
  /** The number of values that the reduced axes have. */
  readonly values?: Values;
};

/** What tells one reduction from another. */
export interface Reducer {
  /** The name in the op table. */
  readonly name: string;
  /** The dtype of the result. */
  readonly result: DTypeRule;
  /** The dtype to compute in, which is cast to before and from after. */
  readonly computed: DTypeRule;
  /** Whether there is no result where there are no values. */
  readonly needsValues?: boolean;
  /** Writes the nodes; `axes` are counted from the start. */
  readonly emit: (emitter: Emitter, x: Value, axes: readonly number[], attributes: ReduceAttributes) => Value;
}

/** The axes that an option means for a tensor, counted from the start. */
export function axesOf(shape: Shape, axis: AxisOption): readonly number[] {
  if (axis === undefined) return shape.map((_, place) => place);
  return normalizeAxes(typeof axis === "number" ? [axis] : axis, shape);
}

/** The axis of the rows in the result of a reduction over other axes. */
export function reductionRows(
  [place]: readonly RowAxis[],
  [x]: readonly TensorSpec[],
  { axis, keepDims }: { readonly axis: AxisOption; readonly keepDims: boolean },
): readonly (number | undefined)[] {
  const reduced = axesOf(x!.shape, axis);
  return [keepDims ? rowsBeside(place!, reduced) : rowsWithout(place!, reduced)];
}

/** Throws where a result is known to be of no values. */
export function requireValues(name: string, shape: Shape, axis: AxisOption): void {
  if (valuesAlong(shape, axis) !== "none") return;
  const axes = axesOf(shape, axis);
  // Where no result is due, or may turn out not to be, there is nothing to complain about.
  if (shape.some((dim, place) => !axes.includes(place) && (typeof dim !== "number" || dim === 0))) return;
  throw new ShapeError(
    `Cannot take ${name} of shape ${showShape(shape)} over axes ${showShape(axes)}: expected at least one value`,
  );
}

/** The names of the options of reductions. */
export const REDUCE_OPTIONS: readonly string[] = ["axis", "keepDims"];

/** The attributes of a reduction with these options. */
export function normalizeReduction(
  { axis, keepDims = false }: ReduceOptions,
  [x]: readonly TensorSpec[],
): ReduceAttributes {
  const axes = axesOf(x!.shape, axis);
  return { axis: axes, keepDims, values: valuesAlong(x!.shape, axes) };
}

/** Adds a reduction to the op table, and makes the function that users call. */
export function reduction(reducer: Reducer): (x: TensorLike, options?: ReduceOptions) => Tensor {
  const { name, result, computed, emit } = reducer;
  const op: Operation<ReduceAttributes> = {
    name,
    normalize: normalizeReduction,
    infer([x], { axis, keepDims }) {
      const shape = reduce(x!.shape, axis, keepDims);
      if (reducer.needsValues) requireValues(name, x!.shape, axis);
      return [{ shape, dtype: result(x!.dtype) }];
    },
    rows: reductionRows,
    emit(emitter, [x], attributes) {
      const input = emitter.cast(x!, computed(x!.dtype));
      return emitter.cast(emit(emitter, input, attributes.axis, attributes), result(x!.dtype));
    },
  };
  const call = (x: TensorLike, options?: ReduceOptions): Tensor => {
    checkOpOptions(name, options, REDUCE_OPTIONS);
    return applyWith(op, [x], options);
  };
  return callable(call, op);
}

/**
 * `value` where no value along `axes` is NaN, else what `other` says. The sum of the absolute values tells: no other
 * value than NaN makes it NaN.
 */
export function whereNaN(
  emitter: Emitter,
  x: Value,
  axes: readonly number[],
  keepDims: boolean,
  value: Value,
  other: (nan: Value) => Value,
): Value {
  if (!isFloat(x.dtype) || axes.length === 0) return value;
  const nan = reduceNode(emitter, "ReduceL1", x, axes, keepDims);
  return emitter.node("Where", [emitter.node("IsNaN", [nan], { dtype: "bool" }), other(nan), value], {
    dtype: value.dtype,
  });
}
