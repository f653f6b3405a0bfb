/**
 * The time that a model may take to load, and who may give it up.
 *
 * @module
 */
import { PoolError } from "../api/errors.ts";
import { checkTime } from "../api/options.ts";
import type { AbortSignalLike } from "./signals.ts";
import { LONGEST_TIME } from "./timers.ts";

/**
 * The way compiling is limited: the last argument of {@linkcode WorkerPool.compile}.
 *
 * @example
 * ```ts
 * import { assertEquals, assertRejects } from "@std/assert";
 * import { input, ops, WorkerPool } from "@strata/nn";
 *
 * await using pool = new WorkerPool({ workers: 1 });
 * const double = await pool.compile((x) => ops.multiply(x, 2), input(["n"]), { timeout: 60_000 });
 * assertEquals((await double([1, 2])).array(), [2, 4]);
 * const aborted = { signal: AbortSignal.abort() };
 * await assertRejects(() => pool.compile((x) => ops.multiply(x, 2), input(["n"]), aborted), DOMException);
 * ```
 */
export type LoadControl =
  | { readonly signal: AbortSignalLike; readonly timeout?: number | undefined }
  | { readonly signal?: AbortSignalLike | undefined; readonly timeout: number };

/** A limit that may be none. */
export interface LoadLimits {
  readonly signal?: AbortSignalLike | undefined;
  readonly timeout?: number | undefined;
}

/**
 * Takes the limits off the end of arguments.
 *
 * @throws {RangeError} If the time is out of range.
 */
export function withoutControl(args: readonly unknown[]): { readonly inputs: readonly unknown[]; limits: LoadLimits } {
  const last = args.at(-1);
  if (!isLoadControl(last)) return { inputs: args, limits: {} };
  checkTime("timeout", last.timeout, "compile");
  return { inputs: args.slice(0, -1), limits: last };
}

function isLoadControl(value: unknown): value is LoadControl {
  if (typeof value !== "object" || value === null) return false;
  const { signal, timeout } = value as LoadLimits;
  return Object.keys(value).every((key) => key === "signal" || key === "timeout") &&
    (isSignal(signal) || signal === undefined) && (typeof timeout === "number" || timeout === undefined) &&
    !(signal === undefined && timeout === undefined);
}

function isSignal(value: unknown): boolean {
  return typeof value === "object" && value !== null && "aborted" in value && "addEventListener" in value;
}

/** What a model is said to be that was not loaded in time. */
export function loadTimeoutError(name: string, timeout: number): PoolError {
  return new PoolError("timeout", `Cannot load ${name}: it was not loaded after ${timeout} ms`);
}

/**
 * Waits for what is being loaded, within limits; `unload` is called when they are reached.
 *
 * @throws {PoolError} If the time is up, as `late` says; what a signal was aborted with is thrown as it is.
 */
export async function limited<T>(
  loading: Promise<T>,
  { signal, timeout = Infinity }: LoadLimits,
  late: (timeout: number) => PoolError,
  unload: () => void = () => {},
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let abort: (() => void) | undefined;
  const end = new Promise<never>((_, reject) => {
    const stop = (reason: unknown): void => {
      reject(reason);
      unload();
    };
    if (timeout <= LONGEST_TIME) timer = setTimeout(() => stop(late(timeout)), timeout);
    if (signal === undefined) return;
    abort = () => stop(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort);
  });
  try {
    return await Promise.race([end, loading]);
  } finally {
    clearTimeout(timer);
    if (abort !== undefined) signal?.removeEventListener("abort", abort);
  }
}
