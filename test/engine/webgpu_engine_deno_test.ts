import { assert, assertEquals, assertInstanceOf, assertRejects } from "@std/assert";
import { EngineError, type HostTensor, type ResidentTensor } from "../../src/engine/engine.ts";
import { WebGPUEngine } from "../../src/engine/webgpu_engine.ts";
import { ON_PROCESSOR } from "../../src/emission/providers/provider.ts";
import { elementTypeOf } from "../../src/onnx/element_type.ts";
import type { DType } from "../../src/tensor/dtype.ts";
import { typedArrayOf } from "../../src/tensor/typed_array.ts";
import { HAS_ADAPTER, HAS_FLOAT16 } from "./adapter.ts";
import { deviceEngine } from "./device.ts";
import { addModel, constant, graph, host, model, node, numbers, value } from "./models.ts";

const engine = HAS_ADAPTER ? await deviceEngine() : undefined;
const strict = HAS_ADAPTER ? await deviceEngine({ cpuFallback: false }) : undefined;

function gpuTest(name: string, run: (engine: WebGPUEngine, strict: WebGPUEngine) => Promise<void>): void {
  Deno.test({ name: `the webgpu engine ${name}`, ignore: !HAS_ADAPTER, fn: () => run(engine!, strict!) });
}

function resident(tensor: HostTensor): HostTensor & { version: number } {
  return { ...tensor, version: 0 } satisfies ResidentTensor;
}

/** Replaces `navigator.gpu` for the time of an action. */
async function withGpu(gpu: unknown, action: () => Promise<void>): Promise<void> {
  const before = Object.getOwnPropertyDescriptor(globalThis, "navigator")!;
  Object.defineProperty(globalThis, "navigator", { value: gpu === undefined ? {} : { gpu }, configurable: true });
  try {
    await action();
  } finally {
    Object.defineProperty(globalThis, "navigator", before);
  }
}

Deno.test("the webgpu engine says why it cannot start", async () => {
  await withGpu(undefined, async () => {
    await assertRejects(
      () => WebGPUEngine.create(),
      EngineError,
      "Cannot start WebGPU: this runtime has no navigator.gpu",
    );
  });
  await withGpu({ requestAdapter: () => Promise.resolve(null) }, async () => {
    await assertRejects(
      () => WebGPUEngine.create(),
      EngineError,
      "Cannot start WebGPU: expected a graphics adapter, found none",
    );
  });
});

const DTYPES: readonly DType[] = ["float32", "float16", "int32", "int64", "uint8", "bool"];

gpuTest("passes every dtype that it has through, in its own typed array", async (engine) => {
  for (const dtype of DTYPES.filter((dtype) => HAS_FLOAT16 || dtype !== "float16")) {
    const values = dtype === "bool" ? [1, 0, 1] : dtype === "uint8" ? [0, 7, 255] : [1, -2, 3];
    const program = await engine.load(
      model([value("x", dtype)], [value("y", dtype)], [node("Reshape", ["x", "shape"], ["y"])], [
        constant("shape", host("int64", [2], [3, 1])),
      ]),
    );
    for (const input of [host(dtype, [3], values), resident(host(dtype, [3], values))]) {
      const [result] = await program.run([input]);
      assertEquals([result!.dtype, result!.shape], [dtype, [3, 1]]);
      assertInstanceOf(result!.data, typedArrayOf(dtype));
      assertEquals(numbers(result), values, dtype);
    }
    await program.release();
  }
});

gpuTest("keeps 64-bit integers beyond 2^53 exact", async (engine) => {
  const big: HostTensor = { dtype: "int64", shape: [2], data: new BigInt64Array([2n ** 62n + 1n, -(2n ** 63n)]) };
  const program = await engine.load(addModel("int64"));
  const [sum] = await program.run([big, host("int64", [], [0])]);
  assertEquals(sum!.data, new BigInt64Array([4611686018427387905n, -9223372036854775808n]));
  await program.release();
});

gpuTest("binds a named dim anew on every run", async (_engine, strict) => {
  const program = await strict.load(
    model([value("x", "float32", ["batch", 2])], [value("y", "float32", ["batch", 1])], [
      node("MatMul", ["x", "w"], ["y"]),
    ], [constant("w", host("float32", [2, 1], [10, 1]))]),
  );
  for (const batch of [1, 3, 7, 3]) {
    const [y] = await program.run([host("float32", [batch, 2], Array.from({ length: batch * 2 }, (_, i) => i))]);
    assertEquals(y!.shape, [batch, 1]);
    assertEquals(numbers(y), Array.from({ length: batch }, (_, row) => 20 * row + 2 * row + 1));
  }
  await program.release();
});

