/**
 * The queue of a pool.
 *
 * @module
 */
import type { Program } from "./program.ts";
import type { Task } from "./task.ts";

/** What waits for a worker: in the order in which they were made, and in turns where there are several programs. */
export class FairQueue {
  /** By program; the program that is first in the map has its turn. */
  readonly #tasks = new Map<Program, Set<Task>>();
  #size = 0;

  /** How many tasks wait. */
  get size(): number {
    return this.#size;
  }

  /** How many calls wait. */
  get calls(): number {
    let calls = 0;
    for (const tasks of this.#tasks.values()) for (const task of tasks) calls += task.calls;
    return calls;
  }

  /** Puts a task at the end of those of its program. */
  push(task: Task): void {
    let tasks = this.#tasks.get(task.program);
    if (tasks === undefined) this.#tasks.set(task.program, tasks = new Set());
    tasks.add(task);
    this.#size++;
  }

  /** Puts a task before those of its program. */
  unshift(task: Task): void {
    const later = this.#tasks.get(task.program) ?? new Set();
    this.#tasks.set(task.program, new Set([task, ...later]));
    this.#size++;
  }

  /** Takes a task out, wherever it is. */
  remove(task: Task): boolean {
    const tasks = this.#tasks.get(task.program);
    if (tasks?.delete(task) !== true) return false;
    this.#size--;
    if (tasks.size === 0) this.#tasks.delete(task.program);
    return true;
  }

  /** Takes the task whose turn it is, among the first of each program that `suits`. */
  next(suits: (task: Task) => boolean): Task | undefined {
    for (const [program, tasks] of this.#tasks) {
      const [task] = tasks as Set<Task> & Iterable<Task>;
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
  clear(): Task[] {
    const tasks = [...this.#tasks.values()].flatMap((tasks) => [...tasks]);
    this.#tasks.clear();
    this.#size = 0;
    return tasks;
  }
}
