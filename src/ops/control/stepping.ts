/**
 * The states that loops hand on from step to step.
 *
 * @module
 */
import { showShape } from "../../shape/dim.ts";
import { DTypeError, InputError, ShapeError } from "../../shape/error.ts";
import { scalarTensor } from "../../tensor/like.ts";
import { weakDType } from "../../tensor/promote.ts";
import type { EagerTensor } from "../../tensor/eager.ts";
import type { Tensor, TensorSpec } from "../../tensor/tensor.ts";
import { canBeSame, type Flat, flatten } from "./bodies.ts";

/** The result of a step: the states after it, and what it was asked for besides. */
export interface Stepped<Rest> {
  readonly after: readonly TensorSpec[];
  readonly rest: Rest;
}

/** The states that a step gave in the structure of those before it; plain numbers take the dtypes of those. */
export function statesAfter(attempt: string, carry: Flat, before: readonly Tensor[], given: unknown): Tensor[] {
  const { tensors, weak, form } = flatten(attempt, given);
  if (form !== carry.form) {
    throw new InputError(`Cannot ${attempt}: expected a step to give a state ${carry.form}, received ${form}`);
  }
  return tensors.map((tensor, index) => weak[index] ? retyped(tensor, before[index]!.dtype) : tensor);
}

function retyped(tensor: Tensor, like: Tensor["dtype"]): Tensor {
  const value = Number((tensor as EagerTensor).item());
  return scalarTensor(value, weakDType(value, like));
}

/**
 * Makes the first step, and checks that it keeps the dtypes and shapes of the states. Plain numbers among the states get
 * the dtypes that the step gives, and the step is then made again.
 *
 * @throws {DTypeError | ShapeError} If a state does not keep its dtype or shape.
 */
export function firstStep<Rest>(
  attempt: string,
  carry: Flat,
  make: (states: readonly Tensor[]) => Stepped<Rest>,
): Stepped<Rest> & { readonly states: readonly Tensor[] } {
  let states = carry.tensors;
  let made = make(states);
  const changes = (index: number): boolean => carry.weak[index]! && made.after[index]!.dtype !== states[index]!.dtype;
  if (states.some((_, index) => changes(index))) {
    states = states.map((state, index) => {
      if (!changes(index)) return state;
      return scalarTensor(Number((state as EagerTensor).item()), made.after[index]!.dtype);
    });
    made = make(states);
  }
  checkStates(attempt, states, made.after);
  return { states, ...made };
}

/** Checks that states keep their dtypes and shapes. */
export function checkStates(attempt: string, before: readonly TensorSpec[], after: readonly TensorSpec[]): void {
  before.forEach((state, index) => {
    const next = after[index]!;
    if (state.dtype === next.dtype && canBeSame(state.shape, next.shape)) return;
    const what = `Cannot ${attempt}: expected state ${index} to keep its`;
    throw state.dtype === next.dtype
      ? new ShapeError(`${what} shape ${showShape(state.shape)}, received shape ${showShape(next.shape)}`)
      : new DTypeError(`${what} dtype ${state.dtype}, received dtype ${next.dtype}`);
  });
}
