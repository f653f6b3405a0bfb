/**
 * The counters of a pool.
 *
 * @module
 */

/** Times in milliseconds: half of the latest calls took no longer than `p50`, and so on. */
export interface Percentiles {
  /** Of half of them. */
  readonly p50: number;
  /** Of nine in ten. */
  readonly p90: number;
  /** Of 99 in a hundred. */
  readonly p99: number;
  /** Of all. */
  readonly max: number;
}

/** The activity of a worker. */
export interface WorkerTask {
  /** It runs a model, loads one, or does something else with one, such as taking weights. */
  readonly kind: "run" | "load" | "other";
  /** The name of what was compiled. */
  readonly name: string;
  /** For how many milliseconds. */
  readonly time: number;
}

/** The statistics of a worker. */
export interface WorkerStats {
  /** Its number in the pool; one that replaces another has its number. */
  readonly worker: number;
  /** `"starting"`, `"ready"`, or `"ended"` for one that could not be started. */
  readonly state: "starting" | "ready" | "ended";
  /** Calls that have a result of it. */
  readonly calls: number;
  /** Calls that it could not run. */
  readonly failed: number;
  /** Calls that it holds now. */
  readonly held: number;
  /** The number of times that it was replaced. */
  readonly restarts: number;
  /** Bytes of the inputs that were given to it. */
  readonly bytesIn: number;
  /** Bytes of the results that were taken from it. */
  readonly bytesOut: number;
  /** Bytes of its memory, which grows as needed and does not shrink; undefined where that is not known. */
  readonly memory: number | undefined;
  /** From when a run was handed to it until the result was there. */
  readonly latency: Percentiles;
  /** What it is at now, and for how long; undefined while it has nothing to do. */
  readonly busy: WorkerTask | undefined;
}

/**
 * The statistics of a pool.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { input, ops, WorkerPool } from "@strata/nn";
 *
 * await using pool = new WorkerPool({ workers: 1 });
 * const double = await pool.compile((x) => ops.multiply(x, 2), input(["n"]));
 * await Promise.all([double([1, 2]), double([3])]);
 * const { calls, failed, queued, bytesIn, bytesOut } = pool.stats();
 * assertEquals([calls, failed, queued, bytesIn, bytesOut], [2, 0, 0, 12, 12]);
 * ```
 */
export interface PoolStats {
  /** The way requests travel: as `"messages"` where memory cannot be shared. */
  readonly transport: "shared memory" | "messages";
  /** Why memory cannot be shared, where it cannot. */
  readonly transportReason: string | undefined;
  /** Calls that have a result. */
  readonly calls: number;
  /** Calls that failed, were given up, or were not let in. */
  readonly failed: number;
  /** Calls that wait for a worker, or for a place in the queue. */
  readonly queued: number;
  /** Calls that workers hold. */
  readonly running: number;
  /** Models that are being loaded, or wait for it, and that no worker has yet. */
  readonly loading: number;
  /** The number of times that a worker was replaced. */
  readonly restarts: number;
  /** Bytes of the inputs that were given to workers. */
  readonly bytesIn: number;
  /** Bytes of the results that were taken from them. */
  readonly bytesOut: number;
  /** From when a call was made until its result was there. */
  readonly latency: Percentiles;
  /** The number of runs that have given the results of how many calls; without batching they are as many. */
  readonly batches: { readonly runs: number; readonly calls: number };
  /** Why calls are not joined, a sentence for each compiled function of which they cannot be; empty without batching. */
  readonly unbatched: readonly string[];
  /** Each worker. */
  readonly workers: readonly WorkerStats[];
}

const NONE: Percentiles = { p50: 0, p90: 0, p99: 0, max: 0 };

/** The latest of many times. */
export class Latencies {
  readonly #times = new Float64Array(1024);
  #count = 0;

  /** Adds a time, in milliseconds. */
  add(time: number): void {
    this.#times[this.#count++ % this.#times.length] = time;
  }

  /** The way the latest 1024 times are spread. */
  percentiles(): Percentiles {
    const times = this.#times.slice(0, Math.min(this.#count, this.#times.length)).sort();
    if (times.length === 0) return NONE;
    const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(share * times.length))]!;
    return { p50: at(0.5), p90: at(0.9), p99: at(0.99), max: times.at(-1)! };
  }
}

/** The counters of a worker. */
export class Counters {
  /** Runs that gave results, and the calls that they were for. */
  runs = 0;
  calls = 0;
  failed = 0;
  bytesIn = 0;
  bytesOut = 0;
  restarts = 0;
  readonly latencies: Latencies = new Latencies();
}
