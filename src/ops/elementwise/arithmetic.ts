/**
 * Arithmetic.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import type { Value } from "../../emission/emitter.ts";
import { isFloat, isSigned } from "../../tensor/promote.ts";
import { binary, binaryFloat, binaryInt, unary, unaryFloat, unaryOperation } from "./entries.ts";
import { apply } from "../define.ts";
import { type Formula, formula } from "../../emission/formula.ts";
import { truncatedRemainder } from "../../emission/special_functions.ts";
import type { Binary, BinaryFloat, BinaryInt, boolToInt, Unary, UnaryFloat } from "../types.ts";
import type { Like, ShapeOf, StrongDTypeOf, TensorLike } from "../../tensor/like.ts";

/**
 * Adds two tensors elementwise, with broadcasting: `a + b`. Integers wrap around; of booleans it is their or.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.add([1, 2], 10).array(), [11, 12]);
 * ```
 */
export const add: Binary = binary("add", "Add");

/**
 * Subtracts two tensors elementwise, with broadcasting: `a - b`. Integers wrap around.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.subtract([1, 2], 10).array(), [-9, -8]);
 * ```
 */
export const subtract: Binary = binary("subtract", "Sub");

/**
 * Multiplies two tensors elementwise, with broadcasting: `a * b`. Integers wrap around; of booleans it is their and.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.multiply([1, 2], [[10], [100]]).array(), [[10, 20], [100, 200]]);
 * ```
 */
export const multiply: Binary = binary("multiply", "Mul");

/**
 * Divides two tensors elementwise, with broadcasting: `a / b`, a float.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.divide([1, 3], 2).array(), [0.5, 1.5]);
 * ```
 */
export const divide: BinaryFloat = binaryFloat("divide", "Div");

/** Whether a remainder by truncation stands on the other side of zero than the divisor. */
function needsDivisor(f: Formula, remainder: Value, b: Value): Value {
  return f.and(f.not(f.equal(remainder, 0)), f.xor(f.less(remainder, 0), f.less(b, 0)));
}

function writeFloorDivide(f: Formula, a: Value, b: Value): Value {
  if (isFloat(f.dtype)) {
    // The dividend less its remainder is a multiple of the divisor, so that 1 by 0.1 is 9: 0.1 is a little over a tenth.
    const remainder = truncatedRemainder(f, a, b);
    const whole = f.node("Round", f.div(f.sub(a, remainder), b));
    const floor = f.where(needsDivisor(f, remainder, b), f.sub(whole, 1), whole);
    return f.where(f.equal(b, 0), f.div(a, b), floor);
  }
  const byZero = f.equal(b, 0);
  if (!isSigned(f.dtype)) return f.where(byZero, 0, f.div(a, f.where(byZero, 1, b)));
  // The engine fails on division by zero, and of the least integer by -1, whose negative does not fit and wraps.
  const byMinusOne = f.equal(b, -1);
  const divisor = f.where(f.or(byZero, byMinusOne), 1, b);
  const truncated = f.where(byZero, 0, f.where(byMinusOne, f.neg(a), f.div(a, divisor)));
  const uneven = f.not(f.equal(f.node("Mod", a, divisor), 0));
  return f.where(f.and(uneven, f.xor(f.less(a, 0), f.less(divisor, 0))), f.sub(truncated, 1), truncated);
}

/**
 * Divides two tensors elementwise and rounds down, with broadcasting: `⌊a / b⌋`. Integers stay integers, and by zero
 * they give 0, as in NumPy; floats by zero give what {@linkcode divide} gives.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.floorDivide([7, -7, 7], [2, 2, 0]).array(), [3, -4, Infinity]);
 * assertEquals(ops.floorDivide(new Int32Array([7, -7]), 2).array(), [3, -4]);
 * ```
 */
export const floorDivide: BinaryInt = binaryInt("floorDivide", formula(writeFloorDivide));

function writeMod(f: Formula, a: Value, b: Value): Value {
  if (isFloat(f.dtype)) {
    const remainder = truncatedRemainder(f, a, b);
    return f.where(needsDivisor(f, remainder, b), f.add(remainder, b), remainder);
  }
  const byZero = f.equal(b, 0);
  return f.where(byZero, 0, f.node("Mod", a, f.where(byZero, 1, b)));
}

/**
 * The remainder of a division that rounds down, elementwise with broadcasting: `a - ⌊a / b⌋ b`, which has the sign of
 * `b`. By zero integers give 0, as in NumPy, and floats NaN.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.mod([7, -7, 7], [3, 3, -3]).array(), [1, 2, -2]);
 * ```
 */
export const mod: BinaryInt = binaryInt("mod", formula(writeMod));

/**
 * The greater of two elements, with broadcasting; NaN if one of them is.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.maximum([1, -2, 3], 0).array(), [1, 0, 3]);
 * ```
 */
export const maximum: Binary = binary("maximum", "Max");

/**
 * The lesser of two elements, with broadcasting; NaN if one of them is.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.minimum([1, -2, 3], 0).array(), [0, -2, 0]);
 * ```
 */
export const minimum: Binary = binary("minimum", "Min");

/**
 * The negative of each element: `-x`. Integers wrap around.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.negative([1, -2]).array(), [-1, 2]);
 * ```
 */
export const negative: Unary = unary("negative", "Neg");

/**
 * The absolute value of each element: `|x|`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.absolute([1, -2]).array(), [1, 2]);
 * ```
 */
export const absolute: Unary = unary("absolute", "Abs");

/**
 * The absolute value of each element: another name of {@linkcode absolute}.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.abs([1, -2]).array(), [1, 2]);
 * ```
 */
export const abs: Unary = absolute;

/**
 * The sign of each element: -1, 0 or 1; NaN stays.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.sign([3, 0, -0.5]).array(), [1, 0, -1]);
 * ```
 */
export const sign: Unary = unary("sign", "Sign");

export const squareOperation: Operation = unaryOperation(
  "square",
  (emitter, x) => emitter.node("Mul", [x, x]),
  (dtype) => dtype === "bool" ? "int32" : dtype,
  (dtype) => dtype === "bool" ? "int32" : dtype,
);

/**
 * The square of each element: `x²`. Integers wrap around; booleans become `int32`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.square([3, -4]).array(), [9, 16]);
 * ```
 */
export function square<const X extends TensorLike>(x: X): Like<X, ShapeOf<X>, boolToInt<StrongDTypeOf<X>>> {
  return apply(squareOperation, [x], {}) as never;
}

/**
 * One divided by each element: `1 / x`, a float.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.reciprocal([2, -4]).array(), [0.5, -0.25]);
 * ```
 */
export const reciprocal: UnaryFloat = unaryFloat("reciprocal", "Reciprocal");
