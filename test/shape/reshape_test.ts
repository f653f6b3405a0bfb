import { assertEquals } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import type { Dim, Shape } from "../../src/shape/dim.ts";
import type { Mismatch } from "../../src/shape/error.ts";
import { reshape } from "../../src/shape/reshape.ts";
import { outcomeOf, seeded } from "./random_shapes.ts";

Deno.test("a dim of -1 is what the others leave", () => {
  assertEquals(reshape([2, 3, 4], [-1]), [24]);
  assertEquals(reshape([2, 3, 4], [4, -1]), [4, 6]);
  assertEquals(reshape([], [-1]), [1]);
  assertEquals(reshape([0, 3], [-1, 2]), [0, 2]);
  assertEquals(reshape([768], [12, -1]), [12, 64]);
});

Deno.test("names that are on both sides need no size", () => {
  assertEquals(reshape(["batch", 4, 6], [-1, 24]), ["batch", 24]);
  assertEquals(reshape(["batch", "time", 64], [-1, 64]), ["batch*time", 64]);
  assertEquals(reshape(["batch*time", 64], ["batch", -1, 64]), ["batch", "time", 64]);
  assertEquals(reshape(["batch", 4, 6], ["batch", -1]), ["batch", 24]);
  assertEquals(reshape(["batch", 4, 6], [-1, 12]), ["batch*2", 12]);
  assertEquals(reshape(["time*64"], ["time", -1]), ["time", 64]);
});

Deno.test("a -1 is unknown where a dim is, or a name may divide", () => {
  assertEquals(reshape([null, 6], [-1, 3]), [null, 3]);
  assertEquals(reshape([4, 6], [-1, null]), [null, null]);
  assertEquals(reshape(["batch", 6], [-1, 4]), [null, 4]);
  assertEquals(reshape([4, 6], ["batch", -1]), ["batch", null]);
  assertEquals(reshape(["batch", 6], [3, 7]), [3, 7]);
});

Deno.test("a name may be 0 where the other side has a dim of 0", () => {
  assertEquals(reshape(["batch", 4], [0, 3]), [0, 3]);
  assertEquals(reshape([0, 3], ["batch", 4]), ["batch", 4]);
  assertEquals(reshape(["batch", 4], ["batch", 0]), ["batch", 0]);
  assertType<IsExact<reshape<readonly ["batch", 4], readonly [0, 3]>, readonly [0, 3]>>(true);
  assertType<IsExact<reshape<readonly [0, 3], readonly ["batch", 4]>, readonly ["batch", 4]>>(true);
  assertType<IsExact<reshape<readonly ["batch", 4], readonly ["batch", 0]>, readonly ["batch", 0]>>(true);
  assertEquals(outcomeOf(() => reshape([2, 4], [0, 3])), "Cannot reshape [2, 4] of size 8 into [0, 3] of size 0");
});

Deno.test("what cannot be reshaped is told with both shapes and sizes", () => {
  assertEquals(
    outcomeOf(() => reshape([2, 3, 4], [5, 5])),
    "Cannot reshape [2, 3, 4] of size 24 into [5, 5] of size 25",
  );
  assertEquals(
    outcomeOf(() => reshape(["batch", 4], ["batch", 5])),
    "Cannot reshape [batch, 4] of size batch*4 into [batch, 5] of size batch*5",
  );
  assertEquals(
    outcomeOf(() => reshape([2, 3, 4], [5, -1])),
    "Cannot reshape [2, 3, 4] of size 24 into [5, -1]: the size is no multiple of 5",
  );
  assertEquals(outcomeOf(() => reshape([4], [-1, -1])), "Cannot reshape [4] into [-1, -1]: at most one dim can be -1");
  assertEquals(
    outcomeOf(() => reshape([4], [-1, -2])),
    "Cannot reshape [4] into [-1, -2]: expected sizes and at most one -1, received -2",
  );
  assertEquals(
    outcomeOf(() => reshape([0, 3], [0, -1])),
    "Cannot reshape [0, 3] into [0, -1]: -1 can be any size where the other dims have size 0",
  );
});

// NumPy's rule without a division: -1 is the one size with which the number of elements is the same.
function expected(shape: readonly number[], target: readonly number[]): number[] | "error" {
  const count = (dims: readonly number[]) => dims.reduce((product, dim) => product * dim, 1);
  const total = count(shape);
  if (!target.includes(-1)) return count(target) === total ? [...target] : "error";
  const filled = Array.from({ length: total + 1 }, (_, size) => target.map((dim) => dim === -1 ? size : dim));
  const fitting = filled.filter((dims) => count(dims) === total);
  return fitting.length === 1 && !target.includes(0) ? fitting[0]! : "error";
}

