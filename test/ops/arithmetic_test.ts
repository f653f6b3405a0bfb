import { assertEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import * as ops from "../../src/ops/mod.ts";
import { ShapeError } from "../../src/shape/error.ts";
import { tensor, zeros } from "../../src/tensor/creation.ts";
import type { EagerTensor } from "../../src/tensor/eager.ts";
import { input, type SymbolicTensor } from "../../src/tensor/symbolic.ts";

const I32_MIN = -2147483648;

Deno.test("operands may be numbers, nested arrays, typed arrays and tensors", () => {
  assertEquals(ops.subtract(5, 2).item(), 3);
  assertEquals(ops.subtract([[5], [7]], [1, 2]).array(), [[4, 3], [6, 5]]);
  assertEquals(ops.multiply(new Float64Array([1.5, 2]), 2).dataSync(), new Float64Array([3, 4]));
  assertEquals(ops.add(tensor([1, 2]), new Int32Array([3, 4])).dataSync(), new Float32Array([4, 6]));
  assertEquals(ops.add([true, false], [true, true]).array(), [true, true]);
});

Deno.test("a plain number takes the dtype of the tensor beside it, on either side", () => {
  const x = tensor([1, 2], { dtype: "int32" });
  assertEquals(ops.add(x, 2).dataSync(), new Int32Array([3, 4]));
  assertEquals(ops.subtract(2, x).dataSync(), new Int32Array([1, 0]));
  assertEquals(ops.add(tensor([0.5], { dtype: "float16" }), 2.5).dtype, "float16");
  assertEquals(ops.add(tensor([true]), 2).dataSync(), new Int32Array([3]));
});

Deno.test("a number with a fraction makes integers floats", () => {
  assertEquals(ops.add(tensor([1, 2], { dtype: "int32" }), 2.5).dataSync(), new Float32Array([3.5, 4.5]));
  assertEquals(ops.multiply(tensor([true, false]), 0.5).dataSync(), new Float32Array([0.5, 0]));
});

Deno.test("shapes that do not broadcast are refused in a sentence, eagerly and symbolically", () => {
  const sentence = "Cannot broadcast shapes [2, 3] and [2]: axis -1 is 3 and 2";
  const unchecked = zeros([2]) as EagerTensor;
  assertThrows(() => ops.multiply(zeros([2, 3]), unchecked), ShapeError, sentence);
  assertThrows(() => ops.multiply(input([2, 3]), unchecked), ShapeError, sentence);
  // @ts-expect-error Cannot broadcast shapes [2, 3] and [2]: axis -1 is 3 and 2
  assertThrows(() => ops.multiply(zeros([2, 3]), zeros([2])), ShapeError, sentence);
});

Deno.test("types know the shape, the dtype and the kind of a result", () => {
  const sum = ops.add(zeros([4, 1]), zeros([3], { dtype: "int32" }));
  assertType<IsExact<typeof sum, EagerTensor<readonly [4, 3], "float32">>>(true);
  const counted = ops.add(zeros([2], { dtype: "int32" }), 2);
  assertType<IsExact<typeof counted, EagerTensor<readonly [2], "int32">>>(true);
  const fraction = ops.add(zeros([2], { dtype: "int32" }), 2.5);
  assertType<IsExact<typeof fraction, EagerTensor<readonly [2], "float32">>>(true);
  const later = ops.divide(input(["batch", 4], { dtype: "int64" }), 2);
  assertType<IsExact<typeof later, SymbolicTensor<readonly ["batch", 4], "float32">>>(true);
  const squares = ops.square(tensor([true, false]));
  assertType<IsExact<typeof squares, EagerTensor<readonly [2], "int32">>>(true);
  const negative = ops.negative(zeros([3], { dtype: "float16" }));
  assertType<IsExact<typeof negative, EagerTensor<readonly [3], "float16">>>(true);
  assertEquals([sum.dtype, counted.dtype, fraction.dtype, later.dtype, squares.dtype, negative.dtype], [
    "float32",
    "int32",
    "float32",
    "float32",
    "int32",
    "float16",
  ]);
});

Deno.test("integers divided by zero give 0, and the least one by -1 wraps", () => {
  for (const dtype of ["int32", "int64", "uint8"] as const) {
    const [a, b] = [tensor([5, 0, 7], { dtype }), tensor([0, 0, 2], { dtype })];
    assertEquals([...ops.floorDivide(a, b).dataSync()].map(Number), [0, 0, 3]);
    assertEquals([...ops.mod(a, b).dataSync()].map(Number), [0, 0, 1]);
  }
  const least = tensor([I32_MIN, I32_MIN, I32_MIN], { dtype: "int32" });
  const divisors = tensor([-1, 7, 1], { dtype: "int32" });
  assertEquals(ops.floorDivide(least, divisors).array(), [I32_MIN, -306783379, I32_MIN]);
  assertEquals(ops.mod(least, divisors).array(), [0, 5, 0]);
});

Deno.test("floats divided by zero are infinite or NaN, and quotients take the rounding of their operands into account", () => {
  assertEquals(ops.floorDivide([1, -1, 0, 1], [0, 0, 0, 0.1]).array(), [Infinity, -Infinity, NaN, 9]);
  assertEquals(ops.floorDivide([5, -5], Infinity).array(), [0, -1]);
  assertEquals(ops.mod([5, -5, 5], [Infinity, Infinity, 0]).array(), [5, Infinity, NaN]);
});

Deno.test("int64 is exact beyond 53 bits", () => {
  const x = tensor([2n ** 62n + 1n, -(2n ** 62n) - 1n]);
  assertEquals(ops.subtract(x, 1).array(), [2n ** 62n, -(2n ** 62n) - 2n]);
  assertEquals(ops.floorDivide(x, 2).array(), [2n ** 61n, -(2n ** 61n) - 1n]);
  assertEquals(ops.mod(x, 4).array(), [1n, 3n]);
  assertEquals(ops.maximum(x, 0).array(), [2n ** 62n + 1n, 0n]);
});

Deno.test("booleans are counted in no arithmetic: sums are their or, products their and, differences their xor", () => {
  const [a, b] = [tensor([false, false, true, true]), tensor([false, true, false, true])];
  assertEquals(ops.add(a, b).array(), [false, true, true, true]);
  assertEquals(ops.multiply(a, b).array(), [false, false, false, true]);
  assertEquals(ops.subtract(a, b).array(), [false, true, true, false]);
  assertEquals(ops.square(a).array(), [0, 0, 1, 1]);
});
