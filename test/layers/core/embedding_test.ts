import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { type AnyLayer, clearSession, Embedding, EngineError, input, tensor } from "@strata/nn";
import { goldenLayers } from "../golden.ts";
import { layerTest } from "../layer_test_harness.ts";

const [golden] = goldenLayers("Embedding");

Deno.test("Embedding gives the vector of each index", () => {
  layerTest({
    layer: (options) => new Embedding(5, 3, options) as AnyLayer,
    input: tensor(golden.x, { dtype: "int32" }),
    weights: golden.weights.map(({ value }) => value),
    expected: golden.y,
    expectedShape: [2, 3, 3],
    weightPaths: ["embedding/embeddings"],
    counts: { trainable: 1, nonTrainable: 0 },
  });
});

Deno.test("Embedding takes indices of every dtype", () => {
  const layer = new Embedding(3, 2).build([null]);
  layer.setWeights([[[0, 0], [2, 2], [3, 3]]]);
  const expected = [[3, 3], [2, 2], [0, 0]];
  for (const dtype of ["int32", "int64", "uint8", "float32", "float64"] as const) {
    const result = layer(tensor([2, 1, 0], { dtype }));
    assertEquals([result.dtype, result.array()], ["float32", expected], dtype);
  }
  assertEquals(layer([2.9, 1.2, 0.4]).array(), expected);
  assertEquals(layer([true, false]).array(), [[2, 2], [0, 0]]);
});

Deno.test("Embedding does not round indices to its own dtype", () => {
  // 2049 is not a float16: rounded, it would be 2048.
  const layer = new Embedding(2050, 1, { dtype: "float16" }).build([null]);
  layer.setWeights([Array.from({ length: 2050 }, (_, index) => [index === 2049 ? 7 : 1])]);
  assertEquals(layer(tensor([2049], { dtype: "float32" })).array(), [[7]]);
});

Deno.test("Embedding takes indices of any rank", () => {
  const layer = new Embedding(4, 3);
  assertEquals(layer(tensor(1, { dtype: "int32" })).shape, [3]);
  assertEquals(layer.computeOutputShape(["batch", null]), ["batch", null, 3]);
  assertEquals(layer(input(["batch", "time"], { dtype: "int32" })).shape, ["batch", "time", 3]);
});

Deno.test("Embedding says which positions count", () => {
  const masked = new Embedding(3, 2, { maskZero: true });
  assertEquals(masked.computeMask(tensor([2, 1, 0], { dtype: "int32" }))?.dtype, "bool");
  const mask = masked.computeMask(tensor([2, 1, 0], { dtype: "int32" })) as unknown as { array(): boolean[] };
  assertEquals(mask.array(), [true, true, false]);
  assertStrictEquals(new Embedding(3, 2).computeMask(tensor([0])), null);
});

Deno.test("Embedding refuses an index beyond its vectors, and goes on", () => {
  const layer = new Embedding(3, 2, { name: "words" });
  layer(tensor([0], { dtype: "int32" }));
  const error = assertThrows(() => layer(tensor([3], { dtype: "int32" })), EngineError);
  assert(error.message.includes("words"), "the message names the layer");
  assertEquals(layer(tensor([2], { dtype: "int32" })).shape, [1, 2]);
});

Deno.test("Embedding refuses sizes that are no positive integers", () => {
  clearSession();
  assertEquals(
    assertThrows(() => new Embedding(0, 2), RangeError).message,
    "Cannot make layer embedding: received an invalid value for inputDim, expected a positive integer, received 0",
  );
  clearSession();
  assertEquals(
    assertThrows(() => new Embedding(2, 1.5), RangeError).message,
    "Cannot make layer embedding: received an invalid value for outputDim, expected a positive integer, received 1.5",
  );
});

Deno.test("Embedding begins with small values between -0.05 and 0.05", () => {
  const values = new Embedding(50, 20).build([null]).embeddings.dataSync() as Float32Array;
  assert(values.every((value) => value >= -0.05 && value <= 0.05));
  assert(new Set(values).size > 900, "the values differ");
});
