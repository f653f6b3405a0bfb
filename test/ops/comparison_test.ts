import { assertEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import * as ops from "../../src/ops/mod.ts";
import { ShapeError } from "../../src/shape/error.ts";
import { tensor, zeros } from "../../src/tensor/creation.ts";
import type { EagerTensor } from "../../src/tensor/eager.ts";
import { input, type SymbolicTensor } from "../../src/tensor/symbolic.ts";

Deno.test("comparison takes numbers, and a fraction is not cut off beside integers", () => {
  const x = tensor([1, 2, 3], { dtype: "int32" });
  assertEquals(ops.less(x, 2.5).array(), [true, true, false]);
  assertEquals(ops.greaterEqual(2, x).array(), [true, true, false]);
  assertEquals(ops.equal([true, false], 1).array(), [true, false]);
});

Deno.test("NaN equals nothing and is neither less nor greater", () => {
  assertEquals(ops.equal([NaN, 1], NaN).array(), [false, false]);
  assertEquals(ops.notEqual([NaN, 1], NaN).array(), [true, true]);
  assertEquals(ops.lessEqual([NaN, 1], NaN).array(), [false, false]);
  assertEquals(ops.greaterEqual([NaN, 1], NaN).array(), [false, false]);
});

Deno.test("int64 is compared exactly beyond 53 bits", () => {
  assertEquals(ops.less([2n ** 53n], [2n ** 53n + 1n]).array(), [true]);
  assertEquals(ops.equal([2n ** 53n], [2n ** 53n + 1n]).array(), [false]);
});

Deno.test("the results are booleans in the types too, and misfits are sentences", () => {
  const less = ops.less(zeros([2, 1]), zeros([3], { dtype: "int64" }));
  assertType<IsExact<typeof less, EagerTensor<readonly [2, 3], "bool">>>(true);
  const both = ops.logicalAnd(input(["batch"]), true);
  assertType<IsExact<typeof both, SymbolicTensor<readonly ["batch"], "bool">>>(true);
  assertEquals([less.dtype, both.dtype], ["bool", "bool"]);
  const sentence = "Cannot broadcast shapes [2] and [3]: axis -1 is 2 and 3";
  // @ts-expect-error Cannot broadcast shapes [2] and [3]: axis -1 is 2 and 3
  assertThrows(() => ops.equal(zeros([2]), zeros([3])), ShapeError, sentence);
});
