import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import {
  type AnyLayer,
  type Anything,
  clearSession,
  Dense,
  Dropout,
  type EagerTensor,
  Flatten,
  Graph,
  input,
  jit,
  Lambda,
  Layer,
  Model,
  ones,
  ops,
  ShapeError,
  type SymbolicTensor,
  type Tensor,
  tensor,
  trace,
  zeros,
} from "@strata/nn";
import { defaultEngine } from "../../src/eager/default_engine.ts";
import { arrayOf, callUntyped, errorOf } from "../layers/layer_test_harness.ts";

/** A layer whose kernel is given, without bias. */
function dense(name: string, kernel: readonly (readonly number[])[]): Dense<number> {
  const layer = new Dense(kernel[0]!.length, { name, useBias: false });
  layer.build([null, kernel.length]);
  layer.setWeights([kernel]);
  return layer;
}

Deno.test("a model runs the layers between its input and its output", () => {
  clearSession();
  const x = input(["batch", 2]);
  const model = new Model({ inputs: x, outputs: dense("second", [[10]])(dense("first", [[1], [2]])(x)) });
  assertEquals(model.name, "model");
  assertEquals(model([[3, 4], [0, 1]]).array(), [[110], [20]]);
  assertEquals(model(input([null, 2])).shape, [null, 1]);
  assertEquals(model.layers.map(({ name }) => name), ["input", "first", "second"]);
  assertEquals(model.weights.map(({ path }) => path), ["first/kernel", "second/kernel"]);
  assertEquals([model.built, model.path, model.countParams()], [true, "model", 3]);
});

Deno.test("ops between layers are part of a model", () => {
  // As in Keras's test of functions: (a + b) * 3 and (a + b) ** 2.
  const [a, b] = [input(["rows", 3], { name: "a" }), input(["rows", 3], { name: "b" })];
  const sum = ops.add(a, b);
  const model = new Model({ inputs: [a, b], outputs: [ops.multiply(sum, 3), ops.square(sum)] });
  const [tripled, squared] = model([ones([2, 3]), ones([2, 3])]) as unknown as readonly [EagerTensor, EagerTensor];
  assertEquals(tripled.array() as unknown, [[6, 6, 6], [6, 6, 6]]);
  assertEquals(squared.array() as unknown, [[4, 4, 4], [4, 4, 4]]);
  const symbols = model([input(["n", 3]), input(["n", 3])]) as unknown as readonly SymbolicTensor[];
  assertEquals(symbols.map(({ shape }) => shape), [["n", 3], ["n", 3]]);
  assertEquals(model.layers.map(({ name }) => name), ["a", "b"]);
});

Deno.test("inputs and outputs keep the structure of records", () => {
  const inputs = { left: input(["batch", 2]), right: input(["batch", 1]) };
  const outputs = {
    sum: ops.add(dense("l", [[1], [1]])(inputs.left), inputs.right),
    left: dense("r", [[5], [7]])(inputs.left),
  };
  const model = new Model({ inputs, outputs });
  const result = model({ right: [[100]], left: [[1, 2]] } as never) as unknown as { sum: Tensor; left: Tensor };
  assertEquals(Object.keys(result), ["sum", "left"]);
  assertEquals([arrayOf(result.sum), arrayOf(result.left)], [[[103]], [[19]]]);
  const shapes = model.computeOutputShape({ left: ["n", 2], right: ["n", 1] });
  assertEquals(shapes, { sum: ["n", 1], left: ["n", 1] });
});

Deno.test("records are matched by key, never by place", () => {
  clearSession();
  const inputs = { used: input(["batch", 1]), other: input(["batch", 1]) };
  const model = new Model({ inputs, outputs: ops.subtract(inputs.used, inputs.other) });
  const swapped = { other: tensor([[1]]), used: tensor([[5]]) };
  assertEquals(arrayOf(callUntyped(model, swapped)), [[4]]);
  const sentence = (given: unknown) => errorOf(() => callUntyped(model, given)).message;
  assertEquals(sentence({ used: tensor([[5]]) }), 'Missing data for input "other" of layer model');
  assertEquals(
    sentence({ ignored: tensor([[100]]), ...swapped }),
    'Unexpected data for input "ignored" of layer model',
  );
  assertEquals(
    sentence([tensor([[1]]), tensor([[1]])]),
    "Layer model expects a record of inputs with the keys used, other",
  );
});

