import { assert, assertEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import * as ops from "../../src/ops/mod.ts";
import { ShapeError } from "../../src/shape/error.ts";
import type { Shape } from "../../src/shape/dim.ts";
import { tensor, zeros } from "../../src/tensor/creation.ts";
import type { EagerTensor } from "../../src/tensor/eager.ts";
import { input, type SymbolicTensor } from "../../src/tensor/symbolic.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { seeded } from "../shape/random_shapes.ts";
import { at, bothWays, DTYPES, numbers, tensorOf, valuesAt } from "./both_ways.ts";

/** Ascending, NaN last; equal ones keep their order, as `Array.prototype.sort` is stable. */
function order(values: readonly number[]): number[] {
  const key = (i: number): readonly [number, number] => Number.isNaN(values[i]) ? [1, 0] : [0, values[i]!];
  return [...values.keys()].sort((i, j) => {
    const [[a, x], [b, y]] = [key(i), key(j)];
    return a - b || (x < y ? -1 : x > y ? 1 : 0);
  });
}

Deno.test("random tensors are sorted along any axis, ties in order and NaN last", () => {
  const random = seeded(81);
  for (let round = 0; round < 60; round++) {
    const dtype = DTYPES[round % DTYPES.length]!;
    const shape = random.shape(random.integer(1, 3), [0, 1, 2, 5]) as number[];
    const axis = random.integer(-shape.length, shape.length - 1);
    const place = axis < 0 ? axis + shape.length : axis;
    const choices = dtype.startsWith("float") ? [-Infinity, -1.5, 0, 2, Infinity, NaN] : [0, 1, 2, 7];
    const x = tensorOf(shape, dtype, () => random.pick(choices));
    const line = (index: readonly number[]) =>
      Array.from({ length: shape[place]! }, (_, i) => at(x, index.with(place, i)));
    const [sorted] = bothWays((x: Tensor) => ops.sort(x, { axis }), [x]);
    assertEquals([sorted!.shape, sorted!.dtype], [shape, dtype]);
    const values = (index: readonly number[]) => {
      const own = line(index);
      return own[order(own)[index[place]!]!]!;
    };
    assertEquals(numbers(sorted!), valuesAt(shape, values));
    const [indices] = bothWays((x: Tensor) => ops.argsort(x, { axis }), [x]);
    assertEquals([indices!.shape, indices!.dtype], [shape, "int32"]);
    assertEquals(numbers(indices!), valuesAt(shape, (index) => order(line(index))[index[place]!]!));
  }
});

Deno.test("the greatest elements come in descending order, the lower index first", () => {
  const random = seeded(82);
  for (let round = 0; round < 60; round++) {
    const dtype = DTYPES[round % DTYPES.length]!;
    const shape = random.shape(random.integer(1, 3), [0, 1, 2, 5]) as number[];
    const k = random.integer(0, shape.at(-1)!);
    const choices = dtype.startsWith("float") ? [-Infinity, -1.5, 0, 2, Infinity] : [0, 1, 2, 7];
    const x = tensorOf(shape, dtype, () => random.pick(choices));
    const [values, indices] = bothWays((x: Tensor) => ops.topK(x, k), [x]);
    const expected = shape.with(-1, k);
    assertEquals([values!.shape, values!.dtype, indices!.shape, indices!.dtype], [expected, dtype, expected, "int32"]);
    const best = (index: readonly number[]) => {
      const own = Array.from({ length: shape.at(-1)! }, (_, i) => at(x, index.with(-1, i)));
      return order(own.map((value) => -value))[index.at(-1)!]!;
    };
    assertEquals(numbers(indices!), valuesAt(expected, best));
    assertEquals(numbers(values!), valuesAt(expected, (index) => at(x, index.with(-1, best(index)))));
  }
});

Deno.test("among the greatest, NaN counts as infinity", () => {
  const [values, indices] = ops.topK([1, NaN, Infinity, NaN, 2], 4);
  assertEquals(values.array(), [NaN, Infinity, NaN, 2]);
  assertEquals(indices.array(), [1, 2, 3, 4]);
});

Deno.test("a long axis is sorted", () => {
  const random = seeded(83);
  const data = Array.from({ length: 3000 }, () => random.integer(-500, 500));
  const x = tensor(data);
  assertEquals(ops.sort(x).array(), data.toSorted((a, b) => a - b));
  assertEquals(numbers(ops.argsort(x)), order(data));
});

Deno.test("what has no such axis is refused", () => {
  // @ts-expect-error Axis 1 is out of range for shape [3]: expected an axis from -1 to 0
  assertThrows(() => ops.sort(zeros([3]), { axis: 1 }), ShapeError, "Axis 1 is out of range");
  // @ts-expect-error Axis -1 is out of range for shape []: expected none, as it has no axes
  assertThrows(() => ops.argsort(tensor(1)), ShapeError, "Axis -1 is out of range");
  const sentence = "Cannot take the 4 greatest elements of the last axis of shape [2, 3]: expected at most 3";
  // @ts-expect-error Cannot take the 4 greatest elements of the last axis of shape [2, 3]: expected at most 3
  assertThrows(() => ops.topK(zeros([2, 3]), 4), ShapeError, sentence);
  assertThrows(() => ops.topK(zeros([2, 3]), -1), RangeError, "expected a non-negative integer");
  assertThrows(() => ops.topK(tensor(1) as Tensor, 1), ShapeError, "Axis -1 is out of range");
});

Deno.test("the types of sorted tensors are exact", () => {
  const s = input(["batch", 5], { dtype: "float16" });
  const sorted = () => ops.sort(zeros([2, 3]));
  const indices = () => ops.argsort(s);
  const best = () => ops.topK(s, 2);
  const open = () => ops.topK(s as Tensor, 2);
  assertType<IsExact<ReturnType<typeof sorted>, EagerTensor<readonly [2, 3], "float32">>>(true);
  assertType<IsExact<ReturnType<typeof indices>, SymbolicTensor<readonly ["batch", 5], "int32">>>(true);
  assertType<IsExact<ReturnType<typeof best>[0], SymbolicTensor<readonly ["batch", 2], "float16">>>(true);
  assertType<IsExact<ReturnType<typeof best>[1], SymbolicTensor<readonly ["batch", 2], "int32">>>(true);
  assertType<IsExact<ReturnType<typeof open>[1], Tensor<Shape, "int32">>>(true);
  assert(best().length === 2);
});
