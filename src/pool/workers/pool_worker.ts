/**
 * One worker of a pool.
 *
 * @module
 */
import type { ValueTensor } from "../../engine/engine.ts";
import type { Profile } from "../../engine/profile.ts";
import { BrokenWorkerError, type Channel, type RunRequest, type Subject } from "../transport/channel.ts";
import { PoolError } from "../api/errors.ts";
import type { End, Held } from "./end.ts";
import { LoadWatch } from "../scheduling/load_watch.ts";
import type { ModelArtifact } from "../programs/model_artifact.ts";
import { MessageChannelLink } from "../transport/message_channel.ts";
import { startThread, type Thread } from "./platform.ts";
import type { WeightsSnapshot } from "../programs/program.ts";
import { bytesOf } from "../transport/tensor_message.ts";
import {
  type ProgramInfo,
  type ReplyMessage,
  SLOTS,
  type StartedMessage,
  type StartMessage,
} from "../transport/protocol.ts";
import { SharedChannel } from "../transport/shared_channel.ts";
import { Counters, type WorkerStats, type WorkerTask } from "../api/statistics.ts";
import type { Task } from "../scheduling/task.ts";
import { LONGEST_TIME } from "../scheduling/timers.ts";

/** The way workers are started. */
export interface PoolWorkerOptions {
  /** The module of the thread. */
  readonly url: URL;
  readonly start: StartMessage;
  /** Milliseconds that it may take to start. */
  readonly startTimeout: number;
  /** Whether models are loaded with a profile. */
  readonly profile: boolean;
  /** Told when it takes calls. */
  onReady(worker: PoolWorker): void;
  /** Told when it could not be started, or ended although nobody told it to. */
  onEnd(worker: PoolWorker, end: End): void;
}

/** The weights that a model was given last. */
interface Given {
  readonly generation: WeightsSnapshot;
  /** Until the worker has them. */
  pending: Promise<void> | undefined;
}

/** Milliseconds that a worker has to come back from a run that is stopped: one operation may take long. */
const GRACE = 1000;

