import { assertEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import { type dense, dense as denseShape, type denseBias } from "../../src/shape/dense.ts";
import type { Shape } from "../../src/shape/dim.ts";
import { type Mismatch, ShapeError } from "../../src/shape/error.ts";

Deno.test("a kernel makes its units of the last axis", () => {
  assertEquals(denseShape([10, 5], [5, 3]), [10, 3]);
  assertEquals(denseShape(["batch", 7, 5], [5, 3], [3]), ["batch", 7, 3]);
  assertEquals(denseShape([5], [null, "units"], [null]), ["units"]);
});

Deno.test("kernels and biases that do not fit are refused", () => {
  assertThrows(() => denseShape([10, 4], [5, 3]), ShapeError, "inner dims are 4 and 5");
  assertThrows(() => denseShape([], [5, 3]), ShapeError, "both need at least one axis");
  assertThrows(() => denseShape([10, 4], [4]), ShapeError, "Cannot multiply by a kernel of shape [4]: expected 2 axes");
  assertThrows(() => denseShape([10, 4], [4, 3], [4]), ShapeError, "Cannot add a bias of shape [4]");
});

Deno.test("the types of dense are exact, and never err where anything is unknown", () => {
  assertType<IsExact<dense<readonly ["batch", 7, 5], readonly [5, 3]>, readonly ["batch", 7, 3]>>(true);
  assertType<IsExact<dense<readonly [10, null], readonly [5, 3]>, readonly [10, 3]>>(true);
  assertType<IsExact<dense<Shape, readonly [5, 3]>, Shape>>(true);
  assertType<IsExact<dense<readonly [5], Shape>, Shape>>(true);
  assertType<IsExact<denseBias<readonly ["units"], readonly [5, 3]>, readonly ["units"]>>(true);
  assertType<denseBias<readonly [4], readonly [5, 3]> extends Mismatch<string> ? true : false>(true);
  assertType<dense<readonly [10, 4], readonly [5, 3]> extends Mismatch<string> ? true : false>(true);
});
