/**
 * Several axes in one, after all others.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { type Emitter, int, ints, type Value } from "../../emission/emitter.ts";
import { size } from "../../shape/arithmetic.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { apply } from "../define.ts";
import { rowsWithout } from "../rows.ts";

export const flattenAxesOperation: Operation<{ readonly axes: readonly number[] }> = {
  name: "flattenAxes",
  infer([x], { axes }) {
    const others = x!.shape.filter((_, place) => !axes.includes(place));
    return [{ shape: [...others, size(axes.map((axis) => x!.shape[axis]!))], dtype: x!.dtype }];
  },
  rows: ([place], _, { axes }) => [rowsWithout(place!, axes)],
  emit(emitter, [x], { axes }) {
    const others = [...x!.shape.keys()].filter((place) => !axes.includes(place));
    const order = [...others, ...axes];
    const turned = order.every((axis, place) => axis === place)
      ? x!
      : emitter.node("Transpose", [x!], { attributes: { perm: ints(order) } });
    return axes.length === 1 ? turned : emitter.node("Reshape", [turned, sizes(emitter, turned, others.length)], {
      attributes: { allowzero: int(1) },
    });
  },
};

/** The sizes of the first axes and the product of the rest: a -1 would not say what it is where there are no values. */
function sizes(emitter: Emitter, x: Value, first: number): Value {
  const shapeOf = (attributes: Readonly<Record<string, ReturnType<typeof int>>>) =>
    emitter.node("Shape", [x], { dtype: "int64", attributes });
  const rest = emitter.node("ReduceProd", [shapeOf({ start: int(first) }), emitter.integers([0])]);
  return first === 0 ? rest : emitter.node("Concat", [shapeOf({ end: int(first) }), rest], {
    attributes: { axis: int(0) },
  });
}

/** Moves axes, which are counted from the start, to the end and makes one of them. */
export function flattenAxes(x: Tensor, axes: readonly number[]): Tensor {
  return apply(flattenAxesOperation, [x], { axes });
}
