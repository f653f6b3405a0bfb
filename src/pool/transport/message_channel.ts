/**
 * The main thread's side where there is no shared memory: requests and replies are messages, whose buffers are handed
 * over.
 *
 * @module
 */
import { EngineError, type ModelFile, type ValueTensor } from "../../engine/engine.ts";
import type { Profile } from "../../engine/profile.ts";
import { BrokenWorkerError, type Channel, type RunRequest, type Subject } from "./channel.ts";
import type { ModelFiles } from "../programs/model_files.ts";
import type { Thread } from "../workers/platform.ts";
import { bytesOf, tensorOf } from "./tensor_message.ts";
import { type ProgramInfo, type ReplyMessage, type RequestMessage, STATUS, type TensorMessage } from "./protocol.ts";
import { joinInSteps } from "./copy_steps.ts";

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
type Answer = Extract<ReplyMessage, { readonly status: typeof STATUS.ok }>;

interface Pending {
  readonly subject: Subject;
  resolve(reply: Answer): void;
  reject(error: Error): void;
}

/** Sends requests as messages. */
export class MessageChannelLink implements Channel {
  readonly transport = "messages";
  readonly memoryBytes = undefined;
  readonly #thread: Thread;
  /** By number, in the order in which they were sent and will be answered. */
  readonly #pending = new Map<number, Pending>();
  #number = 0;
  /** When the worker began what it is at. */
  #since = 0;
  #error: Error | undefined;

  constructor(thread: Thread) {
    this.#thread = thread;
  }

  get serving(): Subject | undefined {
    return this.#pending.values().next().value?.subject;
  }

  get servingTime(): number {
    return performance.now() - this.#since;
  }

  async load(program: number, { model, files }: ModelFiles, profile: boolean): Promise<ProgramInfo> {
    const joined: ModelFile[] = [];
    for (const { path, parts } of files) joined.push({ path, data: await joinInSteps(parts) });
    const given = joined.map(({ data }) => data.buffer as ArrayBuffer);
    const { info } = await this.#send(program, { request: "load", program, model, files: joined, profile }, given);
    return info!;
  }

  async setWeights(program: number, weights: readonly ValueTensor[]): Promise<void> {
    const tensors: TensorMessage[] = [];
    for (const tensor of weights) {
      const { dtype, shape } = tensor;
      tensors.push({ dtype, shape, bytes: await joinInSteps([bytesOf(tensor)]) });
    }
    await this.#send(program, { request: "weights", program, tensors }, buffersOf(tensors));
  }

  async run(run: RunRequest): Promise<ValueTensor[]> {
    const tensors = run.inputs.map(posted);
    const reply = await this.#send(run, { request: "run", program: run.program, tensors }, buffersOf(tensors));
    return reply.tensors!.map(tensorOf);
  }

  /** A worker that runs something reads no messages. */
  stop(): void {}

  async release(program: number): Promise<void> {
    await this.#send(program, { request: "release", program });
  }

  async profile(program: number): Promise<Profile> {
    const { profile } = await this.#send(program, { request: "profile", program });
    return profile!;
  }

  /** Takes a reply of the worker. */
  receive(reply: ReplyMessage): void {
    const pending = this.#pending.get(reply.number);
    this.#pending.delete(reply.number);
    this.#since = performance.now();
    if (reply.status === STATUS.ok) pending?.resolve(reply);
    else if (reply.status === STATUS.failed) pending?.reject(new EngineError(reply.message));
    else pending?.reject(new BrokenWorkerError(reply.message));
  }

  end(error: Error): boolean {
    if (this.#error !== undefined) return false;
    this.#error = error;
    const isIdle = this.#pending.size === 0;
    this.#thread.post({ request: "close", number: this.#number++, program: 0 } satisfies RequestMessage);
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
    return isIdle;
  }

  /** Sends a request; the buffers of `given` go with it. */
  #send(
    subject: Subject,
    request: Without<RequestMessage, "number">,
    given: ArrayBuffer[] = [],
  ): Promise<Answer> {
    if (this.#error !== undefined) return Promise.reject(this.#error);
    const number = this.#number++;
    if (this.#pending.size === 0) this.#since = performance.now();
    return new Promise((resolve, reject) => {
      this.#pending.set(number, { subject, resolve, reject });
      this.#thread.post({ ...request, number }, given);
    });
  }
}

function buffersOf(tensors: readonly TensorMessage[]): ArrayBuffer[] {
  return tensors.map(({ bytes }) => bytes.buffer as ArrayBuffer);
}

/** A copy, which can be given away. */
function posted(tensor: ValueTensor): TensorMessage {
  return { dtype: tensor.dtype, shape: tensor.shape, bytes: bytesOf(tensor).slice() };
}
