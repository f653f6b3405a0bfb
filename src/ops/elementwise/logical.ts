/**
 * Logic: the results are booleans.
 *
 * @module
 */
import { asBool, binaryBool, unaryBool } from "./entries.ts";
import type { BinaryBool, UnaryBool } from "../types.ts";

/**
 * Whether both elements are true, with broadcasting. Numbers other than 0 are true.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.logicalAnd([false, false, true, true], [0, 1, 0, 1]).array(), [false, false, false, true]);
 * ```
 */
export const logicalAnd: BinaryBool = binaryBool("logicalAnd", "And", asBool);

/**
 * Whether one of two elements is true, or both, with broadcasting. Numbers other than 0 are true.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.logicalOr([false, false, true, true], [0, 1, 0, 1]).array(), [false, true, true, true]);
 * ```
 */
export const logicalOr: BinaryBool = binaryBool("logicalOr", "Or", asBool);

/**
 * Whether exactly one of two elements is true, with broadcasting. Numbers other than 0 are true.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.logicalXor([false, false, true, true], [0, 1, 0, 1]).array(), [false, true, true, false]);
 * ```
 */
export const logicalXor: BinaryBool = binaryBool("logicalXor", "Xor", asBool);

/**
 * Whether each element is false. Numbers other than 0 are true.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.logicalNot([0, 1, -2.5]).array(), [true, false, false]);
 * ```
 */
export const logicalNot: UnaryBool = unaryBool("logicalNot", "Not", asBool);
