/**
 * Reshaping that leaves the first axis alone, whether its size is known or not.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { int, type Value } from "../../emission/emitter.ts";
import { reshape } from "../../shape/reshape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { apply } from "../define.ts";

export const reshapeRestOperation: Operation<{ readonly target: readonly number[] }> = {
  name: "reshapeRest",
  infer: ([x], { target }) => [{ shape: [x!.shape[0]!, ...reshape(x!.shape.slice(1), target)], dtype: x!.dtype }],
  rows: ([axis]) => [axis === 0 ? 0 : undefined],
  // In ONNX a 0 copies the size of the input's axis, unless it is told to be a size.
  emit(emitter, [x], { target }) {
    if (target.every((dim) => dim > 0)) return emitter.node("Reshape", [x!, emitter.integers([0, ...target])]);
    const sizesFrom = (start: number, end: number): Value =>
      emitter.node("Shape", [x!], { dtype: "int64", attributes: { start: int(start), end: int(end) } });
    const node = (opType: string, a: Value, b: Value): Value => emitter.node(opType, [a, b]);
    const places = (wanted: (dim: number) => number, first: number): Value =>
      emitter.integers([first, ...target.map(wanted)]);
    // Added up, since the engine would make a -1 again of what is concatenated.
    let shape = node("Add", places((dim) => dim === -1 ? 0 : dim, 0), node("Mul", places(() => 0, 1), sizesFrom(0, 1)));
    if (target.includes(-1)) {
      // The engine cannot tell the size in place of a -1 where there are no rows: it is computed.
      const all = emitter.node("ReduceProd", [sizesFrom(1, x!.shape.length), emitter.integers([0])]);
      const others = target.reduce((size, dim) => dim === -1 ? size : size * dim, 1);
      const rest = others <= 1 ? all : node("Div", all, emitter.integers([others]));
      shape = node("Add", shape, node("Mul", places((dim) => dim === -1 ? 1 : 0, 0), rest));
    }
    return emitter.node("Reshape", [x!, shape], { attributes: { allowzero: int(1) } });
  },
};

/**
 * Gives the axes after the first the shape `target`, in which one size may be -1.
 *
 * @throws {ShapeError} If the sizes differ.
 */
export function reshapeRest(x: Tensor, target: readonly number[]): Tensor {
  const rest = reshape(x.shape.slice(1), target);
  return apply(reshapeRestOperation, [x], { target: target.map((dim, axis) => dim === -1 ? known(rest[axis]) : dim) });
}

function known(dim: unknown): number {
  return typeof dim === "number" ? dim : -1;
}
