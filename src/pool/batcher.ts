/**
 * Calls of a few rows, joined into one run.
 *
 * @module
 */
import { EngineError, type HostSpec, type HostTensor } from "../engine/engine.ts";
import { typedArrayOf } from "../tensor/typed_array.ts";
import { Job } from "./job.ts";
import type { Generation } from "./program.ts";

/** How calls are joined. */
export interface BatchOptions {
  /** Rows of a run, at the most. Default: 64. */
  readonly maxSize?: number;
  /** Milliseconds that a call waits for others, at the most. Default: 1. */
  readonly maxDelay?: number;
}

/** Calls that wait to be joined. */
interface Batch {
  readonly jobs: Job[];
  rows: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/**
 * Joins calls of the same weights and of the same shapes but for the rows, and splits what comes out. Results are equal to
 * those of single runs, but for the last bits of long sums: the engine adds in another order for other numbers of rows.
 */
export class Batcher {
  readonly #maxSize: number;
  readonly #maxDelay: number;
  /** Runs a call. */
  readonly #run: (job: Job) => void;
  /** Says how many calls a run serves. */
  readonly #count: (calls: number) => void;
  readonly #batches = new Map<Generation, Map<string, Batch>>();
  #waiting = 0;

  constructor(options: BatchOptions, run: (job: Job) => void, count: (calls: number) => void) {
    this.#maxSize = options.maxSize ?? 64;
    this.#maxDelay = options.maxDelay ?? 1;
    this.#run = run;
    this.#count = count;
  }

  /** How many calls wait to be joined. */
  get size(): number {
    return this.#waiting;
  }

  /** Takes a call, which has rows on axis 0 of all inputs and outputs. */
  add(job: Job): void {
    const rows = rowsOf(job);
    if (rows === undefined || rows >= this.#maxSize) {
      this.#count(1);
      return this.#run(job);
    }
    const key = job.inputs.map(({ dtype, shape }) => `${dtype}[${shape.slice(1)}]`).join();
    let batches = this.#batches.get(job.generation);
    if (batches === undefined) this.#batches.set(job.generation, batches = new Map());
    let batch = batches.get(key);
    if (batch !== undefined && batch.rows + rows > this.#maxSize) {
      this.#flush(job.generation, key);
      batch = undefined;
      this.#batches.set(job.generation, batches);
    }
    if (batch === undefined) {
      batch = { jobs: [], rows: 0, timer: setTimeout(() => this.#flush(job.generation, key), this.#maxDelay) };
      batches.set(key, batch);
    }
    batch.jobs.push(job);
    batch.rows += rows;
    this.#waiting++;
    if (batch.rows >= this.#maxSize) this.#flush(job.generation, key);
  }

  /** Takes all calls out. */
  clear(): Job[] {
    const batches = [...this.#batches.values()].flatMap((batches) => [...batches.values()]);
    for (const { timer } of batches) clearTimeout(timer);
    this.#batches.clear();
    this.#waiting = 0;
    return batches.flatMap(({ jobs }) => jobs);
  }

  #flush(generation: Generation, key: string): void {
    const batches = this.#batches.get(generation)!;
    const batch = batches.get(key)!;
    clearTimeout(batch.timer);
    batches.delete(key);
    if (batches.size === 0) this.#batches.delete(generation);
    this.#waiting -= batch.jobs.length;
    const jobs = batch.jobs.filter((job) => !job.isSettled);
    if (jobs.length === 0) return;
    this.#count(jobs.length);
    if (jobs.length === 1) this.#run(jobs[0]!);
    else this.#runJoined(jobs);
  }

  async #runJoined(jobs: readonly Job[]): Promise<void> {
    const joined = join(jobs);
    this.#run(joined);
    for (const job of jobs) job.onTimeout = () => joined.onTimeout?.();
    try {
      const results = await joined.result;
      let row = 0;
      for (const job of jobs) {
        const rows = rowsOf(job)!;
        job.resolve(results.map((result) => slice(result, row, rows)));
        row += rows;
      }
    } catch (error) {
      // One call's values may have spoilt the run for all: each is run by itself, so that only that one fails.
      for (const job of jobs) {
        if (error instanceof EngineError && !job.isSettled) this.#run(job);
        else job.reject(error);
      }
    }
  }
}

/** How many rows a call has: the size of axis 0, where it is the same for all inputs and outputs. */
function rowsOf({ inputs, outputs }: Job): number | undefined {
  const rows = inputs[0]?.shape[0];
  const same = [...inputs, ...outputs ?? []].every(({ shape }) => shape[0] === rows);
  return outputs !== undefined && same ? rows : undefined;
}

function join(jobs: readonly Job[]): Job {
  const [first] = jobs as readonly [Job];
  const rows = jobs.reduce((sum, job) => sum + rowsOf(job)!, 0);
  const inputs = first.inputs.map(({ dtype, shape }, index): HostTensor => {
    const parts = jobs.map((job) => job.inputs[index]!.data);
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    const data = new (typedArrayOf(dtype))(length);
    let offset = 0;
    for (const part of parts) {
      data.set(part as never, offset);
      offset += part.length;
    }
    return { dtype, shape: [rows, ...shape.slice(1)], data };
  });
  const outputs = first.outputs!.map(({ dtype, shape }): HostSpec => ({ dtype, shape: [rows, ...shape.slice(1)] }));
  return new Job({ program: first.program, generation: first.generation, inputs, outputs });
}

function slice({ dtype, shape, data }: HostTensor, row: number, rows: number): HostTensor {
  const stride = data.length / shape[0]!;
  return { dtype, shape: [rows, ...shape.slice(1)], data: data.slice(row * stride, (row + rows) * stride) };
}
