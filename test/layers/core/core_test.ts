import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { type AnyLayer, clearSession, Identity, input, InputLayer, Lambda, ops, tensor } from "@strata/nn";
import { goldenLayers } from "../golden.ts";
import { callUntyped, layerTest } from "../layer_test_harness.ts";

const noWeights = { weightPaths: [], counts: { trainable: 0, nonTrainable: 0 } };

Deno.test("Identity gives its input", () => {
  const [golden] = goldenLayers("Identity");
  layerTest({
    ...noWeights,
    layer: (options) => new Identity(options) as AnyLayer,
    input: tensor(golden.x),
    expected: golden.y,
    expectedShape: [2, 4, 3],
  });
  const x = tensor([1, 2], { dtype: "int32" });
  assertStrictEquals(new Identity()(x), x);
});

Deno.test("Lambda calls its function with the input and the options", () => {
  layerTest({
    ...noWeights,
    layer: (options) => new Lambda((x) => ops.add(ops.multiply(x, 2), 1), options) as AnyLayer,
    input: tensor([[1, -2]]),
    expected: [[3, -3]],
    expectedShape: [1, 2],
    serializable: false,
  });
  const modes: (boolean | undefined)[] = [];
  const layer = new Lambda((x, { training }) => (modes.push(training), x)) as AnyLayer;
  callUntyped(layer, [1]);
  callUntyped(layer, [1], { training: true });
  callUntyped(layer, [1], { training: false });
  assertEquals(modes, [undefined, true, false]);
});

Deno.test("Lambda cannot be written down, and takes nothing but a function", () => {
  clearSession();
  assertEquals(
    assertThrows(() => new Lambda((x) => x).getConfig(), TypeError).message,
    "Cannot make the configuration of layer lambda: a function cannot be written down; use a subclass of Layer",
  );
  clearSession();
  assertEquals(
    assertThrows(() => new Lambda("relu" as never), TypeError).message,
    "Cannot make layer lambda: expected a function, received string",
  );
});

Deno.test("InputLayer has the tensor that a model is given", () => {
  layerTest({
    ...noWeights,
    layer: (options) => new InputLayer({ ...options as { name?: string }, shape: ["batch", 3] }) as AnyLayer,
    input: tensor([[1, 2, 3]]),
    expected: [[1, 2, 3]],
    expectedShape: [1, 3],
  });
  const layer = new InputLayer({ shape: ["batch", null, 3], dtype: "int64", name: "tokens" });
  assertEquals(layer.output.shape, ["batch", null, 3]);
  assertEquals([layer.output.dtype, layer.output.name, layer.name], ["int64", "tokens", "tokens"]);
  const copy = InputLayer.fromConfig(layer.getConfig()) as InputLayer;
  assertEquals([copy.output.shape, copy.output.dtype, copy.name], [["batch", null, 3], "int64", "tokens"]);
});

Deno.test("InputLayer refuses what its shape excludes", () => {
  const layer = new InputLayer({ shape: ["batch", 3], name: "features" }) as AnyLayer;
  const error = assertThrows(() => callUntyped(layer, input([2, 4])), TypeError);
  assertEquals(
    error.message,
    "Input 0 of layer features is incompatible with the layer: expected shape=[batch, 3], found shape=[2, 4]",
  );
});
