import { assertEquals } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import { concatenate } from "../../src/shape/concatenate.ts";
import type { Shape } from "../../src/shape/dim.ts";
import type { Mismatch } from "../../src/shape/error.ts";
import { outcomeOf, seeded } from "./random_shapes.ts";

Deno.test("dims are added along the axis", () => {
  assertEquals(concatenate([[2, 3], [2, 5]], -1), [2, 8]);
  assertEquals(concatenate([[2, 3], [4, 3], [0, 3]], 0), [6, 3]);
  assertEquals(concatenate([["batch", 3]], 0), ["batch", 3]);
});

Deno.test("a known size stands for an unknown or named one on the other axes", () => {
  assertEquals(concatenate([[null, 3], [8, 5], ["batch", 1]], 1), [8, 9]);
  assertEquals(concatenate([["batch", 3], ["batch", 5]], 1), ["batch", 8]);
  assertEquals(concatenate([["batch", 3], ["time", 5]], 1), [null, 8]);
  assertEquals(concatenate([["batch", 3], [4, 3]], 0), [null, 3]);
});

Deno.test("inputs that differ are told by their index", () => {
  assertEquals(
    outcomeOf(() => concatenate([[2, 3], [2, 4], [5, 3]], -1)),
    "Cannot concatenate along axis -1: input 0 of shape [2, 3] and input 2 of shape [5, 3] differ in axis 0",
  );
  assertEquals(
    outcomeOf(() => concatenate([["batch", 3], [2, 4], [5, 3]], 1)),
    "Cannot concatenate along axis 1: input 1 of shape [2, 4] and input 2 of shape [5, 3] differ in axis 0",
  );
  assertEquals(
    outcomeOf(() => concatenate([[2, 3], [2, 3, 1]], 0)),
    "Cannot concatenate along axis 0: input 0 of shape [2, 3] and input 1 of shape [2, 3, 1] differ in rank",
  );
  assertEquals(
    outcomeOf(() => concatenate([[2, 3]], 2)),
    "Axis 2 is out of range for shape [2, 3]: expected an axis from -2 to 1",
  );
  assertEquals(
    outcomeOf(() => concatenate([], 0)),
    "Cannot concatenate along axis 0: expected at least one input, received none",
  );
});

Deno.test("random shapes concatenate as in NumPy", () => {
  const random = seeded(24);
  for (let round = 0; round < 3000; round++) {
    const rank = random.integer(1, 4);
    const base = random.shape(rank, [0, 1, 2, 3]) as number[];
    const axis = random.integer(-rank, rank - 1);
    const shapes = Array.from(
      { length: random.integer(1, 4) },
      () => base.map((dim) => random.pick([dim, dim, dim, 2])),
    );
    const along = (axis + rank) % rank;
    const columns = base.map((_, place) => shapes.map((shape) => shape[place]!));
    const fits = columns.every((column, place) => place === along || new Set(column).size === 1);
    const total = columns[along]!.reduce((sum, dim) => sum + dim);
    const result = outcomeOf(() => concatenate(shapes, axis));
    if (fits) assertEquals(result, columns.map((column, place) => place === along ? total : column[0]!));
    else assertEquals(typeof result, "string");
  }
});

Deno.test("the types of concatenated shapes are exact", () => {
  assertType<IsExact<concatenate<readonly [readonly [2, 3], readonly [2, 5]], -1>, readonly [2, 8]>>(true);
  assertType<IsExact<concatenate<readonly [readonly ["batch", 3], readonly ["batch", 5]], 1>, readonly ["batch", 8]>>(
    true,
  );
  assertType<
    IsExact<
      concatenate<readonly [readonly [2, 3], readonly [2, 4], readonly [5, 3]], -1>,
      Mismatch<"Cannot concatenate along axis -1: input 0 of shape [2, 3] and input 2 of shape [5, 3] differ in axis 0">
    >
  >(true);
  assertType<
    IsExact<
      concatenate<readonly [readonly [2, 3], readonly [2, 3, 1]], 0>,
      Mismatch<"Cannot concatenate along axis 0: input 0 of shape [2, 3] and input 1 of shape [2, 3, 1] differ in rank">
    >
  >(true);
});

Deno.test("the types of concatenated unknown and named dims never err, in either order", () => {
  assertType<IsExact<concatenate<readonly [readonly [number, 3], readonly [8, 5]], 1>, readonly [8, 8]>>(true);
  assertType<IsExact<concatenate<readonly [readonly [8, 5], readonly [number, 3]], 1>, readonly [8, 8]>>(true);
  assertType<IsExact<concatenate<readonly [readonly ["batch", 3], readonly [8, 5]], 1>, readonly [8, 8]>>(true);
  assertType<IsExact<concatenate<readonly [readonly [8, 3], readonly ["batch", 5]], 1>, readonly [8, 8]>>(true);
  assertType<IsExact<concatenate<readonly [readonly ["a", 3], readonly ["b", 5]], 1>, readonly [null, 8]>>(true);
  assertType<IsExact<concatenate<readonly [readonly [2 | 3, 3], readonly [8, 5]], 1>, readonly [8, 8]>>(true);
  assertType<IsExact<concatenate<readonly [readonly [8, number], readonly [8, 5]], 1>, readonly [8, null]>>(true);
  assertType<IsExact<concatenate<readonly [readonly [8, 5], readonly [8, number]], 1>, readonly [8, null]>>(true);
  assertType<IsExact<concatenate<readonly [Shape, readonly [8, 5]], 1>, readonly [8, null]>>(true);
  assertType<IsExact<concatenate<readonly [readonly [8, 5], Shape], 1>, readonly [8, null]>>(true);
  assertType<IsExact<concatenate<readonly [Shape, Shape], 1>, Shape>>(true);
  assertType<IsExact<concatenate<readonly Shape[], 1>, Shape>>(true);
  assertType<IsExact<concatenate<readonly [readonly [8, 5], readonly [7, 4]], number>, readonly [null, null]>>(true);
});
