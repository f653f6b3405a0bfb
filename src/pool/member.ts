/**
 * One worker of a pool.
 *
 * @module
 */
import type { HostTensor } from "../engine/engine.ts";
import type { Profile } from "../engine/profile.ts";
import { BrokenWorkerError, type Channel, type RunRequest } from "./channel.ts";
import { PoolError } from "./errors.ts";
import type { Job } from "./job.ts";
import { PostedChannel } from "./message_channel.ts";
import { startThread, type Thread } from "./platform.ts";
import type { Generation, LoadedModel } from "./program.ts";
import { type ProgramInfo, type ReplyMessage, SLOTS, type StartedMessage, type StartMessage } from "./protocol.ts";
import { SharedChannel } from "./shared_channel.ts";
import { Counters, type WorkerStats } from "./statistics.ts";

/** What a member tells its pool. */
export interface MemberEvents {
  /** It could not be started, or it ended although nobody told it to; `held` are the calls that it had not finished. */
  ended(member: Member, error: Error, held: readonly Held[]): void;
}

/** A call that a worker holds. */
export interface Held {
  readonly job: Job;
  /** Whether the worker had begun it, or what had to be done for it first. */
  readonly hasBegun: boolean;
}

/** A worker that is starting, is ready, or has ended. */
export class Member {
  /** Its place in the pool. */
  readonly number: number;
  /** Resolves when it is ready; rejects when it could not be started. */
  readonly started: Promise<void>;
  readonly counters: Counters;
  readonly #events: MemberEvents;
  readonly #start: StartMessage;
  readonly #profile: boolean;
  readonly #jobs = new Map<Job, RunRequest | undefined>();
  readonly #loads = new Map<number, Promise<ProgramInfo>>();
  readonly #ready = new Set<number>();
  /** The weights that each model was given last. */
  readonly #weights = new Map<number, Generation>();
  #thread: Thread | undefined;
  #channel: Channel | undefined;
  #error: Error | undefined;
  #settleStart!: { resolve(): void; reject(error: Error): void };