/** A worker that is starting, is ready, or has ended. */
export class PoolWorker {
  /** Its place in the pool. */
  readonly number: number;
  readonly counters: Counters;
  /** Whether it has run anything. */
  hasServed = false;
  /** Whether it is kept free for a model that no worker has loaded yet: it may not come back from that. */
  isReserved = false;
  readonly #options: PoolWorkerOptions;
  readonly #tasks = new Map<Task, RunRequest | undefined>();
  readonly #loads = new Map<number, Promise<ProgramInfo>>();
  readonly #loaded = new Set<number>();
  /** Names of models that it was given, for the statistics. */
  readonly #names = new Map<number, string>();
  readonly #weights = new Map<number, Given>();
  readonly #watch = new LoadWatch({
    loadingTime: ({ number }) => this.#channel?.serving === number ? this.#channel.servingTime : undefined,
    end: (error) => this.#end(error),
  });
  /** Those that wait until it holds no task. */
  readonly #draining: (() => void)[] = [];
  readonly #launched: Promise<void>;
  #startTimer: ReturnType<typeof setTimeout> | undefined;
  #thread: Thread | undefined;
  #channel: Channel | undefined;
  #error: Error | undefined;
  /** Requests under way, for which the program must go on. */
  #requests = 0;

  constructor(number: number, options: PoolWorkerOptions, counters: Counters = new Counters()) {
    this.number = number;
    this.counters = counters;
    this.#options = options;
    this.#launched = this.#launch();
  }

  /** Whether it is gone. */
  get hasEnded(): boolean {
    return this.#error !== undefined;
  }

  /** Whether it takes calls. */
  get isReady(): boolean {
    return this.#channel !== undefined && this.#error === undefined;
  }

  /** The number of further calls that it takes now. */
  get capacity(): number {
    return this.isReady && !this.isReserved ? SLOTS - this.#tasks.size : 0;
  }

  /** The load of the worker: its tasks, and the time of the current one; the least of both waits least. */
  get workload(): readonly [tasks: number, time: number] {
    return [this.#tasks.size, this.#channel?.serving === undefined ? 0 : this.#channel.servingTime];
  }

  /** Waits until it holds no task, or has ended. */
  async drained(): Promise<void> {
    while (this.#tasks.size > 0 && !this.hasEnded) await new Promise<void>((resolve) => this.#draining.push(resolve));
  }

  /** Whether a call must wait until calls that see other weights are done. */
  conflictsWith({ generation }: Task): boolean {
    if (generation.weights === undefined) return false;
    for (const { generation: other } of this.#tasks.keys()) {
      if (other.model === generation.model && other !== generation) return true;
    }
    return false;
  }

  /** Loads a model, if that has not been done; only when it is ready. */
  loadModel(model: ModelArtifact): Promise<ProgramInfo> {
    const { number } = model;
    let load = this.#loads.get(number);
    if (load === undefined) {
      this.#names.set(number, model.name);
      load = this.#load(model);
      this.#loads.set(number, load);
      load.catch(() => {
        this.#loads.delete(number);
        this.#names.delete(number);
      });
    }
    return load;
  }

  /** Ends the worker if it is loading a model whose time is up. */
  checkLoad(model: ModelArtifact): void {
    this.#watch.look(model);
  }

  /** Gives up a model, if it was loaded. */
  async release({ number }: ModelArtifact): Promise<void> {
    const load = this.#loads.get(number);
    if (load === undefined) return;
    this.#loads.delete(number);
    this.#weights.delete(number);
    // What could not be loaded needs no release; and what ended with the worker, neither.
    if (!await load.then(() => true, () => false)) return;
    this.#loaded.delete(number);
    await this.#ask(number, (channel) => channel.release(number)).catch(() => {});
    this.#names.delete(number);
  }

  /** Runs a task, and settles it unless the worker ends before. */
  async perform(task: Task): Promise<void> {
    const begun = performance.now();
    this.#tasks.set(task, undefined);
    this.#keepAlive(1);
    task.attempts++;
    let request: RunRequest | undefined;
    try {
      const { generation } = task;
      const { number } = generation.model;
      if (!this.#loaded.has(number)) await this.loadModel(generation.model);
      const giving = generation.weights && this.#giveWeights(generation);
      if (giving !== undefined) await giving;
      if (task.isSettled) return;
      const { inputs, outputs } = task.begin();
      request = { program: number, inputs, outputs, results: task.program.results };
      this.#tasks.set(task, request);
      const results = await this.#channel!.run(request);
      this.hasServed = true;
      this.counters.runs++;
      this.counters.calls += task.resolve(results);
      this.counters.latencies.add(performance.now() - begun);
      this.counters.bytesIn += sizeOf(inputs);
      this.counters.bytesOut += sizeOf(results);
    } catch (error) {
      if (error instanceof BrokenWorkerError && request !== undefined) this.#end(error, request);
      // When the worker has ended, the pool decides what becomes of its calls.
      if (this.#error !== undefined) return;
      this.hasServed = true;
      this.counters.failed += task.reject(error);
    } finally {
      this.#tasks.delete(task);
      this.#keepAlive(-1);
      if (this.#tasks.size === 0) this.#wakeDraining();
    }
  }

  /** Ends the worker because it does not come back from a task, if it is at this task. */
  interrupt(task: Task): void {
    const request = this.#tasks.get(task);
    if (request === undefined || this.#channel!.serving !== request) return;
    this.#end(new Error(`it did not come back from ${task.program.name}`));
  }

  /** Stops the run of a task of which nobody wants the result; the worker is ended if it does not come back. */
  stop(task: Task): void {
    const request = this.#tasks.get(task);
    if (request === undefined) return;
    const channel = this.#channel!;
    channel.stop(request);
    const look = (): void => {
      if (this.hasEnded || this.#tasks.get(task) !== request) return;
      const rest = channel.serving === request ? GRACE - channel.servingTime : GRACE;
      if (rest > 0) setTimeout(look, rest);
      else this.#end(new Error(`it did not come back from an aborted call of ${task.program.name}`));
    };
    setTimeout(look, GRACE);
  }

  /** The profile of a model that it has loaded. */
  async profile({ number }: ModelArtifact): Promise<Profile | undefined> {
    return this.#loaded.has(number) ? await this.#ask(number, (channel) => channel.profile(number)) : undefined;
  }

  /** Ends the worker for good, and rejects what it holds; resolves when it is gone. */
  async close(error: Error): Promise<void> {
    const tasks = [...this.#tasks.keys()];
    // One that has nothing to do ends by itself. Runtimes are better at that than at ending others.
    const isIdle = this.#stop(error);
    if (!isIdle && !this.#isStartingForGood) this.#thread?.terminate();
    for (const task of tasks) task.reject(error);
    await this.#launched;
    // Deno cannot end a thread that computes; without shared memory nobody can tell it to end by itself.
    if (this.#thread === undefined || !isIdle && this.#channel?.transport === "messages") return;
    this.#thread.keepAlive(true);
    await this.#thread.ended;
  }

  /** Its statistics. */
  stats(): WorkerStats {
    const { calls, failed, restarts, bytesIn, bytesOut, latencies } = this.counters;
    let held = 0;
    for (const task of this.#tasks.keys()) held += task.calls;
    return {
      worker: this.number,
      state: this.#error !== undefined ? "ended" : this.isReady ? "ready" : "starting",
      calls,
      failed,
      held,
      restarts,
      bytesIn,
      bytesOut,
      memory: this.#channel?.memoryBytes,
      latency: latencies.percentiles(),
      busy: this.#busy(),
    };
  }

  #busy(): WorkerTask | undefined {
    const serving = this.#channel?.serving;
    if (serving === undefined || this.#error !== undefined) return undefined;
    const time = Math.max(0, this.#channel!.servingTime);
    if (typeof serving === "number") {
      const name = this.#names.get(serving) ?? "";
      return { kind: this.#loads.has(serving) && !this.#loaded.has(serving) ? "load" : "other", name, time };
    }
    for (const [task, request] of this.#tasks) {
      if (request === serving) return { kind: "run", name: task.program.name, time };
    }
    return undefined;
  }

  async #load(model: ModelArtifact): Promise<ProgramInfo> {
    const { number, files } = model;
    const info = await this.#watch.watch(model, () => {
      return this.#ask(number, (channel) => channel.load(number, files, this.#options.profile));
    });
    this.#loaded.add(number);
    return info;
  }

  /** Gives a model the weights of a generation; undefined where it has them. */
  #giveWeights(generation: WeightsSnapshot): Promise<void> | undefined {
    const { number } = generation.model;
    const known = this.#weights.get(number);
    if (known?.generation === generation) return known.pending;
    const given: Given = { generation, pending: undefined };
    this.#weights.set(number, given);
    return given.pending = this.#ask(number, (channel) => channel.setWeights(number, generation.weights!)).then(
      () => given.pending = undefined,
      (error) => {
        if (this.#weights.get(number) === given) this.#weights.delete(number);
        throw error;
      },
    );
  }

  #wakeDraining(): void {
    for (const wake of this.#draining.splice(0)) wake();
  }

  /** Makes a request that is no run. */
  async #ask<T>(program: number, request: (channel: Channel) => Promise<T>): Promise<T> {
    this.#keepAlive(1);
    try {
      return await request(this.#channel!);
    } catch (error) {
      if (error instanceof BrokenWorkerError) this.#end(error, program);
      throw error;
    } finally {
      this.#keepAlive(-1);
    }
  }

  /** Counts requests: while there are any, the program does not end. */
  #keepAlive(change: 1 | -1): void {
    const before = this.#requests;
    this.#requests += change;
    if (this.#error === undefined && (before === 0 || this.#requests === 0)) this.#thread!.keepAlive(change === 1);
  }

  async #launch(): Promise<void> {
    const { url, start, startTimeout } = this.#options;
    try {
      const thread = await startThread(url, {
        message: (message) => this.#receive(message as StartedMessage | ReplyMessage),
        error: (reason) => this.#end(new Error(reason)),
        end: () => this.#end(new Error("it ended")),
      });
      this.#thread = thread;
      if (this.#error !== undefined) return thread.terminate();
      const { lock } = thread;
      thread.post(lock === undefined ? start : { ...start, lock });
      const expire = (): void => {
        if (this.#error !== undefined) return thread.terminate();
        this.#end(new PoolError("not started", `it did not answer within ${startTimeout} ms`));
      };
      if (startTimeout <= LONGEST_TIME) this.#startTimer = setTimeout(expire, startTimeout);
    } catch (error) {
      this.#end(error as Error);
    }
  }

  #receive(message: StartedMessage | ReplyMessage): void {
    if (message.type === "reply") return (this.#channel as MessageChannelLink).receive(message);
    clearTimeout(this.#startTimer);
    const thread = this.#thread!;
    if (message.type === "failed") {
      // It ends by itself.
      if (this.#error !== undefined) return thread.watch();
      return this.#end(new PoolError("not started", message.message));
    }
    const { memory, block } = message;
    const channel = memory === undefined ? new MessageChannelLink(thread) : new SharedChannel(memory, block!);
    thread.watch();
    if (this.#error !== undefined) {
      if (!channel.end(this.#error)) thread.terminate();
      return;
    }
    this.#channel = channel;
    thread.keepAlive(false);
    this.#options.onReady(this);
  }

  /** Whether it is starting, and cannot be ended before it has started. */
  get #isStartingForGood(): boolean {
    return this.#channel === undefined && this.#thread?.canEndAtStart === false;
  }

  /** The worker cannot be used any more; `culprit` is what it was at, where the channel does not know. */
  #end(error: Error, culprit: Subject | undefined = this.#channel?.serving): void {
    if (this.#error !== undefined) {
      // It was closed while it started, and it could not be started.
      if (this.#isStartingForGood) this.#thread?.terminate();
      return;
    }
    const held = Array.from(this.#tasks, ([task, request]): Held => {
      const hasBegun = culprit !== undefined && (request === culprit || task.generation.model.number === culprit);
      return { task, hasBegun };
    });
    this.#stop(error);
    this.#thread?.terminate();
    this.#options.onEnd(this, { error, held, program: typeof culprit === "number" ? culprit : undefined });
  }

  /** Fails all requests, and asks the worker to end; tells whether it will do that at once. */
  #stop(error: Error): boolean {
    if (!this.#isStartingForGood) clearTimeout(this.#startTimer);
    if (this.#error !== undefined) return true;
    this.#error = error;
    this.#wakeDraining();
    return this.#channel?.end(error) ?? false;
  }
}

function sizeOf(tensors: readonly ValueTensor[]): number {
  let bytes = 0;
  for (const tensor of tensors) bytes += "byteLength" in tensor.data ? tensor.data.byteLength : bytesOf(tensor).length;
  return bytes;
}
