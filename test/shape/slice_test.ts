import { assertEquals } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import type { Shape } from "../../src/shape/dim.ts";
import type { Mismatch } from "../../src/shape/error.ts";
import { slice } from "../../src/shape/slice.ts";
import { outcomeOf, seeded } from "./random_shapes.ts";

Deno.test("a part has the size that is asked for, and -1 is all that is left", () => {
  assertEquals(slice([4, 6], [1, 2], [3, 4]), [3, 4]);
  assertEquals(slice([4, 6], [1, 2], [-1, 1]), [3, 1]);
  assertEquals(slice([], [], []), []);
  assertEquals(slice(["batch", null], [0, 2], [-1, 4]), ["batch", 4]);
  assertEquals(slice(["batch", null], [1, 2], [-1, -1]), [null, null]);
});

Deno.test("a part that is not there is told with its axis", () => {
  assertEquals(
    outcomeOf(() => slice([4, 6], [1, 5], [2, 3])),
    "Cannot slice [4, 6] from [1, 5] with size [2, 3]: axis 1 ends before 8",
  );
  assertEquals(
    outcomeOf(() => slice([4, 6], [5, 0], [-1, 3])),
    "Cannot slice [4, 6] from [5, 0] with size [-1, 3]: axis 0 ends before 5",
  );
  assertEquals(
    outcomeOf(() => slice([4, 6], [-1, 0], [1, 3])),
    "Cannot slice [4, 6] from [-1, 0] with size [1, 3]: axis 0 has a negative start or a size below -1",
  );
  assertEquals(
    outcomeOf(() => slice([4, 6], [0], [1, 3])),
    "Cannot slice [4, 6] from [0] with size [1, 3]: expected 2 starts and sizes",
  );
});

Deno.test("random parts have as many elements as a list's", () => {
  const random = seeded(26);
  for (let round = 0; round < 3000; round++) {
    const shape = random.shape(random.integer(1, 4), [0, 1, 2, 5, 9]) as number[];
    const start = shape.map(() => random.integer(0, 4));
    const size = shape.map(() => random.integer(-1, 5));
    const parts = shape.map((dim, axis) => {
      const rest = Array.from({ length: dim }, (_, index) => index).slice(start[axis]!);
      if (start[axis]! > dim) return "error";
      if (size[axis] === -1) return rest.length;
      return rest.length < size[axis]! ? "error" : rest.slice(0, size[axis]).length;
    });
    const result = outcomeOf(() => slice(shape, start, size));
    if (parts.includes("error")) assertEquals(typeof result, "string");
    else assertEquals<unknown>(result, parts);
  }
});

Deno.test("the types of parts are exact", () => {
  assertType<IsExact<slice<readonly [4, 6], readonly [1, 2], readonly [-1, 4]>, readonly [3, 4]>>(true);
  assertType<
    IsExact<
      slice<readonly [4, 6], readonly [1, 5], readonly [2, 3]>,
      Mismatch<"Cannot slice [4, 6] from [1, 5] with size [2, 3]: axis 1 ends before 8">
    >
  >(true);
  assertType<
    IsExact<
      slice<readonly [4, 6], readonly [0], readonly [1, 3]>,
      Mismatch<"Cannot slice [4, 6] from [0] with size [1, 3]: expected 2 starts and sizes">
    >
  >(true);
});

Deno.test("the types of parts of unknown and named dims never err", () => {
  assertType<IsExact<slice<readonly [number, "b"], readonly [7, 8], readonly [9, 9]>, readonly [9, 9]>>(true);
  assertType<IsExact<slice<readonly [number, "b"], readonly [7, 0], readonly [-1, -1]>, readonly [null, "b"]>>(true);
  assertType<IsExact<slice<readonly [2 | 3], readonly [7], readonly [9]>, readonly [9]>>(true);
  assertType<IsExact<slice<readonly [2, 3], readonly [number, 0], readonly [9, number]>, readonly [9, null]>>(true);
  assertType<IsExact<slice<readonly [5], readonly [0 | 9], readonly [-1]>, readonly [null]>>(true);
  assertType<IsExact<slice<readonly [5], readonly [0], readonly [-1 | 9]>, readonly [null]>>(true);
  assertType<IsExact<slice<readonly [2], readonly number[], readonly [9]>, Shape>>(true);
  assertType<IsExact<slice<Shape, readonly [0], readonly [9]>, Shape>>(true);
});
