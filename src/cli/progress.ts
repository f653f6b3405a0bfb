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
