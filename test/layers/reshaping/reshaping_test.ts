import { assertEquals, assertThrows } from "@std/assert";
import { type AnyLayer, clearSession, Flatten, input, Permute, RepeatVector, Reshape, tensor, zeros } from "@strata/nn";
import { goldenLayers } from "../golden.ts";
import { callUntyped, errorOf, layerTest } from "../layer_test_harness.ts";

const noWeights = { weightPaths: [], counts: { trainable: 0, nonTrainable: 0 } };

function sentence(layer: string, reason: string): string {
  return `Input 0 of layer ${layer} is incompatible with the layer: ${reason}`;
}

Deno.test("Flatten makes one axis of all but the first", () => {
  const [golden] = goldenLayers("Flatten");
  layerTest({
    ...noWeights,
    layer: (options) => new Flatten(options) as AnyLayer,
    input: tensor(golden.x),
    expected: golden.y,
    expectedShape: [2, 12],
    wrongInputs: [{
      shape: [],
      sentence: sentence("flatten", "expected min_ndim=1, found ndim=0. Full shape received: []"),
      unbuilt: true,
    }],
  });
});

Deno.test("Flatten keeps what is known, and gives a batch of numbers an axis", () => {
  const layer = new Flatten();
  assertEquals(layer(input([null, 3, 4])).shape, [null, 12]);
  assertEquals(layer(input([null, null, 4])).shape, [null, null]);
  assertEquals(layer(input(["batch"])).shape, ["batch", 1]);
  assertEquals(layer([1, 2]).array(), [[1], [2]]);
  assertEquals(layer(zeros([0, 3, 2])).shape, [0, 6]);
});

Deno.test("Reshape gives each row another shape", () => {
  const [golden] = goldenLayers("Reshape");
  layerTest({
    ...noWeights,
    layer: (options) => new Reshape([-1, 6], options) as AnyLayer,
    input: tensor(golden.x),
    expected: golden.y,
    expectedShape: [2, 2, 6],
  });
});

Deno.test("Reshape refuses rows of another size", () => {
  clearSession();
  const layer = new Reshape([3, 4]) as AnyLayer;
  assertEquals(layer.computeOutputShape(["batch", 12]), ["batch", 3, 4]);
  const eager = errorOf(() => callUntyped(layer, zeros([5, 10]))).message;
  const symbolic = errorOf(() => callUntyped(layer, input([5, 10]))).message;
  assertEquals(eager, symbolic);
  assertEquals(eager, sentence("reshape", "Cannot reshape [10] of size 10 into [3, 4] of size 12"));
});

Deno.test("Reshape refuses targets that are none", () => {
  for (const target of [[-1, -1], [2, -2], [1.5]]) {
    clearSession();
    assertEquals(
      assertThrows(() => new Reshape(target), RangeError).message,
      `Cannot make layer reshape: expected non-negative sizes and at most one -1, received [${target.join(", ")}]`,
    );
  }
});

Deno.test("Permute puts axes in another order", () => {
  const [golden] = goldenLayers("Permute");
  layerTest({
    ...noWeights,
    layer: (options) => new Permute([2, 1], options) as AnyLayer,
    input: tensor(golden.x),
    expected: golden.y,
    expectedShape: [2, 3, 4],
    wrongInputs: [{
      shape: [2, 3],
      sentence: sentence("permute", "expected ndim=3, found ndim=2. Full shape received: [2, 3]"),
      unbuilt: true,
    }],
  });
});

Deno.test("Permute refuses what is no permutation", () => {
  for (const dims of [[0, 1], [1, 1], [1, 3], [2]]) {
    clearSession();
    assertEquals(
      assertThrows(() => new Permute(dims), RangeError).message,
      "Cannot make layer permute: expected dims to be a permutation of the axes counted from 1, " +
        `received [${dims.join(", ")}]`,
    );
  }
});

Deno.test("RepeatVector repeats each row", () => {
  const [golden] = goldenLayers("RepeatVector");
  layerTest({
    ...noWeights,
    layer: (options) => new RepeatVector(3, options) as AnyLayer,
    input: tensor(golden.x),
    expected: golden.y,
    expectedShape: [2, 3, 3],
    wrongInputs: [{
      shape: [2, 3, 4],
      sentence: sentence("repeat_vector", "expected ndim=2, found ndim=3. Full shape received: [2, 3, 4]"),
      unbuilt: true,
    }],
  });
});

Deno.test("RepeatVector refuses a count that is no positive integer", () => {
  clearSession();
  assertEquals(
    assertThrows(() => new RepeatVector(0), RangeError).message,
    "Cannot make layer repeat_vector: received an invalid value for n, expected a positive integer, received 0",
  );
});

Deno.test("layers that move values keep integers and booleans as they are", () => {
  const x = tensor([[1, 2], [3, 4]], { dtype: "int32" });
  for (const layer of [new Flatten(), new Reshape([2]), new Permute([1]), new RepeatVector(1)] as AnyLayer[]) {
    assertEquals(callUntyped(layer, x).dtype, "int32", layer.name);
    assertEquals(callUntyped(layer, tensor([[true, false]])).dtype, "bool", layer.name);
  }
});
