/**
 * The main thread's side of shared memory: requests are written into the memory of the worker, and what comes out is
 * copied once.
 *
 * @module
 */
import { EngineError, type ValueSpec, type ValueTensor } from "../../engine/engine.ts";
import type { Profile } from "../../engine/profile.ts";
import { BrokenWorkerError, type Channel, type RunRequest, type Subject } from "./channel.ts";
import { type Layout, layOut, type PlacedTensor, readResults } from "./layout.ts";
import { layOutModel, type ModelFiles } from "../programs/model_files.ts";
import { bytesOf, tensorOf } from "./tensor_message.ts";
import { type ProgramInfo, REQUEST, SLOT, SLOTS, slotWord, STATE, STATUS } from "./protocol.ts";
import { decodeText, Slots } from "./slots.ts";
import { sameSpecs, specOf } from "../programs/specs.ts";
import { copyInSteps } from "./copy_steps.ts";

/** Arenas begin with this many bytes, so that small requests of various sizes fit. */
const LEAST_ARENA = 64 * 1024;
/** An arena that a model or weights have left behind is given back above this. */
const LARGE_ARENA = 16 * 1024 * 1024;
/** No heap is larger. */
const MOST_BYTES = 2 ** 32;

/** What was written into a slot's arena the last time. */
interface Written {
  readonly layout: Layout;
  readonly inputs: readonly ValueSpec[];
  readonly outputs: readonly ValueSpec[] | undefined;
}

/** Sends requests through the memory of a worker. */
export class SharedChannel implements Channel {
  readonly transport = "shared memory";
  readonly #memory: WebAssembly.Memory;
  readonly #slots: Slots;
  readonly #free: number[] = Array.from({ length: SLOTS }, (_, slot) => slot);
  /** Those that wait for a slot, in order. */
  readonly #waiting: ((slot: number) => void)[] = [];
  readonly #written: (Written | undefined)[] = [];
  /** What the request in each slot is about. */
  readonly #subjects: (Subject | undefined)[] = [];
  #bytes: Uint8Array;
  #number = 0;
  #error: Error | undefined;

  constructor(memory: WebAssembly.Memory, block: number) {
    this.#memory = memory;
    this.#slots = new Slots(memory, block);
    this.#bytes = new Uint8Array(memory.buffer);
  }

  get memoryBytes(): number {
    return this.#memory.buffer.byteLength;
  }

  get serving(): Subject | undefined {
    const slot = this.#slots.serving;
    return slot === undefined ? undefined : this.#subjects[slot];
  }

  get servingTime(): number {
    return this.#slots.servingTime;
  }

