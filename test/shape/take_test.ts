import { assertEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import type { Shape } from "../../src/shape/dim.ts";
import { type Mismatch, ShapeError } from "../../src/shape/error.ts";
import { take, takeAlongAxis } from "../../src/shape/take.ts";
import { outcomeOf, seeded } from "./random_shapes.ts";

// Shapes from NumPy 2.4.6, where dims are known.
Deno.test("an axis gives way to the dims of the indices", () => {
  assertEquals(take([3, 4], [2, 5], -1), [3, 2, 5]);
  assertEquals(take([3, 4], [2, 5], 0), [2, 5, 4]);
  assertEquals(take([3, 4], [], 1), [3]);
  assertEquals(take([3, 4], [2, 2]), [2, 2]);
  assertEquals(take(["batch", 4], ["time"], 1), ["batch", "time"]);
  assertThrows(() => take([3, 4], [2], 2), ShapeError, "Axis 2");
});

Deno.test("indices along an axis pick each from its own place", () => {
  assertEquals(takeAlongAxis([3, 4], [3, 2], 1), [3, 2]);
  assertEquals(takeAlongAxis([3, 4], [1, 2], 1), [3, 2]);
  assertEquals(takeAlongAxis([1, 4], [3, 2], 1), [3, 2]);
  assertEquals(takeAlongAxis([3, 4], [2, 4], -2), [2, 4]);
  assertEquals(takeAlongAxis([3, 4], [2]), [2]);
  assertEquals(takeAlongAxis(["batch", 4], ["batch", "count"], 1), ["batch", "count"]);
});

Deno.test("indices that do not fit along an axis are reported", () => {
  assertEquals(
    outcomeOf(() => takeAlongAxis([3, 4], [2, 2], 1)),
    "Cannot take along axis 1 of shape [3, 4] with indices of shape [2, 2]: axis -2 is 3 and 2",
  );
  assertEquals(
    outcomeOf(() => takeAlongAxis([3, 4], [2], 1)),
    "Cannot take along axis 1 of shape [3, 4] with indices of shape [2]: expected rank 2",
  );
  assertEquals(
    outcomeOf(() => takeAlongAxis([3, 4], [2, 2])),
    "Cannot take without an axis with indices of shape [2, 2]: expected rank 1",
  );
  assertThrows(() => takeAlongAxis([3, 4], [2, 4], -3), ShapeError, "Axis -3");
});

Deno.test("random indices have the shapes of NumPy's rules", () => {
  const random = seeded(31);
  for (let round = 0; round < 3000; round++) {
    const shape = random.shape(random.integer(1, 4), [1, 2, 3]) as number[];
    const rank = shape.length;
    const place = random.integer(0, rank - 1);
    const axis = random.pick([place, place - rank]);
    const indices = random.shape(random.integer(0, 3), [1, 2, 5]);
    assertEquals(
      take(shape, indices, axis),
      shape.flatMap((dim, other) => other === place ? indices : [dim]),
    );
    const along = shape.map((dim) => random.pick([dim, 1, 2]));
    const fits = shape.every((dim, other) =>
      other === place || dim === along[other] || dim === 1 || along[other] === 1
    );
    const outcome = outcomeOf(() => takeAlongAxis(shape, along, axis));
    if (!fits) assertEquals(typeof outcome, "string");
    else assertEquals(outcome, along.map((dim, other) => other === place ? dim : Math.max(dim, shape[other]!)));
  }
});

Deno.test("the types of what indices pick are exact", () => {
  assertType<IsExact<take<readonly [3, 4], readonly [2, 5], -1>, readonly [3, 2, 5]>>(true);
  assertType<IsExact<take<readonly ["batch", 4], readonly ["time"], 1>, readonly ["batch", "time"]>>(true);
  assertType<IsExact<take<readonly [3, 4], readonly [2]>, readonly [2]>>(true);
  assertType<IsExact<takeAlongAxis<readonly [1, 4], readonly [3, 2], 1>, readonly [3, 2]>>(true);
  assertType<IsExact<takeAlongAxis<readonly [3, 4], readonly [2]>, readonly [2]>>(true);
  assertType<
    IsExact<
      takeAlongAxis<readonly [3, 4], readonly [2, 2], 1>,
      Mismatch<"Cannot take along axis 1 of shape [3, 4] with indices of shape [2, 2]: axis -2 is 3 and 2">
    >
  >(true);
});

Deno.test("the types of indices with anything unknown never err, in either order", () => {
  assertType<IsExact<takeAlongAxis<readonly [null, 4], readonly [3, 2], 1>, readonly [3, 2]>>(true);
  assertType<IsExact<takeAlongAxis<readonly [3, 4], readonly [null, 2], 1>, readonly [3, 2]>>(true);
  assertType<IsExact<takeAlongAxis<readonly ["batch", 4], readonly [3, 2], 1>, readonly [3, 2]>>(true);
  assertType<IsExact<takeAlongAxis<readonly [3, 4], readonly ["batch", 2], 1>, readonly [3, 2]>>(true);
  assertType<IsExact<take<Shape, readonly [2], 5>, Shape>>(true);
  assertType<IsExact<take<readonly [3, 4], Shape, 0>, Shape>>(true);
  assertType<IsExact<take<readonly [3, 4], readonly [2], number>, Shape>>(true);
  assertType<IsExact<take<readonly [3, 4], readonly [2], 0 | 9>, Shape>>(true);
  assertType<IsExact<takeAlongAxis<Shape, readonly [2], 0>, Shape>>(true);
  assertType<IsExact<takeAlongAxis<readonly [3, 4], Shape, 0>, Shape>>(true);
  assertType<IsExact<takeAlongAxis<readonly [3, 4], readonly [3, 4], number>, Shape>>(true);
});
