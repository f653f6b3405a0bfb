/**
 * The worker's side where there is no shared memory: requests and replies are messages, whose buffers are handed over.
 *
 * @module
 */
import type { HostTensor } from "../engine/engine.ts";
import { messageOf } from "../engine/wasm_module.ts";
import { bytesOf, tensorOf } from "./posted.ts";
import type { Port } from "./platform.ts";
import { type PostedTensor, type ReplyMessage, type RequestMessage, STATUS } from "./protocol.ts";
import { statusOf } from "./status.ts";
import type { WorkerEngine } from "./worker_engine.ts";

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
    const { number } = request;
    try {
      const reply = await this.#answer(request);
      const tensors = reply.tensors?.map((tensor): PostedTensor => ({ ...tensor, bytes: bytesOf(tensor) }));
      const message = { type: "reply", number, status: STATUS.ok, ...reply, ...(tensors && { tensors }) };
      this.#port.post(message as ReplyMessage, tensors?.map(({ bytes }) => bytes.buffer as ArrayBuffer));
    } catch (error) {
      const reply = { type: "reply", number, status: statusOf(error), message: messageOf(error) } as const;
      this.#port.post(reply satisfies ReplyMessage);
    }
  }

  async #answer(request: RequestMessage): Promise<{ readonly tensors?: readonly HostTensor[] }> {
    const { program } = request;
    switch (request.request) {
      case "run":
        return { tensors: await this.#engine.run(program, request.tensors.map(tensorOf)) };
      case "load":
        return { info: await this.#engine.load(program, request.model, request.profile) } as object;
      case "weights":
        this.#engine.setWeights(program, request.tensors.map(tensorOf));
        return {};
      case "release":
        await this.#engine.release(program);
        return {};
      case "profile":
        return { profile: this.#engine.profile(program) } as object;
      case "close":
        this.#port.close();
        return {};
    }
  }
}
