import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  Dense,
  Dropout,
  DTypeError,
  type EagerTensor,
  input,
  jit,
  Model,
  ones,
  ops,
  randomNormal,
  Sequential,
  type Tensor,
  tensor,
  trace,
  WorkerPool,
  type WorkerPoolOptions,
} from "@strata/nn";
import { HAS_ADAPTER } from "../engine/adapter.ts";
import { within } from "../within.ts";

/** Relative where numbers are larger than 1: the device adds in another order. */
const TOLERANCE = 1e-5;

function gpuTest(name: string, options: WorkerPoolOptions, run: (pool: WorkerPool) => Promise<void>): void {
  Deno.test({
    name: `a pool on the graphics device ${name}`,
    ignore: !HAS_ADAPTER,
    async fn() {
      await using pool = new WorkerPool({ provider: "webgpu", ...options });
      await within(`a pool on the graphics device that ${name}`, run(pool), 120_000);
    },
  });
}

function assertClose(received: Tensor, expected: Tensor, what = ""): void {
  const [a, b] = [received, expected].map((tensor) => (tensor as EagerTensor).dataSync() as Float32Array) as [
    Float32Array,
    Float32Array,
  ];
  assertEquals(received.shape, expected.shape);
  for (const [index, value] of a.entries()) {
    const difference = Math.abs(value - b[index]!);
    assert(difference <= TOLERANCE * Math.max(1, Math.abs(b[index]!)), `${what} differs by ${difference} at ${index}`);
  }
}

function network(): Sequential {
  return new Sequential(input(["batch", 64]), new Dense(32, { activation: "relu" }), new Dense(10)) as never;
}

gpuTest("has one worker, and gives the numbers of the processor for every batch", {}, async (pool) => {
  const model = network();
  const predict = await pool.compile(model) as unknown as (x: Tensor) => Promise<EagerTensor>;
  assertEquals(pool.stats().workers.length, 1);
  for (const batch of [1, 3, 32]) {
    const x = randomNormal([batch, 64], { seed: batch });
    assertClose(await predict(x), (model as unknown as (x: Tensor) => Tensor)(x), `batch ${batch}`);
  }
});

gpuTest("runs many calls one after the other, and results do not cross", {}, async (pool) => {
  const scaled = await pool.compile((x) => ops.multiply(ops.exp(x), 2), input(["n"]));
  const results = await Promise.all(Array.from({ length: 200 }, (_, index) => scaled(tensor([index / 100, 1]))));
  for (const [index, result] of results.entries()) {
    assertClose(result, tensor([2 * Math.exp(index / 100), 2 * Math.E]), `call ${index}`);
  }
});

gpuTest("keeps the structure of inputs and outputs", {}, async (pool) => {
  const [a, b] = [input(["batch", 4], { name: "a" }), input(["batch", 2], { name: "b" })];
  const joined = ops.concatenate([a, b], { axis: -1 });
  const model = new Model({ inputs: { a, b }, outputs: { joined, sums: ops.sum(joined, { axis: 1 }) } });
  const run = await pool.compile(model);
  const { joined: whole, sums } = await run({ a: tensor([[1, 2, 3, 4]]), b: tensor([[5, 6]]) });
  assertEquals(whole.array(), [[1, 2, 3, 4, 5, 6]]);
  assertEquals(sums.array(), [21]);
});

gpuTest("sees weights that are assigned between calls", {}, async (pool) => {
  const layer = new Dense(1, { kernelInitializer: "ones", useBias: false }).build([null, 3]);
  const run = await pool.compile(layer, input(["batch", 3]));
  const x = tensor([[1, 2, 3]]);
  const calls: Promise<EagerTensor>[] = [];
  for (let factor = 1; factor <= 5; factor++) {
    layer.kernel.assign([[factor], [factor], [factor]]);
    calls.push(run(x));
  }
  assertEquals((await Promise.all(calls)).map((result) => result.array()), [[[6]], [[12]], [[18]], [[24]], [[30]]]);
});

gpuTest("gives the outputs and the new state", {}, async (pool) => {
  const run = await pool.compile(new Dropout(0.5, { seed: 1 }), input(["n"]), { training: true });
  const eager = jit(new Dropout(0.5, { seed: 1 }), input(["n"]), { training: true });
  for (let call = 0; call < 3; call++) assertEquals((await run(ones([16]))).array(), eager(ones([16])).array());
});

gpuTest("joins calls", { batch: { maxSize: 16, maxDelay: 50 } }, async (pool) => {
  const model = network();
  const predict = await pool.compile(model) as unknown as (x: Tensor) => Promise<EagerTensor>;
  const rows = Array.from({ length: 32 }, (_, row) => randomNormal([1, 64], { seed: row }));
  const results = await Promise.all(rows.map((row) => predict(row)));
  for (const [index, result] of results.entries()) {
    assertClose(result, (model as unknown as (x: Tensor) => Tensor)(rows[index]!), `row ${index}`);
  }
  assertEquals(pool.stats().batches, { runs: 2, calls: 32 });
});

gpuTest("computes what the device has no kernel for on the processor", {}, async (pool) => {
  const run = await pool.compile((x) => ({ sorted: ops.sort(x), rounded: ops.round(x) }), input(["n"]));
  const { sorted, rounded } = await run(tensor([2.5, -1.5, 0.5]));
  assertEquals(sorted.array(), [-1.5, 0.5, 2.5]);
  assertEquals(rounded.array(), [2, -2, 0]);
});

gpuTest("refuses what it cannot compute, and goes on", {}, async (pool) => {
  const double = trace((x) => ops.add(x, x), input(["n"], { dtype: "float64" }));
  await assertRejects(() => pool.compile(double), DTypeError, "expected a dtype that it has, received float64");
  const run = await pool.compile((x) => ops.add(x, x), input(["n"]));
  assertEquals((await run(tensor([1, 2]))).array(), [2, 4]);
});
