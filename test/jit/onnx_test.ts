import { fromBinary } from "@bufbuild/protobuf";
import { type ModelProto, ModelProtoSchema } from "onnx-buf";
import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  clearSession,
  Dense,
  Dropout,
  EagerTensor,
  Embedding,
  Flatten,
  type Graph,
  input,
  jit,
  Model,
  ops,
  Sequential,
  Softmax,
  type SymbolicTensor,
  tensor,
  trace,
  Variable,
} from "@strata/nn";
import type { HostTensor } from "../../src/engine/engine.ts";
import { SessionEngine } from "../engine/session_engine.ts";
import { keepGlobals } from "../../src/engine/wasm_module.ts";
import { elementTypeOf } from "../../src/onnx/element_type.ts";

const decode = (bytes: Uint8Array): ModelProto => fromBinary(ModelProtoSchema, bytes);

/** The dims of a declared value: numbers, names, or `null`. */
function dimsOf(
  value: ModelProto["graph"] extends infer G | undefined ? G extends { input: (infer V)[] } ? V : never : never,
) {
  const type = value.type?.value;
  assert(type?.case === "tensorType");
  return type.value.shape!.dim.map(({ value }) =>
    value.case === undefined ? null : value.case === "dimValue" ? Number(value.value) : value.value
  );
}

const host = (x: EagerTensor): HostTensor => ({ shape: x.shape as number[], dtype: x.dtype, data: x.dataSync() });

/** A small classifier whose weights are the numbers 0.00, 0.01, 0.02, ... around 0. */
function classifier(): Sequential<
  readonly [SymbolicTensor<readonly ["batch", 4, 3]>, Flatten, Dense<5>, Dense<2>, Softmax]
> {
  clearSession();
  const model = new Sequential(
    input(["batch", 4, 3], { name: "pixels" }),
    new Flatten(),
    new Dense(5, { activation: "gelu" }),
    new Dense(2),
    new Softmax(),
  );
  let count = 0;
  model.setWeights(
    model.weights.map(({ size, shape }) =>
      tensor(Float32Array.from({ length: size! }, () => (count++ % 37 - 18) / 100), shape as readonly number[])
    ),
  );
  return model as never;
}

Deno.test("the model has opset 21, IR version 10, and the graph's name", () => {
  const model = decode(trace(classifier()).toONNX());
  assertEquals(model.irVersion, 10n);
  assertEquals(model.opsetImport.map(({ domain, version }) => [domain, version]), [["", 21n]]);
  assertEquals([model.producerName, model.graph!.name], ["strata", "sequential"]);
});

Deno.test("nodes are named after their layers, weights after their paths, and dims keep their names", () => {
  const { graph } = decode(trace(classifier()).toONNX());
  assertEquals(graph!.input.map((value) => [value.name, dimsOf(value)]), [["pixels", ["batch", 4, 3]]]);
  assertEquals(graph!.output.map((value) => [value.name, dimsOf(value)]), [["output", ["batch", 2]]]);
  const weights = graph!.initializer.filter(({ name }) => name.includes("/"));
  assertEquals(weights.map(({ name, dims, dataType }) => [name, dataType, ...dims.map(Number)]), [
    ["sequential/dense/kernel", 1, 12, 5],
    ["sequential/dense/bias", 1, 5],
    ["sequential/dense_1/kernel", 1, 5, 2],
    ["sequential/dense_1/bias", 1, 2],
  ]);
  const scopes = graph!.node.map(({ name }) => name.slice(0, name.lastIndexOf("/")));
  assertEquals([...new Set(scopes)], [
    "sequential/flatten",
    "sequential/dense",
    "sequential/dense_1",
    "sequential/softmax",
  ]);
  assertEquals(new Set(graph!.node.map(({ name }) => name)).size, graph!.node.length);
});

Deno.test("names of dims are kept through products of them, and unknown dims stay unknown", () => {
  const graph = trace((x, y) => [ops.reshape(x, [-1, 3]), ops.exp(y)], input(["batch", "time", 3]), input([null, 2]));
  const model = decode(graph.toONNX()).graph!;
  assertEquals(model.input.map(dimsOf), [["batch", "time", 3], [null, 2]]);
  assertEquals(model.output.map(dimsOf), [["batch*time", 3], [null, 2]]);
});

