/**
 * The worker's side where there is no shared memory: requests and replies are messages, whose buffers are handed over.
 *
 * @module
 */
import { hostTensors, type ValueTensor } from "../../engine/engine.ts";
import type { Profile } from "../../engine/profile.ts";
import { messageOf } from "../../engine/wasm_module.ts";
import { bytesOf, tensorOf } from "../transport/tensor_message.ts";
import type { Port } from "../workers/platform.ts";
import {
  type ProgramInfo,
  type ReplyMessage,
  type RequestMessage,
  STATUS,
  type TensorMessage,
} from "../transport/protocol.ts";
import { statusOf } from "../transport/status.ts";
import type { WorkerEngine } from "./worker_engine.ts";

interface Answer {
  readonly results?: readonly ValueTensor[];
  readonly info?: ProgramInfo;
  readonly profile?: Profile;
}

/** Serves requests in the order in which they come. */
export class MessageServer {
  readonly #engine: WorkerEngine;
  readonly #port: Port;
  #last: Promise<void> = Promise.resolve();

  constructor(engine: WorkerEngine, port: Port) {
    this.#engine = engine;
    this.#port = port;
  }

  /** Takes a request; the reply is sent when those before it are served. */
  receive(request: RequestMessage): void {
    this.#last = this.#last.then(() => this.#serve(request));
  }

  async #serve(request: RequestMessage): Promise<void> {
    const reply = { type: "reply", number: request.number } as const;
    try {
      const { results, ...answer } = await this.#answer(request);
      const tensors = results?.map(posted) ?? [];
      this.#say({ ...reply, status: STATUS.ok, ...answer, tensors }, tensors.map(({ bytes }) => bytes.buffer));
    } catch (error) {
      this.#say({ ...reply, status: statusOf(error), message: messageOf(error) });
    }
  }

  #say(reply: ReplyMessage, transfer: readonly ArrayBufferLike[] = []): void {
    this.#port.post(reply, transfer as ArrayBuffer[]);
  }

  async #answer(request: RequestMessage): Promise<Answer> {
    const { program } = request;
    switch (request.request) {
      case "run":
        return { results: await this.#engine.run(program, request.tensors.map(tensorOf)) };
      case "load":
        return { info: await this.#engine.load(program, request.model, request) };
      case "weights":
        this.#engine.setWeights(program, hostTensors(request.tensors.map(tensorOf)));
        return {};
      case "release":
        await this.#engine.release(program);
        return {};
      case "profile":
        return { profile: this.#engine.profile(program) };
      case "close":
        this.#port.close();
        return {};
    }
  }
}

/** Without its own array: not every runtime can post one of halves. */
function posted(tensor: ValueTensor): TensorMessage {
  return { dtype: tensor.dtype, shape: tensor.shape, bytes: bytesOf(tensor) };
}
