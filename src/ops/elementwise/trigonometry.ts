/**
 * Trigonometric and hyperbolic functions and their inverses: the results are floats.
 *
 * @module
 */
import { binaryFloat, unaryFloat } from "./entries.ts";
import { formula } from "../../emission/formula.ts";
import * as write from "../../emission/special_functions.ts";
import type { BinaryFloat, UnaryFloat } from "../types.ts";

/**
 * The sine of each element, an angle in radians.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.sin(1).item().toFixed(5), "0.84147");
 * ```
 */
export const sin: UnaryFloat = unaryFloat("sin", "Sin");

/**
 * The cosine of each element, an angle in radians.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.cos(1).item().toFixed(5), "0.54030");
 * ```
 */
export const cos: UnaryFloat = unaryFloat("cos", "Cos");

/**
 * The tangent of each element, an angle in radians.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.tan(1).item().toFixed(5), "1.55741");
 * ```
 */
export const tan: UnaryFloat = unaryFloat("tan", formula(write.tan));

/**
 * The inverse of the sine of each element, from -π/2 to π/2. Outside of -1 to 1 it is NaN.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.arcsin(1).item().toFixed(5), "1.57080");
 * ```
 */
export const arcsin: UnaryFloat = unaryFloat("arcsin", formula(write.arcsin));

/**
 * The inverse of the cosine of each element, from 0 to π. Outside of -1 to 1 it is NaN.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.arccos(-1).item().toFixed(5), "3.14159");
 * ```
 */
export const arccos: UnaryFloat = unaryFloat("arccos", formula(write.arccos));

/**
 * The inverse of the tangent of each element, from -π/2 to π/2.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.arctan(1).item().toFixed(5), "0.78540");
 * ```
 */
export const arctan: UnaryFloat = unaryFloat("arctan", formula(write.arctan));

/**
 * The angle from the x axis to the point `(x, y)`, from -π to π, with broadcasting: the arctangent of `y / x` in the
 * right quadrant. The first operand is `y`.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.arctan2(1, -1).item().toFixed(5), "2.35619");
 * ```
 */
export const arctan2: BinaryFloat = binaryFloat("arctan2", formula(write.arctan2));

/**
 * The hyperbolic sine of each element: `(e^x - e^-x) / 2`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.sinh(1).item().toFixed(5), "1.17520");
 * ```
 */
export const sinh: UnaryFloat = unaryFloat("sinh", formula(write.sinh));

/**
 * The hyperbolic cosine of each element: `(e^x + e^-x) / 2`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.cosh(1).item().toFixed(5), "1.54308");
 * ```
 */
export const cosh: UnaryFloat = unaryFloat("cosh", formula(write.cosh));

/**
 * The hyperbolic tangent of each element: `sinh x / cosh x`, from -1 to 1.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.tanh(1).item().toFixed(5), "0.76159");
 * ```
 */
export const tanh: UnaryFloat = unaryFloat("tanh", "Tanh");

/**
 * The inverse of the hyperbolic sine of each element: `ln(x + √(x² + 1))`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.arcsinh(1).item().toFixed(5), "0.88137");
 * ```
 */
export const arcsinh: UnaryFloat = unaryFloat("arcsinh", formula(write.arcsinh));

/**
 * The inverse of the hyperbolic cosine of each element, not negative: `ln(x + √(x² - 1))`. Below 1 it is NaN.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.arccosh(2).item().toFixed(5), "1.31696");
 * ```
 */
export const arccosh: UnaryFloat = unaryFloat("arccosh", formula(write.arccosh));

/**
 * The inverse of the hyperbolic tangent of each element: `ln((1 + x) / (1 - x)) / 2`. Outside of -1 to 1 it is NaN.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.arctanh(0.5).item().toFixed(5), "0.54931");
 * ```
 */
export const arctanh: UnaryFloat = unaryFloat("arctanh", formula(write.arctanh));
