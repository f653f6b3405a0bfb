import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import {
  type AnyLayer,
  type Anything,
  clearSession,
  Dense,
  Dropout,
  type EagerTensor,
  executingEagerly,
  Flatten,
  type Graph,
  input,
  jit,
  Lambda,
  Layer,
  Model,
  ones,
  ops,
  Sequential,
  type Shape,
  ShapeError,
  SymbolicTensor,
  type Tensor,
  tensor,
  trace,
  Variable,
  zeros,
} from "@strata/nn";
import { callUntyped } from "../layers/layer_test_harness.ts";

/** `trace` as it is without its types. */
const traceUntyped = trace as unknown as (target: unknown, ...inputs: readonly unknown[]) => Graph;

const operations = (graph: Graph) => graph.nodes.map((node) => node.operation);
const scopes = (graph: Graph) => graph.nodes.map(({ scope, operation }) => `${scope}:${operation}`);
const paths = (graph: Graph) => graph.weights.map(({ path }) => path);
const shapeOf = (result: unknown) => (result as Tensor).shape as Shape;

Deno.test("a layer is called once, on the symbolic tensor itself", () => {
  clearSession();
  const calls: unknown[] = [];
  const layer = new Lambda((x) => {
    calls.push(executingEagerly());
    return ops.add(x, 1);
  });
  const x = input(["batch", 2]);
  const graph = trace(layer, x);
  assertEquals(calls, [false]);
  assertStrictEquals(graph.inputs[0], x);
  assertEquals([graph.name, graph.outputs.shape, graph.outputs.dtype], ["lambda", ["batch", 2], "float32"]);
  assertEquals(executingEagerly(), true);
});

Deno.test("arguments and results keep their structure; what is no tensor is handed on", () => {
  const given: unknown[] = [];
  const graph = trace(
    (a, { b, more: [c] }, options) => {
      given.push(options);
      return { sum: ops.add(a, b), list: [ops.exp(c), [ops.tanh(a)]] as const };
    },
    input(["n", 3], { name: "a" }),
    { b: input([3]), more: [input(["m"], { dtype: "float64" })] as const },
    { training: true, axes: [0, 1], name: "static" },
  );
  assertEquals(given, [{ training: true, axes: [0, 1], name: "static" }]);
  assertEquals(shapeOf(graph.outputs.sum), ["n", 3]);
  assertEquals([graph.outputs.list[0].shape, graph.outputs.list[0].dtype], [["m"], "float64"]);
  assertEquals(shapeOf(graph.outputs.list[1][0]), ["n", 3]);
  assertEquals(graph.inputs.length, 3);
  assertEquals(operations(graph), ["add", "exp", "tanh"]);
});

Deno.test("tensors with values become inputs of their shape and dtype", () => {
  const weight = new Variable(ones([3]));
  const graph = trace((x, w) => ops.add(x, w), zeros([2, 3], { dtype: "float64" }), weight);
  assertEquals(graph.inputs.map(({ kind }) => kind), ["symbolic", "symbolic"]);
  assertEquals(graph.inputs.map(({ name }) => name), ["input_0", "input_1"]);
  assertEquals(graph.inputs.map(({ dtype }) => dtype) as string[], ["float64", "float32"]);
  assertEquals(graph.weights, []);
});

Deno.test("a tensor that is given twice is two inputs", () => {
  const x = input(["batch"], { name: "x" });
  const graph = trace((a, b) => ops.subtract(a, b), x, x);
  assertEquals(new Set(graph.inputs.map((each) => each.root)).size, 2);
  assertEquals(jit(graph)([5, 7], [1, 2]).array(), [4, 5]);
});

Deno.test("open dims keep their names, and products of them are named", () => {
  const x = input(["batch", "time", 64]);
  assertEquals(trace(new Flatten(), x).outputs.shape as Shape, ["batch", "time*64"]);
  assertEquals(trace(new Dense(8), x).outputs.shape, ["batch", "time", 8]);
  assertEquals(shapeOf(trace((x) => ops.transpose(x, [1, 0, 2]), x).outputs), ["time", "batch", 64]);
  assertEquals(shapeOf(trace((x) => ops.matmul(x, ops.transpose(x, [0, 2, 1])), x).outputs), ["batch", "time", "time"]);
  assertEquals(shapeOf(trace((x) => ops.sum(x, { axis: 1 }), x).outputs), ["batch", 64]);
  assertEquals(shapeOf(trace((x) => ops.reshape(x, [-1, 64]), x).outputs), ["batch*time", 64]);
  assertEquals(trace(new Dense(8), input([null, 4])).outputs.shape, [null, 8]);
});

class Block extends Layer<Anything> {
  readonly inner: Dense<3>;
  readonly head: Dense<2>;
  constructor() {
    super({ name: "block" });
    this.inner = new Dense(3, { name: "inner", activation: "relu" });
    this.head = new Dense(2, { name: "head" });
  }
  override call(x: Tensor): Tensor {
    return ops.softmax(this.head(this.inner(x)) as Tensor);
  }
}

