/**
 * Whether numbers are nearly equal, and which of the special values they are.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { type broadcast, broadcast as broadcastShapes } from "../../shape/broadcast.ts";
import type { Check, Like, ShapeOf, TensorLike } from "../../tensor/like.ts";
import { toFloat } from "../../tensor/promote.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { checkOpOptions } from "../arguments.ts";
import { apply, commonDType, toOperands } from "../define.ts";
import { unaryBool } from "./entries.ts";
import { Formula, formula } from "../../emission/formula.ts";
import { all } from "../reduction/reduction.ts";
import { broadcastRows } from "../rows.ts";
import { isNegative } from "../../emission/special_functions.ts";
import type { UnaryBool } from "../types.ts";

/**
 * Whether each element is positive infinity.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.isposinf([1, Infinity, -Infinity]).array(), [false, true, false]);
 * ```
 */
export const isposinf: UnaryBool = unaryBool("isposinf", formula((f, x) => f.equal(x, Infinity)), toFloat);

/**
 * Whether each element is negative infinity.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.isneginf([1, Infinity, -Infinity]).array(), [false, false, true]);
 * ```
 */
export const isneginf: UnaryBool = unaryBool("isneginf", formula((f, x) => f.equal(x, -Infinity)), toFloat);

/**
 * Whether each element has the sign of negative numbers, which -0 has too; NaN counts as positive.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.signbit([-2, -0, 0, 3]).array(), [true, true, false, false]);
 * ```
 */
export const signbit: UnaryBool = unaryBool("signbit", formula(isNegative), toFloat);

/** The options of {@linkcode isclose} and {@linkcode allclose}. */
export interface ClosenessOptions {
  /** The relative tolerance, as a part of the second element. Default: 1e-5. */
  readonly rtol?: number | undefined;
  /** The absolute tolerance, which is added. Default: 1e-8. */
  readonly atol?: number | undefined;
  /** Whether NaN is close to NaN. Default: `false`. */
  readonly equalNan?: boolean | undefined;
}

export const iscloseOperation: Operation<{ readonly rtol: number; readonly atol: number; readonly equalNan: boolean }> =
  {
    name: "isclose",
    infer: ([a, b]) => [{ shape: broadcastShapes(a!.shape, b!.shape), dtype: "bool" }],
    rows: broadcastRows,
    emit(emitter, inputs, { rtol, atol, equalNan }) {
      const dtype = commonDType(inputs) === "float64" ? "float64" : "float32";
      const [a, b] = inputs.map((input) => emitter.cast(input, dtype));
      const f = new Formula(emitter, dtype);
      const distance = f.abs(f.sub(a!, b!));
      const size = f.abs(b!);
      const near = emitter.node("LessOrEqual", [distance, f.add(f.mul(size, rtol), atol)], { dtype: "bool" });
      // Beside an infinity every finite distance would be small.
      const close = f.or(f.and(near, f.less(size, Infinity)), f.equal(a!, b!));
      if (!equalNan) return close;
      const isNaN = (value: typeof distance) => emitter.node("IsNaN", [value], { dtype: "bool" });
      return f.or(close, f.and(isNaN(a!), isNaN(b!)));
    },
  };

/**
 * Whether the elements of two tensors are nearly equal, with broadcasting: `|a - b| ≤ atol + rtol |b|`. An infinity is
 * close to itself alone.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.isclose([1, 100], [1.1, 100.0001]).array(), [false, true]);
 * assertEquals(ops.isclose(1, 1.1, { rtol: 0.2 }).item(), true);
 * ```
 */
export function isclose<const A extends TensorLike, const B extends TensorLike>(
  a: A,
  b: B & Check<broadcast<ShapeOf<A>, ShapeOf<B>>>,
  options: ClosenessOptions = {},
): Like<A | B, broadcast<ShapeOf<A>, ShapeOf<B>>, "bool"> {
  checkOpOptions("isclose", options, ["atol", "equalNan", "rtol"]);
  const { rtol = 1e-5, atol = 1e-8, equalNan = false } = options;
  return apply(iscloseOperation, toOperands(a, b as TensorLike), { rtol, atol, equalNan }) as never;
}

/**
 * Whether all elements of two tensors are nearly equal, with broadcasting: `|a - b| ≤ atol + rtol |b|`.
 *
 * @throws {ShapeError} If the shapes do not broadcast.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.allclose([1, 100], [1, 100.0001]).item(), true);
 * ```
 */
export function allclose<const A extends TensorLike, const B extends TensorLike>(
  a: A,
  b: B & Check<broadcast<ShapeOf<A>, ShapeOf<B>>>,
  options: ClosenessOptions = {},
): Like<A | B, readonly [], "bool"> {
  checkOpOptions("allclose", options, ["atol", "equalNan", "rtol"]);
  const close: Tensor = isclose(a as TensorLike, b as TensorLike, options);
  return all(close) as never;
}
