import { assert, assertEquals, assertThrows } from "@std/assert";
import { Activation, type AnyLayer, ops, tensor } from "@strata/nn";
import { goldenLayers } from "../golden.ts";
import { errorOf, layerTest } from "../layer_test_harness.ts";

const noWeights = { weightPaths: [], counts: { trainable: 0, nonTrainable: 0 } };

Deno.test("Activation by name", () => {
  const [softmax] = goldenLayers("Softmax");
  layerTest({
    ...noWeights,
    layer: (options) => new Activation("softmax", options) as AnyLayer,
    input: tensor(softmax.x),
    expected: softmax.y,
    expectedShape: [2, 5],
  });
  const [elu] = goldenLayers("ELU");
  layerTest({
    ...noWeights,
    layer: (options) => new Activation("elu", options) as AnyLayer,
    input: tensor(elu.x),
    expected: elu.y,
    expectedShape: [2, 5],
  });
});

Deno.test("Activation by function", () => {
  layerTest({
    ...noWeights,
    layer: (options) => new Activation((x) => ops.multiply(x, x), options) as AnyLayer,
    input: tensor([[-3, 2]]),
    expected: [[9, 4]],
    expectedShape: [1, 2],
    serializable: false,
  });
});

Deno.test("Activation of an op that has a name is written down by it", () => {
  assertEquals(new Activation(ops.relu as never).getConfig().activation, "relu");
  assertThrows(() => new Activation((x) => x).getConfig(), TypeError);
});

Deno.test("Activation refuses a name that there is not", () => {
  for (const name of ["nothing", "toString", "__proto__", ""]) {
    const error = errorOf(() => new Activation(name as "relu"));
    assert(error instanceof RangeError);
    assert(error.message.startsWith(`Cannot find activation ${JSON.stringify(name)}: expected one of `), error.message);
  }
});
