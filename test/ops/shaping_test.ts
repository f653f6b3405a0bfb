import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import * as ops from "../../src/ops/mod.ts";
import type { Mismatch } from "../../src/shape/error.ts";
import { ShapeError } from "../../src/shape/error.ts";
import type { Shape } from "../../src/shape/dim.ts";
import { zeros } from "../../src/tensor/creation.ts";
import type { EagerTensor } from "../../src/tensor/eager.ts";
import { input, type SymbolicTensor } from "../../src/tensor/symbolic.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { seeded } from "../shape/random_shapes.ts";
import { at, bothWays, DTYPES, numbers, tensorOf, valuesAt } from "./both_ways.ts";

const counted = (shape: readonly number[], dtype = DTYPES[0]!) => tensorOf(shape, dtype, (_, place) => place % 200);

Deno.test("moving ops keep every dtype", () => {
  for (const dtype of DTYPES) {
    const x = tensorOf([2, 3], dtype, ([i, j]) => (i! + j!) % 2);
    const kept = numbers(x);
    for (const same of [ops.reshape(x, [3, 2]), ops.flatten(x), ops.expandDims(x, 1), ops.squeeze(x)]) {
      assertEquals([same.dtype, numbers(same as EagerTensor)], [dtype, kept]);
    }
    for (const other of [ops.transpose(x), ops.broadcastTo(x, [2, 2, 3]), ops.swapaxes(x, 0, 1)]) {
      assertEquals(other.dtype, dtype);
    }
  }
});

Deno.test("random reshapes keep the order of the elements", () => {
  const random = seeded(41);
  for (let round = 0; round < 60; round++) {
    const target = random.shape(random.integer(0, 4), [1, 2, 3]) as number[];
    const x = counted(random.shuffle(target));
    const wanted = target.map((dim, axis) => axis === round % 5 ? -1 : dim);
    const [y] = bothWays((x: Tensor) => ops.reshape(x, wanted), [x]);
    assertEquals(y!.shape, target);
    assertEquals(numbers(y!), numbers(x));
  }
});

Deno.test("reshape finds open dims by their names", () => {
  const x = input(["batch", "time", 6]);
  assertEquals(ops.reshape(x, ["batch", "time", 2, 3]).shape, ["batch", "time", 2, 3]);
  assertEquals(ops.reshape(x, ["time", "batch", -1]).shape, ["time", "batch", 6]);
  assertEquals(ops.reshape(x, ["batch", -1]).shape, ["batch", "time*6"]);
  assertEquals(ops.reshape(input(["batch", 4]), ["rows", 2]).shape, ["rows", 2]);
  assertThrows(
    () => ops.reshape(x, ["a", "b", 6]),
    ShapeError,
    "expected the names of open dims to be those of the shape",
  );
});

Deno.test("a reshape by names runs", () => {
  const named = (x: Tensor) => ops.reshape(x, [x.shape[1]!, x.shape[0]!, 3, 2]);
  const x = counted([4, 2, 6]);
  const y = named(x) as Tensor as EagerTensor;
  assertEquals(y.shape, [2, 4, 3, 2]);
  assertEquals(numbers(y), numbers(x));
  assertEquals(named(input(["batch", "time", 6])).shape as Shape, ["time", "batch", 3, 2]);
  const [z] = bothWays((x: Tensor) => ops.reshape(x, [x.shape[1]!, x.shape[0]!, 3, -1]), [x], ["known", "named"]);
  assertEquals([z!.shape, numbers(z!)], [[2, 4, 3, 2], numbers(x)]);
  assertThrows(() => named(input([null, null, 6])), ShapeError, "expected the names of open dims");
});

Deno.test("a reshape to another size is refused", () => {
  const sentence = "Cannot reshape [2, 3] of size 6 into [4] of size 4";
  // @ts-expect-error Cannot reshape [2, 3] of size 6 into [4] of size 4
  assertThrows(() => ops.reshape(zeros([2, 3]), [4]), ShapeError, sentence);
  assertThrows(() => ops.reshape(input([2, 3]) as Tensor, [4]), ShapeError, sentence);
});

