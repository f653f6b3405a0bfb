/**
 * Special functions, roots, angles and powers of 2.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { type broadcast, broadcast as broadcastShapes } from "../../shape/broadcast.ts";
import type { Check, DTypeOf, Like, ShapeOf, TensorLike } from "../../tensor/like.ts";
import { toFloat } from "../../tensor/promote.ts";
import { apply } from "../define.ts";
import { unaryFloat } from "./entries.ts";
import { erfc as writeErfc, erfinv as writeErfinv } from "../../emission/erf.ts";
import { Formula, formula } from "../../emission/formula.ts";
import { toIndices } from "../shaping/indexing.ts";
import { broadcastRows } from "../rows.ts";
import type { UnaryFloat } from "../types.ts";

/**
 * The complement of the error function: `1 - erf(x)`, with the digits of its tail.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.erfc([0, Infinity]).array(), [1, 0]);
 * assertEquals(ops.erfc(4).item().toExponential(4), "1.5417e-8");
 * ```
 */
export const erfc: UnaryFloat = unaryFloat("erfc", formula(writeErfc));

/**
 * The inverse of the error function: ±infinity for ±1, and NaN beyond.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.erfinv(0.5).item().toFixed(5), "0.47694");
 * assertEquals(ops.erfinv([0, 1, 2]).array(), [0, Infinity, NaN]);
 * ```
 */
export const erfinv: UnaryFloat = unaryFloat("erfinv", formula(writeErfinv));

/**
 * The normalized sinc function: `sin(πx) / (πx)`, and 1 for 0.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.sinc(0).item(), 1);
 * assertEquals(ops.sinc(0.5).item().toFixed(5), "0.63662");
 * ```
 */
export const sinc: UnaryFloat = unaryFloat(
  "sinc",
  formula((f, x) => {
    const isZero = f.equal(x, 0);
    const angle = f.mul(f.where(isZero, 1, x), Math.PI);
    return f.where(isZero, 1, f.div(f.node("Sin", angle), angle));
  }),
);

/**
 * The cube root of each element, negative of negative ones: `∛x`, a float.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.cbrt([8, -27, 0]).array(), [2, -3, 0]);
 * ```
 */
export const cbrt: UnaryFloat = unaryFloat(
  "cbrt",
  formula((f, x) => {
    const size = f.abs(x);
    const isPlain = f.and(f.greater(size, 0), f.less(size, Infinity));
    const inside = f.where(isPlain, size, 1);
    // A third is no float: one of Newton's steps mends the digits that the power lacks.
    const power = f.node("Pow", inside, 1 / 3);
    const root = f.sub(power, f.div(f.sub(power, f.div(inside, f.mul(power, power))), 3));
    return f.where(isPlain, f.mul(f.node("Sign", x), root), x);
  }),
);

/**
 * Degrees in radians: `x π / 180`, a float.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.deg2rad(180).item(), Math.fround(Math.PI));
 * ```
 */
export const deg2rad: UnaryFloat = unaryFloat("deg2rad", formula((f, x) => f.mul(x, Math.PI / 180)));

/**
 * Radians in degrees: `180 x / π`, a float.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.rad2deg(Math.PI).item(), 180);
 * ```
 */
export const rad2deg: UnaryFloat = unaryFloat("rad2deg", formula((f, x) => f.mul(x, 180 / Math.PI)));

export const ldexpOperation: Operation = {
  name: "ldexp",
  infer: ([x, exponent]) => [{ shape: broadcastShapes(x!.shape, exponent!.shape), dtype: toFloat(x!.dtype) }],
  rows: broadcastRows,
  emit(emitter, [x, exponent]) {
    const dtype = x!.dtype === "float64" ? "float64" : "float32";
    const f = new Formula(emitter, dtype);
    // In three parts, since the power may be beyond all floats where the product is not.
    const whole = f.clip(emitter.cast(exponent!, dtype), -2200, 2200);
    const part = f.node("Floor", f.div(whole, 3));
    const rest = f.sub(whole, f.add(part, part));
    const power = (to: typeof part) => f.node("Pow", 2, to);
    const product = f.mul(f.mul(f.mul(emitter.cast(x!, dtype), power(part)), power(part)), power(rest));
    return emitter.cast(product, toFloat(x!.dtype));
  },
};

/**
 * Multiplies by powers of 2, with broadcasting: `x 2^exponent`, a float.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 * @throws {DTypeError} If the exponents are no integers.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.ldexp([1, 3], [3, -1]).array(), [8, 1.5]);
 * ```
 */
export function ldexp<const X extends TensorLike, const E extends TensorLike>(
  x: X,
  exponent: E & Check<broadcast<ShapeOf<X>, ShapeOf<E>>>,
): Like<X | E, broadcast<ShapeOf<X>, ShapeOf<E>>, toFloat<DTypeOf<X>>> {
  return apply(ldexpOperation, [x, toIndices(exponent as TensorLike)], {}) as never;
}
