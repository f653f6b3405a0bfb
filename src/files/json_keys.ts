/**
 * The keys of JSON text as they stand in it.
 *
 * @module
 */

/**
 * The keys of the outermost object, in the order of the text. `JSON.parse` moves keys such as `"0"` to the front and
 * keeps the last of equal ones without a word.
 *
 * @param text JSON that `JSON.parse` has accepted.
 * @throws {RangeError} If an object, at any depth, has a key twice.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(jsonKeys('{ "b": 1, "0": { "c": 2 } }'), ["b", "0"]);
 * ```
 */
export function jsonKeys(text: string): string[] {
  const open: Set<string>[] = [];
  let outermost = new Set<string>();
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === "{") open.push(new Set());
    else if (character === "}") outermost = open.pop()!;
    else if (character === '"') {
      const start = at;
      at = endOfString(text, start);
      if (!isFollowedByColon(text, at)) continue;
      const key = JSON.parse(text.slice(start, at + 1)) as string;
      const keys = open.at(-1)!;
      if (keys.has(key)) {
        throw new RangeError(`expected each key once, received ${JSON.stringify(key.slice(0, 80))} twice`);
      }
      keys.add(key);
    }
  }
  return [...outermost];
}

/** The place where the string that begins at `start` has its closing quote. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at;
}

/** Whether a colon follows, which makes the string before it a key. */
function isFollowedByColon(text: string, end: number): boolean {
  let at = end + 1;
  while (text[at] === " " || text[at] === "\n" || text[at] === "\r" || text[at] === "\t") at++;
  return text[at] === ":";
}
