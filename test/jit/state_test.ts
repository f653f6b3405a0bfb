import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  type AnyLayer,
  type Anything,
  Dropout,
  DTypeError,
  type EagerTensor,
  type Graph,
  input,
  jit,
  Lambda,
  Layer,
  Model,
  ones,
  ops,
  Sequential,
  ShapeError,
  type Tensor,
  tensor,
  trace,
  Variable,
  zeros,
} from "@strata/nn";
import { modelOf } from "../../src/emission/graph_model.ts";
import { callUntyped } from "../layers/layer_test_harness.ts";

type Untyped = (...inputs: readonly unknown[]) => EagerTensor;
const jitUntyped = jit as unknown as (target: unknown, ...inputs: readonly unknown[]) => Untyped;

const array = (x: EagerTensor): unknown => x.array();

/** What each of `times` calls of a function gives, and what is in the variable then. */
function sequence(call: () => EagerTensor, times: number, state?: Variable): unknown[] {
  return Array.from({ length: times }, () => state === undefined ? array(call()) : [array(call()), state.array()]);
}

/** Running means of what it is called with, as in batch normalisation: mean <- 0.5 mean + 0.5 (mean of x). */
class RunningMean extends Layer<Anything> {
  readonly mean = new Variable(zeros([2]), { name: "mean", path: "running_mean/mean", trainable: false });
  constructor() {
    super({ name: "running_mean" });
  }
  override call(x: Tensor, { training }: { training?: boolean }): Tensor {
    if (training === true) {
      this.mean.assign(ops.add(ops.multiply(this.mean, 0.5), ops.multiply(ops.mean(x, { axis: 0 }), 0.5)));
    }
    return ops.subtract(x, this.mean);
  }
}

Deno.test("a moving average goes on from run to run, as it does eagerly", () => {
  const [eager, traced] = [new RunningMean(), new RunningMean()];
  const predict = jitUntyped(traced, input(["batch", 2]), { training: true });
  const batches = [[[2, 4]], [[4, 8], [8, 16]], [[1, 1]]];
  // By hand: 0.5 * 0 + 0.5 * [2, 4]; 0.5 * [1, 2] + 0.5 * [6, 12]; 0.5 * [3.5, 7] + 0.5 * [1, 1].
  const means = [[1, 2], [3.5, 7], [2.25, 4]];
  batches.forEach((batch, index) => {
    const expected = batch.map((row) => row.map((value, column) => value - means[index]![column]!));
    assertEquals(array(predict(batch)), expected);
    assertEquals(array(callUntyped(eager, batch, { training: true }) as EagerTensor), expected);
    assertEquals([traced.mean.array(), eager.mean.array()] as unknown, [means[index], means[index]]);
  });
  // Outside training nothing is assigned, and the mean of now is read.
  const infer = jitUntyped(traced, input(["batch", 2]));
  assertEquals([array(infer([[0, 0]])), traced.mean.array()] as unknown, [[[-2.25, -4]], [2.25, 4]]);
  traced.mean.assign([10, 20]);
  assertEquals(array(infer([[0, 0]])), [[-10, -20]]);
  assertEquals(array(predict([[0, 0]])), [[-5, -10]]);
});

Deno.test("the graph takes the state, and gives the next one", () => {
  const graph = trace(new RunningMean(), input(["batch", 2], { name: "x" }), { training: true });
  const { inputs, outputs, initializers } = modelOf(graph as Graph).graph;
  assertEquals(inputs.map(({ name, dtype, shape }) => [name, dtype, shape]) as unknown, [
    ["x", "float32", ["batch", 2]],
    ["running_mean/mean", "float32", [2]],
  ]);
  assertEquals(outputs.map(({ name, shape }) => [name, shape]) as unknown, [
    ["output", ["batch", 2]],
    ["running_mean/mean/next", [2]],
  ]);
  assertEquals(initializers.filter(({ name }) => name.includes("mean")), []);
  assertEquals(Array.from(graph.updates.keys(), ({ path }) => path), ["running_mean/mean"]);
});

Deno.test("what is assigned is read by what comes behind, in the same run", () => {
  const state = new Variable(tensor([1]), { path: "state" });
  const call = jit((x) => {
    const before = ops.add(state, 0);
    state.assign(ops.add(state, x));
    const between = ops.multiply(state, 10);
    state.assign(ops.multiply(state, 2));
    return [before, between, state];
  }, input([1]));
  const run = (x: number) => call([x]).map((result) => result.array());
  assertEquals(run(3), [[1], [40], [8]]);
  assertEquals(run(2), [[8], [100], [20]]);
  assertEquals(state.array(), [20]);
});

