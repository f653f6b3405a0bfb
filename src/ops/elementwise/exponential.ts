/**
 * Powers, roots, exponentials and logarithms.
 *
 * @module
 */
import type { Value } from "../../emission/emitter.ts";
import { binaryFloat, binaryInt, unaryFloat } from "./entries.ts";
import { type Formula, formula } from "../../emission/formula.ts";
import { expm1 as writeExpm1, log1p as writeLog1p } from "../../emission/special_functions.ts";
import type { BinaryFloat, BinaryInt, UnaryFloat } from "../types.ts";

function writeHypot(f: Formula, a: Value, b: Value): Value {
  const [width, height] = [f.abs(a), f.abs(b)];
  const greater = f.max(width, height);
  const ratio = f.div(f.min(width, height), f.where(f.equal(greater, 0), 1, greater));
  const length = f.mul(greater, f.sqrt(f.add(f.mul(ratio, ratio), 1)));
  // An infinite side makes the length infinite, whatever the other one is.
  return f.where(f.or(f.equal(width, Infinity), f.equal(height, Infinity)), Infinity, length);
}

function writeLog2(f: Formula, x: Value): Value {
  const logarithm = f.div(f.log(x), Math.LN2);
  // The quotient of two rounded logarithms misses some powers of two.
  const whole = f.node("Round", logarithm);
  return f.where(f.equal(f.node("Pow", 2, whole), x), whole, logarithm);
}

function writeLogaddexp(f: Formula, a: Value, b: Value): Value {
  const sum = f.add(f.max(a, b), writeLog1p(f, f.exp(f.neg(f.abs(f.sub(a, b))))));
  // Equal infinities have no difference.
  return f.where(f.equal(a, b), f.add(a, Math.LN2), sum);
}

/**
 * Raises elements to powers, with broadcasting: `a^b`. Integers stay integers: those that do not fit end at the dtype's
 * bounds, and a negative exponent leaves the whole part.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.power([2, 3, 4], [3, 2, 0.5]).array(), [8, 9, 2]);
 * ```
 */
export const power: BinaryInt = binaryInt("power", "Pow");

/**
 * The square root of each element: `√x`. Below zero it is NaN.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.sqrt([4, 2.25]).array(), [2, 1.5]);
 * ```
 */
export const sqrt: UnaryFloat = unaryFloat("sqrt", "Sqrt");

/**
 * One divided by the square root of each element: `1 / √x`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.rsqrt([4, 0.25]).array(), [0.5, 2]);
 * ```
 */
export const rsqrt: UnaryFloat = unaryFloat("rsqrt", formula((f, x) => f.node("Reciprocal", f.sqrt(x))));

/**
 * The length of the hypotenuse, with broadcasting: `√(a² + b²)`. The squares do not overflow.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.hypot([3, 5], [4, 12]).array(), [5, 13]);
 * ```
 */
export const hypot: BinaryFloat = binaryFloat("hypot", formula(writeHypot));

/**
 * The exponential of each element: `e^x`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.exp(1).item().toFixed(5), "2.71828");
 * ```
 */
export const exp: UnaryFloat = unaryFloat("exp", "Exp");

/**
 * The exponential of each element less one, accurate near zero: `e^x - 1`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.expm1(1e-6).item().toFixed(10), "0.0000010000");
 * ```
 */
export const expm1: UnaryFloat = unaryFloat("expm1", formula(writeExpm1));

/**
 * Two to the power of each element: `2^x`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.exp2([3, -1]).array(), [8, 0.5]);
 * ```
 */
export const exp2: UnaryFloat = unaryFloat("exp2", formula((f, x) => f.node("Pow", 2, x)));

/**
 * The natural logarithm of each element: `ln x`. Below zero it is NaN.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.log(10).item().toFixed(5), "2.30259");
 * ```
 */
export const log: UnaryFloat = unaryFloat("log", "Log");

/**
 * The natural logarithm of one plus each element, accurate near zero: `ln(1 + x)`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.log1p(1e-6).item().toFixed(10), "0.0000010000");
 * ```
 */
export const log1p: UnaryFloat = unaryFloat("log1p", formula(writeLog1p));

/**
 * The logarithm to base 2 of each element; of powers of two it is exact.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.log2([8, 0.5]).array(), [3, -1]);
 * ```
 */
export const log2: UnaryFloat = unaryFloat("log2", formula(writeLog2));

/**
 * The logarithm to base 10 of each element.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.log10(1000).item().toFixed(5), "3.00000");
 * ```
 */
export const log10: UnaryFloat = unaryFloat("log10", formula((f, x) => f.div(f.log(x), Math.LN10)));

/**
 * The logarithm of a sum of exponentials, with broadcasting and without overflow: `ln(e^a + e^b)`.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.logaddexp(1000, 1000).item().toFixed(3), "1000.693");
 * ```
 */
export const logaddexp: BinaryFloat = binaryFloat("logaddexp", formula(writeLogaddexp));

/**
 * The logarithm to base 2 of a sum of powers of 2, with broadcasting and without overflow: `log₂(2^a + 2^b)`.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.logaddexp2(1000, 1000).item(), 1001);
 * ```
 */
export const logaddexp2: BinaryFloat = binaryFloat(
  "logaddexp2",
  formula((f, a, b) => {
    const power = f.exp(f.mul(f.abs(f.sub(a, b)), -Math.LN2));
    const sum = f.add(f.max(a, b), f.div(writeLog1p(f, power), Math.LN2));
    // Equal infinities have no difference.
    return f.where(f.equal(a, b), f.add(a, 1), sum);
  }),
);
