import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { Dense, Graph, input, ones, ops, tensor, trace, Variable } from "@strata/nn";
import { modelOf } from "../../src/emission/graph_model.ts";
import { dropUnread, mergeEqual } from "../../src/emission/passes.ts";
import { host, numbers } from "../engine/models.ts";
import { defaultEngine } from "../../src/eager/default_engine.ts";
import type { OnnxGraph } from "../../src/onnx/model.ts";

const names = (graph: Graph) => graph.nodes.map((node) => node.operation);

function run(graph: Graph, ...inputs: readonly ReturnType<typeof host>[]): number[][] {
  const program = defaultEngine.loadSync(graph.toONNX());
  const results = program.runSync(inputs);
  program.releaseSync();
  return results.map(numbers);
}

Deno.test("the same subexpression is one node, however often it is written", () => {
  const graph = trace((x) => {
    const twice = () => ops.multiply(ops.exp(x), 2);
    return ops.add(ops.add(twice(), twice()), ops.tanh(twice()));
  }, input(["batch"]));
  assertEquals(names(graph), ["exp", "multiply", "add", "tanh", "add"]);
});

Deno.test("operations differ by attributes, by the order of operands and by their constants", () => {
  const x = input([2, 2]);
  const y = input([2, 2]);
  const graph = trace(
    (x, y) => [
      ops.sum(x, { axis: 0 }),
      ops.sum(x, { axis: 1 }),
      ops.subtract(x, y),
      ops.subtract(y, x),
      ops.multiply(x, 0),
      ops.multiply(x, -0),
      ops.softmax(x, { axis: 0 }),
      ops.softmax(x, { axis: 1 }),
    ],
    x,
    y,
  );
  assertEquals(graph.nodes.length, 8);
  // 1 / (x * 0) and 1 / (x * -0) are infinities of different signs.
  const signs = trace((x) => [ops.divide(1, ops.multiply(x, 0)), ops.divide(1, ops.multiply(x, -0))], input([1]));
  assertEquals(run(signs, host("float32", [1], [3])), [[Infinity], [-Infinity]]);
});

Deno.test("equal small constants are one, whoever wrote them; of large ones each tensor is one", () => {
  const big = ones([65]);
  const graph = trace((x) => {
    const small = ops.add(ops.add(x, tensor([1, 2])), ops.add(ops.exp(x), tensor([1, 2])));
    return [
      small,
      ops.add(x, tensor([1, 2], { dtype: "float64" })),
      ops.add(ops.sum(x), big),
      ops.multiply(big, ops.sum(x)),
    ];
  }, input([2]));
  const { initializers } = modelOf(graph).graph;
  const constants = initializers.filter(({ shape }) => shape[0] === 2 || shape[0] === 65);
  assertEquals(constants.map(({ dtype, shape }) => [dtype, ...shape]), [["float32", 2], ["float64", 2], [
    "float32",
    65,
  ]]);
});

Deno.test("nodes that lead nowhere are dropped, and with them the weights that only they read", () => {
  const unused = new Variable(ones([3]), { path: "unused" });
  const graph = trace((x) => {
    ops.add(ops.exp(x), unused);
    return ops.tanh(x);
  }, input(["batch", 3]));
  assertEquals([names(graph), graph.weights], [["tanh"], []]);
});

Deno.test("an output may be an input, a constant, a weight, or given twice", () => {
  const weight = new Variable(tensor([5, 6]), { path: "weight" });
  const graph = trace((x) => {
    const y = ops.multiply(x, 2);
    return { x, constant: tensor([7]), kernel: weight, y, again: y, same: x };
  }, input(["batch"]));
  assertStrictEquals(graph.outputs.x, graph.inputs[0]);
  assertEquals(names(graph), ["multiply"]);
  assertEquals(run(graph, host("float32", [2], [1, 2])), [[1, 2], [7], [5, 6], [2, 4], [2, 4], [1, 2]]);
  const { outputs } = modelOf(graph).graph;
  assertEquals(outputs.map(({ name }) => name), ["x", "constant", "kernel", "y", "again", "same"]);
});

Deno.test("a graph may have no inputs", () => {
  const graph = trace(() => [ops.arange(3), ops.add(new Variable(tensor([1, 2])), 1)]);
  assertEquals([graph.inputs, graph.nodes.length], [[], 1]);
  assertEquals(run(graph), [[0, 1, 2], [2, 3]]);
});

Deno.test("a graph of ten thousand nodes is collected, written, loaded and run", () => {
  const graph = trace((x) => {
    let y = x;
    for (let i = 0; i < 10_000; i++) y = ops.add(y, x);
    return y;
  }, input(["batch"]));
  assertEquals(graph.nodes.length, 10_000);
  assertEquals(run(graph, host("float32", [2], [1, 2])), [[10_001, 20_002]]);
});

Deno.test("what is connected to no input is refused", () => {
  const [x, other] = [input(["batch"], { name: "x" }), input(["batch"], { name: "other" })];
  const error = assertThrows(() => new Graph([x], ops.add(x, other)), TypeError);
  assertEquals(
    error.message,
    "Cannot make a graph: SymbolicTensor [batch] float32 (input other) is not connected to the inputs " +
      "SymbolicTensor [batch] float32 (input x)",
  );
});

