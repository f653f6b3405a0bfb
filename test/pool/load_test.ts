import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { input, ops, PoolError, type Tensor, trace, Variable, WorkerPool } from "@strata/nn";
import { constant, model, node, value } from "../engine/models.ts";
import { double, endsOf, TRANSPORTS, until, within, workerUrl } from "./harness.ts";

/** 26 nested functions, each of which calls the one before twice: 2 KB that are never loaded. */
const endless = await Deno.readFile(new URL("../golden/endless.onnx", import.meta.url));

/** A model as endless: the engine multiplies constants when it loads it, before anything is run. */
function foldedModel(): Uint8Array {
  const size = new BigInt64Array([3000n, 3000n]);
  const nodes = [node("ConstantOfShape", ["size"], ["product0"])];
  for (let step = 0; step < 200; step++) {
    nodes.push(node("MatMul", [`product${step}`, `product${step}`], [`product${step + 1}`]));
  }
  nodes.push(node("Add", ["x", "product200"], ["y"]));
  return model([value("x")], [value("y")], nodes, [constant("size", { dtype: "int64", shape: [2], data: size })]);
}

for (const [transport, make] of TRANSPORTS) {
  for (
    const [name, bytes] of [["functions without end", endless], ["constants that take hours", foldedModel()]] as const
  ) {
    Deno.test(`a model of ${name} is given up, and others go on meanwhile (${transport})`, async () => {
      await using pool = make({ workers: 2 });
      const f = await pool.compile(double, input(["n"]));
      const compiling = pool.compile(bytes, { timeout: 1500 }).then(() => "compiled", (error) => error);
      await until("a worker loads the model", () => pool.stats().workers.some(({ busy }) => busy?.kind === "load"));
      assertEquals(pool.stats().loading, 1);
      let calls = 0;
      let ended: unknown;
      void compiling.then((end) => ended = end);
      while (ended === undefined) {
        assertEquals(await within("a call beside the load", endsOf([f([calls])])), [[2 * calls++]]);
      }
      assert(calls > 2, `${calls} calls`);
      assert(ended instanceof PoolError, String(ended));
      assertEquals([ended.reason, ended.message], ["timeout", "Cannot load model: it was not loaded after 1500 ms"]);
      await until(
        "the worker is replaced",
        () => pool.stats().workers.every(({ state, busy }) => state === "ready" && !busy),
      );
      assertEquals([pool.stats().restarts, pool.stats().loading, pool.stats().running], [1, 0, 0]);
      assertEquals(await within("calls of both workers", endsOf([1, 2, 3, 4].map((x) => f([x])))), [[2], [4], [6], [
        8,
      ]]);
    });
  }

  Deno.test(`with one worker, calls go on once the limit of a load is reached (${transport})`, async () => {
    await using pool = make({ workers: 1, loadTimeout: 2000 });
    const f = await pool.compile(double, input(["n"]));
    const compiling = pool.compile(endless);
    const ends = within("calls after the load", endsOf([f([1]), f([2])]));
    const error = await assertRejects(() => within("the load's limit", compiling), PoolError);
    assertEquals([error.reason, error.message], ["timeout", "Cannot load model: it was not loaded after 2000 ms"]);
    assertEquals(await ends, [[2], [4]]);
    assertEquals(pool.stats().restarts, 1);
  });

  Deno.test(`compiling is aborted, and the worker that was loading is replaced (${transport})`, async () => {
    await using pool = make({ workers: 1 });
    const f = await pool.compile(double, input(["n"]));
    const abort = new AbortController();
    const compiling = pool.compile(endless, { signal: abort.signal }).catch((reason) => reason);
    await until("the worker loads the model", () => pool.stats().workers[0]!.busy?.kind === "load");
    abort.abort("enough");
    assertEquals(await within("the compilation", compiling), "enough");
    assertEquals(await within("a call", endsOf([f([1])])), [[2]]);
    assertEquals(pool.stats().restarts, 1);
  });
}

