/**
 * Models that workers load.
 *
 * @module
 */

let models = 0;

/** A model, for as long as calls need it. */
export class LoadedModel {
  /** Under which workers know it; no other model has it. */
  readonly number: number = ++models;
  /** The name of what was compiled. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly #giveUp: (model: LoadedModel) => Promise<void>;
  #uses = 0;
  #isRetired = false;
  #settle!: (released: Promise<void>) => void;
  readonly #released: Promise<void> = new Promise((resolve) => this.#settle = resolve);

  /** `giveUp` makes the workers give it up. */
  constructor(name: string, bytes: Uint8Array, giveUp: (model: LoadedModel) => Promise<void>) {
    this.name = name;
    this.bytes = bytes;
    this.#giveUp = giveUp;
  }

  /** A call needs it. */
  use(): void {
    this.#uses++;
  }

  /** A call needs it no more. */
  unuse(): void {
    this.#uses--;
    if (this.#isRetired && this.#uses === 0) this.#settle(this.#giveUp(this));
  }

  /** No further calls will need it: it is given up when those that there are have ended. Resolves when it is. */
  retire(): Promise<void> {
    if (!this.#isRetired) {
      this.#isRetired = true;
      if (this.#uses === 0) this.#settle(this.#giveUp(this));
    }
    return this.#released;
  }
}
