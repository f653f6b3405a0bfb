/**
 * Admission of calls to a pool, up to its capacity.
 *
 * @module
 */
import { PoolError } from "../api/errors.ts";
import type { Job } from "./job.ts";
import { FairQueue } from "./queue.ts";

/** What an {@linkcode Admission} is made with. */
export interface AdmissionOptions {
  /** The number of calls that wait for a worker at the most, for the message. */
  readonly most: number;
  /** Whether calls wait for admission when the capacity is used up; otherwise they are rejected. */
  readonly waits: boolean;
  /** Whether a call can be admitted now. */
  hasCapacity(job: Job): boolean;
  /** Lets a call in. */
  enter(job: Job): void;
}

/** Lets calls in: in the order in which they come, and in turns where they are of several programs. */
export class Admission {
  readonly #options: AdmissionOptions;
  readonly #waiting = new FairQueue<Job>();
  #isOpen = false;

  constructor(options: AdmissionOptions) {
    this.#options = options;
  }

  /** The number of calls that wait outside. */
  get size(): number {
    return this.#waiting.size;
  }

  /** Takes a call. */
  take(job: Job): void {
    const { most, waits } = this.#options;
    if (this.#waiting.size === 0 && this.#options.hasCapacity(job)) this.#options.enter(job);
    else if (waits) {
      this.#waiting.push(job);
      job.onSettled = () => this.#waiting.remove(job);
    } else {
      const advice = 'make fewer at once, or set maxQueue or whenFull: "wait"';
      job.reject(
        new PoolError("queue full", `Cannot run ${job.program.name}: ${most} calls wait already; ${advice}`),
      );
    }
  }

  /** Admits waiting calls after capacity may have become free. */
  letIn(): void {
    // Admitting one call may free capacity for another.
    if (this.#isOpen) return;
    this.#isOpen = true;
    while (true) {
      const job = this.#waiting.next((job) => this.#options.hasCapacity(job));
      if (job === undefined) break;
      this.#options.enter(job);
    }
    this.#isOpen = false;
  }

  /** Sends away those that wait. */
  clear(reason: unknown): void {
    for (const job of this.#waiting.clear()) job.reject(reason);
  }
}
