import { assertEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import { type AnyLayer, BatchNormalization, Dense, Dropout, EagerTensor, input, jit, Layer, Model } from "@strata/nn";
import {
  type Anything,
  modelToJson,
  ops,
  type SymbolicTensor,
  type Tensor,
  tensor,
  trace,
  Variable,
  WorkerPool,
} from "@strata/nn";
import type { Graph } from "../../src/graph/graph.ts";
import { mixedBy } from "../../src/graph/rows.ts";
import { leavesOf, type Structure } from "../../src/tensor/structure.ts";
import { checkSame, type Untyped } from "../jit/both_ways.ts";
import { callUntyped } from "../layers/layer_test_harness.ts";

// The types of what these tests call are tested below; elsewhere they would only be in the way.
// deno-lint-ignore no-explicit-any
type Loose = (...inputs: any[]) => any;
const o = ops as unknown as Readonly<Record<keyof typeof ops, Loose>>;
const jitLoose = jit as unknown as (fn: unknown, ...inputs: readonly unknown[]) => Untyped;
const traceLoose = trace as unknown as (fn: unknown, ...inputs: readonly unknown[]) => Graph;

const high = tensor([[1, 2, 3], [4, 5, 6]]);
const low = tensor([[0, 1, 0]]);
const rows = input(["rows", 3]);
const isHigh = (x: unknown) => o.greater(o.sum(x), 10);

const leaves = (results: unknown) => leavesOf(results as Structure<EagerTensor>);

/** Compares a call, eagerly and compiled, and what variables are afterwards. */
function checkState(make: () => { readonly fn: Untyped; readonly variables: readonly Variable[] }): void {
  const [once, twice] = [make(), make()];
  const compiled = jitLoose(twice.fn, rows);
  for (const x of [high, low, high]) {
    const expected = [...leaves(once.fn(x)), ...once.variables.map(({ value }) => value)];
    checkSame("compiled", [...leaves(compiled(x)), ...twice.variables.map(({ value }) => value)], expected, 1e-6);
  }
}

Deno.test("layers are called in branches, and built there", () => {
  const [first, second] = [new Dense(2), new Dense(2)] as unknown as [AnyLayer, AnyLayer];
  const fn: Untyped = (x) => o.cond(isHigh(x), () => callUntyped(first, x), () => callUntyped(second, o.negative(x)));
  const compiled = jitLoose(fn, rows);
  for (const x of [high, low]) checkSame("compiled", leaves(compiled(x)), leaves(fn(x)), 1e-6);
  checkSame("first", leaves(fn(high)), [callUntyped(first, high) as EagerTensor], 0);
});

Deno.test("a branch that is not taken assigns nothing, and what it assigns is read after it", () => {
  checkState(() => {
    const v = new Variable(tensor([0, 0, 0]));
    return {
      variables: [v],
      fn: (x) => {
        v.assign(o.add(v, 1));
        const taken = o.cond(isHigh(x), () => v.assign(o.add(v, 10)), () => o.multiply(v, 2));
        return [taken, o.add(v, 0)];
      },
    };
  });
});

Deno.test("what a step assigns the next step reads", () => {
  checkState(() => {
    const v = new Variable(tensor([0, 0, 0]));
    const step = (row: Tensor) => o.sum(v.assign(o.add(o.multiply(v, 0.5), row)));
    return { variables: [v], fn: (x) => [o.map(step, x), o.add(v, 0)] };
  });
});

Deno.test("each step draws numbers of its own, and the generator moves on", () => {
  checkState(() => {
    const generator = new ops.SeedGenerator(5);
    const fn: Untyped = (x) => o.map(() => o.randomUniform([2], { seed: generator }), x);
    return { fn, variables: [generator.state as unknown as Variable] };
  });
  checkState(() => {
    const dropout = new Dropout(0.5, { seed: 3 }) as unknown as AnyLayer;
    const step = (sum: Tensor, row: Tensor) => [o.add(sum, callUntyped(dropout, row, { training: true })), null];
    return { fn: (x) => o.scan(step, tensor([0, 0, 0]), x)[0], variables: dropout.variables };
  });
});

Deno.test("normalization in training keeps its moving averages only where its branch is taken", () => {
  checkState(() => {
    const layer = new BatchNormalization() as unknown as AnyLayer;
    callUntyped(layer, high);
    const fn: Untyped = (x) => o.cond(isHigh(x), () => callUntyped(layer, x, { training: true }), () => x);
    return { fn, variables: layer.variables };
  });
});

/** A recurrent layer of one's own: rows one after the other. */
class Rows extends Layer<Anything> {
  readonly dense = new Dense(3, { name: "dense" });
  override call(x: Tensor): Tensor {
    const step = (state: Tensor, row: Tensor) => {
      const made = callUntyped(this.dense as unknown as AnyLayer, o.expandDims(row, 0));
      const next = o.tanh(o.add(o.squeeze(made, { axis: 0 }), state));
      return [next, next];
    };
    return o.scan(step, tensor([0, 0, 0]), x)[1];
  }
}

Deno.test("a recurrent layer of one's own runs eagerly, compiled, in a model and on a pool", async () => {
  const layer = new Rows({ name: "rows" }) as unknown as AnyLayer;
  const expected = [callUntyped(layer, high) as EagerTensor];
  assertEquals(layer.weights.map(({ path }) => path), ["rows/dense/kernel", "rows/dense/bias"]);
  checkSame("compiled", leaves(jitLoose(layer, rows)(high)), expected, 1e-6);
  const model = new Model({ inputs: rows, outputs: callUntyped(layer, rows) as SymbolicTensor }) as unknown as AnyLayer;
  checkSame("model", [callUntyped(model, high) as EagerTensor], expected, 1e-6);
  await using pool = new WorkerPool({ workers: 1, batch: true });
  const pooled = await (pool.compile as unknown as Loose).call(pool, layer, rows);
  checkSame("pool", leaves(await Promise.all([pooled(high), pooled(high)])), [...expected, ...expected], 1e-6);
});

Deno.test("branches between the layers of a model run, in a pool too, and never join runs", async () => {
  const [first, second] = [new Dense(2), new Dense(2)] as unknown as [AnyLayer, AnyLayer];
  const outputs = o.cond(isHigh(rows), () => callUntyped(first, rows), () => callUntyped(second, rows));
  const model = new Model({ inputs: rows, outputs }) as unknown as AnyLayer;
  const graph = traceLoose(model);
  assertEquals(
    /mixes rows$/.test(mixedBy(graph.nodes, [rows], leavesOf(graph.outputs as Structure<SymbolicTensor>)) ?? ""),
    true,
  );
  await using pool = new WorkerPool({ workers: 1, batch: true });
  const pooled = await (pool.compile as unknown as Loose).call(pool, model);
  const results = await Promise.all([pooled(high), pooled(low)]);
  const expected = [callUntyped(first, high), callUntyped(second, low)] as EagerTensor[];
  checkSame("pool", leaves(results), expected, 1e-6);
  checkSame("eagerly", [callUntyped(model, high), callUntyped(model, low)] as EagerTensor[], expected, 1e-6);
  assertThrows(
    () => modelToJson(model as never),
    TypeError,
    "it has no class in Keras; put it into a layer of its own",
  );
});

Deno.test("only one branch is called where the predicate has a value, in a trace too", () => {
  const called: string[] = [];
  const branches = [() => (called.push("a"), high), () => (called.push("b"), low)] as const;
  o.cond(true, ...branches);
  o.cond(tensor(0), ...branches);
  o.cond(o.greater(3, 2), ...branches);
  jitLoose((x: Tensor) => o.add(x, o.cond(false, ...branches)), rows)(high);
  assertEquals(called, ["a", "b", "a", "b"]);
});

Deno.test("a loop may ask for what has no values yet, outside a trace too", () => {
  const limit = input([]);
  const count = o.whileLoop((i: Tensor) => o.less(i, limit), (i: Tensor) => o.add(i, 1), tensor(0));
  const model = new Model({ inputs: limit, outputs: count }) as unknown as AnyLayer;
  assertEquals((callUntyped(model, tensor(7)) as EagerTensor).item(), 7);
});

Deno.test("every dtype is handed on from step to step, and goes through a branch", () => {
  for (const dtype of ["float32", "float64", "float16", "int32", "int64", "uint8", "bool"] as const) {
    const x = tensor([0, 1, 1], { dtype }) as EagerTensor;
    const fn: Untyped = (x) => [
      ...o.scan((s: Tensor, part: Tensor) => [o.maximum(s, part), s], o.take(x, 0, { axis: 0 }), x),
      o.cond(o.any(x), () => o.flip(x), () => x),
    ];
    checkSame(dtype, leaves(jitLoose(fn, input([null], { dtype }))(x)), leaves(fn(x)), 0);
    const none = new EagerTensor([0], dtype, x.dataSync().slice(0, 0));
    const sums: Untyped = (x) => o.scan((s: Tensor, part: Tensor) => [part, s], tensor(1, { dtype }), x);
    checkSame(dtype, leaves(jitLoose(sums, input([null], { dtype }))(none)), leaves(sums(none)), 0);
  }
});

const REFUSED: readonly (readonly [sentence: string, fn: (x: Tensor) => unknown])[] = [
  [
    "Cannot choose a branch: expected both to give shape [rows, 3], received shape [] where it is false",
    (x) => o.cond(isHigh(x), () => x, () => o.sum(x)),
  ],
  [
    "Cannot choose a branch: expected both to give dtype float32, received dtype int32 where it is false",
    (x) => o.cond(isHigh(x), () => x, () => o.cast(x, "int32")),
  ],
  [
    "Cannot choose a branch: expected both to give { a: tensor }, received [tensor] where it is false",
    (x) => o.cond(isHigh(x), () => ({ a: x }), () => [x]),
  ],
  [
    "Cannot choose a branch: expected predicate of shape [], received shape [rows, 3]",
    (x) => o.cond(o.greater(x, 1), () => x, () => x),
  ],
  ["Cannot choose a branch: expected at least one, received none", () => o.switch(0, [])],
  [
    "Cannot scan: expected state 0 to keep its shape [2], received shape []",
    (x) => o.scan((_: Tensor, row: Tensor) => [o.sum(row), null], tensor([1, 2]), x),
  ],
  [
    "Cannot scan: expected a step to give a state [tensor, tensor], received tensor",
    (x) => o.scan(([a]: Tensor[]) => [a, null], [tensor(1), tensor(2)], x),
  ],
  [
    "Cannot scan: expected a step to give a pair of state and result, received object",
    (x) => o.scan((s: Tensor) => s, tensor(1), x),
  ],
  ["Cannot scan: expected tensors to go through, or a length", () => o.scan((s: Tensor) => [s, s], 0, null)],
  [
    "Cannot scan: expected length to be a non-negative integer, received -1",
    (x) => o.scan((s: Tensor) => [s, s], 0, x, { length: -1 }),
  ],
  [
    "Cannot scan: expected unroll to be a positive integer or a boolean, received 0",
    (x) => o.scan((s: Tensor) => [s, s], 0, x, { unroll: 0 }),
  ],
  [
    "Cannot apply scan: it has no option backwards, received true; There are length, reverse, unroll",
    (x) => o.scan((s: Tensor) => [s, s], 0, x, { backwards: true }),
  ],
  [
    "Cannot apply whileLoop: it has no option max, received 3; There are maximumIterations",
    (x) => o.whileLoop(() => false, (s: Tensor) => s, x, { max: 3 }),
  ],
  ["Cannot map: expected tensors with an axis 0, received shape []", (x) => o.map((y: Tensor) => y, o.sum(x))],
  [
    "Cannot map: expected size 1 of axis 0, received shape [2]",
    () => o.map((y: Tensor) => y, [tensor([1]), tensor([1, 2])]),
  ],
  ["Cannot map: expected tensors, or arrays and records of tensors, received string", (x) => o.map(() => "a", x)],
  [
    "Cannot map: expected tensors, or arrays and records of tensors, received a promise",
    (x) => o.map((y: Tensor) => Promise.resolve(y), x),
  ],
  [
    "Cannot repeat a step: expected state 0 to keep its dtype float32, received dtype bool",
    (x) => o.whileLoop((s: Tensor) => o.less(s, 3), (s: Tensor) => o.less(s, 4), o.sum(x)),
  ],
  [
    "Cannot repeat a step: expected a condition of shape [], received shape [rows, 3]",
    (x) => o.whileLoop((s: Tensor) => o.less(s, 3), (s: Tensor) => o.add(s, 4), x),
  ],
  [
    "Cannot repeat a step for each integer: expected integers as bounds, received dtype float32",
    (x) => o.foriLoop(0.5, 3, (_: Tensor, s: Tensor) => s, x),
  ],
];

Deno.test("what cannot be a branch or a loop is refused in a sentence", () => {
  for (const [sentence, fn] of REFUSED) {
    const error = assertThrows(() => jitLoose(fn, rows)(high), Error, undefined, sentence);
    assertEquals(error.message.split("\n")[0], sentence);
  }
  const generator = new ops.SeedGenerator(1, { name: "noise" });
  assertThrows(
    () => o.map(() => o.randomUniform([2], { seed: generator }), rows),
    TypeError,
    "Cannot map: variable noise/seed_generator_state is assigned for values that exist only when the graph runs: " +
      "expected a layer or a traced function around it, which assigns it in each run, received neither",
  );
});

Deno.test("types know the structures, shapes, dtypes and kinds of results", () => {
  const x = tensor([1, 2, 3]);
  const open = input(["batch", 4]);
  type Three = EagerTensor<readonly [3], "float32">;
  const squares = () => ops.map((part) => ops.square(part), x);
  assertType<IsExact<ReturnType<typeof squares>, Three>>(true);
  const chosen = () => ops.cond(ops.greater(ops.sum(open), 0), () => open, () => ops.square(open));
  assertType<IsExact<ReturnType<typeof chosen>, SymbolicTensor<readonly ["batch", 4], "float32">>>(true);
  const record = () => ops.cond(true, () => ({ p: x }), () => ({ p: x }));
  assertType<IsExact<ReturnType<typeof record>, { readonly p: Three }>>(true);
  const scanned = () => ops.scan((sum, part) => [ops.add(sum, part), ops.multiply(sum, part)] as const, tensor(0), x);
  type Scalar = EagerTensor<readonly [], "float32">;
  assertType<IsExact<ReturnType<typeof scanned>, readonly [state: Scalar, results: Three]>>(true);
  const repeated = () => ops.whileLoop((y) => ops.less(y, 100), (y) => ops.multiply(y, 2), tensor(3));
  assertType<IsExact<ReturnType<typeof repeated>, Scalar>>(true);
  const counted = () => ops.foriLoop(1, 5, (i, product) => ops.multiply(product, i), x);
  assertType<IsExact<ReturnType<typeof counted>, Three>>(true);
  assertEquals(counted().array(), [24, 48, 72]);
});
