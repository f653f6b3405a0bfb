import { assertEquals, assertThrows } from "@std/assert";
import { type AnyLayer, clearSession, ELU, input, LeakyReLU, PReLU, ReLU, Softmax, tensor, zeros } from "@strata/nn";
import { goldenLayers } from "../golden.ts";
import { assertClose, callUntyped, errorOf, layerTest } from "../layer_test_harness.ts";

const noWeights = { weightPaths: [], counts: { trainable: 0, nonTrainable: 0 } };

Deno.test("ReLU with a largest value, a slope and a threshold", () => {
  const [golden] = goldenLayers("ReLU");
  layerTest({
    ...noWeights,
    layer: (options) => new ReLU({ maxValue: 2, negativeSlope: 0.1, threshold: 0.5, ...options }) as AnyLayer,
    input: tensor(golden.x),
    expected: golden.y,
    expectedShape: [2, 5],
  });
});

Deno.test("LeakyReLU", () => {
  const [golden] = goldenLayers("LeakyReLU");
  layerTest({
    ...noWeights,
    layer: (options) => new LeakyReLU(options) as AnyLayer,
    input: tensor(golden.x),
    expected: golden.y,
    expectedShape: [2, 5],
  });
});

Deno.test("ELU", () => {
  const [golden] = goldenLayers("ELU");
  layerTest({
    ...noWeights,
    layer: (options) => new ELU(options) as AnyLayer,
    input: tensor(golden.x),
    expected: golden.y,
    expectedShape: [2, 5],
  });
});

Deno.test("ELU scales what is below 0 by alpha", () => {
  // 2 (exp(-1) - 1), computed apart.
  assertClose("elu", new ELU({ alpha: 2 })([-1, 3]), [-1.2642411, 3], 1e-6);
});

Deno.test("Softmax", () => {
  const [golden] = goldenLayers("Softmax");
  layerTest({
    ...noWeights,
    layer: (options) => new Softmax(options) as AnyLayer,
    input: tensor(golden.x),
    expected: golden.y,
    expectedShape: [2, 5],
  });
});

Deno.test("Softmax along another axis, and along several", () => {
  layerTest({
    ...noWeights,
    layer: (options) => new Softmax({ axis: 1, ...options }) as AnyLayer,
    input: tensor([[[0, 0], [0, Math.log(3)]]]),
    expected: [[[0.5, 0.25], [0.5, 0.75]]],
    expectedShape: [1, 2, 2],
  });
  layerTest({
    ...noWeights,
    layer: (options) => new Softmax({ axis: [1, 2], ...options }) as AnyLayer,
    input: tensor([[[0, 0], [0, Math.log(5)]]]),
    expected: [[[0.125, 0.125], [0.125, 0.625]]],
    expectedShape: [1, 2, 2],
  });
});

Deno.test("PReLU learns a slope for each feature", () => {
  const [golden] = goldenLayers("PReLU");
  layerTest({
    layer: (options) => new PReLU(options) as AnyLayer,
    input: tensor(golden.x),
    weights: golden.weights.map(({ value }) => value),
    expected: golden.y,
    expectedShape: [2, 5],
    weightPaths: ["p_re_lu/alpha"],
    counts: { trainable: 1, nonTrainable: 0 },
    wrongInputs: [{
      shape: [2, 4],
      sentence: "Input 0 of layer p_re_lu is incompatible with the layer: expected axis 1 of input shape to have " +
        "value 5 but received input with shape [2, 4]",
      unbuilt: false,
    }, {
      shape: [2, 4, 5],
      sentence: "Input 0 of layer p_re_lu is incompatible with the layer: expected ndim=2, found ndim=3. " +
        "Full shape received: [2, 4, 5]",
      unbuilt: false,
    }],
  });
});

Deno.test("PReLU shares slopes along axes, whose sizes may then differ", () => {
  layerTest({
    layer: (options) => new PReLU({ sharedAxes: [1], ...options }) as AnyLayer,
    input: tensor([[[-1, -1], [-2, 3]]]),
    weights: [[[0.5, 0.25]]],
    expected: [[[-0.5, -0.25], [-1, 3]]],
    expectedShape: [1, 2, 2],
    weightPaths: ["p_re_lu/alpha"],
    counts: { trainable: 1, nonTrainable: 0 },
  });
  const layer = new PReLU({ sharedAxes: [1] });
  layer(input(["batch", null, 3]));
  assertEquals(layer.alpha.shape, [1, 3]);
  assertEquals(layer(zeros([2, 7, 3])).shape, [2, 7, 3]);
});

Deno.test("PReLU needs to know the sizes along which it has slopes", () => {
  clearSession();
  const layer = new PReLU();
  assertEquals(
    errorOf(() => callUntyped(layer as AnyLayer, input(["batch", null]))).message,
    "Cannot make weight p_re_lu/alpha: expected a shape of known sizes, received [?]",
  );
  assertEquals([layer.built, layer.weights], [false, []]);
});

Deno.test("activation layers refuse options below 0", () => {
  clearSession();
  assertEquals(
    assertThrows(() => new ReLU({ maxValue: -1 }), RangeError).message,
    "Cannot make layer re_lu: expected maxValue to be at least 0, received -1",
  );
  assertEquals(
    assertThrows(() => new LeakyReLU({ negativeSlope: -0.1 }), RangeError).message,
    "Cannot make layer leaky_re_lu: expected negativeSlope to be at least 0, received -0.1",
  );
  assertThrows(() => new ReLU({ negativeSlope: NaN }), RangeError);
  assertThrows(() => new ReLU({ threshold: -2 }), RangeError);
});

Deno.test("PReLU refuses shared axes that are none", () => {
  assertThrows(() => new PReLU({ sharedAxes: [0] }).build([null, 2]), RangeError);
  assertThrows(() => new PReLU({ sharedAxes: [2] }).build([null, 2]), RangeError);
});
