// Nothing here may wrap a layer before the first tests: they read what another program wrote.
import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import {
  type AnyLayer,
  Bidirectional,
  type EagerTensor,
  Layer,
  LSTM,
  modelFromJson,
  modelToJson,
  ones,
  registerSerializable,
  RNN,
  Sequential,
  SpectralNormalization,
  StackedRNNCells,
  type Tensor,
  TimeDistributed,
  zeros,
} from "@strata/nn";
import { leavesOf, type Structure } from "../../../src/tensor/structure.ts";
import { EVERY_LAYER, layerClasses, makeLayer } from "../every_layer.ts";
import { callUntyped } from "../layer_test_harness.ts";

const classes = layerClasses();

/** Layers that hold a function, which is no data. */
const NO_CONFIG = ["Lambda"];

const written = [...classes.keys()].filter((name) => !NO_CONFIG.includes(name));

/** A configuration as another program reads it. */
const carried = (config: unknown): unknown => JSON.parse(JSON.stringify(config));

/** What another program wrote of an LSTM with as many units. */
const lstm = (name: string, goBackwards = false) => ({
  className: "LSTM",
  config: { name, trainable: true, dtype: "float32", units: 2, returnSequences: true, goBackwards },
});
const cell = (units: number) => ({
  className: "GRUCell",
  config: { name: `cell_${units}`, trainable: true, dtype: "float32", units },
});
const around = { name: "around", trainable: true, dtype: "float32" } as const;

Deno.test("layers around layers come back in a program that has not made such layers yet", () => {
  const bidirectional = Bidirectional.fromConfig({
    ...around,
    layer: lstm("forward_lstm"),
    backwardLayer: lstm("backward_lstm", true),
    mergeMode: "concat",
  } as never);
  assertEquals(callUntyped(bidirectional as AnyLayer, ones([1, 3, 2])).shape, [1, 3, 4]);
  const rnn = RNN.fromConfig({ ...around, cell: cell(4) } as never);
  assertEquals(callUntyped(rnn as unknown as AnyLayer, ones([1, 3, 2])).shape, [1, 4]);
  const stacked = StackedRNNCells.fromConfig({ ...around, cells: [cell(4), cell(5)] } as never);
  assertEquals(callUntyped(new RNN(stacked as never) as unknown as AnyLayer, ones([1, 3, 2])).shape, [1, 5]);
  const dense = { className: "Dense", config: { ...around, name: "dense", units: 6 } };
  const distributed = TimeDistributed.fromConfig({ ...around, layer: dense } as never);
  assertEquals(callUntyped(distributed as unknown as AnyLayer, ones([1, 3, 2])).shape, [1, 3, 6]);
  const spectral = SpectralNormalization.fromConfig({ ...around, layer: dense, powerIterations: 1 } as never);
  assertEquals(callUntyped(spectral as unknown as AnyLayer, ones([1, 2])).shape, [1, 6]);
});

Deno.test("every layer class that is exported is found by its name", () => {
  for (const name of written) {
    const layer = { className: name, config: carried(makeLayer(name).getConfig()) };
    const found = TimeDistributed.fromConfig({ ...around, layer } as never);
    assertStrictEquals(found.layer.constructor as unknown, classes.get(name), name);
  }
});

function values(result: Tensor): unknown[] {
  return leavesOf(result as Structure<Tensor>).map((tensor) => [tensor.shape, (tensor as EagerTensor).dataSync()]);
}

for (const name of written) {
  Deno.test(`${name} comes back from its configuration as text, with the same weights and results`, () => {
    const { input } = EVERY_LAYER[name]!;
    const layer = makeLayer(name);
    const config = carried(layer.getConfig());
    assertEquals(config, layer.getConfig() as unknown);
    const copy = classes.get(name)!.fromConfig(config);
    assertStrictEquals(copy.constructor, layer.constructor);
    assertEquals(copy.getConfig() as unknown, config);
    const result = callUntyped(layer, input);
    callUntyped(copy, input);
    const shapes = (each: AnyLayer) =>
      each.weights.map(({ path, shape, dtype, trainable }) => [path, shape, dtype, trainable]);
    assertEquals(shapes(copy), shapes(layer));
    copy.setWeights(layer.getWeights());
    assertEquals(values(callUntyped(copy, input)), values(result));
    // A layer that was built writes what it wrote before.
    assertEquals(layer.getConfig() as unknown, config);
  });
}

