/**
 * Pictures made of characters.
 *
 * @module
 */

/** A picture in shades of grey, row-major: 0 is paper, 1 is ink. */
export interface Picture {
  /** The number of pixels in a row. */
  readonly width: number;
  /** The number of rows. */
  readonly height: number;
  /** The pixels, from 0 to 1. */
  readonly shades: readonly number[];
}

/** From paper to ink. */
const RAMP = " .:-=+*#%@";
/** The greys of terminals with 256 colors, from black to nearly white. */
const BLACK = 232;
const WHITE = 255;
/** The block whose upper half has the text's color, and whose lower half has the background's. */
const UPPER_HALF = "▀";
const RESET = "\x1b[0m";

/**
 * A picture of twice the width and height. Between two pixels the shades change evenly, so that strokes stay round.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const { shades } = enlarge({ width: 2, height: 1, shades: [0, 1] });
 * assertEquals(shades, [0, 0.25, 0.75, 1, 0, 0.25, 0.75, 1]);
 * ```
 */
export function enlarge({ width, height, shades }: Picture): Picture {
  const large: number[] = [];
  for (let y = 0; y < 2 * height; y++) {
    for (let x = 0; x < 2 * width; x++) {
      // Each pixel becomes four, each of which leans by a quarter to the neighbours on its side.
      const [nearX, farX] = neighbours(x, width);
      const [nearY, farY] = neighbours(y, height);
      const at = (row: number, column: number): number => shades[row * width + column]!;
      const near = 0.75 * at(nearY, nearX) + 0.25 * at(nearY, farX);
      const far = 0.75 * at(farY, nearX) + 0.25 * at(farY, farX);
      large.push(0.75 * near + 0.25 * far);
    }
  }
  return { width: 2 * width, height: 2 * height, shades: large };
}

/** The pixel that an enlarged one lies in, and the next one on its side, which is the same at the edge. */
function neighbours(position: number, size: number): readonly [number, number] {
  const near = position >> 1;
  const far = near + (position % 2 === 0 ? -1 : 1);
  return [near, Math.min(Math.max(far, 0), size - 1)];
}

/** A picture with one pixel of paper on each side, so that it looks like a sheet. */
export function withMargin({ width, height, shades }: Picture): Picture {
  const framed = new Array<number>((width + 2) * (height + 2)).fill(0);
  shades.forEach((shade, index) => {
    const y = Math.floor(index / width) + 1;
    framed[y * (width + 2) + index % width + 1] = shade;
  });
  return { width: width + 2, height: height + 2, shades: framed };
}

/**
 * The lines of a picture in colors, two pixels a character, one above the other: dark ink on white paper.
 *
 * @throws {RangeError} If the height is odd.
 */
export function halfBlocks({ width, height, shades }: Picture): string[] {
  if (height % 2 !== 0) throw new RangeError(`Cannot draw half blocks: expected an even height, received ${height}`);
  return Array.from({ length: height / 2 }, (_, line) => {
    const characters = Array.from({ length: width }, (_, x) => {
      const upper = grey(shades[2 * line * width + x]!);
      const lower = grey(shades[(2 * line + 1) * width + x]!);
      return `\x1b[38;5;${upper};48;5;${lower}m${UPPER_HALF}`;
    });
    return characters.join("") + RESET;
  });
}

function grey(shade: number): number {
  return WHITE - Math.round(shade * (WHITE - BLACK));
}

/**
 * The lines of a picture in plain characters, two a pixel, because characters are twice as high as wide.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(plainCharacters({ width: 2, height: 2, shades: [0, 1, 0.5, 0] }), ["  @@", "++  "]);
 * ```
 */
export function plainCharacters({ width, height, shades }: Picture): string[] {
  return Array.from({ length: height }, (_, y) => {
    const row = shades.slice(y * width, (y + 1) * width);
    return row.map((shade) => RAMP[Math.round(shade * (RAMP.length - 1))]!.repeat(2)).join("");
  });
}
