/**
 * Calls of models that no worker has loaded yet.
 *
 * @module
 */
import type { ModelArtifact } from "../programs/model_artifact.ts";
import type { Task } from "./task.ts";

/** Tasks that wait until a worker has shown that their model can be loaded. */
export class LoadQueue {
  readonly #load: (model: ModelArtifact) => Promise<unknown>;
  /** Takes a task whose model is loaded. */
  readonly #enqueue: (task: Task) => void;
  readonly #tasks = new Map<ModelArtifact, Set<Task>>();

  constructor(load: (model: ModelArtifact) => Promise<unknown>, enqueue: (task: Task) => void) {
    this.#load = load;
    this.#enqueue = enqueue;
  }

  /** The number of tasks that wait. */
  get size(): number {
    let size = 0;
    for (const tasks of this.#tasks.values()) size += tasks.size;
    return size;
  }

  /** The number of calls that wait. */
  get calls(): number {
    let calls = 0;
    for (const tasks of this.#tasks.values()) for (const task of tasks) calls += task.calls;
    return calls;
  }

  /** Takes a task, and has its model loaded if that is not under way. */
  add(task: Task): void {
    const { model } = task.generation;
    const tasks = this.#tasks.get(model);
    if (tasks !== undefined) tasks.add(task);
    else {
      this.#tasks.set(model, new Set([task]));
      void this.#wait(model);
    }
  }

  /** Takes a task out. */
  remove(task: Task): boolean {
    return this.#tasks.get(task.generation.model)?.delete(task) ?? false;
  }

  /** Takes all tasks out. */
  clear(): Task[] {
    const tasks = [...this.#tasks.values()].flatMap((tasks) => [...tasks]);
    for (const waiting of this.#tasks.values()) waiting.clear();
    return tasks;
  }

  async #wait(model: ModelArtifact): Promise<void> {
    let failure: { readonly error: unknown } | undefined;
    try {
      await this.#load(model);
    } catch (error) {
      failure = { error };
    }
    const tasks = [...this.#tasks.get(model)!];
    this.#tasks.delete(model);
    for (const task of tasks) {
      if (failure === undefined) this.#enqueue(task);
      else task.reject(failure.error);
    }
  }
}