Deno.test("of many models that are not loaded some workers stay free", async () => {
  await using pool = new WorkerPool({ workers: 2, loadTimeout: 2000 });
  const f = await pool.compile(double, input(["n"]));
  const compiling = Array.from({ length: 3 }, () => pool.compile(endless).catch((error) => error.reason));
  let ended = false;
  void Promise.all(compiling).then(() => ended = true);
  let slowest = 0;
  while (!ended) {
    const begun = performance.now();
    assertEquals(await within("a call beside the loads", endsOf([f([3])])), [[6]]);
    slowest = Math.max(slowest, performance.now() - begun);
  }
  assertEquals(await Promise.all(compiling), Array.from({ length: 3 }, () => "timeout"));
  assert(slowest < 6000, `a call took ${slowest} ms, as long as all loads`);
});

Deno.test("one that waits for another load to end can be aborted, and is not loaded", async () => {
  await using pool = new WorkerPool({ workers: 1, loadTimeout: 2000 });
  const abort = new AbortController();
  const first = pool.compile(endless).catch((error) => error.reason);
  const second = pool.compile(endless, { signal: abort.signal }).catch((reason) => reason);
  await until("the worker loads the model", () => pool.stats().workers[0]!.busy?.kind === "load");
  abort.abort("enough");
  assertEquals(await within("the second", second), "enough");
  assertEquals(await within("the first", first), "timeout");
  const f = await within("another", pool.compile(double, input(["n"])));
  assertEquals(await endsOf([f([1])]), [[2]]);
  assertEquals(pool.stats().restarts, 1);
});

Deno.test("a function that is traced at its first call is loaded in one worker first, within the limit", async () => {
  await using pool = new WorkerPool({ workers: 2 });
  const f = await pool.compile(double, input(["n"]));
  // The engine folds the products of weights when it loads the model.
  const weight = new Variable(ops.ones([1500, 1500]));
  const slow = await pool.compile((x: Tensor) => {
    let product: Tensor = weight;
    for (let step = 0; step < 200; step++) product = ops.matmul(product, weight);
    return ops.add(ops.sum(product), x) as Tensor;
  }, { timeout: 2000 });
  const calls = endsOf([slow([1]), slow([2]), slow([3])]);
  await until("a worker loads the model", () => pool.stats().workers.some(({ busy }) => busy?.kind === "load"));
  assertEquals(await within("calls beside the load", endsOf([f([1]), f([2])])), [[2], [4]]);
  assertEquals(pool.stats().queued, 3);
  assertEquals(await within("the calls that need the model", calls), ["timeout", "timeout", "timeout"]);
  // It is not tried again.
  const begun = performance.now();
  assertEquals(await within("a later call", endsOf([slow([4])])), ["timeout"]);
  assert(performance.now() - begun < 2000);
  assertEquals(pool.stats().restarts, 1);
});

Deno.test("limits are refused that are none, and taken from the end of any arguments", async () => {
  await using pool = new WorkerPool({ workers: 1 });
  await assertRejects(
    () => pool.compile(double, input(["n"]), { timeout: -1 }),
    RangeError,
    "Cannot compile: expected timeout to be a number of at least 0, received -1",
  );
  assertThrows(
    () => new WorkerPool({ loadTimeout: NaN }),
    RangeError,
    "expected loadTimeout to be a number of at least 0",
  );
  const { signal } = new AbortController();
  const graph = await pool.compile(trace(double, input(["n"])), { timeout: 60_000, signal });
  const [given, lazy] = [await pool.compile(double, input(["n"]), { signal }), await pool.compile(double, { signal })];
  for (const f of [graph, given, lazy]) {
    assertEquals(await within("a call", endsOf([(f as (x: number[]) => Promise<unknown>)([1])])), [[2]]);
  }
  await using starting = new WorkerPool({ workers: 1, workerUrl: workerUrl("never_answers") });
  await assertRejects(
    () => within("a pool that never starts", starting.compile(double, { timeout: 100 })),
    PoolError,
    "Cannot compile: no worker was ready after 100 ms",
  );
  const aborted = AbortSignal.abort("enough");
  assertEquals(await pool.compile(double, { signal: aborted }).catch((reason) => reason), "enough");
});