Deno.test("a model refuses an input of another shape", () => {
  clearSession();
  const x = input([null, 4]);
  const model = new Model({ inputs: x, outputs: new Dense(2)(x) });
  assertEquals(
    errorOf(() => callUntyped(model, zeros([2, 3]))).message,
    "Input 0 of layer model is incompatible with the layer: expected shape=[?, 4], found shape=[2, 3]",
  );
  assertEquals(
    errorOf(() => callUntyped(model, [zeros([2, 4]), zeros([2, 4])])).message,
    "Layer model expects 1 input, but it received 2 input tensors",
  );
  const pair = [input([null, 4]), input([null, 4])] as const;
  const two = new Model({ inputs: pair, outputs: ops.add(...pair), name: "two" });
  assertEquals(
    errorOf(() => callUntyped(two, zeros([2, 4]))).message,
    "Layer two expects 2 inputs, but it received 1 input tensors",
  );
});

Deno.test("a name in the shapes of inputs is one size in one call", () => {
  clearSession();
  const [a, b] = [input(["batch", 1]), input(["batch", 1])];
  const model = new Model({ inputs: [a, b], outputs: ops.concatenate([a, b], { axis: 1 }) });
  assertEquals(callUntyped(model, [zeros([8, 1]), zeros([8, 1])]).shape, [8, 2]);
  const error = errorOf(() => callUntyped(model, [zeros([8, 1]), zeros([9, 1])]));
  assertStrictEquals(error.constructor, ShapeError);
  assertEquals(
    error.message,
    "Input 1 of layer model is incompatible with the layer: batch is 8 in input 0 and 9 in input 1",
  );
});

Deno.test("a layer called twice shares its weights, and runs twice", () => {
  const shared = dense("shared", [[2]]);
  const x = input(["batch", 1]);
  const model = new Model({ inputs: x, outputs: shared(shared(x)) });
  assertEquals(model([[5]]).array(), [[20]]);
  assertEquals([model.layers.length, model.weights.length], [2, 1]);
  shared.kernel.assign([[3]]);
  assertEquals(model([[5]]).array(), [[45]]);
});

Deno.test("intermediate tensors can be outputs, and models share layers", () => {
  const x = input(["batch", 1]);
  const hidden = dense("hidden", [[2]])(x);
  const y = dense("out", [[10]])(hidden);
  const whole = new Model({ inputs: x, outputs: [hidden, y] });
  const head = new Model({ inputs: hidden, outputs: y });
  const [first, second] = whole([[3]]) as unknown as readonly [Tensor, Tensor];
  assertEquals([arrayOf(first), arrayOf(second)], [[[6]], [[60]]]);
  assertEquals(arrayOf(callUntyped(head, [[3]])), [[30]]);
  assertEquals(head.layers.map(({ name }) => name), ["input", "out"]);
  assertStrictEquals(head.weights[0], whole.weights[1]);
});

Deno.test("an input may be an output", () => {
  const x = input(["batch", 1]);
  const model = new Model({ inputs: x, outputs: [x, ops.negative(x)] });
  const [same, negative] = model([[3]]) as unknown as readonly [Tensor, Tensor];
  assertEquals([arrayOf(same), arrayOf(negative)], [[[3]], [[-3]]]);
});

Deno.test("models are layers of models", () => {
  clearSession();
  const x = input(["batch", 1]);
  const inner = new Model({ inputs: x, outputs: dense("d", [[3]])(x), name: "inner" });
  const y = input(["batch", 1]);
  const outer = new Model({ inputs: y, outputs: inner(ops.add(y, 1)), name: "outer" });
  assertEquals(outer([[1]]).array(), [[6]]);
  assertEquals([outer.layers.map(({ name }) => name), outer.weights.length], [["input_1", "inner"], 1]);
  outer.trainable = false;
  assertEquals(inner.weights[0]!.trainable, false);
});

