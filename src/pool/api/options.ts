/**
 * The way pools are set up.
 *
 * @module
 */
import type { Provider } from "../../emission/providers/provider.ts";
import { PROVIDERS } from "../../emission/providers/providers.ts";
import { InputError, InputRangeError } from "../../shape/error.ts";
import { checkOptions as checkNames } from "../../tensor/options.ts";
import type { BatchOptions } from "../scheduling/batcher.ts";

/**
 * The way a {@linkcode WorkerPool} is set up.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { input, ops, WorkerPool } from "@strata/nn";
 *
 * await using pool = new WorkerPool({ workers: 1, maxQueue: 100, whenFull: "wait", timeout: 60_000, retries: 1 });
 * const double = await pool.compile((x) => ops.multiply(x, 2), input(["n"]));
 * assertEquals((await double([1, 2])).array(), [2, 4]);
 * ```
 */
export interface WorkerPoolOptions {
  /** The number of workers, from 1 to 256. Default: one for each processor, at most 8; on a graphics device 1. */
  readonly workers?: number;
  /**
   * Threads that one run may use, from 1 to 64. More of them make one run faster, more workers make many runs faster.
   * Default: 1.
   */
  readonly threads?: number;
  /** The provider that runs the graphs. Default: `"wasm"`. */
  readonly provider?: Provider;
  /**
   * Calls that wait for a worker, at the most. A worker holds three calls, one that it runs and the next two; those do
   * not count, so that 0 lets in what workers can take at once. Default: 4096.
   */
  readonly maxQueue?: number;
  /** The fate of a call when the queue is full: it is rejected, or waits until the queue has a free place. Default: `"reject"`. */
  readonly whenFull?: "reject" | "wait";
  /**
   * Joins calls of a few rows into one run where the rows of a graph stay apart; `stats().unbatched` says where they do
   * not. The engine adds in another order for other numbers of rows: in float32 results differ from those of single runs
   * by up to about 2.5e-5 of the largest term of a sum. Default: `false`.
   */
  readonly batch?: BatchOptions | boolean;
  /** Milliseconds after which a call is rejected; a worker that does not come back from it is replaced. Default: none. */
  readonly timeout?: number;
  /** The number of times that a call is tried again when its worker ends. Default: 0. */
  readonly retries?: number;
  /**
   * Milliseconds that a worker may take to load a model; then the model is given up and the worker replaced. `compile`
   * takes a time of its own. Default: 60,000.
   */
  readonly loadTimeout?: number;
  /** Milliseconds that a worker may take to start. Default: 60,000. */
  readonly startTimeout?: number;
  /** The module of the workers as an absolute URL, for bundlers. Default: the one of the package. */
  readonly workerUrl?: { readonly href: string } | string;
  /** Whether the engine measures each operation; it makes runs slower. Default: `false`. */
  readonly trace?: boolean;
}

const POOL_OPTIONS: readonly (keyof WorkerPoolOptions)[] = [
  "batch",
  "loadTimeout",
  "maxQueue",
  "provider",
  "retries",
  "startTimeout",
  "threads",
  "timeout",
  "trace",
  "whenFull",
  "workerUrl",
  "workers",
];

/** Each worker has a heap and a thread of its own; more of them are a mistake in a unit or a sign. */
const MOST_WORKERS = 256;
/** Each of them is started with its worker, and takes a stack in its heap. */
const MOST_THREADS = 64;

/**
 * Refuses unknown options and values that are not allowed.
 *
 * @throws {TypeError} If there is no such option or provider.
 * @throws {RangeError} If a number is out of range.
 */
export function checkOptions(options: WorkerPoolOptions): void {
  checkNames("Cannot make a pool", options, POOL_OPTIONS);
  checkProvider(options.provider);
  checkCount("workers", options.workers, 1, MOST_WORKERS);
  checkCount("threads", options.threads, 1, MOST_THREADS);
  checkCount("retries", options.retries, 0);
  if (options.maxQueue !== Infinity) checkCount("maxQueue", options.maxQueue, 0);
  checkTime("timeout", options.timeout);
  checkTime("loadTimeout", options.loadTimeout);
  checkTime("startTimeout", options.startTimeout);
  if (typeof options.batch !== "object") return;
  checkNames("Cannot make a pool", options.batch, ["maxSize", "maxDelay"], "batch");
  checkCount("batch.maxSize", options.batch.maxSize, 1);
  checkTime("batch.maxDelay", options.batch.maxDelay);
}

function checkProvider(provider: string | undefined): void {
  if (provider === undefined || Object.hasOwn(PROVIDERS, provider)) return;
  const names = Object.keys(PROVIDERS).join(", ");
  throw new InputError(`Cannot make a pool: expected provider to be one of ${names}, received ${String(provider)}`);
}

function checkCount(name: string, value: number | undefined, least: number, most = Infinity): void {
  if (value === undefined) return;
  const isCount = Number.isInteger(value) && value >= least;
  if (isCount && value <= most) return;
  const bound = isCount ? `at most ${most}` : `at least ${least}`;
  throw new InputRangeError(`Cannot make a pool: expected ${name} to be an integer of ${bound}, received ${value}`);
}

/**
 * Refuses what is no time in milliseconds.
 *
 * @throws {RangeError} If it is none.
 */
export function checkTime(name: string, value: number | undefined, attempt = "make a pool"): void {
  if (value === undefined || value >= 0) return;
  throw new InputRangeError(`Cannot ${attempt}: expected ${name} to be a number of at least 0, received ${value}`);
}