Deno.test("random shapes reshape as in NumPy", () => {
  const random = seeded(22);
  let errors = 0;
  for (let round = 0; round < 4000; round++) {
    const shape = random.shape(random.integer(0, 4), [0, 1, 2, 2, 3, 4, 6]) as number[];
    const target = random.shape(random.integer(0, 3), [0, 1, 2, 3, 4, 6, 8, 12]) as number[];
    if (random.pick([true, false])) target.splice(random.integer(0, target.length), 0, -1);
    const result = outcomeOf(() => reshape(shape, target));
    const wanted = expected(shape, target);
    if (wanted === "error") errors++;
    assertEquals(typeof result === "string" ? "error" : result, wanted, `${shape} into ${target}`);
  }
  assertEquals(errors > 500 && errors < 3500, true);
});

Deno.test("a shape with names reshapes as it does with any sizes for them", () => {
  const random = seeded(23);
  for (let round = 0; round < 3000; round++) {
    const dims: Dim[] = [1, 2, 3, 4, 6, "batch", "time", "batch*2", null];
    const shape = random.shape(random.integer(0, 4), dims);
    const target = random.shape(random.integer(0, 3), dims);
    if (random.pick([true, false])) target.splice(random.integer(0, target.length), 0, -1);
    const open = outcomeOf(() => reshape(shape, target));
    const sizes = { batch: random.integer(1, 6), time: random.integer(1, 6) };
    const unknown = random.integer(1, 6);
    const bind = (dim: Dim): number => {
      if (dim === null) return unknown;
      if (typeof dim === "number") return dim;
      const factors = dim.split("*").map((name) => name in sizes ? sizes[name as "batch" | "time"] : Number(name));
      return factors.reduce((product, factor) => product * factor, 1);
    };
    const bound = outcomeOf(() => reshape(shape.map(bind), target.map(bind)));
    // Where it is known to fail, it fails with all sizes; where a dim is known, it is this one with all that fit.
    if (typeof open === "string") assertEquals(typeof bound, "string", `${open} but bound ${bound}`);
    else if (typeof bound !== "string") {
      open.forEach((dim, axis) => dim === null || assertEquals(bind(dim), bound[axis], `${shape} into ${target}`));
    }
  }
});

Deno.test("the types of reshaped shapes are exact", () => {
  assertType<IsExact<reshape<readonly [2, 3, 4], readonly [-1]>, readonly [24]>>(true);
  assertType<IsExact<reshape<readonly [8, 28, 28, 1], readonly [8, -1]>, readonly [8, 784]>>(true);
  assertType<IsExact<reshape<readonly [8, 784], readonly [-1, 28, 28, 1]>, readonly [8, 28, 28, 1]>>(true);
  assertType<IsExact<reshape<readonly ["batch", 4, 6], readonly [-1, 24]>, readonly ["batch", 24]>>(true);
  assertType<IsExact<reshape<readonly ["batch*time", 64], readonly ["batch", -1, 64]>, readonly ["batch", "time", 64]>>(
    true,
  );
  assertType<
    IsExact<
      reshape<readonly [2, 3, 4], readonly [5, 5]>,
      Mismatch<"Cannot reshape [2, 3, 4] of size 24 into [5, 5] of size 25">
    >
  >(true);
  assertType<
    IsExact<
      reshape<readonly [2, 3, 4], readonly [5, -1]>,
      Mismatch<"Cannot reshape [2, 3, 4] of size 24 into [5, -1]: the size is no multiple of 5">
    >
  >(true);
});

Deno.test("the types of reshaped unknown and named dims never err", () => {
  assertType<IsExact<reshape<readonly [number, 6], readonly [-1, 3]>, readonly [null, 3]>>(true);
  assertType<IsExact<reshape<readonly [number, 6], readonly [5, 7]>, readonly [5, 7]>>(true);
  assertType<IsExact<reshape<readonly [6], readonly [number, 7]>, readonly [null, 7]>>(true);
  assertType<IsExact<reshape<readonly [2 | 3, 6], readonly [5, 7]>, readonly [5, 7]>>(true);
  assertType<IsExact<reshape<readonly [6], readonly [2 | -1, 7]>, readonly [null, 7]>>(true);
  assertType<IsExact<reshape<readonly ["batch", 6], readonly [5, 7]>, readonly [5, 7]>>(true);
  assertType<IsExact<reshape<readonly [5, 7], readonly ["batch", 6]>, readonly ["batch", 6]>>(true);
  assertType<IsExact<reshape<Shape, readonly [-1, 3]>, readonly [null, 3]>>(true);
  assertType<IsExact<reshape<Shape, readonly [2, 3]>, readonly [2, 3]>>(true);
  assertType<IsExact<reshape<readonly [2, 3], Shape>, Shape>>(true);
  assertType<IsExact<reshape<Shape, Shape>, Shape>>(true);
});
