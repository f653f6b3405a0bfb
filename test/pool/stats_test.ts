import { assert, assertEquals, assertRejects } from "@std/assert";
import { Dense, input, ops, randomNormal, Sequential, trace, WorkerPool } from "@strata/nn";
import { double, endsOf, turn, withPool } from "./harness.ts";

Deno.test("the statistics count calls, bytes and times, in all and for each worker", async () => {
  await withPool({ workers: 2 }, async (pool) => {
    const start = pool.stats();
    assertEquals([start.calls, start.failed, start.queued, start.running, start.restarts], [0, 0, 0, 0, 0]);
    assertEquals(start.latency, { p50: 0, p90: 0, p99: 0, max: 0 });
    const f = await pool.compile((x) => ops.concatenate([x, x], { axis: 0 }), input(["n"]));
    while (pool.stats().workers.some(({ state }) => state !== "ready")) await turn();
    const results = Array.from({ length: 30 }, () => f([1, 2]));
    const now = pool.stats();
    assertEquals([now.queued + now.running, now.calls], [30, 0]);
    await Promise.all(results);
    while (pool.stats().workers.some(({ held }) => held > 0)) await turn();
    const { calls, failed, bytesIn, bytesOut, batches, latency, workers, unbatched } = pool.stats();
    assertEquals([calls, failed, bytesIn, bytesOut], [30, 0, 30 * 8, 30 * 16]);
    assertEquals([batches, unbatched], [{ runs: 30, calls: 30 }, []]);
    assert(0 < latency.p50 && latency.p50 <= latency.p90 && latency.p90 <= latency.p99 && latency.p99 <= latency.max);
    assertEquals(workers.map(({ worker }) => worker), [0, 1]);
    assertEquals(workers.map(({ state }) => state), ["ready", "ready"]);
    for (const key of ["calls", "bytesIn", "bytesOut"] as const) {
      assertEquals(workers.reduce((sum, worker) => sum + worker[key], 0), pool.stats()[key]);
    }
    for (const { calls, latency, memory } of workers) {
      assert(calls > 0, "both workers have work");
      assert(0 < latency.p50 && latency.p50 <= latency.max);
      assert(memory! >= 2 ** 24);
    }
  });
});

Deno.test("percentiles are of the latest 1024 times", async () => {
  const { Latencies } = await import("../../src/pool/api/statistics.ts");
  const latencies = new Latencies();
  for (let time = 5000; time > 0; time--) latencies.add(time);
  assertEquals(latencies.percentiles(), { p50: 513, p90: 922, p99: 1014, max: 1024 });
});

Deno.test("with two threads the numbers are the same", async () => {
  await withPool({ workers: 1, threads: 2 }, async (pool) => {
    const model = new Sequential(input(["batch", 256]), new Dense(512, { activation: "relu" }), new Dense(10));
    const predict = await pool.compile(model);
    const x = randomNormal([64, 256]);
    const [values, exact] = [(await predict(x)).dataSync(), model(x).dataSync()];
    const largest = Math.max(...exact.map(Math.abs));
    values.forEach((value, index) => assert(Math.abs(value - exact[index]!) <= 2.5e-5 * largest));
    assertEquals(pool.stats().transport, "shared memory");
  });
});

Deno.test("a profile names the operations after the graph's layers", async (t) => {
  await t.step("as a table and as a Chrome trace, for each worker", async () => {
    await using pool = new WorkerPool({ workers: 2, trace: true });
    const graph = trace(
      new Sequential(
        input(["batch", 8]),
        new Dense(4, { activation: "tanh", name: "hidden" }),
        new Dense(2, { name: "out" }),
      ),
      input(["batch", 8]),
    );
    const predict = await pool.compile(graph);
    while (pool.stats().workers.some(({ state }) => state !== "ready")) await turn();
    await Promise.all(Array.from({ length: 20 }, () => predict(randomNormal([2, 8]))));
    while (pool.stats().workers.some(({ held }) => held > 0)) await turn();
    const profile = await pool.profile();
    const [heading, ...rows] = profile.table("name").trimEnd().split("\n");
    assert(/^name +calls +total us +mean us +share$/.test(heading!), heading);
    assert(rows.length >= 3);
    for (const row of rows) assert(/^(sequential\w*\/)?(hidden|out)\b/.test(row), row);
    const operators = profile.table().split("\n").map((row) => row.split(/ +/)[0]);
    assert(operators.includes("Tanh"), operators.join());
    const { traceEvents } = JSON.parse(JSON.stringify(profile.chromeTrace())) as ReturnType<typeof profile.chromeTrace>;
    const threads = traceEvents.filter(({ name }) => name === "thread_name").map(({ args }) => args.name);
    assertEquals(threads, ["worker 0", "worker 1"]);
    const tanh = traceEvents.filter(({ args }) => args.operator === "Tanh");
    assertEquals(tanh.length, 20);
    assertEquals(new Set(tanh.map(({ tid }) => tid)), new Set([1, 2]));
    // Once more, with nothing new.
    assertEquals((await pool.profile()).table("name"), profile.table("name"));
  });

  await t.step("of a pool that was made for it", async () => {
    await withPool({ workers: 1 }, async (pool) => {
      const f = await pool.compile(double, input(["n"]));
      assertEquals(await endsOf([f([1])]), [[2]]);
      await assertRejects(
        () => pool.profile(),
        TypeError,
        "Cannot give a profile: expected a pool that was made with trace: true",
      );
    });
  });
});