  async load(program: number, files: ModelFiles, profile: boolean): Promise<ProgramInfo> {
    return await this.#withSlot(program, async (slot) => {
      const { header, places, bytes } = layOutModel(files);
      await this.#makeRoom(slot, bytes);
      for (const { offset, parts } of places) await this.#writeInSteps(slot, offset, parts);
      this.#slots.set(slot, SLOT.length, header);
      this.#slots.set(slot, SLOT.option, profile ? 1 : 0);
      await this.#exchange(slot, REQUEST.load, program);
      const info = JSON.parse(this.#text(slot)) as ProgramInfo;
      await this.#shrink(slot);
      return info;
    });
  }

  async setWeights(program: number, weights: readonly ValueTensor[]): Promise<void> {
    await this.#withSlot(program, async (slot) => {
      const layout = layOut(weights, undefined, 0);
      await this.#makeRoom(slot, layout.bytes);
      await this.#writeInSteps(slot, 0, [new Uint8Array(layout.header.buffer)]);
      for (const [index, { offset }] of layout.inputs.entries()) {
        await this.#writeInSteps(slot, offset, [bytesOf(weights[index]!)]);
      }
      await this.#exchange(slot, REQUEST.weights, program);
      await this.#shrink(slot);
    });
  }

  async run(request: RunRequest): Promise<ValueTensor[]> {
    const slot = this.#free.shift() ?? await this.#slot();
    this.#subjects[slot] = request;
    try {
      const { program, inputs, outputs, results } = request;
      const known = this.#written[slot];
      const isKnown = known !== undefined && outputs !== undefined && known.outputs === outputs &&
        sameSpecs(known.inputs, inputs);
      const bytes = inputs.map(bytesOf);
      const layout = isKnown ? known.layout : layOut(inputs, outputs, results, bytes.map(({ length }) => length));
      if (layout.bytes > this.#slots.arena(slot).capacity) await this.#makeRoom(slot, layout.bytes);
      this.#written[slot] = undefined;
      this.#write(slot, isKnown ? undefined : layout.header, layout.inputs, bytes);
      await this.#exchange(slot, REQUEST.run, program);
      if (layout.outputs === undefined) return this.#readMade(slot);
      this.#written[slot] = isKnown ? known : { layout, inputs: inputs.map(specOf), outputs };
      const { offset, capacity } = this.#slots.arena(slot);
      const memory = this.#view(offset + capacity);
      return layout.outputs.map((tensor) => read(memory, offset, tensor));
    } finally {
      this.#giveBack(slot);
    }
  }

  stop(request: RunRequest): void {
    const slot = this.#subjects.indexOf(request);
    if (slot >= 0) this.#slots.stop(slot);
  }

  async release(program: number): Promise<void> {
    await this.#withSlot(program, (slot) => this.#exchange(slot, REQUEST.release, program));
  }

  async profile(program: number): Promise<Profile> {
    return await this.#withSlot(program, async (slot) => {
      await this.#exchange(slot, REQUEST.profile, program);
      return JSON.parse(this.#text(slot)) as Profile;
    });
  }

  end(error: Error): boolean {
    if (this.#error !== undefined) return false;
    this.#error = error;
    const isIdle = this.#free.length === SLOTS;
    this.#slots.end();
    for (let slot = 0; slot < SLOTS; slot++) this.#slots.pass(slot, STATE.dead);
    for (const wake of this.#waiting.splice(0)) wake(0);
    return isIdle;
  }

  /** Does something with a slot, whose arena is then no longer as a run left it. */
  async #withSlot<Result>(program: number, action: (slot: number) => Promise<Result>): Promise<Result> {
    const slot = this.#free.shift() ?? await this.#slot();
    this.#subjects[slot] = program;
    this.#written[slot] = undefined;
    try {
      return await action(slot);
    } finally {
      this.#giveBack(slot);
    }
  }

  async #slot(): Promise<number> {
    const slot = await new Promise<number>((resolve) => this.#waiting.push(resolve));
    this.#check();
    return slot;
  }

  #giveBack(slot: number): void {
    this.#subjects[slot] = undefined;
    const next = this.#waiting.shift();
    if (next !== undefined) next(slot);
    else this.#free.push(slot);
  }

  async #makeRoom(slot: number, bytes: number): Promise<void> {
    if (bytes > this.#slots.arena(slot).capacity) await this.#grow(slot, Math.max(bytes, LEAST_ARENA));
  }

  async #shrink(slot: number): Promise<void> {
    if (this.#slots.arena(slot).capacity > LARGE_ARENA) await this.#grow(slot, LEAST_ARENA);
  }

  async #grow(slot: number, bytes: number): Promise<void> {
    if (bytes >= MOST_BYTES) {
      throw new EngineError(
        `Cannot allocate ${bytes} bytes: expected less than ${MOST_BYTES}, all that a heap can have`,
      );
    }
    this.#written[slot] = undefined;
    this.#slots.set(slot, SLOT.length, bytes);
    await this.#exchange(slot, REQUEST.grow, 0);
  }

  #write(
    slot: number,
    header: Int32Array | undefined,
    places: readonly PlacedTensor[],
    tensors: readonly Uint8Array[],
  ): void {
    const { offset, capacity } = this.#slots.arena(slot);
    const bytes = this.#view(offset + capacity);
    if (header !== undefined) bytes.set(new Uint8Array(header.buffer), offset);
    for (let index = 0; index < tensors.length; index++) {
      bytes.set(tensors[index]!, offset + places[index]!.offset);
    }
  }

  /** Copies parts into the slot's arena, with pauses in which other requests are made. */
  async #writeInSteps(slot: number, offset: number, parts: readonly Uint8Array[]): Promise<void> {
    const { offset: arena } = this.#slots.arena(slot);
    await copyInSteps(parts, arena + offset, (offset, bytes) => {
      return this.#view(offset + bytes).subarray(offset, offset + bytes);
    });
  }

  /** Hands the slot to the worker and waits until it comes back. */
  async #exchange(slot: number, request: number, program: number): Promise<void> {
    this.#check();
    const slots = this.#slots;
    slots.set(slot, SLOT.number, this.#number++);
    slots.set(slot, SLOT.request, request);
    slots.set(slot, SLOT.program, program);
    slots.set(slot, SLOT.stopped, 0);
    slots.pass(slot, STATE.requested);
    const index = slotWord(slot, SLOT.state);
    while (Atomics.load(slots.words, index) === STATE.requested) {
      const waiting = Atomics.waitAsync(slots.words, index, STATE.requested);
      if (waiting.async) await waiting.value;
    }
    this.#check();
    Atomics.store(slots.words, index, STATE.free);
    const status = slots.get(slot, SLOT.status);
    if (status === STATUS.ok) return;
    this.#written[slot] = undefined;
    const message = this.#text(slot);
    throw status === STATUS.failed ? new EngineError(message) : new BrokenWorkerError(message);
  }

  #check(): void {
    if (this.#error !== undefined) throw this.#error;
  }

  #text(slot: number): string {
    const { offset } = this.#slots.arena(slot);
    const length = this.#slots.get(slot, SLOT.length) >>> 0;
    return decodeText(this.#view(offset + length).subarray(offset, offset + length));
  }

  /** Copies results of which the worker says where they are. */
  #readMade(slot: number): ValueTensor[] {
    const { offset, capacity } = this.#slots.arena(slot);
    const words = new Int32Array(this.#view(offset + capacity).buffer, offset, capacity >>> 2);
    return readResults(words).map((tensor) => read(this.#view(tensor.offset + tensor.bytes), 0, tensor));
  }

  /** The memory up to `end` at least: it may have grown since it was looked at last. */
  #view(end: number): Uint8Array {
    if (this.#bytes.length < end) this.#bytes = new Uint8Array(this.#memory.buffer);
    return this.#bytes;
  }
}

function read(memory: Uint8Array, arena: number, { dtype, shape, offset, bytes }: PlacedTensor): ValueTensor {
  const copy = new Uint8Array(bytes);
  copy.set(memory.subarray(arena + offset, arena + offset + bytes));
  return tensorOf({ dtype, shape, bytes: copy });
}
