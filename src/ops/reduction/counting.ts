/**
 * Counts of values, and where they are not 0.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { int, type Value } from "../../emission/emitter.ts";
import type { addDims } from "../../shape/arithmetic.ts";
import { showShape } from "../../shape/dim.ts";
import { InputRangeError, ShapeError } from "../../shape/error.ts";
import { castValues } from "../../tensor/convert.ts";
import type { DType, TypedArrayOf } from "../../tensor/dtype.ts";
import { EagerTensor } from "../../tensor/eager.ts";
import { type Like, type TensorLike, toTensor } from "../../tensor/like.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { checkOpOptions } from "../arguments.ts";
import { equal, greaterEqual, less, lessEqual } from "../elementwise/comparison.ts";
import { apply } from "../define.ts";
import { Formula } from "../../emission/formula.ts";
import { type checkIndices, toIndices } from "../shaping/indexing.ts";
import { logicalAnd, logicalOr } from "../elementwise/logical.ts";
import { countAlong, reduceNode } from "./sums.ts";
import { sum } from "./reduction.ts";
import { cast } from "../elementwise/selection.ts";
import { expandDims } from "../shaping/shaping.ts";
import { ravel } from "../shaping/stacking.ts";
import { takeSlice } from "../shaping/take_slice.ts";
import { valuesFor } from "../values.ts";

/** The options of {@linkcode bincount}. */
export interface BincountOptions {
  /** The weight of each value: as many as there are values. Default: 1. */
  readonly weights?: TensorLike | undefined;
  /** The number of counts at least. Default: 0. */
  readonly minlength?: number | undefined;
}

/**
 * Counts how often each integer occurs, from 0 to the greatest one; of two axes, in each row. It needs values, since they say how
 * many counts there are.
 *
 * @param x Integers that are not negative; negative ones count as 0.
 * @param options The weights, and how many counts there are at least.
 * @throws {ShapeError} If there are other than 1 or 2 axes, or the weights do not fit.
 * @throws {DTypeError} If `x` holds no integers.
 * @throws {TypeError} If `x` has no values yet.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.bincount([1, 3, 1]).array(), [0, 2, 0, 1]);
 * assertEquals(ops.bincount([1, 0, 1], { weights: [0.5, 1, 2] }).array(), [1, 2.5]);
 * ```
 */
export function bincount<const X extends TensorLike>(
  x: X & checkIndices<X>,
  options: BincountOptions = {},
): EagerTensor {
  checkOpOptions("bincount", options, ["minlength", "weights"]);
  const { weights, minlength = 0 } = options;
  const tensor = toIndices(x);
  const values = Array.from(
    valuesFor(tensor, "bincount") as ArrayLike<number | bigint>,
    (value) => Math.max(0, Number(value)),
  );
  const { shape } = tensor as { readonly shape: readonly number[] };
  if (shape.length !== 1 && shape.length !== 2) {
    throw new ShapeError(`Cannot count values of shape ${showShape(shape)}: expected 1 axis or 2`);
  }
  const given = weights === undefined ? undefined : toTensor(weights);
  if (given !== undefined && `${given.shape}` !== `${shape}`) {
    throw new ShapeError(
      `Cannot count values of shape ${showShape(shape)}: expected as many weights, received ${showShape(given.shape)}`,
    );
  }
  const each = given === undefined ? undefined : valuesFor(given, "bincount") as ArrayLike<number | bigint>;
  const [rows, columns] = shape.length === 1 ? [1, shape[0]!] : [shape[0]!, shape[1]!];
  const length = values.reduce((greatest, value) => Math.max(greatest, value + 1), minlength);
  const counts = new Float64Array(rows * length);
  for (const [place, value] of values.entries()) {
    counts[Math.floor(place / columns) * length + value]! += each === undefined ? 1 : Number(each[place]);
  }
  const dtype = given?.dtype ?? "int32";
  const result = shape.length === 1 ? [length] : [rows, length];
  return new EagerTensor(result, dtype, castValues(counts, dtype) as TypedArrayOf<DType>) as never;
}

/** The options of {@linkcode histogram}. */
export interface HistogramOptions<Bins extends number = number> {
  /** The number of bins. Default: 10. */
  readonly bins?: Bins | undefined;
  /** The range of the bins. Default: at the least and the greatest value. */
  readonly range?: readonly [least: number, greatest: number] | undefined;
}

/** @internal */
type EdgesShape<Bins extends number> = readonly [addDims<Bins, 1>];

