/**
 * The time that models take to load.
 *
 * @module
 */
import { loadTimeoutError } from "./load_control.ts";
import type { ModelArtifact } from "../programs/model_artifact.ts";
import { LONGEST_TIME } from "./timers.ts";

/** What a {@linkcode LoadWatch} asks of its worker. */
export interface LoadHost {
  /** For how many milliseconds it has been loading a model; undefined if it is not at it. */
  loadingTime(model: ModelArtifact): number | undefined;
  /** Ends the worker. */
  end(error: Error): void;
}

/** So often a worker is looked at for a load that was given up before it began, in milliseconds. */
const SHORTEST_LOOK = 20;

/** Ends a worker that takes longer to load a model than it may. */
export class LoadWatch {
  readonly #host: LoadHost;
  readonly #timers = new Map<ModelArtifact, ReturnType<typeof setTimeout>>();

  constructor(host: LoadHost) {
    this.#host = host;
  }

  /** Watches a model, which is to be loaded, until it is loaded. */
  async watch<T>(model: ModelArtifact, load: () => Promise<T>): Promise<T> {
    this.#lookAgain(model, model.limit);
    try {
      return await load();
    } finally {
      clearTimeout(this.#timers.get(model));
      this.#timers.delete(model);
    }
  }

  /** Looks at a model whose limit has changed, if it is being loaded. */
  look(model: ModelArtifact): void {
    if (!this.#timers.has(model)) return;
    clearTimeout(this.#timers.get(model));
    const { limit, name } = model;
    const time = this.#host.loadingTime(model);
    if (time === undefined || time < limit) this.#lookAgain(model, limit - (time ?? 0));
    else {this.#host.end(
        limit === 0 ? new Error(`${name}, which it was loading, was given up`) : loadTimeoutError(name, limit),
      );}
  }

  #lookAgain(model: ModelArtifact, time: number): void {
    const due = Math.min(Math.max(time, SHORTEST_LOOK), LONGEST_TIME);
    this.#timers.set(model, setTimeout(() => this.look(model), due));
  }
}