Deno.test("a model in a subclassed layer is tracked", () => {
  const x = input(["batch", 1]);
  const inner = new Model({ inputs: x, outputs: dense("d", [[3]])(x) });
  class Wraps extends Layer<Anything> {
    readonly body = inner;
    override call(x: Tensor): Tensor {
      return callUntyped(this.body, x);
    }
  }
  const layer = new Wraps() as AnyLayer;
  assertEquals(arrayOf(callUntyped(layer, [[2]])), [[6]]);
  assertEquals(layer.weights, inner.weights);
});

Deno.test("layers with arrays and records of inputs are part of models", () => {
  class Mixes extends Layer<Anything> {
    override call({ a, rest }: { readonly a: Tensor; readonly rest: readonly Tensor[] }) {
      return { sum: ops.add(a, rest[0]!) as Tensor, difference: ops.subtract(a, rest[1]!) as Tensor };
    }
  }
  const [a, b] = [input(["batch"]), input(["batch"])];
  const mixes = new Mixes() as unknown as (x: unknown) => { sum: SymbolicTensor; difference: SymbolicTensor };
  const { sum, difference } = mixes({ a, rest: [b, a] });
  const model = new Model({ inputs: [a, b], outputs: [sum, difference] });
  const [first, second] = callUntyped(model, [tensor([1, 2]), tensor([10, 20])]) as unknown as readonly Tensor[];
  assertEquals([arrayOf(first!), arrayOf(second!)], [[11, 22], [0, 0]]);
});

Deno.test("training reaches the layers of a model, unless they were called with their own", () => {
  const seen: (boolean | undefined)[] = [];
  const tells = (name: string) => new Lambda((x, { training }) => (seen.push(training), x), { name });
  const x = input(["batch"]);
  const fixed = tells("fixed")(tells("free")(x), { training: true });
  const model = new Model({ inputs: x, outputs: fixed as SymbolicTensor });
  for (const training of [undefined, true, false]) {
    seen.length = 0;
    callUntyped(model, [1], training === undefined ? {} : { training });
    assertEquals(seen, [training, true]);
  }
});

Deno.test("dropout in a model drops in training only", () => {
  const x = input(["batch", 100]);
  const model = new Model({ inputs: x, outputs: new Dropout(0.5, { seed: 1 })(x) });
  assert(model(ones([1, 100])).dataSync().every((value) => value === 1));
  const dropped = model(ones([1, 100]), { training: true }).dataSync();
  assertEquals([...new Set(dropped)].sort(), [0, 2]);
});

Deno.test("an output that depends on something else than the inputs is refused", () => {
  clearSession();
  const [x, stranger] = [input(["batch", 2], { name: "x" }), input(["batch", 2], { name: "stranger" })];
  const error = errorOf(() => new Model({ inputs: x, outputs: ops.add(x, stranger) }));
  assertEquals(
    error.message,
    "Cannot make a model: output depends on SymbolicTensor [batch, 2] float32 (input stranger), which is not connected " +
      "to the inputs SymbolicTensor [batch, 2] float32 (input x)",
  );
  const through = new Dense(1)(stranger);
  assertThrows(() => new Model({ inputs: x, outputs: through }), TypeError, "not connected to the inputs");
});

Deno.test("a model is made of symbolic tensors", () => {
  clearSession();
  const x = input(["batch"]);
  assertEquals(
    assertThrows(() => new Model({ inputs: x, outputs: ones([1]) as never }), TypeError).message,
    "Cannot make model model: expected symbolic tensors as outputs, received object",
  );
  assertThrows(() => new Model({ inputs: [x, 5] as never, outputs: x }), TypeError, "as inputs, received number");
  assertThrows(
    () => new Model({ inputs: [] as never, outputs: x }),
    TypeError,
    "expected at least one tensor as inputs",
  );
  assertThrows(
    () => new Model({ inputs: x, outputs: [] as never }),
    TypeError,
    "expected at least one tensor as outputs",
  );
});

