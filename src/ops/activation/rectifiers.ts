/**
 * Activations that bend at a point: rectifiers, their smooth relatives with an exponential side, shrinkage and hard
 * limits. Where the engine has a kernel with the same numbers it is used.
 *
 * @module
 */
import { type Emitter, float, type Value } from "../../emission/emitter.ts";
import type { Operation } from "../../graph/operation.ts";
import type { TensorLike } from "../../tensor/like.ts";
import { isFloat, isUnsigned, toFloat } from "../../tensor/promote.ts";
import { apply } from "../define.ts";
import {
  boolAsInt,
  type Settled,
  unaryFloat,
  unaryFloatWith,
  unaryInt,
  unaryOperation,
  unaryWith,
} from "../elementwise/entries.ts";
import { Formula, formula } from "../../emission/formula.ts";
import { expm1 } from "../../emission/special_functions.ts";
import type { FloatLike, UnaryFloat, UnaryFloatWith, UnaryInt, UnaryIntWith } from "../types.ts";

/** A kernel of the engine where it computes in the dtype of `x`, which float64 lacks; else the formula. */
function kernelOr(
  opType: string,
  attributes: Readonly<Record<string, number>>,
  write: (f: Formula, x: Value) => Value,
): (emitter: Emitter, x: Value) => Value {
  return (emitter, x) => {
    if (x.dtype === "float64") return write(new Formula(emitter, x.dtype), x);
    const floats = Object.entries(attributes).map(([name, value]) => [name, float(value)]);
    return emitter.node(opType, [x], { attributes: Object.fromEntries(floats) });
  };
}

function writeRelu(emitter: Emitter, x: Value, options: Settled<ReluOptions>): Value {
  const { negativeSlope, maxValue, threshold } = options;
  const plain = negativeSlope === 0 && threshold === 0;
  if (!isFloat(x.dtype) && !(plain && (maxValue === null || Number.isInteger(maxValue)))) {
    return emitter.cast(writeRelu(emitter, emitter.cast(x, "float32"), options), x.dtype);
  }
  const f = new Formula(emitter, x.dtype);
  const below = negativeSlope === 0 ? 0 : f.mul(threshold === 0 ? x : f.sub(x, threshold), negativeSlope);
  const rectified = !plain
    ? f.where(f.greater(x, threshold), x, below)
    : isFloat(x.dtype)
    ? f.node("Relu", x)
    : f.max(x, 0);
  return maxValue === null ? rectified : f.min(rectified, maxValue);
}

/** The options of {@linkcode relu}. */
export interface ReluOptions {
  /** The slope below the threshold. Default: 0. */
  readonly negativeSlope?: number;
  /** The greatest value, `null` for none. Default: `null`. */
  readonly maxValue?: number | null;
  /** Up to where values are sent to the slope. Default: 0. */
  readonly threshold?: number;
}

/**
 * The rectified linear unit: `max(x, 0)`; with options `x` above the threshold, else `negativeSlope (x - threshold)`, and
 * at most `maxValue`. The dtype stays; `bool` becomes `int32`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.relu([-2, 0, 3]).array(), [0, 0, 3]);
 * assertEquals(ops.relu([-2, 0, 30], { negativeSlope: 0.5, maxValue: 6 }).array(), [-1, 0, 6]);
 * ```
 */
export const relu: UnaryIntWith<ReluOptions> = unaryWith<ReluOptions>(
  "relu",
  { negativeSlope: 0, maxValue: null, threshold: 0 },
  writeRelu,
  boolAsInt,
) as UnaryIntWith<ReluOptions>;

/**
 * The rectified linear unit that ends at 6: `min(max(x, 0), 6)`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.relu6([-2, 3, 8]).array(), [0, 3, 6]);
 * ```
 */
export const relu6: UnaryFloat = unaryFloat("relu6", formula((f, x) => f.clip(x, 0, 6)));

/** The options of {@linkcode leakyRelu}. */
export interface LeakyReluOptions {
  /** The slope below zero. Default: 0.2. */
  readonly negativeSlope?: number;
}

/**
 * The leaky rectified linear unit: `x`, below zero `negativeSlope x`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.leakyRelu([-2, 3], { negativeSlope: 0.5 }).array(), [-1, 3]);
 * ```
 */
export const leakyRelu: UnaryFloatWith<LeakyReluOptions> = unaryFloatWith<LeakyReluOptions>(
  "leakyRelu",
  { negativeSlope: 0.2 },
  (f, x, { negativeSlope }) =>
    kernelOr("LeakyRelu", { alpha: negativeSlope }, () => f.where(f.less(x, 0), f.mul(x, negativeSlope), x))(
      f.emitter,
      x,
    ),
);

function writeElu(f: Formula, x: Value, alpha: number): Value {
  return f.where(f.greater(x, 0), x, f.mul(expm1(f, f.min(x, 0)), alpha));
}

/** The options of {@linkcode elu}. */
export interface EluOptions {
  /** The limit below zero, as a positive number. Default: 1. */
  readonly alpha?: number;
}

/**
 * The exponential linear unit: `x`, below zero `alpha (e^x - 1)`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.elu([2, -Infinity], { alpha: 0.5 }).array(), [2, -0.5]);
 * ```
 */
export const elu: UnaryFloatWith<EluOptions> = unaryFloatWith<EluOptions>(
  "elu",
  { alpha: 1 },
  (f, x, { alpha }) => writeElu(f, x, alpha),
);

/** The options of {@linkcode celu}. */
export interface CeluOptions {
  /** The limit below zero, as a positive number. Default: 1. */
  readonly alpha?: number;
}