Deno.test("nodes bear the paths of the layers around them, weights their own", () => {
  const graph = traceUntyped(new Block(), input(["batch", 4]));
  assertEquals(scopes(graph), ["block/inner:dense", "block/head:dense", "block:softmax"]);
  assertEquals(paths(graph), ["block/inner/kernel", "block/inner/bias", "block/head/kernel", "block/head/bias"]);
});

Deno.test("in a model and in a sequential too, nested or not", () => {
  clearSession();
  const x = input(["batch", 4]);
  const inner = new Sequential(input(["batch", 3]), new Dense(2, { name: "a" }), new Dense(2, { name: "b" }));
  const model = new Model({ inputs: x, outputs: inner(new Dense(3, { name: "first" })(x)) });
  const graph = trace(model);
  assertStrictEquals(graph.inputs[0], x);
  assertEquals(graph.outputs.shape, ["batch", 2]);
  assertEquals(scopes(graph), ["first:dense", "sequential/a:dense", "sequential/b:dense"]);
  assertEquals(paths(graph), [
    "first/kernel",
    "first/bias",
    "sequential/a/kernel",
    "sequential/a/bias",
    "sequential/b/kernel",
    "sequential/b/bias",
  ]);
  const outer = new Model({ inputs: x, outputs: ops.exp(model(x)), name: "outer" });
  const nested = trace(outer);
  assertEquals(scopes(nested), ["model/first:dense", "model/sequential/a:dense", "model/sequential/b:dense", ":exp"]);
  assertEquals(paths(nested), paths(graph));
});

Deno.test("a model is traced with its own inputs, or with others", () => {
  const left = input(["batch", 2], { name: "left" });
  const right = input(["batch", 3], { name: "right" });
  const model = new Model({ inputs: { left, right }, outputs: { both: ops.concatenate([left, right], { axis: 1 }) } });
  const graph = trace(model);
  assertEquals(graph.inputs[0], { left, right } as never);
  assertEquals(shapeOf(graph.outputs.both), ["batch", 5]);
  const eight = trace(model, { left: zeros([8, 2]), right: zeros([8, 3]) });
  assertEquals(shapeOf(eight.outputs.both), [8, 5]);
  const error = assertThrows(() => traceUntyped(model, { left: zeros([8, 2]), right: zeros([9, 3]) }), ShapeError);
  assertEquals(
    error.message,
    "Input right of layer model is incompatible with the layer: batch is 8 in input left and 9 in input right"
      .replace("model", model.name),
  );
});

Deno.test("what only a model's outputs need is traced: no node for what leads nowhere", () => {
  const x = input(["batch", 4]);
  const h = new Dense(3)(x);
  new Dense(7)(h);
  const model = new Model({ inputs: x, outputs: [h, x] });
  const graph = trace(model);
  assertEquals(operations(graph), ["dense"]);
  assertStrictEquals(graph.outputs[1].root, x);
});

Deno.test("layers share weights, and a layer that is called twice on the same tensor is computed once", () => {
  const dense = new Dense(4, { name: "shared" });
  const shared = trace((x) => dense(dense(x)), input(["batch", 4]));
  assertEquals([operations(shared), paths(shared)], [["dense", "dense"], ["shared/kernel", "shared/bias"]]);
  const once = trace((x) => ops.add(dense(x), dense(x)), input(["batch", 4]));
  assertEquals(operations(once), ["dense", "add"]);
  const kernel = new Variable(ones([4]), { path: "tied" });
  const two = trace((x) => ops.multiply(ops.add(x, kernel), kernel), input(["batch", 4]));
  assertEquals(two.weights, [kernel]);
});

Deno.test("tensors with values that a function captures are constants", () => {
  const offset = tensor([1, 2]);
  const graph = trace((x) => ops.add(x, offset), input(["batch", 2]));
  assertEquals(graph.inputs.length, 1);
  assertEquals(jit(graph)([[10, 20]]).array(), [[11, 22]]);
});

Deno.test("what does not depend on inputs or variables is computed while tracing", () => {
  const graph = trace((x) => ops.add(x, ops.exp(zeros([2]))), input([2]));
  assertEquals(operations(graph), ["add"]);
  const weight = new Variable(zeros([2]));
  assertEquals(operations(trace((x) => ops.add(x, ops.exp(weight)), input([2]))), ["exp", "add"]);
});

Deno.test("training is handed down, and is part of the graph", () => {
  const seen: unknown[] = [];
  const inner = new Lambda((x, { training }) => (seen.push(training), x), { name: "inner" });
  const model = new Sequential(input(["batch", 2]), new Dropout(0.5, { seed: 1 }), inner as AnyLayer);
  assertEquals(operations(trace(model)), []);
  assertEquals(operations(trace(model, input(["batch", 2]), { training: true })), ["linear", "dropout", "add"]);
  assertEquals(seen.slice(-2), [undefined, true]);
  const x = input(["batch", 2]);
  const functional = new Model({ inputs: x, outputs: new Dropout(0.5, { seed: 1 })(x) });
  assertEquals(operations(trace(functional)), []);
  assertEquals(operations(trace(functional, x, { training: true })), ["linear", "dropout", "add"]);
});