Deno.test("layers are found by name", () => {
  clearSession();
  const x = input(["batch", 1]);
  const first = dense("first", [[1]]);
  const model = new Model({ inputs: x, outputs: dense("second", [[1]])(first(x)) });
  assertStrictEquals(model.getLayer("first") as unknown, first);
  assertEquals(
    assertThrows(() => model.getLayer("third"), RangeError).message,
    "Cannot find layer third in model: its layers are input, first, second",
  );
});

Deno.test("layers are found by their place", () => {
  clearSession();
  const x = input(["batch", 1]);
  const model = new Model({ inputs: x, outputs: dense("second", [[1]])(dense("first", [[1]])(x)) });
  assertEquals([model.getLayer(0).name, model.getLayer(1).name, model.getLayer(-1).name], ["input", "first", "second"]);
  for (const place of [3, -4, 0.5]) {
    assertEquals(
      assertThrows(() => model.getLayer(place), RangeError).message,
      `Cannot find layer ${place} of model: it has 3 layers`,
    );
  }
});

Deno.test("what a layer was given and gave can be inputs and outputs of another model", () => {
  clearSession();
  const x = input(["batch", 1]);
  const model = new Model({ inputs: x, outputs: dense("out", [[10]])(dense("hidden", [[2]])(x)) });
  const hidden = model.getLayer("hidden");
  assertStrictEquals(hidden.input, x);
  const head = new Model({ inputs: model.inputs, outputs: hidden.output });
  assertEquals(arrayOf(callUntyped(head, [[3]])), [[6]]);
  const tail = new Model({ inputs: model.getLayer("out").input, outputs: model.output });
  assertEquals(arrayOf(callUntyped(tail, [[3]])), [[30]]);
  assertStrictEquals(model.input, x);
});

Deno.test("a layer that was called never, or several times, has no one output", () => {
  const layer = dense("lonely", [[1]]);
  const never = "it was never called with a symbolic tensor";
  assertEquals(errorOf(() => layer.output).message, `Cannot tell the output of layer lonely: ${never}`);
  layer(ones([1, 1]));
  assertEquals(errorOf(() => layer.input).message, `Cannot tell the input of layer lonely: ${never}`);
  const x = input(["batch", 1]);
  const first = layer(x);
  assertStrictEquals(layer.output as unknown, first);
  const model = new Model({ inputs: x, outputs: first });
  model(ones([1, 1]));
  model(input(["n", 1]));
  trace(model);
  jit(model)(ones([2, 1]));
  assertStrictEquals(layer.output as unknown, first, "calls of the model are none of the layer's own");
  layer(x);
  assertEquals(
    errorOf(() => layer.output).message,
    "Cannot tell the output of layer lonely: it was called 2 times, and each call has its own; keep what the call gave",
  );
});

Deno.test("a call that fails is not counted", () => {
  const layer = dense("strict", [[1]]);
  assertThrows(() => (layer as unknown as (x: unknown) => void)(input(["batch", 2])), ShapeError);
  const y = layer(input(["batch", 1]));
  assertStrictEquals(layer.output as unknown, y);
});

Deno.test("a model has one layer of a name, and each input once", () => {
  clearSession();
  const x = input(["batch", 1]);
  assertEquals(
    errorOf(() => new Model({ inputs: x, outputs: dense("twin", [[1]])(dense("twin", [[2]])(x)) })).message,
    "Cannot make model model: two layers have the name twin",
  );
  assertEquals(
    errorOf(() => new Model({ inputs: [x, x], outputs: ops.add(x, 1), name: "net" })).message,
    "Cannot make model net: expected each tensor once as inputs, received one of them twice",
  );
});

Deno.test("an input that is not needed may be there", () => {
  const [x, spare] = [input(["batch", 1]), input(["batch", 1])];
  const model = new Model({ inputs: [x, spare], outputs: ops.negative(x) });
  assertEquals(arrayOf(callUntyped(model, [tensor([[3]]), tensor([[4]])])), [[-3]]);
});

