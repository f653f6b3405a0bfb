/**
 * What a call hands down to the calls inside it.
 *
 * @module
 */
import { enterScope, leaveScope } from "../tensor/scope.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** What a layer may be told beside its input. */
export interface CallOptions {
  /** Whether the layer trains: given, or that of the call around it. */
  readonly training?: boolean | undefined;
  /** Which positions of the input count. */
  readonly mask?: Tensor | null | undefined;
}

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
