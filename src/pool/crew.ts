/**
 * The workers of a pool: they are started, given models, and replaced when they end.
 *
 * @module
 */
import { compiledModule } from "../engine/default_engine.ts";
import { EngineError } from "../engine/engine.ts";
import type { Profile } from "../engine/profile.ts";
import { closedError, PoolError } from "./errors.ts";
import type { LoadedModel } from "./loaded_model.ts";
import { type End, Member, type MemberOptions } from "./member.ts";
import type { WorkerPoolOptions } from "./options.ts";
import { defaultWorkerUrl, missingForSharing, processors } from "./platform.ts";
import type { ProgramInfo, Transport } from "./protocol.ts";
import type { Counters } from "./statistics.ts";
import type { Task } from "./task.ts";

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
  #failedStarts = 0;
  /** Why no worker could be started. */
  #startError: PoolError | undefined;
  #isClosed = false;

  constructor(options: WorkerPoolOptions, events: CrewEvents) {
    const { provider = "wasm", threads = 1, workers, startTimeout = START_TIMEOUT, trace = false } = options;
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
    if (this.#members.some(({ isReady }) => isReady)) return;
    await new Promise<void>((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  /**
   * Loads a model in all workers; resolves when the first has it.
   *
   * @throws {EngineError} If it cannot be loaded.
   * @throws {PoolError} If workers cannot be started, or end of it.
   */
  async load(model: LoadedModel): Promise<ProgramInfo> {
    await this.ready();
    this.#models.set(model.number, model);
    try {
      const ready = this.#members.filter(({ isReady }) => isReady);
      return await Promise.any(ready.map((member) => member.load(model)));
    } catch (error) {
      this.#models.delete(model.number);
      if (this.#isClosed) throw closedError();
      throw loadError((error as AggregateError).errors);
    }
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
    for (const model of this.#models.values()) member.load(model).catch(() => {});
    for (const { resolve } of this.#waiting.splice(0)) resolve();
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

/** What to say when no worker could load a model. */
function loadError(errors: readonly Error[]): Error {
  const known = errors.find((error) => error instanceof EngineError || error instanceof PoolError);
  if (known !== undefined) return known;
  const [cause] = errors;
  return new PoolError("worker ended", `Cannot load the model: its worker ended: ${cause?.message}`, { cause });
}
