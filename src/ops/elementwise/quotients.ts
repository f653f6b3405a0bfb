/**
 * Quotients, remainders and extremes with rules of their own for zeros and NaN.
 *
 * @module
 */
import type { Value } from "../../emission/emitter.ts";
import { isFloat } from "../../tensor/promote.ts";
import { binary, binaryFloat, binaryInt } from "./entries.ts";
import { type Formula, formula } from "../../emission/formula.ts";
import { truncatedRemainder } from "../../emission/special_functions.ts";
import type { Binary, BinaryFloat, BinaryInt } from "../types.ts";

/**
 * Divides two tensors elementwise, with broadcasting: `a / b`, a float, and 0 where `b` is 0.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.divideNoNan([1, 3], [0, 2]).array(), [0, 1.5]);
 * ```
 */
export const divideNoNan: BinaryFloat = binaryFloat(
  "divideNoNan",
  formula((f, a, b) => f.where(f.equal(b, 0), 0, f.div(a, f.where(f.equal(b, 0), 1, b)))),
);

function writeFmod(f: Formula, a: Value, b: Value): Value {
  if (isFloat(f.dtype)) return truncatedRemainder(f, a, b);
  const byZero = f.equal(b, 0);
  return f.where(byZero, 0, truncatedRemainder(f, a, f.where(byZero, 1, b)));
}

/**
 * The remainder of a division that rounds towards zero, elementwise with broadcasting, which has the sign of `a`. By zero
 * integers give 0, as in NumPy, and floats NaN.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.fmod([7, -7, 7], [3, 3, -3]).array(), [1, -1, 1]);
 * ```
 */
export const fmod: BinaryInt = binaryInt("fmod", formula(writeFmod));

/** The one that is no NaN, else what an operator makes of both. */
function unlessNaN(opType: string): (f: Formula, a: Value, b: Value) => Value {
  return (f, a, b) => {
    const both = f.node(opType, a, b);
    if (!isFloat(f.dtype)) return both;
    const isNaN = (value: Value) => f.emitter.node("IsNaN", [value], { dtype: "bool" });
    return f.where(isNaN(a), b, f.where(isNaN(b), a, both));
  };
}

/**
 * The greater of two elements, with broadcasting. Unlike {@linkcode maximum} it passes over NaN.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.fmax([1, NaN, 3], [2, 2, NaN]).array(), [2, 2, 3]);
 * ```
 */
export const fmax: Binary = binary("fmax", formula(unlessNaN("Max")));

/**
 * The lesser of two elements, with broadcasting. Unlike {@linkcode minimum} it passes over NaN.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.fmin([1, NaN, 3], [2, 2, NaN]).array(), [1, 2, 3]);
 * ```
 */
export const fmin: Binary = binary("fmin", formula(unlessNaN("Min")));

/**
 * The step function, with broadcasting: 0 where `x` is negative, 1 where it is positive, `middle` where it is 0; a float.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.heaviside([-2, 0, 3], 0.5).array(), [0, 0.5, 1]);
 * ```
 */
export const heaviside: BinaryFloat = binaryFloat(
  "heaviside",
  formula((f, x, middle) => f.where(f.less(x, 0), 0, f.where(f.greater(x, 0), 1, f.where(f.equal(x, 0), middle, x)))),
);
