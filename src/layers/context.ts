/**
 * What a call hands down to the calls inside it.
 *
 * @module
 */
import type { Tensor } from "../tensor/tensor.ts";

/** What a layer may be told beside its input. */
export interface CallOptions {
  /** Whether the layer trains: given, or that of the call around it. */
  readonly training?: boolean | undefined;
  /** Which positions of the input count. */
  readonly mask?: Tensor | null | undefined;
}

const trainings: (boolean | undefined)[] = [];

/** Runs `action` inside a call whose training mode is `given`, or that of the call around it. */
export function inCall<T>(given: boolean | undefined, action: (training: boolean | undefined) => T): T {
  const training = given ?? trainings.at(-1);
  trainings.push(training);
  try {
    return action(training);
  } finally {
    trainings.pop();
  }
}
