import { assertEquals, assertStrictEquals } from "@std/assert";
import { type DType, ops, type Tensor, tensor } from "@strata/nn";
import { promote, toFloat, weakDType } from "../../src/tensor/promote.ts";
import { bytesPerElement, typedArrayOf } from "../../src/tensor/typed_array.ts";

const DTYPES: readonly DType[] = ["float32", "float64", "float16", "int32", "int64", "uint8", "bool"];

Deno.test("float16 rounds as IEEE 754 half precision does, in every runtime", () => {
  // By hand: 11 bits of significand, 65504 the greatest, 2^-24 the least above 0; ties go to even.
  const cases = [
    [1, 1],
    [1 + 2 ** -10, 1 + 2 ** -10],
    [1 + 2 ** -11, 1],
    [1 + 3 * 2 ** -11, 1 + 2 ** -9],
    [2049, 2048],
    [2051, 2052],
    [65504, 65504],
    [65519, 65504],
    [65520, Infinity],
    [-70000, -Infinity],
    [2 ** -24, 2 ** -24],
    [2 ** -25, 0],
    [1 / 3, 0.333251953125],
    [NaN, NaN],
  ] as const;
  const values = tensor(cases.map(([value]) => value), { dtype: "float16" });
  assertEquals(values.array(), cases.map(([, expected]) => expected));
  assertEquals(Array.from(values.dataSync(), Number), cases.map(([, expected]) => expected));
  assertStrictEquals(tensor([1 / 3], { dtype: "float16" }).dataSync()[0], 0.333251953125);
});

Deno.test("float16 arrays come in, go out and are computed with as one type", () => {
  const array = new (typedArrayOf("float16"))([0.5, 1.5]);
  const x = tensor(array as Float16Array<ArrayBuffer>);
  assertEquals([x.dtype, x.array()], ["float16", [0.5, 1.5]]);
  assertStrictEquals(x.dataSync().constructor, array.constructor);
  assertEquals(x.dataSync().BYTES_PER_ELEMENT, 2);
  const sum = ops.add(x, x);
  assertEquals([sum.dtype, sum.array()], ["float16", [1, 3]]);
});

Deno.test("a dtype has as many bytes as its typed array", () => {
  assertEquals(DTYPES.map(bytesPerElement), [4, 8, 2, 4, 8, 1, 1]);
  assertEquals(DTYPES.map((dtype) => new (typedArrayOf(dtype))(3).byteLength), [12, 24, 6, 12, 24, 3, 3]);
});

Deno.test("int64 keeps all of its bits", () => {
  const big = [2n ** 63n - 1n, -(2n ** 63n), 2n ** 53n + 1n];
  assertEquals(tensor(big).array(), big);
  assertEquals(ops.add(tensor([2n ** 53n]), tensor([1n])).array(), [2n ** 53n + 1n]);
});

Deno.test("float64 keeps what float32 rounds", () => {
  assertEquals(tensor([0.1], { dtype: "float64" }).array(), [0.1]);
  assertEquals(tensor([0.1]).array(), [Math.fround(0.1)]);
  assertEquals(tensor([2 ** 24 + 1]).array(), [2 ** 24]);
});

Deno.test("two dtypes meet in the one that Keras gives", () => {
  // The table of keras.backend.result_type in Keras 3, for the dtypes that there are here.
  const order: readonly DType[] = ["bool", "uint8", "int32", "int64", "float16", "float32", "float64"];
  for (const [i, a] of order.entries()) {
    for (const [j, b] of order.entries()) {
      const expected = order[Math.max(i, j)];
      assertEquals(promote(a, b), expected, `${a} and ${b}`);
      const met = ops.add(tensor([1], { dtype: a }), tensor([0], { dtype: b })) as Tensor;
      if (a !== "bool" || b !== "bool") assertEquals(met.dtype, expected, `${a} + ${b}`);
    }
  }
});

Deno.test("a plain number takes the dtype that it meets, unless it would lose its fraction", () => {
  for (const dtype of ["float32", "float64", "float16"] as const) {
    assertEquals([weakDType(2, dtype), weakDType(2.5, dtype)], [dtype, dtype]);
  }
  for (const dtype of ["int32", "int64", "uint8"] as const) {
    assertEquals([weakDType(2, dtype), weakDType(2.5, dtype)], [dtype, "float32"]);
  }
  assertEquals([weakDType(2, "bool"), weakDType(2.5, "bool")], ["int32", "float32"]);
  assertEquals(ops.add(tensor([1], { dtype: "int32" }), 2).array(), [3]);
  assertEquals(ops.add(tensor([1], { dtype: "int32" }), 0.5).array(), [1.5]);
  assertEquals(ops.add(tensor([1], { dtype: "float16" }), 0.5).dtype, "float16");
});

Deno.test("toFloat keeps floats and makes float32 of all else", () => {
  assertEquals(DTYPES.map((dtype) => toFloat(dtype)), [
    "float32",
    "float64",
    "float16",
    "float32",
    "float32",
    "float32",
    "float32",
  ]);
});

Deno.test("cast converts between all dtypes", () => {
  for (const from of DTYPES) {
    for (const to of DTYPES) {
      const result = ops.cast(tensor([0, 1], { dtype: from }), to) as unknown as {
        readonly dtype: DType;
        dataSync(): ArrayLike<number | bigint>;
      };
      assertEquals([result.dtype, Array.from(result.dataSync(), Number)], [to, [0, 1]], `${from} to ${to}`);
    }
  }
});
