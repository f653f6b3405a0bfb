/**
 * The workers of a pool: they are started, given models, and replaced when they end.
 *
 * @module
 */
import { compiledModule } from "../../eager/default_engine.ts";
import { EngineError } from "../../engine/engine.ts";
import type { Profile } from "../../engine/profile.ts";
import { closedError, PoolError } from "../api/errors.ts";
import type { LoadedModel } from "../programs/model_artifact.ts";
import type { End } from "./end.ts";
import { Member, type MemberOptions } from "./pool_worker.ts";
import type { WorkerPoolOptions } from "../api/options.ts";
import { defaultWorkerUrl, missingForSharing, processors } from "./platform.ts";
import type { ProgramInfo, Transport } from "../transport/protocol.ts";
import type { Counters } from "../api/statistics.ts";
import type { Task } from "../scheduling/task.ts";
import { Turns } from "../scheduling/turns.ts";

/** What a {@linkcode Crew} tells its pool. */
export interface CrewEvents {
  /** A worker takes calls. */
  ready(): void;
  /** A worker ended. */
  ended(end: End): void;
  /** No worker is left, and none can be started. */
  failed(error: PoolError): void;
}

const MOST_WORKERS = 8;
const START_TIMEOUT = 60_000;
/** Milliseconds that a worker may take to load a model. */
export const LOAD_TIMEOUT = 60_000;
/** So many workers may end before they have run anything. */
const MOST_STARTS = 3;

/** Starts workers, and replaces those that end. */
export class Crew {
  /** How requests travel, and why memory is not shared where it is not. */
  readonly transport: Transport;
  readonly missing: string | undefined = missingForSharing();
  readonly #members: Member[] = [];
  readonly #options: MemberOptions;
  readonly #events: CrewEvents;
  /** What each worker is to load when it is ready. */
  readonly #models = new Map<number, LoadedModel>();
  /** Those that wait for a worker to be ready. */
  readonly #waiting: { resolve(): void; reject(error: Error): void }[] = [];
  readonly #launched: Promise<void>;
  readonly #retries: number;
  /** Models that no worker has loaded yet. */
  readonly #trials = new Map<LoadedModel, Promise<ProgramInfo>>();
  #turns: Turns | undefined;
  #failedStarts = 0;
  /** Why no worker could be started. */
  #startError: PoolError | undefined;
  #isClosed = false;