Deno.test("a layer is built by its first trace, as by a call", () => {
  clearSession();
  const layer = new Dense(3);
  trace(layer, input(["batch", 2]));
  assertEquals(layer.weights.map(({ path, shape }) => [path, ...shape]), [["dense/kernel", 2, 3], ["dense/bias", 3]]);
  const graph = trace(layer, input(["batch", 2]));
  assertStrictEquals(graph.weights[0], layer.kernel as Variable);
});

Deno.test("a trace that fails leaves layers and variables as they were", () => {
  clearSession();
  const layer = new Dense(3);
  const state = new Variable(tensor([1]));
  const built = new Dense(2);
  built(zeros([1, 2]));
  const before = built.getWeights().map((values) => values.array());
  assertThrows(
    () =>
      trace((x) => {
        state.assign(ops.add(state, 1));
        state.assign([5]);
        layer(x);
        built(x);
        throw new RangeError("on purpose");
      }, input(["batch", 2])),
    RangeError,
    "on purpose",
  );
  assertEquals([layer.built, layer.weights, layer.path], [false, [], null]);
  assertEquals(state.array(), [1]);
  assertEquals(built.getWeights().map((values) => values.array()), before);
  assertEquals(executingEagerly(), true);
  assertEquals(state.assign([2]).array(), [2]);
  // A result that is no tensor is a failure as well, and so is an output that belongs to another graph.
  const other = input(["batch", 2]);
  assertThrows(
    () => traceUntyped((x: Tensor) => (callUntyped(layer as AnyLayer, x), 1), input(["batch", 2])),
    TypeError,
  );
  assertThrows(() =>
    traceUntyped((x: Tensor) => ops.add(callUntyped(layer as AnyLayer, x), ops.exp(other)), input([1, 3]))
  );
  assertEquals(layer.built, false);
  layer(zeros([1, 5]));
  assertEquals(layer.kernel.shape as Shape, [5, 3]);
});

Deno.test("a trace inside a trace is a graph of its own", () => {
  const state = new Variable(tensor([1]), { path: "state" });
  let inner: Graph | undefined;
  const outer = trace((x) => {
    state.assign(ops.add(state, 1));
    inner = trace((y) => ops.multiply(ops.exp(y), state), input([1])) as Graph;
    return ops.add(x, state);
  }, input([1]));
  assertEquals([operations(inner!), inner!.updates.size, paths(inner!)], [["exp", "multiply"], 0, ["state"]]);
  // The inner graph does not see what the outer one has assigned so far: it is run by itself.
  assertEquals((jit(inner!)([0]) as EagerTensor).array() as unknown, [1]);
  assertEquals([operations(outer), outer.updates.size], [["add", "add"], 1]);
  assertEquals([jit(outer)([10]).array(), state.array()], [[12], [2]]);
  assertThrows(
    () => trace((x) => trace(() => ops.exp(x)).outputs, input([1])),
    TypeError,
    "is not connected to the inputs",
  );
});

Deno.test("a layer without inputs, what is no function, and what returns no tensor are refused", () => {
  clearSession();
  const cases: readonly (readonly [() => unknown, string])[] = [
    [
      () => traceUntyped(new Dense(3)),
      'Cannot trace layer dense: expected inputs, such as input(["batch", 64]), since only models bring their own',
    ],
    [() => traceUntyped(3), "Cannot trace number: expected a layer or a function"],
    [() => traceUntyped(null), "Cannot trace null: expected a layer or a function"],
    [
      () => traceUntyped(() => 3),
      "Cannot trace graph: expected it to return a tensor, or an array or a record of tensors, received number",
    ],
    [
      () => traceUntyped(() => [tensor([1]), null]),
      "Cannot trace graph: expected it to return a tensor, or an array or a record of tensors, received null",
    ],
    [
      () =>
        traceUntyped(async function predict() {
          await Promise.reject(new Error("dropped"));
        }),
      "Cannot trace predict: it returned a promise: expected tensors; a trace records what is done before the function " +
      "returns, so it must be synchronous",
    ],
  ];
  for (const [action, message] of cases) assertEquals(assertThrows(action, TypeError).message, message);
});

Deno.test("a wrong input gives the layer's sentence", () => {
  clearSession();
  const dense = new Dense(3, { inputDim: 4 });
  const error = assertThrows(() => traceUntyped(dense, input(["batch", 5])), ShapeError);
  assertEquals(
    error.message,
    "Input 0 of layer dense is incompatible with the layer: expected axis -1 of input shape to have value 4 but " +
      "received input with shape [batch, 5]",
  );
  assert(!dense.built);
});

Deno.test("a function bears its name, one without is a graph", () => {
  function predict(x: Tensor): Tensor {
    return ops.exp(x);
  }
  assertEquals(trace(predict, input([1])).name, "predict");
  assertEquals(trace((x) => ops.exp(x), input([1])).name, "graph");
  assert(trace((x) => ops.exp(x), input([1])).outputs instanceof SymbolicTensor);
});
