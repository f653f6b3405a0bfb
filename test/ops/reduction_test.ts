import { assertEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import * as ops from "../../src/ops/mod.ts";
import { ShapeError } from "../../src/shape/error.ts";
import { tensor, zeros } from "../../src/tensor/creation.ts";
import type { DType } from "../../src/tensor/dtype.ts";
import type { EagerTensor } from "../../src/tensor/eager.ts";
import { input, type SymbolicTensor } from "../../src/tensor/symbolic.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { type Random, seeded } from "../shape/random_shapes.ts";
import { assertOp, DTYPES, isFloat, numbersOf, randomTensor, reduceLoop } from "./loops.ts";

type Reduce = (x: Tensor, options?: { axis?: number | readonly number[]; keepDims?: boolean }) => Tensor;

const summed = (dtype: DType): DType => dtype === "bool" || dtype === "uint8" ? "int32" : dtype;
const floating = (dtype: DType): DType => isFloat(dtype) ? dtype : "float32";
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => sum(values) / values.length;
const variance = (values: readonly number[]): number => {
  const center = mean(values);
  return mean(values.map((value) => (value - center) ** 2));
};

const REDUCTIONS: Record<string, [result: (dtype: DType) => DType, loop: (values: readonly number[]) => number]> = {
  sum: [summed, sum],
  prod: [summed, (values) => values.reduce((product, value) => product * value, 1)],
  mean: [floating, mean],
  variance: [floating, variance],
  std: [floating, (values) => Math.sqrt(variance(values))],
  logsumexp: [floating, (values) => Math.log(sum(values.map(Math.exp)))],
  max: [(dtype) => dtype, (values) => Math.max(...values)],
  min: [(dtype) => dtype, (values) => Math.min(...values)],
  any: [() => "bool", (values) => Number(values.some((value) => value !== 0))],
  all: [() => "bool", (values) => Number(values.every((value) => value !== 0))],
};

function randomAxes(random: Random, rank: number): { option: number | number[] | undefined; axes: number[] } {
  const all = Array.from({ length: rank }, (_, axis) => axis);
  const signed = (axis: number) => random.pick([axis, axis - rank]);
  const kind = random.pick(["all", "one", "list"]);
  if (kind === "all" || rank === 0) return { option: undefined, axes: all };
  const axes = kind === "one" ? [random.pick(all)] : random.shuffle(all).slice(0, random.integer(0, rank));
  return { option: kind === "one" ? signed(axes[0]!) : axes.map(signed), axes };
}

for (const [name, [result, loop]] of Object.entries(REDUCTIONS)) {
  Deno.test(`${name} over random shapes, dtypes and axes gives what a plain loop gives`, () => {
    const random = seeded(name.length * 100 + name.charCodeAt(0));
    const call = ops[name as "sum"] as Reduce;
    for (let round = 0; round < 70; round++) {
      const dtype = DTYPES[round % DTYPES.length]!;
      const withNothing = !["max", "min"].includes(name) && random.integer(0, 5) === 0;
      const shape = random.shape(random.integer(0, 3), withNothing ? [0, 1, 2] : [1, 2, 3]) as number[];
      const { option, axes } = randomAxes(random, shape.length);
      const keepDims = random.pick([true, false]);
      const x = randomTensor(random, shape, dtype);
      const values = reduceLoop(shape, numbersOf(x.dataSync()), axes, loop);
      const kept = shape.flatMap((dim, axis) => axes.includes(axis) ? keepDims ? [1] : [] : [dim]);
      const options = { ...(option === undefined ? {} : { axis: option }), keepDims };
      const expected = { dtype: result(dtype), shape: kept, values };
      assertOp(random, (x) => call(x, options), [x], expected, `${name} with ${JSON.stringify(options)}`);
    }
  });
}

for (const [name, sign] of [["argmax", 1], ["argmin", -1]] as const) {
  Deno.test(`${name} over random shapes, dtypes and axes finds the first that a plain loop finds`, () => {
    const random = seeded(sign + 40);
    const loop = (values: readonly number[]) => values.indexOf(sign * Math.max(...values.map((value) => sign * value)));
    for (let round = 0; round < 70; round++) {
      const dtype = DTYPES[round % DTYPES.length]!;
      const shape = random.shape(random.integer(1, 4), [1, 2, 3]) as number[];
      const rank = shape.length;
      const axis = random.pick([undefined, random.integer(-rank, rank - 1)]);
      const keepDims = random.pick([true, false]);
      const x = randomTensor(random, shape, dtype);
      const axes = axis === undefined ? shape.map((_, place) => place) : [axis < 0 ? axis + rank : axis];
      const values = reduceLoop(shape, numbersOf(x.dataSync()), axes, loop);
      const kept = shape.flatMap((dim, place) => axes.includes(place) ? keepDims ? [1] : [] : [dim]);
      const options = { ...(axis === undefined ? {} : { axis }), keepDims };
      const call = (x: Tensor): Tensor => ops[name](x, options as { axis?: number; keepDims: boolean });
      assertOp(random, call, [x], { dtype: "int32", shape: kept, values }, `${name} with ${JSON.stringify(options)}`);
    }
  });
}

Deno.test("an empty list of axes leaves every value as it is", () => {
  const x = tensor([[1, -2], [3, 0]]);
  assertEquals(ops.sum(x, { axis: [] }).array(), [[1, -2], [3, 0]]);
  assertEquals(ops.max(x, { axis: [] }).array(), [[1, -2], [3, 0]]);
  assertEquals(ops.variance(x, { axis: [] }).array(), [[0, 0], [0, 0]]);
  assertEquals(ops.any(x, { axis: [] }).array(), [[true, true], [true, false]]);
  assertEquals(ops.sum(tensor([true, false]), { axis: [] }).dataSync(), new Int32Array([1, 0]));
});

Deno.test("of nothing, the sum is 0, the product 1, the mean and the variance NaN, any false and all true", () => {
  const x = zeros([2, 0]);
  assertEquals(ops.sum(x, { axis: 1 }).array(), [0, 0]);
  assertEquals(ops.prod(x).item(), 1);
  assertEquals(ops.mean(x, { axis: -1 }).array(), [NaN, NaN]);
  assertEquals(ops.variance(x).item(), NaN);
  assertEquals(ops.std(x, { axis: [1] }).array(), [NaN, NaN]);
  assertEquals(ops.any(x, { axis: 1 }).array(), [false, false]);
  assertEquals(ops.all(x, { axis: 1 }).array(), [true, true]);
  assertEquals(ops.mean(x, { axis: 0 }).shape, [0]);
});

Deno.test("the greatest and the least of nothing are refused in a sentence, eagerly and symbolically", () => {
  const sentence = "Cannot take max of shape [2, 0] over axes [1]: expected at least one value";
  assertThrows(() => ops.max(zeros([2, 0]), { axis: 1 }), ShapeError, sentence);
  assertThrows(() => ops.max(input([2, 0]), { axis: 1 }), ShapeError, sentence);
  assertThrows(() => ops.min(zeros([0])), ShapeError, "Cannot take min of shape [0] over axes [0]");
  assertThrows(() => ops.argmax(zeros([0, 2]), { axis: 0 }), ShapeError, "Cannot take argmax of shape [0, 2]");
  assertThrows(() => ops.argmin(zeros([0, 2])), ShapeError, "Cannot take argmin of shape [0, 2]");
  assertEquals(ops.max(zeros([0, 2]), { axis: 1 }).shape, [0]);
  assertEquals(ops.max(input(["batch", 0]), { axis: 1 }).shape, ["batch"]);
});

Deno.test("NaN is the greatest, the least, and found, wherever it is", () => {
  for (let place = 0; place < 40; place++) {
    const values = Array.from({ length: 40 }, (_, index) => index === place ? NaN : index - 20);
    assertEquals(ops.max(values).item(), NaN);
    assertEquals(ops.min(values).item(), NaN);
    assertEquals(ops.argmax(values).item(), place);
    assertEquals(ops.argmin(values).item(), place);
  }
  assertEquals(ops.argmax([1, NaN, Infinity, NaN]).item(), 1);
  assertEquals(ops.max([[Infinity, -Infinity], [NaN, 0]], { axis: 1 }).array(), [Infinity, NaN]);
  assertEquals(ops.min(new Float64Array([2, NaN])).item(), NaN);
});

Deno.test("the first of equal values is found", () => {
  assertEquals(ops.argmax([[2, 2], [1, 2]], { axis: 1 }).array(), [0, 1]);
  assertEquals(ops.argmin([3, 1, 1]).item(), 1);
  assertEquals(ops.argmax(tensor([false, true, true])).item(), 1);
});

Deno.test("the variance of values far from 0 keeps its digits", () => {
  assertEquals(ops.variance([10000, 10001, 10002, 10003]).item(), 1.25);
  assertEquals(ops.std(new Float64Array([1e9, 1e9 + 2])).item(), 1);
});

Deno.test("logsumexp stands very large and very small values and infinities", () => {
  assertEquals(ops.logsumexp([1000, 1000]).item(), Math.fround(1000 + Math.LN2));
  assertEquals(ops.logsumexp([-1000, -1000]).item(), Math.fround(-1000 + Math.LN2));
  assertEquals(ops.logsumexp([-Infinity, 5]).item(), 5);
  assertEquals(ops.logsumexp([-Infinity, -Infinity]).item(), -Infinity);
  assertEquals(ops.logsumexp([Infinity, 5]).item(), Infinity);
});

Deno.test("sums of bytes and booleans are counted in int32, and those of int64 go beyond 32 bits", () => {
  assertEquals(ops.sum(new Uint8Array([200, 100, 255])).dataSync(), new Int32Array([555]));
  assertEquals(ops.sum([true, true, false]).dataSync(), new Int32Array([2]));
  assertEquals(ops.prod(new Uint8Array([200, 2])).dataSync(), new Int32Array([400]));
  assertEquals(ops.sum([2n ** 40n, 1n]).item(), 2n ** 40n + 1n);
});

Deno.test("an axis that is out of range or named twice is refused in a sentence", () => {
  const x = zeros([2, 3]);
  const unchecked = x as EagerTensor;
  const sentence = "Axis 2 is out of range for shape [2, 3]: expected an axis from -2 to 1";
  assertThrows(() => ops.sum(unchecked, { axis: 2 }), ShapeError, sentence);
  // @ts-expect-error Axis 2 is out of range for shape [2, 3]: expected an axis from -2 to 1
  assertThrows(() => ops.sum(x, { axis: 2 }), ShapeError, sentence);
  const twice = "Axes [0, -2] name axis 0 twice in shape [2, 3]: expected different axes";
  // @ts-expect-error Axes [0, -2] name axis 0 twice in shape [2, 3]: expected different axes
  assertThrows(() => ops.mean(x, { axis: [0, -2] }), ShapeError, twice);
  // @ts-expect-error Axis -3 is out of range for shape [2, 3]: expected an axis from -2 to 1
  assertThrows(() => ops.argmax(x, { axis: -3 }), ShapeError, "Axis -3 is out of range");
});

Deno.test("an option of another name is refused by the compiler and at run time", () => {
  // @ts-expect-error keepdims is no option
  assertThrows(() => ops.sum(zeros([2]), { axis: 0, keepdims: true }), TypeError, "did you mean keepDims?");
});

Deno.test("types know the shape, the dtype and the kind of a reduction", () => {
  const x = zeros([2, 3]);
  const total = ops.sum(x);
  assertType<IsExact<typeof total, EagerTensor<readonly [], "float32">>>(true);
  const kept = ops.any(x, { axis: -1, keepDims: true });
  assertType<IsExact<typeof kept, EagerTensor<readonly [2, 1], "bool">>>(true);
  const counted = ops.sum(zeros([2, 3], { dtype: "uint8" }), { axis: [0] });
  assertType<IsExact<typeof counted, EagerTensor<readonly [3], "int32">>>(true);
  const center = ops.mean(zeros([2], { dtype: "int64" }));
  assertType<IsExact<typeof center, EagerTensor<readonly [], "float32">>>(true);
  const greatest = ops.max(input(["batch", 4, null], { dtype: "float16" }), { axis: 1 });
  assertType<IsExact<typeof greatest, SymbolicTensor<readonly ["batch", null], "float16">>>(true);
  const index = ops.argmin(input(["batch", 4]), { axis: 0, keepDims: true });
  assertType<IsExact<typeof index, SymbolicTensor<readonly [1, 4], "int32">>>(true);
  assertEquals([total.shape, kept.shape, counted.shape, center.shape], [[], [2, 1], [3], []]);
  assertEquals([greatest.shape, index.shape], [["batch", null], [1, 4]]);
});

Deno.test("types never err where the shape, the axis or the options are not known", () => {
  const x = zeros([2, 3]);
  const anything: Tensor = x;
  const axis: number = 1;
  const options: { axis?: number; keepDims?: boolean } = { axis: 1 };
  assertEquals(ops.sum(anything, { axis: 7 - 6 }).shape, [2]);
  assertEquals(ops.sum(x, { axis }).shape, [2]);
  const result = ops.max(x, options);
  assertType<IsExact<typeof result.shape, readonly (number | string | null)[]>>(true);
  assertEquals(result.shape, [2]);
});
