/**
 * Models that workers load.
 *
 * @module
 */

import type { ModelFiles } from "./model_files.ts";

let models = 0;

/** The parts of a {@linkcode ModelArtifact}. */
export interface ModelParts {
  /** The name of what was compiled. */
  readonly name: string;
  readonly files: ModelFiles;
  /** Milliseconds that a worker may take to load it. */
  readonly limit: number;
  /** Makes the workers give it up. */
  unload(model: ModelArtifact): Promise<void>;
}

/** A model, for as long as calls need it. */
export class ModelArtifact {
  /** Under which workers know it; no other model has it. */
  readonly number: number = ++models;
  readonly name: string;
  readonly files: ModelFiles;
  /** Milliseconds that a worker may take to load it; 0 once nobody waits for it. */
  limit: number;
  /** Whether a worker has loaded it, so that the others will do too. */
  isProven = false;
  /** Why it is not tried again. */
  failure: Error | undefined;
  readonly #unload: (model: ModelArtifact) => Promise<void>;
  #uses = 0;
  #isRetired = false;
  #settle!: (released: Promise<void>) => void;
  readonly #released: Promise<void> = new Promise((resolve) => this.#settle = resolve);

  constructor({ name, files, limit, unload }: ModelParts) {
    this.name = name;
    this.files = files;
    this.limit = limit;
    this.#unload = unload;
  }

  /** Whether no further calls will need it. */
  get isRetired(): boolean {
    return this.#isRetired;
  }

  /** A call needs it. */
  use(): void {
    this.#uses++;
  }

  /** A call needs it no more. */
  unuse(): void {
    this.#uses--;
    if (this.#isRetired && this.#uses === 0) this.#settle(this.#unload(this));
  }

  /** No further calls will need it: it is given up when those that there are have ended. Resolves when it is. */
  retire(): Promise<void> {
    if (!this.#isRetired) {
      this.#isRetired = true;
      if (this.#uses === 0) this.#settle(this.#unload(this));
    }
    return this.#released;
  }
}
