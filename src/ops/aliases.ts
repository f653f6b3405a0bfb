/**
 * Other names that Keras has for the same ops.
 *
 * @module
 */
import { divide } from "./elementwise/arithmetic.ts";
import { max, min, variance } from "./reduction/reduction.ts";
import type { Reduction, ReductionFloat } from "./reduction/entries.ts";
import { hardSilu } from "./activation/rectifiers.ts";
import { silu } from "./activation/smooth_activations.ts";
import { unaryFloat } from "./elementwise/entries.ts";
import type { BinaryFloat, UnaryFloat } from "./types.ts";

/**
 * Takes the greatest value over axes: another name of {@linkcode max}.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.amax([[1, 5], [7, 3]], { axis: 1 }).array(), [5, 7]);
 * ```
 */
export const amax: Reduction = max;

/**
 * Takes the least value over axes: another name of {@linkcode min}.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.amin([[1, 5], [7, 3]], { axis: 1 }).array(), [1, 3]);
 * ```
 */
export const amin: Reduction = min;

/**
 * Takes the variance over axes: another name of {@linkcode variance}.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.var([1, 2, 3, 4]).item(), 1.25);
 * ```
 */
const varianceByAnotherName: ReductionFloat = variance;
// A word of the language can only be the name of an export.
export { varianceByAnotherName as var };

/**
 * Divides two tensors elementwise, with broadcasting: another name of {@linkcode divide}.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.trueDivide([1, 3], 2).array(), [0.5, 1.5]);
 * ```
 */
export const trueDivide: BinaryFloat = divide;

/**
 * The sigmoid linear unit: another name of {@linkcode silu}.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.swish([0, Infinity]).array(), [0, Infinity]);
 * ```
 */
export const swish: UnaryFloat = silu;

/**
 * The sigmoid linear unit in straight lines: another name of {@linkcode hardSilu}.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.hardSwish([0, 4]).array(), [0, 4]);
 * ```
 */
export const hardSwish: UnaryFloat = hardSilu;

/**
 * The absolute value of each element as a float: `|x|`. Unlike {@linkcode absolute} it makes floats of integers.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.fabs(new Int32Array([1, -2])).dtype, "float32");
 * ```
 */
export const fabs: UnaryFloat = unaryFloat("fabs", "Abs");
