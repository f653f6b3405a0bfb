/**
 * Reshaping that leaves the first axis alone, whether its size is known or not.
 *
 * @module
 */
import { int } from "../graph/emitter.ts";
import { reshape } from "../shape/reshape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { apply, operation } from "./define.ts";

const op = operation<{ readonly target: readonly number[] }>({
  name: "reshapeRest",
  infer: ([x], { target }) => [{ shape: [x!.shape[0]!, ...reshape(x!.shape.slice(1), target)], dtype: x!.dtype }],
  rows: ([axis]) => [axis === 0 ? 0 : undefined],
  // In ONNX a 0 copies the size of the input's axis.
  emit(emitter, [x], { target }) {
    if (!target.includes(-1)) return emitter.node("Reshape", [x!, emitter.integers([0, ...target])]);
    // The engine cannot tell the size in place of a -1 where there are no rows: it is computed.
    const sizes = emitter.node("Shape", [x!], { dtype: "int64", attributes: { start: int(1) } });
    const all = emitter.node("ReduceProd", [sizes, emitter.integers([0])]);
    const others = target.reduce((size, dim) => dim === -1 ? size : size * dim, 1);
    const rest = others === 1 ? all : emitter.node("Div", [all, emitter.integers([others])]);
    // Added up, since the engine would make a -1 again of what is concatenated.
    const chosen = emitter.integers([0, ...target.map((dim) => dim === -1 ? 1 : 0)]);
    const given = emitter.integers([0, ...target.map((dim) => dim === -1 ? 0 : dim)]);
    return emitter.node("Reshape", [x!, emitter.node("Add", [given, emitter.node("Mul", [chosen, rest])])]);
  },
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
