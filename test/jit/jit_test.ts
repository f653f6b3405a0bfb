import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import {
  type AnyLayer,
  clearSession,
  Dense,
  DTypeError,
  EagerTensor,
  input,
  jit,
  Lambda,
  Layer,
  type Maps,
  Model,
  ones,
  ops,
  Sequential,
  type Shape,
  ShapeError,
  type Tensor,
  tensor,
  trace,
  Variable,
  zeros,
} from "@strata/nn";
import { type Compiler, entryOf } from "../../src/jit/entry.ts";
import { MainProgram } from "../../src/jit/program.ts";
import type { Graph } from "../../src/graph/graph.ts";

type Untyped = (...inputs: readonly unknown[]) => EagerTensor;
const jitUntyped = jit as unknown as (target: unknown, ...inputs: readonly unknown[]) => Untyped;

const array = (x: EagerTensor): unknown => x.array();

/** What is printed as a warning while `action` runs. */
function warningsOf(action: () => void): string[] {
  const warnings: string[] = [];
  const { warn } = globalThis.console;
  globalThis.console.warn = (text: string) => void warnings.push(text);
  try {
    action();
  } finally {
    globalThis.console.warn = warn;
  }
  return warnings;
}

/** A compiler that counts, and an entry of it. */
function counted(target: unknown, ...inputs: readonly unknown[]) {
  const log = { compiled: [] as Graph[], released: [] as number[] };
  const compiler: Compiler<number> = {
    compile: (graph) => log.compiled.push(graph) - 1,
    release: (program) => void log.released.push(program),
  };
  return { log, entry: entryOf(target, inputs, compiler) };
}

Deno.test("a compiled layer gives what the layer gives, for each size of the open dims", () => {
  const dense = new Dense(3, { activation: "tanh" });
  const predict = jit(dense, input(["batch", 2]));
  for (const size of [1, 5, 0, 2]) {
    const x = tensor(Float32Array.from({ length: size * 2 }, (_, i) => i / 3), [size, 2]);
    const result = predict(x);
    assert(result instanceof EagerTensor);
    assertEquals(result.shape as Shape, [size, 3]);
    dense(x).dataSync().forEach((value, i) => assert(Math.abs(value - result.dataSync()[i]!) <= 1e-6));
  }
});

Deno.test("functions take tensors, variables, arrays and typed arrays, and keep structures", () => {
  const both = jit(
    ({ left, right: [a, b] }) => ({ sum: ops.add(left, a), rest: [ops.multiply(b, 2), left] as const }),
    { left: input(["n", 2]), right: [input([2]), input([null])] },
  );
  const { sum, rest } = both({ left: new Variable(ones([1, 2])), right: [[1, 2], new Float32Array([4, 5, 6])] });
  assertEquals([sum, ...rest].map(array), [[[2, 3]], [8, 10, 12], [[1, 1]]]);
});

Deno.test("floats are converted to the dtype of the graph, other dtypes are refused", () => {
  const double = jitUntyped((x: Tensor) => ops.add(x, x), input(["n"], { name: "x" }));
  const result = double(tensor([1, 2], { dtype: "float64" }));
  assertEquals([result.dtype, array(result)], ["float32", [2, 4]]);
  assertEquals(array(double(tensor([1, 2], { dtype: "float16" }))), [2, 4]);
  assertEquals(
    assertThrows(() => double(tensor([1, 2], { dtype: "int32" })), DTypeError).message,
    "Input 0 of layer graph is incompatible with the layer: expected dtype=float32, found dtype=int32",
  );
  // Plain numbers have no dtype of their own.
  assertEquals(array(jitUntyped((x: Tensor) => x, input([1], { dtype: "int32" }))([3])), [3]);
});

