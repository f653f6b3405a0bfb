/**
 * Rounding, and the kinds of numbers.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { DTypeError, InputRangeError } from "../../shape/error.ts";
import { type Like, type ShapeOf, type StrongDTypeOf, type TensorLike, toTensor } from "../../tensor/like.ts";
import { isFloat, toFloat } from "../../tensor/promote.ts";
import { rangeOf } from "../../tensor/limits.ts";
import { checkOpOptions } from "../arguments.ts";
import { apply } from "../define.ts";
import { keep, unary, unaryBool, unaryFloat, unaryOperation } from "./entries.ts";
import { Formula, formula } from "../../emission/formula.ts";
import { sameRows } from "../rows.ts";
import { erf as writeErf } from "../../emission/special_functions.ts";
import type { Unary, UnaryBool, UnaryFloat } from "../types.ts";

/**
 * Rounds each element down to a whole number, a float: `⌊x⌋`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.floor([1.5, -1.5]).array(), [1, -2]);
 * ```
 */
export const floor: UnaryFloat = unaryFloat("floor", "Floor");

/**
 * Rounds each element up to a whole number, a float: `⌈x⌉`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.ceil([1.5, -1.25]).array(), [2, -1]);
 * ```
 */
export const ceil: UnaryFloat = unaryFloat("ceil", "Ceil");

/**
 * Rounds each element towards zero. Integers stay as they are.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.trunc([1.5, -1.5]).array(), [1, -1]);
 * ```
 */
export const trunc: Unary = unary(
  "trunc",
  formula((f, x) => isFloat(f.dtype) ? f.where(f.less(x, 0), f.node("Ceil", x), f.node("Floor", x)) : x),
);

/** The options of {@linkcode round}. */
export interface RoundOptions {
  /** The number of decimals that stay; negative ones round to tens, hundreds and so on. Default: 0. */
  readonly decimals?: number;
}

export const roundOperation: Operation<{ readonly decimals: number }> = {
  name: "round",
  infer([x], { decimals }) {
    if (!Number.isInteger(decimals)) {
      throw new InputRangeError(`Cannot round to ${decimals} decimals: expected an integer`);
    }
    if (decimals < 0 && !isFloat(x!.dtype)) {
      throw new DTypeError(`Cannot round to ${decimals} decimals: expected a float tensor, received ${x!.dtype}`);
    }
    return [{ shape: x!.shape, dtype: x!.dtype }];
  },
  rows: sameRows,
  emit(emitter, [x], { decimals }) {
    if (!isFloat(x!.dtype)) return x!;
    const input = x!.dtype === "float16" ? emitter.cast(x!, "float32") : x!;
    const f = new Formula(emitter, input.dtype);
    const factor = 10 ** Math.abs(decimals);
    // Only the power with a positive exponent is exact.
    const rounded = decimals === 0
      ? f.node("Round", input)
      : decimals > 0
      ? f.div(f.node("Round", f.mul(input, factor)), factor)
      : f.mul(f.node("Round", f.div(input, factor)), factor);
    return emitter.cast(rounded, x!.dtype);
  },
};

/**
 * Rounds each element to the nearest number with so many decimals, halves to the even neighbour. Integers stay as they
 * are.
 *
 * @throws {RangeError} If the number of decimals is no integer.
 * @throws {DTypeError} If it is negative and the tensor does not hold floats.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.round([0.5, 1.5, -2.5]).array(), [0, 2, -2]);
 * assertEquals(ops.round([1234.5], { decimals: -2 }).array(), [1200]);
 * ```
 */
export function round<const X extends TensorLike>(
  x: X,
  options: RoundOptions = {},
): Like<X, ShapeOf<X>, StrongDTypeOf<X>> {
  checkOpOptions("round", options, ["decimals"]);
  return apply(roundOperation, [x], { decimals: options.decimals ?? 0 }) as never;
}

/**
 * The error function of each element: `2 / √π ∫₀ˣ e^(-t²) dt`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.erf(1).item().toFixed(5), "0.84270");
 * ```
 */
export const erf: UnaryFloat = unaryFloat("erf", formula(writeErf));

/**
 * Whether each element is NaN.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.isnan([1, NaN, Infinity]).array(), [false, true, false]);
 * ```
 */
export const isnan: UnaryBool = unaryBool("isnan", "IsNaN", toFloat);

/**
 * Whether each element is infinite.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.isinf([1, NaN, -Infinity]).array(), [false, false, true]);
 * ```
 */
export const isinf: UnaryBool = unaryBool("isinf", "IsInf", toFloat);

/**
 * Whether each element is a number and finite.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.isfinite([1, NaN, -Infinity]).array(), [true, false, false]);
 * ```
 */
export const isfinite: UnaryBool = unaryBool("isfinite", formula((f, x) => f.less(f.abs(x), Infinity)), toFloat);

/** The options of {@linkcode nanToNum}. */
export interface NanToNumOptions {
  /** The replacement of NaN. Default: 0. */
  readonly nan?: number | undefined;
  /** The replacement of infinity. Default: the greatest number of the dtype. */
  readonly posinf?: number | undefined;
  /** The replacement of negative infinity. Default: the least number of the dtype. */
  readonly neginf?: number | undefined;
}

export const nanToNumOperation: Operation<{ readonly nan: number; readonly posinf: number; readonly neginf: number }> =
  unaryOperation<{ readonly nan: number; readonly posinf: number; readonly neginf: number }>(
    "nanToNum",
    (emitter, x, { nan, posinf, neginf }) => {
      if (!isFloat(x.dtype)) return x;
      const f = new Formula(emitter, x.dtype);
      const finite = f.where(f.equal(x, Infinity), posinf, f.where(f.equal(x, -Infinity), neginf, x));
      return f.where(emitter.node("IsNaN", [x], { dtype: "bool" }), nan, finite);
    },
    keep,
    keep,
  );

/**
 * Replaces NaN and the infinities by numbers; integers and booleans stay as they are.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.nanToNum([1, NaN, Infinity], { posinf: 9 }).array(), [1, 0, 9]);
 * ```
 */
export function nanToNum<const X extends TensorLike>(
  x: X,
  options: NanToNumOptions = {},
): Like<X, ShapeOf<X>, StrongDTypeOf<X>> {
  checkOpOptions("nanToNum", options, ["nan", "neginf", "posinf"]);
  const tensor = toTensor(x);
  const greatest = isFloat(tensor.dtype) ? rangeOf(tensor.dtype)[1] : 0;
  const { nan = 0, posinf = greatest, neginf = -greatest } = options;
  return apply(nanToNumOperation, [tensor], { nan, posinf, neginf }) as never;
}
