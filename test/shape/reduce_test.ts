import { assertEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import type { Shape } from "../../src/shape/dim.ts";
import { type Mismatch, ShapeError } from "../../src/shape/error.ts";
import { reduce } from "../../src/shape/reduce.ts";
import { seeded } from "./random_shapes.ts";

Deno.test("a reduction drops its axes, or keeps them as 1", () => {
  assertEquals(reduce([2, 3, 4], 1), [2, 4]);
  assertEquals(reduce([2, 3, 4], -1, true), [2, 3, 1]);
  assertEquals(reduce([2, 3, 4], [0, -1]), [3]);
  assertEquals(reduce([2, 3, 4], [2, 0], true), [1, 3, 1]);
  assertEquals(reduce(["batch", null, 4], 2), ["batch", null]);
});

Deno.test("a reduction without an axis is over all, and over an empty list of axes over none", () => {
  assertEquals(reduce([2, 3]), []);
  assertEquals(reduce([2, 3], undefined, true), [1, 1]);
  assertEquals(reduce([2, 3], []), [2, 3]);
  assertEquals(reduce([]), []);
});

Deno.test("an axis to reduce that is out of range or named twice is refused", () => {
  assertThrows(() => reduce([2, 3], 2), ShapeError, "Axis 2");
  assertThrows(() => reduce([2, 3], -3), ShapeError, "Axis -3");
  assertThrows(() => reduce([2, 3], [0, -2]), ShapeError, "axis 0 twice");
  assertThrows(() => reduce([], 0), ShapeError, "Axis 0");
});

Deno.test("random reductions drop what NumPy drops", () => {
  const random = seeded(7);
  for (let round = 0; round < 3000; round++) {
    const shape = random.shape(random.integer(1, 5), [1, 2, 3, "batch", null]);
    const rank = shape.length;
    const isReduced = shape.map(() => random.pick([true, false]));
    const axes = random.shuffle([...shape.keys()].filter((axis) => isReduced[axis]))
      .map((axis) => random.pick([axis, axis - rank]));
    const dropped: Shape = shape.flatMap((dim, axis) => isReduced[axis] ? [] : [dim]);
    const kept: Shape = shape.flatMap((dim, axis) => isReduced[axis] ? [1] : [dim]);
    assertEquals(reduce(shape, axes), dropped);
    assertEquals(reduce(shape, axes, true), kept);
    if (axes.length === 1) assertEquals(reduce(shape, axes[0]), dropped);
  }
});

Deno.test("the types of reductions are exact", () => {
  assertType<IsExact<reduce<readonly [2, 3, 4], 1>, readonly [2, 4]>>(true);
  assertType<IsExact<reduce<readonly ["batch", null, 4], -1, true>, readonly ["batch", null, 1]>>(true);
  assertType<IsExact<reduce<readonly [2, 3, 4], readonly [0, -1]>, readonly [3]>>(true);
  assertType<IsExact<reduce<readonly [2, 3, 4], readonly [2, 0], true>, readonly [1, 3, 1]>>(true);
  assertType<IsExact<reduce<readonly [2, 3], readonly []>, readonly [2, 3]>>(true);
  assertType<IsExact<reduce<readonly [2, 3]>, readonly []>>(true);
  assertType<IsExact<reduce<readonly [2, 3], undefined, true>, readonly [1, 1]>>(true);
});

Deno.test("the types of reductions with anything unknown never err", () => {
  assertType<IsExact<reduce<Shape, 5>, Shape>>(true);
  assertType<IsExact<reduce<Shape>, readonly []>>(true);
  assertType<IsExact<reduce<Shape, undefined, true>, Shape>>(true);
  assertType<IsExact<reduce<readonly [2, 3], number>, Shape>>(true);
  assertType<IsExact<reduce<readonly [2, 3], 0 | 7>, Shape>>(true);
  assertType<IsExact<reduce<readonly [2, 3], readonly [number]>, Shape>>(true);
  assertType<IsExact<reduce<readonly [2, 3], readonly number[]>, Shape>>(true);
  assertType<IsExact<reduce<readonly [2, 3], 0 | undefined>, Shape>>(true);
  assertType<IsExact<reduce<readonly [2, 3], 1, boolean>, Shape>>(true);
});

Deno.test("the type of an axis to reduce that is out of range is a mismatch", () => {
  assertType<reduce<readonly [2, 3], 2> extends Mismatch<`${string}xis 2 is out of range${string}`> ? true : false>(
    true,
  );
  assertType<
    reduce<readonly [2, 3], readonly [0, -2]> extends Mismatch<`${string}axis 0 twice${string}`> ? true : false
  >(
    true,
  );
});
