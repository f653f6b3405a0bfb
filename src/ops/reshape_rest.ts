/**
 * Reshaping that leaves the first axis alone, whether its size is known or not.
 *
 * @module
 */
import { reshape } from "../shape/reshape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { apply, operation } from "./define.ts";

const op = operation<{ readonly target: readonly number[] }>({
  name: "reshapeRest",
  infer: ([x], { target }) => [{ shape: [x!.shape[0]!, ...reshape(x!.shape.slice(1), target)], dtype: x!.dtype }],
  // In ONNX a 0 copies the size of the input's axis.
  emit: (emitter, [x], { target }) => emitter.node("Reshape", [x!, emitter.integers([0, ...target])]),
});

/**
 * Gives the axes behind the first the shape `target`, in which one size may be -1.
 *
 * @throws {ShapeError} If the sizes differ.
 */
export function reshapeRest(x: Tensor, target: readonly number[]): Tensor {
  const rest = reshape(x.shape.slice(1), target);
  return apply(op, [x], { target: target.map((dim, axis) => dim === -1 ? known(rest[axis]) : dim) });
}

function known(dim: unknown): number {
  return typeof dim === "number" ? dim : -1;
}
