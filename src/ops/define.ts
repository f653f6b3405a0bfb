/**
 * How entries of the op table are made, and the functions that users call.
 *
 * @module
 */
import type { Attributes, Operation } from "../graph/operation.ts";
import { scalarTensor, type TensorLike, toTensor } from "../tensor/like.ts";
import { promote, weakDType } from "../tensor/promote.ts";
import type { DType } from "../tensor/dtype.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { dispatchOne } from "../eager/dispatch.ts";

const table = new Map<string, Operation>();

/** Every operation by its name. */
export const operations: ReadonlyMap<string, Operation> = table;

/** Adds an entry to the op table. */
export function operation<A extends Attributes = Attributes>(entry: Operation<A>): Operation<A> {
  if (table.has(entry.name)) throw new Error(`Cannot define operation ${entry.name}: the name is taken`);
  table.set(entry.name, entry as unknown as Operation);
  return entry;
}

/** Applies an operation that has one result to what is accepted where tensors are. */
export function apply<A extends Attributes>(op: Operation<A>, inputs: readonly TensorLike[], attributes: A): Tensor {
  return dispatchOne(op, inputs.map(toTensor), attributes);
}

/** The two operands as tensors; a plain number takes the dtype that suits the other one. */
export function toOperands(a: TensorLike, b: TensorLike): [Tensor, Tensor] {
  if (typeof a === "number" && typeof b !== "number") {
    const right = toTensor(b);
    return [scalarTensor(a, weakDType(a, right.dtype)), right];
  }
  if (typeof b === "number" && typeof a !== "number") {
    const left = toTensor(a);
    return [left, scalarTensor(b, weakDType(b, left.dtype))];
  }
  return [toTensor(a), toTensor(b)];
}

/** The dtype in which all inputs meet. */
export function commonDType(inputs: readonly { readonly dtype: DType }[]): DType {
  return inputs.reduce((dtype, input) => promote(dtype, input.dtype), inputs[0]!.dtype);
}
