import { assertEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import { difference } from "../../src/shape/difference.ts";
import type { Mismatch } from "../../src/shape/error.ts";
import { ShapeError } from "../../src/shape/error.ts";

Deno.test("an axis loses one value each time, until none is left", () => {
  assertEquals(difference([2, 5], 1, -1), [2, 4]);
  assertEquals(difference([2, 5], 3, 0), [0, 5]);
  assertEquals(difference(["batch", null], 0, 0), ["batch", null]);
  assertEquals(difference(["batch", 5], 1, 0), [null, 5]);
  assertType<IsExact<difference<readonly [2, 5], 1, -1>, readonly [2, 4]>>(true);
  assertType<IsExact<difference<readonly [2, 5], 3, 0>, readonly [0, 5]>>(true);
  assertType<IsExact<difference<readonly ["batch", null], 0, 0>, readonly ["batch", null]>>(true);
  assertType<IsExact<difference<readonly ["batch", 5], 1, 0>, readonly [null, 5]>>(true);
});

Deno.test("differences along an axis that is not there are refused", () => {
  assertThrows(() => difference([], 1, -1), ShapeError, "Axis -1 is out of range");
  type Expected = Mismatch<"Axis 1 is out of range for shape [5]: expected an axis from -1 to 0">;
  assertType<IsExact<difference<readonly [5], 1, 1>, Expected>>(true);
});
