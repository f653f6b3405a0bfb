/**
 * Pooling: the greatest value or the mean of windows that move over the spatial axes.
 *
 * @module
 */
import type { Emitter, Value } from "../../emission/emitter.ts";
import type { Operation } from "../../graph/operation.ts";
import type { Shape } from "../../shape/dim.ts";
import { InputRangeError } from "../../shape/error.ts";
import { pool } from "../../shape/pool.ts";
import {
  type AnyCase,
  anyCase,
  type DataFormat,
  type PerAxis,
  perAxis,
  spatialAxes,
  type SpatialPadding,
} from "../../shape/spatial.ts";
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
import type { NoOptions, OptionOf, WordOf } from "../options.ts";
import { type Windows, writeAveragePool, writeMaxPool } from "./pool_windows.ts";
import { rowsBeside } from "../rows.ts";

/** The options of {@linkcode maxPool} and {@linkcode averagePool}. */
export interface PoolOptions {
  /** The distance between windows: one for all spatial axes, or one for each. Default: the size of the windows. */
  readonly strides?: PerAxis | null;
  /**
   * `"valid"` for windows inside only; `"same"` for one at every stride, with a border that does not count where windows
   * reach beyond the ends. Default: `"valid"`.
   */
  readonly padding?: AnyCase<SpatialPadding>;
  /** The position of the channel axis. Default: `"channels_last"`. */
  readonly dataFormat?: AnyCase<DataFormat>;
}

/**
 * The strides that an option means for windows of size `K`.
 *
 * @internal
 */
export type stridesOr<Strides, K extends PerAxis> = [Strides] extends [null | undefined] ? K
  : [Strides] extends [PerAxis] ? Strides
  : number;

/** The shape `S` pooled with options `O`. */
export type PooledShape<S extends Shape, K extends PerAxis, O> = pool<
  S,
  K,
  stridesOr<OptionOf<O, "strides", null>, K>,
  WordOf<O, "padding", SpatialPadding, "valid">,
  WordOf<O, "dataFormat", DataFormat, "channels_last">
>;

/** The shape of `X` pooled with options `O`. */
export type Pooled<X, K extends PerAxis, O> = PooledShape<ShapeOf<X>, K, O>;

/**
 * The shape of `shape` pooled, once it is certain that the windows are some.
 *
 * @throws {RangeError} If a size or a stride is no positive integer, or the padding or the data format is none.
 */
export function windowsFor(name: string, shape: Shape, poolSize: PerAxis, options: PoolOptions): Windows {
  const { strides } = options;
  const [padding, dataFormat] = [anyCase(options.padding ?? "valid"), anyCase(options.dataFormat ?? "channels_last")];
  const expected = (what: string, wanted: string, received: unknown): RangeError =>
    new InputRangeError(`Cannot apply ${name}: expected ${wanted} as ${what}, received ${JSON.stringify(received)}`);
  if (padding !== "valid" && padding !== "same") throw expected("padding", `"valid" or "same"`, padding);
  requireFormat(name, dataFormat);
  const count = spatialAxes(shape.length, dataFormat).length;
  const numbers = { poolSize, strides: strides ?? poolSize };
  for (const [what, value] of Object.entries(numbers)) {
    if (!isPositive(value)) throw expected(what, "positive integers", value);
  }
  const sizes = perAxis(poolSize, count);
  const axes = spatialAxes(shape.length, dataFormat);
  // Where there is one window it does not matter how far the next would be: then windows adjoin.
  const apart = perAxis(numbers.strides, count).map((stride, place) => {
    const [dim, size] = [shape[axes[place]!], sizes[place]!];
    const isOne = padding === "valid" && typeof dim === "number" && dim >= size && dim < size + stride;
    return isOne ? Math.max(stride, size) : stride;
  });
  const lists = { poolSize: sizes, strides: apart };
  const dims = shape.slice(1);
  const isOpen = dims.some((dim) => typeof dim !== "number");
  return { ...lists, padding, dataFormat, empty: dims.includes(0) || (isOpen ? null : false) };
}

/**
 * Throws where a data format is none.
 *
 * @throws {RangeError} If it is none.
 */
export function requireFormat(name: string, dataFormat: unknown): void {
  if (dataFormat === "channels_last" || dataFormat === "channels_first") return;
  throw new InputRangeError(
    `Cannot apply ${name}: expected "channels_last" or "channels_first" as dataFormat, received ${
      JSON.stringify(dataFormat)
    }`,
  );
}

