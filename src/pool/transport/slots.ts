/**
 * The words of a worker and of its slots, which both sides read and write.
 *
 * @module
 */
import { BLOCK_BYTES, SLOT, SLOTS, slotWord, STATE, WORKER } from "./protocol.ts";

/** The words of a worker's block. */
export class Slots {
  readonly words: Int32Array<SharedArrayBuffer>;

  constructor(memory: WebAssembly.Memory, block: number) {
    this.words = new Int32Array(memory.buffer as unknown as SharedArrayBuffer, block, BLOCK_BYTES / 4);
  }

  /** Reads a word of a slot. */
  get(slot: number, word: number): number {
    return this.words[slotWord(slot, word)]!;
  }

  /** Writes a word of a slot. */
  set(slot: number, word: number, value: number): void {
    this.words[slotWord(slot, word)] = value;
  }

  /** Where the arena of a slot is, and how many bytes it has. */
  arena(slot: number): { readonly offset: number; readonly capacity: number } {
    return { offset: this.get(slot, SLOT.arena) >>> 0, capacity: this.get(slot, SLOT.capacity) >>> 0 };
  }

  /** Says where the arena of a slot is now. */
  setArena(slot: number, offset: number, capacity: number): void {
    this.set(slot, SLOT.arena, offset | 0);
    this.set(slot, SLOT.capacity, capacity | 0);
  }

  /** The requested slot with the lowest number, which is to be served next. */
  next(): number | undefined {
    let next: number | undefined;
    for (let slot = 0; slot < SLOTS; slot++) {
      if (Atomics.load(this.words, slotWord(slot, SLOT.state)) !== STATE.requested) continue;
      // Numbers go round after 2^32 requests.
      if (next === undefined || (this.get(slot, SLOT.number) - this.get(next, SLOT.number) | 0) < 0) next = slot;
    }
    return next;
  }

  /** The number of times that the worker was woken: to be read before it looks for requests. */
  get woken(): number {
    return Atomics.load(this.words, WORKER.wake);
  }

  /** Says which slot is served from now on; `undefined` is none. */
  setServing(slot: number | undefined): void {
    this.words[WORKER.since] = Date.now() | 0;
    Atomics.store(this.words, WORKER.serving, slot === undefined ? 0 : slot + 1);
  }

  /** The slot that is served at this moment. */
  get serving(): number | undefined {
    const slot = Atomics.load(this.words, WORKER.serving) - 1;
    return slot < 0 ? undefined : slot;
  }

  /** For how many milliseconds the worker has been serving what it serves. */
  get servingTime(): number {
    return ((Date.now() | 0) - this.words[WORKER.since]!) | 0;
  }

  /** Whether the worker is to end; to be read after {@linkcode Slots.woken}. */
  get isEnding(): boolean {
    return Atomics.load(this.words, WORKER.ending) === 1;
  }

  /** Says where the byte is that stops a run. */
  setStop(address: number): void {
    this.words[WORKER.stop] = address;
  }

  /** Whether a run is being stopped, be it the one that was meant or another that has begun since. */
  get isStopping(): boolean {
    const stop = this.words[WORKER.stop]! >>> 0;
    return stop !== 0 && Atomics.load(new Uint8Array(this.words.buffer), stop) === 1;
  }

  /** Lets the next run go on, unless the worker is to end. */
  clearStop(): void {
    this.#writeStop(0);
    // What asked for the end meanwhile has found its byte overwritten.
    if (this.isEnding) this.#writeStop(1);
  }

  /** Stops the run in a slot: at the next operation if it is under way, before it begins if it is not. */
  stop(slot: number): void {
    Atomics.store(this.words, slotWord(slot, SLOT.stopped), 1);
    if (this.serving === slot) this.#writeStop(1);
  }

  /** Whether the run in a slot is to be stopped. */
  isStopped(slot: number): boolean {
    return Atomics.load(this.words, slotWord(slot, SLOT.stopped)) === 1;
  }

  /** Asks the worker to end, and stops the run that is under way. */
  end(): void {
    Atomics.store(this.words, WORKER.ending, 1);
    this.#writeStop(1);
    this.#wake();
  }

  #writeStop(value: 0 | 1): void {
    const stop = this.words[WORKER.stop]! >>> 0;
    if (stop !== 0) Atomics.store(new Uint8Array(this.words.buffer), stop, value);
  }

  /** Gives a slot to the other side. */
  pass(slot: number, state: number): void {
    Atomics.store(this.words, slotWord(slot, SLOT.state), state);
    if (state === STATE.requested) this.#wake();
    else Atomics.notify(this.words, slotWord(slot, SLOT.state));
  }

  #wake(): void {
    Atomics.add(this.words, WORKER.wake, 1);
    Atomics.notify(this.words, WORKER.wake);
  }
}

/** A text as it lies in an arena. */
export function encodeText(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** Reads a text from shared memory, which decoders do not take as it is. */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.slice());
}
