import { assertEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import type { Shape } from "../../src/shape/dim.ts";
import { type Mismatch, ShapeError } from "../../src/shape/error.ts";
import { topK } from "../../src/shape/top_k.ts";

Deno.test("the greatest elements shorten the last axis", () => {
  assertEquals(topK([2, 5], 3), [2, 3]);
  assertEquals(topK(["batch", null], 3), ["batch", 3]);
  assertEquals(topK([0], 0), [0]);
  assertThrows(
    () => topK([2, 3], 4),
    ShapeError,
    "Cannot take the 4 greatest elements of the last axis of shape [2, 3]",
  );
  assertThrows(() => topK([], 1), ShapeError, "Axis -1 is out of range");
  assertThrows(() => topK([2], 0.5), RangeError, "expected a non-negative integer");
});

Deno.test("the types of the greatest elements are exact", () => {
  assertType<IsExact<topK<readonly ["b", 5], 3>, readonly ["b", 3]>>(true);
  assertType<IsExact<topK<readonly [5], 5>, readonly [5]>>(true);
  assertType<IsExact<topK<readonly [5, null], 3>, readonly [5, 3]>>(true);
  assertType<IsExact<topK<Shape, 3>, Shape>>(true);
  assertType<
    IsExact<
      topK<readonly [2, 3], 4>,
      Mismatch<"Cannot take the 4 greatest elements of the last axis of shape [2, 3]: expected at most 3">
    >
  >(true);
  assertType<
    IsExact<topK<readonly [], 1>, Mismatch<"Axis -1 is out of range for shape []: expected none, as it has no axes">>
  >(true);
});
