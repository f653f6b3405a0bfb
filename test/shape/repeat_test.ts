import { assertEquals } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import type { Shape } from "../../src/shape/dim.ts";
import type { Mismatch } from "../../src/shape/error.ts";
import { repeat } from "../../src/shape/repeat.ts";
import { outcomeOf, seeded } from "./random_shapes.ts";

Deno.test("each element is repeated along an axis, or all in one axis", () => {
  assertEquals(repeat([2, 3], 2), [12]);
  assertEquals(repeat([2, 3], 2, -1), [2, 6]);
  assertEquals(repeat([2, 3], [1, 0, 4], 1), [2, 5]);
  assertEquals(repeat([2, 3], [5], 0), [10, 3]);
  assertEquals(repeat([], 3), [3]);
  assertEquals(repeat([2, 0], [], 1), [2, 0]);
  assertEquals(repeat(["batch", 3], 2, 0), ["batch*2", 3]);
  assertEquals(repeat(["batch", 3], [1, 2], 0), [3, 3]);
  assertEquals(repeat([null, 3], 2), [null]);
});

Deno.test("counts that do not fit are refused", () => {
  assertEquals(
    outcomeOf(() => repeat([2, 3], [1, 2], 1)),
    "Cannot repeat elements of [2, 3]: expected 1 or 3 counts, received 2",
  );
  assertEquals(
    outcomeOf(() => repeat([1, 3], [1, 2], 0)),
    "Cannot repeat elements of [1, 3]: expected 1 or 1 counts, received 2",
  );
  assertEquals(
    outcomeOf(() => repeat([2, 3], [1, -2], 0)),
    "Cannot repeat elements of [2, 3]: expected counts of at least 0, received -2",
  );
  assertEquals(
    outcomeOf(() => repeat([2, 3], 2, 2)),
    "Axis 2 is out of range for shape [2, 3]: expected an axis from -2 to 1",
  );
});

Deno.test("random shapes repeat as the elements of lists do", () => {
  const random = seeded(29);
  for (let round = 0; round < 2000; round++) {
    const shape = random.shape(random.integer(1, 4), [0, 1, 2, 5]) as number[];
    const index = random.integer(0, shape.length - 1);
    const once = random.pick([true, false]);
    const counts = Array.from({ length: once ? 1 : shape[index]! }, () => random.integer(0, 3));
    const elements = Array.from({ length: shape[index]! }, (_, place) => "x".repeat(counts[once ? 0 : place]!));
    const wanted = [...shape];
    wanted[index] = elements.join("").length;
    const axis = random.pick([index, index - shape.length]);
    assertEquals(repeat(shape, once ? random.pick([counts, counts[0]!]) : counts, axis), wanted);
  }
});

Deno.test("the types of repeated shapes are exact", () => {
  assertType<IsExact<repeat<readonly [2, 3], 2>, readonly [12]>>(true);
  assertType<IsExact<repeat<readonly [2, 3], 2, -1>, readonly [2, 6]>>(true);
  assertType<IsExact<repeat<readonly [2, 3], readonly [1, 0, 4], 1>, readonly [2, 5]>>(true);
  assertType<
    IsExact<
      repeat<readonly [2, 3], readonly [1, 2], 1>,
      Mismatch<"Cannot repeat elements of [2, 3]: expected 1 or 3 counts, received 2">
    >
  >(true);
  assertType<
    IsExact<
      repeat<readonly [2, 3], 2, 2>,
      Mismatch<"Axis 2 is out of range for shape [2, 3]: expected an axis from -2 to 1">
    >
  >(true);
});

Deno.test("the types of repeated unknown and named dims never err", () => {
  assertType<IsExact<repeat<readonly ["b", 3], 2, 0>, readonly ["b*2", 3]>>(true);
  assertType<IsExact<repeat<readonly ["b", 3], readonly [1, 2], 0>, readonly [3, 3]>>(true);
  assertType<IsExact<repeat<readonly [number, 3], readonly [1, 2], 0>, readonly [3, 3]>>(true);
  assertType<IsExact<repeat<readonly [2 | 4, 3], readonly [1, 2, 3], 0>, readonly [6, 3]>>(true);
  assertType<IsExact<repeat<readonly [4, 3], number, 0>, readonly [null, 3]>>(true);
  assertType<IsExact<repeat<readonly [4, 3], 1 | -1, 0>, readonly [null, 3]>>(true);
  assertType<IsExact<repeat<readonly [4, 3], readonly number[], 0>, readonly [null, 3]>>(true);
  assertType<IsExact<repeat<readonly [4, 3], 2, number>, readonly [null, null]>>(true);
  assertType<IsExact<repeat<Shape, 2, 9>, Shape>>(true);
  assertType<IsExact<repeat<Shape, 2>, readonly [null]>>(true);
});
