/**
 * How pools are set up.
 *
 * @module
 */
import type { Provider } from "../graph/provider.ts";
import type { BatchOptions } from "./batcher.ts";

/** How a {@linkcode WorkerPool} is set up. */
export interface WorkerPoolOptions {
  /** How many workers. Default: as many as the machine has processors, at most 8; on a graphics device 1. */
  readonly workers?: number;
  /** Threads that one run may use. More of them make one run faster, more workers make many runs faster. Default: 1. */
  readonly threads?: number;
  /** What runs the graphs. Default: `"wasm"`. */
  readonly provider?: Provider;
  /** Calls that wait for a worker, at the most. Default: 4096. */
  readonly maxQueue?: number;
  /** What becomes of a call when the queue is full: it is rejected, or waits until there is room. Default: `"reject"`. */
  readonly whenFull?: "reject" | "wait";
  /** Joins calls of a few rows into one run. Default: `false`. */
  readonly batch?: BatchOptions | boolean;
  /** Milliseconds after which a call is rejected; a worker that does not come back from it is replaced. Default: none. */
  readonly timeout?: number;
  /** How often a call is tried again when its worker ends. Default: 0. */
  readonly retries?: number;
  /** The module of the workers, for bundlers. Default: the one of the package. */
  readonly workerUrl?: URL | string;
  /** Whether the engine measures each operation; it makes runs slower. Default: `false`. */
  readonly trace?: boolean;
}

/**
 * Refuses what is out of range.
 *
 * @throws {RangeError} If a number is.
 */
export function checkOptions(options: WorkerPoolOptions): void {
  const check = (name: string, value: number | undefined, least: number, integer = true): void => {
    if (value === undefined || (value >= least && (!integer || Number.isInteger(value) || value === Infinity))) return;
    const kind = integer ? "an integer" : "a number";
    throw new RangeError(`Cannot make a pool: expected ${name} to be ${kind} of at least ${least}, received ${value}`);
  };
  check("workers", options.workers, 1);
  check("threads", options.threads, 1);
  check("maxQueue", options.maxQueue, 0);
  check("timeout", options.timeout, 0, false);
  check("retries", options.retries, 0);
  if (typeof options.batch !== "object") return;
  check("batch.maxSize", options.batch.maxSize, 1);
  check("batch.maxDelay", options.batch.maxDelay, 0, false);
}
