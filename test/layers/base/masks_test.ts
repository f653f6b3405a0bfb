import { assertEquals, assertStrictEquals } from "@std/assert";
import {
  type AnyLayer,
  type Anything,
  Dense,
  Dropout,
  type EagerTensor,
  Embedding,
  Flatten,
  input,
  jit,
  Lambda,
  Layer,
  Model,
  ops,
  Sequential,
  type Tensor,
  tensor,
} from "@strata/nn";
import { Bidirectional } from "../../../src/layers/recurrent/bidirectional.ts";
import type { CallOptions } from "../../../src/layers/base/context.ts";
import { GRU } from "../../../src/layers/recurrent/gru.ts";
import { LSTM } from "../../../src/layers/recurrent/lstm.ts";
import { Masking } from "../../../src/layers/core/masking.ts";
import { maskOf } from "../../../src/layers/base/masks.ts";
import { SimpleRNN } from "../../../src/layers/recurrent/simple_rnn.ts";
import { TimeDistributed } from "../../../src/layers/recurrent/time_distributed.ts";
import { arrayOf, assertClose, callUntyped, layerTest } from "../layer_test_harness.ts";
import { warningsOf } from "../warnings.ts";
import { golden } from "../recurrent/recurrent_golden.ts";

type Call = (x: unknown, options?: object) => EagerTensor;

const maskArray = (x: Tensor): unknown => (maskOf(x) as EagerTensor | null)?.array() ?? null;
const ids = tensor(golden.embedding.x, { dtype: "int32" });

Deno.test("Masking sets steps to 0 and masks them", () => {
  const { x, values, mask } = golden.masking;
  layerTest({
    layer: (options) => new Masking({ maskValue: 9, ...options }) as AnyLayer,
    input: tensor(x) as EagerTensor,
    expected: values,
    expectedShape: [2, 4, 3],
    weightPaths: [],
    counts: { trainable: 0, nonTrainable: 0 },
  });
  const layer = new Masking({ maskValue: 9 });
  assertEquals(maskArray(layer(tensor(x))), mask);
  assertEquals((layer.computeMask(tensor(x)) as EagerTensor).array() as unknown, mask);
});

Deno.test("Masking makes a recurrent layer skip steps", () => {
  const { x, weights, y } = golden.masking;
  const layer = new SimpleRNN(2).build([null, null, 3]);
  layer.setWeights(weights.map(({ value }) => value));
  const both = (x: Tensor) => callUntyped(layer as AnyLayer, callUntyped(new Masking({ maskValue: 9 }) as AnyLayer, x));
  assertClose("eager", both(tensor(x)), y);
  assertClose("compiled", (jit as unknown as (fn: unknown) => Call)(both)(tensor(x)), y);
});

Deno.test("A mask goes from Embedding through layers to those that read it, eagerly, in models and compiled", () => {
  const layers = [
    new Embedding(4, 3, { maskZero: true }),
    new Dropout(0.5),
    new LSTM(2, { returnSequences: true }),
    new Dense(3),
    new GRU(2),
  ] as unknown as readonly (Call & AnyLayer)[];
  const chain = (x: unknown) => layers.reduce<unknown>((value, layer) => layer(value), x) as Tensor;
  const symbol = input(["batch", "time"], { dtype: "int32" });
  const model = new Model({ inputs: symbol, outputs: chain(symbol) as never }) as unknown as Call & AnyLayer;
  model.setWeights(golden.embedding.weights.map(({ value }) => value));
  const sequential = new Sequential(...layers as unknown as readonly never[]) as unknown as Call;
  const made = jit as unknown as (fn: unknown, symbol?: unknown) => Call;
  const ways: { readonly [how: string]: Call } = {
    eager: chain as Call,
    model,
    sequential,
    "model in a model": new Model({ inputs: symbol, outputs: model(symbol) as never }) as unknown as Call,
    "compiled": made(chain),
    "compiled model": made(model),
    "compiled model, open": made(model, symbol),
    "compiled sequential": made(sequential),
  };
  for (const [how, call] of Object.entries(ways)) assertClose(how, call(ids), golden.embedding.y);
});

Deno.test("A mask goes through a Sequential with wrapped layers", () => {
  const { x, weights, y } = golden.sequential;
  const model = new Sequential(
    input(["batch", "time", 3]),
    new Masking({ maskValue: 9 }),
    new Bidirectional(new GRU(2, { returnSequences: true })),
    new TimeDistributed(new Dense(2)),
    new LSTM(2),
  ) as unknown as Call & AnyLayer;
  model.setWeights(weights.map(({ value }) => value));
  assertClose("eager", model(tensor(x)), y);
  assertClose("compiled", (jit as unknown as (fn: unknown) => Call)(model)(tensor(x)), y);
});

/** Keeps what it was given as mask. */
class Reading extends Layer<Anything> {
  seen: Tensor | null | undefined;
  override call(x: Tensor, { mask }: CallOptions): Tensor {
    this.seen = mask;
    return ops.add(x, 1) as Tensor;
  }
}

