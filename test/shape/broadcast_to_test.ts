import { assertEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import { broadcastTo } from "../../src/shape/broadcast_to.ts";
import type { Shape } from "../../src/shape/dim.ts";
import { type Mismatch, ShapeError } from "../../src/shape/error.ts";
import { outcomeOf, seeded } from "./random_shapes.ts";

Deno.test("a shape stretches to the target", () => {
  assertEquals(broadcastTo([3], [2, 3]), [2, 3]);
  assertEquals(broadcastTo([2, 1], [2, 3]), [2, 3]);
  assertEquals(broadcastTo([1, 3], [0, 3]), [0, 3]);
  assertEquals(broadcastTo([], [2]), [2]);
});

Deno.test("open dims of the target are known where the shape knows them", () => {
  assertEquals(broadcastTo([3, 1], [null, null]), [3, null]);
  assertEquals(broadcastTo([8, 1], ["batch", "time"]), [8, "time"]);
  assertEquals(broadcastTo(["batch", null], [4, "time"]), [4, "time"]);
  assertEquals(broadcastTo([null], [1]), [1]);
});

Deno.test("a shape that does not stretch to the target is reported", () => {
  assertThrows(
    () => broadcastTo([2, 3], [2, 1]),
    ShapeError,
    "Cannot broadcast shape [2, 3] to [2, 1]: axis -1 is 3 and 1",
  );
  assertEquals(
    outcomeOf(() => broadcastTo([2, 3], [4, 2, 5])),
    "Cannot broadcast shape [2, 3] to [4, 2, 5]: axis -1 is 3 and 5",
  );
  assertEquals(
    outcomeOf(() => broadcastTo([2, 3], [3])),
    "Cannot broadcast shape [2, 3] to [3]: rank 2 is greater than 1",
  );
});

Deno.test("random shapes stretch as NumPy describes it", () => {
  const random = seeded(30);
  for (let round = 0; round < 3000; round++) {
    const shape = random.shape(random.integer(0, 3), [0, 1, 1, 2]);
    const target = random.shape(random.integer(0, 4), [0, 1, 2, 2]);
    const fits = shape.length <= target.length &&
      [...shape].reverse().every((dim, back) => dim === 1 || dim === target[target.length - 1 - back]);
    const outcome = outcomeOf(() => broadcastTo(shape, target));
    if (fits) assertEquals(outcome, target);
    else assertEquals(typeof outcome, "string");
  }
});

Deno.test("the types of shapes that stretch to a target are exact", () => {
  assertType<IsExact<broadcastTo<readonly [3], readonly [2, 3]>, readonly [2, 3]>>(true);
  assertType<IsExact<broadcastTo<readonly [3, 1], readonly [null, null]>, readonly [3, null]>>(true);
  assertType<IsExact<broadcastTo<readonly [8, 1], readonly ["batch", "time"]>, readonly [8, "time"]>>(true);
  assertType<IsExact<broadcastTo<readonly ["batch", null], readonly [4, "time"]>, readonly [4, "time"]>>(true);
  assertType<IsExact<broadcastTo<readonly [2 | 3, number], readonly [4, 5]>, readonly [4, 5]>>(true);
  assertType<IsExact<broadcastTo<readonly [4, 5], readonly [2 | 3, number]>, readonly [4, 5]>>(true);
  assertType<IsExact<broadcastTo<Shape, readonly [2, 3]>, readonly [2, 3]>>(true);
  assertType<IsExact<broadcastTo<readonly [2, 3], Shape>, Shape>>(true);
  assertType<
    IsExact<
      broadcastTo<readonly [2, 3], readonly [2, 1]>,
      Mismatch<"Cannot broadcast shape [2, 3] to [2, 1]: axis -1 is 3 and 1">
    >
  >(true);
  assertType<
    IsExact<
      broadcastTo<readonly [2, 3], readonly [3]>,
      Mismatch<"Cannot broadcast shape [2, 3] to [3]: rank 2 is greater than 1">
    >
  >(true);
});
