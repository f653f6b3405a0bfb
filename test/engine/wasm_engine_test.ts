import { assert, assertEquals, assertThrows } from "@std/assert";
import { compiledModule, defaultEngine } from "../../src/eager/default_engine.ts";
import { EngineError, type HostSpec, type HostTensor, type ResidentTensor } from "../../src/engine/engine.ts";
import { WasmEngine } from "../../src/engine/wasm_engine.ts";
import { instantiateModule } from "../../src/engine/wasm_module.ts";
import { addModel, constant, graph, host, model, node, numbers, spec, value } from "./models.ts";

const MEBIBYTE = 1024 * 1024;

function resident(tensor: HostTensor): HostTensor & { version: number } {
  return { ...tensor, version: 0 };
}

function filled(shape: readonly number[], number: number): HostTensor {
  const size = shape.reduce((product, dim) => product * dim, 1);
  return { dtype: "float32", shape, data: new Float32Array(size).fill(number) };
}

Deno.test("a result is a copy in a buffer of its own", () => {
  const program = defaultEngine.loadSync(addModel());
  const [sum] = program.runSync([filled([2], 1), filled([2], 2)], [spec("float32", [2])]);
  program.runSync([filled([2], 7), filled([2], 7)], [spec("float32", [2])]);
  assertEquals(sum, { dtype: "float32", shape: [2], data: new Float32Array([3, 3]) });
  assert(sum!.data.buffer instanceof ArrayBuffer);
  assertEquals(sum!.data.buffer.byteLength, 8);
  program.releaseSync();
});

Deno.test("inputs may be views into larger buffers", () => {
  const program = defaultEngine.loadSync(addModel());
  const x = { dtype: "float32", shape: [2], data: new Float32Array([9, 1, 2, 9]).subarray(1, 3) } as const;
  assertEquals(numbers(program.runSync([x, x], [spec("float32", [2])])[0]), [2, 4]);
  program.releaseSync();
});

const four = host("float32", [4], [0, 2, 0, 4]);
const branch = (opType: string, inputs: string[]) =>
  ({ type: "graph", value: graph([], [value("r")], [node(opType, inputs, ["r"])]) }) as const;
const twoByTwo = constant("shape", host("int64", [2], [2, 2]));
const fiveSix = constant("w", host("float32", [2], [5, 6]));

/** Ways in which a value can reach an output other than by being computed there. */
const PATHS: Readonly<Record<string, [model: Uint8Array, inputs: HostTensor[], expected: HostTensor[]]>> = {
  "an operator that copies": [
    model([value("x")], [value("y")], [node("Identity", ["x"], ["y"])]),
    [four],
    [four],
  ],
  "an input": [
    model([value("x")], [value("x"), value("y")], [node("Relu", ["x"], ["y"])]),
    [four],
    [four, four],
  ],
  "an initializer": [
    model([value("x")], [value("w", "float32", [2]), value("y")], [node("Relu", ["x"], ["y"])], [fiveSix]),
    [four],
    [host("float32", [2], [5, 6]), four],
  ],
  "a folded constant": [
    model([], [value("y")], [node("Add", ["w", "w"], ["y"])], [fiveSix]),
    [],
    [host("float32", [2], [10, 12])],
  ],
  "another output, reshaped": [
    model([value("x")], [value("r"), value("y")], [node("Neg", ["x"], ["r"]), node("Reshape", ["r", "shape"], ["y"])], [
      twoByTwo,
    ]),
    [host("float32", [4], [1, 2, 3, 4])],
    [host("float32", [4], [-1, -2, -3, -4]), host("float32", [2, 2], [-1, -2, -3, -4])],
  ],
  "the same computation twice": [
    model([value("x")], [value("y"), value("z")], [node("Neg", ["x"], ["y"]), node("Neg", ["x"], ["z"])]),
    [host("float32", [1], [1])],
    [host("float32", [1], [-1]), host("float32", [1], [-1])],
  ],
  "a branch": [
    model([value("c", "bool"), value("x")], [value("y")], [
      node("If", ["c"], ["y"], { then_branch: branch("Add", ["x", "x"]), else_branch: branch("Identity", ["x"]) }),
    ]),
    [host("bool", [], [false]), four],
    [four],
  ],
  "an operator whose shape depends on the data": [
    model([value("x")], [value("y", "int64")], [node("NonZero", ["x"], ["y"])]),
    [four],
    [host("int64", [1, 2], [1, 3])],
  ],
  "halves": [
    model([value("x")], [value("y", "float16")], [node("Cast", ["x"], ["y"], { to: { type: "int", value: 10 } })]),
    [four],
    [host("float16", [4], [0, 2, 0, 4])],
  ],
};