Deno.test("A layer is given the mask of its input, or the one it is told", () => {
  const x = new Embedding(4, 3, { maskZero: true })(ids);
  const reading = new Reading();
  const result = reading(x) as unknown as Tensor;
  assertStrictEquals(reading.seen, maskOf(x));
  assertStrictEquals(maskOf(result), null);
  const mask = tensor([[true], [false]]);
  reading(x, { mask });
  assertStrictEquals(reading.seen, mask);
  reading(tensor([1]));
  assertStrictEquals(reading.seen, undefined);
});

Deno.test("A layer that supports masking hands on its mask; others lose it, and say so once", () => {
  const x = new Embedding(4, 3, { maskZero: true })(ids);
  const dense = new Dense(2);
  assertStrictEquals(maskOf(dense(x)), maskOf(x));
  const keeping = new Reading();
  keeping.supportsMasking = true;
  assertStrictEquals(maskOf(keeping(x) as unknown as Tensor), maskOf(x));

  const warnings = warningsOf(() => {
    const flatten = new Flatten({ name: "flat" });
    assertStrictEquals(maskOf(flatten(x)), null);
    flatten(x);
    flatten(tensor([[1]]));
  });
  assertEquals(warnings, [
    "Layer flat was called with a mask, and does not support masking: the layers behind it do not see the mask",
  ]);
});

Deno.test("Lambda ends masks, unless it is told which mask its results have", () => {
  const x = new Embedding(4, 3, { maskZero: true })(ids);
  const warnings = warningsOf(() => {
    assertStrictEquals(maskOf(new Lambda((x) => ops.add(x, 1) as Tensor)(x)), null);
  });
  assertEquals(warnings.length, 1);
  const mask = tensor([[true, false, false], [true, true, true]]);
  assertStrictEquals(maskOf(new Lambda((x) => ops.add(x, 1) as Tensor, { mask })(x)), mask);
  const not = new Lambda((x) => ops.add(x, 1) as Tensor, { mask: (_, mask) => mask && ops.logicalNot(mask) as Tensor });
  const wanted = arrayOf(maskOf(x)!) as boolean[][];
  assertEquals(maskArray(not(x)), wanted.map((row) => row.map((each) => !each)));
});

/** Drops every second step, of the mask too. */
class Halving extends Layer<Anything> {
  override call(x: Tensor): Tensor {
    return ops.take(x, [0, 2], { axis: 1 }) as Tensor;
  }
  override computeMask(_x: Tensor, mask: Tensor | null): Tensor | null {
    return mask && ops.take(mask, [0, 2], { axis: 1 }) as Tensor;
  }
}

Deno.test("A layer with computeMask changes the mask", () => {
  const x = new Embedding(4, 3, { maskZero: true })(ids);
  const layer = new Halving();
  assertEquals(layer.supportsMasking, true);
  assertEquals(maskArray(layer(x) as unknown as Tensor), [[true, false], [true, true]]);
});

class Pair extends Layer<Anything> {
  seen: unknown;
  override call([a]: readonly Tensor[], { mask }: CallOptions<readonly (Tensor | null)[]>): Tensor {
    this.seen = mask;
    return ops.add(a!, 1) as Tensor;
  }
}

Deno.test("A layer of several inputs is given their masks in their structure", () => {
  const x = new Embedding(4, 3, { maskZero: true })(ids);
  const other = tensor([[1, 2]]);
  const layer = new Pair();
  layer([x, other]);
  assertEquals((layer.seen as unknown[]).map((mask) => mask === null ? null : mask === maskOf(x)), [true, null]);
});

Deno.test("Recurrent layers hand on the mask of outputs of all steps, and none with the last", () => {
  const x = new Embedding(4, 3, { maskZero: true })(ids);
  const [outputs, state] = new GRU(2, { returnSequences: true, returnState: true })(x);
  assertStrictEquals(maskOf(outputs), maskOf(x));
  assertStrictEquals(maskOf(state), null);
  assertStrictEquals(maskOf(new GRU(2)(x)), null);
});

Deno.test("A mask that a model is told reaches its layers, and leaves the input as it was", () => {
  const symbol = input(["batch", "time", 3]);
  const layer = new SimpleRNN(2);
  const model = new Model({ inputs: symbol, outputs: layer(symbol) }) as unknown as Call;
  const each = golden.cases.find(({ kind, name }) => kind === "SimpleRNN" && name === "mask, last")!;
  layer.setWeights(each.weights.map(({ value }) => value));
  const x = tensor(each.x);
  const mask = tensor(each.mask!);
  assertClose("model", model(x, { mask }), each.y[0]!);
  assertClose("sequential", (new Sequential(layer) as unknown as Call)(x, { mask }), each.y[0]!);
  assertStrictEquals(maskOf(x), null);
});
