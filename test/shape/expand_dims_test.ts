import { assertEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import type { Shape } from "../../src/shape/dim.ts";
import { type Mismatch, ShapeError } from "../../src/shape/error.ts";
import { expandDims } from "../../src/shape/expand_dims.ts";
import { seeded } from "./random_shapes.ts";

// Shapes from NumPy 2.4.6, where dims are known.
Deno.test("new axes are where the result has them", () => {
  assertEquals(expandDims([3, 2], 0), [1, 3, 2]);
  assertEquals(expandDims([3, 2], -1), [3, 2, 1]);
  assertEquals(expandDims([3, 2], -3), [1, 3, 2]);
  assertEquals(expandDims([3, 2], 2), [3, 2, 1]);
  assertEquals(expandDims([3, 2], [0, -1]), [1, 3, 2, 1]);
  assertEquals(expandDims([3, 2], [-1, -2]), [3, 2, 1, 1]);
  assertEquals(expandDims([3, 2], []), [3, 2]);
  assertEquals(expandDims([], 0), [1]);
  assertEquals(expandDims(["batch", null], 1), ["batch", 1, null]);
});

Deno.test("a new axis that is out of range or named twice is refused", () => {
  assertThrows(() => expandDims([3, 2], 3), ShapeError, "Axis 3");
  assertThrows(() => expandDims([3, 2], -4), ShapeError, "Axis -4");
  assertThrows(() => expandDims([3, 2], [0, 4]), ShapeError, "Axis 4");
  assertThrows(() => expandDims([3, 2], [0, -4]), ShapeError, "axis 0 twice");
});

Deno.test("random new axes are 1 and leave the other dims in order", () => {
  const random = seeded(9);
  for (let round = 0; round < 3000; round++) {
    const shape = random.shape(random.integer(0, 4), [2, 3, "batch", null]);
    const rank = shape.length + random.integer(1, 3);
    const places = random.shuffle([...Array(rank).keys()]).slice(0, rank - shape.length);
    const axes = places.map((place) => random.pick([place, place - rank]));
    const result = expandDims(shape, axes);
    assertEquals(result.filter((dim) => dim !== 1), shape);
    for (const place of places) assertEquals(result[place], 1);
    assertEquals(result.length, rank);
    if (axes.length === 1) assertEquals(expandDims(shape, axes[0]!), result);
  }
});

Deno.test("the types of shapes with new axes are exact", () => {
  assertType<IsExact<expandDims<readonly [3, 2], 0>, readonly [1, 3, 2]>>(true);
  assertType<IsExact<expandDims<readonly ["batch", null], -1>, readonly ["batch", null, 1]>>(true);
  assertType<IsExact<expandDims<readonly [3, 2], readonly [0, -1]>, readonly [1, 3, 2, 1]>>(true);
  assertType<IsExact<expandDims<readonly [3, 2], readonly []>, readonly [3, 2]>>(true);
  assertType<IsExact<expandDims<readonly [], 0>, readonly [1]>>(true);
  assertType<expandDims<readonly [3, 2], 3> extends Mismatch<`${string}xis 3 is out of range${string}`> ? true : false>(
    true,
  );
});

Deno.test("the types of unknown new axes are unknown dims", () => {
  assertType<IsExact<expandDims<Shape, 0>, Shape>>(true);
  assertType<IsExact<expandDims<readonly [3, 2], readonly number[]>, Shape>>(true);
  assertType<IsExact<expandDims<readonly [3, 2], number>, readonly [null, null, null]>>(true);
  assertType<IsExact<expandDims<readonly [3, 2], readonly [0, number]>, readonly [null, null, null, null]>>(true);
});
