import { assert, assertEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import * as ops from "../../src/ops/mod.ts";
import { ShapeError } from "../../src/shape/error.ts";
import { tensor, zeros } from "../../src/tensor/creation.ts";
import type { EagerTensor } from "../../src/tensor/eager.ts";
import { input, type SymbolicTensor } from "../../src/tensor/symbolic.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { EngineError } from "../../src/engine/engine.ts";
import { defaultEngine } from "../../src/eager/default_engine.ts";
import { Graph } from "../../src/graph/graph.ts";
import { seeded } from "../shape/random_shapes.ts";
import { at, bothWays, DTYPES, numbers, tensorOf, valuesAt } from "./both_ways.ts";

Deno.test("random tensors are joined along any axis", () => {
  const random = seeded(51);
  for (let round = 0; round < 40; round++) {
    const shape = random.shape(random.integer(1, 3), [1, 2, 3]) as number[];
    const axis = random.integer(-shape.length, shape.length - 1);
    const place = axis < 0 ? axis + shape.length : axis;
    const sizes = Array.from({ length: random.integer(1, 3) }, () => random.integer(0, 3));
    const dtype = random.pick(DTYPES);
    const xs = sizes.map((size, n) => tensorOf(shape.with(place, size), dtype, (_, i) => (n * 50 + i) % 256));
    const [y] = bothWays((...xs: Tensor[]) => ops.concatenate(xs, { axis }), xs);
    const total = shape.with(place, sizes.reduce((sum, size) => sum + size, 0));
    assertEquals([y!.shape, y!.dtype], [total, dtype]);
    const expected = valuesAt(total, (index) => {
      let n = 0;
      let i = index[place]!;
      while (i >= sizes[n]!) i -= sizes[n++]!;
      return at(xs[n]!, index.with(place, i));
    });
    assertEquals(numbers(y!), expected);
    // Splitting where they were joined gives them back.
    const ends = sizes.slice(0, -1).map((_, n) => sizes.slice(0, n + 1).reduce((sum, size) => sum + size, 0));
    const parts = bothWays((y: Tensor) => ops.split(y, ends, { axis }), [y!]);
    assertEquals(parts.map((part) => [part.shape, numbers(part)]), xs.map((x) => [x.shape, numbers(x)]));
  }
});

Deno.test("random tensors are stacked and taken apart again", () => {
  const random = seeded(52);
  for (let round = 0; round < 40; round++) {
    const shape = random.shape(random.integer(0, 3), [0, 1, 2, 3]) as number[];
    const axis = random.integer(-shape.length - 1, shape.length);
    const place = axis < 0 ? axis + shape.length + 1 : axis;
    const dtype = random.pick(DTYPES);
    const count = random.integer(1, 3);
    const xs = Array.from({ length: count }, (_, n) => tensorOf(shape, dtype, (_, i) => n * 60 + i));
    const [y] = bothWays((...xs: Tensor[]) => ops.stack(xs, { axis }), xs);
    assertEquals(y!.shape, shape.toSpliced(place, 0, count));
    assertEquals(
      numbers(y!),
      valuesAt(y!.shape as number[], (index) => at(xs[index[place]!]!, index.toSpliced(place, 1))),
    );
    const parts = bothWays((y: Tensor) => ops.unstack(y, { axis, num: count }), [y!]);
    assertEquals(
      parts.map((part) => [part.shape, part.dtype, numbers(part)]),
      xs.map((x) => [shape, dtype, numbers(x)]),
    );
  }
});

Deno.test("dtypes are promoted", () => {
  const y = ops.concatenate([tensor([1], { dtype: "int32" }), tensor([true]), tensor([0.5])]);
  assertEquals([y.dtype, y.array()], ["float32", [1, 1, 0.5]]);
  const z = ops.stack([tensor([200], { dtype: "uint8" }), tensor([-1n])]);
  assertEquals([z.dtype, z.array()], ["int64", [[200n], [-1n]]]);
});

Deno.test("equal parts need a size that they divide", () => {
  assertEquals(ops.split(input(["batch", 6]), 3, { axis: 1 }).map(({ shape }) => shape), Array(3).fill(["batch", 2]));
  assertEquals(ops.split(tensor([1, 2, 3, 4]), 2).map((part) => part.array()), [[1, 2], [3, 4]]);
  const sentence = "Cannot split axis 1 of shape [2, 5]: size 5 is no multiple of 2";
  // @ts-expect-error Cannot split axis 1 of shape [2, 5]: size 5 is no multiple of 2
  assertThrows(() => ops.split(zeros([2, 5]), 2, { axis: 1 }), ShapeError, sentence);
  // @ts-expect-error Cannot split axis 0 of shape [2]: size 2 is no multiple of 0
  const none = () => ops.split(zeros([2]), 0);
  assertThrows(none, ShapeError, "Cannot split axis 0 of shape [2]: size 2 is no multiple of 0");
  assertThrows(() => ops.split(zeros([2]) as Tensor, -1), RangeError, "expected 1 or more parts, received -1");
});

Deno.test("an open size that the parts do not divide is refused by the run", () => {
  const x = input(["batch"]);
  const program = defaultEngine.loadSync(new Graph([x], ops.split(x, 2)).toONNX());
  const run = (length: number) =>
    program.runSync([{ shape: [length], dtype: "float32", data: new Float32Array(length) }]);
  assertEquals(run(6).map(({ shape }) => shape), [[3], [3]]);
  assertThrows(() => run(5), EngineError);
  program.releaseSync();
});

Deno.test("indices that do not ascend within the size are refused", () => {
  const sentence = "Cannot split axis 0 of shape [5]: expected ascending indices from 0 to 5, received";
  // @ts-expect-error Cannot split axis 0 of shape [5]: expected ascending indices from 0 to 5, received [3, 2]
  assertThrows(() => ops.split(zeros([5]), [3, 2]), ShapeError, `${sentence} [3, 2]`);
  // @ts-expect-error Cannot split axis 0 of shape [5]: expected ascending indices from 0 to 5, received [6]
  assertThrows(() => ops.split(zeros([5]), [6]), ShapeError, `${sentence} [6]`);
  assertThrows(() => ops.split(zeros([5]) as Tensor, [-1]), ShapeError, `${sentence} [-1]`);
});

Deno.test("the number of parts of an open axis must be given", () => {
  assertThrows(
    () => ops.unstack(input(["batch", 2])),
    ShapeError,
    "Cannot unstack axis 0 of shape [batch, 2]: expected a known size, or the option num",
  );
  assertEquals(ops.unstack(input(["batch", 2]), { num: 3 }).map(({ shape }) => shape), [[2], [2], [2]]);
  const sentence = "Cannot unstack axis 0 of shape [2, 3]: expected size 4";
  // @ts-expect-error Cannot unstack axis 0 of shape [2, 3]: expected size 4
  assertThrows(() => ops.unstack(zeros([2, 3]), { num: 4 }), ShapeError, sentence);
  assertEquals(ops.unstack(zeros([0, 3])), []);
});

Deno.test("tensors that do not fit together are refused", () => {
  const sentence =
    "Cannot concatenate along axis 0: input 0 of shape [2, 3] and input 1 of shape [2, 4] differ in axis 1";
  // @ts-expect-error Cannot concatenate along axis 0: input 0 of shape [2, 3] and input 1 of shape [2, 4] differ in axis 1
  assertThrows(() => ops.concatenate([zeros([2, 3]), zeros([2, 4])]), ShapeError, sentence);
  assertThrows(() => ops.concatenate([zeros([2]) as Tensor], { axis: 1 }), ShapeError, "Axis 1 is out of range");
  assertThrows(() => ops.concatenate([] as Tensor[]), ShapeError, "expected at least one input");
  assertThrows(() => ops.stack([] as Tensor[]), ShapeError, "expected at least one input");
  // @ts-expect-error Cannot stack along axis 0: input 0 of shape [2] and input 1 of shape [3] differ in axis 0
  assertThrows(() => ops.stack([zeros([2]), zeros([3])]), ShapeError, "differ in axis 0");
});

Deno.test("the types of joined and split tensors are exact", () => {
  const s = input(["batch", 2]);
  const i = zeros([3, 2], { dtype: "int32" });
  const joined = () => ops.concatenate([zeros([2, 2]), i]);
  const mixed = () => ops.concatenate([s, zeros([3, 2])], { axis: 0 });
  const stacked = () => ops.stack([i, i], { axis: -1 });
  const several = (xs: EagerTensor<readonly [2], "int32">[]) => ops.stack(xs);
  const halves = () => ops.split(zeros([4, 3]), 2);
  const parts = () => ops.split(zeros([2, 5]), [1, 4], { axis: 1 });
  const rows = () => ops.unstack(zeros([2, 3]));
  const columns = () => ops.unstack(s, { axis: 1 });
  type Row = EagerTensor<readonly [3], "float32">;
  assertType<IsExact<ReturnType<typeof joined>, EagerTensor<readonly [5, 2], "float32">>>(true);
  assertType<IsExact<ReturnType<typeof mixed>, SymbolicTensor<readonly [null, 2], "float32">>>(true);
  assertType<IsExact<ReturnType<typeof stacked>, EagerTensor<readonly [3, 2, 2], "int32">>>(true);
  assertType<IsExact<ReturnType<typeof several>["dtype"], "int32">>(true);
  type Half = EagerTensor<readonly [2, 3], "float32">;
  assertType<IsExact<ReturnType<typeof halves>, readonly [Half, Half]>>(true);
  assertType<IsExact<ReturnType<typeof parts>[1], EagerTensor<readonly [2, 3], "float32">>>(true);
  assertType<IsExact<ReturnType<typeof parts>["length"], 3>>(true);
  assertType<IsExact<ReturnType<typeof rows>, readonly [Row, Row]>>(true);
  assertType<IsExact<ReturnType<typeof columns>[0], SymbolicTensor<readonly ["batch"], "float32">>>(true);
  assert(joined().shape.length === 2);
});
