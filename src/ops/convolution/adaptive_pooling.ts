/**
 * Pooling to a given size: as many windows as asked for, which together cover all values.
 *
 * @module
 */
import { type Emitter, int, type Value } from "../../emission/emitter.ts";
import type { Operation } from "../../graph/operation.ts";
import type { Shape } from "../../shape/dim.ts";
import { InputRangeError } from "../../shape/error.ts";
import { adaptivePool } from "../../shape/pool.ts";
import { type AnyCase, anyCase, type DataFormat, type PerAxis, perAxis, spatialAxes } from "../../shape/spatial.ts";
import type { DType } from "../../tensor/dtype.ts";
import {
  type Check,
  type DTypeOf,
  type Like,
  type ShapeOf,
  type StrongDTypeOf,
  type TensorLike,
  toTensor,
} from "../../tensor/like.ts";
import { toFloat } from "../../tensor/promote.ts";
import { checkOpOptions } from "../arguments.ts";
import { apply } from "../define.ts";
import type { NoOptions, WordOf } from "../options.ts";
import { sizeOf, writeAveragePool, writeMaxPool } from "./pool_windows.ts";
import { isPositive, requireFormat } from "./pooling.ts";
import { whereNaN } from "../reduction/entries.ts";
import { rowsBeside } from "../rows.ts";
import { reduceNode, sumNode, type Values, valuesAlong } from "../reduction/sums.ts";

/** The options of {@linkcode adaptiveMaxPool} and {@linkcode adaptiveAveragePool}. */
export interface AdaptivePoolOptions {
  /** The position of the channel axis. Default: `"channels_last"`. */
  readonly dataFormat?: AnyCase<DataFormat>;
}

/** The shape of `X` pooled to a given size. */
export type AdaptivelyPooled<X, Out extends PerAxis, O> = adaptivePool<
  ShapeOf<X>,
  Out,
  WordOf<O, "dataFormat", DataFormat, "channels_last">
>;

type AdaptiveAttributes = {
  readonly outputSize: readonly number[];
  readonly dataFormat: DataFormat;
  /** The size of the windows along each axis, where all are equal and adjoin. */
  readonly equal: readonly number[] | undefined;
  /** The number of values that the spatial axes have. */
  readonly values: Values;
};

/** The windows of an axis, in int64: `[count]`, and the places of their values, `[count, longest]`. */
interface AxisWindows {
  readonly sizes: Value;
  readonly places: Value;
  /** `[longest]`: 0, 1, 2, ... */
  readonly counter: Value;
}

// Window i of m on an axis of size n begins at floor(i n / m) and ends before ceil((i + 1) n / m). Those that are
// shorter than the longest have their last place several times.
function axisWindows(emitter: Emitter, x: Value, axis: number, count: number): AxisWindows {
  const size = sizeOf(emitter, x, axis);
  const numbers = (from: number): Value => emitter.integers(Array.from({ length: count }, (_, i) => from + i));
  const node = (opType: string, a: Value, b: Value | number): Value =>
    emitter.node(opType, [a, typeof b === "number" ? emitter.integers([b]) : b]);
  const starts = node("Div", node("Mul", numbers(0), size), count);
  const ends = node("Div", node("Add", node("Mul", numbers(1), size), count - 1), count);
  const sizes = node("Sub", ends, starts);
  const longest = reduceNode(emitter, "ReduceMax", sizes, [0]);
  const counter = emitter.node("Range", [emitter.scalar(0, "int64"), longest, emitter.scalar(1, "int64")]);
  const column = (value: Value): Value => emitter.node("Unsqueeze", [value, emitter.integers([1])]);
  const places = node("Min", node("Add", column(starts), counter), column(node("Sub", ends, 1)));
  return { sizes, places, counter };
}

/** The way one axis is pooled. */
interface Along {
  readonly axis: number;
  /** The number of windows. */
  readonly count: number;
  /** The number of values that the spatial axes have. */
  readonly values: Values;
}

