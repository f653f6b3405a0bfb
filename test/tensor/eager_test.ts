import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { EagerTensor, Tensor, tensor, zeros } from "@strata/nn";

const x = tensor([[1, 2, 3], [4, 5, 6]]);

Deno.test("an eager tensor knows its shape, dtype, rank, size and kind", () => {
  assert(x instanceof EagerTensor && x instanceof Tensor);
  assertEquals([x.shape, x.dtype, x.rank, x.size, x.kind] as unknown, [[2, 3], "float32", 2, 6, "eager"]);
  assertEquals([tensor(1).rank, tensor(1).size, zeros([0, 3]).size], [0, 1, 0]);
});

Deno.test("dataSync gives the values at once, in row-major order, as a copy", () => {
  const values = x.dataSync();
  assertEquals(values, new Float32Array([1, 2, 3, 4, 5, 6]));
  values[0] = 9;
  assertEquals(x.dataSync()[0], 1);
});

Deno.test("data gives a promise of the same", async () => {
  const promise = x.data();
  assert(promise instanceof Promise);
  assertEquals(await promise, new Float32Array([1, 2, 3, 4, 5, 6]));
});

Deno.test("dataSync gives the typed array of each dtype", () => {
  const arrays = {
    float32: Float32Array,
    float64: Float64Array,
    int32: Int32Array,
    int64: BigInt64Array,
    uint8: Uint8Array,
    bool: Uint8Array,
  } as const;
  for (const [dtype, Class] of Object.entries(arrays)) {
    const values = tensor([0, 1], { dtype: dtype as "float32" }).dataSync();
    assertStrictEquals(values.constructor as unknown, Class, dtype);
    assertEquals(Array.from(values, Number), [0, 1]);
  }
});

Deno.test("array nests the values as deep as there are axes", () => {
  assertEquals(x.array(), [[1, 2, 3], [4, 5, 6]]);
  assertEquals(tensor([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2]).array(), [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]);
  assertEquals(tensor([1n]).array(), [1n]);
  assertEquals(tensor([true, false]).array(), [true, false]);
  assertEquals(zeros([2, 0]).array(), [[], []]);
  const rows = x.array();
  rows[0]![0] = 9;
  assertEquals(x.array()[0], [1, 2, 3]);
});

Deno.test("item gives the one value", () => {
  assertStrictEquals(tensor(5).item(), 5);
  assertStrictEquals(tensor([[5]]).item(), 5);
  assertStrictEquals(tensor([true]).item(), true);
  assertStrictEquals(tensor(2n ** 60n).item(), 2n ** 60n);
  for (const [wrong, shape] of [[x, "[2, 3]"], [zeros([0]), "[0]"]] as const) {
    assertEquals(
      assertThrows(() => wrong.item(), RangeError).message,
      `Cannot read one item: expected a tensor of size 1, received shape ${shape}`,
    );
  }
});
