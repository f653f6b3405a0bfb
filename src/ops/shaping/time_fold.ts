/**
 * Time as part of the batch, and back.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { int, type Value } from "../../emission/emitter.ts";
import { multiplyDims } from "../../shape/arithmetic.ts";
import type { Tensor } from "../../tensor/tensor.ts";

import { dispatchOne } from "../../eager/dispatch.ts";

export const foldTimeOperation: Operation = {
  name: "foldTime",
  infer([x]) {
    const [batch = null, time = null, ...rest] = x!.shape;
    return [{ shape: [multiplyDims(batch, time), ...rest], dtype: x!.dtype }];
  },
  emit(emitter, [x]) {
    const sizes = emitter.node("Shape", [x!], { dtype: "int64" });
    const first = emitter.node("Slice", [sizes, emitter.integers([0]), emitter.integers([2]), emitter.integers([0])]);
    const rows = emitter.node("ReduceProd", [first, emitter.integers([0])], { attributes: { keepdims: int(1) } });
    const rest = emitter.node("Slice", [sizes, emitter.integers([2]), emitter.integers([Number.MAX_SAFE_INTEGER])]);
    const shape = emitter.node("Concat", [rows, rest], { attributes: { axis: int(0) } });
    return emitter.node("Reshape", [x!, shape], { attributes: { allowzero: int(1) } });
  },
};

export const unfoldTimeOperation: Operation = {
  name: "unfoldTime",
  infer([y, x]) {
    return [{ shape: [...x!.shape.slice(0, 2), ...y!.shape.slice(1)], dtype: y!.dtype }];
  },
  emit(emitter, [y, x]) {
    const part = (value: Value, start: number, end: number): Value =>
      emitter.node("Slice", [
        emitter.node("Shape", [value], { dtype: "int64" }),
        emitter.integers([start]),
        emitter.integers([end]),
      ]);
    const shape = emitter.node("Concat", [part(x!, 0, 2), part(y!, 1, Number.MAX_SAFE_INTEGER)], {
      attributes: { axis: int(0) },
    });
    return emitter.node("Reshape", [y!, shape], { attributes: { allowzero: int(1) } });
  },
};

/** `[batch, time, ...]` as `[batch * time, ...]`. */
export function foldTime(x: Tensor): Tensor {
  return dispatchOne(foldTimeOperation, [x], {});
}

/** `[batch * time, ...]` as `[batch, time, ...]`, where `x` has the batch and the time. */
export function unfoldTime(y: Tensor, x: Tensor): Tensor {
  return dispatchOne(unfoldTimeOperation, [y, x], {});
}
