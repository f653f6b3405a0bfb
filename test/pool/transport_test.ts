import { assertEquals, assertRejects } from "@std/assert";
import {
  Dense,
  type EagerTensor,
  EngineError,
  input,
  ops,
  Sequential,
  type Tensor,
  tensor,
  Variable,
  WorkerPool,
} from "@strata/nn";
import { model, node, value } from "../engine/models.ts";
import { SLOTS } from "../../src/pool/transport/protocol.ts";
import { compileUntyped, double, endsOf, FOREVER, loopModel, poolWithout, turn } from "./harness.ts";

const hidden = [[globalThis, "SharedArrayBuffer", "SharedArrayBuffer"], [
  Atomics,
  "waitAsync",
  "Atomics.waitAsync",
]] as const;

Deno.test("with shared memory the statistics say so", async () => {
  await using pool = new WorkerPool({ workers: 1 });
  const { transport, transportReason } = pool.stats();
  assertEquals([transport, transportReason], ["shared memory", undefined]);
});

for (const [object, key, missing] of hidden) {
  Deno.test(`without ${missing} calls travel as messages`, async () => {
    await using pool = poolWithout(object, key, { workers: 2 });
    const { transport, transportReason } = pool.stats();
    assertEquals([transport, transportReason], ["messages", `${missing} is missing`]);

    // Weights, constants and inputs, twice as they are assigned between.
    const network = new Sequential(input(["batch", 4]), new Dense(8, { activation: "tanh" }), new Dense(2));
    const predict = await pool.compile(network);
    const x = tensor([[1, 2, 3, 4], [-1, 0, 1, 0]]);
    const expected: unknown[] = [];
    const results: Promise<EagerTensor>[] = [];
    for (let round = 0; round < 6; round++) {
      if (round % 2 === 1) network.layers[1]!.weights[1]!.assign([round, -round]);
      expected.push(network(x).array());
      results.push(predict(x));
    }
    assertEquals(await endsOf(results), expected);
    assertEquals(x.array(), [[1, 2, 3, 4], [-1, 0, 1, 0]]);

    // The user's own array is not handed over.
    const f = await pool.compile(double, input(["n"]));
    const values = new Float32Array([1, 2]);
    assertEquals((await f(values)).array(), [2, 4]);
    assertEquals([...values], [1, 2]);

    // Every dtype.
    for (const dtype of ["float64", "float16", "int64", "uint8"] as const) {
      const g = await pool.compile((x: Tensor) => ops.add(x, x), input(["n"], { dtype }));
      const sum = await g(tensor([1, 2], { dtype }));
      assertEquals([sum.dtype, Array.from(sum.dataSync(), Number)], [dtype, [2, 4]]);
    }

    // State.
    const count = new Variable(tensor(0));
    const step = await compileUntyped(pool, (x: EagerTensor) => {
      count.assign(ops.add(count, x));
      return ops.add(count, 0);
    }, input([]));
    assertEquals(await endsOf([step(1), step(2), step(3)]), [1, 3, 6]);

    // Sizes that depend on values.
    const nonZero = await compileUntyped(
      pool,
      model([value("x", "float32", ["n"])], [value("y", "int64", [1, "k"])], [node("NonZero", ["x"], ["y"])]),
    );
    assertEquals(await endsOf([nonZero([0, 1, 1])]), [[[1n, 2n]]]);

    // Errors.
    await assertRejects(() => pool.compile(new Uint8Array([1])), EngineError, "Cannot load the model: ");
    const take = await pool.compile((index) => ops.take(tensor([1, 2]), index), input(["n"], { dtype: "int32" }));
    await assertRejects(() => take(tensor([5], { dtype: "int32" })), EngineError, "idx=5");
    assertEquals(pool.stats().workers.map(({ memory }) => memory), [undefined, undefined]);
    await take.release();
  });
}

Deno.test("without shared memory calls are aborted, and the queue is fair", async () => {
  await using pool = poolWithout(Atomics, "waitAsync", { workers: 1, maxQueue: 6 - SLOTS });
  const f = await pool.compile(double, input(["n"]));
  const abort = new AbortController();
  const results = [f([1]), f([2]), f.with({ signal: abort.signal })([3]), f([4]), f([5]), f([6]), f([7])];
  abort.abort("enough");
  assertEquals(await endsOf(results), [[2], [4], "enough", [8], [10], [12], "queue full"]);
});

Deno.test("without shared memory a batch is joined", async () => {
  await using pool = poolWithout(Atomics, "waitAsync", { workers: 1, batch: true });
  const f = await pool.compile(double, input(["n"]));
  assertEquals(await endsOf([f([1]), f([2, 3])]), [[2], [4, 6]]);
  assertEquals(pool.stats().batches, { runs: 1, calls: 2 });
});

// Deno cannot end a thread that computes.
Deno.test({
  name: "without shared memory a run that does not come back is ended",
  ignore: navigatorName() === "Deno",
  fn: async () => {
    await using pool = poolWithout(Atomics, "waitAsync", { workers: 1 });
    const loop = await compileUntyped(pool, loopModel());
    const f = await pool.compile(double, input(["n"]));
    const hung = loop.with({ timeout: 100 })({ x: [0], trips: FOREVER });
    assertEquals(await endsOf([hung, f([1]), f([2])]), ["timeout", [2], [4]]);
    const last = endsOf([loop({ x: [0], trips: FOREVER })]);
    while (pool.stats().running === 0) await turn();
    await pool.close();
    assertEquals(await last, ["closed"]);
  },
});

function navigatorName(): string | undefined {
  return (globalThis.navigator as { userAgent?: string } | undefined)?.userAgent?.split("/")[0];
}
