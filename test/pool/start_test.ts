import { assert, assertEquals, assertInstanceOf, assertRejects } from "@std/assert";
import { input, PoolError, type WorkerPoolOptions } from "@strata/nn";
import { double, withPool, workerUrl } from "./harness.ts";

/** What compiling and calling are rejected with. */
async function startErrors(options: WorkerPoolOptions): Promise<string[]> {
  const messages: string[] = [];
  await withPool({ workers: 2, ...options }, async (pool) => {
    for (let attempt = 0; attempt < 2; attempt++) {
      const error = await pool.compile(double, input(["n"])).then(() => undefined, (error) => error);
      assertInstanceOf(error, PoolError);
      assertEquals(error.reason, "not started");
      assert(error.cause instanceof Error);
      messages.push(error.message);
    }
    assertEquals(pool.stats().workers.map(({ state }) => state), ["ended", "ended"]);
  });
  return messages;
}

Deno.test("a worker that cannot be started is told of, each time that one is needed", async (t) => {
  await t.step("a module that there is not", async () => {
    for (const message of await startErrors({ workerUrl: workerUrl("missing") })) {
      assert(message.startsWith("Cannot start a worker: "), message);
    }
  });

  await t.step("a module that throws", async () => {
    const message = "Cannot start a worker: sabotage at the start";
    assertEquals(await startErrors({ workerUrl: workerUrl("throws_at_start") }), [message, message]);
  });

  await t.step("a module that never answers", async () => {
    const message = "Cannot start a worker: it did not answer within 300 ms";
    assertEquals(await startErrors({ workerUrl: workerUrl("never_answers"), startTimeout: 300 }), [message, message]);
  });

  await t.step("calls that were made before are rejected", async () => {
    await withPool({ workerUrl: workerUrl("throws_at_start") }, async (pool) => {
      const compiling = [pool.compile(double), pool.compile(double, input(["n"]))];
      for (const result of compiling) await assertRejects(() => result, PoolError, "Cannot start a worker: ");
    });
  });
});

Deno.test("a provider that is not there is told of", async () => {
  if ((globalThis.navigator as { gpu?: unknown } | undefined)?.gpu !== undefined) return;
  await withPool({ provider: "webgpu" }, async (pool) => {
    await assertRejects(
      () => pool.compile(double, input(["n"])),
      PoolError,
      "Cannot start a worker: Cannot start WebGPU: this runtime has no navigator.gpu",
    );
    assertEquals(pool.stats().workers.length, 1);
  });
});