for (const [path, [bytes, inputs, expected]] of Object.entries(PATHS)) {
  Deno.test(`outputs of given shapes come right from ${path}, and wrong shapes are refused`, () => {
    const program = defaultEngine.loadSync(bytes);
    for (let round = 0; round < 3; round++) {
      assertEquals(program.runSync(inputs, expected), expected);
      const longer = expected.map(({ dtype, shape }) => spec(dtype, shape.map((dim) => dim + 1)));
      assertThrows(() => program.runSync(inputs, longer), EngineError, "Cannot run the model: ");
      const deeper = expected.map(({ dtype, shape }) => spec(dtype, [1, ...shape]));
      assertThrows(() => program.runSync(inputs, deeper), EngineError, "Cannot run the model: ");
      const wider = expected.map(({ shape }) => spec("float64", shape));
      assertThrows(() => program.runSync(inputs, wider), EngineError, "Cannot run the model: ");
    }
    program.releaseSync();
  });
}

Deno.test("an output shape that is wrong only for this run's data is refused", () => {
  const program = defaultEngine.loadSync(PATHS["an operator whose shape depends on the data"]![0]);
  const two: HostSpec[] = [spec("int64", [1, 2])];
  assertEquals(numbers(program.runSync([four], two)[0]), [1, 3]);
  const error = assertThrows(() => program.runSync([filled([4], 1)], two), EngineError, "{1,4}");
  assert(!error.message.includes("onnxruntime/core"), error.message);
  assertEquals(numbers(program.runSync([four], two)[0]), [1, 3]);
  program.releaseSync();
});

Deno.test("data of another length than the shape says is refused, resident or not", () => {
  const program = defaultEngine.loadSync(addModel());
  const wrong: HostTensor = { dtype: "float32", shape: [2], data: new Float32Array(3) };
  const right = filled([2], 1);
  const before = defaultEngine.cachedBytes;
  for (const bad of [wrong, resident(wrong)]) {
    for (let attempt = 0; attempt < 2; attempt++) {
      assertThrows(
        () => program.runSync([right, bad], [right]),
        EngineError,
        "expected 2 elements of float32, received 3",
      );
    }
  }
  assertEquals(numbers(program.runSync([right, right], [right])[0]), [2, 2]);
  program.releaseSync();
  assertEquals(defaultEngine.cachedBytes, before);
});

Deno.test("a resident tensor is copied again when its version changes, and only then", () => {
  const program = defaultEngine.loadSync(addModel());
  const x = filled([2], 1);
  const w = resident(filled([2], 10));
  const run = () => numbers(program.runSync([x, w], [x])[0]);
  assertEquals(run(), [11, 11]);
  w.data.fill(20 as never);
  assertEquals(run(), [11, 11], "the copy is still the one of version 0");
  w.version++;
  assertEquals(run(), [21, 21]);
  const larger = { ...w, version: 2, shape: [1, 2] };
  assertEquals(program.runSync([x, larger], [spec("float32", [1, 2])])[0]!.shape, [1, 2]);
  assertEquals(numbers(program.runSync([w, w], [x])[0]), [40, 40]);
  program.releaseSync();
});

Deno.test("a resident tensor is shared between programs and takes no room twice", () => {
  const [first, second] = [defaultEngine.loadSync(addModel()), defaultEngine.loadSync(addModel())];
  const w = resident(filled([MEBIBYTE], 1));
  const out = [spec("float32", [MEBIBYTE])];
  const scalar = host("float32", [], [1]);
  first.runSync([w, scalar], out);
  const before = defaultEngine.cachedBytes;
  second.runSync([w, scalar], out);
  const grown = defaultEngine.cachedBytes - before;
  assert(grown > 4 * MEBIBYTE && grown < 4.1 * MEBIBYTE, `the second program's output only: ${grown}`);
  first.releaseSync();
  second.releaseSync();
});

Deno.test("what was used least recently is freed once the budget is used up", async () => {
  const engine = new WasmEngine(await instantiateModule(compiledModule), { cacheBudget: 3.5 * MEBIBYTE });
  const sum = model([value("x")], [value("y")], [node("ReduceSum", ["x"], ["y"])]);
  const program = engine.loadSync(sum);
  const total: HostSpec[] = [spec("float32", [1, 1])];
  const quarter = MEBIBYTE / 4;
  const weights = Array.from({ length: 8 }, (_, index) => resident(filled([1, quarter], index)));
  const run = (w: ResidentTensor) => program.runSync([w], total)[0]!.data[0];
  for (let round = 0; round < 3; round++) {
    for (const [index, w] of weights.entries()) assertEquals(run(w), index * quarter);
    assert(engine.cachedBytes > 3 * MEBIBYTE, `${engine.cachedBytes}`);
    assert(engine.cachedBytes <= 3.5 * MEBIBYTE, `${engine.cachedBytes}`);
  }
  // Seven was used last and is still there, with its old content; zero was not and is read again.
  weights[7]!.data.fill(1 as never);
  weights[0]!.data.fill(1 as never);
  assertEquals(run(weights[7]!), 7 * quarter);
  assertEquals(run(weights[0]!), quarter);
  program.releaseSync();
});

