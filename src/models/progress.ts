/**
 * Progress bars.
 *
 * @module
 */

/**
 * One line that shows how much is done.
 *
 * @param done How much is done.
 * @param total How much there is to do.
 * @param width The width of the bar, in characters.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(progressBar(128, 450, 10), "━━────────  128 / 450");
 * assertEquals(progressBar(450, 450, 10), "━━━━━━━━━━  450 / 450");
 * ```
 */
export function progressBar(done: number, total: number, width: number): string {
  const filled = Math.floor(done / total * width);
  const count = String(done).padStart(String(total).length);
  return `${"━".repeat(filled)}${"─".repeat(width - filled)}  ${count} / ${total}`;
}

/** The place where progress is shown. */
export interface Terminal {
  /** Whether it is a terminal, where a line can be written over. */
  readonly isTTY: boolean;
  /** Writes. */
  write(text: string): unknown;
}

/** The standard output, where there is one. */
export function standardOutput(): Terminal | undefined {
  const { process } = globalThis as {
    readonly process?: { readonly stdout?: { isTTY?: boolean; write(text: string): unknown } };
  };
  const stdout = process?.stdout;
  return stdout && { isTTY: stdout.isTTY === true, write: (text) => stdout.write(text) };
}

/** A bar that is written over as more is done; without a terminal there is one line at the end. */
export class Progress {
  readonly #total: number | undefined;
  readonly #terminal: Terminal | undefined;
  #done = 0;

  /** Of how many rows, where that is known; where it is shown. */
  constructor(total: number | undefined, isShown: boolean, terminal: Terminal | undefined) {
    this.#total = total;
    this.#terminal = isShown ? terminal : undefined;
  }

  /** Shows that so many more rows are done. */
  add(rows: number): void {
    this.#done += rows;
    if (this.#terminal?.isTTY) this.#terminal.write(`\r${this.#line()}`);
  }

  /** Ends the line. */
  end(): void {
    this.#terminal?.write(this.#terminal.isTTY ? "\n" : `${this.#line()}\n`);
  }

  #line(): string {
    return this.#total === undefined || this.#total === 0
      ? `${this.#done} rows`
      : progressBar(this.#done, this.#total, 30);
  }
}
