/**
 * The worker's side of shared memory for engines that are asynchronous: requests lie in memory of their own, and the
 * engine is given copies. One request is served at a time.
 *
 * @module
 */
import { EngineError, hostTensors, type ValueTensor } from "../../engine/engine.ts";
import { messageOf } from "../../engine/wasm_module.ts";
import { layOut, type PlacedTensor, readLayout, writeResults } from "../transport/layout.ts";
import { BLOCK_BYTES, REQUEST, SLOT, STATE, STATUS, WORKER } from "../transport/protocol.ts";
import { encodeText, Slots } from "../transport/slots.ts";
import { bytesOf, tensorOf } from "../transport/tensor_message.ts";
import { readModel } from "../programs/model_files.ts";
import { statusOf, STOPPED } from "../transport/status.ts";
import type { WorkerEngine } from "./worker_engine.ts";

/** Bytes of a page of WebAssembly memory, the only shared memory that every thread sees grow. */
const PAGE = 65536;
const MOST_PAGES = 65536;

/** Serves requests in a memory of its own. */
export class SharedServer {
  /** The memory that requests lie in. */
  readonly memory: WebAssembly.Memory = new WebAssembly.Memory({ initial: 1, maximum: MOST_PAGES, shared: true });
  /** The words of this worker. */
  readonly block = 0;
  readonly #engine: WorkerEngine;
  readonly #slots: Slots;
  #used = BLOCK_BYTES;

  constructor(engine: WorkerEngine) {
    this.#engine = engine;
    this.#slots = new Slots(this.memory, this.block);
  }

  /** Serves one request after the other until it is asked to end. */
  async serve(): Promise<void> {
    const slots = this.#slots;
    while (true) {
      const { woken } = slots;
      if (slots.isEnding) return;
      const slot = slots.next();
      if (slot === undefined) await Atomics.waitAsync(slots.words, WORKER.wake, woken).value;
      else {
        slots.setServing(slot);
        await this.#serve(slot);
        slots.setServing(undefined);
        slots.pass(slot, STATE.done);
      }
    }
  }

  async #serve(slot: number): Promise<void> {
    try {
      this.#slots.set(slot, SLOT.status, STATUS.ok);
      await this.#answer(slot);
    } catch (error) {
      this.#slots.set(slot, SLOT.status, statusOf(error));
      this.#reply(slot, messageOf(error));
    }
  }

  async #answer(slot: number): Promise<void> {
    const program = this.#slots.get(slot, SLOT.program);
    const length = this.#slots.get(slot, SLOT.length) >>> 0;
    switch (this.#slots.get(slot, SLOT.request)) {
      case REQUEST.run:
        return await this.#run(slot, program);
      case REQUEST.grow:
        return this.#grow(slot, length);
      case REQUEST.load: {
        const { model, files } = readModel(length, (offset, bytes) => this.#bytes(slot, offset, bytes).slice());
        const info = await this.#engine.load(program, model, {
          files,
          profile: this.#slots.get(slot, SLOT.option) === 1,
        });
        return this.#reply(slot, JSON.stringify(info));
      }
      case REQUEST.weights:
        return this.#engine.setWeights(program, hostTensors(this.#inputs(slot)));
      case REQUEST.release:
        return await this.#engine.release(program);
      case REQUEST.profile:
        return this.#reply(slot, JSON.stringify(this.#engine.profile(program)));
    }
  }

  async #run(slot: number, program: number): Promise<void> {
    if (this.#slots.isStopped(slot)) throw new EngineError(STOPPED);
    const { outputs } = readLayout(this.#words(slot));
    const results = await this.#engine.run(program, this.#inputs(slot));
    const placed = outputs ?? this.#makeRoom(slot, results);
    results.forEach((result, index) => {
      const { offset, bytes } = placed[index]!;
      const data = bytesOf(result);
      if (data.length !== bytes) {
        throw new EngineError(
          `Cannot run the model: expected output ${index} to have ${bytes} bytes, received ${data.length}`,
        );
      }
      this.#bytes(slot, offset, bytes).set(data);
    });
    if (outputs !== undefined) return;
    const { offset: arena } = this.#slots.arena(slot);
    writeResults(this.#words(slot), placed.map((tensor) => ({ ...tensor, offset: arena + tensor.offset })));
  }

  /** Places for results whose sizes were not known before. */
  #makeRoom(slot: number, results: readonly ValueTensor[]): readonly PlacedTensor[] {
    const { inputs, bytes } = layOut(
      results,
      undefined,
      results.length,
      results.map((result) => bytesOf(result).length),
    );
    if (bytes > this.#slots.arena(slot).capacity) this.#grow(slot, bytes);
    return inputs;
  }

  #inputs(slot: number): ValueTensor[] {
    return readLayout(this.#words(slot)).inputs.map(({ dtype, shape, offset, bytes }) => {
      return tensorOf({ dtype, shape, bytes: this.#bytes(slot, offset, bytes).slice() });
    });
  }

  /** Gives a slot a larger arena, at the end of the memory. */
  #grow(slot: number, bytes: number): void {
    const offset = Math.ceil(this.#used / PAGE) * PAGE;
    // Twice as much as asked for: what is left after by growing adds up to no more than what is in use.
    const capacity = Math.max(bytes * 2, PAGE);
    const missing = Math.ceil((offset + capacity - this.memory.buffer.byteLength) / PAGE);
    try {
      if (missing > 0) this.memory.grow(missing);
    } catch (cause) {
      throw new EngineError(
        `Cannot allocate ${bytes} bytes: the memory for requests is ${this.memory.buffer.byteLength} bytes large`,
        { cause },
      );
    }
    this.#used = offset + capacity;
    this.#slots.setArena(slot, offset, capacity);
  }

  #reply(slot: number, text: string): void {
    const bytes = encodeText(text);
    if (bytes.length > this.#slots.arena(slot).capacity) this.#grow(slot, bytes.length);
    this.#bytes(slot, 0, bytes.length).set(bytes);
    this.#slots.set(slot, SLOT.length, bytes.length);
  }

  #bytes(slot: number, offset: number, length: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, this.#slots.arena(slot).offset + offset, length);
  }

  #words(slot: number): Int32Array {
    const { offset, capacity } = this.#slots.arena(slot);
    return new Int32Array(this.memory.buffer, offset, Math.floor(capacity / 4));
  }
}
