/**
 * Comparison: the results are booleans, and operands of different dtypes meet as in arithmetic.
 *
 * @module
 */
import { binaryBool } from "./entries.ts";
import { formula } from "../../emission/formula.ts";
import type { BinaryBool } from "../types.ts";

/**
 * Whether the elements of two tensors are equal, with broadcasting: `a = b`. NaN equals nothing.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.equal([1, 2, 3], 2).array(), [false, true, false]);
 * ```
 */
export const equal: BinaryBool = binaryBool("equal", "Equal");

/**
 * Whether the elements of two tensors differ, with broadcasting: `a ≠ b`. NaN differs from everything.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.notEqual([1, 2, 3], 2).array(), [true, false, true]);
 * ```
 */
export const notEqual: BinaryBool = binaryBool("notEqual", formula((f, a, b) => f.not(f.equal(a, b))));

/**
 * Whether elements are less than those of another tensor, with broadcasting: `a < b`. With NaN it is false.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.less([1, 2, 3], 2).array(), [true, false, false]);
 * ```
 */
export const less: BinaryBool = binaryBool("less", "Less");

/**
 * Whether elements are at most those of another tensor, with broadcasting: `a ≤ b`. With NaN it is false.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.lessEqual([1, 2, 3], 2).array(), [true, true, false]);
 * ```
 */
export const lessEqual: BinaryBool = binaryBool("lessEqual", "LessOrEqual");

/**
 * Whether elements are greater than those of another tensor, with broadcasting: `a > b`. With NaN it is false.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.greater([1, 2, 3], 2).array(), [false, false, true]);
 * ```
 */
export const greater: BinaryBool = binaryBool("greater", "Greater");

/**
 * Whether elements are at least those of another tensor, with broadcasting: `a ≥ b`. With NaN it is false.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.greaterEqual([1, 2, 3], 2).array(), [false, true, true]);
 * ```
 */
export const greaterEqual: BinaryBool = binaryBool("greaterEqual", "GreaterOrEqual");
