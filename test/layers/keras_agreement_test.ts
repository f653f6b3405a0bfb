/** Where layers once differed from Keras 3.15.1 in small things: each number is Keras's. */
import { assertEquals, assertThrows } from "@std/assert";
import {
  AdditiveAttention,
  type AnyLayer,
  Attention,
  Bidirectional,
  clearSession,
  Dense,
  Embedding,
  EngineError,
  GroupQueryAttention,
  GRU,
  input,
  InputError,
  IntegerLookup,
  jit,
  LSTM,
  maskOf,
  MultiHeadAttention,
  ones,
  ShapeError,
  SpectralNormalization,
  tensor,
  zeros,
} from "@strata/nn";
import { assertClose, callUntyped, errorOf } from "./layer_test_harness.ts";

const untyped = (layer: unknown): AnyLayer => layer as AnyLayer;
const firstLine = (action: () => unknown): string => errorOf(action).message.split("\n")[0]!;

Deno.test("the scale of additive attention is as wide as the query", () => {
  const layer = new AdditiveAttention();
  // Keras: [[[1], [1]]] with a scale of [3], where the value has one feature.
  const y = callUntyped(untyped(layer), [ones([1, 2, 3]), ones([1, 2, 1]), ones([1, 2, 3])]);
  assertEquals(layer.scale!.shape as unknown, [3]);
  assertClose("result", y as never, [[[1], [1]]], 1e-6);
  assertEquals(
    firstLine(() => callUntyped(untyped(layer), [ones([1, 2, 4]), ones([1, 2, 1]), ones([1, 2, 1])])),
    "Input 0 of layer additive_attention is incompatible with the layer: expected axis -1 of input shape to have value 3 " +
      "but received input with shape [1, 2, 4]",
  );
});

Deno.test("masks of attention that are of another shape are refused with a sentence, eagerly and in a trace", () => {
  const mask = (shape: readonly number[]) => ones(shape as number[], { dtype: "bool" });
  const [query, value] = [zeros([2, 3, 4]), zeros([2, 5, 4])];
  const layers = [
    new Attention({ name: "a" }),
    new AdditiveAttention({ name: "a" }),
    new MultiHeadAttention(1, 2, { name: "a" }),
  ];
  for (const layer of layers.map(untyped)) {
    const call = (masks: unknown) => () => callUntyped(layer, [query, value], { mask: masks });
    assertEquals(
      firstLine(call([null, mask([2, 3])])),
      "Cannot call layer a: expected a mask of the value of shape [2, 5], received [2, 3]",
    );
    assertThrows(call([null, mask([2, 5, 1])]), ShapeError, "expected a mask of the value");
    assertThrows(call([null, null, null, null]), InputError, "expected masks of 2 or 3 inputs, received 4");
    assertEquals(callUntyped(layer, [query, value], { mask: [mask([2, 3]), mask([1, 5])] }).shape, [2, 3, 4]);
    const traced = () =>
      (jit as unknown as (f: unknown, ...x: unknown[]) => unknown)(
        (q: unknown, v: unknown, m: unknown) => callUntyped(layer, [q, v], { mask: [null, m] }),
        input(["batch", 3, 4]),
        input(["batch", 5, 4]),
        input(["batch", 3], { dtype: "bool" }),
      );
    assertThrows(traced, ShapeError, "expected a mask of the value of shape [batch, 5], received [batch, 3]");
  }
  assertThrows(
    () => callUntyped(untyped(new MultiHeadAttention(1, 2)), [query, value], { attentionMask: mask([2, 3, 3]) }),
    ShapeError,
    "expected a mask of the pairs of shape [2, 3, 5], received [2, 3, 3]",
  );
});

