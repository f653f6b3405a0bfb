/**
 * The workers of a pool, and the queue in front of them.
 *
 * @module
 */
import type { Profile } from "../engine/profile.ts";
import { PoolError } from "./errors.ts";
import type { Job } from "./job.ts";
import { type Held, Member } from "./member.ts";
import type { WorkerPoolOptions } from "./options.ts";
import { defaultWorkerUrl, missingForSharing, processors } from "./platform.ts";
import type { LoadedModel, Program } from "./program.ts";
import type { ProgramInfo, StartMessage } from "./protocol.ts";
import { FairQueue } from "./queue.ts";
import { Counters, type PoolStats } from "./statistics.ts";

const MOST_WORKERS = 8;
const DEFAULT_QUEUE = 4096;
/** So often a worker is started again after it could not be started. */
const MOST_STARTS = 3;

/** Starts workers, hands calls to them, and replaces those that end. */
export class Crew {
  readonly #options: WorkerPoolOptions;
  readonly #start: StartMessage;
  readonly #missing: string | undefined = missingForSharing();
  readonly #url: URL;
  readonly #queue = new FairQueue();
  /** Calls that wait for room in the queue. */
  readonly #entrants: (() => void)[] = [];
  readonly #members: Member[] = [];
  /** What each worker is to have loaded. */
  readonly #models = new Map<number, LoadedModel>();
  /** Programs of which one run at a time is allowed and one is under way. */
  readonly #busy = new Set<Program>();
  readonly #counters = new Counters();
  #running = 0;
  /** Failed starts since a worker was ready. */
  #failedStarts = 0;
  /** Why no worker could be started. */
  #startError: Error | undefined;
  #isClosed = false;
  readonly #launched: Promise<void>;