gpuTest("runs several nodes and gives several outputs in their order", async (engine) => {
  const program = await engine.load(
    model([value("x")], [value("relu"), value("twice"), value("largest", "int64")], [
      node("Relu", ["x"], ["relu"]),
      node("Add", ["x", "x"], ["twice"]),
      node("ArgMax", ["relu"], ["largest"], { axis: { type: "int", value: -1 }, keepdims: { type: "int", value: 0 } }),
    ]),
  );
  assertEquals([program.inputNames, program.outputNames], [["x"], ["relu", "twice", "largest"]]);
  const results = await program.run([host("float32", [2, 2], [-1, 2, 3, -4])]);
  assertEquals(results.map(numbers), [[0, 2, 3, 0], [-2, 4, 6, -8], [1, 0]]);
  await program.release();
});

gpuTest("runs both branches of an If", async (engine) => {
  const branch = (opType: string) =>
    ({ type: "graph", value: graph([], [value("r")], [node(opType, ["x", "x"], ["r"])]) }) as const;
  const program = await engine.load(
    model([value("c", "bool", []), value("x")], [value("y")], [
      node("If", ["c"], ["y"], { then_branch: branch("Add"), else_branch: branch("Mul") }),
    ]),
  );
  const x = host("float32", [2], [3, 5]);
  assertEquals(numbers((await program.run([host("bool", [], [true]), x]))[0]), [6, 10]);
  assertEquals(numbers((await program.run([host("bool", [], [false]), x]))[0]), [9, 25]);
  await program.release();
});

gpuTest("does one thing at a time, whatever is asked for at once", async (engine, strict) => {
  const loads = [engine, strict, engine].map((engine) => engine.load(addModel()));
  const sums = await Promise.all(loads.map(async (load, index) => {
    const program = await load;
    const ten = host("float32", [2], [10, 10]);
    const runs = [1, 2, 3].map((number) => program.run([ten, host("float32", [2], [number, index])]));
    const results = (await Promise.all(runs)).map(([sum]) => numbers(sum));
    await program.release();
    return results;
  }));
  assertEquals(sums, [0, 1, 2].map((index) => [1, 2, 3].map((number) => [10 + number, 10 + index])));
});

gpuTest("gives results that the next run does not change", async (engine) => {
  const program = await engine.load(addModel());
  const one = host("float32", [2], [1, 1]);
  const [first] = await program.run([one, one]);
  await program.run([host("float32", [2], [7, 7]), one]);
  assertEquals(numbers(first), [2, 2]);
  await program.release();
});

gpuTest("says why a model cannot be loaded, and loads the next", async (engine) => {
  await assertRejects(() => engine.load(new Uint8Array([1, 2, 3])), EngineError, "Cannot load the model: ");
  const unknown = model([value("x")], [value("y")], [node("NoSuchOperator", ["x"], ["y"])]);
  await assertRejects(() => engine.load(unknown), EngineError, "NoSuchOperator");
  await (await engine.load(addModel())).release();
});

gpuTest("says why a run failed, and runs again", async (engine) => {
  const program = await engine.load(addModel());
  const two = host("float32", [2], [1, 2]);
  await assertRejects(() => program.run([two, host("float32", [3], [1, 2, 3])]), EngineError, "Cannot run the model: ");
  await assertRejects(() => program.run([two]), EngineError, "expected 2 inputs (x, y), received 1");
  await assertRejects(() => program.run([two, host("int32", [2], [1, 2])]), EngineError, "Unexpected input data type");
  assertEquals(numbers((await program.run([two, two]))[0]), [2, 4]);
  await program.release();
});

gpuTest("refuses inputs without values, at which its kernels fail", async (engine) => {
  const program = await engine.load(addModel());
  const empty = host("float32", [0, 3], []);
  await assertRejects(
    () => program.run([empty, host("float32", [3], [1, 2, 3])]),
    EngineError,
    "Cannot run the model: expected tensors with values on WebGPU, received shape [0, 3]",
  );
  await program.release();
});

