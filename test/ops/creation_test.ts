import { assert, assertEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import * as ops from "../../src/ops/mod.ts";
import { ShapeError } from "../../src/shape/error.ts";
import { zeros } from "../../src/tensor/creation.ts";
import type { EagerTensor } from "../../src/tensor/eager.ts";
import { input, type SymbolicTensor } from "../../src/tensor/symbolic.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { bothWays, DTYPES, numbers, tensorOf } from "./both_ways.ts";

Deno.test("tensors like others have their shape, and their dtype unless one is given", () => {
  for (const dtype of DTYPES) {
    const x = tensorOf([2, 3], dtype, (_, i) => i);
    for (const [like, value] of [[ops.zerosLike, 0], [ops.onesLike, 1]] as const) {
      const [y] = bothWays((x: Tensor) => like(x), [x]);
      assertEquals([y!.dtype, y!.shape, numbers(y!)], [dtype, [2, 3], Array(6).fill(value)]);
      const [z] = bothWays((x: Tensor) => like(x, { dtype: "int64" }), [x]);
      assertEquals([z!.dtype, numbers(z!)], ["int64", Array(6).fill(value)]);
    }
  }
  assertEquals(ops.fullLike([1, 2], 2.5).array(), [2.5, 2.5]);
  assertEquals(ops.fullLike(zeros([0, 2]), 1).shape, [0, 2]);
});

// From NumPy 2.4.6.
Deno.test("diagonals, ranges and spaces are NumPy's", () => {
  assertEquals(ops.eye(2, { m: 3, k: 1 }).array(), [[0, 1, 0], [0, 0, 1]]);
  assertEquals(ops.eye(3, { m: 2, k: -2 }).array(), [[0, 0], [0, 0], [1, 0]]);
  assertEquals(ops.eye(2, { k: 5, dtype: "bool" }).array(), [[false, false], [false, false]]);
  assertEquals(ops.arange(2, 5).array(), [2, 3, 4]);
  assertEquals(ops.arange(5, 0, -2).array(), [5, 3, 1]);
  assertEquals(ops.arange(3, { dtype: "int64" }).array(), [0n, 1n, 2n]);
  assertEquals(ops.linspace(2, 3, 5, { endpoint: false, dtype: "float64" }).array(), [2, 2.2, 2.4, 2.6, 2.8]);
  assertEquals(ops.linspace(0, 10, 3, { dtype: "int32" }).array(), [0, 5, 10]);
  assertEquals(ops.linspace(1, 2).shape, [50]);
  assertEquals(ops.linspace(-1, 0.1, 7, { dtype: "float64" }).array().at(-1), 0.1);
  assertThrows(() => ops.eye(-1), RangeError, "shape [-1, -1]");
  assertThrows(() => ops.linspace(0, 1, -1), RangeError, "Cannot make -1 evenly spaced values");
});

Deno.test("grids run along the axes that NumPy gives them", () => {
  const xs = [2, 3, 4].map((size, n) => tensorOf([size], DTYPES[n]!, (_, i) => n * 10 + i));
  for (const indexing of ["xy", "ij"] as const) {
    const grids = bothWays((...xs: Tensor[]) => ops.meshgrid(...xs, { indexing }), xs);
    const shape = indexing === "xy" ? [3, 2, 4] : [2, 3, 4];
    grids.forEach((grid, n) => {
      assertEquals([grid.shape, grid.dtype], [shape, DTYPES[n]]);
      const axis = indexing === "xy" ? [1, 0, 2][n]! : n;
      const expected = tensorOf(shape, "float32", (index) => n * 10 + index[axis]!);
      assertEquals(numbers(grid), numbers(expected));
    });
  }
  assertEquals(ops.meshgrid([1, 2])[0].array(), [1, 2]);
  assertEquals(ops.meshgrid(1, [2, 3]).map((grid) => grid.shape), [[2, 1], [2, 1]]);
  assertEquals(ops.meshgrid(), []);
  assertThrows(() => ops.meshgrid([[1]]), ShapeError, "Cannot make a grid of shape [1, 1]");
});

Deno.test("the types of created tensors are exact", () => {
  const s = input(["batch", 2], { dtype: "int32" });
  const like = () => ops.zerosLike(s);
  const bools = () => ops.onesLike([1, 2], { dtype: "bool" });
  const matrix = () => ops.eye(3);
  const wide = () => ops.eye(3, { m: 4, dtype: "int32" });
  const grid = () => ops.meshgrid(zeros([2]), zeros([3], { dtype: "int32" }));
  const other = () => ops.meshgrid(zeros([2]), zeros([3]), { indexing: "ij" });
  assertType<IsExact<ReturnType<typeof like>, SymbolicTensor<readonly ["batch", 2], "int32">>>(true);
  assertType<IsExact<ReturnType<typeof bools>, EagerTensor<readonly [2], "bool">>>(true);
  assertType<IsExact<ReturnType<typeof matrix>, EagerTensor<readonly [3, 3], "float32">>>(true);
  assertType<IsExact<ReturnType<typeof wide>, EagerTensor<readonly [3, 4], "int32">>>(true);
  assertType<IsExact<ReturnType<typeof grid>[1], EagerTensor<readonly [3, 2], "int32">>>(true);
  assertType<IsExact<ReturnType<typeof other>[0], EagerTensor<readonly [2, 3], "float32">>>(true);
  assert(matrix().rank === 2);
});
