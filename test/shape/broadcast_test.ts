import { assertEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import { broadcast, broadcastAll } from "../../src/shape/broadcast.ts";
import type { Shape } from "../../src/shape/dim.ts";
import { type Mismatch, ShapeError } from "../../src/shape/error.ts";
import { outcomeOf, seeded } from "./random_shapes.ts";

Deno.test("ranks are aligned at the last axis and a size of 1 stretches", () => {
  assertEquals(broadcast([2, 3], [3]), [2, 3]);
  assertEquals(broadcast([3, 1], [1, 4]), [3, 4]);
  assertEquals(broadcast([8, 1, 6, 1], [7, 1, 5]), [8, 7, 6, 5]);
  assertEquals(broadcast([], [2, 3]), [2, 3]);
  assertEquals(broadcast([], []), []);
  assertEquals(broadcast([0, 3], [1]), [0, 3]);
});

Deno.test("an unknown dim stays unknown with 1 and takes any other size", () => {
  assertEquals(broadcast([null], [1]), [null]);
  assertEquals(broadcast([1], [null]), [null]);
  assertEquals(broadcast([null, 3], [5, 3]), [5, 3]);
  assertEquals(broadcast([0], [null]), [0]);
});

Deno.test("a named dim stays with itself and with 1, and gives way to a size", () => {
  assertEquals(broadcast(["batch", 3], ["batch", 1]), ["batch", 3]);
  assertEquals(broadcast(["batch"], [1]), ["batch"]);
  assertEquals(broadcast(["batch"], [8]), [8]);
  assertEquals(broadcast(["batch"], [null]), [null]);
  assertEquals(broadcast(["batch"], ["time"]), [null]);
});

Deno.test("sizes that differ are reported with both shapes and the axis", () => {
  assertThrows(() => broadcast([2, 3], [4]), ShapeError, "Cannot broadcast shapes [2, 3] and [4]: axis -1 is 3 and 4");
  assertEquals(
    outcomeOf(() => broadcast(["batch", 2, null], [5, 3, 1])),
    "Cannot broadcast shapes [batch, 2, ?] and [5, 3, 1]: axis -2 is 2 and 3",
  );
  assertEquals(outcomeOf(() => broadcast([0], [2])), "Cannot broadcast shapes [0] and [2]: axis -1 is 0 and 2");
});

Deno.test("a list of shapes broadcasts together", () => {
  assertEquals(broadcastAll([]), []);
  assertEquals(broadcastAll([[2, 1]]), [2, 1]);
  assertEquals(broadcastAll([[2, 1], [3], [4, 1, 1]]), [4, 2, 3]);
  assertEquals(broadcastAll([["a"], ["b"], [4]]), [4]);
  assertEquals(
    outcomeOf(() => broadcastAll([[2, 3], [1], [4, 3]])),
    "Cannot broadcast shapes [2, 3], [1] and [4, 3]: axis -2 is 2 and 4",
  );
});

Deno.test("random shapes broadcast as NumPy describes it", () => {
  const random = seeded(1);
  for (let round = 0; round < 4000; round++) {
    const shapes = Array.from(
      { length: random.integer(1, 3) },
      () => random.shape(random.integer(0, 4), [0, 1, 1, 2, 3]),
    );
    // On each axis, the sizes other than 1 must be one size, counting absent axes as 1.
    const rank = Math.max(...shapes.map((shape) => shape.length));
    const sizes = Array.from({ length: rank }, (_, axis) => {
      const present = shapes.map((shape) => shape[shape.length - rank + axis]);
      return new Set(present.filter((size) => size !== undefined && size !== 1));
    });
    const outcome = outcomeOf(() => broadcastAll(shapes));
    if (sizes.some((different) => different.size > 1)) assertEquals(typeof outcome, "string");
    else assertEquals(outcome, sizes.map((different) => [...different][0] ?? 1));
  }
});

Deno.test("the order of operands makes no difference, whatever is unknown or named", () => {
  const random = seeded(2);
  for (let round = 0; round < 4000; round++) {
    const choices = [1, 2, 3, null, "batch", "time"];
    const shapes = Array.from({ length: 3 }, () => random.shape(random.integer(0, 3), choices));
    const outcome = outcomeOf(() => broadcastAll(shapes));
    const other = outcomeOf(() => broadcastAll(random.shuffle(shapes)));
    if (typeof outcome === "string") assertEquals(typeof other, "string");
    else assertEquals(other, outcome);
  }
});

Deno.test("the types of broadcast shapes are exact", () => {
  assertType<IsExact<broadcast<readonly [2, 3], readonly [3]>, readonly [2, 3]>>(true);
  assertType<IsExact<broadcast<readonly [1, 4], readonly [3, 1]>, readonly [3, 4]>>(true);
  assertType<IsExact<broadcast<readonly [], readonly [2]>, readonly [2]>>(true);
  assertType<IsExact<broadcast<readonly [], readonly []>, readonly []>>(true);
  assertType<
    IsExact<
      broadcast<readonly [2, 3], readonly [4]>,
      Mismatch<"Cannot broadcast shapes [2, 3] and [4]: axis -1 is 3 and 4">
    >
  >(true);
});

Deno.test("a sentence prints a dim that is one of several sizes as unknown", () => {
  assertType<
    IsExact<
      broadcast<readonly [2 | 3, 4], readonly [5]>,
      Mismatch<"Cannot broadcast shapes [?, 4] and [5]: axis -1 is 4 and 5">
    >
  >(true);
});

Deno.test("the types of unknown and named dims never err, in either order", () => {
  assertType<IsExact<broadcast<readonly [null, 1], readonly [5, null]>, readonly [5, null]>>(true);
  assertType<IsExact<broadcast<readonly [5, null], readonly [null, 1]>, readonly [5, null]>>(true);
  assertType<IsExact<broadcast<readonly [number, 3], readonly [4, 3]>, readonly [4, 3]>>(true);
  assertType<IsExact<broadcast<readonly [4, 3], readonly [number, 3]>, readonly [4, 3]>>(true);
  assertType<IsExact<broadcast<readonly [2 | 3], readonly [4]>, readonly [4]>>(true);
  assertType<IsExact<broadcast<readonly [4], readonly [2 | 3]>, readonly [4]>>(true);
  assertType<IsExact<broadcast<readonly [2 | 3], readonly [number]>, readonly [null]>>(true);
  assertType<IsExact<broadcast<readonly [number], readonly [2 | 3]>, readonly [null]>>(true);
  assertType<IsExact<broadcast<readonly [2 | null], readonly [3]>, readonly [3]>>(true);
  assertType<IsExact<broadcast<readonly ["batch", 3], readonly ["batch", 1]>, readonly ["batch", 3]>>(true);
  assertType<IsExact<broadcast<readonly ["batch"], readonly [8]>, readonly [8]>>(true);
  assertType<IsExact<broadcast<readonly [8], readonly ["batch"]>, readonly [8]>>(true);
  assertType<IsExact<broadcast<readonly ["batch"], readonly ["time"]>, readonly [null]>>(true);
  assertType<IsExact<broadcast<readonly ["batch"], readonly [null]>, readonly [null]>>(true);
  assertType<IsExact<broadcast<readonly [null], readonly ["batch"]>, readonly [null]>>(true);
  assertType<IsExact<broadcast<readonly ["batch"], readonly [string]>, readonly [null]>>(true);
});

Deno.test("the type of an unknown rank is any shape, in either order", () => {
  assertType<IsExact<broadcast<Shape, readonly [3]>, Shape>>(true);
  assertType<IsExact<broadcast<readonly [3], Shape>, Shape>>(true);
  assertType<IsExact<broadcastAll<readonly [readonly [2], readonly [3], Shape]>, Shape>>(true);
  assertType<IsExact<broadcastAll<readonly [Shape, readonly [2], readonly [3]]>, Shape>>(true);
  assertType<IsExact<broadcastAll<readonly (readonly [2])[]>, Shape>>(true);
});

Deno.test("the type of a list of shapes is exact", () => {
  assertType<IsExact<broadcastAll<readonly []>, readonly []>>(true);
  assertType<IsExact<broadcastAll<readonly [readonly [2, 1], readonly [3], readonly [4, 1, 1]]>, readonly [4, 2, 3]>>(
    true,
  );
  assertType<IsExact<broadcastAll<readonly [readonly ["a"], readonly ["b"], readonly [4]]>, readonly [4]>>(true);
  assertType<
    IsExact<
      broadcastAll<readonly [readonly [2, 3], readonly [1], readonly [4, 3]]>,
      Mismatch<"Cannot broadcast shapes [2, 3], [1] and [4, 3]: axis -2 is 2 and 4">
    >
  >(true);
});

Deno.test("each of several possible shapes has its own result", () => {
  type Sum = broadcast<readonly [2] | readonly [2, 3], readonly [3]>;
  assertType<
    Sum extends readonly [2, 3] | Mismatch<"Cannot broadcast shapes [2] and [3]: axis -1 is 2 and 3"> ? true : false
  >(
    true,
  );
  assertType<IsExact<broadcast<readonly [1] | readonly [2, 1], readonly [3]>, readonly [3] | readonly [2, 3]>>(true);
});

Deno.test("the type for a shape that is a type parameter comes to an end", () => {
  // Compiles only if the checker neither gives up nor finds that the sum may be no shape.
  const isShape = <S extends Shape, T extends readonly [number, number]>(
    sum: Extract<broadcast<S, readonly [3]> | broadcast<readonly [4, 1], T> | broadcast<S, T>, Shape>,
  ): Shape => sum;
  assertEquals(isShape<readonly [2, 1], readonly [2, 3]>([2, 3]), [2, 3]);
});
