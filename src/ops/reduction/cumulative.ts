/**
 * Cumulative sums and products, and differences.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { type Emitter, int, ints, type Value } from "../../emission/emitter.ts";
import type { OnnxGraph } from "../../onnx/model.ts";
import { normalizeAxis } from "../../shape/axis.ts";
import { cumulate } from "../../shape/cumulate.ts";
import { difference } from "../../shape/difference.ts";
import type { Shape } from "../../shape/dim.ts";
import { InputRangeError } from "../../shape/error.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Check, Like, ShapeOf, StrongDTypeOf, TensorLike } from "../../tensor/like.ts";
import { checkOpOptions } from "../arguments.ts";
import { applyWith, callable } from "../define.ts";
import type { AxisOf, CheckDefaults, NoOptions, Only, OptionOf } from "../options.ts";
import { rowsBeside } from "../rows.ts";
import { addingMany, type Values, valuesAlong, valuesOfSizes } from "./sums.ts";
import type { boolToInt } from "../types.ts";

/** The options of a cumulative op. */
export interface CumulativeOptions {
  /** The axis to go along; a negative one counts from the end. Default: all values, in row-major order. */
  readonly axis?: number | undefined;
}

/** The shape of a cumulative op with options `O`. */
export type Cumulated<X, O> = OptionOf<O, "axis"> extends infer Axis extends number | undefined
  ? cumulate<ShapeOf<X>, Axis>
  : Shape;

/** A cumulative op. */
export interface Cumulative {
  /** Goes along an axis, or through all values in row-major order; `bool` becomes `int32`. */
  <const X extends TensorLike, const O extends CumulativeOptions = NoOptions>(
    x: X,
    options?: O & Only<O, CumulativeOptions> & Check<Cumulated<X, O>>,
  ): Like<X, Cumulated<X, O>, boolToInt<StrongDTypeOf<X>>>;
}

type CumulativeAttributes = {
  /** The axis, counted from the start; `null` for all values in row-major order. */
  readonly axis: number | null;
  /** The number of values. */
  readonly values: Values;
};

/** Writes the nodes for an axis of a tensor of some rank, which may have no values if they are `"open"`. */
type Emission = (emitter: Emitter, x: Value, axis: number, rank: number, values: Values) => Value;

function cumulative(name: string, emit: Emission, computed: (dtype: DType) => DType): Cumulative {
  const resultOf = (dtype: DType): DType => dtype === "bool" ? "int32" : dtype;
  const op: Operation<CumulativeAttributes> = {
    name,
    normalize({ axis }: CumulativeOptions, [x]) {
      const place = axis == null ? null : normalizeAxis(axis, x!.shape);
      // Many values do not matter where the axis has few of them.
      const all = valuesOfSizes(x!.shape);
      return { axis: place, values: all === "many" ? valuesAlong(x!.shape, place ?? undefined) : all };
    },
    infer: ([x], { axis }) => [{ shape: cumulate(x!.shape, axis ?? undefined), dtype: resultOf(x!.dtype) }],
    rows: ([place], _, { axis }) => [axis === null ? undefined : rowsBeside(place!, [axis])],
    emit(emitter, [x], { axis, values }) {
      const { shape, dtype } = x!;
      const flat = axis === null;
      let value = emitter.cast(x!, computed(resultOf(dtype)));
      if (flat) value = emitter.node("Reshape", [value, emitter.integers([-1])]);
      if (values !== "none") {
        const [place, rank] = flat ? [0, 1] : [axis, shape.length];
        value = emit(emitter, value, place, rank, values);
      }
      return emitter.cast(value, resultOf(dtype));
    },
  };
  const call = (x: TensorLike, options?: CumulativeOptions) => {
    checkOpOptions(name, options, ["axis"]);
    return applyWith(op, [x], options);
  };
  return callable(call as Cumulative, op);
}

/**
 * Sums values up to each one along an axis: `y_i = x_1 + ... + x_i`. `bool` gives `int32`.
 *
 * Without an axis, values are taken in row-major order and the result has one axis.
 *
 * @throws {ShapeError} If the axis is out of range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.cumsum([[1, 2], [3, 4]], { axis: 1 }).array(), [[1, 3], [3, 7]]);
 * assertEquals(ops.cumsum([[1, 2], [3, 4]]).array(), [1, 3, 6, 10]);
 * ```
 */
export const cumsum: Cumulative = cumulative(
  "cumsum",
  (emitter, x, axis, _rank, values) =>
    addingMany(emitter, x, [axis], values, (input) => emitter.node("CumSum", [input, emitter.scalar(axis, "int64")])),
  (dtype) => dtype,
);

/**
 * Multiplies values up to each one along an axis: `y_i = x_1 * ... * x_i`. `bool` gives `int32`.
 *
 * Without an axis, values are taken in row-major order and the result has one axis.
 *
 * @throws {ShapeError} If the axis is out of range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.cumprod([[1, 2], [3, -4]], { axis: 1 }).array(), [[1, 2], [3, -12]]);
 * assertEquals(ops.cumprod([1, 0, 5]).array(), [1, 0, 0]);
 * ```
 */
export const cumprod: Cumulative = cumulative(
  "cumprod",
  product,
  // The nodes inside a scan get no casts from the emitter; each of these dtypes is multiplied as it is.
  (dtype) => dtype === "float16" ? "float32" : dtype,
);

