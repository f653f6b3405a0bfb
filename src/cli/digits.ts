/**
 * The handwritten digits of the demo.
 *
 * @module
 */
import { EagerTensor } from "../tensor/eager.ts";

/** The number of pixels of a digit: 8 x 8. */
export const PIXELS = 64;
/** The darkest pixel. */
export const DARKEST = 16;
/** The first of the rows that training has not seen. */
const FIRST_TEST_ROW = 1347;

/** Handwritten digits and what they are meant to be. */
export class Digits {
  /** The number of digits. */
  readonly count: number;
  readonly #rows: Uint8Array;

  /**
   * Takes the bytes without copying them.
   *
   * @param rows 65 bytes a digit: its pixels from 0 to 16, row-major, then its label.
   * @throws {RangeError} If the length is no multiple of 65.
   */
  constructor(rows: Uint8Array) {
    this.#rows = rows;
    this.count = rows.length / (PIXELS + 1);
    if (!Number.isInteger(this.count)) {
      throw new RangeError(`Cannot read digits: expected rows of ${PIXELS + 1} bytes, received ${rows.length} bytes`);
    }
  }

  /** The digits that training has not seen. */
  test(): Digits {
    return new Digits(this.#rows.subarray(FIRST_TEST_ROW * (PIXELS + 1)));
  }

  /** The 64 pixels of a digit, from 0 (paper) to 16 (ink). */
  pixels(index: number): Uint8Array {
    const start = index * (PIXELS + 1);
    return this.#rows.subarray(start, start + PIXELS);
  }

  /** The label of a digit. */
  label(index: number): number {
    return this.#rows[index * (PIXELS + 1) + PIXELS]!;
  }

  /** The pixels of the digits from `begin` to below `end` as the network takes them, from 0 to 1: `[end - begin, 64]`. */
  images(begin: number, end: number): EagerTensor<readonly [number, 64], "float32"> {
    const values = new Float32Array((end - begin) * PIXELS);
    for (let index = begin; index < end; index++) values.set(this.pixels(index), (index - begin) * PIXELS);
    return new EagerTensor([end - begin, PIXELS], "float32", values.map((pixel) => pixel / DARKEST));
  }
}