Deno.test("every layer class goes through Keras's JSON", () => {
  for (const name of written) {
    const layer = makeLayer(name);
    // Layers of several inputs are in models of tensors; how their calls are written is tested with those.
    if (name === "InputLayer" || Array.isArray(EVERY_LAYER[name]!.input)) continue;
    const model = new Sequential(layer as never);
    const copy = modelFromJson(modelToJson(model as unknown as AnyLayer));
    assertEquals(carried(copy.layers[0]!.getConfig()), carried(layer.getConfig()), name);
  }
});

const ownLayer = (factor: number) =>
  class Own extends Layer {
    readonly factor: number = factor;
    override call(x: Tensor): Tensor {
      return x;
    }
  };

Deno.test("a class of one's own is found under the name that it is registered with, also where another has its name", () => {
  const [First, Second] = [ownLayer(1), ownLayer(2)];
  const wrapped = new TimeDistributed(new First() as AnyLayer);
  const unregistered = wrapped.getConfig();
  assertEquals(Object.hasOwn(unregistered.layer, "registeredName"), false);
  assertStrictEquals(TimeDistributed.fromConfig(carried(unregistered) as never).layer.constructor as unknown, First);
  registerSerializable(First, { package: "first", name: "Own" });
  registerSerializable(Second, { package: "second", name: "Renamed" });
  for (const [Class, registeredName] of [[First, "first>Own"], [Second, "second>Renamed"]] as const) {
    const layer = new TimeDistributed(new Class() as AnyLayer);
    const config = carried(layer.getConfig()) as { readonly layer: { readonly registeredName: string } };
    assertEquals(config.layer.registeredName, registeredName);
    assertStrictEquals(TimeDistributed.fromConfig(config as never).layer.constructor as unknown, Class);
    const model = new Sequential(layer as never) as unknown as AnyLayer;
    const copy = modelFromJson(modelToJson(model)).layers[0] as unknown as { readonly layer: AnyLayer };
    assertStrictEquals(copy.layer.constructor as unknown, Class);
  }
});

Deno.test("a class of one's own that is not registered, and has the name of another, cannot be written", () => {
  const Dense = class Dense extends Layer {
    override call(x: Tensor): Tensor {
      return x;
    }
  };
  const wrapped = new TimeDistributed(new Dense({ name: "mine" }) as AnyLayer);
  assertThrows(() => wrapped.getConfig(), TypeError, "Cannot write layer mine: Dense is the name of another class too");
  const Alone = class Alone extends Layer {
    override call(x: Tensor): Tensor {
      return x;
    }
  };
  const model = new Sequential(new TimeDistributed(new Alone()) as never) as unknown as AnyLayer;
  assertThrows(() => modelToJson(model), TypeError, "its class Alone is not known");
  const record = { className: "Nowhere", config: { name: "x", trainable: true, dtype: "float32" } } as const;
  assertThrows(
    () => TimeDistributed.fromConfig({ ...around, layer: record } as never),
    RangeError,
    "layer class Nowhere",
  );
});

Deno.test("a subclass of a recurrent layer that is not registered goes both ways", () => {
  const Mine = class LSTM2 extends LSTM {};
  const layer = new Bidirectional(new Mine(3) as never) as unknown as AnyLayer & { readonly backwardLayer: AnyLayer };
  assert(layer.backwardLayer instanceof LSTM);
  assertEquals(callUntyped(layer, zeros([1, 2, 2])).shape, [1, 6]);
});
