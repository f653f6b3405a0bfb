/**
 * Texts as bytes: where each begins and where the last ends, in 32-bit words, then the texts in UTF-8, each with a zero
 * after it, as the engine wants them.
 *
 * @module
 */

const WORD = 4;
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Writes texts. */
export function encodeStrings(texts: readonly string[]): Uint8Array<ArrayBuffer> {
  const encoded = texts.map((text) => encoder.encode(text));
  const start = (texts.length + 1) * WORD;
  const bytes = new Uint8Array(encoded.reduce((sum, { length }) => sum + length + 1, start));
  const offsets = new Uint32Array(bytes.buffer, 0, texts.length + 1);
  let at = start;
  for (const [index, text] of encoded.entries()) {
    offsets[index] = at;
    bytes.set(text, at);
    at += text.length + 1;
  }
  offsets[texts.length] = at;
  return bytes;
}

/** Reads texts. */
export function decodeStrings(bytes: Uint8Array, count: number): string[] {
  // A copy, since decoders take no shared memory, and words must be aligned.
  const copy = bytes.slice();
  const offsets = new Uint32Array(copy.buffer, 0, count + 1);
  return Array.from(
    { length: count },
    (_, index) => decoder.decode(copy.subarray(offsets[index], offsets[index + 1]! - 1)),
  );
}
