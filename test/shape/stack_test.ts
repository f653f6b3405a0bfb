import { assertEquals } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import type { Shape } from "../../src/shape/dim.ts";
import type { Mismatch } from "../../src/shape/error.ts";
import { stack } from "../../src/shape/stack.ts";
import { outcomeOf, seeded } from "./random_shapes.ts";

Deno.test("the new axis counts the inputs", () => {
  assertEquals(stack([[2, 3], [2, 3], [2, 3], [2, 3]], -1), [2, 3, 4]);
  assertEquals(stack([[2, 3], [2, 3], [2, 3], [2, 3]], 1), [2, 4, 3]);
  assertEquals(stack([[], []], 0), [2]);
  assertEquals(stack([[null, 3], [8, "features"]], 0), [2, 8, 3]);
});

Deno.test("inputs that differ are told by their index", () => {
  assertEquals(
    outcomeOf(() => stack([[2, 3], [2, 4]], 0)),
    "Cannot stack along axis 0: input 0 of shape [2, 3] and input 1 of shape [2, 4] differ in axis 1",
  );
  assertEquals(
    outcomeOf(() => stack([[2], [2], []], -1)),
    "Cannot stack along axis -1: input 0 of shape [2] and input 2 of shape [] differ in rank",
  );
  assertEquals(
    outcomeOf(() => stack([[2], [2]], 2)),
    "Axis 2 is out of range for a new axis in shape [2]: expected an axis from -2 to 1",
  );
  assertEquals(
    outcomeOf(() => stack([], 0)),
    "Cannot stack along axis 0: expected at least one input, received none",
  );
});

Deno.test("random shapes stack as in NumPy", () => {
  const random = seeded(25);
  for (let round = 0; round < 2000; round++) {
    const shape = random.shape(random.integer(0, 4), [0, 1, 2, 3]);
    const count = random.integer(1, 4);
    const axis = random.integer(-shape.length - 1, shape.length);
    const wanted = [...shape];
    wanted.splice(axis < 0 ? axis + shape.length + 1 : axis, 0, count);
    assertEquals(stack(Array.from({ length: count }, () => shape), axis), wanted);
  }
});

Deno.test("the types of stacked shapes are exact", () => {
  assertType<IsExact<stack<readonly [readonly [2, 3], readonly [2, 3]], -1>, readonly [2, 3, 2]>>(true);
  assertType<IsExact<stack<readonly [readonly [], readonly []], 0>, readonly [2]>>(true);
  assertType<
    IsExact<
      stack<readonly [readonly [2, 3], readonly [2, 4]], 0>,
      Mismatch<"Cannot stack along axis 0: input 0 of shape [2, 3] and input 1 of shape [2, 4] differ in axis 1">
    >
  >(true);
});

Deno.test("the types of stacked unknown and named dims never err, in either order", () => {
  assertType<IsExact<stack<readonly [readonly [number, 3], readonly [8, 3]], 0>, readonly [2, 8, 3]>>(true);
  assertType<IsExact<stack<readonly [readonly [8, 3], readonly [null, 3]], 0>, readonly [2, 8, 3]>>(true);
  assertType<IsExact<stack<readonly [readonly ["a", 3], readonly [8, 3]], 0>, readonly [2, 8, 3]>>(true);
  assertType<IsExact<stack<readonly [readonly [8, 3], readonly ["a", 3]], 0>, readonly [2, 8, 3]>>(true);
  assertType<IsExact<stack<readonly [readonly ["a", 3], readonly ["a", 3]], 0>, readonly [2, "a", 3]>>(true);
  assertType<IsExact<stack<readonly [readonly ["a", 3], readonly ["b", 3]], 0>, readonly [2, null, 3]>>(true);
  assertType<IsExact<stack<readonly [readonly [2 | 4, 3], readonly [8, 3]], 0>, readonly [2, 8, 3]>>(true);
  assertType<IsExact<stack<readonly [Shape, readonly [8, 3]], 0>, readonly [2, 8, 3]>>(true);
  assertType<IsExact<stack<readonly [readonly [8, 3], Shape], 0>, readonly [2, 8, 3]>>(true);
  assertType<IsExact<stack<readonly [Shape, Shape], 0>, Shape>>(true);
  assertType<IsExact<stack<readonly Shape[], 0>, Shape>>(true);
  assertType<IsExact<stack<readonly [readonly [8], readonly [8]], number>, readonly [null, null]>>(true);
});
