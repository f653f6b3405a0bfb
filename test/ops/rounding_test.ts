import { assertEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import * as ops from "../../src/ops/mod.ts";
import { DTypeError } from "../../src/shape/error.ts";
import { tensor, zeros } from "../../src/tensor/creation.ts";
import type { EagerTensor } from "../../src/tensor/eager.ts";

Deno.test("integers stay what they are when rounded, and become float32 under floor and ceil", () => {
  const x = tensor([2n ** 60n + 1n]);
  assertEquals(ops.round(x).array(), [2n ** 60n + 1n]);
  assertEquals(ops.round(x, { decimals: 2 }).array(), [2n ** 60n + 1n]);
  assertEquals(ops.trunc(x).array(), [2n ** 60n + 1n]);
  assertEquals(ops.floor(tensor([3], { dtype: "int32" })).dtype, "float32");
});

Deno.test("what cannot be rounded is refused in a sentence", () => {
  assertThrows(
    () => ops.round([1], { decimals: 0.5 }),
    RangeError,
    "Cannot round to 0.5 decimals: expected an integer",
  );
  assertThrows(
    () => ops.round(tensor([15], { dtype: "int32" }), { decimals: -1 }),
    DTypeError,
    "Cannot round to -1 decimals: expected a float tensor, received int32",
  );
});

Deno.test("types know that rounding keeps dtypes and that tests are booleans", () => {
  const rounded = ops.round(zeros([2], { dtype: "int32" }), { decimals: 1 });
  assertType<IsExact<typeof rounded, EagerTensor<readonly [2], "int32">>>(true);
  const floored = ops.floor(zeros([2], { dtype: "int32" }));
  assertType<IsExact<typeof floored, EagerTensor<readonly [2], "float32">>>(true);
  const tested = ops.isnan(zeros([2, 3]));
  assertType<IsExact<typeof tested, EagerTensor<readonly [2, 3], "bool">>>(true);
  assertEquals([rounded.dtype, floored.dtype, tested.dtype], ["int32", "float32", "bool"]);
});

Deno.test("the infinities become the greatest and the least number of each float dtype", () => {
  // IEEE 754: the greatest finite numbers of binary16, binary32 and binary64.
  const greatest = { float16: 65504, float32: 3.4028234663852886e38, float64: 1.7976931348623157e308 };
  for (const dtype of ["float16", "float32", "float64"] as const) {
    const x = tensor([Infinity, -Infinity, NaN, 2], { dtype });
    assertEquals(ops.nanToNum(x).array(), [greatest[dtype], -greatest[dtype], 0, 2]);
  }
  const integers = ops.nanToNum(tensor([3n, -1n]));
  assertType<IsExact<typeof integers, EagerTensor<readonly [2], "int64">>>(true);
  assertEquals(integers.array(), [3n, -1n]);
});