Deno.test("random transpositions put each element where its index goes", () => {
  const random = seeded(42);
  for (let round = 0; round < 40; round++) {
    const shape = random.shape(random.integer(0, 4), [0, 1, 2, 3]) as number[];
    const axes = random.shuffle([...shape.keys()]);
    const given = axes.map((axis) => random.pick([axis, axis - shape.length]));
    const x = counted(shape);
    const [y] = bothWays((x: Tensor) => ops.transpose(x, given), [x]);
    assertEquals(y!.shape, axes.map((axis) => shape[axis]!));
    const expected = valuesAt(y!.shape as number[], (index) => {
      const from: number[] = [];
      axes.forEach((axis, place) => from[axis] = index[place]!);
      return at(x, from);
    });
    assertEquals(numbers(y!), expected);
  }
});

// Shapes from NumPy 2.4.6.
Deno.test("axes move as in NumPy", () => {
  const x = zeros([2, 3, 4, 5]);
  assertEquals(ops.moveaxis(x, 0, -1).shape, [3, 4, 5, 2]);
  assertEquals(ops.moveaxis(x, [0, 1], [-1, -2]).shape, [4, 5, 3, 2]);
  assertEquals(ops.moveaxis(x, [3, 0], [0, 2]).shape, [5, 3, 2, 4]);
  assertEquals(ops.swapaxes(x, 1, -1).shape, [2, 5, 4, 3]);
  assertEquals(ops.transpose(x).shape, [5, 4, 3, 2]);
  assertThrows(() => ops.moveaxis(x as Tensor, [0, 1], [0]), ShapeError, "Cannot move axes: expected as many places");
  assertThrows(() => ops.swapaxes(x as Tensor, 0, 4), ShapeError, "Axis 4 is out of range");
  assertThrows(() => ops.transpose(x as Tensor, [0, 1]), ShapeError, "expected 4 axes, received 2");
});

Deno.test("new axes come and go", () => {
  const random = seeded(43);
  for (let round = 0; round < 30; round++) {
    const x = counted(random.shape(random.integer(0, 3), [2, 3]) as number[]);
    const axis = random.integer(-x.rank - 1, x.rank);
    const [y] = bothWays((x: Tensor) => ops.expandDims(x, axis), [x]);
    const place = axis < 0 ? axis + x.rank + 1 : axis;
    assertEquals(y!.shape, (x.shape as number[]).toSpliced(place, 0, 1));
    const [z] = bothWays((y: Tensor) => ops.squeeze(y, { axis }), [y!]);
    assertEquals([z!.shape, numbers(z!)], [x.shape, numbers(x)]);
    assertEquals((ops.squeeze(y!) as EagerTensor).shape, x.shape);
  }
  assertThrows(() => ops.squeeze(input(["batch", 1]) as Tensor), ShapeError, "without an axis");
  assertEquals(ops.squeeze(input(["batch", 1]), { axis: 1 }).shape, ["batch"]);
});

Deno.test("broadcasting repeats the elements of axes of size 1", () => {
  const [y] = bothWays((x: Tensor) => ops.broadcastTo(x, [2, 3, 2]), [counted([3, 1])]);
  assertEquals(numbers(y!), [0, 0, 1, 1, 2, 2, 0, 0, 1, 1, 2, 2]);
  assertEquals(ops.broadcastTo(input(["batch", 1]), ["batch", 4]).shape, ["batch", 4]);
  assertThrows(() => ops.broadcastTo(input([1]), ["batch"]), ShapeError, "axis -1 has no size to broadcast to");
  assertThrows(() => ops.broadcastTo(zeros([3]) as Tensor, [4]), ShapeError, "Cannot broadcast shape [3] to [4]");
});

