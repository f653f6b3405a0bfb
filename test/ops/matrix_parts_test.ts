import { assertEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import * as ops from "../../src/ops/mod.ts";
import { ShapeError } from "../../src/shape/error.ts";
import { tensor, zeros } from "../../src/tensor/creation.ts";
import type { EagerTensor } from "../../src/tensor/eager.ts";
import { input, type SymbolicTensor } from "../../src/tensor/symbolic.ts";
import { seeded } from "../shape/random_shapes.ts";
import { bothWays } from "./both_ways.ts";
import { assertOp, DTYPES, numbersOf, placesOf, randomTensor } from "./loops.ts";

for (const [name, keeps] of [["tril", (k: number) => k >= 0], ["triu", (k: number) => k <= 0]] as const) {
  Deno.test(`${name} of random matrices keeps what is on its side of the diagonal`, () => {
    const random = seeded(name.charCodeAt(3));
    for (let round = 0; round < 56; round++) {
      const dtype = DTYPES[round % DTYPES.length]!;
      const shape = random.shape(random.integer(2, 4), [0, 1, 2, 3, 4]) as number[];
      const k = random.integer(-5, 5);
      const x = randomTensor(random, shape, dtype);
      const data = numbersOf(x.dataSync());
      const values = placesOf(shape).map((place, index) => keeps(k + place.at(-2)! - place.at(-1)!) ? data[index]! : 0);
      assertOp(random, (x) => ops[name](x!, { k }), [x], { dtype, shape, values }, `${name} with k ${k}`);
    }
  });
}

Deno.test("diagonal and trace of random matrices over random axes give what a plain loop gives", () => {
  const random = seeded(81);
  for (let round = 0; round < 84; round++) {
    const dtype = DTYPES[round % DTYPES.length]!;
    const shape = random.shape(random.integer(2, 4), [1, 2, 3, 4]) as number[];
    const [row, column, ...others] = random.shuffle(shape.map((_, axis) => axis)) as [number, number, ...number[]];
    const offset = random.integer(-5, 5);
    others.sort();
    const x = randomTensor(random, shape, dtype);
    const data = numbersOf(x.dataSync());
    const rest = others.map((axis) => shape[axis]!);
    const length = placesOf([shape[row]!, shape[column]!]).filter(([i, j]) => j! - i! === offset).length;
    const values = placesOf([...rest, length]).map((place) => {
      const at = shape.map((_, axis) => place[others.indexOf(axis)] ?? 0);
      at[row] = place.at(-1)! + Math.max(-offset, 0);
      at[column] = place.at(-1)! + Math.max(offset, 0);
      return data[shape.reduce((index, dim, axis) => index * dim + at[axis]!, 0)]!;
    });
    const sign = (axis: number) => random.pick([axis, axis - shape.length]);
    const options = { offset, axis1: sign(row), axis2: sign(column) };
    const what = `with ${JSON.stringify(options)}`;
    const diagonals = { dtype, shape: [...rest, length], values };
    assertOp(random, (x) => ops.diagonal(x!, options), [x], diagonals, `diagonal ${what}`);
    const sums = placesOf(rest).map((_, index) => {
      return values.slice(index * length, (index + 1) * length).reduce((sum, value) => sum + value, 0);
    });
    const total = {
      dtype: dtype === "bool" || dtype === "uint8" ? "int32" as const : dtype,
      shape: rest,
      values: sums,
    };
    assertOp(random, (x) => ops.trace(x!, options), [x], total, `trace ${what}`);
  }
});

Deno.test("what has no triangle or diagonal is refused in a sentence", () => {
  const triangle = "Cannot take a triangle of shape [3]: expected at least 2 axes";
  assertThrows(() => ops.tril(zeros([3]) as EagerTensor), ShapeError, triangle);
  // @ts-expect-error Cannot take a triangle of shape [3]: expected at least 2 axes
  assertThrows(() => ops.triu(zeros([3])), ShapeError, triangle);
  const x = zeros([2, 3]);
  // @ts-expect-error Axes [1, 1] name axis 1 twice
  assertThrows(() => ops.diagonal(x, { axis1: 1 }), ShapeError, "Axes [1, 1] name axis 1 twice");
  // @ts-expect-error Axis 2 is out of range
  assertThrows(() => ops.trace(x, { axis2: 2 }), ShapeError, "Axis 2 is out of range for shape");
});

Deno.test("types know the shape, the dtype and the kind of parts of matrices", () => {
  const x = zeros([2, 3]);
  const lower = ops.tril(x, { k: 1 });
  assertType<IsExact<typeof lower, EagerTensor<readonly [2, 3], "float32">>>(true);
  const diagonal = ops.diagonal(x, { offset: 2 });
  assertType<IsExact<typeof diagonal, EagerTensor<readonly [1], "float32">>>(true);
  const open = ops.diagonal(input(["batch", 4, 5]), { axis1: -2, axis2: -1 });
  assertType<IsExact<typeof open, SymbolicTensor<readonly ["batch", 4], "float32">>>(true);
  const square = ops.diagonal(input(["rows", "rows"]));
  assertType<IsExact<typeof square, SymbolicTensor<readonly ["rows"], "float32">>>(true);
  const trace = ops.trace(tensor([[true, false], [true, true]]));
  assertType<IsExact<typeof trace, EagerTensor<readonly [], "int32">>>(true);
  assertEquals(trace.item(), 2);
  assertEquals([lower.shape, diagonal.shape, open.shape, square.shape], [[2, 3], [1], ["batch", 4], ["rows"]]);
});

Deno.test("a default axis that a tensor has not is the tensor's fault", () => {
  const sentence = "Axis 1 is out of range for shape [3]: expected an axis from -1 to 0";
  // @ts-expect-error Axis 1 is out of range for shape [3]: expected an axis from -1 to 0
  const diagonal = () => ops.diagonal(zeros([3]), { offset: 1 });
  assertThrows(diagonal, ShapeError, sentence);
  // @ts-expect-error Axis 1 is out of range for shape [3]: expected an axis from -1 to 0
  const trace = () => ops.trace(zeros([3]));
  assertThrows(trace, ShapeError, sentence);
});

Deno.test("diag makes matrices of vectors of any dtype, also of empty and infinite ones", () => {
  for (const dtype of DTYPES) {
    const [made] = bothWays((x) => ops.diag(x, { k: -1 }), [ops.cast(tensor([1, 1]), dtype)], [
      "known",
      "open",
      "named",
    ]);
    assertEquals([...made!.dataSync()].map(Number), [0, 0, 0, 1, 0, 0, 0, 1, 0]);
    assertEquals(made!.dtype, dtype);
  }
  assertEquals(ops.diag(tensor([Infinity, NaN])).array(), [[Infinity, 0], [0, NaN]]);
  assertEquals(ops.diag(zeros([0]), { k: 1 }).array(), [[0]]);
  const square = ops.diag(input(["n"]));
  assertType<IsExact<typeof square, SymbolicTensor<readonly ["n", "n"], "float32">>>(true);
  const wider = ops.diag(zeros([3]), { k: -2 });
  assertType<IsExact<typeof wider, EagerTensor<readonly [5, 5], "float32">>>(true);
  const sentence = "Cannot make or take a diagonal of shape []: expected 1 axis or 2";
  // @ts-expect-error Cannot make or take a diagonal of shape []: expected 1 axis or 2
  assertThrows(() => ops.diag(1), ShapeError, sentence);
});
