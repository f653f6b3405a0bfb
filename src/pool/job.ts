/**
 * One call of a compiled function, from when it is made until it has a result.
 *
 * @module
 */
import type { HostSpec, HostTensor } from "../engine/engine.ts";
import { PoolError } from "./errors.ts";
import type { Generation, Program } from "./program.ts";

/** How one call is to be treated. */
export interface CallControl {
  /** Rejects the call with the signal's reason when it is aborted. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds after which the call is rejected; the pool's own unless given. */
  readonly timeout?: number | undefined;
}

/** What a job is made of. */
export interface JobParts {
  readonly program: Program;
  readonly generation: Generation;
  readonly inputs: readonly HostTensor[];
  /** What will come out, the new state included; undefined where the sizes are not known. */
  readonly outputs: readonly HostSpec[] | undefined;
}

/** A call. It is settled once; what comes later is dropped. */
export class Job implements JobParts {
  readonly program: Program;
  readonly generation: Generation;
  readonly inputs: readonly HostTensor[];
  readonly outputs: readonly HostSpec[] | undefined;
  /** The results, without the new state. */
  readonly result: Promise<readonly HostTensor[]>;
  /** When the call was made, in milliseconds. */
  readonly made: number = performance.now();
  /** How often a worker has begun it. */
  attempts = 0;
  /** Whether it has its result. */
  isSettled = false;
  /** Called when the time is up, before the call is rejected. */
  onTimeout: (() => void) | undefined;
  /** Called when it is settled from outside: it has nothing to do in a queue any more. */
  onSettled: (() => void) | undefined;
  #resolve!: (results: readonly HostTensor[]) => void;
  #reject!: (reason: unknown) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopListening: (() => void) | undefined;

  constructor(parts: JobParts, control: CallControl = {}) {
    this.program = parts.program;
    this.generation = parts.generation;
    this.inputs = parts.inputs;
    this.outputs = parts.outputs;
    this.result = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    const { signal, timeout = Infinity } = control;
    if (timeout < Infinity) this.#timer = setTimeout(() => this.#expire(timeout), timeout);
    if (signal === undefined) return;
    const abort = (): void => this.reject(signal.reason);
    signal.addEventListener("abort", abort);
    this.#stopListening = () => signal.removeEventListener("abort", abort);
    if (signal.aborted) abort();
  }

  /** Gives the result. */
  resolve(results: readonly HostTensor[]): void {
    if (this.#settle()) this.#resolve(results);
  }

  /** Gives up. */
  reject(reason: unknown): void {
    if (this.#settle()) this.#reject(reason);
  }

  #expire(timeout: number): void {
    this.#timer = undefined;
    this.onTimeout?.();
    this.reject(
      new PoolError("timeout", `Cannot run ${this.program.name}: it had no result after ${timeout} ms`),
    );
  }

  #settle(): boolean {
    if (this.isSettled) return false;
    this.isSettled = true;
    clearTimeout(this.#timer);
    this.#stopListening?.();
    this.onSettled?.();
    return true;
  }
}
