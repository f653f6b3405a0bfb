import { assertEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import type { Shape } from "../../src/shape/dim.ts";
import { dot } from "../../src/shape/dot.ts";
import { type Mismatch, ShapeError } from "../../src/shape/error.ts";
import { outcomeOf, seeded } from "./random_shapes.ts";

// Shapes from NumPy 2.4.6, where dims are known.
Deno.test("dot sums the last axis against the second to last and keeps all other axes", () => {
  assertEquals(dot([2, 3], [3, 4]), [2, 4]);
  assertEquals(dot([2, 3, 4], [5, 4, 6]), [2, 3, 5, 6]);
  assertEquals(dot([3], [3]), []);
  assertEquals(dot([2, 3], [3]), [2]);
  assertEquals(dot([3], [5, 3, 4]), [5, 4]);
});

Deno.test("dot with a scalar multiplies", () => {
  assertEquals(dot([], [2, 3]), [2, 3]);
  assertEquals(dot([2, 3], []), [2, 3]);
  assertEquals(dot([], []), []);
});

Deno.test("unknown and named inner dims pass through dot", () => {
  assertEquals(dot(["batch", null], [3, 4]), ["batch", 4]);
  assertEquals(dot(["batch", 3], ["in", null]), ["batch", null]);
});

Deno.test("inner dims that differ in dot are reported with both shapes", () => {
  assertThrows(() => dot([2, 3], [2, 3]), ShapeError, "Cannot dot shapes [2, 3] and [2, 3]: inner dims are 3 and 2");
  assertEquals(outcomeOf(() => dot([2, 3], [1])), "Cannot dot shapes [2, 3] and [1]: inner dims are 3 and 1");
});

Deno.test("random shapes have the dot product of NumPy's rule", () => {
  const random = seeded(5);
  for (let round = 0; round < 3000; round++) {
    const a = random.shape(random.integer(0, 3), [1, 2, 3]);
    const b = random.shape(random.integer(0, 3), [1, 2, 3]);
    const outcome = outcomeOf(() => dot(a, b));
    if (a.length === 0 || b.length === 0) assertEquals(outcome, [...a, ...b]);
    else {
      const [before, inner, last] = b.length === 1 ? [[], b[0], []] : [b.slice(0, -2), b.at(-2), b.slice(-1)];
      if (a[a.length - 1] !== inner) assertEquals(typeof outcome, "string");
      else assertEquals(outcome, a.slice(0, -1).concat(before, last));
    }
  }
});

Deno.test("the types of dot products are exact", () => {
  assertType<IsExact<dot<readonly [2, 3, 4], readonly [5, 4, 6]>, readonly [2, 3, 5, 6]>>(true);
  assertType<IsExact<dot<readonly [3], readonly [3]>, readonly []>>(true);
  assertType<IsExact<dot<readonly ["batch", 3], readonly [3]>, readonly ["batch"]>>(true);
  assertType<IsExact<dot<readonly [], readonly [2, 3]>, readonly [2, 3]>>(true);
  assertType<IsExact<dot<readonly [2, 3], readonly []>, readonly [2, 3]>>(true);
  assertType<
    IsExact<
      dot<readonly [2, 3], readonly [2, 3]>,
      Mismatch<"Cannot dot shapes [2, 3] and [2, 3]: inner dims are 3 and 2">
    >
  >(true);
});

Deno.test("the types of unknown and named dims in dot never err, in either order", () => {
  assertType<IsExact<dot<readonly [2, null], readonly [3, 4]>, readonly [2, 4]>>(true);
  assertType<IsExact<dot<readonly [2, 3], readonly [number, 4]>, readonly [2, 4]>>(true);
  assertType<IsExact<dot<readonly [2, "in"], readonly [3, 4]>, readonly [2, 4]>>(true);
  assertType<IsExact<dot<readonly [2, 3], readonly [4 | 5, 4]>, readonly [2, 4]>>(true);
  assertType<IsExact<dot<Shape, readonly [3, 4]>, Shape>>(true);
  assertType<IsExact<dot<readonly [3, 4], Shape>, Shape>>(true);
});
