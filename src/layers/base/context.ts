/**
 * The state that a call hands down to the calls inside it.
 *
 * @module
 */
import { enterScope, leaveScope } from "../../tensor/scope.ts";
import type { TensorLike } from "../../tensor/like.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Masks } from "./masks.ts";

/**
 * The call options of a layer.
 *
 * @typeParam M What masks are: one, or `null`; for layers of several inputs as many, in their structure.
 */
export interface CallOptions<M = Tensor | null> {
  /** Whether the layer trains: given, or that of the call around it. */
  readonly training?: boolean | undefined;
  /** The positions of the input that count: given, or the mask that travels with the input. */
  readonly mask?: M | undefined;
  /** For recurrent layers: the states before the first step, or the only one. Default: zeros. */
  readonly initialState?: Tensor | readonly TensorLike[] | undefined;
}

/** The call options of a layer of any inputs. */
export type AnyCallOptions = CallOptions<Masks>;

const trainings: (boolean | undefined)[] = [];

/** Enters a call of the layer `name`; gives its training mode: `given`, or that of the call around it. */
export function enterCall(name: string, given: boolean | undefined): boolean | undefined {
  const training = given ?? trainings.at(-1);
  trainings.push(training);
  enterScope(name);
  return training;
}

/** Leaves the call that was entered last. */
export function leaveCall(): void {
  trainings.pop();
  leaveScope();
}