Deno.test("every node reads what is there, and all that is written leads to an output", () => {
  const x = input(["batch", 6]);
  const graphs = [
    trace(classifier()),
    trace(new Dropout(0.5, { seed: 1 }), x, { training: true }),
    trace((x) => [ops.std(x), ops.topK(x, 2)[0], ops.cumprod(x, { axis: 1 }), ops.logsumexp(x, { axis: 1 })], x),
    trace((x) => ops.einsum("bi,bj->bij", ops.gelu(x), ops.erf(ops.multiply(x, x))), x),
    trace((x) => ops.split(ops.sort(x, { axis: -1 }), 2, { axis: 1 }), x),
  ];
  for (const graph of graphs) {
    const model = decode(graph.toONNX()).graph!;
    const known = new Set([...model.input, ...model.initializer].map(({ name }) => name));
    for (const { name, input, output } of model.node) {
      for (const read of input) assert(read === "" || known.has(read), `${name} reads ${read}`);
      for (const written of output) {
        assert(!known.has(written), `${name} writes ${written} again`);
        known.add(written);
      }
    }
    const bodies = model.node.flatMap(({ attribute }) => attribute.flatMap(({ g }) => g?.node ?? []));
    const read = new Set([...model.node, ...bodies].flatMap(({ input }) => input));
    for (const { name } of model.output) read.add(name);
    for (const { name, output } of model.node) {
      assert(output.some((written) => read.has(written)), `${graph}: ${name} leads nowhere`);
    }
    for (const { name } of model.initializer) assert(read.has(name), `${graph}: ${name} is not read`);
  }
});

Deno.test("plain onnxruntime-web gives the numbers that the layers give", async () => {
  const engine = await SessionEngine.create();
  const x = tensor(Float32Array.from({ length: 24 }, (_, i) => Math.sin(i)), [2, 4, 3]);
  const model = classifier();
  const records = (() => {
    const [a, b] = [input(["n", 3], { name: "a" }), input(["n", 3], { name: "b" })];
    return new Model({ inputs: { a, b }, outputs: { sum: ops.add(a, b), scores: new Dense(2)(ops.maximum(a, b)) } });
  })();
  const [a, b] = [tensor([[1, 2, 3]]), tensor([[6, 5, -4]])];
  const both = records({ a, b });
  const cases: readonly (readonly [Graph, readonly EagerTensor[], readonly EagerTensor[]])[] = [
    [trace(model) as Graph, [x], [model(x)]],
    [trace(model, x) as Graph, [x], [model(x)]],
    [trace(records) as Graph, [a, b], [both.sum, both.scores]],
  ];
  for (const [graph, given, expected] of cases) {
    const program = await engine.load(graph.toONNX());
    assertEquals(program.outputs.length, expected.length);
    const results = await program.run(given.map(host));
    await program.release();
    results.forEach(({ shape, dtype, data }, index) => {
      const wanted = expected[index]!;
      assertEquals([shape, dtype] as unknown, [wanted.shape, wanted.dtype]);
      wanted.dataSync().forEach((value, place) => {
        const difference = Math.abs(Number(value) - Number(data[place]));
        assert(difference <= 1e-6, `${graph}: ${data[place]} at ${place}, expected ${value}`);
      });
    });
  }
});

Deno.test("a graph with state takes it, and gives the next one, in plain onnxruntime-web", async () => {
  const layer = new Dropout(0.5, { seed: 21, name: "noise" });
  const graph = trace(layer, input(["batch"], { name: "x" }), { training: true });
  const model = decode(graph.toONNX()).graph!;
  const [state] = layer.variables;
  assertEquals(model.input.map(({ name }) => name), ["x", state!.path]);
  assertEquals(model.output.map(({ name }) => name), ["output", `${state!.path}/next`]);
  const program = await (await SessionEngine.create()).load(graph.toONNX());
  const x = tensor(Float32Array.from({ length: 32 }, () => 1));
  let seed: HostTensor = host(state!.value);
  const draws: unknown[] = [];
  for (let run = 0; run < 3; run++) {
    const [drawn, next] = await program.run([host(x), seed]);
    draws.push([...drawn!.data as Float32Array]);
    seed = next!;
  }
  await program.release();
  assertEquals(seed.data, new BigInt64Array([21n, 3n]));
  assertEquals(draws, [1, 2, 3].map(() => [...layer(x, { training: true }).dataSync() as Float32Array]));
});

Deno.test("the same graph gives the same bytes, whatever was traced before", async () => {
  const digest = async (bytes: Uint8Array<ArrayBuffer>) => {
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
  };
  const plain = () => {
    clearSession();
    const model = new Sequential(input(["batch", 3]), new Dense(2, { activation: "relu", kernelInitializer: "ones" }));
    return trace(model).toONNX();
  };
  const first = trace(classifier()).toONNX();
  trace((x) => ops.softmax(ops.exp(x)), input([3]));
  const second = trace(classifier()).toONNX();
  assertEquals(first, second);
  const dropout = () => {
    clearSession();
    return trace(new Dropout(0.5, { seed: 1 }), input(["batch", 2]), { training: true }).toONNX();
  };
  assertEquals(dropout(), dropout());
  // Written down by another process; it changes with what Dense and relu write.
  assertEquals(await digest(plain()), "dc8e0036743fedb0b6a7846dc347dc573d51194bc25bb685514c2fc01ad248ae");
});

