import { assert, assertEquals } from "@std/assert";
import { input, type WorkerPool } from "@strata/nn";
import { SLOTS } from "../../src/pool/transport/protocol.ts";
import { compileUntyped, double, endsOf, FOREVER, loopModel, TRANSPORTS, until, within } from "./harness.ts";

/** Waits until the first worker runs something. */
function untilRunning(pool: WorkerPool): Promise<void> {
  return until("the worker runs the loop", () => pool.stats().workers[0]!.busy?.kind === "run");
}

for (const [transport, make] of TRANSPORTS) {
  Deno.test(`a run that does not end by itself ends when its call is aborted (${transport})`, async (t) => {
    for (const control of [{}, { timeout: 60_000 }]) {
      await t.step(`with ${JSON.stringify(control)}`, async () => {
        await using pool = make({ workers: 1 });
        const loop = await compileUntyped(pool, loopModel());
        const f = await pool.compile(double, input(["n"]));
        await loop({ x: [0], trips: [1n] });
        const abort = new AbortController();
        const hung = loop.with({ ...control, signal: abort.signal })({ x: [0], trips: FOREVER });
        await untilRunning(pool);
        const others = [1, 2].map((value) => f([value]));
        abort.abort("enough");
        const ends = await within("the aborted call and those after it", endsOf([hung, ...others]));
        assertEquals(ends, ["enough", [2], [4]]);
        // Through shared memory the run is told to stop; where no message reaches it, its worker is replaced.
        assertEquals(pool.stats().restarts, transport === "messages" ? 1 : 0);
        assertEquals(await within("a later call", endsOf([loop({ x: [7], trips: [1n] })])), [[8]]);
        assertEquals([pool.stats().running, pool.stats().queued], [0, 0]);
      });
    }
  });
}

Deno.test("an aborted call that its worker holds behind another is not run, and the other is", async () => {
  await using pool = TRANSPORTS[0]![1]({ workers: 1 });
  const loop = await compileUntyped(pool, loopModel());
  // Each place of the worker has its memory then, so that calls are begun in the order in which they are made.
  await Promise.all(Array.from({ length: SLOTS }, () => loop({ x: [0], trips: [1n] })));
  const abort = new AbortController();
  const first = loop({ x: [0], trips: [200_000n] });
  const second = loop.with({ signal: abort.signal })({ x: [0], trips: FOREVER });
  await untilRunning(pool);
  abort.abort("enough");
  assertEquals(await within("both calls", endsOf([first, second])), [[200_000], "enough"]);
  assertEquals(await within("a later call", endsOf([loop({ x: [1], trips: [1n] })])), [[2]]);
  assertEquals(pool.stats().restarts, 0);
});

Deno.test("of many calls that are aborted at random times none stops another", async () => {
  await using pool = TRANSPORTS[0]![1]({ workers: 2 });
  const loop = await compileUntyped(pool, loopModel());
  const results = Array.from({ length: 1500 }, async (_, index) => {
    const isAborted = index % 2 === 1;
    const abort = new AbortController();
    const result = loop.with({ signal: abort.signal })({ x: [index], trips: [500n] });
    if (isAborted) setTimeout(() => abort.abort("enough"), (index * 7919) % 700);
    const [end] = await endsOf([result]);
    assert(isAborted && end === "enough" || (end as number[])[0] === index + 500, `call ${index}: ${end}`);
  });
  await within("1500 calls", Promise.all(results));
  assertEquals([pool.stats().restarts, pool.stats().running], [0, 0]);
});

Deno.test("of calls that are run together the run goes on until the last is aborted", async () => {
  await using pool = TRANSPORTS[0]![1]({ workers: 1, batch: { maxSize: 8, maxDelay: 50 } });
  const f = await pool.compile(double, input(["batch", 1]));
  const [one, two] = [new AbortController(), new AbortController()];
  const calls = [f.with({ signal: one.signal })([[1]]), f([[2]]), f.with({ signal: two.signal })([[3]])];
  one.abort("enough");
  assertEquals(await within("three calls", endsOf(calls)), ["enough", [[4]], [[6]]]);
});

for (const [transport, make] of TRANSPORTS) {
  Deno.test(`the statistics say what a worker is at, and for how long (${transport})`, async () => {
    await using pool = make({ workers: 1 });
    const loop = await compileUntyped(pool, loopModel());
    assertEquals(pool.stats().workers[0]!.busy, undefined);
    const abort = new AbortController();
    const hung = loop.with({ signal: abort.signal })({ x: [0], trips: FOREVER });
    await untilRunning(pool);
    await until("it has run for 200 ms", () => pool.stats().workers[0]!.busy!.time >= 200);
    const { kind, name, time } = pool.stats().workers[0]!.busy!;
    assertEquals([kind, name], ["run", "model"]);
    assert(time < 30_000, `${time} ms`);
    abort.abort("enough");
    assertEquals(await within("the aborted call", endsOf([hung])), ["enough"]);
    await until("the worker has nothing to do", () => pool.stats().workers[0]!.busy === undefined);
  });
}