Deno.test("a variable that is returned has the value that it was assigned, as eagerly", () => {
  const counter = new Variable(tensor(0), { path: "counter" });
  const count = jit(() => {
    counter.assign(ops.add(counter, 1));
    return counter;
  });
  assertEquals([count().item(), count().item(), counter.item()], [1, 2, 2]);
});

Deno.test("constants and other variables can be assigned; two variables can be exchanged", () => {
  const [a, b] = [new Variable(tensor([1, 2]), { path: "a" }), new Variable(tensor([3, 4]), { path: "b" })];
  const swap = jit((x) => {
    const first = ops.add(a, 0);
    a.assign(b);
    b.assign(first);
    return ops.add(x, a);
  }, input([2]));
  assertEquals([swap([0, 0]).array(), a.array(), b.array()], [[3, 4], [3, 4], [1, 2]]);
  assertEquals([swap([0, 0]).array(), a.array(), b.array()], [[1, 2], [1, 2], [3, 4]]);
  const reset = jit((x) => {
    a.assign([7, 8]);
    b.assign(tensor([9, 9]));
    return ops.add(ops.add(x, a), b);
  }, input([2]));
  assertEquals([reset([1, 1]).array(), a.array(), b.array()], [[17, 18], [7, 8], [9, 9]]);
  a.assign([0, 0]);
  assertEquals([reset([1, 1]).array(), a.array()], [[17, 18], [7, 8]]);
});

Deno.test("tracing assigns nothing", () => {
  const state = new Variable(tensor([1]), { path: "state" });
  const graph = trace((x) => {
    state.assign([5]);
    state.assign(ops.add(state, x));
    return x;
  }, input([1]));
  assertEquals(state.array(), [1]);
  assertEquals(graph.updates.size, 1);
});

Deno.test("a wrong shape or dtype is refused while tracing", () => {
  const state = new Variable(zeros([2]), { path: "layer/state" });
  const assigning = (value: (x: Tensor) => Parameters<typeof state.assign>[0]) => () =>
    trace((x) => (state.assign(value(x)), x), input(["batch", 2]));
  const shape = "Cannot assign to variable layer/state: expected a value of shape [2], received shape";
  assertEquals(assertThrows(assigning((x) => x), ShapeError).message, `${shape} [batch, 2]`);
  assertEquals(assertThrows(assigning(() => [1, 2, 3]), ShapeError).message, `${shape} [3]`);
  assertEquals(assertThrows(assigning(() => zeros([1])), ShapeError).message, `${shape} [1]`);
  const int = new Variable(tensor([1, 2], { dtype: "int32" }), { path: "int" });
  for (const value of [(x: Tensor) => ops.cast(ops.sum(x, { axis: 0 }), "float64"), () => int]) {
    assertEquals(
      assertThrows(assigning(value), DTypeError).message,
      `Cannot assign to variable layer/state: expected a value of dtype float32, received ${
        value(zeros([1, 2])).dtype
      }`,
    );
  }
  assertEquals(state.array(), [0, 0]);
  // Values that are there already are converted, as eagerly.
  const convert = jit((x) => (state.assign(tensor([1, 2], { dtype: "int32" })), ops.add(x, state)), input([2]));
  assertEquals([convert([0, 0]).array(), state.array()], [[1, 2], [1, 2]]);
});

Deno.test("runs one after another draw what eager calls draw", () => {
  const x = ones([3, 4]);
  const cases: { readonly [what: string]: (seed: number) => (x: Tensor) => Tensor } = {
    "a layer of dropout": (seed) => {
      const layer = new Dropout(0.5, { seed });
      return (x) => callUntyped(layer as AnyLayer, x, { training: true });
    },
    "two layers with a generator each": (seed) => {
      const model = new Sequential(new Dropout(0.25, { seed }), new Dropout(0.5, { seed: seed + 1 }));
      return (x) => callUntyped(model, x, { training: true });
    },
    "an op and a generator": (seed) => {
      const generator = new ops.SeedGenerator(seed);
      return (x) => ops.dropout(x, 0.5, { seed: generator });
    },
    "two ops and one generator": (seed) => {
      const generator = new ops.SeedGenerator(seed);
      const draw = () => ops.randomUniform([3, 4], { seed: generator });
      return (x) => ops.add(x, ops.subtract(draw(), draw()));
    },
    "the global generator": (seed) => {
      ops.setRandomSeed(seed);
      return (x) => ops.add(ops.dropout(x, 0.5), ops.randomNormal([3, 4]));
    },
    "a fixed seed": (seed) => (x) => ops.dropout(x, 0.5, { seed }),
    "a layer inside a layer": (seed) => {
      const dropout = new Dropout(0.5, { seed });
      const outer = new Lambda((x) => dropout(x, { training: true }) as Tensor);
      return (x) => callUntyped(outer as AnyLayer, x);
    },
  };
  for (const [what, make] of Object.entries(cases)) {
    const eager = make(11);
    const expected = sequence(() => eager(x) as EagerTensor, 4);
    for (const open of [[3, 4], ["batch", 4], [null, null]] as const) {
      const traced = jitUntyped(make(11), input(open));
      assertEquals(sequence(() => traced(x), 4), expected, `${what}, ${open}`);
    }
    const unseen = jitUntyped(make(11));
    assertEquals(sequence(() => unseen(x), 4), expected, what);
    const different = new Set(expected.map((draw) => JSON.stringify(draw))).size;
    assertEquals(different, what === "a fixed seed" ? 1 : 4, what);
  }
});

