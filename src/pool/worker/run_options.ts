/**
 * Options of runs that another thread can stop.
 *
 * @module
 */
import type { Heap } from "../../engine/heap.ts";
import { LOG_FATAL, type Pointer } from "../../engine/wasm_module.ts";

/** Options for runs, and the byte in them that stops a run between two of its nodes once it is 1; 0 if it is not found. */
export interface StoppableOptions {
  readonly options: Pointer;
  readonly stop: Pointer;
}

/** Bytes among which the flag is. */
const SEARCHED = 64;

/** Makes options. Where the flag is among them nobody says: it is where options that are stopped differ from others. */
export function stoppableOptions(heap: Heap): StoppableOptions {
  const { module } = heap;
  const tag = heap.string("");
  const make = (stopped: boolean): Pointer => module._OrtCreateRunOptions(LOG_FATAL, 0, stopped, tag);
  const [options, stopped] = [make(false), make(true)];
  module._free(tag);
  if (options === 0 || stopped === 0) heap.fail("Cannot set up runs");
  const bytes = new Uint8Array(heap.buffer);
  let place = 0;
  while (place < SEARCHED && !(bytes[options + place] === 0 && bytes[stopped + place] === 1)) place++;
  module._OrtReleaseRunOptions(stopped);
  return { options, stop: place < SEARCHED ? options + place : 0 };
}