Deno.test("the dtype of Bidirectional is its own", () => {
  const x = ones([1, 3, 2]);
  const dtypeOf = (layer: unknown) => callUntyped(untyped(layer), x).dtype;
  assertEquals(dtypeOf(new Bidirectional(new GRU(2, { dtype: "float16" }))), "float32");
  assertEquals(dtypeOf(new Bidirectional(new GRU(2), { dtype: "float16" })), "float16");
  assertEquals(
    dtypeOf(new Bidirectional(new GRU(2, { returnSequences: true }), { dtype: "mixed_float16" })),
    "float16",
  );
});

Deno.test("the kernel comes before the vector of spectral normalization, also where it is frozen", () => {
  clearSession();
  for (const trainable of [true, false]) {
    const layer = new SpectralNormalization(new Dense(2, { trainable, name: "d" }), { name: "s" });
    layer.build([null, 3]);
    assertEquals(
      layer.weights.map(({ path }) => path),
      ["s/d/kernel", "s/vector_u", "s/d/bias"],
    );
    assertEquals(layer.trainableWeights.length, trainable ? 2 : 0);
  }
});

Deno.test("GroupQueryAttention has the name that Keras gives it", () => {
  clearSession();
  assertEquals([0, 1].map(() => new GroupQueryAttention(2, 2, 1).name), [
    "grouped_query_attention",
    "grouped_query_attention_1",
  ]);
});

Deno.test("IntegerLookup without an index for others refuses them", () => {
  const layer = new IntegerLookup({ vocabulary: [12, 36, 42], numOovIndices: 0, name: "lookup" });
  const ids = (...values: number[]) => tensor(values, { dtype: "int32" });
  assertEquals(layer(ids(42, 12)).array() as unknown, [2n, 0n]);
  assertEquals(
    firstLine(() => layer(ids(12, 13))),
    "Cannot look up tokens in layer lookup: expected tokens of the vocabulary, as numOovIndices is 0, received others",
  );
  const compiled = (jit as unknown as (f: unknown, ...x: unknown[]) => (x: unknown) => { dataSync(): unknown })(
    layer,
    input(["n"], { dtype: "int32" }),
  );
  assertEquals(compiled(ids(36)).dataSync() as unknown, new BigInt64Array([1n]));
  assertThrows(() => compiled(ids(36, 7)).dataSync(), EngineError);
  // The mask token counts for nothing, and is no other token.
  const counts = new IntegerLookup({ vocabulary: [12, 36], numOovIndices: 0, maskToken: 0, outputMode: "count" });
  assertEquals((counts as unknown as (x: unknown) => { array(): unknown })(ids(0, 36, 36)).array(), [0, 2]);
});

Deno.test("a mask that travels ends where a call has other tensors, and goes on to the result", () => {
  // Keras 3.15.1, eagerly and functionally: 0.2049771 with the states alone, 0.1847933 with the mask told as well.
  const embedding = new Embedding(3, 2, { maskZero: true });
  const ids = tensor([[1, 2, 0, 0]], { dtype: "int32" });
  embedding.build([null, 4]);
  embedding.setWeights([[[0.3, 0.1], [0.5, -0.2], [-0.4, 0.6]]]);
  const x = embedding(ids);
  const states = [tensor([[0.5, 0.5]]), tensor([[0.25, 0.25]])];
  const layer = untyped(new LSTM(2, { returnSequences: true }));
  layer.build([null, 4, 2] as never);
  layer.setWeights([Array(2).fill(Array(8).fill(0.3)), Array(2).fill(Array(8).fill(0.2)), Array(8).fill(0.1)]);
  const last = (options: object): number => {
    const y = callUntyped(layer, x, options) as unknown as { array(): number[][][] };
    return y.array()[0]!.at(-1)![0]!;
  };
  assertEquals(last({ initialState: states }).toFixed(6), "0.204977");
  assertEquals(last({ initialState: states, mask: maskOf(x) }).toFixed(6), "0.184793");
  assertEquals(maskOf(callUntyped(layer, x, { initialState: states })), maskOf(x));
});
