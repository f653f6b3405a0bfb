/**
 * Tensors that follow a rule, and tensors like others.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { int, type Value } from "../../emission/emitter.ts";
import { type Dim, type Shape, showShape } from "../../shape/dim.ts";
import { InputRangeError, ShapeError } from "../../shape/error.ts";
import { size } from "../../shape/arithmetic.ts";
import { castValues } from "../../tensor/convert.ts";
import type { CreationOptions } from "../../tensor/creation.ts";
import type { DType } from "../../tensor/dtype.ts";
import { EagerTensor } from "../../tensor/eager.ts";
import {
  type Like,
  scalarTensor,
  type ShapeOf,
  type StrongDTypeOf,
  type TensorLike,
  toTensor,
} from "../../tensor/like.ts";
import { checkNumbers, checkOpOptions } from "../arguments.ts";
import { apply } from "../define.ts";
import { dispatch } from "../../eager/dispatch.ts";
import type { NoOptions, OptionOf } from "../options.ts";

export { arange } from "../../tensor/creation.ts";
export { type Filled, full, ones, zeros } from "./filling.ts";
import { sameRows } from "../rows.ts";

/** The options of {@linkcode eye}. */
export interface EyeOptions<M extends number = number, D extends DType = DType> extends CreationOptions<D> {
  /** The number of columns. Default: that of rows. */
  readonly m?: M;
  /** Which diagonal: 0 is the main one, a positive number one above. Default: 0. */
  readonly k?: number;
}

/**
 * Makes a matrix with ones on a diagonal and zeros elsewhere.
 *
 * @param n The number of rows.
 * @param options The number of columns, the diagonal and the dtype, by default `"float32"`.
 * @throws {RangeError} If a size is negative or no integer.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.eye(2).array(), [[1, 0], [0, 1]]);
 * assertEquals(ops.eye(2, { k: 1 }).array(), [[0, 1], [0, 0]]);
 * ```
 */
export function eye<const N extends number, const M extends number = N, const D extends DType = "float32">(
  n: N,
  options: EyeOptions<M, D> = {},
): EagerTensor<readonly [N, M], D> {
  checkOpOptions("eye", options, ["dtype", "k", "m"]);
  const { m = n, k = 0, dtype = "float32" } = options as EyeOptions;
  for (const dim of [n, m]) {
    if (!Number.isSafeInteger(dim) || dim < 0) {
      throw new InputRangeError(
        `Cannot make an identity matrix of shape ${showShape([n, m])}: expected each dim to be a non-negative integer`,
      );
    }
  }
  const values = new Uint8Array(n * m);
  for (let row = Math.max(0, -k); row < n && row + k < m; row++) values[row * m + row + k] = 1;
  return new EagerTensor([n, m], dtype, castValues(values, dtype)) as never;
}

/** The options of {@linkcode linspace}. */
export interface LinspaceOptions<D extends DType = DType> extends CreationOptions<D> {
  /** Whether the last value is `stop`; if not, `stop` would be the next one. Default: `true`. */
  readonly endpoint?: boolean;
}

/**
 * Makes `num` values at equal distances from `start` to `stop`.
 *
 * @param start The first value.
 * @param stop The last value, or with `endpoint: false` the one after it.
 * @param num How many values. Default: 50.
 * @param options Whether `stop` is among the values, and the dtype, by default `"float32"`.
 * @throws {RangeError} If `num` is negative or no integer.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.linspace(0, 1, 5).array(), [0, 0.25, 0.5, 0.75, 1]);
 * ```
 */
