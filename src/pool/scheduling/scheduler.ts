/**
 * The way of a call to a worker.
 *
 * @module
 */
import { Batcher } from "./batcher.ts";
import type { WorkerGroup } from "../workers/worker_group.ts";
import { Admission } from "./admission.ts";
import { closedError, PoolError } from "../api/errors.ts";
import type { Job } from "./job.ts";
import { LoadQueue } from "./load_queue.ts";
import type { End } from "../workers/end.ts";
import type { PoolWorker } from "../workers/pool_worker.ts";
import type { WorkerPoolOptions } from "../api/options.ts";
import { SLOTS } from "../transport/protocol.ts";
import { FairQueue } from "./queue.ts";
import type { Task } from "./task.ts";

const DEFAULT_QUEUE = 4096;

/** Lets calls in, joins them where that is asked for, and hands them to workers in turns. */
export class Scheduler {
  readonly #workers: WorkerGroup;
  readonly #retries: number;
  readonly #admission: Admission;
  readonly #batcher: Batcher | undefined;
  readonly #queue = new FairQueue();
  /** What cannot be handed to workers yet. */
  readonly #loads: LoadQueue;

  constructor(options: WorkerPoolOptions, workers: WorkerGroup) {
    const { maxQueue = DEFAULT_QUEUE, retries = 0, batch = false } = options;
    this.#workers = workers;
    this.#retries = retries;
    this.#loads = new LoadQueue((model) => workers.load(model), (task) => this.#run(task));
    this.#admission = new Admission({
      most: maxQueue,
      waits: options.whenFull === "wait",
      hasCapacity: (job) => {
        const waiting = this.#queue.size + this.#loads.size + (this.#batcher?.waiting ?? 0);
        return waiting < maxQueue || this.#canBegin(job);
      },
      enter: (job) => this.#enter(job),
    });
    if (batch !== false) this.#batcher = new Batcher(batch === true ? {} : batch, (task) => this.#run(task));
  }

  /** The number of calls that wait. */
  get size(): number {
    return this.#admission.size + (this.#batcher?.collecting ?? 0) + this.#queue.calls + this.#loads.calls;
  }

  /** Takes a call. */
  take(job: Job): void {
    if (this.#workers.isClosed) job.reject(closedError());
    else if (!job.isSettled) this.#admission.take(job);
  }

  /** Hands calls to the workers that have capacity, to those first that hold fewest. */
  dispatch(): void {
    while (this.#queue.size > 0 && this.#performNext());
    if (this.#admission.size > 0) this.#admission.letIn();
  }

  /** Puts what a worker held back into the queue, if it may be tried again. */
  takeBack({ held, error }: End): void {
    for (const { task, hasBegun } of held.toReversed()) {
      // What it had not begun is nothing that it can have ended of.
      if (!hasBegun) task.attempts--;
      if (task.isSettled) continue;
      if (!hasBegun || task.attempts <= this.#retries) this.#queue.unshift(task);
      else {
        const tried = task.attempts > 1 ? ` (tried ${task.attempts} times)` : "";
        const message = `Cannot run ${task.program.name}: its worker ended${tried}: ${error.message}`;
        task.reject(new PoolError("worker ended", message, { cause: error }));
      }
    }
    this.dispatch();
  }

  /** Rejects all that waits. */
  clear(reason: PoolError): void {
    this.#admission.clear(reason);
    this.#batcher?.clear(reason);
    for (const task of [...this.#loads.clear(), ...this.#queue.clear()]) task.reject(reason);
  }

  #enter(job: Job): void {
    job.onSettled = undefined;
    if (this.#batcher !== undefined && job.program.mixed === undefined) this.#batcher.add(job);
    else this.#run(job);
  }

  /** Takes a task into the queue; it is settled when a worker has run it. */
  #run(task: Task): void {
    if (task.isSettled) return;
    if (this.#workers.isClosed) return void task.reject(closedError());
    task.onSettled = () => {
      if (this.#queue.remove(task) || this.#loads.remove(task)) this.dispatch();
    };
    task.onTimeout = () => this.#workers.interrupt(task);
    task.onAborted = () => this.#workers.stop(task);
    if (!task.generation.model.isProven) return this.#loads.add(task);
    this.#queue.push(task);
    if (this.#workers.hasFailed) this.#workers.revive();
    if (task.isReady) this.dispatch();
    else task.whenReady(() => this.dispatch());
  }

  /** Whether a worker would take a call now. */
  #canBegin(job: Job): boolean {
    if (this.#queue.size > 0 || !job.isReady || !this.#workers.all.some((worker) => suits(worker, job))) return false;
    return job.generation.model.isProven || this.#loads.size < SLOTS;
  }

  #performNext(): boolean {
    for (let capacity = SLOTS; capacity > 0; capacity--) {
      for (const worker of this.#workers.all) {
        if (worker.capacity !== capacity) continue;
        const task = this.#queue.next((task) => suits(worker, task));
        if (task === undefined) continue;
        void this.#perform(worker, task);
        return true;
      }
    }
    return false;
  }

  async #perform(worker: PoolWorker, task: Task): Promise<void> {
    await worker.perform(task);
    this.dispatch();
  }
}

function suits(worker: PoolWorker, task: Task): boolean {
  return worker.capacity > 0 && task.isReady && !worker.conflictsWith(task);
}