// The engine cannot scan what has no values. Where that may come, each axis gets a 1 more: the scanned one before its
// values, the others after them, where they are cut off again.
function product(emitter: Emitter, x: Value, axis: number, rank: number, values: Values): Value {
  if (values !== "open") return scanProduct(emitter, x, axis, rank);
  const axes = Array.from({ length: rank }, (_, place) => place);
  const [before, behind] = [axes.map((place) => place === axis ? 1 : 0), axes.map((place) => place === axis ? 0 : 1)];
  const pads = emitter.integers([...before, ...behind]);
  const padded = emitter.node("Pad", [x, pads, emitter.scalar(1, x.dtype)]);
  const ends = emitter.integers(axes.map((place) => place === axis ? Number.MAX_SAFE_INTEGER : -1));
  const products = scanProduct(emitter, padded, axis, rank);
  return emitter.node("Slice", [products, emitter.integers(before), ends, emitter.integers(axes)]);
}

// ONNX has no cumulative product. Logarithms lose signs and digits, and a product over a triangle costs the square of
// the length, so the axis is scanned: one multiplication a step, on all other axes at once.
function scanProduct(emitter: Emitter, x: Value, axis: number, rank: number): Value {
  const others = Array.from({ length: rank }, (_, place) => place).filter((place) => place !== axis);
  const sizes = emitter.node("Gather", [emitter.node("Shape", [x], { dtype: "int64" }), emitter.integers(others)]);
  const start = emitter.node("Expand", [emitter.scalar(1, x.dtype), sizes]);
  const attributes = {
    body: { type: "graph", value: productStep(emitter, x.dtype) },
    num_scan_inputs: int(1),
    scan_input_axes: ints([axis]),
    scan_output_axes: ints([axis]),
  } as const;
  const [, products] = emitter.nodeWithOutputs("Scan", [start, x], [x.dtype, x.dtype], { attributes });
  return products!;
}

/** One step: the product so far times the next value is the new product so far, and the value to give. */
function productStep(emitter: Emitter, dtype: DType): OnnxGraph {
  const value = (name: string) => ({ name: emitter.uniqueName(name), dtype });
  const [before, next, after, given] = [value("before"), value("next"), value("after"), value("given")];
  const node = (opType: string, inputs: readonly string[], output: string) => ({
    opType,
    name: emitter.uniqueName(opType),
    inputs,
    outputs: [output],
    attributes: {},
  });
  return {
    name: "product_step",
    inputs: [before, next],
    outputs: [after, given],
    nodes: [node("Mul", [before.name, next.name], after.name), node("Identity", [after.name], given.name)],
    initializers: [],
  };
}

/** The options of {@linkcode diff}. */
export interface DiffOptions {
  /** The number of times. Default: 1. */
  readonly n?: number | undefined;
  /** The axis to go along; a negative one counts from the end. Default: -1. */
  readonly axis?: number | undefined;
}

/** @internal */
type DiffShape<S extends Shape, O> = OptionOf<O, "n", 1> extends infer N extends number
  ? difference<S, N, AxisOf<O, -1>>
  : Shape;

export const diffOperation: Operation<{ readonly n: number; readonly axis: number }> = {
  name: "diff",
  normalize({ n = 1, axis = -1 }: DiffOptions, [x]) {
    if (!Number.isSafeInteger(n) || n < 0) {
      throw new InputRangeError(`Cannot take differences ${n} times: expected a non-negative integer`);
    }
    return { n, axis: normalizeAxis(axis, x!.shape) };
  },
  infer: ([x], { n, axis }) => [{ shape: difference(x!.shape, n, axis), dtype: x!.dtype }],
  rows: ([place], _, { axis }) => [rowsBeside(place!, [axis])],
  emit(emitter, [x], { n, axis }) {
    const part = (value: Value, start: number, end: number): Value =>
      emitter.node("Slice", [value, ...[start, end, axis].map((bound) => emitter.integers([bound]))]);
    let value = x!;
    for (let time = 0; time < n; time++) {
      value = emitter.node(value.dtype === "bool" ? "Xor" : "Sub", [
        part(value, 1, Number.MAX_SAFE_INTEGER),
        part(value, 0, -1),
      ]);
    }
    return value;
  },
};

/**
 * Subtracts from each value the one before it along an axis: `y_i = x_(i+1) - x_i`, `n` times over. The dtype stays; of
 * booleans it is told whether they differ.
 *
 * @throws {ShapeError} If there is no such axis.
 * @throws {RangeError} If `n` is negative or no integer.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.diff([1, 2, 4, 7]).array(), [1, 2, 3]);
 * assertEquals(ops.diff([1, 2, 4, 7], { n: 2 }).array(), [1, 1]);
 * ```
 */
export function diff<const X extends TensorLike, const O extends DiffOptions = NoOptions>(
  x: X & CheckDefaults<O, "axis", DiffShape<ShapeOf<X>, O>>,
  options?: O & Check<DiffShape<ShapeOf<X>, O>>,
): Like<X, DiffShape<ShapeOf<X>, O>, StrongDTypeOf<X>> {
  checkOpOptions("diff", options, ["axis", "n"]);
  return applyWith(diffOperation, [x], options) as never;
}