Deno.test("what does not fit is refused in the words of the layer or of the graph", () => {
  clearSession();
  const head = jitUntyped(new Dense(3, { inputDim: 4 }), input(["batch", 4]));
  const pair = jitUntyped((a: Tensor, b: Tensor) => ops.add(a, b), input(["n", 2]), input(["n", 1]));
  const record = jitUntyped((x: { a: Tensor; b: Tensor }) => ops.add(x.a, x.b), { a: input([2]), b: input([2]) });
  const list = jitUntyped(([a, b]: Tensor[]) => ops.add(a!, b!), [input([2]), input([2])]);
  const scaled = jitUntyped((x: Tensor, { by }: { by: number }) => ops.multiply(x, by), input([2]), { by: 3 });
  const plain = jitUntyped((x: Tensor) => ops.exp(x), input([2]));
  const incompatible = (which: number | string, layer: string) =>
    `Input ${which} of layer ${layer} is incompatible with the layer: `;
  const [two, one] = [zeros([2, 2]), zeros([2, 1])];
  const cases: readonly (readonly [() => unknown, string])[] = [
    [
      () => head(zeros([2, 5])),
      incompatible(0, "dense") +
      "expected axis -1 of input shape to have value 4 but received input with shape [2, 5]",
    ],
    [() => pair(two, zeros([2, 3])), incompatible(1, "graph") + "expected shape=[n, 1], found shape=[2, 3]"],
    [() => pair(two, zeros([3, 1])), incompatible(1, "graph") + "n is 2 in input 0 and 3 in input 1"],
    [() => pair(two), "Layer graph expects 2 inputs, but it received 1 input tensors"],
    [() => pair(), "Layer graph expects 2 inputs, but it received 0 input tensors"],
    [() => pair(two, one, one), "Layer graph expects 2 inputs, but it received 3 input tensors"],
    [() => pair(two, null), incompatible(1, "graph") + "expected a tensor that has values, received null"],
    [() => pair(two, "x"), incompatible(1, "graph") + "expected a tensor that has values, received string"],
    [
      () => plain(input([2], { name: "x" })),
      incompatible(0, "graph") + "expected a tensor that has values, received SymbolicTensor [2] float32 (input x)",
    ],
    [() => record([[1, 2]]), "Layer graph expects a record of inputs with the keys a, b"],
    [() => record({ a: [1, 2] }), 'Missing data for input "b" of layer graph'],
    [() => record({ a: [1, 2], b: [1, 2], c: [1, 2] }), 'Unexpected data for input "c" of layer graph'],
    [() => list([[1, 2]]), "Layer graph expects 2 inputs, but it received 1 input tensors"],
    [
      () => scaled([1, 2], { by: 4 }),
      'Cannot call graph: it was traced with {"by":3} as argument 1, received {"by":4}',
    ],
    [() => plain([1, 2], { by: 4 }), 'Cannot call graph: it was traced without an argument 1, received {"by":4}'],
    [
      () => jitUntyped(new Dense(3), input([1, 4]))(zeros([1, 4]), { training: true }),
      'Cannot call dense_1: it was traced without an argument 1, received {"training":true}',
    ],
  ];
  for (const [action, message] of cases) assertEquals(assertThrows(action, TypeError).message, message);
  assertEquals(array(scaled([1, 2])), [3, 6]);
  assertEquals(array(scaled([1, 2], { by: 3 })), [3, 6]);
  assertEquals(array(scaled([1, 2], undefined)), [3, 6]);
});

Deno.test("without inputs a function is traced once for each signature", () => {
  let traces = 0;
  const call = jitUntyped((x: Tensor, options?: object) => {
    traces++;
    return options === undefined ? ops.exp(x) : ops.add(x, 1);
  });
  const counts: number[] = [];
  const then = (...args: readonly unknown[]) => (call(...args), counts.push(traces));
  then(zeros([2]));
  then(ones([2]));
  then([5, 6]);
  then(new Variable(zeros([2])));
  assertEquals(counts.splice(0), [1, 1, 1, 1]);
  then(zeros([3]));
  then(zeros([2, 1]));
  then(zeros([2], { dtype: "float64" }));
  then(zeros([2]), {});
  then(zeros([2]), { a: 1 });
  then(zeros([2]), { a: 1, b: [1, "1"] });
  assertEquals(counts.splice(0), [2, 3, 4, 5, 6, 7]);
  then(zeros([2]), { a: 1 });
  then(zeros([2]));
  then(zeros([3]));
  assertEquals(counts, [7, 7, 7]);
});

Deno.test("what is no tensor is told apart by what it is", () => {
  const seen: unknown[] = [];
  const call = jitUntyped((x: Tensor, part: unknown) => (seen.push(part), x));
  class Options {
    readonly value = 1;
  }
  const [first, second] = [new Options(), new Options()];
  const [one, two] = [(x: number) => x + 1, (x: number) => x + 2];
  const parts = [NaN, Infinity, null, undefined, 0, -0, "0", "null", 0n, 1n, true, "true", first, second, one, two];
  const all = [...parts, { a: undefined }, {}, { a: [null] }, { a: ["null"] }, new Map([[1, 2]]), new Map([[1, 3]])];
  warningsOf(() => {
    for (const part of [...all, ...all]) call([1], part);
  });
  assertEquals(seen.length, all.length);
  seen.forEach((part, index) => assert(Object.is(part, all[index]) || typeof part === "object", `${index}`));
});

