/**
 * Functions that a pool has compiled, as users have them.
 *
 * @module
 */
import { checkOptions } from "../../tensor/options.ts";
import { PoolError } from "./errors.ts";
import type { CallControl } from "../scheduling/job.ts";
import { checkTime } from "./options.ts";

/** The state of a compiled function. */
export interface PooledParts {
  /** The time limit of calls that have none of their own. */
  readonly timeout: number | undefined;
  /** Makes a call. */
  call(args: readonly unknown[], control: CallControl): Promise<unknown>;
  /** Gives back what the workers hold. */
  release(): Promise<void>;
}

/** A function with what can be done with it beside calling it. */
export function pooled({ timeout, call, release }: PooledParts): unknown {
  let released: Promise<void> | undefined;
  const withControl = (control: CallControl) => {
    checkOptions("Cannot call the compiled function", control, ["signal", "timeout"]);
    checkTime("timeout", control.timeout, "call the compiled function");
    const whole = { timeout: control.timeout ?? timeout, signal: control.signal };
    return (...args: readonly unknown[]): Promise<unknown> => {
      if (released === undefined) return call(args, whole);
      return Promise.reject(new PoolError("released", "Cannot call the compiled function: it was released"));
    };
  };
  const releaseOnce = (): Promise<void> => released ??= release();
  return Object.assign(withControl({}), {
    with: withControl,
    release: releaseOnce,
    [Symbol.asyncDispose]: releaseOnce,
  });
}