Deno.test("a graph of a model has the numbers of the model and reads its weights", () => {
  const x = input(["batch", 2, 2]);
  const model = new Model({ inputs: x, outputs: dense("d", [[1], [2], [3], [4]])(new Flatten()(x)) });
  const y = input(["n", 2, 2], { name: "y" });
  const graph = new Graph([y], [model(y) as SymbolicTensor]);
  assertEquals(graph.weights, model.weights);
  const given = ones([3, 2, 2]);
  const program = defaultEngine.loadSync(graph.toONNX());
  const [result] = program.runSync([{ dtype: "float32", shape: [3, 2, 2], data: given.dataSync() }]);
  program.releaseSync();
  assertEquals(Array.from(result!.data, Number), [10, 10, 10]);
  assertEquals(model(given).array(), [[10], [10], [10]]);
});

Deno.test("a model of a hundred layers one behind the other runs", () => {
  const x = input(["batch", 1]);
  let y: SymbolicTensor = x;
  for (let i = 0; i < 100; i++) y = ops.add(y, 1) as SymbolicTensor;
  assertEquals(arrayOf(callUntyped(new Model({ inputs: x, outputs: y }), [[0]])), [[100]]);
});

Deno.test("a call that fails in a model says in which layer", () => {
  let fail = false;
  const x = input(["batch"]);
  const bad = new Lambda((x) => {
    if (fail) throw new RangeError("boom");
    return x;
  }, { name: "bad" });
  const model = new Model({ inputs: x, outputs: bad(x), name: "net" });
  fail = true;
  const error = errorOf(() => model([1]));
  assertStrictEquals(error.constructor, RangeError);
  assertEquals(
    error.message,
    "boom\n\nRaised while calling Lambda.call() of layer net/bad with:\n  inputs: EagerTensor [1] float32",
  );
});

class Reader extends Model<
  SymbolicTensor<readonly ["batch", 4], "float32">,
  SymbolicTensor<readonly ["batch", 2], "float32">,
  "reader"
> {
  readonly hidden = new Dense(3, { kernelInitializer: "ones" });
  readonly scores = new Dense(2, { kernelInitializer: "ones" });
  override call(x: Tensor): Tensor {
    return this.scores(this.hidden(x));
  }
}

Deno.test("a subclass with a call of its own is a model, with the types that it says", async () => {
  const reader = new Reader();
  assertEquals(reader.layers, [reader.hidden, reader.scores] as unknown[]);
  const y: EagerTensor<readonly [1, 2], "float32"> = reader([[1, 2, 3, 4]]);
  assertEquals(y.array(), [[30, 30]]);
  // @ts-expect-error the model takes 4 features
  assertThrows(() => reader(zeros([1, 5])), ShapeError, "to have value 4 but received input with shape [1, 5]");
  assertEquals(reader.weights.map(({ path }) => path.split("/").at(-2)?.replace(/_\d+$/, "")), Array(4).fill("dense"));
  assertEquals(reader.countParams(), 4 * 3 + 3 + 3 * 2 + 2);
  assertEquals(reader.getLayer(1), reader.scores as unknown);
  const all: EagerTensor<readonly [number, 2], "float32"> = await reader.predict(ones([5, 4]), { batchSize: 2 });
  assertEquals(all.array(), Array(5).fill([12, 12]));
  const graph = trace(reader, input(["batch", 4]));
  assertEquals([graph.nodes.map(({ operation }) => operation), graph.outputs.shape], [["dense", "dense"], [
    "batch",
    2,
  ]]);
});

Deno.test("a subclass is part of other models, and has no inputs and outputs of its own", () => {
  const x = input(["batch", 4]);
  const reader = new Reader();
  const model = new Model({ inputs: x, outputs: new Dense(1)(reader(x)) });
  assertEquals(model(zeros([3, 4])).shape, [3, 1]);
  assertThrows(() => new Reader().inputs, TypeError, "it has a call of its own");
  assertEquals(reader.output.shape, ["batch", 2]);
  assertEquals(Reader.fromConfig(reader.getConfig()) instanceof Reader, true);
  class Sized extends Model {
    readonly dense: Dense<number>;
    constructor(units: number) {
      super();
      this.dense = new Dense(units);
    }
    override call(x: Tensor): Tensor {
      return this.dense(x);
    }
  }
  assertThrows(() => new Sized(2).getConfig(), TypeError, "so it needs a getConfig of its own");
  assertThrows(() => new Model(), TypeError, "expected inputs and outputs, or a class with a call of its own");
});
