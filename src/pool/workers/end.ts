/**
 * The way workers end, and what they held.
 *
 * @module
 */
import type { Task } from "../scheduling/task.ts";

/** The way a worker ended. */
export interface End {
  readonly error: Error;
  /** The calls that it had not finished. */
  readonly held: readonly Held[];
  /** The number of the model that it was loading, or otherwise busy with, when it was not running it. */
  readonly program: number | undefined;
}

/** A task that a worker holds. */
export interface Held {
  readonly task: Task;
  /** Whether the worker had begun it, or what had to be done for it first. */
  readonly hasBegun: boolean;
}
