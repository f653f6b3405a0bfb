import { assert, assertEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import { EngineError } from "../../src/engine/engine.ts";
import * as ops from "../../src/ops/mod.ts";
import { DTypeError, ShapeError } from "../../src/shape/error.ts";
import type { Shape } from "../../src/shape/dim.ts";
import { tensor, zeros } from "../../src/tensor/creation.ts";
import type { EagerTensor } from "../../src/tensor/eager.ts";
import { input, type SymbolicTensor } from "../../src/tensor/symbolic.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { seeded } from "../shape/random_shapes.ts";
import { at, bothWays, DTYPES, numbers, tensorOf, valuesAt } from "./both_ways.ts";

const INTEGERS = ["int32", "int64", "uint8"] as const;

Deno.test("random slices hold the elements of their place", () => {
  const random = seeded(61);
  for (let round = 0; round < 40; round++) {
    const shape = random.shape(random.integer(0, 4), [0, 1, 2, 4]) as number[];
    const start = shape.map((dim) => random.integer(0, dim));
    const size = shape.map((dim, axis) => random.pick([-1, random.integer(0, dim - start[axis]!)]));
    const x = tensorOf(shape, random.pick(DTYPES), (_, place) => place % 256);
    const [y] = bothWays((x: Tensor) => ops.slice(x, start, size), [x]);
    const expected = size.map((length, axis) => length === -1 ? shape[axis]! - start[axis]! : length);
    assertEquals([y!.shape, y!.dtype], [expected, x.dtype]);
    assertEquals(numbers(y!), valuesAt(expected, (index) => at(x, index.map((i, axis) => i + start[axis]!))));
  }
});

Deno.test("a slice that reaches beyond the tensor is refused", () => {
  // @ts-expect-error Cannot slice [3] from [1] with size [3]: axis 0 ends before 4
  const beyond = () => ops.slice(zeros([3]), [1], [3]);
  assertThrows(beyond, ShapeError, "Cannot slice [3] from [1] with size [3]: axis 0 ends before 4");
  assertThrows(() => ops.slice(zeros([3]) as Tensor, [-1], [1]), ShapeError, "axis 0 has a negative start");
});

Deno.test("random indices pick along any axis, and negative ones count from the end", () => {
  const random = seeded(62);
  for (let round = 0; round < 40; round++) {
    const shape = random.shape(random.integer(1, 3), [1, 2, 3]) as number[];
    const axis = random.pick([undefined, random.integer(-shape.length, shape.length - 1)]);
    const place = axis === undefined ? 0 : axis < 0 ? axis + shape.length : axis;
    const x = tensorOf(shape, random.pick(DTYPES), (_, i) => i + 1);
    const size = axis === undefined ? numbers(x).length : shape[place]!;
    const dtype = random.pick(INTEGERS);
    const indexShape = random.shape(random.integer(0, 2), [0, 1, 2]) as number[];
    const indices = tensorOf(indexShape, dtype, () => random.integer(dtype === "uint8" ? 0 : -size, size - 1));
    const options = axis === undefined ? undefined : { axis };
    const [y] = bothWays((x: Tensor, i: Tensor) => ops.take(x, i, options), [x, indices]);
    const positive = (index: readonly number[]) => (at(indices, index) + size) % size;
    const expected = axis === undefined ? indexShape : shape.toSpliced(place, 1, ...indexShape);
    assertEquals([y!.shape, y!.dtype], [expected, x.dtype]);
    assertEquals(
      numbers(y!),
      valuesAt(expected, (index) => {
        if (axis === undefined) return numbers(x)[positive(index)]!;
        const picked = positive(index.slice(place, place + indexShape.length));
        return at(x, index.toSpliced(place, indexShape.length, picked));
      }),
    );
  }
});

Deno.test("random indices pick from their own place", () => {
  const random = seeded(63);
  for (let round = 0; round < 40; round++) {
    const shape = random.shape(random.integer(1, 3), [1, 2, 3]) as number[];
    const axis = random.integer(0, shape.length - 1);
    // Either side is broadcast on the other axes.
    const full = shape.with(axis, random.integer(0, 4));
    const indexShape = full.map((dim, i) => i === axis ? dim : random.pick([dim, 1]));
    const xShape = shape.map((dim, i) => i === axis || indexShape[i] === 1 && dim !== 1 ? dim : random.pick([dim, 1]));
    const x = tensorOf(xShape, random.pick(DTYPES), (_, i) => i + 1);
    const size = xShape[axis]!;
    const indices = tensorOf(indexShape, "int64", () => random.integer(-size, size - 1));
    const signed = random.pick([axis, axis - shape.length]);
    const [y] = bothWays((x: Tensor, i: Tensor) => ops.takeAlongAxis(x, i, { axis: signed }), [x, indices]);
    const expected = full.map((dim, i) => i === axis ? dim : Math.max(xShape[i]!, indexShape[i]!) || dim);
    assertEquals(y!.shape, expected);
    const within = (index: readonly number[], of: readonly number[]) => index.map((i, axis) => of[axis] === 1 ? 0 : i);
    assertEquals(
      numbers(y!),
      valuesAt(expected, (index) => {
        const picked = (at(indices, within(index, indexShape).with(axis, index[axis]!)) + size) % size;
        return at(x, within(index, xShape).with(axis, picked));
      }),
    );
  }
});

Deno.test("plain numbers are indices, whatever their size", () => {
  const x = tensor(Int32Array.from({ length: 5 }, (_, i) => i * 10));
  assertEquals(ops.take(x, 3).item(), 30);
  assertEquals(ops.take(x, [4, -5]).array(), [40, 0]);
  assertEquals(ops.take(x, [1n]).array(), [10]);
  assertEquals(ops.take(x, new Uint8Array([2])).array(), [20]);
  // As float32 this number would be another.
  assertThrows(() => ops.take(x, [16777217]), EngineError, "idx=16777217");
});

Deno.test("an index out of range is refused by the engine", () => {
  for (const index of [3, -4]) {
    assertThrows(() => ops.take([1, 2, 3], index), EngineError, "Cannot run take");
    assertThrows(() => ops.takeAlongAxis([1, 2, 3], [index], { axis: 0 }), EngineError, "Cannot run takeAlongAxis");
  }
  assertThrows(() => ops.take(zeros([0]), 0), EngineError, "Cannot run take");
  assertEquals(ops.take([1, 2, 3], 2).item(), 3);
});

Deno.test("what is no integer is no index", () => {
  const sentence = "Cannot use a tensor of dtype float32 as indices: expected integers";
  // @ts-expect-error Cannot use a tensor of dtype float32 as indices: expected integers
  assertThrows(() => ops.take([1, 2], zeros([1])), DTypeError, sentence);
  // @ts-expect-error Cannot use a tensor of dtype bool as indices: expected integers
  assertThrows(() => ops.oneHot(zeros([1], { dtype: "bool" }), 2), DTypeError, "dtype bool");
  assertThrows(() => ops.take([1, 2], [0.5]), DTypeError, "expected integers");
  assertThrows(() => ops.takeAlongAxis([1, 2], [true], { axis: 0 }), DTypeError, "expected integers");
});

Deno.test("one-hot vectors stand on any axis, with zeros for what is out of range", () => {
  const random = seeded(64);
  for (let round = 0; round < 40; round++) {
    const shape = random.shape(random.integer(0, 3), [0, 1, 2]) as number[];
    const n = random.integer(0, 4);
    const axis = random.integer(-shape.length - 1, shape.length);
    const place = axis < 0 ? axis + shape.length + 1 : axis;
    const dtype = random.pick(DTYPES);
    const from = random.pick(INTEGERS);
    const x = tensorOf(shape, from, () => random.integer(from === "uint8" ? 0 : -2, 5));
    const [y] = bothWays((x: Tensor) => ops.oneHot(x as Tensor<Shape, "int32">, n, { axis, dtype }), [x]);
    assertEquals([y!.shape, y!.dtype], [shape.toSpliced(place, 0, n), dtype]);
    assertEquals(
      numbers(y!),
      valuesAt(y!.shape as number[], (index) => at(x, index.toSpliced(place, 1)) === index[place] ? 1 : 0),
    );
  }
  assertThrows(() => ops.oneHot([1], -1), RangeError, "length -1");
});

Deno.test("the types of picked elements are exact", () => {
  const x = zeros([4, 5]);
  const ids = input(["batch", 3], { dtype: "int32" });
  const taken = () => ops.take(x, ids, { axis: 0 });
  const flat = () => ops.take(x, [[1, 2]]);
  const along = () => ops.takeAlongAxis(x, [[1], [2], [0], [0]], { axis: -1 });
  const hot = () => ops.oneHot(ids, 10);
  const bools = () => ops.oneHot([1, 2], 3, { axis: 0, dtype: "bool" });
  const part = () => ops.slice(x, [1, 1], [2, -1]);
  assertType<IsExact<ReturnType<typeof taken>, SymbolicTensor<readonly ["batch", 3, 5], "float32">>>(true);
  assertType<IsExact<ReturnType<typeof flat>, EagerTensor<readonly [1, 2], "float32">>>(true);
  assertType<IsExact<ReturnType<typeof along>, EagerTensor<readonly [4, 1], "float32">>>(true);
  assertType<IsExact<ReturnType<typeof hot>, SymbolicTensor<readonly ["batch", 3, 10], "float32">>>(true);
  assertType<IsExact<ReturnType<typeof bools>, EagerTensor<readonly [3, 2], "bool">>>(true);
  assertType<IsExact<ReturnType<typeof part>, EagerTensor<readonly [2, 4], "float32">>>(true);
  assert(part().rank === 2);
});
