/**
 * The tasks of a worker.
 *
 * @module
 */
import type { ValueSpec, ValueTensor } from "../../engine/engine.ts";
import type { Program, WeightsSnapshot } from "../programs/program.ts";

/** The inputs of a run. */
export interface TaskInputs {
  readonly inputs: readonly ValueTensor[];
  /** The specs of the outputs; undefined where the sizes are not known. */
  readonly outputs: readonly ValueSpec[] | undefined;
}

/** A call, or several that are run together. */
export interface Task {
  readonly program: Program;
  readonly generation: WeightsSnapshot;
  /** The number of calls that it is now. */
  readonly calls: number;
  /** Whether all of them have ended. */
  readonly isSettled: boolean;
  /** Whether all that it reads is there: a call of a function with state waits for the one before it. */
  readonly isReady: boolean;
  /** The number of times that a worker has begun it. */
  attempts: number;
  /** Called when it is settled, wherever it waits. */
  onSettled: (() => void) | undefined;
  /** Called when the time of one of the calls is up, which has been rejected. */
  onTimeout: (() => void) | undefined;
  /** Called when the last of its calls was aborted, of which nobody wants the result. */
  onAborted: (() => void) | undefined;
  /** Does something when all that it reads is there. */
  whenReady(action: () => void): void;
  /** Says what to run; the task takes no further calls. */
  begin(): TaskInputs;
  /** Gives what came out. Tells for how many calls that is the result. */
  resolve(results: readonly ValueTensor[]): number;
  /** Gives up. Tells how many calls are rejected for good. */
  reject(reason: unknown): number;
}
