/**
 * The workers of a pool: they are started, given models, and replaced when they end.
 *
 * @module
 */
import { compiledModule } from "../../eager/default_engine.ts";
import { DEFAULT_PROVIDER, PROVIDERS } from "../../emission/providers/providers.ts";
import { EngineError } from "../../engine/engine.ts";
import type { Profile } from "../../engine/profile.ts";
import { closedError, PoolError } from "../api/errors.ts";
import type { ModelArtifact } from "../programs/model_artifact.ts";
import type { End } from "./end.ts";
import { PoolWorker, type PoolWorkerOptions } from "./pool_worker.ts";
import type { WorkerPoolOptions } from "../api/options.ts";
import { defaultWorkerUrl, missingForSharing, processors } from "./platform.ts";
import type { ProgramInfo, Transport } from "../transport/protocol.ts";
import type { Counters } from "../api/statistics.ts";
import type { Task } from "../scheduling/task.ts";
import { Turns } from "../scheduling/turns.ts";

/** What a {@linkcode WorkerGroup} tells its pool. */
export interface WorkerGroupEvents {
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
export class WorkerGroup {
  /** The way requests travel, and why memory is not shared where it is not. */
  readonly transport: Transport;
  readonly missing: string | undefined = missingForSharing();
  readonly #workers: PoolWorker[] = [];
  readonly #options: PoolWorkerOptions;
  readonly #events: WorkerGroupEvents;
  /** What each worker is to load when it is ready. */
  readonly #models = new Map<number, ModelArtifact>();
  /** Those that wait for a worker to be ready. */
  readonly #waiting: { resolve(): void; reject(error: Error): void }[] = [];
  readonly #launched: Promise<void>;
  readonly #retries: number;
  /** Models that no worker has loaded yet. */
  readonly #trials = new Map<ModelArtifact, Promise<ProgramInfo>>();
  #turns: Turns | undefined;
  #failedStarts = 0;
  /** Why no worker could be started. */
  #startError: PoolError | undefined;
  #isClosed = false;

  constructor(options: WorkerPoolOptions, events: WorkerGroupEvents) {
    const {
      provider = DEFAULT_PROVIDER,
      threads = 1,
      workers,
      startTimeout = START_TIMEOUT,
      trace = false,
      retries = 0,
    } = options;
    this.#retries = retries;
    const { workerUrl = defaultWorkerUrl() } = options;
    this.transport = this.missing === undefined ? "shared memory" : "messages";
    this.#events = events;
    const { sharesHeap, workers: ownWorkers } = PROVIDERS[provider];
    const module = sharesHeap ? compiledModule : undefined;
    this.#options = {
      url: new URL(typeof workerUrl === "string" ? workerUrl : workerUrl.href),
      start: { provider, threads, module, transport: this.transport },
      startTimeout,
      profile: trace,
      onReady: (worker) => this.#onReady(worker),
      onEnd: (worker, end) => this.#onEnd(worker, end),
    };
    this.#launched = this.#launchAll(workers ?? ownWorkers);
  }

