/**
 * Noise on tensors, for layers: what is drawn has the shape of what it falls on, whatever that is in a run.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { type Emitter, int, type Value } from "../../emission/emitter.ts";
import type { Attributes } from "../../graph/operation.ts";
import { toFloat } from "../../tensor/promote.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { apply } from "../define.ts";
import { erfinv } from "../../emission/erfinv.ts";
import { Formula } from "../../emission/formula.ts";
import { randomBits } from "./random_bits.ts";
import { type Seed, stateOf } from "./seed.ts";
import { threshold } from "./rate.ts";

interface NoiseAttributes extends Attributes {
  readonly stddev: number;
  /** Whether values are multiplied with what is drawn around 1, or what is drawn around 0 is added. */
  readonly multiplied: boolean;
}

function countOf(emitter: Emitter, sizes: Value, rank: number): Value {
  return rank === 0 ? emitter.integers([1]) : emitter.node("ReduceProd", [sizes, emitter.integers([0])]);
}

function shaped(emitter: Emitter, flat: Value, sizes: Value): Value {
  return emitter.node("Reshape", [flat, sizes], { attributes: { allowzero: int(1) } });
}

export const gaussianNoiseOperation: Operation<NoiseAttributes> = {
  name: "gaussianNoise",
  infer: ([, x]) => [{ shape: x!.shape, dtype: toFloat(x!.dtype) }],
  emit(emitter, [state, x], { stddev, multiplied }) {
    const dtype = toFloat(x!.dtype);
    const f = new Formula(emitter, dtype === "float64" ? "float64" : "float32");
    const input = emitter.cast(x!, f.dtype);
    const sizes = emitter.node("Shape", [x!], { dtype: "int64" });
    const bits = randomBits(emitter, state!, countOf(emitter, sizes, x!.shape.length));
    // Odd multiples of 2^-24 between -1 and 1: symmetric, and neither 0 nor an end among them.
    const cleared = emitter.node("BitwiseAnd", [bits, emitter.scalar(-256, "int32")]);
    const uniform = f.add(f.mul(emitter.cast(cleared, f.dtype), 2 ** -31), 2 ** -24);
    const scaled = f.mul(erfinv(emitter, uniform, false), Math.SQRT2 * stddev);
    const noise = shaped(emitter, scaled, sizes);
    return emitter.cast(multiplied ? f.mul(input, f.add(noise, 1)) : f.add(input, noise), dtype);
  },
};

/** Adds normal noise of a standard deviation, or multiplies with such noise around 1. */
export function gaussianNoise(x: Tensor, stddev: number, seed: Seed, multiplied = false): Tensor {
  return apply(gaussianNoiseOperation, [stateOf(seed, x), x], { stddev, multiplied });
}

interface AlphaAttributes extends Attributes {
  readonly rate: number;
  readonly noiseShape: readonly (number | null)[] | undefined;
}

/** The result of a scaled exponential linear unit for large negative values: `-scale * alpha`. */
const SATURATED = -1.6732632423543772 * 1.0507009873554805;

export const alphaDropoutOperation: Operation<AlphaAttributes> = {
  name: "alphaDropout",
  infer: ([, x]) => [{ shape: x!.shape, dtype: toFloat(x!.dtype) }],
  emit(emitter, [state, x], { rate, noiseShape }) {
    const dtype = toFloat(x!.dtype);
    const f = new Formula(emitter, dtype === "float64" ? "float64" : "float32");
    const rank = x!.shape.length;
    let sizes = emitter.node("Shape", [x!], { dtype: "int64" });
    if (noiseShape !== undefined) {
      const open = emitter.constant(noiseShape.map((dim) => dim === null ? 1 : 0), "bool", [rank]);
      sizes = emitter.node("Where", [open, sizes, emitter.integers(noiseShape.map((dim) => dim ?? 1))], {
        dtype: "int64",
      });
    }
    const bits = emitter.cast(randomBits(emitter, state!, countOf(emitter, sizes, rank)), "int64");
    const limit = emitter.scalar(threshold(rate), "int64");
    const flat = emitter.node("GreaterOrEqual", [bits, limit], { dtype: "bool" });
    const kept = shaped(emitter, flat, sizes);
    // Mean and variance of values of mean 0 and variance 1 stay as they are.
    const a = ((1 - rate) * (1 + rate * SATURATED ** 2)) ** -0.5;
    const dropped = f.where(kept, emitter.cast(x!, f.dtype), SATURATED);
    return emitter.cast(f.add(f.mul(dropped, a), -a * SATURATED * rate), dtype);
  },
};

/** Sets values to what a scaled exponential linear unit saturates at, and scales and shifts all. */
export function alphaDropout(
  x: Tensor,
  rate: number,
  seed: Seed,
  noiseShape: readonly (number | null)[] | null,
): Tensor {
  return apply(alphaDropoutOperation, [stateOf(seed, x), x], { rate, noiseShape: noiseShape ?? undefined });
}