Deno.test("numbers are constants of the graph, arrays of numbers are tensors", () => {
  const scale = jitUntyped((x: Tensor, by: number | Tensor) => ops.multiply(x, by));
  assertEquals([scale([1, 2], 3), scale([1, 2], 4), scale([1, 2], [5, 6])].map(array), [[3, 6], [4, 8], [5, 12]]);
  // As elsewhere in options, lists in records are lists.
  const total = jitUntyped((x: Tensor, options: { axis: number[] }) => ops.sum(x, options));
  assertEquals([array(total([[1, 2]], { axis: [0, 1] })), array(total([[1, 2]], { axis: [0] }))], [3, [1, 2]]);
  const pick = jitUntyped(({ x, at }: { x: Tensor; at: number[] }) => ops.transpose(x, at));
  assertEquals(array(pick({ x: tensor([[1, 2]]), at: [1, 0] })), [[1], [2]]);
  const list = jitUntyped(([x, y]: Tensor[]) => ops.add(x!, y!));
  assertEquals(array(list([[1, 2], tensor([3, 4])])), [4, 6]);
});

Deno.test("at most 32 graphs of a function are kept: the one used least recently is given up", () => {
  const { log, entry } = counted((x: Tensor) => ops.exp(x));
  const prepare = (size: number) => entry.prepare([zeros([size])]);
  const warnings = warningsOf(() => {
    for (let size = 0; size < 32; size++) prepare(size);
    assertEquals([log.compiled.length, log.released], [32, []]);
    assertEquals(prepare(0).program, 0);
    prepare(32);
    assertEquals([log.compiled.length, log.released], [33, [1]]);
    assertEquals(prepare(0).program, 0);
    prepare(1);
    assertEquals([log.compiled.length, log.released], [34, [1, 2]]);
  });
  assertEquals(warnings.length, 1);
  entry.release();
  assertEquals(log.released.length, 34);
  assertEquals(new Set(log.released).size, 34);
});

Deno.test("a function that is traced for the eighth time warns, once, and says what to do", () => {
  function predict(x: Tensor): Tensor {
    return ops.exp(x);
  }
  const call = jitUntyped(predict);
  assertEquals(warningsOf(() => [1, 2, 3, 4, 5, 6, 7].forEach((size) => call(zeros([size])))), []);
  assertEquals(warningsOf(() => [1, 8, 9, 10, 11].forEach((size) => call(zeros([size])))), [
    "predict was traced 8 times, once for each signature that it was called with (shapes, dtypes, and arguments that " +
    'are no tensors, such as numbers); compile it with inputs that have open dims, such as input(["batch", 64]), and ' +
    "give what changes as tensors",
  ]);
});

Deno.test("a trace that fails at a call changes nothing, and the next call is traced anew", () => {
  const { log, entry } = counted((x: Tensor, y: Tensor) => ops.matmul(x, y));
  assertThrows(
    () => entry.prepare([zeros([2, 3]), zeros([2, 3])]),
    ShapeError,
    "Cannot matmul shapes [2, 3] and [2, 3]",
  );
  assertEquals(log.compiled, []);
  entry.prepare([zeros([2, 3]), zeros([3, 2])]);
  assertEquals(log.compiled.length, 1);
  const symbolic = assertThrows(() => entry.prepare([input([2, 3]), zeros([3, 2])]), TypeError);
  assert(symbolic.message.startsWith("Cannot call a compiled function with SymbolicTensor [2, 3] float32"));
});

Deno.test("a layer without inputs is built by its first compiled call, and traced again for another shape", () => {
  clearSession();
  const { log, entry } = counted(new Dense(2));
  assertThrows(() => entry.prepare([3]), ShapeError, "expected min_ndim=2");
  entry.prepare([zeros([4, 3])]);
  entry.prepare([[[1, 2, 3]]]);
  assertEquals(log.compiled.map((graph) => graph.outputs as Tensor).map(({ shape }) => shape) as unknown, [[4, 2], [
    1,
    2,
  ]]);
  assertStrictEquals(log.compiled[0]!.weights[0], log.compiled[1]!.weights[0]);
  assertEquals(log.compiled[0]!.weights.map(({ path }) => path), ["dense/kernel", "dense/bias"]);
});

