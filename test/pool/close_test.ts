import { assertEquals, assertRejects } from "@std/assert";
import { input, PoolError, WorkerPool } from "@strata/nn";
import { compileUntyped, double, endsOf, FOREVER, loopModel, turn, workerUrl } from "./harness.ts";

Deno.test("closing rejects all that is under way", async (t) => {
  await t.step("running, held, queued, waiting for room, waiting to be joined", async () => {
    const pool = new WorkerPool({
      workers: 2,
      maxQueue: 3,
      whenFull: "wait",
      batch: { maxSize: 8, maxDelay: 1_000_000 },
    });
    const loop = await compileUntyped(pool, loopModel());
    const f = await pool.compile(double, input(["n"]));
    const hung = Array.from({ length: 10 }, () => loop({ x: [0], trips: FOREVER }));
    const ends = endsOf([...hung, f([1])]);
    while (pool.stats().running < 4) await turn();
    await pool.close();
    assertEquals(await ends, Array.from({ length: 11 }, () => "closed"));
    const { queued, running, workers } = pool.stats();
    assertEquals([queued, running, workers.map(({ state }) => state)], [0, 0, ["ended", "ended"]]);
  });

  await t.step("compiling, whether workers are ready or not", async () => {
    const starting = new WorkerPool({ workers: 2 });
    const compiling = endsOf([
      starting.compile(double),
      starting.compile(double, input(["n"])),
      starting.compile(loopModel()),
    ]);
    await turn();
    await starting.close();
    assertEquals(await compiling, ["closed", "closed", "closed"]);
    const ready = new WorkerPool({ workers: 1 });
    await ready.compile(double);
    const late = endsOf([ready.compile(double, input(["n"]))]);
    await Promise.resolve();
    await ready.close();
    assertEquals(await late, ["closed"]);
  });
});

Deno.test("closing at once, before a worker has started, and one that never will", async () => {
  await new WorkerPool({ workers: 2 }).close();
  await new WorkerPool().close();
  const pool = new WorkerPool({ workers: 1, workerUrl: workerUrl("never_answers") });
  await turn();
  await pool.close();
});

Deno.test("closing twice is closing once, and a closed pool says so", async () => {
  const pool = new WorkerPool({ workers: 1 });
  const f = await pool.compile(double, input(["n"]));
  assertEquals((await f([1])).array(), [2]);
  const closing = pool.close();
  assertEquals(pool.close(), closing);
  await closing;
  await pool.close();
  await assertRejects(() => f([1]), PoolError, "Cannot run a call: the pool is closed");
  await assertRejects(() => pool.compile(double), PoolError, "the pool is closed");
  await f.release();
});

Deno.test("the end of a scope closes the pool, and releases functions", async () => {
  let outside: WorkerPool;
  {
    await using pool = new WorkerPool({ workers: 1 });
    let released: (x: number[]) => Promise<unknown>;
    {
      await using f = await pool.compile(double, input(["n"]));
      assertEquals((await f([1])).array(), [2]);
      released = f as typeof released;
    }
    const error = await released([1]).then(() => undefined, (error) => error);
    assertEquals([error.reason, error.message], ["released", "Cannot call the compiled function: it was released"]);
    outside = pool;
  }
  assertEquals(outside.stats().workers.map(({ state }) => state), ["ended"]);
});

Deno.test("a function that is released finishes the calls that were made", async () => {
  await using pool = new WorkerPool({ workers: 1 });
  const f = await pool.compile(double, input(["n"]));
  const results = Array.from({ length: 20 }, (_, index) => f([index]));
  await Promise.all([f.release(), f.release()]);
  assertEquals(await endsOf(results), Array.from({ length: 20 }, (_, index) => [2 * index]));
});
