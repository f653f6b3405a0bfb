/**
 * Copies of many bytes, in steps between which the main thread does other things.
 *
 * @module
 */

/** Bytes of one step. Measured: memory that is touched for the first time takes a millisecond or two for these. */
const STEP_BYTES = 2 * 1024 * 1024;
/** Milliseconds of steps without a pause. */
const STEP_TIME = 4;

/** Copies parts one after the other; `target` gives the bytes from an offset on, which may move in a pause. */
export async function copyInSteps(
  parts: readonly Uint8Array[],
  offset: number,
  target: (offset: number, bytes: number) => Uint8Array,
): Promise<void> {
  let begun = performance.now();
  for (const part of parts) {
    for (let start = 0; start < part.length; start += STEP_BYTES) {
      const step = part.subarray(start, start + STEP_BYTES);
      target(offset, step.length).set(step);
      offset += step.length;
      if (performance.now() - begun < STEP_TIME) continue;
      await new Promise<void>((resolve) => setTimeout(resolve, 0));
      begun = performance.now();
    }
  }
}

/** Puts parts together, copied. */
export async function joinInSteps(parts: readonly Uint8Array[]): Promise<Uint8Array<ArrayBuffer>> {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  await copyInSteps(parts, 0, (offset, bytes) => joined.subarray(offset, offset + bytes));
  return joined;
}