Deno.test("shapes of results are known before a run where they do not depend on values", () => {
  const sizes = (target: unknown, ...args: readonly unknown[]) => {
    const { entry } = counted(target, ...args);
    return (...given: readonly unknown[]) => entry.prepare(given).outputs?.map(({ shape, dtype }) => [dtype, ...shape]);
  };
  const flat = sizes((x: Tensor) => [ops.reshape(x, [-1, 2]), ops.sum(x, { axis: 0 })], input(["n", null, 4]));
  assertEquals(flat(zeros([3, 2, 4])), [["float32", 12, 2], ["float32", 2, 4]]);
  assertEquals(flat(zeros([1, 5, 4])), [["float32", 10, 2], ["float32", 5, 4]]);
  assertEquals(flat(zeros([0, 5, 4])), [["float32", 0, 2], ["float32", 5, 4]]);
  const known = sizes((x: Tensor) => ops.reshape(x, [2, 2]), input([null]));
  assertEquals(known(zeros([4])), [["float32", 2, 2]]);
  assertThrows(() => known(zeros([5])), ShapeError);
});

class Scale extends Layer<Maps<"scale", ["n"], ["n"]>> {
  readonly factor = new Variable(tensor([2, 3]), { name: "factor", path: "scale/factor" });
  override call(x: Tensor): Tensor {
    return ops.multiply(x, this.factor);
  }
}

Deno.test("a weight that is assigned is seen by the next call, and by every call after", () => {
  const scale = new Scale();
  const call = jit(scale, input(["n"]));
  const results: unknown[] = [];
  const expected: unknown[] = [];
  // Enough calls between assignments for weights to become constants of the program again, and too few.
  for (const calls of [3, 70, 1, 64, 65, 2]) {
    for (let i = 0; i < calls; i++) results.push(array(call([1, 10])));
    const [a, b] = scale.factor.dataSync() as Float32Array;
    for (let i = 0; i < calls; i++) expected.push([a, b! * 10]);
    scale.factor.assign([a! + 1, b! - 1]);
  }
  assertEquals(results, expected);
});

Deno.test("assigned weights are seen whether they are constants of the program or its inputs, and after a release", () => {
  const scale = new Scale();
  const shared = new Variable(tensor([1, 1]), { path: "shared" });
  const graph = trace((x) => ops.add(scale(x), shared), input([2])) as Graph;
  const program = new MainProgram(graph);
  const run = () => {
    const [result] = program.run([{ shape: [2], dtype: "float32", data: new Float32Array([1, 10]) }], undefined);
    return Array.from(result!.data as Float32Array);
  };
  assertEquals([run(), run()], [[3, 31], [3, 31]]);
  shared.assign([5, 5]);
  for (let i = 0; i < 200; i++) assertEquals(run(), [7, 35], `${i}`);
  scale.factor.assign([0, 0]);
  assertEquals(run(), [5, 5]);
  program.release();
  assertEquals(run(), [5, 5]);
  program.release();
});

Deno.test("a compiled model, sequential and graph give what the model gives", () => {
  const x = input(["batch", 4]);
  const hidden = new Dense(8, { activation: "relu" })(x);
  const model = new Model({ inputs: x, outputs: { hidden, scores: new Dense(2)(hidden) } });
  const given = tensor(Float32Array.from({ length: 12 }, (_, i) => i / 7 - 1), [3, 4]);
  const eager = model(given);
  for (const compiled of [jit(model), jit(trace(model)), jit(model, x)]) {
    const { hidden, scores } = compiled(given);
    assertEquals([hidden.shape, scores.shape] as unknown, [[3, 8], [3, 2]]);
    const [got, want] = [scores.dataSync(), eager.scores.dataSync()];
    want.forEach((value, i) => assert(Math.abs(value - got[i]!) <= 1e-6));
  }
  const sequential = jit(new Sequential(new Lambda((x) => ops.add(x, 1)) as AnyLayer)) as unknown as Untyped;
  assertEquals(array(sequential([[1]])), [[2]]);
});

Deno.test("results do not change afterwards, and inputs are not changed", () => {
  const given = tensor([1, 2]);
  const call = jit((x) => ops.add(x, 1), input(["n"]));
  const first = call(given);
  call([10, 20]);
  assertEquals([first.array(), given.array()], [[2, 3], [1, 2]]);
  const same = jit((x) => x, input(["n"]));
  const passed = same(given);
  same([5, 6]);
  assertEquals(passed.array(), [1, 2]);
});