gpuTest("refuses float64 wherever it is in a model", async (engine) => {
  const cast = (to: DType, input: string, output: string) =>
    node("Cast", [input], [output], { to: { type: "int", value: elementTypeOf(to) } });
  const inside = model([value("x")], [value("z")], [cast("float64", "x", "y"), cast("float32", "y", "z")]);
  const weight = model([value("x")], [value("z")], [cast("float32", "w", "y"), node("Add", ["x", "y"], ["z"])], [
    constant("w", host("float64", [1], [1])),
  ]);
  for (const bytes of [addModel("float64"), inside, weight]) {
    await assertRejects(
      () => engine.load(bytes),
      EngineError,
      "Cannot load the model: expected dtypes that WebGPU has, received float64",
    );
  }
});

gpuTest("cannot run what was released, and releases twice without harm", async (engine) => {
  const program = await engine.load(addModel());
  await program.release();
  await program.release();
  const one = host("float32", [1], [1]);
  await assertRejects(() => program.run([one, one]), EngineError, "it has been released");
});

gpuTest("leaves nodes without a kernel to the processor, unless that is forbidden", async (engine, strict) => {
  await (await strict.load(addModel())).release();
  await (await engine.load(addModel("int64"))).release();
  await assertRejects(
    () => strict.load(addModel("int64")),
    EngineError,
    "fallback to CPU EP has been explicitly disabled",
  );
});

gpuTest("leaves nodes that are named so to the processor", async (engine, strict) => {
  const add = { ...node("Add", ["x", "y"], ["z"]), name: `layer/Add${ON_PROCESSOR}` };
  const bytes = model([value("x"), value("y")], [value("z")], [add]);
  await assertRejects(() => strict.load(bytes), EngineError, "fallback to CPU EP has been explicitly disabled");
  const program = await engine.load(bytes);
  assertEquals(numbers((await program.run([host("float32", [1], [1]), host("float32", [1], [2])]))[0]), [3]);
  await program.release();
});

gpuTest("keeps one copy of a resident tensor on the device, and renews it with its version", async () => {
  const engine = await deviceEngine();
  const program = await engine.load(addModel());
  const x = host("float32", [3], [1, 2, 3]);
  const weight = resident(host("float32", [3], [10, 20, 30]));
  const sum = async () => numbers((await program.run([x, weight]))[0]);
  assertEquals(await sum(), [11, 22, 33]);
  assertEquals(engine.cachedBytes, 16);
  weight.data.set([0, 0, 0] as never);
  assertEquals(await sum(), [11, 22, 33], "the version has not changed");
  weight.version++;
  assertEquals(await sum(), [1, 2, 3]);
  assertEquals(numbers((await program.run([weight, weight]))[0]), [0, 0, 0]);
  assertEquals(engine.cachedBytes, 16);
  await program.release();
});

gpuTest("copies resident tensors anew where the device has been closed in between", async () => {
  const engine = await deviceEngine();
  const [one, two] = [resident(host("float32", [2], [1, 1])), resident(host("float32", [2], [2, 2]))];
  for (let round = 0; round < 3; round++) {
    const program = await engine.load(addModel());
    assertEquals(numbers((await program.run([one, two]))[0]), [3, 3]);
    assertEquals(engine.cachedBytes, 32);
    await program.release();
  }
});

gpuTest("gives up resident tensors beyond its budget, but none that a run needs", async () => {
  const engine = await deviceEngine({ cacheBudget: 16 });
  const program = await engine.load(addModel());
  const [a, b] = [resident(host("float32", [4], [1, 2, 3, 4])), resident(host("float32", [4], [10, 20, 30, 40]))];
  for (let round = 0; round < 3; round++) {
    assertEquals(numbers((await program.run([a, b]))[0]), [11, 22, 33, 44]);
    assert(engine.cachedBytes <= 16, `${engine.cachedBytes} bytes`);
  }
  await program.release();
});

gpuTest("starts in a worker, and leaves globalThis as it was", async () => {
  const url = import.meta.resolve("./webgpu_worker.ts");
  const worker = new Worker(url, { type: "module" });
  try {
    const message = await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error(event.message));
      };
    });
    assertEquals(message, { sum: [11, 22], changed: [], location: url });
  } finally {
    worker.terminate();
  }
});
