/**
 * The worker's side of shared memory for WebAssembly: requests lie in the heap where the engine runs on them, so that
 * nothing is copied here. The thread sleeps until it is woken, and never goes back to its event loop.
 *
 * @module
 */
import { EngineError, type ValueSpec } from "../../engine/engine.ts";
import { reasonOf } from "../../engine/messages.ts";
import { type Heap, HeapTensor } from "../../engine/heap.ts";
import { Runtime } from "../../engine/runtime.ts";
import type { Session } from "../../engine/session.ts";
import { compileModule, instantiateModule, messageOf, type Pointer } from "../../engine/wasm_module.ts";
import { encodeStrings } from "../../onnx/strings.ts";
import { readLayout, writeResults } from "../transport/layout.ts";
import { readModel } from "../programs/model_files.ts";
import { stoppableOptions } from "./run_options.ts";
import {
  BLOCK_BYTES,
  type ProgramInfo,
  REQUEST,
  SLOT,
  SLOTS,
  type StartMessage,
  STATE,
  STATUS,
  WORKER,
} from "../transport/protocol.ts";
import { encodeText, Slots } from "../transport/slots.ts";
import { statusOf, STOPPED } from "../transport/status.ts";

/** Starts an engine for a worker whose requests come through its heap. */
export async function startHeapServer({ threads, module }: StartMessage): Promise<HeapServer> {
  const compiled = module ?? await compileModule();
  const instance = await instantiateModule(compiled, threads);
  return new HeapServer(new Runtime(instance, { threads }));
}

interface Loaded {
  readonly session: Session<never>;
  weights: readonly HeapTensor[];
}

/** What the engine needs for the request in a slot; kept while requests are alike. */
interface Prepared {
  readonly program: number;
  /** The words that it was made from. */
  readonly header: Int32Array;
  /** The tensors over the slot's arena. */
  readonly tensors: readonly Pointer[];
  /** Tables of the handles of the inputs, the weights after them, and of the outputs. */
  readonly inputs: Pointer;
  readonly outputs: Pointer;
  /** Whether outputs are in the arena too. */
  readonly isLaidOut: boolean;
  /** Outputs that the engine made, which the main thread may still be reading. */
  made: readonly Pointer[];
  /** Texts that it made, likewise. */
  readonly texts: Pointer[];
}

/**
 * So long a worker that has nothing to do looks for requests before it sleeps, in milliseconds. Measured on two virtual
 * processors: to be woken takes a sleeping thread 50 to 150 us, which is as long as a small network runs.
 */
const AWAKE = 0.1;

/** Serves requests in the heap of a WebAssembly instance. */
export class HeapServer {
  /** The memory that the heap lies in. */
  readonly memory: WebAssembly.Memory;
  /** The words of this worker. */
  readonly block: Pointer;
  readonly #runtime: Runtime;
  readonly #heap: Heap;
  readonly #slots: Slots;
  readonly #runOptions: Pointer;
  readonly #programs = new Map<number, Loaded>();
  readonly #prepared: (Prepared | undefined)[] = [];

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
    this.#heap = runtime.heap;
    this.memory = runtime.heap.module.memory;
    this.block = this.#heap.allocate(BLOCK_BYTES);
    this.#slots = new Slots(this.memory, this.block);
    this.#slots.words.fill(0);
    // Registering the operators takes long; the main thread has other things to do meanwhile.
    runtime.start();
    const { options, stop } = stoppableOptions(this.#heap);
    this.#runOptions = options;
    this.#slots.setStop(stop);
  }

  /** Serves one request after the other until it is asked to end. */
  serve(): void {
    const slots = this.#slots;
    while (true) {
      const { woken } = slots;
      if (slots.isEnding) return;
      const slot = slots.next();
      if (slot === undefined) this.#rest(woken);
      else {
        slots.setServing(slot);
        this.#serve(slot);
        slots.setServing(undefined);
        slots.pass(slot, STATE.done);
      }
    }
  }

