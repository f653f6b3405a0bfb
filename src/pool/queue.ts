/**
 * The queue of a pool.
 *
 * @module
 */
import type { Job } from "./job.ts";
import type { Program } from "./program.ts";

/** Calls that wait for a worker: in the order in which they were made, and in turns where there are several programs. */
export class FairQueue {
  /** By program; the program that is first in the map has its turn. */
  readonly #jobs = new Map<Program, Set<Job>>();
  #size = 0;

  /** How many calls wait. */
  get size(): number {
    return this.#size;
  }

  /** Puts a call at the end of those of its program. */
  push(job: Job): void {
    let jobs = this.#jobs.get(job.program);
    if (jobs === undefined) this.#jobs.set(job.program, jobs = new Set());
    jobs.add(job);
    this.#size++;
  }

  /** Puts a call before those of its program. */
  unshift(job: Job): void {
    const later = this.#jobs.get(job.program) ?? new Set();
    this.#jobs.set(job.program, new Set([job, ...later]));
    this.#size++;
  }

  /** Takes a call out, wherever it is. */
  remove(job: Job): boolean {
    const jobs = this.#jobs.get(job.program);
    if (jobs?.delete(job) !== true) return false;
    this.#size--;
    if (jobs.size === 0) this.#jobs.delete(job.program);
    return true;
  }

  /** Takes the call whose turn it is, among the first of each program that `suits`. */
  next(suits: (job: Job) => boolean): Job | undefined {
    for (const [program, jobs] of this.#jobs) {
      const [job] = jobs as Set<Job> & Iterable<Job>;
      if (!suits(job!)) continue;
      this.remove(job!);
      // The next turn is that of the others.
      if (jobs.size > 0 && this.#jobs.size > 1) {
        this.#jobs.delete(program);
        this.#jobs.set(program, jobs);
      }
      return job;
    }
  }

  /** Takes all calls out. */
  clear(): Job[] {
    const jobs = [...this.#jobs.values()].flatMap((jobs) => [...jobs]);
    this.#jobs.clear();
    this.#size = 0;
    return jobs;
  }
}
