import { assertEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import type { Shape } from "../../src/shape/dim.ts";
import { type Mismatch, ShapeError } from "../../src/shape/error.ts";
import { squeeze } from "../../src/shape/squeeze.ts";
import { outcomeOf, seeded } from "./random_shapes.ts";

Deno.test("axes of size 1 are dropped", () => {
  assertEquals(squeeze([3, 1, 2, 1]), [3, 2]);
  assertEquals(squeeze([1, 1]), []);
  assertEquals(squeeze([3, 1, 2, 1], 1), [3, 2, 1]);
  assertEquals(squeeze([3, 1, 2, 1], [-1, 1]), [3, 2]);
  assertEquals(squeeze([3, 1], []), [3, 1]);
});

Deno.test("an unknown or named dim may be squeezed by its axis only", () => {
  assertEquals(squeeze([3, null], -1), [3]);
  assertEquals(squeeze(["batch", 3], 0), [3]);
  assertEquals(squeeze(["batch", 1], 1), ["batch"]);
  assertThrows(
    () => squeeze(["batch", 1]),
    ShapeError,
    "Cannot squeeze shape [batch, 1] without an axis: expected known sizes",
  );
});

Deno.test("an axis of another size is refused", () => {
  assertThrows(
    () => squeeze([3, 1], 0),
    ShapeError,
    "Cannot squeeze axis 0 of shape [3, 1]: expected size 1, received 3",
  );
  assertEquals(
    outcomeOf(() => squeeze([1, 0], [0, -1])),
    "Cannot squeeze axis 1 of shape [1, 0]: expected size 1, received 0",
  );
  assertThrows(() => squeeze([3, 1], 2), ShapeError, "Axis 2");
  assertThrows(() => squeeze([3, 1], [1, -1]), ShapeError, "axis 1 twice");
});

Deno.test("random shapes lose the axes that NumPy drops", () => {
  const random = seeded(10);
  for (let round = 0; round < 3000; round++) {
    const shape = random.shape(random.integer(0, 5), [0, 1, 1, 1, 2]);
    const ones = [...shape.keys()].filter((axis) => shape[axis] === 1);
    assertEquals(squeeze(shape), shape.flatMap((dim) => dim === 1 ? [] : [dim]));
    const dropped = ones.filter(() => random.pick([true, false]));
    const axes = dropped.map((axis) => random.pick([axis, axis - shape.length]));
    assertEquals(squeeze(shape, axes), shape.flatMap((dim, axis) => dropped.includes(axis) ? [] : [dim]));
  }
});

Deno.test("the types of squeezed shapes are exact", () => {
  assertType<IsExact<squeeze<readonly [3, 1, 2, 1]>, readonly [3, 2]>>(true);
  assertType<IsExact<squeeze<readonly ["batch", 1, null], 1>, readonly ["batch", null]>>(true);
  assertType<IsExact<squeeze<readonly [3, 1, 2, 1], readonly [-1, 1]>, readonly [3, 2]>>(true);
  assertType<
    IsExact<
      squeeze<readonly [3, 1], -2>,
      Mismatch<"Cannot squeeze axis 0 of shape [3, 1]: expected size 1, received 3">
    >
  >(true);
});

Deno.test("the types of squeezed unknown and named dims never err", () => {
  assertType<IsExact<squeeze<readonly [3, null], 1>, readonly [3]>>(true);
  assertType<IsExact<squeeze<readonly [number, 3], 0>, readonly [3]>>(true);
  assertType<IsExact<squeeze<readonly [2 | 3, 3], 0>, readonly [3]>>(true);
  assertType<IsExact<squeeze<readonly ["batch", 3], 0>, readonly [3]>>(true);
  assertType<IsExact<squeeze<readonly ["batch", 1]>, Shape>>(true);
  assertType<IsExact<squeeze<readonly [null, 1]>, Shape>>(true);
  assertType<IsExact<squeeze<readonly [number, 1]>, Shape>>(true);
  assertType<IsExact<squeeze<Shape, 5>, Shape>>(true);
  assertType<IsExact<squeeze<Shape>, Shape>>(true);
  assertType<IsExact<squeeze<readonly [3, 1], number>, Shape>>(true);
  assertType<IsExact<squeeze<readonly [3, 1], readonly number[]>, Shape>>(true);
});