  /** Waits to be woken: with open eyes at first, since the next request often follows soon. */
  #rest(woken: number): void {
    const asleep = performance.now() + AWAKE;
    while (performance.now() < asleep) if (this.#slots.woken !== woken) return;
    Atomics.wait(this.#slots.words, WORKER.wake, woken);
  }

  #serve(slot: number): void {
    try {
      this.#slots.set(slot, SLOT.status, STATUS.ok);
      this.#answer(slot);
    } catch (error) {
      this.#slots.set(slot, SLOT.status, statusOf(error));
      this.#reply(slot, messageOf(error));
    }
  }

  #answer(slot: number): void {
    const program = this.#slots.get(slot, SLOT.program);
    const length = this.#slots.get(slot, SLOT.length) >>> 0;
    switch (this.#slots.get(slot, SLOT.request)) {
      case REQUEST.run:
        return this.#run(slot, program);
      case REQUEST.grow:
        return this.#grow(slot, length);
      case REQUEST.load:
        return this.#load(slot, program, length);
      case REQUEST.weights:
        return this.#setWeights(slot, program);
      case REQUEST.release:
        return this.#release(program);
      case REQUEST.profile:
        return this.#reply(slot, JSON.stringify(this.#loaded(program).session.endProfile()));
    }
  }

  #run(slot: number, number: number): void {
    const words = this.#arenaWords(slot);
    const known = this.#prepared[slot];
    const isKnown = known?.program === number && isLike(known.header, words);
    const { session } = this.#loaded(number);
    const prepared = isKnown ? known : this.#prepare(slot, number, words);
    this.#runSession(slot, session, prepared);
    if (prepared.isLaidOut) return;
    prepared.made = this.#heap.words(prepared.outputs, session.outputNames.length);
    writeResults(words, prepared.made.map((handle) => this.#place(handle, prepared)));
  }

  /** The place where the main thread finds a result; texts are put where it can read them. */
  #place(handle: Pointer, prepared: Prepared): ReturnType<Heap["placeOf"]> {
    const place = this.#heap.placeOf(handle);
    if (place.dtype !== "string") return place;
    const count = place.shape.reduce((size, dim) => size * dim, 1);
    const texts = encodeStrings(this.#heap.takeStrings(place.offset, count));
    const offset = this.#heap.copy(texts);
    prepared.texts.push(offset);
    return { ...place, offset, bytes: texts.length };
  }

  #runSession(slot: number, session: Session<never>, { inputs, outputs }: Prepared): void {
    const slots = this.#slots;
    let status: number;
    do {
      slots.clearStop();
      if (slots.isStopped(slot)) throw new EngineError(STOPPED);
      try {
        status = session.run(inputs, outputs, this.#runOptions);
      } catch (cause) {
        throw new EngineError(`Cannot run the model: ${reasonOf(messageOf(cause))}`, { cause });
      }
      // The run before may have ended by itself while it was being stopped: this one was not meant, and is run again.
    } while (status !== 0 && slots.isStopping && !slots.isStopped(slot) && !slots.isEnding);
    if (status !== 0) this.#heap.fail("Cannot run the model");
  }

  /** Makes what the engine needs for the request in a slot. */
  #prepare(slot: number, program: number, words: Int32Array): Prepared {
    this.#forget(slot);
    const heap = this.#heap;
    const { session, weights } = this.#loaded(program);
    const { inputs, outputs, words: length } = readLayout(words);
    const expected = session.inputNames.length - weights.length;
    if (inputs.length !== expected) {
      throw new EngineError(`Cannot run the model: expected ${expected} inputs, received ${inputs.length}`);
    }
    const table = heap.allocate((session.inputNames.length + session.outputNames.length) * 4);
    const tensors: Pointer[] = [];
    try {
      const { offset: arena } = this.#slots.arena(slot);
      for (const { dtype, shape, offset, bytes } of [...inputs, ...outputs ?? []]) {
        tensors.push(
          dtype === "string"
            ? heap.createStringTensor(arena + offset, shape)
            : heap.createTensor(dtype, arena + offset, bytes, shape),
        );
      }
    } catch (error) {
      this.#free(tensors, table);
      throw error;
    }
    const handles = new Uint32Array(heap.buffer, table, session.inputNames.length + session.outputNames.length);
    handles.fill(0);
    handles.set(tensors.slice(0, inputs.length));
    handles.set(weights.map(({ handle }) => handle), inputs.length);
    handles.set(tensors.slice(inputs.length), session.inputNames.length);
    return this.#prepared[slot] = {
      program,
      header: words.slice(0, length),
      tensors,
      inputs: table,
      outputs: table + session.inputNames.length * 4,
      isLaidOut: outputs !== undefined,
      made: [],
      texts: [],
    };
  }

  #forget(slot: number): void {
    const prepared = this.#prepared[slot];
    if (prepared === undefined) return;
    this.#prepared[slot] = undefined;
    this.#free([...prepared.made, ...prepared.tensors], prepared.inputs);
    for (const texts of prepared.texts) this.#heap.module._free(texts);
  }

  #free(tensors: readonly Pointer[], table: Pointer): void {
    for (const tensor of tensors) this.#heap.module._OrtReleaseTensor(tensor);
    this.#heap.module._free(table);
  }

  #load(slot: number, number: number, length: number): void {
    const { offset: arena } = this.#slots.arena(slot);
    const { model, files } = readModel(length, (offset, bytes) => {
      return new Uint8Array(this.#heap.buffer, arena + offset, bytes);
    });
    const profile = this.#slots.get(slot, SLOT.option) === 1;
    const session = this.#runtime.load<never>(model, { profile, files });
    this.#programs.set(number, { session, weights: [] });
    const info: ProgramInfo = { inputs: session.inputs, outputs: session.outputs };
    this.#reply(slot, JSON.stringify(info));
  }

  #setWeights(slot: number, number: number): void {
    const loaded = this.#loaded(number);
    const { inputs } = readLayout(this.#arenaWords(slot));
    const arena = this.#slots.arena(slot).offset;
    if (loaded.weights.length === 0) loaded.weights = this.#makeWeights(inputs);
    for (const [index, { offset, bytes }] of inputs.entries()) {
      loaded.weights[index]!.writeBytes(new Uint8Array(this.#heap.buffer, arena + offset, bytes));
    }
  }

  #makeWeights(specs: readonly ValueSpec[]): readonly HeapTensor[] {
    const weights: HeapTensor[] = [];
    try {
      for (const { dtype, shape } of specs) {
        if (dtype === "string") throw new EngineError("Cannot take weights: expected numbers, received strings");
        weights.push(new HeapTensor(this.#heap, { dtype, shape }));
      }
      return weights;
    } catch (error) {
      for (const weight of weights) weight.free();
      throw error;
    }
  }

  #release(number: number): void {
    for (let slot = 0; slot < SLOTS; slot++) if (this.#prepared[slot]?.program === number) this.#forget(slot);
    const loaded = this.#programs.get(number);
    this.#programs.delete(number);
    loaded?.session.free();
    for (const weight of loaded?.weights ?? []) weight.free();
  }

  /** Gives a slot an arena of another size. */
  #grow(slot: number, bytes: number): void {
    this.#forget(slot);
    this.#heap.module._free(this.#slots.arena(slot).offset);
    this.#slots.setArena(slot, 0, 0);
    this.#slots.setArena(slot, this.#heap.allocate(bytes), bytes);
  }

  /** Puts a text where the request was. */
  #reply(slot: number, text: string): void {
    const bytes = encodeText(text);
    if (bytes.length > this.#slots.arena(slot).capacity) this.#grow(slot, bytes.length);
    new Uint8Array(this.#heap.buffer).set(bytes, this.#slots.arena(slot).offset);
    this.#slots.set(slot, SLOT.length, bytes.length);
  }

  #loaded(number: number): Loaded {
    const loaded = this.#programs.get(number);
    if (loaded === undefined) throw new EngineError(`Cannot find program ${number}: it is not loaded`);
    return loaded;
  }

  #arenaWords(slot: number): Int32Array<SharedArrayBuffer> {
    const { offset, capacity } = this.#slots.arena(slot);
    return new Int32Array(this.#heap.buffer, offset, Math.floor(capacity / 4));
  }
}

/** Whether a request has the same header. What asks for outputs of unknown sizes is overwritten by the reply. */
function isLike(header: Int32Array, words: Int32Array): boolean {
  if (header[1]! < 0) return false;
  for (let index = 0; index < header.length; index++) if (header[index] !== words[index]) return false;
  return true;
}
