/**
 * Axes split, put in another order and joined, whether their sizes are known or not.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { type Emitter, int, ints, type Value } from "../../emission/emitter.ts";
import { fromMonomial, product, quotient, size } from "../../shape/arithmetic.ts";
import { type Dim, type Shape, showShape } from "../../shape/dim.ts";
import { ShapeError } from "../../shape/error.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { apply } from "../define.ts";

/** The way axes are arranged. */
export type Arrangement = {
  /** The factors that each axis is split into, of which one may be -1: what the others leave. */
  readonly splits: readonly (readonly number[])[];
  /** The factors, counted from the first of the first axis, that make each axis of the result. */
  readonly groups: readonly (readonly number[])[];
};

/** The dims of the factors of an axis. */
function factorsOf(shape: Shape, axis: number, factors: readonly number[]): readonly Dim[] {
  const dim = shape[axis]!;
  if (factors.length === 1 && factors[0] === -1) return [dim];
  const known = factors.reduce((all, factor) => factor === -1 ? all : all * factor, 1);
  const [whole, part] = [product([dim]), product([known])!];
  const rest = whole === null ? null : quotient(whole, part);
  const fits = rest !== undefined &&
    (factors.includes(-1) || rest === null || fromMonomial(rest) === 1 || typeof dim !== "number");
  if (!fits) {
    throw new ShapeError(
      `Cannot split axis ${axis} of shape ${showShape(shape)}: expected a multiple of ${known}, received ${dim}`,
    );
  }
  return factors.map((factor) => factor === -1 ? fromMonomial(rest ?? null) : factor);
}

export const arrangeOperation: Operation<Arrangement> = {
  name: "arrange",
  infer([x], { splits, groups }) {
    const { shape, dtype } = x!;
    const dims = splits.flatMap((factors, axis) => factorsOf(shape, axis, factors));
    return [{ shape: groups.map((group) => size(group.map((factor) => dims[factor]!))), dtype }];
  },
  rows([place], _, { splits, groups }) {
    if (splits[place!]!.length !== 1) return [undefined];
    const factor = splits.slice(0, place!).flat().length;
    const found = groups.findIndex((group) => group.length === 1 && group[0] === factor);
    return [found < 0 ? undefined : found];
  },
  emit(emitter, [x], { splits, groups }) {
    const sizes = factorSizes(emitter, x!, splits);
    const apart = reshaped(emitter, x!, sizes);
    const order = groups.flat();
    const turned = order.every((factor, place) => factor === place)
      ? apart
      : emitter.node("Transpose", [apart], { attributes: { perm: ints(order) } });
    if (groups.every((group) => group.length === 1)) return turned;
    const joined = groups.map((group) => {
      if (group.length === 0) return emitter.integers([1]);
      const parts = emitter.node("Gather", [sizes, emitter.integers(group)]);
      return group.length === 1 ? parts : emitter.node("ReduceProd", [parts, emitter.integers([0])]);
    });
    return reshaped(emitter, turned, emitter.node("Concat", joined, { attributes: { axis: int(0) } }));
  },
};

function reshaped(emitter: Emitter, x: Value, sizes: Value): Value {
  return emitter.node("Reshape", [x, sizes], { attributes: { allowzero: int(1) } });
}

/** The sizes of all factors, in one list. */
function factorSizes(emitter: Emitter, x: Value, splits: Arrangement["splits"]): Value {
  const shape = emitter.node("Shape", [x], { dtype: "int64" });
  const parts = splits.flatMap((factors, axis) => {
    const known = factors.reduce((all, factor) => factor === -1 ? all : all * factor, 1);
    return factors.map((factor) => {
      if (factor !== -1) return emitter.integers([factor]);
      const dim = emitter.node("Gather", [shape, emitter.integers([axis])]);
      return known === 1 ? dim : emitter.node("Div", [dim, emitter.integers([known])]);
    });
  });
  return emitter.node("Concat", parts, { attributes: { axis: int(0) } });
}

/** Splits axes, puts what comes of it in another order, and joins it. */
export function arrange(x: Tensor, arrangement: Arrangement): Tensor {
  return apply(arrangeOperation, [x], arrangement);
}
