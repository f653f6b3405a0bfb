/**
 * The way entries of the op table are made, and the functions that users call.
 *
 * @module
 */
import type { Attributes, Operation } from "../graph/operation.ts";
import { scalarTensor, type TensorLike, toTensor } from "../tensor/like.ts";
import { promote, weakDType } from "../tensor/promote.ts";
import type { DType } from "../tensor/dtype.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { dispatchOne } from "../eager/dispatch.ts";

const entries = new WeakMap<object, Operation>();

/** A function that users call, and the entry of the op table that it applies. */
export function callable<F extends object, A extends Attributes = Attributes>(call: F, entry: Operation<A>): F {
  entries.set(call, entry as unknown as Operation);
  return call;
}

/**
 * The entry of the op table that a function applies.
 *
 * @throws {TypeError} If the function is not that of one entry.
 */
export function entryOf(call: object): Operation {
  const entry = entries.get(call);
  if (entry === undefined) {
    throw new TypeError(`Cannot find the operation of ${String(call)}: it applies no single entry`);
  }
  return entry;
}

/** Applies an operation that has one result to what is accepted where tensors are. */
export function apply<A extends Attributes>(op: Operation<A>, inputs: readonly TensorLike[], attributes: A): Tensor {
  return dispatchOne(op, inputs.map(toTensor), attributes);
}

/** Applies an operation that has one result to inputs with the options of a call. */
export function applyWith<A extends Attributes>(
  op: Operation<A>,
  inputs: readonly TensorLike[],
  options: object | undefined,
): Tensor {
  const tensors = inputs.map(toTensor);
  return dispatchOne(op, tensors, op.normalize!(options ?? NO_OPTIONS, tensors));
}

const NO_OPTIONS: Readonly<Record<never, never>> = {};

/** Options with the defaults of those that are left out; the defaults themselves where all are. */
export function filledIn<O extends object>(defaults: O, options: { readonly [N in keyof O]?: O[N] | undefined }): O {
  let result = defaults;
  for (const name in options) {
    const value = options[name];
    if (value === undefined || !(name in defaults)) continue;
    if (result === defaults) result = { ...defaults };
    result[name] = value as O[typeof name];
  }
  return result;
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