Deno.test("weights beside the model are read by plain onnxruntime-web", async () => {
  const dense = new Dense(64, { name: "wide" });
  const graph = trace(dense, input(["batch", 32]));
  const { model, location, data } = graph.toONNX({ externalData: "wide.weights" });
  assertEquals([location, data.map(({ length }) => length)], ["wide.weights", [32 * 64 * 4]]);
  const kernel = decode(model).graph!.initializer.find(({ name }) => name === "wide/kernel")!;
  assertEquals(kernel.rawData.length, 0);
  assertEquals(kernel.externalData.map(({ key, value }) => [key, value]), [
    ["location", "wide.weights"],
    ["offset", "0"],
    ["length", "8192"],
  ]);
  const x = tensor(Float32Array.from({ length: 64 }, (_, i) => i / 64), [2, 32]);
  const file = new Uint8Array(data.reduce((sum, { length }) => sum + length, 0));
  data.reduce((offset, part) => (file.set(part, offset), offset + part.length), 0);
  const result = await keepGlobals(async () => {
    const runtime = await import("onnxruntime-web");
    runtime.env.wasm.numThreads = 1;
    const session = await runtime.InferenceSession.create(model, {
      executionProviders: ["wasm"],
      externalData: [{ path: location, data: file }],
    });
    const feeds = { [session.inputNames[0]!]: new runtime.Tensor("float32", x.dataSync() as Float32Array, [2, 32]) };
    const results = await session.run(feeds);
    return results["output"]!.data as Float32Array;
  });
  const expected = dense(x).dataSync();
  assertEquals(result.length, 128);
  expected.forEach((value, place) => assert(Math.abs(result[place]! - value) <= 1e-5, `${place}`));
});

Deno.test("weights that no file can hold are refused before any memory is taken", () => {
  const embedding = new Embedding(2 ** 20, 600, { name: "words" });
  embedding.build(["batch", null]);
  const graph = trace(embedding, input(["batch", null], { dtype: "int32" }));
  const error = assertThrows(() => graph.toONNX(), RangeError);
  assertEquals(
    error.message,
    "Cannot write graph words as one ONNX file: expected less than 2147483648 bytes of weights, received 2516582400; " +
      'give them a file of their own: toONNX({ externalData: "words.weights" })',
  );
});

Deno.test("all weights and constants count together, and none is made before it is certain that they fit", () => {
  const initialize = () => {
    throw new Error("made");
  };
  const lazy = (path: string) => new Variable({ shape: [2 ** 28], dtype: "float32" as const, initialize }, { path });
  const [first, second] = [lazy("first"), lazy("second")];
  const half = trace((x) => ops.add(x, first), input([1]));
  assertThrows(() => half.toONNX(), Error, "made");
  const two = trace((x) => ops.add(ops.add(x, first), second), input([1]));
  assertThrows(() => two.toONNX(), RangeError, "received 2147483648;");
  const constant = new EagerTensor([2 ** 28], "float32", new Float32Array(0));
  const mixed = trace((x) => ops.add(ops.add(x, first), constant), input([1]));
  assertThrows(() => mixed.toONNX(), RangeError, "received 2147483648;");
  // What is given to each run is no part of the file.
  const assigned = trace((x) => (second.assign(ops.add(second, 1)), ops.add(x, first)), input([1]));
  assertThrows(() => assigned.toONNX(), Error, "made");
});

Deno.test("every dtype is written and read back", () => {
  for (const dtype of ["float32", "float64", "float16", "int32", "int64", "uint8", "bool"] as const) {
    const graph = trace((x) => [x, tensor([1, 0], { dtype })] as const, input(["n"], { dtype }));
    const { input: inputs, output } = decode(graph.toONNX()).graph!;
    for (const { type } of [...inputs, ...output]) {
      assertEquals(type?.value.case === "tensorType" ? type.value.value.elemType : 0, elementTypeOf(dtype));
    }
    const [same, constant] = jit(graph)(tensor([1, 1, 0], { dtype }));
    assertEquals([same.dtype, same.array(), constant.array()] as unknown, [
      dtype,
      tensor([1, 1, 0], { dtype }).array(),
      tensor([1, 0], { dtype }).array(),
    ]);
  }
});
