import { assertEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import { at, insertAt, normalizeAxes, normalizeAxis, removeAt, replaceAt } from "../../src/shape/axis.ts";
import type { Shape } from "../../src/shape/dim.ts";
import { type Mismatch, ShapeError } from "../../src/shape/error.ts";
import { outcomeOf, seeded } from "./random_shapes.ts";

type Abc = readonly [2, "b", 4];

Deno.test("a negative axis counts from the end", () => {
  assertEquals([0, 1, 2, -1, -2, -3].map((axis) => normalizeAxis(axis, [2, 3, 4])), [0, 1, 2, 2, 1, 0]);
  assertEquals(normalizeAxes([-1, 0], [2, 3, 4]), [2, 0]);
  assertType<IsExact<normalizeAxis<2, Abc>, 2>>(true);
  assertType<IsExact<normalizeAxis<-3, Abc>, 0>>(true);
  assertType<IsExact<normalizeAxis<-1, readonly [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]>, 11>>(true);
  assertType<IsExact<normalizeAxes<readonly [-1, 0], Abc>, readonly [2, 0]>>(true);
});

Deno.test("an axis out of range and an axis that comes twice are refused", () => {
  for (const axis of [3, 5, -4, 0.5]) {
    assertThrows(
      () => normalizeAxis(axis, [2, "b", 4]),
      ShapeError,
      `Axis ${axis} is out of range for shape [2, b, 4]: expected an axis from -3 to 2`,
    );
  }
  assertEquals(
    outcomeOf(() => normalizeAxes([0, -3], [2, "b", 4])),
    "Axes [0, -3] name axis 0 twice in shape [2, b, 4]: expected different axes",
  );
  assertEquals(
    outcomeOf(() => insertAt([2, "b", 4], -5, 1)),
    "Axis -5 is out of range for a new axis in shape [2, b, 4]: expected an axis from -4 to 3",
  );
  assertThrows(
    () => normalizeAxis(0, []),
    ShapeError,
    "Axis 0 is out of range for shape []: expected none, as it has no axes",
  );
  assertType<
    IsExact<
      normalizeAxis<0, readonly []>,
      Mismatch<"Axis 0 is out of range for shape []: expected none, as it has no axes">
    >
  >(
    true,
  );
  assertType<
    IsExact<
      normalizeAxis<-4, Abc>,
      Mismatch<"Axis -4 is out of range for shape [2, b, 4]: expected an axis from -3 to 2">
    >
  >(true);
  assertType<
    IsExact<
      normalizeAxes<readonly [0, -3], Abc>,
      Mismatch<"Axes [0, -3] name axis 0 twice in shape [2, b, 4]: expected different axes">
    >
  >(true);
  assertType<
    IsExact<
      insertAt<Abc, -5, 1>,
      Mismatch<"Axis -5 is out of range for a new axis in shape [2, b, 4]: expected an axis from -4 to 3">
    >
  >(true);
});

Deno.test("dims are read, replaced, removed and inserted as in a list", () => {
  const random = seeded(21);
  for (let round = 0; round < 2000; round++) {
    const shape = random.shape(random.integer(1, 5), [1, 2, 3, "batch", null]);
    const rank = shape.length;
    const index = random.integer(0, rank - 1);
    const axis = random.pick([index, index - rank]);
    const list = [...shape];
    assertEquals(at(shape, axis), list[index]);
    list[index] = 9;
    assertEquals(replaceAt(shape, axis, 9), list);
    list.splice(index, 1);
    assertEquals(removeAt(shape, axis), list);
    list.splice(index, 0, 9);
    assertEquals(insertAt(removeAt(shape, axis), axis, 9), list);
  }
});

Deno.test("the types of shapes with an axis changed are exact", () => {
  assertType<IsExact<at<Abc, -1>, 4>>(true);
  assertType<IsExact<replaceAt<Abc, -2, 9>, readonly [2, 9, 4]>>(true);
  assertType<IsExact<removeAt<Abc, -3>, readonly ["b", 4]>>(true);
  assertType<IsExact<insertAt<Abc, 3, null>, readonly [2, "b", 4, null]>>(true);
  assertType<IsExact<insertAt<readonly [], 0, 1>, readonly [1]>>(true);
});

Deno.test("the types for an unknown axis or rank never err", () => {
  assertType<IsExact<normalizeAxis<number, Abc>, number>>(true);
  assertType<IsExact<normalizeAxis<0 | 9, Abc>, number>>(true);
  assertType<IsExact<normalizeAxis<9, Shape>, number>>(true);
  assertType<IsExact<normalizeAxes<readonly number[], Abc>, readonly number[]>>(true);
  assertType<IsExact<normalizeAxes<readonly [number, 0, number], Abc>, readonly [number, 0, number]>>(true);
  assertType<IsExact<normalizeAxes<readonly [0, 0], Shape>, readonly [number, number]>>(true);
  assertType<IsExact<at<Abc, number>, null>>(true);
  assertType<IsExact<at<Shape, 9>, null>>(true);
  assertType<IsExact<at<readonly [number, 2 | 3], 1>, null>>(true);
  assertType<IsExact<replaceAt<Abc, number, 9>, readonly [null, null, null]>>(true);
  assertType<IsExact<replaceAt<Shape, 9, 9>, Shape>>(true);
  assertType<IsExact<removeAt<Abc, number>, readonly [null, null]>>(true);
  assertType<IsExact<removeAt<Shape, 9>, Shape>>(true);
  assertType<IsExact<insertAt<Abc, number, 1>, readonly [null, null, null, null]>>(true);
  assertType<IsExact<insertAt<Shape, 9, 1>, Shape>>(true);
});
