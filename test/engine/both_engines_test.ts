import { assertEquals, assertInstanceOf, assertRejects, assertStrictEquals } from "@std/assert";
import { defaultEngine } from "../../src/eager/default_engine.ts";
import { type Engine, EngineError, type HostTensor } from "../../src/engine/engine.ts";
import { SessionEngine } from "./session_engine.ts";
import type { DType } from "../../src/tensor/dtype.ts";
import { typedArrayOf } from "../../src/tensor/typed_array.ts";
import { addModel, constant, graph, host, model, node, numbers, value } from "./models.ts";

async function run(engine: Engine, bytes: Uint8Array, inputs: readonly HostTensor[]): Promise<HostTensor[]> {
  const program = await engine.load(bytes);
  try {
    return await program.run(inputs);
  } finally {
    await program.release();
  }
}

const DTYPES: readonly DType[] = ["float32", "float64", "float16", "int32", "int64", "uint8", "bool"];

const BEHAVIOURS: Readonly<Record<string, (engine: Engine) => Promise<void>>> = {
  async "passes every dtype through, in its own typed array"(engine) {
    for (const dtype of DTYPES) {
      const values = dtype === "bool" ? [1, 0, 1] : dtype === "uint8" ? [0, 7, 255] : [1, -2, 3];
      const [result] = await run(
        engine,
        model([value("x", dtype)], [value("y", dtype)], [node("Reshape", ["x", "shape"], ["y"])], [
          constant("shape", host("int64", [2], [3, 1])),
        ]),
        [host(dtype, [3], values)],
      );
      assertEquals([result!.dtype, result!.shape], [dtype, [3, 1]]);
      assertInstanceOf(result!.data, typedArrayOf(dtype));
      assertInstanceOf(result!.data.buffer, ArrayBuffer);
      assertEquals(numbers(result), values, dtype);
    }
  },

  async "computes in every dtype that the operator takes"(engine) {
    for (const dtype of DTYPES.filter((dtype) => dtype !== "bool")) {
      const [sum] = await run(engine, addModel(dtype), [host(dtype, [2], [1, 2]), host(dtype, [2], [10, 20])]);
      assertEquals(numbers(sum), [11, 22], dtype);
    }
    const bool = [value("x", "bool"), value("y", "bool")];
    const [both] = await run(engine, model(bool, [value("z", "bool")], [node("And", ["x", "y"], ["z"])]), [
      host("bool", [4], [true, true, false, false]),
      host("bool", [4], [true, false, true, false]),
    ]);
    assertEquals(numbers(both), [1, 0, 0, 0]);
  },

  async "keeps 64-bit integers beyond 2^53 exact"(engine) {
    const big: HostTensor = { dtype: "int64", shape: [2], data: new BigInt64Array([2n ** 62n + 1n, -(2n ** 63n)]) };
    const [sum] = await run(engine, addModel("int64"), [big, host("int64", [], [0])]);
    assertEquals(sum!.data, new BigInt64Array([4611686018427387905n, -9223372036854775808n]));
  },

  async "broadcasts"(engine) {
    const [sum] = await run(engine, addModel(), [host("float32", [2, 1], [1, 2]), host("float32", [3], [10, 20, 30])]);
    assertEquals(sum!.shape, [2, 3]);
    assertEquals(numbers(sum), [11, 21, 31, 12, 22, 32]);
  },

  async "runs scalars and zero-size tensors"(engine) {
    const [scalar] = await run(engine, addModel(), [host("float32", [], [2]), host("float32", [], [0.5])]);
    assertEquals([scalar!.shape, numbers(scalar)], [[], [2.5]]);
    const [empty] = await run(engine, addModel(), [host("float32", [0, 3], []), host("float32", [3], [1, 2, 3])]);
    assertEquals([empty!.shape, numbers(empty)], [[0, 3], []]);
  },

  async "runs several nodes and gives several outputs in their order"(engine) {
    const program = await engine.load(
      model([value("x")], [value("relu"), value("twice"), value("largest", "int64")], [
        node("Relu", ["x"], ["relu"]),
        node("Add", ["x", "x"], ["twice"]),
        node("ArgMax", ["relu"], ["largest"], {
          axis: { type: "int", value: -1 },
          keepdims: { type: "int", value: 0 },
        }),
      ]),
    );
    assertEquals(program.inputNames, ["x"]);
    assertEquals(program.outputNames, ["relu", "twice", "largest"]);
    const results = await program.run([host("float32", [2, 2], [-1, 2, 3, -4])]);
    assertEquals(results.map(({ dtype, shape }) => [dtype, shape]), [
      ["float32", [2, 2]],
      ["float32", [2, 2]],
      ["int64", [2]],
    ]);
    assertEquals(results.map(numbers), [[0, 2, 3, 0], [-2, 4, 6, -8], [1, 0]]);
    await program.release();
  },

  async "binds a named dim anew on every run"(engine) {
    const program = await engine.load(
      model([value("x", "float32", ["batch", 2])], [value("y", "float32", ["batch", 1])], [
        node("MatMul", ["x", "w"], ["y"]),
      ], [constant("w", host("float32", [2, 1], [10, 1]))]),
    );
    for (let round = 0; round < 2; round++) {
      for (let batch = 1; batch <= 20; batch++) {
        const x = Array.from({ length: batch * 2 }, (_, index) => index);
        const [y] = await program.run([host("float32", [batch, 2], x)]);
        assertEquals(y!.shape, [batch, 1]);
        assertEquals(numbers(y), Array.from({ length: batch }, (_, row) => 20 * row + 2 * row + 1));
      }
    }
    await program.release();
  },

  async "runs both branches of an If"(engine) {
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
  },

  async "takes no input at all"(engine) {
    const [y] = await run(
      engine,
      model([], [value("y")], [node("Identity", ["w"], ["y"])], [
        constant("w", host("float32", [2], [4, 2])),
      ]),
      [],
    );
    assertEquals(numbers(y), [4, 2]);
  },

  async "gives results that the next run does not change"(engine) {
    const program = await engine.load(addModel());
    const one = host("float32", [2], [1, 1]);
    const [first] = await program.run([one, one]);
    await program.run([host("float32", [2], [7, 7]), one]);
    assertEquals(numbers(first), [2, 2]);
    await program.release();
  },

  async "says why a model cannot be loaded"(engine) {
    await assertRejects(() => engine.load(new Uint8Array([1, 2, 3])), EngineError, "Cannot load the model: ");
    const unknown = model([value("x")], [value("y")], [node("NoSuchOperator", ["x"], ["y"])]);
    await assertRejects(() => engine.load(unknown), EngineError, "NoSuchOperator");
  },

  async "says why a run failed, and runs again"(engine) {
    const program = await engine.load(addModel());
    const two = host("float32", [2], [1, 2]);
    for (let attempt = 0; attempt < 3; attempt++) {
      await assertRejects(() => program.run([two, host("float32", [3], [1, 2, 3])]), EngineError, "2 by 3");
      assertEquals(numbers((await program.run([two, two]))[0]), [2, 4]);
    }
    await assertRejects(() => program.run([two]), EngineError, "expected 2 inputs (x, y), received 1");
    await assertRejects(
      () => program.run([two, host("int32", [2], [1, 2])]),
      EngineError,
      "Unexpected input data type",
    );
    assertEquals(numbers((await program.run([two, two]))[0]), [2, 4]);
    await program.release();
  },

  async "cannot run what was released, and releases twice without harm"(engine) {
    const program = await engine.load(addModel());
    await program.release();
    await program.release();
    const one = host("float32", [1], [1]);
    await assertRejects(() => program.run([one, one]), EngineError, "it has been released");
  },

  async "leaves globalThis.Worker as it is"(engine) {
    const before = globalThis.Worker;
    await (await engine.load(addModel())).release();
    assertStrictEquals(globalThis.Worker, before);
  },
};

/** The wasm engine with each run done twice: the second time with the outputs' shapes known and laid out beforehand. */
const laidOutEngine: Engine = {
  name: "wasm (outputs laid out)",
  async load(bytes, options) {
    const program = await defaultEngine.load(bytes, options);
    const { inputNames, outputNames, inputs, outputs } = program;
    return {
      inputNames,
      outputNames,
      inputs,
      outputs,
      run: async (inputs) => program.runSync(inputs, await program.run(inputs)),
      release: () => program.release(),
    };
  },
};

const unoptimizedEngine: Engine = {
  name: "wasm (unoptimized)",
  load: (bytes) => defaultEngine.load(bytes, { optimize: false }),
};

for (const engine of [defaultEngine, laidOutEngine, unoptimizedEngine, await SessionEngine.create()]) {
  for (const [behaviour, check] of Object.entries(BEHAVIOURS)) {
    Deno.test(`the ${engine.name} engine ${behaviour}`, () => check(engine));
  }
}
