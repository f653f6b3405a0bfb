import { assertEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import type { Shape } from "../../src/shape/dim.ts";
import { type Mismatch, ShapeError } from "../../src/shape/error.ts";
import { transpose } from "../../src/shape/transpose.ts";
import { seeded } from "./random_shapes.ts";

Deno.test("axes are put in the given order, or reversed", () => {
  assertEquals(transpose([2, 3, 4], [1, 2, 0]), [3, 4, 2]);
  assertEquals(transpose([2, 3, 4], [-1, 0, 1]), [4, 2, 3]);
  assertEquals(transpose([2, 3, 4]), [4, 3, 2]);
  assertEquals(transpose(["batch", null], [1, 0]), [null, "batch"]);
  assertEquals(transpose([]), []);
  assertEquals(transpose([], []), []);
});

Deno.test("axes that are no permutation are refused", () => {
  assertThrows(
    () => transpose([2, 3], [0]),
    ShapeError,
    "Cannot transpose shape [2, 3] by axes [0]: expected 2 axes, received 1",
  );
  assertThrows(() => transpose([2, 3], [0, 0]), ShapeError, "axis 0 twice");
  assertThrows(() => transpose([2, 3], [1, -1]), ShapeError, "axis 1 twice");
  assertThrows(() => transpose([2, 3], [0, 2]), ShapeError, "Axis 2");
});

Deno.test("random permutations put each axis where they say", () => {
  const random = seeded(8);
  for (let round = 0; round < 3000; round++) {
    const shape = random.shape(random.integer(0, 6), [1, 2, 3, 4, "batch", null]);
    const order = random.shuffle([...shape.keys()]);
    const result = transpose(shape, order.map((axis) => random.pick([axis, axis - shape.length])));
    assertEquals(result.length, shape.length);
    for (const [axis, dim] of shape.entries()) assertEquals(result[order.indexOf(axis)], dim);
  }
});

Deno.test("the types of transposed shapes are exact", () => {
  assertType<IsExact<transpose<readonly [2, 3, 4], readonly [1, 2, 0]>, readonly [3, 4, 2]>>(true);
  assertType<IsExact<transpose<readonly [2, 3, 4], readonly [-1, 0, 1]>, readonly [4, 2, 3]>>(true);
  assertType<IsExact<transpose<readonly ["batch", null, 4]>, readonly [4, null, "batch"]>>(true);
  assertType<IsExact<transpose<readonly []>, readonly []>>(true);
  assertType<
    IsExact<
      transpose<readonly [2, 3], readonly [0]>,
      Mismatch<"Cannot transpose shape [2, 3] by axes [0]: expected 2 axes, received 1">
    >
  >(true);
});

Deno.test("the types of transposition by unknown axes are unknown dims", () => {
  assertType<IsExact<transpose<Shape, readonly [0, 0]>, Shape>>(true);
  assertType<IsExact<transpose<Shape>, Shape>>(true);
  assertType<IsExact<transpose<readonly [2, 3], readonly number[]>, readonly [null, null]>>(true);
  assertType<IsExact<transpose<readonly [2, 3], readonly [0, number]>, readonly [null, null]>>(true);
  assertType<IsExact<transpose<readonly [2, 3], readonly [1, 0] | undefined>, readonly [null, null]>>(true);
});
