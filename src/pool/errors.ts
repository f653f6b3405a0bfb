/**
 * The errors of pools.
 *
 * @module
 */

/** Why a pool could not give a result. */
export type PoolErrorReason = "closed" | "queue full" | "timeout" | "worker ended" | "not started";

/** What a pool says when a call has no result for a reason that is not in the call itself. */
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