  constructor(options: WorkerPoolOptions, events: CrewEvents) {
    const { provider = "wasm", threads = 1, workers, startTimeout = START_TIMEOUT, trace = false, retries = 0 } =
      options;
    this.#retries = retries;
    const { workerUrl = defaultWorkerUrl() } = options;
    this.transport = this.missing === undefined ? "shared memory" : "messages";
    this.#events = events;
    const module = provider === "wasm" ? compiledModule : undefined;
    this.#options = {
      url: new URL(typeof workerUrl === "string" ? workerUrl : workerUrl.href),
      start: { provider, threads, module, transport: this.transport },
      startTimeout,
      profile: trace,
      onReady: (member) => this.#onReady(member),
      onEnd: (member, end) => this.#onEnd(member, end),
    };
    this.#launched = this.#launchAll(workers ?? (provider === "wasm" ? undefined : 1));
  }

  /** The workers, by number. */
  get members(): readonly Member[] {
    return this.#members;
  }

  /** Whether it was closed. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /**
   * Waits until a worker is ready.
   *
   * @throws {PoolError} If none can be started, or the pool is closed.
   */
  async ready(): Promise<void> {
    await this.#launched;
    if (this.isClosed) throw closedError();
    this.revive();
    if (!this.#members.some(({ isReady }) => isReady)) await this.#change();
  }

  /** How many models no worker has loaded yet. */
  get loading(): number {
    return this.#trials.size;
  }

  /**
   * Loads a model in one worker, which does nothing else meanwhile, and when that has succeeded in the others; resolves
   * when the first has it. At any time half of the workers at most are at models of which nobody knows whether they can be
   * loaded.
   *
   * @throws {EngineError} If it cannot be loaded.
   * @throws {PoolError} If it takes too long, or workers cannot be started, or end of it.
   */
  load(model: LoadedModel): Promise<ProgramInfo> {
    let trial = this.#trials.get(model);
    if (trial === undefined) {
      trial = this.#try(model).finally(() => this.#trials.delete(model));
      this.#trials.set(model, trial);
    }
    return trial;
  }

  /** Ends the workers that are loading a model for which nobody waits. */
  abandon(model: LoadedModel): void {
    model.limit = 0;
    for (const member of this.#members) member.checkLoad(model);
  }

  async #try(model: LoadedModel): Promise<ProgramInfo> {
    await this.ready();
    this.#turns ??= new Turns(Math.max(1, this.#members.length >> 1));
    const info = await this.#turns.take(() => this.#loadFirst(model));
    model.isProven = true;
    if (!model.isRetired) {
      this.#models.set(model.number, model);
      // That one of the others cannot load it is told where it is needed.
      for (const member of this.#members) if (member.isReady) member.loadModel(model).catch(() => {});
    }
    return info;
  }

  async #loadFirst(model: LoadedModel): Promise<ProgramInfo> {
    for (let attempt = 0;; attempt++) {
      if (model.failure !== undefined) throw model.failure;
      const member = await this.#reserve();
      try {
        // Nobody may wait for it any more.
        if (model.isRetired) throw new PoolError("released", `Cannot load ${model.name}: it was given up`);
        return await member.loadModel(model);
      } catch (error) {
        if (this.#isClosed) throw closedError();
        if (error instanceof PoolError && error.reason === "timeout") model.failure = error;
        if (error instanceof EngineError || error instanceof PoolError) throw error;
        if (attempt >= this.#retries || model.limit === 0) throw loadError(model, attempt + 1, error as Error);
      } finally {
        member.isReserved = false;
        this.#tellWaiting();
        this.#events.ready();
      }
    }
  }

  /** A worker that has nothing to do, and is given nothing else. */
  async #reserve(): Promise<Member> {
    while (true) {
      await this.ready();
      const [member] = this.#members.filter(({ isReady, isReserved }) => isReady && !isReserved).sort((a, b) => {
        return a.workload[0] - b.workload[0] || a.workload[1] - b.workload[1];
      });
      if (member === undefined) {
        await this.#change();
        continue;
      }
      member.isReserved = true;
      await member.drained();
      if (member.isReady) return member;
    }
  }

  /** Waits until a worker is ready, or free for another model. */
  #change(): Promise<void> {
    return new Promise<void>((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  #tellWaiting(): void {
    for (const { resolve } of this.#waiting.splice(0)) resolve();
  }

  /** Makes all workers give up a model. */
  async release(model: LoadedModel): Promise<void> {
    this.#models.delete(model.number);
    await Promise.all(this.#members.map((member) => member.release(model)));
  }

  /** Starts workers again that could not be started: whoever asks now may find what was missing then. */
  revive(): void {
    for (const member of this.#members) if (member.hasEnded) this.#launch(member.number, member.counters);
    this.#failedStarts = 0;
    this.#startError = undefined;
  }

  /** Whether no worker is left, and none could be started. */
  get hasFailed(): boolean {
    return this.#startError !== undefined;
  }

  /** Ends a worker that does not come back from a task. */
  interrupt(task: Task): void {
    for (const member of this.#members) member.interrupt(task);
  }

  /** Stops the run of a task of which nobody wants the result. */
  stop(task: Task): void {
    for (const member of this.#members) member.stop(task);
  }

  /** The profiles of models, worker by worker. */
  async profiles(models: readonly LoadedModel[]): Promise<{ worker: number; profiles: Profile[] }[]> {
    return await Promise.all(this.#members.map(async (member) => {
      const profiles = await Promise.all(models.map((model) => member.profile(model)));
      return { worker: member.number, profiles: profiles.filter((profile) => profile !== undefined) };
    }));
  }

  /** Rejects what workers hold, and ends them; resolves when they are gone. */
  async close(error: PoolError): Promise<void> {
    this.#isClosed = true;
    for (const { reject } of this.#waiting.splice(0)) reject(error);
    await Promise.all(this.#members.map((member) => member.close(error)));
  }

  async #launchAll(workers: number | undefined): Promise<void> {
    const count = workers ?? Math.min(await processors(), MOST_WORKERS);
    if (this.isClosed) return;
    for (let number = 0; number < count; number++) this.#launch(number);
  }

  #launch(number: number, counters?: Counters): void {
    this.#members[number] = new Member(number, this.#options, counters);
  }

  #onReady(member: Member): void {
    // That one cannot be loaded is told where it is needed.
    for (const model of this.#models.values()) member.loadModel(model).catch(() => {});
    this.#tellWaiting();
    this.#events.ready();
  }

  #onEnd(member: Member, end: End): void {
    if (this.isClosed) return;
    const { error, held, program } = end;
    // A model that ends workers is loaded no more unless a call asks for it.
    if (program !== undefined) this.#models.delete(program);
    const isIdle = program === undefined && !held.some(({ hasBegun }) => hasBegun);
    if (member.hasServed) this.#failedStarts = 0;
    const hasFailed = isIdle && !member.hasServed &&
      (error instanceof PoolError || ++this.#failedStarts >= MOST_STARTS);
    if (!hasFailed) {
      member.counters.restarts++;
      this.#launch(member.number, member.counters);
    }
    this.#events.ended(end);
    if (hasFailed) this.#giveUp(error);
  }

  /** A worker that cannot be started is left out; where none is left, no call can be run. */
  #giveUp(cause: Error): void {
    if (this.#members.some((member) => !member.hasEnded)) return;
    const error = new PoolError("not started", `Cannot start a worker: ${cause.message}`, { cause });
    this.#startError = error;
    for (const { reject } of this.#waiting.splice(0)) reject(error);
    this.#events.failed(error);
  }
}

/** What to say of a model whose worker ended. */
function loadError({ name }: LoadedModel, attempts: number, cause: Error): PoolError {
  const tried = attempts > 1 ? ` (tried ${attempts} times)` : "";
  return new PoolError("worker ended", `Cannot load ${name}: its worker ended${tried}: ${cause.message}`, { cause });
}
