/**
 * What a pool counts.
 *
 * @module
 */

/** Times in milliseconds: half of the latest calls took no longer than `p50`, and so on. */
export interface Percentiles {
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

/** What a worker has done. */
export interface WorkerStats {
  /** Its number in the pool; one that replaces another has its number. */
  readonly worker: number;
  /** `"starting"`, `"ready"`, or `"ended"` for one that could not be started. */
  readonly state: string;
  /** Calls that have a result, and those that failed. */
  readonly calls: number;
  readonly failed: number;
  /** Calls that it holds now. */
  readonly held: number;
  /** How often it was replaced. */
  readonly restarts: number;
  /** Bytes that were given to it and taken from it. */
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** Bytes of its memory, where that is known. */
  readonly memory: number | undefined;
  /** From when a call was handed to it until the result was there. */
  readonly latency: Percentiles;
}

/** What a pool has done. */
export interface PoolStats {
  /** How requests travel: `"messages"` where memory cannot be shared. */
  readonly transport: string;
  /** Why memory cannot be shared, where it cannot. */
  readonly transportReason: string | undefined;
  /** Calls that have a result, and those that failed or were given up. */
  readonly calls: number;
  readonly failed: number;
  /** Calls that wait for a worker, and those that workers hold. */
  readonly queued: number;
  readonly running: number;
  /** How often a worker was replaced. */
  readonly restarts: number;
  /** Bytes that were given to workers and taken from them. */
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** From when a call was made until its result was there. */
  readonly latency: Percentiles;
  /** How many runs have served how many calls together; without batching they are the same. */
  readonly batches: { readonly runs: number; readonly calls: number };
  /** Why calls of a compiled function are not joined, a sentence for each function of which they cannot be. */
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

  /** How the latest 1024 times are spread. */
  percentiles(): Percentiles {
    const times = this.#times.slice(0, Math.min(this.#count, this.#times.length)).sort();
    if (times.length === 0) return NONE;
    const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(share * times.length))]!;
    return { p50: at(0.5), p90: at(0.9), p99: at(0.99), max: times.at(-1)! };
  }
}

/** What was counted. */
export class Counters {
  calls = 0;
  failed = 0;
  bytesIn = 0;
  bytesOut = 0;
  restarts = 0;
  readonly latencies: Latencies = new Latencies();
}
