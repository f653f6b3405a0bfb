/**
 * Arithmetic.
 *
 * @module
 */
import { binary, binaryFloat } from "./elementwise.ts";
import type { Binary, BinaryFloat } from "./types.ts";

/**
 * Adds two tensors elementwise, with broadcasting: `a + b`.
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
