import { assertEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import type { Shape } from "../../src/shape/dim.ts";
import { type Mismatch, ShapeError } from "../../src/shape/error.ts";
import { tensordot } from "../../src/shape/tensordot.ts";
import { outcomeOf, seeded } from "./random_shapes.ts";

// Shapes from NumPy 2.4.6, where dims are known.
Deno.test("a number of axes sums the last of one against the first of the other", () => {
  assertEquals(tensordot([2, 3, 4], [3, 4, 5]), [2, 5]);
  assertEquals(tensordot([2, 3], [3, 4], 1), [2, 4]);
  assertEquals(tensordot([2, 3], [4], 0), [2, 3, 4]);
  assertEquals(tensordot([2, 3], [2, 3], 2), []);
});

Deno.test("pairs of axes are summed wherever they are", () => {
  assertEquals(tensordot([2, 3, 4], [4, 3, 5], [[1, 2], [1, 0]]), [2, 5]);
  assertEquals(tensordot([2, 3], [3, 4], [1, 0]), [2, 4]);
  assertEquals(tensordot([2, 3, 4], [5, 2], [[0], [-1]]), [3, 4, 5]);
  assertEquals(tensordot([2, 3], [4, 5], [[], []]), [2, 3, 4, 5]);
});

Deno.test("unknown and named dims pass through tensordot", () => {
  assertEquals(tensordot(["batch", null], [3, 4], 1), ["batch", 4]);
  assertEquals(tensordot(["batch", 3], ["in", null], 1), ["batch", null]);
});

Deno.test("axes that do not fit are reported with the shapes and the axes", () => {
  assertThrows(
    () => tensordot([2, 3], [4, 5], [1, 0]),
    ShapeError,
    "Cannot tensordot shapes [2, 3] and [4, 5] over axes [1] and [0]: axis 1 is 3 and axis 0 is 4",
  );
  // Sizes of 1 do not stretch here, in NumPy neither.
  assertEquals(
    outcomeOf(() => tensordot([2, 3], [1, 4], 1)),
    "Cannot tensordot shapes [2, 3] and [1, 4] over axes [-1] and [0]: axis -1 is 3 and axis 0 is 1",
  );
  assertEquals(
    outcomeOf(() => tensordot([2, 3], [3, 4], [[1], [0, 1]])),
    "Cannot tensordot shapes [2, 3] and [3, 4] over axes [1] and [0, 1]: expected as many axes of the first as of the second",
  );
  assertEquals(
    outcomeOf(() => tensordot([2, 3], [3, 4], -1)),
    "Cannot tensordot over -1 axes: expected a whole number of at least 0",
  );
  assertThrows(() => tensordot([2, 3], [3, 4], 3), ShapeError, "Axis -3");
  assertThrows(() => tensordot([2, 3], [3, 4], [5, 0]), ShapeError, "Axis 5");
  assertThrows(() => tensordot([2, 2], [2, 2], [[0, 0], [0, 1]]), ShapeError, "axis 0 twice");
});

Deno.test("random axes give what is left of both shapes, if the sizes are equal pair by pair", () => {
  const random = seeded(6);
  for (let round = 0; round < 3000; round++) {
    const a = random.shape(random.integer(1, 4), [2, 2, 3]);
    const b = random.shape(random.integer(1, 4), [2, 2, 3]);
    const count = random.integer(0, Math.min(a.length, b.length));
    const first = random.shuffle([...a.keys()]).slice(0, count);
    const second = random.shuffle([...b.keys()]).slice(0, count);
    const outcome = outcomeOf(() =>
      tensordot(a, b, [
        first.map((axis) => random.pick([axis, axis - a.length])),
        second.map((axis) => random.pick([axis, axis - b.length])),
      ])
    );
    if (first.some((axis, pair) => a[axis] !== b[second[pair]!])) assertEquals(typeof outcome, "string");
    else {
      const left = a.filter((_, axis) => first.indexOf(axis) < 0);
      assertEquals(outcome, left.concat(b.filter((_, axis) => second.indexOf(axis) < 0)));
    }
  }
});

Deno.test("the types of tensordot are exact", () => {
  assertType<IsExact<tensordot<readonly [2, 3, 4], readonly [3, 4, 5]>, readonly [2, 5]>>(true);
  assertType<IsExact<tensordot<readonly ["batch", 3], readonly [3, 4], 1>, readonly ["batch", 4]>>(true);
  assertType<IsExact<tensordot<readonly [2, 3], readonly [4], 0>, readonly [2, 3, 4]>>(true);
  assertType<
    IsExact<
      tensordot<readonly [2, 3, 4], readonly [4, 3, 5], readonly [readonly [1, 2], readonly [1, 0]]>,
      readonly [2, 5]
    >
  >(true);
  assertType<
    IsExact<
      tensordot<readonly [2, 3], readonly [4, 5], readonly [1, 0]>,
      Mismatch<"Cannot tensordot shapes [2, 3] and [4, 5] over axes [1] and [0]: axis 1 is 3 and axis 0 is 4">
    >
  >(true);
  assertType<
    IsExact<
      tensordot<readonly [2, 3], readonly [4, 5], -1>,
      Mismatch<"Cannot tensordot over -1 axes: expected a whole number of at least 0">
    >
  >(true);
});

Deno.test("the types of tensordot with unknown dims, ranks and axes never err, in either order", () => {
  assertType<IsExact<tensordot<readonly [2, null], readonly [3, 4], 1>, readonly [2, 4]>>(true);
  assertType<IsExact<tensordot<readonly [2, 3], readonly [null, 4], 1>, readonly [2, 4]>>(true);
  assertType<IsExact<tensordot<readonly [2, "in"], readonly [3, 4], 1>, readonly [2, 4]>>(true);
  assertType<IsExact<tensordot<readonly [2, 3], readonly ["in", 4], 1>, readonly [2, 4]>>(true);
  assertType<IsExact<tensordot<Shape, readonly [3, 4], 1>, Shape>>(true);
  assertType<IsExact<tensordot<readonly [3, 4], Shape, 1>, Shape>>(true);
  assertType<IsExact<tensordot<readonly [3, 4], readonly [3, 4], number>, Shape>>(true);
  assertType<IsExact<tensordot<readonly [3, 4], readonly [3, 4], readonly [0, number]>, Shape>>(true);
  assertType<IsExact<tensordot<readonly [3, 4], readonly [3, 4], readonly [number[], readonly [0]]>, Shape>>(true);
});
