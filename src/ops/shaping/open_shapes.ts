/**
 * Reshaping and broadcasting to sizes that are known only when a graph runs.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { int } from "../../emission/emitter.ts";
import { broadcastTo } from "../../shape/broadcast_to.ts";
import { type Dim, type Shape, showShape } from "../../shape/dim.ts";
import { InputError } from "../../shape/error.ts";
import type { DType } from "../../tensor/dtype.ts";
import { EagerTensor } from "../../tensor/eager.ts";
import { kindOf } from "../../tensor/options.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { dispatchOne } from "../../eager/dispatch.ts";

import { checkedSizes, dimOf, knownShape, type OpenSize, type Sizes, sizesTensor } from "./sizes.ts";

/** A shape to be made: dims, and tensors of no axes for sizes that are known only when a graph runs. */
export type Target = readonly (Dim | Tensor<readonly [], DType>)[];

/** The shape that a target means: an open size has its name, where that is known. */
export type ShapeOfTarget<T extends Target> = T extends Shape ? T
  : number extends T["length"] ? Shape
  : { readonly [Axis in keyof T]: T[Axis] extends Dim ? T[Axis] : T[Axis] extends OpenSize<infer D> ? D : null };

/**
 * A target with dims in place of the tensors that have values, or are the size of an axis of `shape` that has a name.
 *
 * @throws {InputError} If it is no array.
 */
export function namedTarget(attempt: string, shape: Shape, target: unknown): Target {
  if (!Array.isArray(target)) {
    throw new InputError(`${attempt} ${showShape(shape)}: expected a shape as an array, received ${kindOf(target)}`);
  }
  return target.map((dim: unknown) => {
    if (!(dim instanceof Tensor)) return dim as Dim;
    if (dim instanceof EagerTensor && dim.size === 1) return Number(dim.item());
    const name = dimOf(dim);
    return name !== null && shape.includes(name) ? name : dim as Tensor<readonly [], DType>;
  });
}

/** Whether some sizes of a target are known only when a graph runs, and no axis of the input has them. */
export function isOpenTarget(target: Target): target is Sizes {
  return target.some((dim) => dim instanceof Tensor);
}

export const reshapeToSizesOperation: Operation<{ readonly rank: number }> = {
  name: "reshapeToSizes",
  infer: ([x, sizes], { rank }) => [{
    shape: (knownShape(sizes) ?? Array<Dim>(rank).fill(null)).map((dim) => dim === -1 ? null : dim),
    dtype: x!.dtype,
  }],
  // A size of 0 is one, unless the rest is asked for, which ONNX does not allow together.
  emit: (emitter, [x, sizes]) => emitter.node("Reshape", [x!, sizes!], { attributes: { allowzero: int(0) } }),
};

/** Reshapes to sizes that are tensors. */
export function reshapeToSizes(x: Tensor, target: Target): Tensor {
  const sizes = checkedSizes("Cannot reshape to a tensor", target, true);
  return dispatchOne(reshapeToSizesOperation, [x, sizesTensor(sizes)], { rank: sizes.length });
}

export const broadcastToSizesOperation: Operation<{ readonly rank: number }> = {
  name: "broadcastToSizes",
  infer([x, sizes], { rank }) {
    const shape = knownShape(sizes) ?? Array<Dim>(rank).fill(null);
    return [{ shape: broadcastTo(x!.shape, shape), dtype: x!.dtype }];
  },
  emit: (emitter, [x, sizes]) => emitter.node("Expand", [x!, sizes!]),
};

/** Broadcasts to sizes that are tensors. */
export function broadcastToSizes(x: Tensor, target: Target): Tensor {
  const sizes = checkedSizes("Cannot broadcast to a tensor", target);
  return dispatchOne(broadcastToSizesOperation, [x, sizesTensor(sizes)], { rank: sizes.length });
}