Deno.test("eager calls and runs of a graph move one generator on together", () => {
  const x = ones([16]);
  const [alone, shared] = [new Dropout(0.5, { seed: 2 }), new Dropout(0.5, { seed: 2 })];
  const expected = sequence(() => alone(x, { training: true }), 4);
  const traced = jitUntyped(shared, input([16]), { training: true });
  const eager = () => shared(x, { training: true });
  assertEquals([traced(x), eager(), traced(x), eager()].map(array), expected);
});

Deno.test("one generator drawn from twice moves on by two, and by as many in a graph of several layers", () => {
  const generator = new ops.SeedGenerator(5, { name: "twice" });
  const graph = trace((x) => ops.add(ops.dropout(x, 0.5, { seed: generator }), generator.next()), input([2]));
  const run = jit(graph);
  run([1, 1]);
  assertEquals(generator.state.array() as unknown, [5n, 2n]);
  run([1, 1]);
  assertEquals(generator.state.array() as unknown, [5n, 4n]);
});

Deno.test("functional models draw anew in each run, layers and ops between layers too", () => {
  const make = () => {
    const x = input(["batch", 8]);
    const generator = new ops.SeedGenerator(9);
    const dropped = new Dropout(0.5, { seed: 4 })(x, { training: true });
    const again = ops.dropout(ops.dropout(dropped, 0.25, { seed: generator }), 0.25, { seed: generator });
    return new Model({ inputs: x, outputs: again });
  };
  const x = ones([2, 8]);
  const eager = make();
  const expected = sequence(() => eager(x), 4);
  const traced = jit(make());
  assertEquals(sequence(() => traced(x), 4), expected);
  assertEquals(new Set(expected.map((draw) => JSON.stringify(draw))).size, 4);
  assertEquals(trace(make()).updates.size, 2);
});

Deno.test("training is handed down to the layers of functional models", () => {
  const x = input(["batch", 64]);
  const model = new Model({ inputs: x, outputs: new Dropout(0.5, { seed: 1 })(x) });
  assertEquals(array(jit(model)(ones([1, 64]))), array(ones([1, 64])));
  const training = jitUntyped(model, x, { training: true })(ones([1, 64])).dataSync();
  assertEquals(new Set(training as Float32Array), new Set([0, 2]));
});

Deno.test("a compiled function inside a trace becomes part of it, with its state", () => {
  const counter = new Variable(tensor([0]), { path: "counter" });
  const inner = jit((x) => {
    counter.assign(ops.add(counter, 1));
    return ops.add(x, counter);
  }, input([1]));
  const fromGraph = jitUntyped(
    trace((x) => (counter.assign(ops.multiply(counter, 2)), ops.add(x, counter)), input([1])),
  );
  const graph = trace((x) => fromGraph(inner(x as unknown as EagerTensor)) as Tensor, input([1]));
  assertEquals([counter.array(), graph.inputs.length, graph.updates.size], [[0], 1, 1]);
  const run = jit(graph);
  // 10 + 1 + 2, then 10 + 3 + 6.
  assertEquals([run([10]).array(), counter.array()], [[13], [2]]);
  assertEquals([run([10]).array(), counter.array()], [[19], [6]]);
  const late = jit((x: Tensor) => ops.exp(x));
  assertEquals(trace((x) => late(x as unknown as EagerTensor) as Tensor, input(["n"])).nodes.length, 1);
});

Deno.test("a run that fails leaves the state as it was", () => {
  const state = new Variable(tensor([1]), { path: "state" });
  const call = jit(
    (x, index) => {
      state.assign(ops.add(state, 1));
      return ops.take(x, index);
    },
    input(["batch"]),
    input([1], { dtype: "int32" }),
  );
  const good = tensor([0], { dtype: "int32" });
  assertEquals(call([5], good).array(), [5]);
  assertThrows(() => call([5], tensor([7], { dtype: "int32" })));
  assertThrows(() => (call as unknown as Untyped)([[5]], good), ShapeError);
  assertEquals(state.array(), [2]);
  assertEquals(call([6], good).array(), [6]);
  assert(state.array()[0] === 3);
});
