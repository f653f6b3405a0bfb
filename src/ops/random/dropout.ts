/**
 * Dropout.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { int } from "../../emission/emitter.ts";
import { broadcastTo } from "../../shape/broadcast_to.ts";
import { showShape } from "../../shape/dim.ts";
import { ShapeError } from "../../shape/error.ts";
import { type DTypeOf, type Like, type ShapeOf, type TensorLike, toTensor } from "../../tensor/like.ts";
import { isFloat, toFloat } from "../../tensor/promote.ts";
import { checkOpOptions } from "../arguments.ts";
import { apply } from "../define.ts";
import { randomBits } from "./random_bits.ts";
import { type Seed, stateOf } from "./seed.ts";
import { checkShare, threshold } from "./rate.ts";

/** The options of {@linkcode dropout}. */
export interface DropoutOptions {
  /** The source of the numbers. */
  readonly seed?: Seed;
  /** The shape of what is drawn, which is broadcast to that of `x`; `null` is the size of `x`. Default: the shape of `x`. */
  readonly noiseShape?: readonly (number | null)[];
}

export const dropoutOperation: Operation<{ rate: number; noiseShape: readonly (number | null)[] | undefined }> = {
  name: "dropout",
  infer: ([, x]) => [{ shape: x!.shape, dtype: toFloat(x!.dtype) }],
  emit(emitter, [state, x], { rate, noiseShape }) {
    const input = emitter.cast(x!, toFloat(x!.dtype));
    const zero = emitter.scalar(0, input.dtype);
    let sizes = emitter.node("Shape", [x!], { dtype: "int64" });
    if (noiseShape !== undefined) {
      const rank = [noiseShape.length];
      const open = emitter.constant(noiseShape.map((dim) => dim === null ? 1 : 0), "bool", rank);
      sizes = emitter.node("Where", [open, sizes, emitter.integers(noiseShape.map((dim) => dim ?? 1))], {
        dtype: "int64",
      });
    }
    const rank = x!.shape.length;
    const count = rank === 0 ? emitter.integers([1]) : emitter.node("ReduceProd", [sizes, emitter.integers([0])]);
    const flat = emitter.node("GreaterOrEqual", [
      emitter.cast(randomBits(emitter, state!, count), "int64"),
      emitter.scalar(threshold(rate), "int64"),
    ], { dtype: "bool" });
    const kept = emitter.node("Reshape", [flat, sizes], { attributes: { allowzero: int(1) } });
    const scale = emitter.scalar(1 / (1 - rate), input.dtype);
    return emitter.node("Where", [kept, emitter.node("Mul", [input, scale]), zero], { dtype: input.dtype });
  },
};

/**
 * Sets elements to 0 at random and scales the others, so that the mean stays: each is kept with probability `1 - rate`
 * and becomes `x / (1 - rate)`.
 *
 * @param x The tensor.
 * @param rate How likely an element is dropped.
 * @param options The seed, and the axes along which elements are dropped together.
 * @throws {RangeError} If the rate is not from 0 to 1.
 * @throws {ShapeError} If the noise shape does not broadcast to that of `x`.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * const x = ops.dropout([1, 2, 3, 4], 0.5, { seed: 7 });
 * assert(x.dataSync().every((value, i) => value === 0 || value === 2 * (i + 1)));
 * ```
 */
export function dropout<const X extends TensorLike>(
  x: X,
  rate: number,
  options: DropoutOptions = {},
): Like<X, ShapeOf<X>, toFloat<DTypeOf<X>>> {
  checkOpOptions("dropout", options, ["noiseShape", "seed"]);
  checkShare("Cannot drop elements at a rate", rate);
  const tensor = toTensor(x);
  const { noiseShape, seed } = options;
  if (noiseShape !== undefined) {
    if (noiseShape.length !== tensor.shape.length) {
      throw new ShapeError(
        `Cannot drop elements of ${showShape(tensor.shape)} by noise of shape ${showShape(noiseShape)}: ` +
          "expected as many axes",
      );
    }
    broadcastTo(noiseShape.map((dim, axis) => dim ?? tensor.shape[axis] ?? null), tensor.shape);
  }
  if (rate === 0 && isFloat(tensor.dtype)) return tensor as never;
  return apply(dropoutOperation, [stateOf(seed, tensor), tensor], { rate, noiseShape }) as never;
}
