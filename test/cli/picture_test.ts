import { assertEquals, assertThrows } from "@std/assert";
import { enlarge, halfBlocks, plainCharacters, withMargin } from "../../src/cli/picture.ts";

Deno.test("Half blocks draw two pixels a character, white paper to black ink", () => {
  // Grey 255 is the lightest of the terminal's 24, 232 is black; 0.5 lies at 255 - round(11.5).
  assertEquals(halfBlocks({ width: 2, height: 2, shades: [0, 1, 0.5, 0] }), [
    "\x1b[38;5;255;48;5;243m▀\x1b[38;5;232;48;5;255m▀\x1b[0m",
  ]);
});

Deno.test("Half blocks need an even height", () => {
  const odd = { width: 1, height: 3, shades: [0, 0, 0] };
  assertThrows(() => halfBlocks(odd), RangeError, "Cannot draw half blocks: expected an even height, received 3");
});

Deno.test("Plain characters grow denser from paper to ink, and stand two to a pixel", () => {
  const shades = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((shade) => shade / 9);
  assertEquals(plainCharacters({ width: 5, height: 2, shades }), ["  ..::--==", "++**##%%@@"]);
});

Deno.test("An enlarged picture changes evenly in both directions", () => {
  assertEquals(enlarge({ width: 2, height: 2, shades: [0, 0, 0, 1] }), {
    width: 4,
    height: 4,
    // The outer products of 0, 1/4, 3/4, 1 with themselves.
    shades: [0, 0, 0, 0, 0, 0.0625, 0.1875, 0.25, 0, 0.1875, 0.5625, 0.75, 0, 0.25, 0.75, 1],
  });
});

Deno.test("A margin puts a pixel of paper on each side", () => {
  assertEquals(withMargin({ width: 2, height: 1, shades: [0.5, 1] }), {
    width: 4,
    height: 3,
    shades: [0, 0, 0, 0, 0, 0.5, 1, 0, 0, 0, 0, 0],
  });
});
