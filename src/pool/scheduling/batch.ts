/**
 * Several calls of a few rows each, run together.
 *
 * @module
 */
import { EngineError, hostTensors, type ValueTensor } from "../../engine/engine.ts";
import type { Job } from "./job.ts";
import type { Program, WeightsSnapshot } from "../programs/program.ts";
import { joined, rowsOf, split } from "./rows.ts";
import type { Task, TaskInputs } from "./task.ts";

/** What a batch tells who made it. */
export interface BatchEvents {
  /** It takes no further calls. */
  closed(batch: Batch): void;
  /** It waits no more: a worker begins it, or all its calls have ended. */
  left(batch: Batch): void;
  /** A call is to be run by itself. */
  runAlone(job: Job): void;
}

/** Calls that are run together: it takes further ones until a worker begins it. */
export class Batch implements Task {
  readonly program: Program;
  readonly generation: WeightsSnapshot;
  attempts = 0;
  /** Rows of all its calls. */
  rows = 0;
  onSettled: (() => void) | undefined;
  onTimeout: (() => void) | undefined;
  onAborted: (() => void) | undefined;
  readonly #events: BatchEvents;
  /** Those that have not ended. */
  readonly #jobs = new Set<Job>();
  /** Those of the run that is under way. */
  #running: readonly Job[] = [];
  #isOpen = true;
  /** Whether the worker was ended because one of the calls took too long. */
  #isLate = false;

  constructor({ program, generation }: Job, events: BatchEvents) {
    this.program = program;
    this.generation = generation;
    this.#events = events;
  }

  get calls(): number {
    return this.#jobs.size;
  }

  get isSettled(): boolean {
    return this.#jobs.size === 0;
  }

  get isReady(): boolean {
    return true;
  }

  /** Takes a call. */
  add(job: Job): void {
    this.#jobs.add(job);
    this.rows += rowsOf(job)!;
    job.onSettled = () => this.#drop(job);
    job.onTimeout = () => {
      this.#isLate = true;
      this.onTimeout?.();
    };
    job.onAborted = () => {
      if (this.isSettled) this.onAborted?.();
    };
  }

  /** Takes no further calls. */
  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#events.closed(this);
  }

  whenReady(action: () => void): void {
    action();
  }

  begin(): TaskInputs {
    this.close();
    this.#events.left(this);
    this.#running = [...this.#jobs];
    return joined(this.#running);
  }

  resolve(results: readonly ValueTensor[]): number {
    let resolved = 0;
    let row = 0;
    for (const job of this.#running) {
      const rows = rowsOf(job)!;
      resolved += job.resolve(this.#running.length === 1 ? results : split(hostTensors(results), row, rows));
      row += rows;
    }
    return resolved;
  }

  reject(reason: unknown): number {
    this.close();
    // The values of one call may have spoilt the run for all, or one may have waited longer than it may.
    const alone = this.#isLate || this.#running.length > 1 && reason instanceof EngineError;
    let rejected = 0;
    for (const job of [...this.#jobs]) {
      if (alone) this.#events.runAlone(job);
      else rejected += job.reject(reason);
    }
    return rejected;
  }

  #drop(job: Job): void {
    this.#jobs.delete(job);
    if (this.#isOpen) this.rows -= rowsOf(job)!;
    if (this.#jobs.size > 0) return;
    this.close();
    this.#events.left(this);
    this.onSettled?.();
  }
}
