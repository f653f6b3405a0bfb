/**
 * The queue of a pool.
 *
 * @module
 */
import type { Program } from "../programs/program.ts";
import type { Task } from "./task.ts";

/**
 * Tasks that wait, for a worker or for capacity: in the order in which they were made, and in turns where there are several
 * programs.
 */
export class FairQueue<T extends Task = Task> {
  /** By program; the program that is first in the map has its turn. */
  readonly #tasks = new Map<Program, Set<T>>();
  #size = 0;

  /** The number of tasks that wait. */
  get size(): number {
    return this.#size;
  }

  /** The number of calls that wait. */
  get calls(): number {
    let calls = 0;
    for (const tasks of this.#tasks.values()) for (const task of tasks) calls += task.calls;
    return calls;
  }

  /** Puts a task at the end of those of its program. */
  push(task: T): void {
    let tasks = this.#tasks.get(task.program);
    if (tasks === undefined) this.#tasks.set(task.program, tasks = new Set());
    tasks.add(task);
    this.#size++;
  }

  /** Puts a task before those of its program. */
  unshift(task: T): void {
    const later = this.#tasks.get(task.program) ?? new Set<T>();
    this.#tasks.set(task.program, new Set([task, ...later]));
    this.#size++;
  }

  /** Takes a task out, wherever it is. */
  remove(task: T): boolean {
    const tasks = this.#tasks.get(task.program);
    if (tasks?.delete(task) !== true) return false;
    this.#size--;
    if (tasks.size === 0) this.#tasks.delete(task.program);
    return true;
  }

  /** Takes the task whose turn it is, among the first of each program that `suits`. */
  next(suits: (task: T) => boolean): T | undefined {
    for (const [program, tasks] of this.#tasks) {
      const [task] = tasks as Set<T> & Iterable<T>;
      if (!suits(task!)) continue;
      this.remove(task!);
      // The next turn is that of the others.
      if (tasks.size > 0 && this.#tasks.size > 1) {
        this.#tasks.delete(program);
        this.#tasks.set(program, tasks);
      }
      return task;
    }
  }

  /** Takes all tasks out. */
  clear(): T[] {
    const tasks = [...this.#tasks.values()].flatMap((tasks) => [...tasks]);
    this.#tasks.clear();
    this.#size = 0;
    return tasks;
  }
}
