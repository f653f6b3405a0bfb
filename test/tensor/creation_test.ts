import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { arange, DTypeError, full, ones, ShapeError, tensor, zeros } from "@strata/nn";
import type { EagerTensor } from "../../src/tensor/eager.ts";

type Made = readonly [readonly number[], string, unknown];

function described(made: EagerTensor): Made {
  return [made.shape as readonly number[], made.dtype, made.array()];
}

Deno.test("a nested array gives its shape", () => {
  assertEquals(described(tensor([[1, 2, 3], [4, 5, 6]])), [[2, 3], "float32", [[1, 2, 3], [4, 5, 6]]]);
  assertEquals(described(tensor([[[1], [2]]])), [[1, 2, 1], "float32", [[[1], [2]]]]);
  assertEquals(described(tensor([])), [[0], "float32", []]);
  assertEquals(described(tensor([[], []])), [[2, 0], "float32", [[], []]]);
});

Deno.test("a scalar gives a tensor without axes", () => {
  assertEquals(described(tensor(5)), [[], "float32", 5]);
  assertEquals(described(tensor(true)), [[], "bool", true]);
  assertEquals(described(tensor(7n)), [[], "int64", 7n]);
});

Deno.test("numbers are float32, bigints int64 and booleans bool", () => {
  assertEquals(described(tensor([0.5])), [[1], "float32", [0.5]]);
  assertEquals(described(tensor([2n ** 62n])), [[1], "int64", [2n ** 62n]]);
  assertEquals(described(tensor([[true], [false]])), [[2, 1], "bool", [[true], [false]]]);
});

Deno.test("typed arrays keep their type and are one axis unless a shape is given", () => {
  assertEquals(described(tensor(new Float32Array([1, 2]))), [[2], "float32", [1, 2]]);
  assertEquals(described(tensor(new Float64Array([1, 2]))), [[2], "float64", [1, 2]]);
  assertEquals(described(tensor(new Int32Array([1, 2]))), [[2], "int32", [1, 2]]);
  assertEquals(described(tensor(new BigInt64Array([1n, 2n]))), [[2], "int64", [1n, 2n]]);
  assertEquals(described(tensor(new Uint8Array([1, 2]))), [[2], "uint8", [1, 2]]);
  assertEquals(described(tensor(new Uint8ClampedArray([1, 2]))), [[2], "uint8", [1, 2]]);
  assertEquals(described(tensor(new Int32Array([1, 2, 3, 4]), [2, 2])), [[2, 2], "int32", [[1, 2], [3, 4]]]);
  assertEquals(described(tensor(new Float32Array([5]), [])), [[], "float32", 5]);
  assertEquals(described(tensor(new Float32Array(0), [0, 3])), [[0, 3], "float32", []]);
});

Deno.test("a shape may be given for any values", () => {
  assertEquals(described(tensor([1, 2, 3, 4], [2, 2])), [[2, 2], "float32", [[1, 2], [3, 4]]]);
  assertEquals(described(tensor([[1, 2], [3, 4]], [4], { dtype: "int32" })), [[4], "int32", [1, 2, 3, 4]]);
});

Deno.test("a dtype may be given: floats lose their fraction, what is not 0 is true", () => {
  assertEquals(described(tensor([1.9, -1.9], { dtype: "int32" })), [[2], "int32", [1, -1]]);
  assertEquals(described(tensor([1.9, -1.9], { dtype: "int64" })), [[2], "int64", [1n, -1n]]);
  assertEquals(described(tensor([0, -0, 0.5, -2, NaN], { dtype: "bool" })).at(2), [false, false, true, true, true]);
  assertEquals(described(tensor([3n], { dtype: "float64" })), [[1], "float64", [3]]);
  assertEquals(described(tensor([true, false], { dtype: "uint8" })), [[2], "uint8", [1, 0]]);
  assertEquals(described(tensor(new Float32Array([2.5]), { dtype: "int32" })), [[1], "int32", [2]]);
});

Deno.test("the values are copied", () => {
  const source = new Float32Array([1, 2]);
  const shape = [2, 1];
  const made = tensor(source, shape);
  source[0] = 9;
  shape[0] = 7;
  assertEquals([made.array() as unknown, made.shape], [[[1], [2]], [2, 1]] as unknown[]);
});

Deno.test("a view on a part of a buffer gives that part", () => {
  const buffer = new Float32Array([1, 2, 3, 4]).buffer;
  assertEquals(tensor(new Float32Array(buffer, 4, 2)).array(), [2, 3]);
});

Deno.test("a ragged array is refused, with the place", () => {
  const cases: readonly (readonly [unknown, string])[] = [
    [[[1, 2], [3]], "expected an array of length 2 at [1], received one of length 1"],
    [[[1, 2], [3, 4, 5]], "expected an array of length 2 at [1], received one of length 3"],
    [[[1, 2], 3], "expected an array of length 2 at [1], received a number"],
    [[1, [2]], "expected a value at [1], received an array of length 1"],
    [[[[1], [2]], [[3], [4, 5]]], "expected an array of length 1 at [1, 1], received one of length 2"],
    [[[], [1]], "expected an array of length 0 at [1], received one of length 1"],
  ];
  for (const [values, reason] of cases) {
    const error = assertThrows(() => tensor(values as number[]), ShapeError);
    assertEquals(error.message, `Cannot make a tensor from a ragged array: ${reason}`);
  }
});

Deno.test("another number of values than the shape has is refused", () => {
  const cases = [
    [[1, 2, 3], [2, 2], "Cannot make a tensor of shape [2, 2]: expected 4 values, received 3"],
    [new Float32Array(5), [2], "Cannot make a tensor of shape [2]: expected 2 values, received 5"],
    [5, [0], "Cannot make a tensor of shape [0]: expected 0 values, received 1"],
  ] as const;
  for (const [values, shape, sentence] of cases) {
    assertEquals(assertThrows(() => tensor(values, shape), ShapeError).message, sentence);
  }
});