/** Whether a number, or each of a list, is a positive integer. */
export function isPositive(value: PerAxis): boolean {
  const list = typeof value === "number" ? [value] : value;
  return Array.isArray(list) && list.every((size) => Number.isSafeInteger(size) && size > 0);
}

function poolOperation(
  name: string,
  result: (dtype: DType) => DType,
  write: (emitter: Emitter, x: Value, windows: Windows) => Value,
): Operation<Windows> {
  return {
    name,
    infer: ([x], windows) => [{ shape: pool(x!.shape, windows), dtype: result(x!.dtype) }],
    rows: ([axis], [x], { dataFormat }) => [rowsBeside(axis!, spatialAxes(x!.shape.length, dataFormat))],
    emit: (emitter, [x], windows) =>
      write(emitter, { ...emitter.cast(x!, result(x!.dtype)), shape: x!.shape }, windows),
  };
}

export const maxPoolOperation: Operation<Windows> = poolOperation("maxPool", (dtype) => dtype, writeMaxPool);
export const averagePoolOperation: Operation<Windows> = poolOperation("averagePool", toFloat, writeAveragePool);

function applyPool(op: Operation<Windows>, x: TensorLike, poolSize: PerAxis, options: PoolOptions = {}): never {
  const tensor = toTensor(x);
  return apply(op, [tensor], windowsFor(op.name, tensor.shape, poolSize, options)) as never;
}

/**
 * Takes the greatest value of each window.
 *
 * `[batch, ...spatial, channels]` becomes `[batch, ...windows, channels]`, with `floor((size - poolSize) / strides) + 1`
 * windows along a spatial axis, or `ceil(size / strides)` with padding `"same"`. There are 1 to 3 spatial axes. NaN
 * wins over all others.
 *
 * @param x The tensor.
 * @param poolSize The size of a window: one number for all spatial axes, or one for each.
 * @param options The strides, the padding and the data format.
 * @throws {ShapeError} If the rank is not 3 to 5, there is not a number for each spatial axis, or no window fits in.
 * @throws {RangeError} If a size or a stride is no positive integer, or the padding or the data format is none.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * const x = [[[1], [5], [2], [4], [3]]];
 * assertEquals(ops.maxPool(x, 2).array(), [[[5], [4]]]);
 * assertEquals(ops.maxPool(x, 2, { strides: 1 }).array(), [[[5], [5], [4], [4]]]);
 * assertEquals(ops.maxPool(x, 2, { padding: "same" }).array(), [[[5], [4], [3]]]);
 * ```
 */
export function maxPool<
  const X extends TensorLike,
  const K extends PerAxis,
  const O extends PoolOptions = NoOptions,
>(x: X, poolSize: K & Check<Pooled<X, K, O>>, options?: O): Like<X, Pooled<X, K, O>, StrongDTypeOf<X>> {
  checkOpOptions("maxPool", options, ["dataFormat", "padding", "strides"]);
  return applyPool(maxPoolOperation, x, poolSize as PerAxis, options);
}

/**
 * Takes the mean of each window, a float. With padding `"same"`, only values that are there are counted.
 *
 * `[batch, ...spatial, channels]` becomes `[batch, ...windows, channels]`, with `floor((size - poolSize) / strides) + 1`
 * windows along a spatial axis, or `ceil(size / strides)` with padding `"same"`. There are 1 to 3 spatial axes.
 *
 * @param x The tensor.
 * @param poolSize The size of a window: one number for all spatial axes, or one for each.
 * @param options The strides, the padding and the data format.
 * @throws {ShapeError} If the rank is not 3 to 5, there is not a number for each spatial axis, or no window fits in.
 * @throws {RangeError} If a size or a stride is no positive integer, or the padding or the data format is none.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * const x = [[[1], [5], [2], [4], [3]]];
 * assertEquals(ops.averagePool(x, 2).array(), [[[3], [3]]]);
 * assertEquals(ops.averagePool(x, 2, { padding: "same" }).array(), [[[3], [3], [3]]]);
 * ```
 */
export function averagePool<
  const X extends TensorLike,
  const K extends PerAxis,
  const O extends PoolOptions = NoOptions,
>(x: X, poolSize: K & Check<Pooled<X, K, O>>, options?: O): Like<X, Pooled<X, K, O>, toFloat<DTypeOf<X>>> {
  checkOpOptions("averagePool", options, ["dataFormat", "padding", "strides"]);
  return applyPool(averagePoolOperation, x, poolSize as PerAxis, options);
}