Deno.test("a graph prints its name, its inputs and its outputs", () => {
  const graph = trace(new Dense(3, { name: "head" }), input(["batch", 4]));
  assertEquals(String(graph), "Graph head: (float32 [batch, 4]) -> (float32 [batch, 3]), 1 nodes");
});

Deno.test("what operations write twice is computed once", () => {
  const normalized = trace(
    (x) => ops.divide(ops.subtract(x, ops.mean(x)), ops.add(ops.std(x), ops.variance(x))),
    input(["batch", null]),
  );
  const { nodes, initializers } = modelOf(normalized).graph;
  const written = nodes.map(({ opType, inputs, attributes }) => JSON.stringify([opType, inputs, attributes]));
  assertEquals(new Set(written).size, written.length);
  const constants = initializers.map(({ dtype, shape, data }) => `${dtype}${shape}${data}`);
  assertEquals(new Set(constants).size, constants.length);
  // Of 1, 2, 3, 4 the mean is 2.5 and the variance 1.25, the square root of which is 1.118034.
  const [values] = run(normalized, host("float32", [1, 4], [1, 2, 3, 4]));
  const expected = [-1.5, -0.5, 0.5, 1.5].map((difference) => difference / (1.25 + Math.sqrt(1.25)));
  values!.forEach((value, index) => assert(Math.abs(value - expected[index]!) < 1e-6, `${value} at ${index}`));
});

const node = (opType: string, inputs: readonly string[], outputs: readonly string[], attributes = {}) => ({
  opType,
  name: `${opType}_${outputs[0]}`,
  inputs,
  outputs,
  attributes,
});
const constant = (name: string, byte: number) => ({
  name,
  dtype: "uint8" as const,
  shape: [1],
  data: new Uint8Array([byte]),
});

Deno.test("merging follows renamed values, and keeps outputs, weights and what bodies read", () => {
  const graph: OnnxGraph = {
    name: "g",
    inputs: [{ name: "x", dtype: "uint8" }],
    outputs: [{ name: "out", dtype: "uint8" }, { name: "out_2", dtype: "uint8" }],
    initializers: [constant("a", 1), constant("b", 1), constant("weight", 1), constant("c", 2)],
    nodes: [
      node("Add", ["x", "a"], ["p"]),
      node("Add", ["x", "b"], ["q"]),
      node("Add", ["x", "c"], ["r"]),
      node("Add", ["x", "weight"], ["s"]),
      node("Mul", ["p", "r"], ["t"]),
      node("Mul", ["q", "r"], ["u"]),
      node("Add", ["t", "u"], ["out"]),
      node("Add", ["u", "t"], ["out_2"]),
      node("Not", ["s"], ["v"]),
      node("Not", ["s"], ["read"]),
      node("If", ["x"], ["w"], {
        then_branch: {
          type: "graph",
          value: {
            name: "body",
            inputs: [],
            outputs: [{ name: "z", dtype: "uint8" }],
            nodes: [node("Not", ["read"], ["z"])],
            initializers: [],
          },
        },
      }),
    ],
  };
  const merged = mergeEqual(graph, new Set(["weight"]));
  assertEquals(merged.initializers.map(({ name }) => name), ["a", "weight", "c"]);
  assertEquals(merged.nodes.map(({ inputs, outputs }) => `${outputs} = ${inputs}`), [
    "p = x,a",
    "r = x,c",
    "s = x,weight",
    "t = p,r",
    "out = t,t",
    "out_2 = t,t",
    "v = s",
    "read = s",
    "w = x",
  ]);
});

Deno.test("nodes are equal only with the same operator, domain, attributes and inputs", () => {
  const float = (value: number) => ({ alpha: { type: "float", value } });
  const nodes = [
    node("Elu", ["x"], ["a"], float(0)),
    node("Elu", ["x"], ["b"], float(-0)),
    node("Elu", ["x"], ["c"], { alpha: { type: "int", value: 0 } }),
    node("Elu", ["x"], ["d"]),
    { ...node("Elu", ["x"], ["e"]), domain: "com.microsoft" },
    node("Split", ["x"], ["f", "g"]),
    node("Split", ["x"], ["h", "i", "j"]),
    node("Clip", ["x", "", "y"], ["k"]),
    node("Clip", ["x", "y"], ["l"]),
  ];
  const graph = { name: "g", inputs: [], outputs: [], initializers: [], nodes };
  assertEquals(mergeEqual(graph, new Set()).nodes, nodes);
});

Deno.test("nodes that nobody reads are dropped, with what only they read; bodies read too", () => {
  const body = { name: "body", inputs: [], outputs: [], nodes: [node("Not", ["inner"], ["z"])], initializers: [] };
  const graph: OnnxGraph = {
    name: "g",
    inputs: [{ name: "x", dtype: "uint8" }],
    outputs: [{ name: "out", dtype: "uint8" }],
    initializers: [constant("a", 1), constant("b", 2)],
    nodes: [
      node("Add", ["x", "a"], ["p"]),
      node("Add", ["x", "b"], ["q"]),
      node("Not", ["q"], ["r"]),
      node("Not", ["x"], ["inner"]),
      node("Split", ["p"], ["unread", "s"]),
      node("If", ["s"], ["out"], { then_branch: { type: "graph", value: body } }),
    ],
  };
  const { nodes, initializers } = dropUnread(graph);
  assertEquals(nodes.map(({ outputs }) => outputs.join()), ["p", "inner", "unread,s", "out"]);
  assertEquals(initializers.map(({ name }) => name), ["a"]);
});
