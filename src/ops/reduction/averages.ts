/**
 * Averages, spreads and areas: what a few reductions make together.
 *
 * @module
 */
import { type Shape, showShape } from "../../shape/dim.ts";
import { ShapeError } from "../../shape/error.ts";
import { normalizeAxis, type removeAt } from "../../shape/axis.ts";
import { type Check, type DTypeOf, type Like, type ShapeOf, type TensorLike, toTensor } from "../../tensor/like.ts";
import { promote, type promote as promoted, toFloat } from "../../tensor/promote.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { checkOpOptions } from "../arguments.ts";
import { add, divide, multiply, subtract } from "../elementwise/arithmetic.ts";
import { diff } from "./cumulative.ts";
import type { AxisOptions } from "../shaping/joining.ts";
import type { AxisOf, CheckDefaults, NoOptions, Only, OptionOf } from "../options.ts";
import type { Reduced, ReduceOptions, Reduction } from "./entries.ts";
import { max, mean, min, sum } from "./reduction.ts";
import { cast } from "../elementwise/selection.ts";
import { expandDims } from "../shaping/shaping.ts";
import { takeSlice } from "../shaping/take_slice.ts";

/** The options of {@linkcode average}. */
export interface AverageOptions {
  /** The axis, or the axes; negative ones count from the end. Default: all. */
  readonly axis?: number | readonly number[] | undefined;
  /** The weight of each value: as many as there are values, or as there are along the axis. Default: all the same. */
  readonly weights?: TensorLike | undefined;
}

/** @internal */
type WeightsDType<O> = OptionOf<O, "weights"> extends infer W ? W extends undefined ? never
  : W extends TensorLike ? DTypeOf<W>
  : never
  : never;
/** @internal */
type AverageDType<X, O> = [WeightsDType<O>] extends [never] ? toFloat<DTypeOf<X>>
  : toFloat<promoted<DTypeOf<X>, WeightsDType<O>>>;
/** @internal */
type Operands<X, O> = OptionOf<O, "weights"> extends infer W ? W extends undefined ? X : X | W : X;

/**
 * Takes the weighted mean of values over axes: `sum(w x) / sum(w)`, a float.
 *
 * @throws {ShapeError} If an axis is out of range or named twice, or the weights do not fit.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.average([1, 2, 3]).item(), 2);
 * assertEquals(ops.average([[1, 2], [3, 4]], { axis: 1, weights: [3, 1] }).array(), [1.25, 3.25]);
 * ```
 */
export function average<const X extends TensorLike, const O extends AverageOptions = NoOptions>(
  x: X,
  options?: O & Only<O, AverageOptions> & Check<Reduced<X, O>>,
): Like<Operands<X, O>, Reduced<X, O>, AverageDType<X, O>> {
  checkOpOptions("average", options, ["axis", "weights"]);
  const { axis, weights } = (options ?? {}) as AverageOptions;
  const tensor = toTensor(x);
  if (weights === undefined) return mean(tensor, { axis }) as never;
  const given = toTensor(weights);
  const dtype = toFloat(promote(tensor.dtype, given.dtype));
  const values: Tensor = cast(tensor, dtype);
  const factors = alongAxis(cast(given, dtype) as Tensor, tensor.shape, axis);
  const total: Tensor = sum(multiply(values, factors) as Tensor, { axis });
  const each: Tensor = add(factors, multiply(values, 0) as Tensor);
  return divide(total, sum(each, { axis }) as Tensor) as never;
}

/** Weights that broadcast: one axis of them goes along the axis that is meant. */
function alongAxis(weights: Tensor, shape: Shape, axis: AverageOptions["axis"]): Tensor {
  const rank = shape.length;
  if (weights.shape.length === rank) return weights;
  if (weights.shape.length !== 1 || typeof axis !== "number") {
    throw new ShapeError(
      `Cannot take average of shape ${
        showShape(shape)
      }: expected weights of the same shape, or of one axis and an axis, ` +
        `received ${showShape(weights.shape)}`,
    );
  }
  const place = normalizeAxis(axis, shape);
  return expandDims(weights, Array.from({ length: rank }, (_, i) => i).filter((i) => i !== place));
}

/**
 * Takes the distance between the greatest and the least value over axes.
 *
 * @throws {ShapeError} If an axis is out of range or named twice.
 * @throws {ShapeError} If there are no values to choose from.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.ptp([[1, 5], [7, 3]], { axis: 1 }).array(), [4, 4]);
 * ```
 */
export const ptp: Reduction = ((x: TensorLike, options: ReduceOptions = {}): Tensor => {
  const tensor = toTensor(x);
  return subtract(max(tensor, options) as Tensor, min(tensor, options) as Tensor);
}) as Reduction;

/** The options of {@linkcode trapezoid}. */
export interface TrapezoidOptions extends AxisOptions {
  /** The positions of the values: as many as along the axis, or one for each value. Default: at equal distances. */
  readonly x?: TensorLike | undefined;
  /** The distance between two values where `x` is not given. Default: 1. */
  readonly dx?: number | undefined;
}

/** @internal */
type AreaShape<S extends Shape, O> = removeAt<S, AxisOf<O, -1>>;

/**
 * The area below values along an axis, by the trapezoidal rule: `sum((y_i + y_(i+1)) / 2 (x_(i+1) - x_i))`, a float.
 *
 * @throws {ShapeError} If there is no such axis, or the places do not fit.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.trapezoid([1, 2, 3]).item(), 4);
 * assertEquals(ops.trapezoid([1, 2, 3], { x: [0, 2, 6] }).item(), 13);
 * ```
 */
export function trapezoid<const Y extends TensorLike, const O extends TrapezoidOptions = NoOptions>(
  y: Y & CheckDefaults<O, "axis", AreaShape<ShapeOf<Y>, O>>,
  options?: O & Check<AreaShape<ShapeOf<Y>, O>>,
): Like<Y, AreaShape<ShapeOf<Y>, O>, toFloat<DTypeOf<Y>>> {
  checkOpOptions("trapezoid", options, ["axis", "dx", "x"]);
  const { x, dx = 1, axis = -1 } = (options ?? {}) as TrapezoidOptions;
  const given = toTensor(y as TensorLike);
  const place = normalizeAxis(axis, given.shape);
  const values: Tensor = cast(given, toFloat(given.dtype));
  const [before, after] = [takeSlice(values, place, 0, -1), takeSlice(values, place, 1)];
  const means: Tensor = multiply(add(before, after) as Tensor, 0.5);
  return sum(multiply(means, x === undefined ? dx : steps(toTensor(x), given.shape, place)) as Tensor, {
    axis: place,
  }) as never;
}

function steps(x: Tensor, shape: Shape, axis: number): Tensor {
  if (x.shape.length !== 1) return diff(x, { axis });
  const behind = Array.from({ length: shape.length - 1 - axis }, (_, i) => i + 1);
  const distances: Tensor = diff(x);
  return behind.length === 0 ? distances : expandDims(distances, behind);
}
