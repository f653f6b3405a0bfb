/**
 * Activations that bend at a point: rectifiers, their smooth relatives with an exponential side, shrinkage and hard
 * limits. Where the engine has a kernel with the same numbers it is used.
 *
 * @module
 */
import { type Emitter, float, type Value } from "../../emission/emitter.ts";
import type { Operation } from "../../graph/operation.ts";
import type { Like, ShapeOf, StrongDTypeOf, TensorLike } from "../../tensor/like.ts";
import { isFloat, toFloat } from "../../tensor/promote.ts";
import { checkOpOptions } from "../arguments.ts";
import { apply } from "../define.ts";
import { boolAsInt, unaryFloat, unaryOperation } from "../elementwise/entries.ts";
import { Formula, formula } from "../../emission/formula.ts";
import { expm1 } from "../../emission/special_functions.ts";
import type { boolToInt, FloatLike, UnaryFloat } from "../types.ts";

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

interface ReluAttributes {
  readonly [name: string]: number | null | undefined;
  readonly negativeSlope?: number | undefined;
  readonly maxValue?: number | null | undefined;
  readonly threshold?: number | undefined;
}

function writeRelu(emitter: Emitter, x: Value, attributes: ReluAttributes): Value {
  const { negativeSlope = 0, maxValue = null, threshold = 0 } = attributes;
  const plain = negativeSlope === 0 && threshold === 0;
  if (!isFloat(x.dtype) && !(plain && (maxValue === null || Number.isInteger(maxValue)))) {
    return emitter.cast(writeRelu(emitter, emitter.cast(x, "float32"), attributes), x.dtype);
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

const reluOperation: Operation<ReluAttributes> = unaryOperation("relu", writeRelu, boolAsInt, boolAsInt);

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
export function relu<const X extends TensorLike>(
  x: X,
  options: ReluOptions = {},
): Like<X, ShapeOf<X>, boolToInt<StrongDTypeOf<X>>> {
  checkOpOptions("relu", options, ["maxValue", "negativeSlope", "threshold"]);
  const { negativeSlope, maxValue, threshold } = options;
  return apply(reluOperation, [x], { negativeSlope, maxValue, threshold }) as never;
}

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

const leakyReluOperation = unaryOperation<{ readonly negativeSlope?: number | undefined }>(
  "leakyRelu",
  (emitter, x, { negativeSlope = 0.2 }) =>
    kernelOr("LeakyRelu", { alpha: negativeSlope }, (f) => f.where(f.less(x, 0), f.mul(x, negativeSlope), x))(
      emitter,
      x,
    ),
  toFloat,
  toFloat,
);

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
export function leakyRelu<const X extends TensorLike>(x: X, options: LeakyReluOptions = {}): FloatLike<X> {
  checkOpOptions("leakyRelu", options, ["negativeSlope"]);
  return apply(leakyReluOperation, [x], { negativeSlope: options.negativeSlope }) as never;
}

function writeElu(f: Formula, x: Value, alpha: number): Value {
  return f.where(f.greater(x, 0), x, f.mul(expm1(f, f.min(x, 0)), alpha));
}

/** The options of {@linkcode elu}. */
export interface EluOptions {
  /** How far it goes below zero. Default: 1. */
  readonly alpha?: number;
}

const eluOperation = unaryOperation<{ readonly alpha?: number | undefined }>(
  "elu",
  (emitter, x, { alpha = 1 }) => writeElu(new Formula(emitter, x.dtype), x, alpha),
  toFloat,
  toFloat,
);

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
export function elu<const X extends TensorLike>(x: X, options: EluOptions = {}): FloatLike<X> {
  checkOpOptions("elu", options, ["alpha"]);
  return apply(eluOperation, [x], { alpha: options.alpha }) as never;
}

/** The options of {@linkcode celu}. */
export interface CeluOptions {
  /** How far it goes below zero. Default: 1. */
  readonly alpha?: number;
}

const celuOperation = unaryOperation<{ readonly alpha?: number | undefined }>(
  "celu",
  (emitter, x, { alpha = 1 }) => {
    const f = new Formula(emitter, x.dtype);
    return f.where(f.greater(x, 0), x, f.mul(expm1(f, f.div(f.min(x, 0), alpha)), alpha));
  },
  toFloat,
  toFloat,
);

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
export function celu<const X extends TensorLike>(x: X, options: CeluOptions = {}): FloatLike<X> {
  checkOpOptions("celu", options, ["alpha"]);
  return apply(celuOperation, [x], { alpha: options.alpha }) as never;
}

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

const hardShrinkOperation = unaryOperation<{ readonly threshold?: number | undefined }>(
  "hardShrink",
  (emitter, x, { threshold = 0.5 }) => {
    const f = new Formula(emitter, x.dtype);
    return f.where(f.greater(f.abs(x), threshold), x, 0);
  },
  toFloat,
  toFloat,
);

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
export function hardShrink<const X extends TensorLike>(x: X, options: ShrinkOptions = {}): FloatLike<X> {
  checkOpOptions("hardShrink", options, ["threshold"]);
  return apply(hardShrinkOperation, [x], { threshold: options.threshold }) as never;
}

const softShrinkOperation = unaryOperation<{ readonly threshold?: number | undefined }>(
  "softShrink",
  (emitter, x, { threshold = 0.5 }) => {
    const f = new Formula(emitter, x.dtype);
    return f.sub(x, f.clip(x, -threshold, threshold));
  },
  toFloat,
  toFloat,
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
export function softShrink<const X extends TensorLike>(x: X, options: ShrinkOptions = {}): FloatLike<X> {
  checkOpOptions("softShrink", options, ["threshold"]);
  return apply(softShrinkOperation, [x], { threshold: options.threshold }) as never;
}

const hardTanhOperation = unaryOperation(
  "hardTanh",
  formula((f, x) => x.dtype === "uint8" ? f.min(x, 1) : f.clip(x, -1, 1)),
  boolAsInt,
  boolAsInt,
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
export function hardTanh<const X extends TensorLike>(x: X): Like<X, ShapeOf<X>, boolToInt<StrongDTypeOf<X>>> {
  return apply(hardTanhOperation, [x], {}) as never;
}

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

const thresholdOperation = unaryOperation<{ readonly threshold: number; readonly value: number }>(
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