Deno.test("dims that are none are refused", () => {
  for (const shape of [[-3], [1.5, 2], [NaN], ["2"], [null]] as unknown as readonly number[][]) {
    const sentence = /^Cannot make a tensor of shape \[.*\]: expected each dim to be a non-negative integer$/;
    for (const make of [() => tensor([1, 2, 3], shape), () => zeros(shape), () => ones(shape), () => full(shape, 2)]) {
      assert(sentence.test(assertThrows(make, RangeError).message));
    }
  }
});

Deno.test("what is no value is refused", () => {
  const expected = "expected numbers, bigints or booleans, nested arrays of them or a typed array";
  const cases: readonly (readonly [unknown, string])[] = [
    [null, "null"],
    [undefined, "undefined"],
    ["5", "string"],
    [[1, "5"], "string"],
    [["a"], "string"],
    [[{}], "Object"],
    [[[1], [null]], "null"],
    // deno-lint-ignore no-sparse-arrays -- a hole is what is tested
    [[1, , 3], "undefined"],
    [new DataView(new ArrayBuffer(2)), "DataView"],
    [new ArrayBuffer(2), "ArrayBuffer"],
    [() => 1, "function"],
  ];
  for (const [values, received] of cases) {
    const error = assertThrows(() => tensor(values as number[]), DTypeError);
    assertEquals(error.message, `Cannot make a tensor: ${expected}, received ${received}`);
  }
});

Deno.test("typed arrays without a dtype are refused", () => {
  const arrays = [Uint16Array, Uint32Array, Int8Array, Int16Array, BigUint64Array];
  for (const Class of arrays) {
    const error = assertThrows(() => tensor(new Class(2) as unknown as Float32Array), DTypeError);
    assertEquals(
      error.message,
      `Cannot make a tensor from ${Class.name}: expected one of Float32Array, Float64Array, Float16Array, Int32Array, ` +
        "BigInt64Array, Uint8Array",
    );
  }
});

Deno.test("values of several kinds are refused unless a dtype is given", () => {
  for (const values of [[true, 2], [2n, 1.5], [1, 2n], [[1], [true]]]) {
    assertThrows(() => tensor(values as unknown as number[]), DTypeError);
  }
  assertEquals(tensor([true, 2, 3n] as unknown as number[], { dtype: "float64" }).array(), [1, 2, 3]);
});

Deno.test("a dtype that there is not is refused", () => {
  const options = { dtype: "float8" as never };
  const makes = [() => tensor([1], options), () => zeros([1], options), () => full([1], 2, options)];
  for (const make of [...makes, () => arange(0, 2, 1, options)]) {
    assert(assertThrows(make, DTypeError).message.includes("float8"));
  }
});

Deno.test("zeros, ones and full fill a shape", () => {
  assertEquals(described(zeros([2, 2])), [[2, 2], "float32", [[0, 0], [0, 0]]]);
  assertEquals(described(zeros([2], { dtype: "bool" })), [[2], "bool", [false, false]]);
  assertEquals(described(ones([3], { dtype: "int64" })), [[3], "int64", [1n, 1n, 1n]]);
  assertEquals(described(full([2], 7)), [[2], "float32", [7, 7]]);
  assertEquals(described(full([], 7n)), [[], "int64", 7n]);
  assertEquals(described(full([1], true)), [[1], "float32", [1]]);
  assertEquals(described(full([1], 2.5, { dtype: "int32" })), [[1], "int32", [2]]);
  assertEquals(described(zeros([0, 4])), [[0, 4], "float32", []]);
  assertThrows(() => full([1], "a" as never), TypeError, "Cannot fill a tensor");
});

Deno.test("arange counts up, down and by fractions, without its end", () => {
  assertEquals(described(arange(3)), [[3], "int32", [0, 1, 2]]);
  assertEquals(described(arange(2, 5)), [[3], "int32", [2, 3, 4]]);
  assertEquals(described(arange(5, 0, -2)), [[3], "int32", [5, 3, 1]]);
  assertEquals(described(arange(1, 2, 0.25)), [[4], "float32", [1, 1.25, 1.5, 1.75]]);
  assertEquals(described(arange(0)), [[0], "int32", []]);
  assertEquals(described(arange(5, 2)), [[0], "int32", []]);
  assertEquals(described(arange(2, undefined, 1, { dtype: "float64" })), [[2], "float64", [0, 1]]);
  assertEquals(described(arange(2, { dtype: "float64" })), [[2], "float64", [0, 1]]);
  assertEquals(described(arange(1, 3, { dtype: "int64" })), [[2], "int64", [1n, 2n]]);
  assertEquals(described(arange(2.5)), [[3], "float32", [0, 1, 2]]);
});

Deno.test("arange refuses what never ends", () => {
  assertEquals(
    assertThrows(() => arange(0, 1, 0), RangeError).message,
    "Cannot make a range: expected a step other than 0, received 0",
  );
  for (
    const make of [() => arange(NaN), () => arange(Infinity), () => arange(0, 1, NaN), () => arange(0, -Infinity, -1)]
  ) {
    assertThrows(make, RangeError, "Cannot make a range");
  }
});

Deno.test("the shape of a tensor cannot be changed", () => {
  const made = [tensor([1, 2]), tensor([1, 2], [1, 2]), zeros([2]), arange(2), tensor(new Float32Array(2))];
  for (const each of made) {
    assertThrows(() => ((each.shape as unknown as number[])[0] = 5), TypeError);
    assertStrictEquals(each.size, 2);
  }
});