  constructor(options: WorkerPoolOptions, module: WebAssembly.Module | undefined) {
    this.#options = options;
    this.#url = new URL(options.workerUrl ?? defaultWorkerUrl());
    this.#start = {
      provider: options.provider ?? "wasm",
      threads: options.threads ?? 1,
      module,
      transport: this.#missing === undefined ? "shared memory" : "messages",
    };
    this.#launched = this.#launchAll();
  }

  /** @throws {PoolError} If the pool is closed. */
  checkOpen(): void {
    if (this.#isClosed) throw closedError();
  }

  /**
   * Loads a model in all workers; resolves when the first has it.
   *
   * @throws {EngineError} If it cannot be loaded.
   */
  async load(model: LoadedModel): Promise<ProgramInfo> {
    this.#models.set(model.number, model);
    await this.#launched;
    this.checkOpen();
    this.#restart();
    try {
      return await firstOf(this.#members.map((member) => member.load(model)));
    } catch (error) {
      this.#models.delete(model.number);
      throw error;
    }
  }

  /** Gives up the models of a program. */
  async release(program: Program): Promise<void> {
    const models = program.models().filter((model) => this.#models.delete(model.number));
    await Promise.all(this.#members.flatMap((member) => models.map((model) => member.release(model))));
  }

  /** Gives up one model. */
  async releaseModel(model: LoadedModel): Promise<void> {
    if (this.#models.delete(model.number)) await Promise.all(this.#members.map((member) => member.release(model)));
  }

  /**
   * Waits until there is room for a call, if calls wait.
   *
   * @throws {PoolError} If the pool is closed, or the queue is full and calls are rejected then.
   */
  async admit(job: Job, waiting: number): Promise<void> {
    const most = this.#options.maxQueue ?? DEFAULT_QUEUE;
    this.checkOpen();
    if (this.#queue.size + waiting < most || this.#hasRoom()) return;
    if (this.#options.whenFull !== "wait") {
      const error = new PoolError(
        "queue full",
        `Cannot run ${job.program.name}: ${most} calls wait already; make fewer at once, set maxQueue or whenFull: "wait"`,
      );
      job.reject(error);
      throw error;
    }
    while (this.#queue.size >= most && !this.#hasRoom() && !this.#isClosed && !job.isSettled) {
      await new Promise<void>((resolve) => {
        this.#entrants.push(resolve);
        job.onSettled = resolve;
      });
    }
    this.checkOpen();
  }

  /** Takes a call; it is settled when a worker has run it. */
  run(job: Job): void {
    if (this.#isClosed) return job.reject(closedError());
    if (job.isSettled) return;
    job.onSettled = () => {
      if (this.#queue.remove(job)) this.#letIn();
    };
    job.onTimeout = () => this.#interrupt(job);
    this.#queue.push(job);
    this.#dispatch();
  }

  /** Rejects all calls and ends all workers. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const error = closedError();
    for (const job of this.#queue.clear()) job.reject(error);
    for (const member of this.#members) {
      for (const { job } of member.held()) job.reject(error);
      member.close(error);
    }
    this.#letIn();
  }

  /** What was done until now; `waiting` calls wait to be joined. */
  stats(waiting: number, batches: PoolStats["batches"], unbatched: readonly string[]): PoolStats {
    const workers = this.#members.map((member) => member.stats());
    const sum = (key: "bytesIn" | "bytesOut"): number => workers.reduce((total, worker) => total + worker[key], 0);
    const { calls, failed, restarts, latencies } = this.#counters;
    return {
      transport: this.#start.transport,
      transportReason: this.#missing && `${this.#missing} is missing`,
      calls,
      failed,
      queued: this.#queue.size + waiting,
      running: this.#running,
      restarts,
      bytesIn: sum("bytesIn"),
      bytesOut: sum("bytesOut"),
      latency: latencies.percentiles(),
      batches: { ...batches },
      unbatched,
      workers,
    };
  }

  /** Counts a call of a user, which may have been run together with others. */
  count(job: Job): void {
    job.result.then(
      () => {
        this.#counters.calls++;
        this.#counters.latencies.add(performance.now() - job.made);
      },
      () => this.#counters.failed++,
    );
  }

  /** The profiles of models, worker by worker. */
  async profiles(models: readonly LoadedModel[]): Promise<{ worker: number; profiles: Profile[] }[]> {
    return await Promise.all(this.#members.map(async (member) => {
      const profiles = await Promise.all(models.map((model) => member.profile(model)));
      return { worker: member.number, profiles: profiles.filter((profile) => profile !== undefined) };
    }));
  }

  async #launchAll(): Promise<void> {
    const { workers = this.#start.provider === "wasm" ? Math.min(await processors(), MOST_WORKERS) : 1 } =
      this.#options;
    if (this.#isClosed) return;
    for (let number = 0; number < workers; number++) this.#members.push(this.#launch(number));
  }

  #launch(number: number, counters?: Counters): Member {
    const options = { url: this.#url, start: this.#start, profile: this.#options.trace === true };
    const member = new Member(number, options, { ended: (...args) => this.#onEnd(...args) }, counters);
    member.started.then(() => {
      this.#failedStarts = 0;
      this.#startError = undefined;
      // The first to be ready loads first what is waited for; the others follow.
      for (const model of this.#models.values()) member.load(model).catch(() => {});
      this.#dispatch();
    }, () => {});
    return member;
  }

  /** Starts workers again after none could be started: whoever asks now may find what was missing then. */
  #restart(): void {
    if (this.#startError === undefined) return;
    this.#startError = undefined;
    this.#failedStarts = 0;
    for (const [index, member] of this.#members.entries()) {
      if (member.hasEnded) this.#members[index] = this.#launch(member.number, member.counters);
    }
  }

  #onEnd(member: Member, error: Error, held: readonly Held[]): void {
    if (this.#isClosed) return;
    if (!member.wasReady) {
      if (++this.#failedStarts < MOST_STARTS && !(error instanceof PoolError)) this.#replace(member);
      else this.#giveUp(member, error);
    } else this.#replace(member);
    const { retries = 0 } = this.#options;
    for (const { job, hasBegun } of held.toReversed()) {
      // What it had not begun is nothing that it can have ended of.
      if (!hasBegun) job.attempts--;
      if (!hasBegun || job.attempts <= retries) {
        if (!job.isSettled) this.#queue.unshift(job);
      } else {
        const tried = job.attempts > 1 ? ` (tried ${job.attempts} times)` : "";
        job.reject(
          new PoolError("worker ended", `Cannot run ${job.program.name}: its worker ended${tried}: ${error.message}`, {
            cause: error,
          }),
        );
      }
    }
    this.#dispatch();
  }

  #replace(member: Member): void {
    this.#counters.restarts++;
    member.counters.restarts++;
    this.#members[this.#members.indexOf(member)] = this.#launch(member.number, member.counters);
  }

  /** A worker that cannot be started is left out; where none is left, no call can be run. */
  #giveUp(member: Member, error: Error): void {
    if (this.#members.some((other) => other !== member && !other.hasEnded)) return;
    this.#startError = new PoolError("not started", `Cannot start a worker: ${error.message}`, { cause: error });
    for (const job of this.#queue.clear()) job.reject(this.#startError);
    this.#letIn();
  }

  #hasRoom(): boolean {
    return this.#members.some((member) => member.room > 0);
  }

  /** Hands calls to the workers that have room, to those first that hold fewest. */
  #dispatch(): void {
    if (this.#startError !== undefined && this.#queue.size > 0) this.#restart();
    while (this.#queue.size > 0) {
      let member: Member | undefined;
      for (const other of this.#members) if (other.room > (member?.room ?? 0)) member = other;
      if (member === undefined) return;
      const job = this.#queue.next((job) => !this.#busy.has(job.program) && !member.conflictsWith(job));
      if (job === undefined) return;
      this.#letIn();
      this.#perform(member, job);
    }
  }

  async #perform(member: Member, job: Job): Promise<void> {
    const { program } = job;
    if (program.isStateful) this.#busy.add(program);
    this.#running++;
    await member.perform(job);
    this.#running--;
    this.#busy.delete(program);
    this.#dispatch();
  }

  #interrupt(job: Job): void {
    for (const member of this.#members) member.interrupt(job);
  }

  /** Lets those that wait for room look again. */
  #letIn(): void {
    for (const look of this.#entrants.splice(0)) look();
  }
}

/** The first to succeed; where none does, the error of the first. */
async function firstOf<T>(attempts: readonly Promise<T>[]): Promise<T> {
  try {
    return await Promise.any(attempts);
  } catch (error) {
    throw error instanceof AggregateError ? error.errors[0] : error;
  }
}

function closedError(): PoolError {
  return new PoolError("closed", "Cannot run a call: the pool is closed");
}
