/**
 * The messages between the main thread and a worker.
 *
 * A worker has a block of words in its own heap, and slots, each with an arena: memory for one request and its reply. The
 * main thread writes a request into a free slot's arena, marks the slot as requested and wakes the worker, which serves
 * the slots in the order of their numbers, writes the reply where the request was and marks the slot as done.
 *
 * @module
 */
import type { ModelFile, ValueInfo } from "../../engine/engine.ts";
import type { Profile } from "../../engine/profile.ts";
import type { Provider } from "../../emission/providers/provider.ts";
import type { CarriedType } from "../../tensor/element_type.ts";

/** Requests that one worker holds: it serves one while the next is written. */
export const SLOTS = 3;

/** The words of a worker, by their place in its block. */
export const WORKER = {
  /** Goes up with each request, so that a worker that is about to sleep sees that it must not. */
  wake: 0,
  /** The slot that is served, counted from 1; 0 while the worker sleeps. */
  serving: 1,
  /** 1 asks the worker to end when it has served what it serves. */
  ending: 2,
  /** The address of a byte that stops a run once it is 1; 0 if there is none. */
  stop: 3,
  /** When it began to serve what it serves, as the low 32 bits of the time of day in milliseconds. */
  since: 4,
} as const;

/** The words of a slot, by their place among its words. */
export const SLOT = {
  /** One of {@linkcode STATE}. */
  state: 0,
  /** Requests are served in the order of these numbers. */
  number: 1,
  /** One of {@linkcode REQUEST}. */
  request: 2,
  /** One of {@linkcode STATUS}. */
  status: 3,
  /** Where the arena is in the memory, and how many bytes it has. */
  arena: 4,
  capacity: 5,
  /** The program that is meant. */
  program: 6,
  /** The number of bytes of the arena that the request, the header of a model, or the text of the reply takes. */
  length: 7,
  /** For `load`: 1 asks for a profile. */
  option: 8,
  /** For `run`: 1 once nobody wants the result any more. */
  stopped: 9,
} as const;

const WORKER_WORDS = 8;
const SLOT_WORDS = 16;

/** Bytes of a worker's block. */
export const BLOCK_BYTES: number = (WORKER_WORDS + SLOTS * SLOT_WORDS) * 4;

/** The index of a slot's word in the block. */
export function slotWord(slot: number, word: number): number {
  return WORKER_WORDS + slot * SLOT_WORDS + word;
}

/** Whose turn a slot is. */
export const STATE = { free: 0, requested: 1, done: 2, dead: 3 } as const;

/** What is asked. */
export const REQUEST = {
  /** An arena of `length` bytes. */
  grow: 1,
  /** To load the model in the arena as `program`. */
  load: 2,
  /** To run `program` on the tensors in the arena. */
  run: 3,
  /** To take the tensors in the arena as the weights of `program`. */
  weights: 4,
  /** To give up `program`. */
  release: 5,
  /** To give the profile of `program`. */
  profile: 6,
} as const;

/** The outcome. A worker that answers `broken` cannot go on. */
export const STATUS = { ok: 0, failed: 1, broken: 2 } as const;

/** The way a worker is set up: the first message that it gets. */
export interface StartMessage {
  /** The provider that runs the models. */
  readonly provider: Provider;
  /** Threads that one run may use. */
  readonly threads: number;
  /** The compiled WebAssembly, where the provider uses the one that the main thread has. */
  readonly module: WebAssembly.Module | undefined;
  /** Whether requests come through shared memory, or as messages. */
  readonly transport: Transport;
  /** The name of a lock to hold for life, where that is how the main thread hears of the end. */
  readonly lock?: string;
}

/** The way requests and replies travel. */
export type Transport = "shared memory" | "messages";

/** What a worker says when it is ready, or that it cannot start. */
export type StartedMessage =
  | { readonly type: "started"; readonly memory?: WebAssembly.Memory; readonly block?: number }
  | { readonly type: "failed"; readonly message: string };

/** The inputs and outputs of a loaded model. */
export interface ProgramInfo {
  /** In the order in which they are given. */
  readonly inputs: readonly ValueInfo[];
  /** In the order in which they come. */
  readonly outputs: readonly ValueInfo[];
}

/** A request as a message; `number` is that of the reply. */
export type RequestMessage =
  & { readonly number: number; readonly program: number }
  & (
    | {
      readonly request: "load";
      readonly model: Uint8Array;
      readonly files: readonly ModelFile[];
      readonly profile: boolean;
    }
    | { readonly request: "run" | "weights"; readonly tensors: readonly TensorMessage[] }
    | { readonly request: "release" | "profile" | "close" }
  );

/** A tensor in a message. */
export interface TensorMessage {
  readonly dtype: CarriedType;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** A reply as a message. */
export type ReplyMessage =
  & { readonly type: "reply"; readonly number: number }
  & (
    | {
      readonly status: typeof STATUS.ok;
      readonly tensors?: readonly TensorMessage[];
      readonly info?: ProgramInfo;
      readonly profile?: Profile;
    }
    | { readonly status: typeof STATUS.failed | typeof STATUS.broken; readonly message: string }
  );
