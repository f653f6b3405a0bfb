import { assertEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import type { Shape } from "../../src/shape/dim.ts";
import { type Mismatch, ShapeError } from "../../src/shape/error.ts";
import { matmul } from "../../src/shape/matmul.ts";
import { outcomeOf, seeded } from "./random_shapes.ts";

Deno.test("matrices multiply and the leading axes broadcast", () => {
  assertEquals(matmul([2, 3], [3, 4]), [2, 4]);
  assertEquals(matmul([2, 3, 4], [4, 5]), [2, 3, 5]);
  assertEquals(matmul([9, 5, 7, 4], [9, 5, 4, 3]), [9, 5, 7, 3]);
  assertEquals(matmul([2, 1, 3, 4], [5, 4, 6]), [2, 5, 3, 6]);
  assertEquals(matmul([0, 3], [3, 0]), [0, 0]);
});

Deno.test("a vector is a row on the left and a column on the right", () => {
  assertEquals(matmul([3], [3]), []);
  assertEquals(matmul([3], [3, 4]), [4]);
  assertEquals(matmul([2, 3], [3]), [2]);
  assertEquals(matmul([3], [5, 3, 4]), [5, 4]);
  assertEquals(matmul([5, 2, 3], [3]), [5, 2]);
});

Deno.test("unknown and named dims pass", () => {
  assertEquals(matmul(["batch", null], [64, 32]), ["batch", 32]);
  assertEquals(matmul(["batch", 64], ["features", null]), ["batch", null]);
  assertEquals(matmul(["batch", 2, 3], [8, 3, 4]), [8, 2, 4]);
  assertEquals(matmul([null, 2, 3], [1, 3, 4]), [null, 2, 4]);
});

Deno.test("what does not multiply is reported with both shapes and the dims", () => {
  assertThrows(
    () => matmul([2, 3], [4, 5]),
    ShapeError,
    "Cannot matmul shapes [2, 3] and [4, 5]: inner dims are 3 and 4",
  );
  assertEquals(outcomeOf(() => matmul([3], [1])), "Cannot matmul shapes [3] and [1]: inner dims are 3 and 1");
  assertEquals(
    outcomeOf(() => matmul([5, 3, 4], [2, 4, 2])),
    "Cannot matmul shapes [5, 3, 4] and [2, 4, 2]: axis -3 is 5 and 2",
  );
  assertEquals(outcomeOf(() => matmul([], [3])), "Cannot matmul shapes [] and [3]: both need at least one axis");
  assertEquals(outcomeOf(() => matmul([2, 3], [])), "Cannot matmul shapes [2, 3] and []: both need at least one axis");
});

/** NumPy's steps: promote vectors to matrices, fill up the batch, compare, drop the axes of the promotion. */
function expected(a: readonly number[], b: readonly number[]): readonly number[] | undefined {
  if (a.length === 0 || b.length === 0) return undefined;
  const left = a.length === 1 ? [1, ...a] : [...a];
  const right = b.length === 1 ? [...b, 1] : [...b];
  while (left.length < right.length) left.unshift(1);
  while (right.length < left.length) right.unshift(1);
  const rank = left.length;
  if (left[rank - 1] !== right[rank - 2]) return undefined;
  const result: number[] = [];
  for (let axis = 0; axis < rank - 2; axis++) {
    const [x, y] = [left[axis]!, right[axis]!];
    if (x !== y && x !== 1 && y !== 1) return undefined;
    result.push(x === 1 ? y : x);
  }
  if (a.length > 1) result.push(left[rank - 2]!);
  if (b.length > 1) result.push(right[rank - 1]!);
  return result;
}

Deno.test("random shapes multiply as NumPy describes it", () => {
  const random = seeded(3);
  let products = 0;
  for (let round = 0; round < 4000; round++) {
    const a = random.shape(random.integer(0, 4), [1, 2, 2, 3]) as number[];
    const b = random.shape(random.integer(0, 4), [1, 2, 2, 3]) as number[];
    const result = expected(a, b);
    const outcome = outcomeOf(() => matmul(a, b));
    if (result === undefined) assertEquals(typeof outcome, "string");
    else {
      assertEquals(outcome, result);
      products++;
    }
  }
  assertEquals(products > 500, true);
});

Deno.test("the types of products are exact", () => {
  assertType<IsExact<matmul<readonly [2, 3], readonly [3, 4]>, readonly [2, 4]>>(true);
  assertType<IsExact<matmul<readonly [2, 1, 3, 4], readonly [5, 4, 6]>, readonly [2, 5, 3, 6]>>(true);
  assertType<IsExact<matmul<readonly [3], readonly [3]>, readonly []>>(true);
  assertType<IsExact<matmul<readonly [3], readonly [5, 3, 4]>, readonly [5, 4]>>(true);
  assertType<IsExact<matmul<readonly [5, 2, 3], readonly [3]>, readonly [5, 2]>>(true);
  assertType<IsExact<matmul<readonly ["batch", 64], readonly [64, 32]>, readonly ["batch", 32]>>(true);
  assertType<IsExact<matmul<readonly ["batch", 2, 3], readonly [8, 3, 4]>, readonly [8, 2, 4]>>(true);
  assertType<IsExact<matmul<readonly [8, 2, 3], readonly ["batch", 3, 4]>, readonly [8, 2, 4]>>(true);
});

Deno.test("the types of unknown and named inner dims never err, in either order", () => {
  assertType<IsExact<matmul<readonly [2, null], readonly [3, 4]>, readonly [2, 4]>>(true);
  assertType<IsExact<matmul<readonly [2, 3], readonly [null, 4]>, readonly [2, 4]>>(true);
  assertType<IsExact<matmul<readonly [2, number], readonly [3, 4]>, readonly [2, 4]>>(true);
  assertType<IsExact<matmul<readonly [2, 3], readonly [number, 4]>, readonly [2, 4]>>(true);
  assertType<IsExact<matmul<readonly [2, 3 | 5], readonly [4, 4]>, readonly [2, 4]>>(true);
  assertType<IsExact<matmul<readonly [2, 4], readonly [3 | 5, 4]>, readonly [2, 4]>>(true);
  assertType<IsExact<matmul<readonly [2, "in"], readonly [3, 4]>, readonly [2, 4]>>(true);
  assertType<IsExact<matmul<readonly [2, 3], readonly ["in", 4]>, readonly [2, 4]>>(true);
  assertType<IsExact<matmul<readonly [2, "in"], readonly ["out", 4]>, readonly [2, 4]>>(true);
  assertType<IsExact<matmul<Shape, readonly [3, 4]>, Shape>>(true);
  assertType<IsExact<matmul<readonly [3, 4], Shape>, Shape>>(true);
});

Deno.test("the types of what does not multiply carry the sentence", () => {
  assertType<
    IsExact<
      matmul<readonly [2, 3], readonly [4, 5]>,
      Mismatch<"Cannot matmul shapes [2, 3] and [4, 5]: inner dims are 3 and 4">
    >
  >(true);
  assertType<
    IsExact<
      matmul<readonly [5, 3, 4], readonly [2, 4, 2]>,
      Mismatch<"Cannot matmul shapes [5, 3, 4] and [2, 4, 2]: axis -3 is 5 and 2">
    >
  >(true);
  assertType<
    IsExact<
      matmul<readonly [], readonly [3]>,
      Mismatch<"Cannot matmul shapes [] and [3]: both need at least one axis">
    >
  >(true);
});
