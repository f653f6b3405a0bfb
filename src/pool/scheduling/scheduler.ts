/**
 * The way of a call to a worker.
 *
 * @module
 */
import { Batcher } from "./batcher.ts";
import type { Crew } from "../workers/worker_group.ts";
import { Entrance } from "./admission.ts";
import { closedError, PoolError } from "../api/errors.ts";
import type { Job } from "./job.ts";
import { LoadQueue } from "./load_queue.ts";
import type { End } from "../workers/end.ts";
import type { Member } from "../workers/pool_worker.ts";
import type { WorkerPoolOptions } from "../api/options.ts";
import { SLOTS } from "../transport/protocol.ts";
import { FairQueue } from "./queue.ts";
import type { Task } from "./task.ts";

const DEFAULT_QUEUE = 4096;

/** Lets calls in, joins them where that is asked for, and hands them to workers in turns. */
export class Dispatcher {
  readonly #crew: Crew;
  readonly #retries: number;
  readonly #entrance: Entrance;
  readonly #batcher: Batcher | undefined;
  readonly #queue = new FairQueue();
  /** What cannot be handed to workers yet. */
  readonly #loads: LoadQueue;

  constructor(options: WorkerPoolOptions, crew: Crew) {
    const { maxQueue = DEFAULT_QUEUE, retries = 0, batch = false } = options;
    this.#crew = crew;
    this.#retries = retries;
    this.#loads = new LoadQueue((model) => crew.load(model), (task) => this.#run(task));
    this.#entrance = new Entrance({
      most: maxQueue,
      waits: options.whenFull === "wait",
      hasRoom: (job) => {
        const waiting = this.#queue.size + this.#loads.size + (this.#batcher?.waiting ?? 0);
        return waiting < maxQueue || this.#canBegin(job);
      },
      enter: (job) => this.#enter(job),
    });
    if (batch !== false) this.#batcher = new Batcher(batch === true ? {} : batch, (task) => this.#run(task));
  }

  /** How many calls wait. */
  get size(): number {
    return this.#entrance.size + (this.#batcher?.collecting ?? 0) + this.#queue.calls + this.#loads.calls;
  }

  /** Takes a call. */
  take(job: Job): void {
    if (this.#crew.isClosed) job.reject(closedError());
    else if (!job.isSettled) this.#entrance.take(job);
  }

  /** Hands calls to the workers that have room, to those first that hold fewest. */
  dispatch(): void {
    while (this.#queue.size > 0 && this.#performNext());
    if (this.#entrance.size > 0) this.#entrance.letIn();
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
    this.#entrance.clear(reason);
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
    if (this.#crew.isClosed) return void task.reject(closedError());
    task.onSettled = () => {
      if (this.#queue.remove(task) || this.#loads.remove(task)) this.dispatch();
    };
    task.onTimeout = () => this.#crew.interrupt(task);
    task.onAborted = () => this.#crew.stop(task);
    if (!task.generation.model.isProven) return this.#loads.add(task);
    this.#queue.push(task);
    if (this.#crew.hasFailed) this.#crew.revive();
    if (task.isReady) this.dispatch();
    else task.whenReady(() => this.dispatch());
  }

  /** Whether a worker would take a call now. */
  #canBegin(job: Job): boolean {
    if (this.#queue.size > 0 || !job.isReady || !this.#crew.members.some((member) => suits(member, job))) return false;
    return job.generation.model.isProven || this.#loads.size < SLOTS;
  }

  #performNext(): boolean {
    for (let room = SLOTS; room > 0; room--) {
      for (const member of this.#crew.members) {
        if (member.room !== room) continue;
        const task = this.#queue.next((task) => suits(member, task));
        if (task === undefined) continue;
        void this.#perform(member, task);
        return true;
      }
    }
    return false;
  }

  async #perform(member: Member, task: Task): Promise<void> {
    await member.perform(task);
    this.dispatch();
  }
}

function suits(member: Member, task: Task): boolean {
  return member.room > 0 && task.isReady && !member.conflictsWith(task);
}
