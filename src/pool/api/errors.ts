/**
 * The errors of pools.
 *
 * @module
 */

/**
 * Why a pool could not give a result:
 *
 * - `"closed"`: the pool is closed.
 * - `"released"`: the compiled function has been released.
 * - `"queue full"`: as many calls wait as may wait.
 * - `"timeout"`: there was no result in time, or a model was not loaded in time.
 * - `"worker ended"`: the worker that ran the call ended, and the call is not tried again.
 * - `"not started"`: no worker could be started.
 */
export type PoolErrorReason = "closed" | "released" | "queue full" | "timeout" | "worker ended" | "not started";

/**
 * What a pool says when a call has no result for a reason that is not in the call itself.
 *
 * @example
 * ```ts
 * import { assertEquals, assertRejects } from "@std/assert";
 * import { input, ops, PoolError, WorkerPool } from "@strata/nn";
 *
 * const pool = new WorkerPool({ workers: 1 });
 * const double = await pool.compile((x) => ops.multiply(x, 2), input(["n"]));
 * await pool.close();
 * const error = await assertRejects(() => double([1, 2]), PoolError);
 * assertEquals(error.reason, "closed");
 * ```
 */
export class PoolError extends Error {
  /** Always `"PoolError"`. */
  override readonly name = "PoolError";
  /** Why there is no result. */
  readonly reason: PoolErrorReason;

  /** Makes the error. */
  constructor(reason: PoolErrorReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** What calls are rejected with that a closed pool has no result for. */
export function closedError(): PoolError {
  return new PoolError("closed", "Cannot run a call: the pool is closed");
}

/** What compiling is rejected with where no worker has started in time. */
export function notReadyError(timeout: number): PoolError {
  return new PoolError("timeout", `Cannot compile: no worker was ready after ${timeout} ms`);
}
