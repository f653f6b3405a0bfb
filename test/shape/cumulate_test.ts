import { assertEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import { type cumulate, cumulate as cumulateShape } from "../../src/shape/cumulate.ts";
import type { Shape } from "../../src/shape/dim.ts";
import { ShapeError } from "../../src/shape/error.ts";

Deno.test("a cumulative op keeps the shape along an axis, and flattens without one", () => {
  assertEquals(cumulateShape([2, 3], -2), [2, 3]);
  assertEquals(cumulateShape([2, 3]), [6]);
  assertEquals(cumulateShape(["batch", 3]), ["batch*3"]);
  assertEquals(cumulateShape([]), [1]);
  assertThrows(
    () => cumulateShape([2], 1),
    ShapeError,
    "Axis 1 is out of range for shape [2]: expected an axis from -1 to 0",
  );
});

Deno.test("the types of cumulative ops are exact, and never err where anything is unknown", () => {
  assertType<IsExact<cumulate<readonly [2, 3], -1>, readonly [2, 3]>>(true);
  assertType<IsExact<cumulate<readonly ["batch", 3]>, readonly ["batch*3"]>>(true);
  assertType<IsExact<cumulate<readonly [2, 3], number>, readonly [2, 3]>>(true);
  assertType<IsExact<cumulate<readonly [2, 3], number | undefined>, Shape>>(true);
  assertType<IsExact<cumulate<Shape, 5>, Shape>>(true);
});