Deno.test("the kinds of results are those of the inputs", () => {
  const x = input([2, 3]);
  assertStrictEquals(ops.transpose(x).kind, "symbolic");
  assertStrictEquals(ops.transpose([[1, 2]]).kind, "eager");
});

Deno.test("the types of results are exact", () => {
  const x = zeros([2, 3]);
  const s = input(["batch", 2, 3], { dtype: "int32" });
  const unknown = zeros([2, 3]) as Tensor;
  const results = () => {
    assertType<IsExact<ReturnType<typeof reshaped>, EagerTensor<readonly [3, 2], "float32">>>(true);
    assertType<IsExact<ReturnType<typeof symbolic>, SymbolicTensor<readonly ["batch", 6], "int32">>>(true);
    assertType<IsExact<ReturnType<typeof transposed>, SymbolicTensor<readonly [3, "batch", 2], "int32">>>(true);
    assertType<IsExact<ReturnType<typeof moved>, EagerTensor<readonly [4, 5, 3, 2], "float32">>>(true);
    assertType<IsExact<ReturnType<typeof swapped>, EagerTensor<readonly [3, 2], "float32">>>(true);
    assertType<IsExact<ReturnType<typeof expanded>, EagerTensor<readonly [2, 3, 1], "float32">>>(true);
    assertType<IsExact<ReturnType<typeof squeezed>, EagerTensor<readonly [3], "float32">>>(true);
    assertType<IsExact<ReturnType<typeof flat>, SymbolicTensor<readonly ["batch*6"], "int32">>>(true);
    assertType<IsExact<ReturnType<typeof wide>, Tensor<readonly [2, 2], typeof unknown.dtype>>>(true);
    assertType<IsExact<ReturnType<typeof open>, Tensor<Shape, typeof unknown.dtype>>>(true);
  };
  const reshaped = () => ops.reshape(x, [3, -1]);
  const symbolic = () => ops.reshape(s, ["batch", -1]);
  const transposed = () => ops.transpose(s, [2, 0, 1]);
  const moved = () => ops.moveaxis(zeros([2, 3, 4, 5]), [0, 1], [-1, -2]);
  const swapped = () => ops.swapaxes(x, 0, -1);
  const expanded = () => ops.expandDims(x, -1);
  const squeezed = () => ops.squeeze(zeros([1, 3, 1]));
  const flat = () => ops.flatten(s);
  const wide = () => ops.broadcastTo(unknown, [2, 2]);
  const open = () => ops.transpose(unknown);
  assert(typeof results === "function");
});

Deno.test("the types of misfits carry the sentence of the error", () => {
  // @ts-expect-error Axis 3 is out of range for shape [2, 3]: expected an axis from -2 to 1
  const transposed = () => ops.transpose(zeros([2, 3]), [0, 3]);
  assertThrows(transposed, ShapeError, "Axis 3 is out of range for shape [2, 3]: expected an axis from -2 to 1");
  // @ts-expect-error Cannot squeeze axis 0 of shape [2, 3]: expected size 1, received 2
  const squeezed = () => ops.squeeze(zeros([2, 3]), { axis: 0 });
  assertThrows(squeezed, ShapeError, "Cannot squeeze axis 0 of shape [2, 3]: expected size 1, received 2");
  // @ts-expect-error Cannot move axes: expected as many places as axes, received 1 and 2
  const moved = () => ops.moveaxis(zeros([2, 3]), [0, 1], [0]);
  assertThrows(moved, ShapeError, "Cannot move axes: expected as many places as axes, received 1 and 2");
  type Wrong = Parameters<typeof ops.swapaxes<EagerTensor<readonly [2], "float32">, 0, 1>>[2];
  assertType<
    Wrong extends Mismatch<"Axis 1 is out of range for shape [2]: expected an axis from -1 to 0"> ? true : false
  >(true);
});
