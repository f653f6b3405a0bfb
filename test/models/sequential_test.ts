import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import {
  type AnyLayer,
  clearSession,
  Dense,
  Flatten,
  input,
  InputLayer,
  Lambda,
  Layer,
  Model,
  ones,
  Sequential,
  ShapeError,
  type SymbolicTensor,
  trace,
  zeros,
} from "@strata/nn";
import { arrayOf, callUntyped, errorOf } from "../layers/layer_test_harness.ts";

function sequential(...parts: readonly unknown[]): AnyLayer {
  return new (Sequential as unknown as new (...parts: readonly unknown[]) => AnyLayer)(...parts);
}

Deno.test("a sequential with an input is built at once", () => {
  clearSession();
  const model = new Sequential(input(["batch", 64]), new Dense(32), new Dense(10, { inputDim: 32 }));
  assertEquals([model.name, model.built, model.path], ["sequential", true, "sequential"]);
  assertEquals(model(zeros([8, 64])).shape, [8, 10]);
  assertEquals(model.weights.map(({ shape }) => shape), [[64, 32], [32], [32, 10], [10]]);
  assertEquals(model.countParams(), 64 * 32 + 32 + 32 * 10 + 10);
  assertEquals(model(input(["n", 64])).shape, ["n", 10]);
});

Deno.test("a sequential without an input is built by its first call", () => {
  const model = new Sequential(new Dense(4), new Dense(5));
  assertEquals([model.built, model.weights], [false, []]);
  assertEquals(model(zeros([3, 2])).shape, [3, 5]);
  assertEquals(model.weights.map(({ shape }) => shape), [[2, 4], [4], [4, 5], [5]]);
  const told = new Sequential(new Flatten(), new Dense(5));
  assertStrictEquals(told.build([null, 3, 4]), told);
  assertEquals(told.weights.map(({ shape }) => shape), [[12, 5], [5]]);
});

Deno.test("a sequential runs its layers in their order", () => {
  const model = sequential(
    new Lambda((x) => x),
    new Dense(1, { kernelInitializer: "ones", useBias: false }),
    new Dense(2, { kernelInitializer: "ones", useBias: false, activation: (y) => y }),
  );
  assertEquals(arrayOf(callUntyped(model, [[3, 4]])), [[7, 7]]);
  assertEquals(model.layers.map(({ className }) => className), ["Lambda", "Dense", "Dense"]);
});

Deno.test("the weights of a sequential have the paths of its layers", () => {
  const model = new Sequential(input(["batch", 2]), new Dense(1, { name: "a" }), new Dense(1, { name: "b" }));
  const eager = sequential(new Dense(1, { name: "a" }), new Dense(1, { name: "b" }));
  callUntyped(eager, ones([1, 2]));
  for (const each of [model, eager]) {
    const paths = ["a/kernel", "a/bias", "b/kernel", "b/bias"].map((path) => `${each.name}/${path}`);
    assertEquals(each.weights.map(({ path }) => path), paths);
  }
});

Deno.test("a layer that does not fit is refused with its sentence", () => {
  clearSession();
  const wrong = new Dense(10, { inputDim: 33, name: "wrong" });
  const error = errorOf(() => sequential(input(["batch", 64]), new Dense(32, { name: "first" }), wrong));
  assertStrictEquals(error.constructor, ShapeError);
  assertEquals(
    error.message,
    "Input 0 of layer wrong is incompatible with the layer: expected axis -1 of input shape to have value 33 but " +
      "received input with shape [batch, 32]",
  );
  assertEquals(wrong.built, false);
});

Deno.test("layers of a sequential that failed are as they were", () => {
  const first = new Dense(4);
  assertThrows(() => sequential(input(["batch", 64]), first, new Dense(1, { inputDim: 5 })), ShapeError);
  assertEquals([first.built, first.weights, first.path], [false, [], null]);
  assertEquals(first(zeros([1, 7])).shape, [1, 4]);

  const second = new Dense(4);
  const late = sequential(second, new Dense(1, { inputDim: 5 }));
  assertThrows(() => callUntyped(late, zeros([1, 3])), ShapeError);
  assertEquals([late.built, second.built, late.weights], [false, false, []]);
});

Deno.test("a sequential refuses another input than it was made for", () => {
  clearSession();
  const model = new Sequential(input(["batch", 4]), new Dense(2));
  assertEquals(
    errorOf(() => callUntyped(model, zeros([2, 3]))).message,
    "Input 0 of layer sequential is incompatible with the layer: expected shape=[batch, 4], found shape=[2, 3]",
  );
});