/** The values of each window of an axis, along a new axis after it. */
function gathered(emitter: Emitter, x: Value, axis: number, { places }: AxisWindows): Value {
  return emitter.node("Gather", [x, places], { attributes: { axis: int(axis) } });
}

function writeAdaptiveMax(emitter: Emitter, x: Value, _rank: number, { axis, count }: Along): Value {
  const values = gathered(emitter, x, axis, axisWindows(emitter, x, axis, count));
  const greatest = reduceNode(emitter, "ReduceMax", values, [axis + 1]);
  return whereNaN(emitter, values, [axis + 1], false, greatest, (nan) => nan);
}

function writeAdaptiveMean(emitter: Emitter, x: Value, rank: number, { axis, count, values }: Along): Value {
  const windows = axisWindows(emitter, x, axis, count);
  const taken = gathered(emitter, x, axis, windows);
  const behind = (value: Value, from: number): Value => {
    const added = Array.from({ length: rank - axis - 1 }, (_, i) => from + i);
    return added.length === 0 ? value : emitter.node("Unsqueeze", [value, emitter.integers(added)]);
  };
  const column = emitter.node("Unsqueeze", [windows.sizes, emitter.integers([1])]);
  const counts = emitter.node("Less", [windows.counter, column], { dtype: "bool" });
  const once = emitter.node("Where", [behind(counts, 2), taken, emitter.scalar(0, x.dtype)], { dtype: x.dtype });
  const sum = sumNode(emitter, "ReduceSum", once, [axis + 1], false, values);
  return emitter.node("Div", [sum, behind(emitter.cast(windows.sizes, x.dtype), 1)]);
}

interface Adaptive {
  readonly name: string;
  readonly result: (dtype: DType) => DType;
  readonly computed: (dtype: DType) => DType;
  readonly equal: typeof writeMaxPool;
  readonly unequal: typeof writeAdaptiveMax;
}

function adaptiveOperation(adaptive: Adaptive): Operation<AdaptiveAttributes> {
  const { name, result, computed, unequal } = adaptive;
  return {
    name,
    infer([x], { outputSize, dataFormat }) {
      return [{ shape: adaptivePool(x!.shape, outputSize, dataFormat), dtype: result(x!.dtype) }];
    },
    rows: ([axis], [x], { dataFormat }) => [rowsBeside(axis!, spatialAxes(x!.shape.length, dataFormat))],
    emit(emitter, [x], { outputSize, dataFormat, equal, values }) {
      const input = { ...emitter.cast(x!, computed(x!.dtype)), shape: x!.shape };
      const rank = x!.shape.length;
      const output = equal === undefined
        ? spatialAxes(rank, dataFormat).reduce<Value>(
          (value, axis, place) => unequal(emitter, value, rank, { axis, count: outputSize[place]!, values }),
          input,
        )
        : adaptive.equal(emitter, input, { poolSize: equal, strides: equal, padding: "valid", dataFormat });
      return emitter.cast(output, result(x!.dtype));
    },
  };
}

export const adaptiveMaxPoolOperation: Operation<AdaptiveAttributes> = adaptiveOperation({
  name: "adaptiveMaxPool",
  result: (dtype) => dtype,
  computed: (dtype) => dtype === "bool" ? "uint8" : dtype,
  equal: writeMaxPool,
  unequal: writeAdaptiveMax,
});

export const adaptiveAveragePoolOperation: Operation<AdaptiveAttributes> = adaptiveOperation({
  name: "adaptiveAveragePool",
  result: toFloat,
  // Halves are added up in float32, and rounded once.
  computed: (dtype) => dtype === "float64" ? "float64" : "float32",
  equal: writeAveragePool,
  unequal: writeAdaptiveMean,
});

