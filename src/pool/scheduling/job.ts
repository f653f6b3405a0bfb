/**
 * One call of a compiled function, from when it is made until it has a result.
 *
 * @module
 */
import { hostTensors, type ValueSpec, type ValueTensor } from "../../engine/engine.ts";
import { PoolError } from "../api/errors.ts";
import type { Program, WeightsSnapshot } from "../programs/program.ts";
import { type AbortSignalLike, ignore, listenTo } from "./signals.ts";
import type { Step } from "../programs/state.ts";
import type { Task, TaskInputs } from "./task.ts";
import { LONGEST_TIME } from "./timers.ts";

/**
 * The way one call is to be treated.
 *
 * @example
 * ```ts
 * import { assertEquals, assertRejects } from "@std/assert";
 * import { input, ops, WorkerPool } from "@strata/nn";
 *
 * await using pool = new WorkerPool({ workers: 1 });
 * const double = await pool.compile((x) => ops.multiply(x, 2), input(["n"]));
 * assertEquals((await double.with({ timeout: 60_000 })([1, 2])).array(), [2, 4]);
 * await assertRejects(() => double.with({ signal: AbortSignal.abort() })([1, 2]), DOMException);
 * ```
 */
export interface CallControl {
  /**
   * Rejects the call with the signal's reason when it is aborted. What no worker has begun is not run; a run that is under
   * way is stopped at its next operation, and a worker that does not come back from it within a second is replaced.
   */
  readonly signal?: AbortSignalLike | undefined;
  /** Milliseconds after which the call is rejected; the pool's own unless given, `Infinity` for none. */
  readonly timeout?: number | undefined;
}

/** The parts of a job. */
export interface JobParts {
  readonly program: Program;
  readonly generation: WeightsSnapshot;
  readonly inputs: readonly ValueTensor[];
  /** The specs of the outputs, the new state included; undefined where the sizes are not known. */
  readonly outputs: readonly ValueSpec[] | undefined;
  /** The variables that the run assigns; undefined where it assigns none. */
  readonly steps: readonly Step[] | undefined;
}

/** A call. It is settled once; what comes later is dropped. */
export class Job implements Task {
  readonly program: Program;
  readonly generation: WeightsSnapshot;
  readonly inputs: readonly ValueTensor[];
  readonly outputs: readonly ValueSpec[] | undefined;
  /** The results, without the new state. */
  readonly result: Promise<readonly ValueTensor[]>;
  /** When the call was made, in milliseconds. */
  readonly made: number = performance.now();
  attempts = 0;
  isSettled = false;
  onSettled: (() => void) | undefined;
  onTimeout: (() => void) | undefined;
  onAborted: (() => void) | undefined;
  readonly #steps: readonly Step[] | undefined;
  readonly #signal: AbortSignalLike | undefined;
  /** Told how it ended. */
  readonly #onEnd: (job: Job, hasResult: boolean) => void;
  #resolve!: (results: readonly ValueTensor[]) => void;
  #reject!: (reason: unknown) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: JobParts, control: CallControl, onEnd: (job: Job, hasResult: boolean) => void) {
    this.program = parts.program;
    this.generation = parts.generation;
    this.inputs = parts.inputs;
    this.outputs = parts.outputs;
    this.#steps = parts.steps;
    this.#onEnd = onEnd;
    this.result = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    const { signal, timeout = Infinity } = control;
    if (timeout <= LONGEST_TIME) this.#timer = setTimeout(() => this.#expire(timeout), timeout);
    if (signal === undefined) return;
    this.#signal = signal;
    listenTo(signal, this);
    if (signal.aborted) this.reject(signal.reason);
  }

  get calls(): number {
    return this.isSettled ? 0 : 1;
  }

  get isReady(): boolean {
    return this.#steps === undefined || this.#steps.every(({ value }) => value !== undefined);
  }

  whenReady(action: () => void): void {
    const next = this.#steps?.find(({ value }) => value === undefined);
    if (next === undefined) action();
    else next.whenReady(() => this.whenReady(action));
  }

  begin(): TaskInputs {
    if (this.#steps === undefined) return this;
    return { inputs: [...this.inputs, ...this.#steps.map(({ value }) => value!)], outputs: this.outputs };
  }

  resolve(results: readonly ValueTensor[]): number {
    if (!this.#settle()) return 0;
    const steps = this.#steps ?? [];
    const given = results.length - steps.length;
    hostTensors(results.slice(given, given + steps.length)).forEach((value, index) => steps[index]!.write(value));
    this.#resolve(steps.length === 0 ? results : results.slice(0, given));
    this.#onEnd(this, true);
    return 1;
  }

  reject(reason: unknown): number {
    if (!this.#settle()) return 0;
    this.#reject(reason);
    for (const step of this.#steps ?? []) step.skip();
    this.#onEnd(this, false);
    return 1;
  }

  /** Gives up because nobody wants the result any more. */
  abort(reason: unknown): void {
    const { onAborted } = this;
    this.reject(reason);
    onAborted?.();
  }

  #expire(timeout: number): void {
    const { onTimeout } = this;
    // It is rejected first, so that it is not tried again when its worker is ended.
    this.reject(new PoolError("timeout", `Cannot run ${this.program.name}: it had no result after ${timeout} ms`));
    onTimeout?.();
  }

  #settle(): boolean {
    if (this.isSettled) return false;
    this.isSettled = true;
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    if (this.#signal !== undefined) ignore(this.#signal, this);
    this.onSettled?.();
    return true;
  }
}
