import { assertEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import { type diagonal, diagonal as diagonalOf } from "../../src/shape/diagonal.ts";
import type { Shape } from "../../src/shape/dim.ts";
import { ShapeError } from "../../src/shape/error.ts";
import { seeded } from "./random_shapes.ts";

Deno.test("a diagonal is the last axis, in place of the two of the matrix", () => {
  assertEquals(diagonalOf([2, 3]), [2]);
  assertEquals(diagonalOf([2, 3, 4], 0, 1, 2), [2, 3]);
  assertEquals(diagonalOf([2, 3, 4], 0, -1, 0), [3, 2]);
});

Deno.test("a diagonal has as many values as places count", () => {
  const random = seeded(41);
  for (let round = 0; round < 500; round++) {
    const [rows, columns, offset] = [random.integer(0, 6), random.integer(0, 6), random.integer(-8, 8)];
    let count = 0;
    for (let row = 0; row < rows; row++) if (row + offset >= 0 && row + offset < columns) count++;
    assertEquals(diagonalOf([rows, columns], offset), [count]);
  }
});

Deno.test("a diagonal of open dims is open, unless it is of one named dim or surely empty", () => {
  assertEquals(diagonalOf(["n", "n"]), ["n"]);
  assertEquals(diagonalOf(["n", "m"]), [null]);
  assertEquals(diagonalOf(["n", 3]), [null]);
  assertEquals(diagonalOf(["n", "n"], 1), [null]);
  assertEquals(diagonalOf(["n", 3], 3), [0]);
});

Deno.test("axes that make no matrix are refused", () => {
  assertThrows(() => diagonalOf([3]), ShapeError, "Axis 1 is out of range");
  assertThrows(() => diagonalOf([2, 3], 0, 1, -1), ShapeError, "Axes [1, -1] name axis 1 twice");
});

Deno.test("the types of diagonals are exact, and never err where anything is unknown", () => {
  assertType<IsExact<diagonal<readonly [2, 30, 4], -12, 1, 2>, readonly [2, 4]>>(true);
  assertType<IsExact<diagonal<readonly ["n", "n"]>, readonly ["n"]>>(true);
  assertType<IsExact<diagonal<readonly ["n", 3], 3>, readonly [0]>>(true);
  assertType<IsExact<diagonal<readonly [2, 3], number>, readonly [null]>>(true);
  assertType<IsExact<diagonal<readonly [2, 3], 0, number>, Shape>>(true);
  assertType<IsExact<diagonal<Shape, 0, 7>, Shape>>(true);
});