  /** The workers, by number. */
  get all(): readonly PoolWorker[] {
    return this.#workers;
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
    if (!this.#workers.some(({ isReady }) => isReady)) await this.#change();
  }

  /** The number of models that no worker has loaded yet. */
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
  load(model: ModelArtifact): Promise<ProgramInfo> {
    let trial = this.#trials.get(model);
    if (trial === undefined) {
      trial = this.#try(model).finally(() => this.#trials.delete(model));
      this.#trials.set(model, trial);
    }
    return trial;
  }

  /** Ends the workers that are loading a model for which nobody waits. */
  abandon(model: ModelArtifact): void {
    model.limit = 0;
    for (const worker of this.#workers) worker.checkLoad(model);
  }

  async #try(model: ModelArtifact): Promise<ProgramInfo> {
    await this.ready();
    this.#turns ??= new Turns(Math.max(1, this.#workers.length >> 1));
    const info = await this.#turns.take(() => this.#loadFirst(model));
    model.isProven = true;
    if (!model.isRetired) {
      this.#models.set(model.number, model);
      // That one of the others cannot load it is told where it is needed.
      for (const worker of this.#workers) if (worker.isReady) worker.loadModel(model).catch(() => {});
    }
    return info;
  }

  async #loadFirst(model: ModelArtifact): Promise<ProgramInfo> {
    for (let attempt = 0;; attempt++) {
      if (model.failure !== undefined) throw model.failure;
      const worker = await this.#reserve();
      try {
        // Nobody may wait for it any more.
        if (model.isRetired) throw new PoolError("released", `Cannot load ${model.name}: it was given up`);
        return await worker.loadModel(model);
      } catch (error) {
        if (this.#isClosed) throw closedError();
        if (error instanceof PoolError && error.reason === "timeout") model.failure = error;
        if (error instanceof EngineError || error instanceof PoolError) throw error;
        if (attempt >= this.#retries || model.limit === 0) throw loadError(model, attempt + 1, error as Error);
      } finally {
        worker.isReserved = false;
        this.#tellWaiting();
        this.#events.ready();
      }
    }
  }

  /** A worker that has nothing to do, and is given nothing else. */
  async #reserve(): Promise<PoolWorker> {
    while (true) {
      await this.ready();
      const [worker] = this.#workers.filter(({ isReady, isReserved }) => isReady && !isReserved).sort((a, b) => {
        return a.workload[0] - b.workload[0] || a.workload[1] - b.workload[1];
      });
      if (worker === undefined) {
        await this.#change();
        continue;
      }
      worker.isReserved = true;
      await worker.drained();
      if (worker.isReady) return worker;
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
  async release(model: ModelArtifact): Promise<void> {
    this.#models.delete(model.number);
    await Promise.all(this.#workers.map((worker) => worker.release(model)));
  }

  /** Starts workers again that could not be started: whoever asks now may find what was missing then. */
  revive(): void {
    for (const worker of this.#workers) if (worker.hasEnded) this.#launch(worker.number, worker.counters);
    this.#failedStarts = 0;
    this.#startError = undefined;
  }

  /** Whether no worker is left, and none could be started. */
  get hasFailed(): boolean {
    return this.#startError !== undefined;
  }

  /** Ends a worker that does not come back from a task. */
  interrupt(task: Task): void {
    for (const worker of this.#workers) worker.interrupt(task);
  }

  /** Stops the run of a task of which nobody wants the result. */
  stop(task: Task): void {
    for (const worker of this.#workers) worker.stop(task);
  }

  /** The profiles of models, worker by worker. */
  async profiles(models: readonly ModelArtifact[]): Promise<{ worker: number; profiles: Profile[] }[]> {
    return await Promise.all(this.#workers.map(async (worker) => {
      const profiles = await Promise.all(models.map((model) => worker.profile(model)));
      return { worker: worker.number, profiles: profiles.filter((profile) => profile !== undefined) };
    }));
  }

  /** Rejects what workers hold, and ends them; resolves when they are gone. */
  async close(error: PoolError): Promise<void> {
    this.#isClosed = true;
    for (const { reject } of this.#waiting.splice(0)) reject(error);
    await Promise.all(this.#workers.map((worker) => worker.close(error)));
  }

  async #launchAll(workers: number | undefined): Promise<void> {
    const count = workers ?? Math.min(await processors(), MOST_WORKERS);
    if (this.isClosed) return;
    for (let number = 0; number < count; number++) this.#launch(number);
  }

  #launch(number: number, counters?: Counters): void {
    this.#workers[number] = new PoolWorker(number, this.#options, counters);
  }

  #onReady(worker: PoolWorker): void {
    // That one cannot be loaded is told where it is needed.
    for (const model of this.#models.values()) worker.loadModel(model).catch(() => {});
    this.#tellWaiting();
    this.#events.ready();
  }

  #onEnd(worker: PoolWorker, end: End): void {
    if (this.isClosed) return;
    const { error, held, program } = end;
    // A model that ends workers is loaded no more unless a call asks for it.
    if (program !== undefined) this.#models.delete(program);
    const isIdle = program === undefined && !held.some(({ hasBegun }) => hasBegun);
    if (worker.hasServed) this.#failedStarts = 0;
    const hasFailed = isIdle && !worker.hasServed &&
      (error instanceof PoolError || ++this.#failedStarts >= MOST_STARTS);
    if (!hasFailed) {
      worker.counters.restarts++;
      this.#launch(worker.number, worker.counters);
    }
    this.#events.ended(end);
    if (hasFailed) this.#unload(error);
  }

  /** A worker that cannot be started is left out; where none is left, no call can be run. */
  #unload(cause: Error): void {
    if (this.#workers.some((worker) => !worker.hasEnded)) return;
    const error = new PoolError("not started", `Cannot start a worker: ${cause.message}`, { cause });
    this.#startError = error;
    for (const { reject } of this.#waiting.splice(0)) reject(error);
    this.#events.failed(error);
  }
}

/** What to say of a model whose worker ended. */
function loadError({ name }: ModelArtifact, attempts: number, cause: Error): PoolError {
  const tried = attempts > 1 ? ` (tried ${attempts} times)` : "";
  return new PoolError("worker ended", `Cannot load ${name}: its worker ended${tried}: ${cause.message}`, { cause });
}