export function linspace<const N extends number = 50, const D extends DType = "float32">(
  start: number,
  stop: number,
  num: N = 50 as N,
  options: LinspaceOptions<D> = {},
): EagerTensor<readonly [N], D> {
  checkOpOptions("linspace", options, ["dtype", "endpoint"]);
  checkNumbers("linspace", { start, stop });
  if (!Number.isSafeInteger(num) || num < 0) {
    throw new InputRangeError(`Cannot make ${num} evenly spaced values: expected a non-negative integer`);
  }
  const { endpoint = true, dtype = "float32" } = options as LinspaceOptions;
  const intervals = endpoint ? num - 1 : num;
  const values = Array.from({ length: num }, (_, i) => start + (stop - start) * (i / Math.max(intervals, 1)));
  // The end is met exactly, whatever the rounding.
  if (endpoint && num > 1) values[num - 1] = stop;
  return new EagerTensor([num], dtype, castValues(values, dtype)) as never;
}

/** The options of {@linkcode meshgrid}. */
export interface MeshgridOptions {
  /** `"xy"`: the first tensor runs along the second axis; `"ij"`: along the first. Default: `"xy"`. */
  readonly indexing?: "xy" | "ij";
}

/** The axis of the grid along which each tensor runs. */
function gridAxes(count: number, indexing: string): readonly number[] {
  const axes = Array.from({ length: count }, (_, i) => i);
  return indexing === "xy" && count > 1 ? [1, 0, ...axes.slice(2)] : axes;
}

export const meshgridOperation: Operation<{ indexing: string }> = {
  name: "meshgrid",
  infer(inputs, { indexing }) {
    const shape = gridAxes(inputs.length, indexing).map((input): Dim => {
      const own = inputs[input]!.shape;
      if (own.length > 1) {
        throw new ShapeError(`Cannot make a grid of shape ${showShape(own)}: expected tensors of at most one axis`);
      }
      return size(own);
    });
    return inputs.map(({ dtype }) => ({ shape, dtype }));
  },
  rows(axes, _, { indexing }) {
    const along = gridAxes(axes.length, indexing).filter((input) => axes[input] !== null);
    const place = along.length === 1 ? gridAxes(axes.length, indexing).indexOf(along[0]!) : undefined;
    return axes.map(() => place);
  },
  emit(emitter, inputs, { indexing }) {
    const axes = gridAxes(inputs.length, indexing);
    const flat = inputs.map((input) => emitter.node("Reshape", [input, emitter.integers([-1])]));
    const sizes = flat.map((input) => emitter.node("Shape", [input], { dtype: "int64" }));
    // Swapping two is its own inverse, so that `axes` tells both ways.
    const shape = emitter.node("Concat", axes.map((input) => sizes[input]!), { attributes: { axis: int(0) } });
    return flat.map((input, index): Value => {
      const others = Array.from({ length: inputs.length }, (_, i) => i).filter((axis) => axis !== axes[index]);
      const expanded = others.length === 0 ? input : emitter.node("Unsqueeze", [input, emitter.integers(others)]);
      return emitter.node("Expand", [expanded, shape]);
    });
  },
};

type Sizes<Xs extends readonly unknown[]> = {
  readonly [I in keyof Xs]: ShapeOf<Xs[I]> extends readonly [] ? 1
    : ShapeOf<Xs[I]> extends readonly [infer D extends Dim] ? D
    : null;
};
type Swap<S extends Shape> = S extends readonly [infer A extends Dim, infer B extends Dim, ...infer More extends Shape]
  ? readonly [B, A, ...More]
  : S;
/** @internal */
type Grid<Xs extends readonly TensorLike[], Indexing> = number extends Xs["length"] ? Shape
  : [Indexing] extends ["ij"] ? Sizes<Xs>
  : [Indexing] extends ["xy"] ? Swap<Sizes<Xs>>
  : { readonly [I in keyof Xs]: null };

/** The result of {@linkcode meshgrid}: for each tensor one that is as long along all axes. */
export type Grids<Xs extends readonly TensorLike[], Indexing> = {
  readonly [I in keyof Xs]: Like<Xs[number], Grid<Xs, Indexing>, StrongDTypeOf<Xs[I]>>;
};

