/**
 * Calls of a few rows, put together.
 *
 * @module
 */
import { Batch } from "./batch.ts";
import type { Job } from "./job.ts";
import type { WeightsSnapshot } from "../programs/program.ts";
import { LONGEST_TIME } from "./timers.ts";
import { rowsOf } from "./rows.ts";
import type { Task } from "./task.ts";

/**
 * The way calls are joined.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { input, ops, WorkerPool } from "@strata/nn";
 *
 * await using pool = new WorkerPool({ workers: 1, batch: { maxSize: 32, maxDelay: 2 } });
 * const double = await pool.compile((x) => ops.multiply(x, 2), input(["batch", 2]));
 * const rows = await Promise.all([1, 2, 3].map((value) => double([[value, 10]])));
 * assertEquals(rows.map((row) => row.array()), [[[2, 20]], [[4, 20]], [[6, 20]]]);
 * assertEquals(pool.stats().batches, { runs: 1, calls: 3 });
 * ```
 */
export interface BatchOptions {
  /** Rows of a run, at the most. Calls of as many rows or more are run by themselves. Default: 64. */
  readonly maxSize?: number;
  /**
   * Milliseconds that a call waits for others before it goes to the queue. There the run is still joined by further calls
   * until a worker begins it: the busier the workers, the larger the runs, whatever the delay. Default: 1.
   */
  readonly maxDelay?: number;
}

/** Joins calls that see the same weights and whose shapes differ in the rows alone. */
export class Batcher {
  readonly #maxSize: number;
  readonly #maxDelay: number;
  /** Puts a task into the queue. */
  readonly #run: (task: Task) => void;
  /** Those that take further calls. */
  readonly #open = new Map<WeightsSnapshot, Map<string, Batch>>();
  /** Those that are not in the queue yet. */
  readonly #timers = new Map<Batch, ReturnType<typeof setTimeout>>();
  /** Those that are. */
  readonly #queued = new Set<Batch>();

  constructor(options: BatchOptions, run: (task: Task) => void) {
    this.#maxSize = options.maxSize ?? 64;
    this.#maxDelay = Math.min(options.maxDelay ?? 1, LONGEST_TIME);
    this.#run = run;
  }

  /** The number of calls that wait for others. */
  get collecting(): number {
    return callsOf(this.#timers.keys());
  }

  /** The number of calls that wait, where a batch in the queue is counted there as one. */
  get waiting(): number {
    return this.collecting + callsOf(this.#queued) - this.#queued.size;
  }

  /** Takes a call, which has rows on axis 0 of all inputs and outputs. */
  add(job: Job): void {
    const rows = rowsOf(job) ?? 0;
    if (rows === 0 || rows >= this.#maxSize) return this.#run(job);
    const key = job.inputs.map(({ dtype, shape }) => `${dtype}[${shape.slice(1)}]`).join();
    let batch = this.#open.get(job.generation)?.get(key);
    if (batch !== undefined && batch.rows + rows > this.#maxSize) {
      this.#close(batch);
      batch = undefined;
    }
    batch ??= this.#make(job, key);
    batch.add(job);
    if (batch.rows === this.#maxSize) this.#close(batch);
  }

  /** Rejects the calls that wait for others. */
  clear(reason: unknown): void {
    for (const batch of [...this.#timers.keys()]) batch.reject(reason);
  }

  #make(job: Job, key: string): Batch {
    const { generation } = job;
    let batches = this.#open.get(generation);
    if (batches === undefined) this.#open.set(generation, batches = new Map());
    const batch = new Batch(job, {
      closed: () => {
        batches.delete(key);
        if (batches.size === 0) this.#open.delete(generation);
      },
      left: (batch) => {
        this.#queued.delete(batch);
        this.#take(batch);
      },
      runAlone: this.#run,
    });
    batches.set(key, batch);
    this.#timers.set(batch, setTimeout(() => this.#send(batch), this.#maxDelay));
    return batch;
  }

  /** No further calls fit. */
  #close(batch: Batch): void {
    batch.close();
    this.#send(batch);
  }

  /** Puts a batch into the queue, if it is not there yet. */
  #send(batch: Batch): void {
    if (!this.#take(batch)) return;
    this.#queued.add(batch);
    this.#run(batch);
  }

  #take(batch: Batch): boolean {
    clearTimeout(this.#timers.get(batch));
    return this.#timers.delete(batch);
  }
}

function callsOf(batches: Iterable<Batch>): number {
  let calls = 0;
  for (const batch of batches) calls += batch.calls;
  return calls;
}
