/**
 * Turns, of which a few may be taken at once.
 *
 * @module
 */

/** Hands out turns in the order in which they are asked for. */
export class Turns {
  #left: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#left = count;
  }

  /** Does something when there is a turn left for it. */
  async take<Result>(action: () => Promise<Result>): Promise<Result> {
    if (this.#left > 0) this.#left--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await action();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#left++;
      else next();
    }
  }
}
