import { assertEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import * as ops from "../../src/ops/mod.ts";
import type { NormOptions } from "../../src/ops/reduction/norm.ts";
import { ShapeError } from "../../src/shape/error.ts";
import { zeros } from "../../src/tensor/creation.ts";
import type { EagerTensor } from "../../src/tensor/eager.ts";
import { input, type SymbolicTensor } from "../../src/tensor/symbolic.ts";
import { seeded } from "../shape/random_shapes.ts";
import { assertOp, DTYPES, isFloat, numbersOf, randomTensor, reduceLoop } from "./loops.ts";

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + Math.abs(value), 0);
const VECTORS: [ord: number | undefined, loop: (values: readonly number[]) => number][] = [
  [undefined, (values) => Math.hypot(...values)],
  [0, (values) => values.filter((value) => value !== 0).length],
  [1, sum],
  [2, (values) => Math.hypot(...values)],
  [3, (values) => Math.cbrt(sum(values.map((value) => value ** 3)))],
  [0.5, (values) => values.reduce((total, value) => total + Math.sqrt(Math.abs(value)), 0) ** 2],
  [-1, (values) => 1 / sum(values.map((value) => 1 / value))],
  [Infinity, (values) => Math.max(...values.map(Math.abs))],
  [-Infinity, (values) => Math.min(...values.map(Math.abs))],
];

Deno.test("norms of random vectors along random axes give what plain loops give", () => {
  const random = seeded(91);
  for (let round = 0; round < 126; round++) {
    const dtype = DTYPES[round % DTYPES.length]!;
    const [ord, loop] = random.pick(VECTORS);
    const shape = random.shape(random.integer(1, 3), [1, 2, 3]) as number[];
    const axis = random.integer(-shape.length, shape.length - 1);
    const place = axis < 0 ? axis + shape.length : axis;
    const keepDims = random.pick([true, false]);
    const x = randomTensor(random, shape, dtype);
    const values = reduceLoop(shape, numbersOf(x.dataSync()), [place], loop);
    const kept = shape.flatMap((dim, at) => at === place ? keepDims ? [1] : [] : [dim]);
    const expected = { dtype: isFloat(dtype) ? dtype : "float32" as const, shape: kept, values };
    const options: NormOptions = { ...(ord === undefined ? {} : { ord }), axis, keepDims };
    assertOp(random, (x) => ops.norm(x!, options), [x], expected, `norm ${ord} along ${axis}`);
  }
});

Deno.test("norms of matrices compare sums of columns or rows", () => {
  const x = [[1, -2, 3], [-4, 5, -6]];
  assertEquals(ops.norm(x, { ord: 1 }).item(), 9);
  assertEquals(ops.norm(x, { ord: -1 }).item(), 5);
  assertEquals(ops.norm(x, { ord: Infinity }).item(), 15);
  assertEquals(ops.norm(x, { ord: -Infinity }).item(), 6);
  assertEquals(ops.norm([[3, 0], [0, 4]], { ord: "fro" }).item(), 5);
  assertEquals(ops.norm([x, x], { ord: 1, axis: [1, 2] }).array(), [9, 9]);
  assertEquals(ops.norm([x, x], { ord: 1, axis: [-1, -2], keepDims: true }).array(), [[[15]], [[15]]]);
});

Deno.test("without an order all values make one vector", () => {
  assertEquals(ops.norm([[[1, 1], [1, 1]], [[2, 2], [2, 0]]]).item(), 4);
  assertEquals(ops.norm(zeros([0])).item(), 0);
  assertEquals(ops.norm(-3).item(), 3);
});

Deno.test("NaN makes every norm NaN", () => {
  for (const ord of [1, 2, 3, Infinity, -Infinity]) assertEquals(ops.norm([1, NaN, 2], { ord }).item(), NaN);
  assertEquals(ops.norm([[1, 2], [3, NaN]], { ord: Infinity }).item(), NaN);
});

Deno.test("orders and axes that make no norm are refused in a sentence", () => {
  const x = zeros([2, 3]) as EagerTensor;
  const nuclear = "Cannot take the norm of order 2 of shape [2, 3] over axes [0, 1]: " +
    "expected one of fro, 1, -1, Infinity, -Infinity for matrices";
  assertThrows(() => ops.norm(x, { ord: 2 }), RangeError, nuclear);
  assertThrows(() => ops.norm(x, { ord: "fro", axis: 0 }), RangeError, "expected a number for vectors");
  assertThrows(() => ops.norm(zeros([2, 3, 4]), { ord: 1 }), ShapeError, "expected one axis or two");
  assertThrows(() => ops.norm(zeros([0]), { ord: Infinity }), ShapeError, "expected at least one value");
  // @ts-expect-error Axis 2 is out of range for shape [2, 3]: expected an axis from -2 to 1
  assertThrows(() => ops.norm(zeros([2, 3]), { axis: 2 }), ShapeError, "Axis 2 is out of range");
});

Deno.test("types know the shape, the dtype and the kind of a norm", () => {
  const whole = ops.norm(zeros([2, 3], { dtype: "int32" }));
  assertType<IsExact<typeof whole, EagerTensor<readonly [], "float32">>>(true);
  const rows = ops.norm(input(["batch", 3], { dtype: "float64" }), { ord: 1, axis: -1, keepDims: true });
  assertType<IsExact<typeof rows, SymbolicTensor<readonly ["batch", 1], "float64">>>(true);
  assertEquals([whole.shape, rows.shape], [[], ["batch", 1]]);
});

Deno.test("normalize refuses what it cannot divide by, and keeps the shape", () => {
  // @ts-expect-error Axis -1 is out of range for shape []: expected none, as it has no axes
  assertThrows(() => ops.normalize(2), ShapeError, "Axis -1 is out of range for shape []");
  assertThrows(() => ops.normalize([1], { order: 0 }), RangeError, "expected at least 1");
  const vectors = ops.normalize(input(["batch", 3], { dtype: "int32" }), { axis: 0 });
  assertType<IsExact<typeof vectors, SymbolicTensor<readonly ["batch", 3], "float32">>>(true);
  assertEquals([vectors.shape, vectors.dtype], [["batch", 3], "float32"]);
});
