import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { type AnyLayer, clearSession, Dense, type DType, EagerTensor, input, ops, ShapeError } from "@strata/nn";
import { tensor, zeros } from "@strata/nn";
import { goldenLayers } from "../golden.ts";
import { callUntyped, errorOf, layerTest } from "../layer_test_harness.ts";

const [relu, noBias] = goldenLayers("Dense");
const features = "Input 0 of layer dense is incompatible with the layer: expected axis -1 of input shape to have value";

Deno.test("Dense on a batch of vectors, with bias and relu", () => {
  layerTest({
    layer: (options) => new Dense(2, { activation: "relu", ...options }) as AnyLayer,
    input: tensor(relu.x),
    weights: relu.weights.map(({ value }) => value),
    expected: relu.y,
    expectedShape: [2, 2],
    weightPaths: ["dense/kernel", "dense/bias"],
    counts: { trainable: 2, nonTrainable: 0 },
    wrongInputs: [
      { shape: [2, 4], sentence: `${features} 3 but received input with shape [2, 4]`, unbuilt: false },
      {
        shape: [3],
        sentence: "Input 0 of layer dense is incompatible with the layer: expected min_ndim=2, found ndim=1. " +
          "Full shape received: [3]",
        unbuilt: true,
      },
    ],
  });
});

Deno.test("Dense on three axes, without bias", () => {
  layerTest({
    layer: (options) => new Dense(2, { useBias: false, ...options }) as AnyLayer,
    input: tensor(noBias!.x),
    weights: noBias!.weights.map(({ value }) => value),
    expected: noBias!.y,
    expectedShape: [2, 4, 2],
    weightPaths: ["dense/kernel"],
    counts: { trainable: 1, nonTrainable: 0 },
    wrongInputs: [
      { shape: [2, 4, 2], sentence: `${features} 3 but received input with shape [2, 4, 2]`, unbuilt: false },
    ],
  });
});

Deno.test("Dense with inputDim refuses other features before it is built", () => {
  layerTest({
    layer: (options) => new Dense(2, { inputDim: 3, ...options }) as AnyLayer,
    input: tensor(relu.x),
    weights: relu.weights.map(({ value }) => value),
    expectedShape: [2, 2],
    weightPaths: ["dense/kernel", "dense/bias"],
    counts: { trainable: 2, nonTrainable: 0 },
    wrongInputs: [
      { shape: [10, 4], sentence: `${features} 3 but received input with shape [10, 4]`, unbuilt: true },
    ],
  });
});

// x·W + b = [-1 + 6 + 5, 2 - 8 - 6] = [10, -12], by hand.
const kernel = [[1, -2], [3, -4]];
const bias = [5, -6];
const x = tensor([[-1, 2]]);

Deno.test("Dense computes activation(x · kernel + bias)", () => {
  const layer = new Dense(2, { activation: "relu" }).build([null, 2]);
  layer.setWeights([kernel, bias]);
  assertEquals(layer(x).array(), [[10, 0]]);

  const linear = new Dense(2, { useBias: false }).build([null, 2]);
  linear.setWeights([kernel]);
  assertEquals(linear(x).array(), [[5, -6]]);
  assertStrictEquals(linear.bias, null);

  const rectified = new Dense(2, { useBias: false, activation: "relu" }).build([null, 2]);
  rectified.setWeights([kernel]);
  assertEquals(rectified(x).array(), [[5, 0]]);
});

Deno.test("Dense takes a function as its activation", () => {
  const layer = new Dense(2, { activation: (y) => ops.multiply(y, 2) }).build([null, 2]);
  layer.setWeights([kernel, bias]);
  assertEquals(layer(x).array(), [[20, -24]]);
});

Deno.test("Dense built on symbolic inputs refuses another number of features", () => {
  clearSession();
  const layer = new Dense(3);
  assertEquals(layer(input([1, 2])).shape, [1, 3]);
  assertEquals(
    errorOf(() => callUntyped(layer as AnyLayer, input([1, 3]))).message,
    `${features} 2 but received input with shape [1, 3]`,
  );
});

Deno.test("Dense prints named and unknown dims in its sentence", () => {
  clearSession();
  const layer = new Dense(1).build([null, 2]) as AnyLayer;
  assertEquals(
    errorOf(() => callUntyped(layer, input(["batch", null, 3]))).message,
    `${features} 2 but received input with shape [batch, ?, 3]`,
  );
});

Deno.test("Dense refuses units that are no positive integer", () => {
  for (const units of [0, -3, 2.5, null, "64", NaN, Infinity]) {
    clearSession();
    const error = assertThrows(() => new Dense(units as number), RangeError);
    assertEquals(
      error.message,
      "Cannot make layer dense: received an invalid value for units, expected a positive integer, " +
        `received ${units}`,
    );
  }
});

Deno.test("Dense needs to know the number of features", () => {
  clearSession();
  const layer = new Dense(2);
  const sentence = "Cannot make weight dense/kernel: expected a shape of known sizes, received [?, 2]";
  assertEquals(assertThrows(() => layer(input([null, null])), ShapeError).message, sentence);
  assertEquals(assertThrows(() => layer.build([8, null]), ShapeError).message, sentence);
  assertEquals([layer.built, layer.weights, layer.path], [false, [], null]);
  assertEquals(layer(zeros([1, 3])).shape, [1, 2]);
  assertEquals(layer.weights.map(({ shape }) => shape), [[3, 2], [2]]);
});

Deno.test("Dense takes typed arrays and nested arrays, and converts other floats", () => {
  const layer = new Dense(2, { useBias: false }).build([null, 2]);
  layer.setWeights([kernel]);
  assertEquals(layer([[-1, 2]]).array(), [[5, -6]]);
  const wide = layer(tensor([[-1, 2]], { dtype: "float64" }));
  assertEquals([wide.dtype, wide.array()], ["float32", [[5, -6]]]);
  const half: DType = "float16";
  assertEquals(callUntyped(layer as AnyLayer, tensor([[-1, 2]], { dtype: half })).dtype, "float32");
  const whole = layer(tensor([[-1, 2]], { dtype: "int32" }));
  assertEquals([whole.dtype, whole.array()], ["float32", [[5, -6]]]);
});

Deno.test("Dense sees what is assigned to its kernel at the next call", () => {
  const layer = new Dense(1, { useBias: false }).build([null, 2]);
  layer.setWeights([[[1], [1]]]);
  assertEquals(layer([[2, 3]]).array(), [[5]]);
  layer.kernel.assign([[10], [1]]);
  assertEquals(layer([[2, 3]]).array(), [[23]]);
});

Deno.test("Dense keeps a batch of zero rows", () => {
  const layer = new Dense(2).build([null, 3]);
  const empty = layer(zeros([0, 3]));
  assertEquals(empty instanceof EagerTensor && empty.shape, [0, 2]);
});