/** The sizes of windows that are all equal, where that is known. */
function equalWindows(shape: Shape, sizes: readonly number[], dataFormat: DataFormat): readonly number[] | undefined {
  const axes = spatialAxes(shape.length, dataFormat);
  const windows = axes.map((axis, place) => {
    const dim = shape[axis];
    return typeof dim === "number" && dim > 0 && dim % sizes[place]! === 0 ? dim / sizes[place]! : 0;
  });
  return windows.includes(0) || shape.slice(1).includes(0) ? undefined : windows;
}

function applyAdaptive(
  op: Operation<AdaptiveAttributes>,
  x: TensorLike,
  outputSize: PerAxis,
  options: AdaptivePoolOptions = {},
): never {
  const tensor = toTensor(x);
  const dataFormat = anyCase(options.dataFormat ?? "channels_last");
  requireFormat(op.name, dataFormat);
  if (!isPositive(outputSize)) {
    throw new InputRangeError(
      `Cannot apply ${op.name}: expected positive integers as outputSize, received ${JSON.stringify(outputSize)}`,
    );
  }
  const axes = spatialAxes(tensor.shape.length, dataFormat);
  const sizes = perAxis(outputSize, axes.length);
  const values = valuesAlong(tensor.shape, axes);
  const equal = equalWindows(tensor.shape, sizes, dataFormat);
  return apply(op, [tensor], { outputSize: sizes, dataFormat, equal, values }) as never;
}

/**
 * Takes the greatest value of each of as many windows as asked for. Along an axis of size `n`, window `i` of `m` holds the
 * values from `floor(i n / m)` up to, not including, `ceil((i + 1) n / m)`.
 *
 * @param x The tensor, `[batch, ...spatial, channels]` with 1 to 3 spatial axes.
 * @param outputSize How many windows: one number for all spatial axes, or one for each.
 * @param options The data format.
 * @throws {ShapeError} If the rank is not 3 to 5, or there is not a number for each spatial axis.
 * @throws {RangeError} If a number is no positive integer, or the data format is none.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.adaptiveMaxPool([[[1], [5], [2], [4], [3]]], 3).array(), [[[5], [5], [4]]]);
 * ```
 */
export function adaptiveMaxPool<
  const X extends TensorLike,
  const Out extends PerAxis,
  const O extends AdaptivePoolOptions = NoOptions,
>(
  x: X,
  outputSize: Out & Check<AdaptivelyPooled<X, Out, O>>,
  options?: O,
): Like<X, AdaptivelyPooled<X, Out, O>, StrongDTypeOf<X>> {
  checkOpOptions("adaptiveMaxPool", options, ["dataFormat"]);
  return applyAdaptive(adaptiveMaxPoolOperation, x, outputSize as PerAxis, options);
}

/**
 * Takes the mean of each of as many windows as asked for, a float. Along an axis of size `n`, window `i` of `m` holds the
 * values from `floor(i n / m)` up to, not including, `ceil((i + 1) n / m)`.
 *
 * @param x The tensor, `[batch, ...spatial, channels]` with 1 to 3 spatial axes.
 * @param outputSize How many windows: one number for all spatial axes, or one for each.
 * @param options The data format.
 * @throws {ShapeError} If the rank is not 3 to 5, or there is not a number for each spatial axis.
 * @throws {RangeError} If a number is no positive integer, or the data format is none.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.adaptiveAveragePool([[[1], [5], [3], [4], [2]]], 2).array(), [[[3], [3]]]);
 * ```
 */
export function adaptiveAveragePool<
  const X extends TensorLike,
  const Out extends PerAxis,
  const O extends AdaptivePoolOptions = NoOptions,
>(
  x: X,
  outputSize: Out & Check<AdaptivelyPooled<X, Out, O>>,
  options?: O,
): Like<X, AdaptivelyPooled<X, Out, O>, toFloat<DTypeOf<X>>> {
  checkOpOptions("adaptiveAveragePool", options, ["dataFormat"]);
  return applyAdaptive(adaptiveAveragePoolOperation, x, outputSize as PerAxis, options);
}
