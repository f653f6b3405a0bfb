import { assertEquals } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import type { Shape } from "../../src/shape/dim.ts";
import type { Mismatch } from "../../src/shape/error.ts";
import { tile } from "../../src/shape/tile.ts";
import { outcomeOf, seeded } from "./random_shapes.ts";

Deno.test("dims are multiplied from the last axis on", () => {
  assertEquals(tile([2, 3], [2, 1, 3]), [2, 2, 9]);
  assertEquals(tile([2, 3], [2]), [2, 6]);
  assertEquals(tile([2, 3], []), [2, 3]);
  assertEquals(tile([2, 3], [0, 2]), [0, 6]);
  assertEquals(tile(["batch", null], [2, 1]), ["batch*2", null]);
});

Deno.test("a negative number of copies is refused", () => {
  assertEquals(
    outcomeOf(() => tile([2, 3], [2, -1])),
    "Cannot tile [2, 3] by [2, -1]: expected numbers of copies of at least 0",
  );
});

Deno.test("random shapes are tiled as lists are copied", () => {
  const random = seeded(28);
  for (let round = 0; round < 2000; round++) {
    const shape = random.shape(random.integer(0, 4), [0, 1, 2, 9]) as number[];
    const repeats = Array.from({ length: random.integer(0, 4) }, () => random.integer(0, 3));
    const dims = [...shape].reverse();
    const counts = [...repeats].reverse();
    const wanted: number[] = [];
    for (let back = 0; back < dims.length || back < counts.length; back++) {
      wanted.unshift("x".repeat(dims[back] ?? 1).repeat(counts[back] ?? 1).length);
    }
    assertEquals(tile(shape, repeats), wanted);
  }
});

Deno.test("the types of tiled shapes are exact", () => {
  assertType<IsExact<tile<readonly [2, 3], readonly [2, 1, 3]>, readonly [2, 2, 9]>>(true);
  assertType<IsExact<tile<readonly [2, 3], readonly [2]>, readonly [2, 6]>>(true);
  assertType<IsExact<tile<readonly [], readonly []>, readonly []>>(true);
  assertType<
    IsExact<
      tile<readonly [2, 3], readonly [2, -1]>,
      Mismatch<"Cannot tile [2, 3] by [2, -1]: expected numbers of copies of at least 0">
    >
  >(true);
});

Deno.test("the types of tiled unknown and named dims never err", () => {
  assertType<IsExact<tile<readonly [number, "b"], readonly [2, 2]>, readonly [null, "b*2"]>>(true);
  assertType<IsExact<tile<readonly [2 | 3, "b"], readonly [2, 1]>, readonly [null, "b"]>>(true);
  assertType<IsExact<tile<readonly [4, 5], readonly [number, 0 | -1]>, readonly [null, null]>>(true);
  assertType<IsExact<tile<readonly [4, 5], readonly number[]>, Shape>>(true);
  assertType<IsExact<tile<Shape, readonly [2, 2]>, Shape>>(true);
});
