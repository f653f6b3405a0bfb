import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import * as ops from "../../src/ops/mod.ts";
import { DTypeError, ShapeError } from "../../src/shape/error.ts";
import { tensor, zeros } from "../../src/tensor/creation.ts";
import type { EagerTensor } from "../../src/tensor/eager.ts";
import { input, type SymbolicTensor } from "../../src/tensor/symbolic.ts";

Deno.test("where takes numbers, arrays and conditions that are no booleans", () => {
  assertEquals(ops.where(true, 1, 2).item(), 1);
  assertEquals(ops.where([0, 2, NaN], [1, 2, 3], 0).array(), [0, 2, 3]);
  assertEquals(ops.where([true, false], tensor([1, 2], { dtype: "int32" }), 7).dataSync(), new Int32Array([1, 7]));
  assertEquals(
    ops.where([true, false], tensor([1, 2], { dtype: "int32" }), 0.5).dataSync(),
    new Float32Array([1, 0.5]),
  );
});

Deno.test("where and clip broadcast all their operands, and refuse in a sentence what does not fit", () => {
  assertEquals(ops.where(tensor([[true], [false]]), zeros([3]), 1).array(), [[0, 0, 0], [1, 1, 1]]);
  assertEquals(ops.clip([[1, 5], [9, 3]], [2, 4], [[4], [8]]).array(), [[2, 4], [8, 4]]);
  const sentence = "Cannot broadcast shapes [2], [3] and []: axis -1 is 2 and 3";
  const one = 1 as number & EagerTensor;
  assertThrows(() => ops.where(zeros([2], { dtype: "bool" }) as EagerTensor, zeros([3]), one), ShapeError, sentence);
  // @ts-expect-error Cannot broadcast shapes [2], [3] and []: axis -1 is 2 and 3
  assertThrows(() => ops.clip(zeros([2]), zeros([3]), 1), ShapeError, sentence);
});

Deno.test("the bounds of clip follow the dtype of the tensor unless they have a fraction", () => {
  const x = tensor([-5, 1, 5], { dtype: "int32" });
  assertEquals(ops.clip(x, 0, 3).dataSync(), new Int32Array([0, 1, 3]));
  assertEquals(ops.clip(x, 0.5, 3).dataSync(), new Float32Array([0.5, 1, 3]));
  assertEquals(ops.clip(tensor([1, 9], { dtype: "uint8" }), 2, 300).array(), [2, 9]);
});

Deno.test("types know the result of where, clip and cast", () => {
  const chosen = ops.where(zeros([2, 1], { dtype: "bool" }), zeros([3], { dtype: "int64" }), 2);
  assertType<IsExact<typeof chosen, EagerTensor<readonly [2, 3], "int64">>>(true);
  const later = ops.where(input(["batch"], { dtype: "bool" }), 1, zeros([1]));
  assertType<IsExact<typeof later, SymbolicTensor<readonly ["batch"], "float32">>>(true);
  const clipped = ops.clip(zeros([2], { dtype: "int32" }), 0, 1.5);
  assertType<IsExact<typeof clipped, EagerTensor<readonly [2], "float32">>>(true);
  const halves = ops.clip(tensor([1], { dtype: "int32" }), 0.5, zeros([1], { dtype: "float16" }));
  assertType<IsExact<typeof halves, EagerTensor<readonly [1], "float16">>>(true);
  const converted = ops.cast(input([null, 2]), "uint8");
  assertType<IsExact<typeof converted, SymbolicTensor<readonly [null, 2], "uint8">>>(true);
  const dtypes = [chosen.dtype, later.dtype, clipped.dtype, halves.dtype, converted.dtype];
  assertEquals(dtypes, ["int64", "float32", "float32", "float16", "uint8"]);
});

Deno.test("a cast to the same dtype is the same tensor", () => {
  const x = tensor([1, 2]);
  assertStrictEquals(ops.cast(x, "float32") as EagerTensor, x as EagerTensor);
});

Deno.test("a cast to what is no dtype is refused in a sentence", () => {
  assertThrows(
    () => ops.cast([1], "float" as "float32"),
    DTypeError,
    "Cannot cast to float: expected one of float32, float64, float16, int32, int64, uint8, bool",
  );
});
