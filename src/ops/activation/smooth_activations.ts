/**
 * Smooth activations.
 *
 * @module
 */
import { text, type Value } from "../../emission/emitter.ts";
import { type Formula, formula } from "../../emission/formula.ts";
import { erf, sigmoid as writeSigmoid, softplus as writeSoftplus } from "../../emission/special_functions.ts";
import { unary, unaryFloat, unaryFloatWith } from "../elementwise/entries.ts";
import type { Unary, UnaryFloat, UnaryFloatWith } from "../types.ts";

/**
 * The identity: `x`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.linear([-1, 2]).array(), [-1, 2]);
 * ```
 */
export const linear: Unary = unary("linear", (_, x) => x);

/**
 * The exponential of each element: `e^x`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.exponential(1).item().toFixed(5), "2.71828");
 * ```
 */
export const exponential: UnaryFloat = unaryFloat("exponential", "Exp");

/**
 * The logistic function: `1 / (1 + e^-x)`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.sigmoid(1).item().toFixed(5), "0.73106");
 * ```
 */
export const sigmoid: UnaryFloat = unaryFloat("sigmoid", formula(writeSigmoid));

/**
 * The logarithm of the sigmoid, without overflow: `-ln(1 + e^-x)`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.logSigmoid(1).item().toFixed(5), "-0.31326");
 * ```
 */
export const logSigmoid: UnaryFloat = unaryFloat("logSigmoid", formula((f, x) => f.neg(writeSoftplus(f, f.neg(x)))));

/**
 * The sigmoid linear unit, also known as swish: `x` times the sigmoid of `x`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.silu(1).item().toFixed(5), "0.73106");
 * ```
 */
export const silu: UnaryFloat = unaryFloat("silu", formula((f, x) => f.mul(x, writeSigmoid(f, x))));

/**
 * The smooth rectifier, without overflow: `ln(1 + e^x)`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.softplus(1).item().toFixed(5), "1.31326");
 * ```
 */
export const softplus: UnaryFloat = unaryFloat("softplus", formula(writeSoftplus));

/**
 * The softsign: `x / (1 + |x|)`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.softsign([1, -3]).array(), [0.5, -0.75]);
 * ```
 */
export const softsign: UnaryFloat = unaryFloat("softsign", formula((f, x) => f.div(x, f.add(f.abs(x), 1))));

/**
 * The part that the hyperbolic tangent takes away: `x - tanh x`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.tanhShrink(1).item().toFixed(5), "0.23841");
 * ```
 */
export const tanhShrink: UnaryFloat = unaryFloat("tanhShrink", formula((f, x) => f.sub(x, f.tanh(x))));

/**
 * The mish function: `x tanh(ln(1 + e^x))`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.mish(1).item().toFixed(5), "0.86510");
 * ```
 */
export const mish: UnaryFloat = unaryFloat("mish", formula((f, x) => f.mul(x, f.tanh(writeSoftplus(f, x)))));

/** The options of {@linkcode squareplus}. */
export interface SquareplusOptions {
  /** The roundness of the bend. Default: 4. */
  readonly b?: number;
}

/**
 * The rectifier smoothed by a root: `(x + √(x² + b)) / 2`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.squareplus([0, 1.5]).array(), [1, 2]);
 * ```
 */
export const squareplus: UnaryFloatWith<SquareplusOptions> = unaryFloatWith<SquareplusOptions>(
  "squareplus",
  { b: 4 },
  (f, x, { b }) => f.mul(f.add(x, f.sqrt(f.add(f.mul(x, x), b))), 0.5),
);

/** The options of {@linkcode gelu}. */
export interface GeluOptions {
  /** Whether to use the formula with the hyperbolic tangent. Default: `true`, as in `keras.ops`. */
  readonly approximate?: boolean;
}

function writeGelu(f: Formula, x: Value, { approximate }: { readonly approximate: boolean }): Value {
  if (x.dtype !== "float64") {
    return f.emitter.node("Gelu", [x], { attributes: { approximate: text(approximate ? "tanh" : "none") } });
  }
  const cube = f.mul(f.mul(f.mul(x, x), x), 0.044715);
  const side = approximate ? f.tanh(f.mul(f.add(x, cube), Math.sqrt(2 / Math.PI))) : erf(f, f.mul(x, Math.SQRT1_2));
  return f.mul(f.mul(x, 0.5), f.add(side, 1));
}

/**
 * The Gaussian error linear unit: `x (1 + erf(x / √2)) / 2`; approximately
 * `x (1 + tanh(√(2 / π) (x + 0.044715 x³))) / 2`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.gelu(1).item().toFixed(5), "0.84119");
 * assertEquals(ops.gelu(1, { approximate: false }).item().toFixed(5), "0.84134");
 * ```
 */
export const gelu: UnaryFloatWith<GeluOptions> = unaryFloatWith<GeluOptions>("gelu", { approximate: true }, writeGelu);
