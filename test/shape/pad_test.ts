import { assertEquals } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import type { Shape } from "../../src/shape/dim.ts";
import type { Mismatch } from "../../src/shape/error.ts";
import { pad, type PadWidth } from "../../src/shape/pad.ts";
import { outcomeOf, seeded } from "./random_shapes.ts";

Deno.test("widths before and after are added", () => {
  assertEquals(pad([2, 3], [[1, 2], [0, 4]]), [5, 7]);
  assertEquals(pad(["batch", null, 3], [[0, 0], [1, 1], [0, 0]]), ["batch", null, 3]);
  assertEquals(pad(["batch"], [[1, 0]]), [null]);
  assertEquals(pad([], []), []);
});

Deno.test("widths that do not fit are refused", () => {
  assertEquals(
    outcomeOf(() => pad([2, 3], [[1, 2]])),
    "Cannot pad [2, 3]: expected 2 pairs of widths, received 1",
  );
  assertEquals(
    outcomeOf(() => pad([2, 3], [[1, 2], [0, -1]])),
    "Cannot pad [2, 3]: expected widths of at least 0, received [0, -1] for axis 1",
  );
});

Deno.test("random borders make lists longer by as much", () => {
  const random = seeded(27);
  for (let round = 0; round < 2000; round++) {
    const shape = random.shape(random.integer(0, 4), [0, 1, 2, 9]) as number[];
    const widths = shape.map((): PadWidth => [random.integer(0, 3), random.integer(0, 3)]);
    const padded = shape.map((dim, axis) =>
      "-".repeat(widths[axis]![0]) + "x".repeat(dim) + "-".repeat(widths[axis]![1])
    );
    assertEquals(pad(shape, widths), padded.map((text) => text.length));
  }
});

Deno.test("the types of padded shapes are exact", () => {
  assertType<IsExact<pad<readonly [2, 3], readonly [readonly [1, 2], readonly [0, 4]]>, readonly [5, 7]>>(true);
  assertType<
    IsExact<
      pad<readonly [2, 3], readonly [readonly [1, 2]]>,
      Mismatch<"Cannot pad [2, 3]: expected 2 pairs of widths, received 1">
    >
  >(true);
  assertType<
    IsExact<
      pad<readonly [2, 3], readonly [readonly [1, 2], readonly [0, -1]]>,
      Mismatch<"Cannot pad [2, 3]: expected widths of at least 0, received [0, -1] for axis 1">
    >
  >(true);
});

Deno.test("the types of padded unknown and named dims never err", () => {
  assertType<IsExact<pad<readonly [number], readonly [readonly [1, 2]]>, readonly [null]>>(true);
  assertType<IsExact<pad<readonly [2 | 3], readonly [readonly [1, 2]]>, readonly [null]>>(true);
  assertType<IsExact<pad<readonly ["b"], readonly [readonly [0, 0]]>, readonly ["b"]>>(true);
  assertType<IsExact<pad<readonly ["b"], readonly [readonly [0, 1]]>, readonly [null]>>(true);
  assertType<IsExact<pad<readonly [4], readonly [readonly [number, 1]]>, readonly [null]>>(true);
  assertType<IsExact<pad<readonly [4], readonly [readonly [1, -1 | 1]]>, readonly [null]>>(true);
  assertType<IsExact<pad<readonly [4], readonly [PadWidth]>, readonly [null]>>(true);
  assertType<IsExact<pad<readonly [4, 5], readonly PadWidth[]>, Shape>>(true);
  assertType<IsExact<pad<Shape, readonly [readonly [1, 2]]>, Shape>>(true);
});
