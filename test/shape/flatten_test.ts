import { assertEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import type { Shape } from "../../src/shape/dim.ts";
import { type Mismatch, ShapeError } from "../../src/shape/error.ts";
import { flatten, flattenRest } from "../../src/shape/flatten.ts";

Deno.test("all axes are flattened into one", () => {
  assertEquals(flatten([2, 3, 4]), [24]);
  assertEquals(flatten([]), [1]);
  assertEquals(flatten(["batch", 4, 6]), ["batch*24"]);
  assertEquals(flatten(["batch", null]), [null]);
  assertType<IsExact<flatten<readonly [2, 3, 4]>, readonly [24]>>(true);
  assertType<IsExact<flatten<readonly []>, readonly [1]>>(true);
  assertType<IsExact<flatten<readonly ["batch", 4, 6]>, readonly ["batch*24"]>>(true);
  assertType<IsExact<flatten<readonly [number, 4]>, readonly [null]>>(true);
  assertType<IsExact<flatten<readonly [4, 2 | 3]>, readonly [null]>>(true);
  assertType<IsExact<flatten<Shape>, readonly [null]>>(true);
});

Deno.test("all axes but the first are flattened into one", () => {
  assertEquals(flattenRest([8, 28, 28, 1]), [8, 784]);
  assertEquals(flattenRest([8]), [8, 1]);
  assertEquals(flattenRest([null, 7, 7, 512]), [null, 25088]);
  assertEquals(flattenRest(["batch", "time", 64]), ["batch", "time*64"]);
  assertThrows(
    () => flattenRest([]),
    ShapeError,
    "Cannot flatten [] after its first axis: expected a rank of at least 1, received 0",
  );
  assertType<IsExact<flattenRest<readonly [8, 28, 28, 1]>, readonly [8, 784]>>(true);
  assertType<IsExact<flattenRest<readonly [8]>, readonly [8, 1]>>(true);
  assertType<IsExact<flattenRest<readonly [number, 7, 7, 512]>, readonly [null, 25088]>>(true);
  assertType<IsExact<flattenRest<readonly ["batch", "time", 64]>, readonly ["batch", "time*64"]>>(true);
  assertType<IsExact<flattenRest<readonly ["batch", number, 64]>, readonly ["batch", null]>>(true);
  assertType<IsExact<flattenRest<Shape>, readonly [null, null]>>(true);
  assertType<
    IsExact<
      flattenRest<readonly []>,
      Mismatch<"Cannot flatten [] after its first axis: expected a rank of at least 1, received 0">
    >
  >(true);
});
