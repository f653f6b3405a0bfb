import { assertEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import type { Shape } from "../../src/shape/dim.ts";
import { type Mismatch, ShapeError } from "../../src/shape/error.ts";
import { split, unstack } from "../../src/shape/split.ts";

// Shapes from NumPy 2.4.6, where dims are known.
Deno.test("shapes are split into equal parts and at indices", () => {
  assertEquals(split([6, 2], 3, 0), [[2, 2], [2, 2], [2, 2]]);
  assertEquals(split([2, 5], [1, 4], -1), [[2, 1], [2, 3], [2, 1]]);
  assertEquals(split([3], [0, 3], 0), [[0], [3], [0]]);
  assertEquals(split([0, 2], 2, 0), [[0, 2], [0, 2]]);
  assertEquals(split([4], [], 0), [[4]]);
  assertEquals(split(["batch", 2], 1, 0), [["batch", 2]]);
  assertEquals(split(["batch", 2], 2, 0), [[null, 2], [null, 2]]);
  assertEquals(split([null, 2], [3], 0), [[3, 2], [null, 2]]);
  assertEquals(split(["batch"], [0], 0), [[0], ["batch"]]);
});

Deno.test("parts that do not fit are refused", () => {
  assertThrows(() => split([5], 2, 0), ShapeError, "Cannot split axis 0 of shape [5]: size 5 is no multiple of 2");
  assertThrows(() => split([5], [2, 1], 0), ShapeError, "expected ascending indices from 0 to 5, received [2, 1]");
  assertThrows(() => split([5], 2, 1), ShapeError, "Axis 1 is out of range");
  assertThrows(() => split([null], 0, 0), RangeError, "expected 1 or more parts, received 0");
  assertThrows(() => split([4], 1.5, 0), RangeError, "received 1.5");
});

Deno.test("shapes are taken apart", () => {
  assertEquals(unstack([2, 3], 0), [[3], [3]]);
  assertEquals(unstack([2, 3], -1), [[2], [2], [2]]);
  assertEquals(unstack(["batch", 3], 0, 2), [[3], [3]]);
  assertEquals(unstack([0], 0), []);
  assertThrows(() => unstack(["batch"], 0), ShapeError, "expected a known size, or the option num");
  assertThrows(() => unstack([2], 0, 3), ShapeError, "Cannot unstack axis 0 of shape [2]: expected size 3");
});

Deno.test("the types of parts are exact", () => {
  assertType<IsExact<split<readonly [6, 2], 3, 0>, readonly [readonly [2, 2], readonly [2, 2], readonly [2, 2]]>>(true);
  assertType<IsExact<split<readonly [5], readonly [1, 4], 0>, readonly [readonly [1], readonly [3], readonly [1]]>>(
    true,
  );
  assertType<IsExact<split<readonly [4], readonly [], 0>, readonly [readonly [4]]>>(true);
  assertType<IsExact<split<readonly ["b", 2], 2, 0>, readonly [readonly [null, 2], readonly [null, 2]]>>(true);
  assertType<IsExact<split<readonly ["b"], readonly [0], 0>, readonly [readonly [0], readonly ["b"]]>>(true);
  assertType<IsExact<split<readonly [6, 2], number, 0>["length"], number>>(true);
  assertType<IsExact<split<Shape, 2, 0>, readonly [Shape, Shape]>>(true);
  assertType<IsExact<split<Shape, readonly [3], 0>, readonly [Shape, Shape]>>(true);
  assertType<IsExact<split<readonly [500], 250, 0>, readonly (readonly [2])[]>>(true);
  assertType<
    IsExact<split<readonly [5], 2, 0>, Mismatch<"Cannot split axis 0 of shape [5]: size 5 is no multiple of 2">>
  >(true);
  assertType<IsExact<unstack<readonly [2, 3], 0>, readonly [readonly [3], readonly [3]]>>(true);
  assertType<IsExact<unstack<readonly ["b", 3], 0>, readonly (readonly [3])[]>>(true);
  assertType<IsExact<unstack<readonly ["b", 3], 0, 2>, readonly [readonly [3], readonly [3]]>>(true);
  assertType<IsExact<unstack<readonly [0], 0>, readonly []>>(true);
  assertType<
    IsExact<unstack<readonly [2], 0, 3>, Mismatch<"Cannot unstack axis 0 of shape [2]: expected size 3">>
  >(true);
});