/** The type of {@linkcode meshgrid}: one function, with or without options. */
export interface Meshgrid {
  /** A grid in the order that NumPy has by default. */
  <const Xs extends readonly TensorLike[]>(...xs: Xs): Grids<Xs, "xy">;
  /** A grid in a given order. */
  <const Xs extends readonly TensorLike[], const O extends MeshgridOptions>(
    ...args: [...xs: Xs, options: O]
  ): Grids<Xs, OptionOf<O, "indexing", "xy">>;
}

/**
 * Makes a grid of coordinates: each tensor of one axis is repeated along an axis for each of the others.
 *
 * @throws {ShapeError} If a tensor has more than one axis.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * const [x, y] = ops.meshgrid([1, 2, 3], [4, 5]);
 * assertEquals(x.array(), [[1, 2, 3], [1, 2, 3]]);
 * assertEquals(y.array(), [[4, 4, 4], [5, 5, 5]]);
 * ```
 */
export const meshgrid: Meshgrid = (...args: readonly (TensorLike | MeshgridOptions)[]): never => {
  const last = args.at(-1);
  const options = isOptions(last) ? last : undefined;
  const inputs = (options === undefined ? args : args.slice(0, -1)) as readonly TensorLike[];
  checkOpOptions("meshgrid", options, ["indexing"]);
  if (inputs.length === 0) return [] as never;
  return dispatch(meshgridOperation, inputs.map(toTensor), { indexing: options?.indexing ?? "xy" }) as never;
};

function isOptions(value: unknown): value is MeshgridOptions {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

export const fullLikeOperation: Operation = {
  name: "fullLike",
  infer: ([x, value]) => [{ shape: x!.shape, dtype: value!.dtype }],
  rows: sameRows,
  emit: (emitter, [x, value]) => emitter.node("Expand", [value!, emitter.node("Shape", [x!], { dtype: "int64" })]),
};

/**
 * Makes a tensor of one value, of the shape of another.
 *
 * @param x The tensor that gives the shape, and the dtype unless that is given.
 * @param value The value.
 * @param options The dtype.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.fullLike([1, 2, 3], 7).array(), [7, 7, 7]);
 * ```
 */
export function fullLike<const X extends TensorLike, const O extends CreationOptions = NoOptions>(
  x: X,
  value: number | boolean,
  options?: O,
): Like<X, ShapeOf<X>, OptionOf<O, "dtype", StrongDTypeOf<X>> & DType> {
  checkOpOptions("fullLike", options, ["dtype"]);
  const tensor = toTensor(x);
  return apply(fullLikeOperation, [tensor, scalarTensor(Number(value), options?.dtype ?? tensor.dtype)], {}) as never;
}

/**
 * Makes a tensor of zeros, of the shape of another.
 *
 * @param x The tensor that gives the shape, and the dtype unless that is given.
 * @param options The dtype.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.zerosLike([1, 2, 3]).array(), [0, 0, 0]);
 * ```
 */
export function zerosLike<const X extends TensorLike, const O extends CreationOptions = NoOptions>(
  x: X,
  options?: O,
): Like<X, ShapeOf<X>, OptionOf<O, "dtype", StrongDTypeOf<X>> & DType> {
  checkOpOptions("zerosLike", options, ["dtype"]);
  return fullLike(x, 0, options);
}

/**
 * Makes a tensor of ones, of the shape of another.
 *
 * @param x The tensor that gives the shape, and the dtype unless that is given.
 * @param options The dtype.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.onesLike([1, 2, 3], { dtype: "bool" }).array(), [true, true, true]);
 * ```
 */
export function onesLike<const X extends TensorLike, const O extends CreationOptions = NoOptions>(
  x: X,
  options?: O,
): Like<X, ShapeOf<X>, OptionOf<O, "dtype", StrongDTypeOf<X>> & DType> {
  checkOpOptions("onesLike", options, ["dtype"]);
  return fullLike(x, 1, options);
}