Deno.test("what is larger than the budget works and is freed after the run", async () => {
  const engine = new WasmEngine(await instantiateModule(compiledModule), { cacheBudget: MEBIBYTE });
  const program = engine.loadSync(addModel());
  const size = MEBIBYTE;
  const [x, w] = [filled([size], 1), resident(filled([size], 2))];
  for (let round = 0; round < 20; round++) {
    const [sum] = program.runSync([x, w], [x]);
    assertEquals([sum!.data[0], sum!.data[size - 1]], [3, 3]);
    assertEquals(engine.cachedBytes, 0);
  }
  assert(engine.heapBytes < 64 * MEBIBYTE, `${engine.heapBytes}`);
  program.releaseSync();
});

Deno.test("views of the heap stay right when it grows", async () => {
  const engine = new WasmEngine(await instantiateModule(compiledModule));
  const program = engine.loadSync(addModel());
  const w = resident(filled([2], 5));
  const small = () => numbers(program.runSync([filled([2], 1), w], [spec("float32", [2])])[0]);
  assertEquals(small(), [6, 6]);
  const before = engine.heapBytes;
  const large = filled([4 * MEBIBYTE], 1);
  const [sum] = program.runSync([large, large], [large]);
  assertEquals(sum!.data.at(-1), 2);
  assert(before < 32 * MEBIBYTE && engine.heapBytes >= 48 * MEBIBYTE, `from ${before} to ${engine.heapBytes}`);
  assertEquals(small(), [6, 6]);
  program.releaseSync();
  assert(engine.cachedBytes < 1024, "only the resident tensor is left");
});

Deno.test("a model keeps plans for a bounded number of shapes", () => {
  const program = defaultEngine.loadSync(addModel());
  const before = defaultEngine.cachedBytes;
  for (let size = 1; size <= 1000; size++) {
    const x = filled([size], 1);
    assertEquals(program.runSync([x, x], [x])[0]!.data.at(-1), 2);
  }
  const grown = defaultEngine.cachedBytes - before;
  assert(grown > 0 && grown < 16 * (3 * 4000 + 2048), `${grown}`);
  program.releaseSync();
  assertEquals(defaultEngine.cachedBytes, before);
});

Deno.test("a failed run keeps nothing and breaks nothing, a thousand times", () => {
  const program = defaultEngine.loadSync(addModel());
  const [two, three] = [filled([2], 1), filled([3], 1)];
  const attempt = () => assertThrows(() => program.runSync([two, three], [three]), EngineError);
  attempt();
  const [cached, heap] = [defaultEngine.cachedBytes, defaultEngine.heapBytes];
  for (let round = 0; round < 1000; round++) attempt();
  assertEquals(defaultEngine.cachedBytes, cached);
  assert(defaultEngine.heapBytes <= heap + MEBIBYTE);
  assertEquals(numbers(program.runSync([two, two], [two])[0]), [2, 2]);
  program.releaseSync();
});

Deno.test("50,000 calls in one synchronous loop keep the heap and the cache as they are", () => {
  const program = defaultEngine.loadSync(addModel());
  const x = filled([1000], 1);
  const call = () => program.runSync([x, resident(filled([], 1))], [x])[0]!.data[999];
  for (let round = 0; round < 1000; round++) assertEquals(call(), 2);
  const heap = defaultEngine.heapBytes;
  for (let round = 0; round < 50_000; round++) if (call() !== 2) throw new Error("wrong sum");
  assert(defaultEngine.heapBytes <= heap + 32 * MEBIBYTE, `from ${heap} to ${defaultEngine.heapBytes}`);
  assert(defaultEngine.cachedBytes <= 51_000 * 512, `${defaultEngine.cachedBytes}`);
  program.releaseSync();
});

Deno.test("loading and releasing models in one synchronous loop keeps the heap as it is", () => {
  const weights = constant("w", filled([MEBIBYTE / 4], 1));
  const bytes = model([value("x")], [value("y")], [node("Add", ["x", "w"], ["y"])], [weights]);
  const cycle = () => {
    const program = defaultEngine.loadSync(bytes);
    program.runSync([host("float32", [], [1])], [spec("float32", [MEBIBYTE / 4])]);
    program.releaseSync();
  };
  for (let round = 0; round < 5; round++) cycle();
  const heap = defaultEngine.heapBytes;
  for (let round = 0; round < 100; round++) cycle();
  assertEquals(defaultEngine.heapBytes, heap);
});