Deno.test("a sequential refuses what is no layer, and two layers of one name", () => {
  clearSession();
  const parts: readonly (readonly [unknown, string])[] = [
    [5, "number"],
    [null, "null"],
    [{ units: 3 }, "object"],
    [() => 1, "function"],
    [input(["batch"]), "a second symbolic input"],
  ];
  for (const [part, kind] of parts) {
    clearSession();
    assertEquals(
      errorOf(() => sequential(input(["batch", 2]), part)).message,
      `Cannot make model sequential: expected layers, received ${kind}`,
    );
  }
  clearSession();
  assertEquals(
    errorOf(() => sequential(new Dense(1, { name: "same" }), new Dense(2, { name: "same" }))).message,
    "Cannot make model sequential: two layers have the name same",
  );
});

Deno.test("a sequential without layers cannot be built", () => {
  clearSession();
  const model = sequential();
  assertEquals(errorOf(() => callUntyped(model, [1])).message, "Cannot build model sequential: it has no layers");
  assertEquals(model.built, false);
  const started = sequential(input(["batch"]));
  assertEquals(errorOf(() => callUntyped(started, [1])).message, "Cannot build model sequential_1: it has no layers");
});

Deno.test("a sequential has the name of its options, also in its sentences", () => {
  const model = new Sequential(input(["batch", 4]), new Dense(2), { name: "net" });
  assertEquals([model.name, model.layers.length, model.trainable], ["net", 1, true]);
  assertEquals(model(zeros([3, 4])).shape, [3, 2]);
  assertEquals(
    // @ts-expect-error Input 0 of layer net is incompatible with the layer: expected shape=[batch, 4]
    errorOf(() => model(zeros([2, 3]))).message,
    "Input 0 of layer net is incompatible with the layer: expected shape=[batch, 4], found shape=[2, 3]",
  );
  const frozen = new Sequential(new Dense(2), { trainable: false });
  frozen.build([null, 3]);
  assertEquals([frozen.trainable, frozen.weights.length], [false, 2]);
});

Deno.test("an input layer in front is the input", () => {
  const first = new InputLayer({ shape: ["batch", 4], name: "given" });
  const model = sequential(first, new Dense(2)) as unknown as Sequential;
  assertStrictEquals(model.leading, first.output);
  assertEquals([model.built, model.layers.length, model.output.shape], [true, 1, ["batch", 2]]);
});

Deno.test("a sequential tells its inputs and outputs", () => {
  clearSession();
  const x = input(["batch", 4]);
  const model = new Sequential(x, new Dense(3), new Dense(2));
  assertStrictEquals(model.inputs, x);
  const shape: readonly ["batch", 2] = model.outputs.shape;
  assertEquals(shape, ["batch", 2]);
  const open = new Sequential(new Dense(2));
  assertThrows(() => open.inputs, TypeError, "made without an input in front, and is not built");
  assertThrows(() => open.outputs, TypeError, "Cannot tell the outputs of model sequential_1: it is not built");
  open.build([null, 5]);
  assertEquals([(open.inputs as SymbolicTensor).shape, open.outputs.shape], [[null, 5], [null, 2]]);
});

Deno.test("what a layer of a sequential gives can be the output of another model", () => {
  clearSession();
  const model = sequential(
    input(["batch", 2], { name: "x" }),
    new Dense(1, { name: "a", kernelInitializer: "ones" }),
    new Dense(1, { name: "b", kernelInitializer: "zeros" }),
  ) as unknown as Sequential;
  const head = new Model({ inputs: model.inputs as SymbolicTensor, outputs: model.getLayer("a").output });
  assertEquals(arrayOf(callUntyped(head, [[3, 4]])), [[7]]);
  assertStrictEquals(model.getLayer("b").input, model.getLayer("a").output);
  assertStrictEquals(model.getLayer(0), model.layers[0]);
  assertStrictEquals(model.getLayer(-1), model.layers[1]);
  assertEquals(errorOf(() => model.getLayer("c")).message, "Cannot find layer c in sequential: its layers are a, b");
  assertEquals(errorOf(() => model.getLayer(2)).message, "Cannot find layer 2 of sequential: it has 2 layers");
  // Neither calls nor traces nor questions about shapes make others of its tensors.
  model(zeros([1, 2]) as never);
  callUntyped(model, input(["n", 2]));
  trace(model as never);
  model.computeOutputShape([5, 2]);
  assertEquals(model.getLayer("a").output.shape, ["batch", 1]);
});

