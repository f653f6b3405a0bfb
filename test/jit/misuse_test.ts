import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import {
  type AnyLayer,
  type Anything,
  Dense,
  executingEagerly,
  input,
  Layer,
  ones,
  ops,
  type Tensor,
  tensor,
  trace,
  Variable,
} from "@strata/nn";
import { callUntyped } from "../layers/layer_test_harness.ts";

/** A tensor as a program may misuse it. */
interface Misused {
  dataSync(): Float32Array;
  data(): Promise<Float32Array>;
  array(): number[];
  item(): number;
  [Symbol.iterator](): Iterator<number>;
}

/** A layer whose `call` does `misuse` to the result of an op. */
class Careless extends Layer<Anything> {
  readonly #misuse: (x: Misused) => unknown;
  constructor(misuse: (x: Misused) => unknown) {
    super({ name: "careless" });
    this.#misuse = misuse;
  }
  override call(x: Tensor): Tensor {
    const squared = ops.square(x);
    this.#misuse(squared as unknown as Misused);
    return squared;
  }
}

const READ =
  "compute with ops on the tensor itself, return it to see its values, or call the layer with an eager tensor";
const ARITHMETIC = "use ops such as ops.add, ops.multiply, ops.less or ops.equal, and ops.where instead of branching";
const JOINED = "use ops.add or ops.equal, and ops.where instead of branching; in texts write `${tensor}`";
const ITERATION = "take its parts with ops.unstack, ops.split or ops.take, or compute on all of them at once";

const MISUSES: readonly (readonly [what: string, attempt: string, advice: string, (x: Misused) => unknown])[] = [
  ["reading all values", "read values", READ, (x) => x.dataSync()],
  ["awaiting the values", "read values", READ, (x) => x.data()],
  ["reading nested arrays", "read values", READ, (x) => x.array()],
  [
    "reading one value",
    "read a value",
    "use the tensor itself in ops; ops.where chooses by a value, ops.take picks by one",
    (x) => x.item(),
  ],
  ["a loop", "iterate over a symbolic tensor", ITERATION, (x) => {
    for (const value of x) return value;
  }],
  ["spreading", "iterate over a symbolic tensor", ITERATION, (x) => [...x]],
  ["making a typed array", "iterate over a symbolic tensor", ITERATION, (x) => new Float32Array(x as never)],
  [
    "branching on a comparison",
    "compute with a symbolic tensor by operators or compare it",
    ARITHMETIC,
    (x) => (x as unknown as number) > 0 ? 1 : 2,
  ],
  [
    "arithmetic",
    "compute with a symbolic tensor by operators or compare it",
    ARITHMETIC,
    (x) => (x as unknown as number) * 2,
  ],
  [
    "functions of numbers",
    "compute with a symbolic tensor by operators or compare it",
    ARITHMETIC,
    (x) => Math.sqrt(x as unknown as number),
  ],
  ["adding", "add a symbolic tensor by an operator or compare it", JOINED, (x) => (x as unknown as number) + 1],
  // deno-lint-ignore eqeqeq -- what it does is tested
  ["equality", "add a symbolic tensor by an operator or compare it", JOINED, (x) => (x as unknown as number) == 0],
];

for (const [what, attempt, advice, misuse] of MISUSES) {
  Deno.test(`${what} in a trace names the op and the layer, and says what to do instead`, () => {
    const layer = new Careless(misuse) as AnyLayer;
    const error = assertThrows(() => trace((x) => callUntyped(layer, x), input(["batch"])), TypeError);
    assertEquals(
      error.message.split("\n")[0],
      `Cannot ${attempt}: SymbolicTensor [batch] float32 (square in careless) stands for values that exist only when ` +
        `its graph runs; the layer being traced is careless; ${advice}`,
    );
    assertStringIncludes(error.message, "Raised while calling Careless.call() of layer careless");
    assertEquals([layer.built, executingEagerly()], [false, true]);
  });
}

Deno.test("in a function, which is no layer, the op is named", () => {
  const error = assertThrows(
    () => trace((x) => ops.multiply(x, (ops.mean(x) as unknown as Misused).item()), input(["batch"])),
    TypeError,
  );
  assertEquals(
    error.message,
    "Cannot read a value: SymbolicTensor [] float32 (mean) stands for values that exist only when its graph runs; " +
      "use the tensor itself in ops; ops.where chooses by a value, ops.take picks by one",
  );
});

Deno.test("what the advice says works", () => {
  const graph = trace((x) => {
    const [first, second] = ops.unstack(x, { axis: 1 });
    return ops.where(ops.less(first!, second!), ops.add(first!, 1), ops.take(x, 0, { axis: 1 }));
  }, input(["batch", 2]));
  assertEquals(graph.outputs.shape as unknown, ["batch"]);
});

Deno.test("awaiting a symbolic tensor gives the tensor, and a trace refuses what is not synchronous", () => {
  const error = assertThrows(
    () => trace((async (x: Tensor) => ops.exp(await x)) as unknown as (x: Tensor) => Tensor, input([1])),
    TypeError,
  );
  assertEquals(
    error.message,
    "Cannot trace graph: it returned a promise: expected tensors; a trace records what is done before the function " +
      "returns, so it must be synchronous",
  );
});

Deno.test("the values of a variable cannot be read in a trace, in any way", () => {
  const state = new Variable(tensor([3]), { path: "layer/state" });
  const readers: readonly (() => unknown)[] = [
    () => state.value,
    () => state.dataSync(),
    () => state.data(),
    () => state.array(),
    () => state.item(),
  ];
  const text = "Cannot read the values of variable layer/state in a trace: a run of the graph may find others";
  for (const read of readers) {
    const inLayer = new Careless(read) as AnyLayer;
    const error = assertThrows(() => callUntyped(inLayer, input([1])), TypeError);
    assertEquals(
      error.message.split("\n")[0],
      `${text}; the layer being traced is careless; use the variable itself as a tensor in ops`,
    );
    const inFunction = assertThrows(() => trace((x) => (read(), x), input([1])), TypeError);
    assertEquals(inFunction.message, `${text}; use the variable itself as a tensor in ops`);
  }
  // Outside, and where initializers run, they can.
  assertEquals(state.item(), 3);
});

Deno.test("a layer that is built in a trace may compute its first values from others", () => {
  class Copies extends Layer<Anything> {
    readonly source = new Dense(2, { name: "source" });
    copy!: Variable;
    override build(): void {
      this.source.build([null, 2]);
      this.copy = this.addWeight({ shape: [2], name: "copy", initializer: "ones" });
      this.copy.assign([1, 1].map((one) => one * this.source.kernel.dataSync().length));
    }
    override call(x: Tensor): Tensor {
      return ops.multiply(x, this.copy);
    }
  }
  const layer = new Copies();
  const graph = trace((x) => callUntyped(layer, x), input(["batch", 2]));
  assertEquals([graph.updates.size, layer.copy.array() as unknown], [0, [4, 4]]);
});

Deno.test("texts of symbolic tensors can be made in a trace, and JSON cannot", () => {
  const texts: string[] = [];
  trace((x) => {
    texts.push(`${x}`, String(x), [x].join());
    assertThrows(() => JSON.stringify([x]), TypeError, "Cannot write values as JSON: SymbolicTensor [batch] float32");
    return x;
  }, input(["batch"], { name: "x" }));
  const text = "SymbolicTensor [batch] float32 (input x)";
  assertEquals(texts, [text, text, text]);
  assert(ones([1]).kind === "eager");
});