/**
 * The continuously differentiable exponential linear unit: `x`, below zero `alpha (e^(x / alpha) - 1)`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.celu([2, -Infinity], { alpha: 0.5 }).array(), [2, -0.5]);
 * ```
 */
export const celu: UnaryFloatWith<CeluOptions> = unaryFloatWith<CeluOptions>(
  "celu",
  { alpha: 1 },
  (f, x, { alpha }) => f.where(f.greater(x, 0), x, f.mul(expm1(f, f.div(f.min(x, 0), alpha)), alpha)),
);

// The fixed point of mean 0 and variance 1 in "Self-Normalizing Neural Networks" (Klambauer et al., 2017).
const SELU_ALPHA = 1.6732632423543772;
const SELU_SCALE = 1.0507009873554805;

/**
 * The scaled exponential linear unit: 1.0507 times {@linkcode elu} with an alpha of 1.67326.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.selu(-1).item().toFixed(5), "-1.11133");
 * ```
 */
export const selu: UnaryFloat = unaryFloat("selu", formula((f, x) => f.mul(writeElu(f, x, SELU_ALPHA), SELU_SCALE)));

/** The options of {@linkcode hardShrink} and {@linkcode softShrink}. */
export interface ShrinkOptions {
  /** Half the width of what becomes 0. Default: 0.5. */
  readonly threshold?: number;
}

/**
 * Hard shrinkage: `x`, but 0 from `-threshold` to `threshold`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.hardShrink([-2, 0.25, 0.75]).array(), [-2, 0, 0.75]);
 * ```
 */
export const hardShrink: UnaryFloatWith<ShrinkOptions> = unaryFloatWith<ShrinkOptions>(
  "hardShrink",
  { threshold: 0.5 },
  (f, x, { threshold }) => f.where(f.greater(f.abs(x), threshold), x, 0),
);

/**
 * Soft shrinkage: 0 from `-threshold` to `threshold`, and beyond that `x` moved towards zero by the threshold.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.softShrink([-2, 0.25, 0.75]).array(), [-1.5, 0, 0.25]);
 * ```
 */
export const softShrink: UnaryFloatWith<ShrinkOptions> = unaryFloatWith<ShrinkOptions>(
  "softShrink",
  { threshold: 0.5 },
  (f, x, { threshold }) => f.sub(x, f.clip(x, -threshold, threshold)),
);

/**
 * The hyperbolic tangent in straight lines: `x` limited to -1 to 1. Integers stay integers; `bool` becomes `int32`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.hardTanh([-2, 0.5, 2]).array(), [-1, 0.5, 1]);
 * ```
 */
export const hardTanh: UnaryInt = unaryInt(
  "hardTanh",
  formula((f, x) => isUnsigned(x.dtype) ? f.min(x, 1) : f.clip(x, -1, 1)),
);

function writeHardSigmoid(f: Formula, x: Value): Value {
  return f.clip(f.add(f.div(x, 6), 0.5), 0, 1);
}

/**
 * The sigmoid in straight lines: `x / 6 + 1/2` limited to 0 to 1.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.hardSigmoid([-4, 0, 4]).array(), [0, 0.5, 1]);
 * ```
 */
export const hardSigmoid: UnaryFloat = unaryFloat(
  "hardSigmoid",
  kernelOr("HardSigmoid", { alpha: 1 / 6, beta: 0.5 }, writeHardSigmoid),
);

/**
 * The sigmoid linear unit in straight lines, also known as hard swish: `x` times {@linkcode hardSigmoid} of `x`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.hardSilu([-4, 0, 4]).array(), [-0, 0, 4]);
 * ```
 */
export const hardSilu: UnaryFloat = unaryFloat(
  "hardSilu",
  kernelOr("HardSwish", {}, (f, x) => f.mul(x, writeHardSigmoid(f, x))),
);

/**
 * The smooth rectifier that ends: 0 up to -1, `(x + 1)² / 4` up to 1, then `x`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.sparsePlus([-2, 0, 1, 3]).array(), [0, 0.25, 1, 3]);
 * ```
 */
export const sparsePlus: UnaryFloat = unaryFloat(
  "sparsePlus",
  formula((f, x) => {
    const square = f.node("Mul", f.add(x, 1), f.add(x, 1));
    return f.where(f.greater(x, -1), f.where(f.less(x, 1), f.div(square, 4), x), f.where(f.less(x, 0), 0, x));
  }),
);

/**
 * The derivative of {@linkcode sparsePlus}: `(x + 1) / 2` limited to 0 to 1.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.sparseSigmoid([-2, 0, 0.5]).array(), [0, 0.5, 0.75]);
 * ```
 */
export const sparseSigmoid: UnaryFloat = unaryFloat(
  "sparseSigmoid",
  kernelOr("HardSigmoid", { alpha: 0.5, beta: 0.5 }, (f, x) => f.clip(f.add(f.mul(x, 0.5), 0.5), 0, 1)),
);

/** The entry of {@linkcode threshold}. */
export const thresholdOperation: Operation<{ readonly threshold: number; readonly value: number }> = unaryOperation(
  "threshold",
  (emitter, x, { threshold, value }) => {
    const f = new Formula(emitter, x.dtype);
    return f.where(f.greater(x, threshold), x, value);
  },
  toFloat,
  toFloat,
);

/**
 * `x` above a threshold, else a fixed value.
 *
 * @param x What is compared with the threshold.
 * @param threshold The greatest number that is replaced.
 * @param value What stands in its place.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.threshold([-1, 1, 2], 1, -7).array(), [-7, -7, 2]);
 * ```
 */
export function threshold<const X extends TensorLike>(x: X, threshold: number, value: number): FloatLike<X> {
  return apply(thresholdOperation, [x], { threshold, value }) as never;
}