Deno.test("layers are added at the end, and taken away", () => {
  clearSession();
  const model = new Sequential();
  assertStrictEquals(model.add(input([null, 4])) as unknown, model);
  const [a, b] = [new Dense(3, { name: "a" }), new Dense(2, { name: "b" })];
  model.add(a);
  assertEquals([model.built, a.built, model.path], [true, true, "sequential"]);
  model.add(b);
  assertEquals(
    model.weights.map(({ path }) => path),
    ["a/kernel", "a/bias", "b/kernel", "b/bias"].map((path) => `sequential/${path}`),
  );
  assertEquals([callUntyped(model, zeros([5, 4])).shape, model.outputs.shape], [[5, 2], [
    null,
    2,
  ]]);
  assertEquals([a.output.shape, b.output.shape], [[null, 3], [null, 2]], "each was called once");

  assertStrictEquals(model.pop() as unknown, b);
  assertEquals(callUntyped(model, zeros([5, 4])).shape, [5, 3]);
  assertThrows(() => b.output, TypeError, "Cannot tell the output of layer b: it was never called");
  assertStrictEquals(model.pop() as unknown, a);
  assertEquals([model.built, model.layers.length], [false, 0]);
  assertEquals(errorOf(() => model.pop()).message, "Cannot take a layer from model sequential: it has none");
  model.add(a);
  assertEquals(callUntyped(model, zeros([5, 4])).shape, [5, 3]);
});

Deno.test("a layer that does not fit is not kept", () => {
  clearSession();
  const model = new Sequential(input([null, 4]), new Dense(3, { name: "a" })) as unknown as Sequential;
  const wrong = new Dense(2, { inputDim: 5, name: "wrong" });
  assertEquals(
    errorOf(() => model.add(wrong)).message,
    "Input 0 of layer wrong is incompatible with the layer: expected axis -1 of input shape to have value 5 but received " +
      "input with shape [?, 3]",
  );
  assertEquals([wrong.built, model.layers.length, model.outputs.shape], [false, 1, [null, 3]]);
  const empty = new Sequential(input([null, 4])) as unknown as Sequential;
  assertThrows(() => empty.add(wrong), ShapeError);
  assertEquals([empty.layers.length, empty.built, wrong.built], [0, false, false]);
  assertThrows(() => model.add(5 as never), TypeError, "expected layers, received number");
  assertThrows(() => model.add(input([1])), TypeError, "expected layers, received a second symbolic input");
  assertThrows(() => model.add(new Dense(1, { name: "a" })), TypeError, "two layers have the name a");
  assertEquals(model.layers.length, 1);
});

Deno.test("a layer added to a model that a call has built is built at once", () => {
  const model = new Sequential(new Dense(4)) as unknown as Sequential;
  const late = new Dense(3);
  callUntyped(model, zeros([5, 2]));
  model.add(late);
  assertEquals([late.built, callUntyped(model, zeros([7, 2])).shape], [true, [7, 3]]);
});

Deno.test("a model cannot be inside itself", () => {
  clearSession();
  const outer = new Sequential() as unknown as Sequential;
  const inner = new Sequential(outer) as unknown as Sequential;
  for (const layer of [outer, inner]) {
    assertThrows(() => outer.add(layer), TypeError, "has the model itself inside");
  }
  assertEquals(outer.layers, []);
});

Deno.test("a sequential may hold one layer twice", () => {
  const shared = new Dense(1, { kernelInitializer: "ones", useBias: false });
  shared.build([null, 1]);
  shared.kernel.assign([[3]]);
  const model = sequential(shared, shared);
  assertEquals(arrayOf(callUntyped(model, [[2]])), [[18]]);
  assertEquals([model.weights.length, model.countParams()], [1, 1]);
});

Deno.test("a sequential is a model, for instanceof too", () => {
  const models: readonly Model[] = [new Sequential(), new Sequential(input(["batch", 2]), new Dense(1))];
  assertEquals(models.map((model) => [model instanceof Model, model instanceof Layer]), [[true, true], [true, true]]);
  assertEquals(models.map((model) => model.className), ["Sequential", "Sequential"]);
  assertEquals(models[1]!.getLayer(-1) instanceof Model, false);
});

Deno.test("sequentials are layers of sequentials", () => {
  const inner = sequential(new Dense(3), new Dense(2));
  const outer = sequential(input(["batch", 4]), inner, new Dense(1));
  assertEquals(callUntyped(outer, zeros([5, 4])).shape, [5, 1]);
  assertEquals(outer.weights.map(({ shape }) => shape), [[4, 3], [3], [3, 2], [2], [2, 1], [1]]);
  assertEquals(outer.computeOutputShape(["batch", 4]), ["batch", 1]);
});

Deno.test("training reaches every layer of a sequential", () => {
  const seen: (boolean | undefined)[] = [];
  const tells = () => new Lambda((x, { training }) => (seen.push(training), x));
  const model = sequential(tells(), tells());
  model.build([1]);
  for (const training of [undefined, true, false]) {
    seen.length = 0;
    callUntyped(model, [1], training === undefined ? {} : { training });
    assertEquals(seen, [training, training]);
  }
});

Deno.test("a symbolic call of an unbuilt sequential builds it", () => {
  const model = sequential(new Flatten(), new Dense(2));
  const y = callUntyped(model, input(["batch", 2, 3])) as SymbolicTensor;
  assertEquals([y.kind, y.shape, model.built], ["symbolic", ["batch", 2], true]);
  assertEquals(model.weights.map(({ shape }) => shape), [[6, 2], [2]]);
});