  constructor(
    number: number,
    options: { readonly url: URL; readonly start: StartMessage; readonly profile: boolean },
    events: MemberEvents,
    counters: Counters = new Counters(),
  ) {
    this.number = number;
    this.counters = counters;
    this.#events = events;
    this.#start = options.start;
    this.#profile = options.profile;
    this.started = new Promise((resolve, reject) => this.#settleStart = { resolve, reject });
    // Whoever needs the worker waits for it; that nobody does is no error.
    this.started.catch(() => {});
    this.#launch(options.url);
  }

  /** Whether it could be started, be it still there or not. */
  get wasReady(): boolean {
    return this.#channel !== undefined;
  }

  /** Whether it is gone. */
  get hasEnded(): boolean {
    return this.#error !== undefined;
  }

  /** Whether it takes calls. */
  get isReady(): boolean {
    return this.#channel !== undefined && this.#error === undefined;
  }

  /** How many more calls it takes now. */
  get room(): number {
    return this.isReady ? SLOTS - this.#jobs.size : 0;
  }

  /** Whether a call must wait until calls that see other weights are done. */
  conflictsWith(job: Job): boolean {
    if (job.generation.weights === undefined) return false;
    for (const { generation } of this.#jobs.keys()) {
      if (generation.model === job.generation.model && generation !== job.generation) return true;
    }
    return false;
  }

  /** Loads a model, if that has not been done. */
  load(model: LoadedModel): Promise<ProgramInfo> {
    let load = this.#loads.get(model.number);
    if (load === undefined) {
      load = this.started.then(async () => {
        const info = await this.#channel!.load(model.number, model.bytes, this.#profile);
        this.#ready.add(model.number);
        return info;
      });
      this.#loads.set(model.number, load);
      load.catch(() => this.#loads.delete(model.number));
    }
    return load;
  }

  /** Gives up a model, if it was loaded. */
  async release(model: LoadedModel): Promise<void> {
    const load = this.#loads.get(model.number);
    if (load === undefined) return;
    this.#loads.delete(model.number);
    this.#weights.delete(model.number);
    // What could not be loaded, or ended with the worker, needs no release.
    const isLoaded = await load.then(() => true, () => false);
    this.#ready.delete(model.number);
    if (isLoaded && this.isReady) await this.#channel!.release(model.number).catch((error) => this.#end(error));
  }

  /** Runs a call, and settles it unless the worker ends before. */
  async perform(job: Job): Promise<void> {
    this.#jobs.set(job, undefined);
    const begun = performance.now();
    job.attempts++;
    try {
      const { model } = job.generation;
      if (!this.#ready.has(model.number)) await this.load(model);
      if (job.generation.weights !== undefined) await this.#giveWeights(job.generation);
      const request: RunRequest = {
        program: model.number,
        inputs: job.program.isStateful ? [...job.inputs, ...job.program.states()] : job.inputs,
        outputs: job.outputs,
        results: job.program.results,
      };
      this.#jobs.set(job, request);
      const results = await this.#channel!.run(request);
      this.counters.calls++;
      this.counters.latencies.add(performance.now() - begun);
      this.counters.bytesIn += sizeOf(request.inputs);
      this.counters.bytesOut += sizeOf(results);
      if (!job.isSettled) job.resolve(job.program.take(results));
    } catch (error) {
      // When the worker has ended, the pool decides what becomes of its calls.
      if (error === this.#error) return;
      if (error instanceof BrokenWorkerError) return this.#end(error);
      this.counters.failed++;
      job.reject(error);
    } finally {
      this.#jobs.delete(job);
    }
  }

  /** Ends the worker because it does not come back from a call, if it is at this call. */
  interrupt(job: Job): void {
    const request = this.#jobs.get(job);
    if (request === undefined || !this.#channel!.isRunning(request)) return;
    this.#end(new Error(`it did not come back from ${job.program.name}`));
  }

  /** The calls that it has and that have no result yet. */
  held(): Held[] {
    return Array.from(this.#jobs, ([job, request]): Held => {
      return { job, hasBegun: request === undefined || this.#channel!.isRunning(request) };
    });
  }

  /** The profile of a model that it has loaded. */
  async profile(model: LoadedModel): Promise<Profile | undefined> {
    return this.#ready.has(model.number) && this.isReady ? await this.#channel!.profile(model.number) : undefined;
  }

  /** Ends the worker for good. */
  close(error: Error): void {
    this.#error ??= error;
    this.#thread?.terminate();
    this.#channel?.end(this.#error);
    this.#settleStart.reject(this.#error);
  }

  /** What it has done. */
  stats(): WorkerStats {
    const { calls, failed, restarts, bytesIn, bytesOut, latencies } = this.counters;
    return {
      worker: this.number,
      state: this.#error !== undefined ? "ended" : this.isReady ? "ready" : "starting",
      calls,
      failed,
      held: this.#jobs.size,
      restarts,
      bytesIn,
      bytesOut,
      memory: this.#channel?.memoryBytes,
      latency: latencies.percentiles(),
    };
  }

  async #giveWeights(generation: Generation): Promise<void> {
    const { number } = generation.model;
    if (this.#weights.get(number) === generation) return;
    this.#weights.set(number, generation);
    await this.#channel!.setWeights(number, generation.weights!);
  }

  async #launch(url: URL): Promise<void> {
    try {
      const thread = await startThread(url, {
        message: (message) => this.#receive(message as StartedMessage | ReplyMessage),
        end: (reason) => this.#end(new Error(reason)),
      });
      if (this.#error !== undefined) return thread.terminate();
      this.#thread = thread;
      thread.post(this.#start);
    } catch (error) {
      this.#end(error as Error);
    }
  }

  #receive(message: StartedMessage | ReplyMessage): void {
    if (message.type === "reply") return (this.#channel as PostedChannel).receive(message);
    if (message.type === "failed") return this.#end(new PoolError("not started", message.message));
    const { memory, block } = message;
    this.#channel = memory === undefined ? new PostedChannel(this.#thread!) : new SharedChannel(memory, block!);
    this.#settleStart.resolve();
  }

  #end(error: Error): void {
    if (this.#error !== undefined) return;
    const held = this.held();
    this.close(error);
    this.#events.ended(this, error, held);
  }
}

function sizeOf(tensors: readonly HostTensor[]): number {
  let bytes = 0;
  for (const { data } of tensors) bytes += data.byteLength;
  return bytes;
}