/**
 * Counts how many values are in each of several bins of the same width, which have their lower bounds; the last bin has its
 * upper one too.
 *
 * @param x Values of any shape.
 * @param options The number of bins and their range.
 * @throws {RangeError} If the number of bins is not a positive integer, or the range ends before it begins.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * const [counts, edges] = ops.histogram([1, 2, 2, 5], { bins: 2 });
 * assertEquals([counts.array(), edges.array()], [[3, 1], [1, 3, 5]]);
 * ```
 */
export function histogram<const X extends TensorLike, const Bins extends number = 10>(
  x: X,
  options: HistogramOptions<Bins> = {},
): readonly [
  counts: Like<X, readonly [Bins], "float32">,
  edges: Like<X, EdgesShape<Bins>, "float32">,
] {
  checkOpOptions("histogram", options, ["bins", "range"]);
  const { bins = 10, range } = options as HistogramOptions;
  if (!Number.isSafeInteger(bins) || bins < 1) {
    throw new InputRangeError(`Cannot make a histogram of ${bins} bins: expected a positive integer`);
  }
  if (range !== undefined && !(range[0] <= range[1])) {
    throw new InputRangeError(`Cannot make a histogram from ${range[0]} to ${range[1]}: expected bounds that ascend`);
  }
  const values: Tensor = ravel(cast(toTensor(x), "float32") as Tensor);
  const edges = apply(histogramEdgesOperation, [values], {
    bins,
    range,
    empty: typeof values.shape[0] === "number" ? values.shape[0] === 0 : null,
  });
  const column: Tensor = expandDims(edges, -1);
  const [low, high] = [takeSlice(column, 0, 0, -1), takeSlice(column, 0, 1)];
  const last: Tensor = equal(high, takeSlice(column, 0, -1)) as Tensor;
  const below: Tensor = logicalOr(
    less(values, high) as Tensor,
    logicalAnd(last, lessEqual(values, high) as Tensor) as Tensor,
  );
  const inside: Tensor = logicalAnd(greaterEqual(values, low) as Tensor, below);
  return [sum(cast(inside, "float32") as Tensor, { axis: 1 }), edges] as never;
}

export const histogramEdgesOperation: Operation<{
  readonly bins: number;
  readonly range: readonly number[] | undefined;
  /** Whether there are no values, of which none is the least; `null` where only the run knows. */
  readonly empty: boolean | null;
}> = {
  name: "histogramEdges",
  infer: (_, { bins }) => [{ shape: [bins + 1], dtype: "float32" }],
  emit(emitter, [values], { bins, range, empty }) {
    const f = new Formula(emitter, "float32");
    const ends = range ?? [0, 1];
    const isNone = (): Value => new Formula(emitter, "int64").equal(countAlong(emitter, values!, [0]), 0);
    const [low, high] = range !== undefined || empty === true
      ? ends.map((end) => f.value(end))
      : ["ReduceMin", "ReduceMax"].map((opType, place) => {
        const found = reduceNode(emitter, opType, values!, [0]);
        return empty === null ? f.where(isNone(), ends[place]!, found) : found;
      });
    // Of equal values the bounds are half a unit away.
    const half = f.where(f.equal(low!, high!), 0.5, 0);
    const [least, greatest] = [f.sub(low!, half), f.add(high!, half)];
    const parts = emitter.constant(Array.from({ length: bins }, (_, bin) => bin / bins), "float32", [bins]);
    const inner = f.add(f.mul(least, f.sub(1, parts)), f.mul(greatest, parts));
    // The last bound is met exactly, whatever the rounding.
    const last = emitter.node("Reshape", [greatest, emitter.integers([1])]);
    return emitter.node("Concat", [inner, last], { attributes: { axis: int(0) } });
  },
};

/**
 * The indices of the elements that are not 0: for each axis a tensor of them, in row-major order; `int32`. It needs values, since
 * they say how many there are.
 *
 * @throws {TypeError} If `x` has no values yet.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.nonzero([[0, 2], [3, 0]]).map((indices) => indices.array()), [[0, 1], [1, 0]]);
 * ```
 */
export function nonzero<const X extends TensorLike>(x: X): readonly EagerTensor<readonly [number], "int32">[] {
  const tensor = toTensor(x);
  const values = valuesFor(tensor, "nonzero") as ArrayLike<number | bigint>;
  const shape = tensor.shape as readonly number[];
  const places: number[] = [];
  for (let place = 0; place < values.length; place++) if (Number(values[place]) !== 0) places.push(place);
  return shape.map((dim, axis) => {
    const behind = shape.slice(axis + 1).reduce((size, other) => size * other, 1);
    const indices = places.map((place) => Math.floor(place / behind) % dim);
    return new EagerTensor([indices.length], "int32", castValues(indices, "int32")) as never;
  });
}
