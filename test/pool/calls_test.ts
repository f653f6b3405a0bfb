import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { Dense, input, ops, PoolError, type Tensor, tensor, WorkerPool } from "@strata/nn";
import { SLOTS } from "../../src/pool/transport/protocol.ts";
import { compileUntyped, double, endsOf, FOREVER, loopModel, turn, withPool } from "./harness.ts";

const ONCE = new BigInt64Array([1n]);

Deno.test("the results of ten thousand calls at once do not cross", async () => {
  await withPool({ workers: 2, maxQueue: 10_000 }, async (pool) => {
    const [f, g] = [await pool.compile(double, input(["n"])), await pool.compile((x) => ops.add(x, 1), input(["n"]))];
    const results = await Promise.all(
      Array.from(
        { length: 10_000 },
        (_, index) => (index % 3 === 0 ? g : f)(new Float32Array(1 + index % 7).fill(index)),
      ),
    );
    results.forEach((result, index) => {
      const expected = index % 3 === 0 ? index + 1 : 2 * index;
      assertEquals(result.array(), Array.from({ length: 1 + index % 7 }, () => expected));
    });
    const { calls, failed, queued, running } = pool.stats();
    assertEquals([calls, failed, queued, running], [10_000, 0, 0, 0]);
  });
});

Deno.test("a function that is called much leaves others their turns", async () => {
  await withPool({ workers: 1 }, async (pool) => {
    const flood = await pool.compile(double, input(["n"]));
    const quiet = await pool.compile((x) => ops.add(x, 1), input(["n"]));
    const order: string[] = [];
    const note = (name: string) => () => void order.push(name);
    const results = Array.from({ length: 300 }, () => flood([1]).then(note("flood")));
    for (let call = 0; call < 10; call++) results.push(quiet([1]).then(note("quiet")));
    await Promise.all(results);
    // Those that the worker held already, then in turns; those that the worker has at once may change places.
    assertEquals(order.slice(0, 2 * SLOTS + 22).filter((name) => name === "quiet").length, 10);
  });
});

Deno.test("a full queue rejects, or lets calls wait", async (t) => {
  const calls = Array.from({ length: 10 }, (_, index) => index);
  const answers = calls.map((value) => [2 * value]);

  await t.step("no more than maxQueue calls wait beside those that workers hold", async () => {
    await withPool({ workers: 1, maxQueue: 3 }, async (pool) => {
      const f = await pool.compile(double, input(["n"]));
      const ends = await endsOf(calls.map((value) => f([value])));
      assertEquals(ends, [...answers.slice(0, SLOTS + 3), ...Array.from({ length: 7 - SLOTS }, () => "queue full")]);
      assertEquals(pool.stats().failed, 7 - SLOTS);
      assertEquals((await f([7])).array(), [14]);
    });
  });

  await t.step("with none, what workers can take at once is let in", async () => {
    await withPool({ workers: 2, maxQueue: 0 }, async (pool) => {
      const f = await pool.compile(double, input(["n"]));
      await Promise.all(calls.slice(0, 2).map((value) => f([value])));
      while (pool.stats().workers.some(({ state }) => state !== "ready")) await turn();
      const ends = await endsOf(calls.map((value) => f([value])));
      assertEquals(ends, [
        ...answers.slice(0, 2 * SLOTS),
        ...Array.from({ length: 10 - 2 * SLOTS }, () => "queue full"),
      ]);
    });
  });

  await t.step("calls that wait all have their turn", async () => {
    for (const maxQueue of [0, 1, 3]) {
      await withPool({ workers: 1, maxQueue, whenFull: "wait" }, async (pool) => {
        const f = await pool.compile(double, input(["n"]));
        const results = calls.map((value) => f([value]));
        assertEquals(pool.stats().queued, 10 - SLOTS);
        assertEquals(await endsOf(results), answers);
      });
    }
  });

  await t.step("those of a function that is called much leave others their turns", async () => {
    for (const maxQueue of [0, 1, 8]) {
      await withPool({ workers: 1, maxQueue, whenFull: "wait" }, async (pool) => {
        const flood = await pool.compile(double, input(["n"]));
        const quiet = await pool.compile((x) => ops.add(x, 1), input(["n"]));
        const order: string[] = [];
        const note = (name: string) => () => void order.push(name);
        const results = Array.from({ length: 300 }, () => flood([1]).then(note("flood")));
        for (let call = 0; call < 10; call++) results.push(quiet([1]).then(note("quiet")));
        await Promise.all(results);
        // Those that were let in already, then in turns; those that the worker has at once may change places.
        const first = order.slice(0, maxQueue + 2 * SLOTS + 22);
        assertEquals(first.filter((name) => name === "quiet").length, 10);
      });
    }
  });

  await t.step("the message says what can be done", async () => {
    await withPool({ workers: 1, maxQueue: 1 }, async (pool) => {
      const f = await pool.compile((x) => double(x), input(["n"]));
      const held = Promise.all(Array.from({ length: SLOTS + 1 }, () => f([1])));
      await assertRejects(
        () => f([1]),
        PoolError,
        'Cannot run graph: 1 calls wait already; make fewer at once, or set maxQueue or whenFull: "wait"',
      );
      await held;
    });
  });
});

Deno.test("a call is aborted before it is made, while it waits, and while it runs", async (t) => {
  await withPool({ workers: 1, maxQueue: 4, whenFull: "wait" }, async (pool) => {
    const f = await pool.compile(double, input(["n"]));
    const loop = await compileUntyped(pool, loopModel());

    await t.step("with the reason of the signal", async () => {
      const reason = new Error("changed my mind");
      const error = await f.with({ signal: AbortSignal.abort(reason) })([1]).then(() => undefined, (error) => error);
      assertEquals(error, reason);
    });

    await t.step("others go on, and their places are given to those that wait", async () => {
      const [one, two] = [new AbortController(), new AbortController()];
      const [abortable, other] = [f.with({ signal: one.signal }), f.with({ signal: two.signal })];
      const results = Array.from({ length: 24 }, (_, index) => (index % 2 === 0 ? abortable : other)([index]));
      one.abort("enough");
      const ends = await endsOf(results);
      assertEquals(ends, Array.from({ length: 24 }, (_, index) => index % 2 === 0 ? "enough" : [2 * index]));
      two.abort("too late");
      assertEquals((await f([1])).array(), [2]);
    });

    await t.step("a run that is under way ends for nothing", async () => {
      const abort = new AbortController();
      const running = loop.with({ signal: abort.signal })({ x: [0], trips: new BigInt64Array([300_000n]) });
      while (pool.stats().running === 0) await turn();
      await turn();
      abort.abort("enough");
      assertEquals(await endsOf([running, f([3])]), ["enough", [6]]);
      assertEquals(pool.stats().restarts, 0);
    });
  });
});

Deno.test("many calls share one listener of a signal, and leave none behind", async () => {
  await withPool({ workers: 1 }, async (pool) => {
    const f = await pool.compile(double, input(["n"]));
    const { signal } = new AbortController();
    let listeners = 0;
    const { addEventListener, removeEventListener } = EventTarget.prototype;
    Object.assign(signal, {
      addEventListener(...args: Parameters<typeof addEventListener>) {
        listeners++;
        addEventListener.apply(signal, args);
      },
      removeEventListener(...args: Parameters<typeof removeEventListener>) {
        listeners--;
        removeEventListener.apply(signal, args);
      },
    });
    const results = Array.from({ length: 50 }, (_, index) => f.with({ signal })([index]));
    assertEquals(listeners, 1);
    await Promise.all(results);
    assertEquals(listeners, 0);
  });
});

Deno.test("a run that does not come back is ended when its time is up, and nothing else", async (t) => {
  await t.step("the worker is replaced, calls that it had not begun are run", async () => {
    await withPool({ workers: 1 }, async (pool) => {
      const loop = await compileUntyped(pool, loopModel());
      const f = await pool.compile(double, input(["n"]));
      assertEquals(await endsOf([loop({ x: [5], trips: ONCE })]), [[6]]);
      const hung = loop.with({ timeout: 100 })({ x: [0], trips: FOREVER });
      const others = [1, 2, 3, 4].map((value) => f([value]));
      assertEquals(await endsOf([hung, ...others]), ["timeout", [2], [4], [6], [8]]);
      assertEquals(await endsOf([loop({ x: [7], trips: ONCE })]), [[8]]);
      assertEquals(pool.stats().restarts, 1);
    });
  });

  await t.step("with retries too it is run once", async () => {
    await withPool({ workers: 2, retries: 5 }, async (pool) => {
      const loop = await compileUntyped(pool, loopModel());
      // Both workers have loaded it then, so that the time is that of the run.
      await Promise.all(Array.from({ length: 2 * SLOTS }, () => loop({ x: [0], trips: ONCE })));
      assertEquals(await endsOf([loop.with({ timeout: 50 })({ x: [0], trips: FOREVER })]), ["timeout"]);
      assertEquals(await endsOf([loop({ x: [7], trips: ONCE })]), [[8]]);
      assertEquals([pool.stats().running, pool.stats().queued, pool.stats().restarts], [0, 0, 1]);
    });
  });

  await t.step("a call behind it, or in the queue, is rejected when its own time is up", async () => {
    await withPool({ workers: 1 }, async (pool) => {
      const loop = await compileUntyped(pool, loopModel());
      const f = await pool.compile(double, input(["n"]));
      // Each place of the worker has its memory then, so that calls are begun in the order in which they are made.
      await Promise.all(Array.from({ length: SLOTS }, () => loop({ x: [0], trips: ONCE })));
      const hung = loop.with({ timeout: 400 })({ x: [0], trips: FOREVER });
      const [behind, queued] = [f.with({ timeout: 30 })([1]), f.with({ timeout: 30 })([2])];
      assertEquals(await endsOf([behind, queued]), ["timeout", "timeout"]);
      assertEquals([pool.stats().restarts, pool.stats().queued], [0, 0]);
      assertEquals(await endsOf([hung, f([3])]), ["timeout", [6]]);
      assertEquals(pool.stats().restarts, 1);
    });
  });

  await t.step("the pool's own limit, which a call may lift", async () => {
    await withPool({ workers: 1, timeout: 100 }, async (pool) => {
      const loop = await compileUntyped(pool, loopModel());
      const hung = loop({ x: [0], trips: FOREVER });
      const patient = loop.with({ timeout: Infinity })({ x: [0], trips: ONCE });
      assertEquals(await endsOf([hung, patient]), ["timeout", [1]]);
      await assertRejects(
        () => loop({ x: [0], trips: FOREVER }),
        PoolError,
        "Cannot run model: it had no result after 100 ms",
      );
    });
  });
});

Deno.test("what is out of range is refused", async () => {
  for (
    const [options, message] of [
      [{ workers: 0 }, "expected workers to be an integer of at least 1, received 0"],
      [{ threads: 1.5 }, "expected threads to be an integer of at least 1, received 1.5"],
      [{ workers: Infinity }, "expected workers to be an integer of at least 1, received Infinity"],
      [{ workers: 257 }, "expected workers to be an integer of at most 256, received 257"],
      [{ threads: 65 }, "expected threads to be an integer of at most 64, received 65"],
      [{ threads: 2 ** 31 }, "expected threads to be an integer of at most 64, received 2147483648"],
      [{ maxQueue: -1 }, "expected maxQueue to be an integer of at least 0, received -1"],
      [{ timeout: NaN }, "expected timeout to be a number of at least 0, received NaN"],
      [{ batch: { maxSize: 0 } }, "expected batch.maxSize to be an integer of at least 1, received 0"],
      [{ batch: { maxDelay: -1 } }, "expected batch.maxDelay to be a number of at least 0, received -1"],
    ] as const
  ) assertThrows(() => new WorkerPool(options), RangeError, `Cannot make a pool: ${message}`);
  await withPool({ workers: 1, maxQueue: Infinity, timeout: Infinity }, async (pool) => {
    const f = await pool.compile(double, input(["n"]));
    assertThrows(() => f.with({ timeout: -1 }), RangeError, "Cannot call the compiled function: expected timeout");
    assertEquals((await f.with({ timeout: 2 ** 40 })([1])).array(), [2]);
  });
});

Deno.test("arguments are checked before anything reaches a worker", async () => {
  await withPool({ workers: 1 }, async (pool) => {
    const layer = await compileUntyped(pool, new Dense(3, { inputDim: 5, name: "out" }), input(["batch", 5]));
    const messageOf = (result: Promise<unknown>) => result.then(() => "", (error) => `${error.name}: ${error.message}`);
    assertEquals(
      await messageOf(layer(ops.zeros([2, 4]))),
      "ShapeError: Input 0 of layer out is incompatible with the layer: expected axis -1 of input shape to have value 5 " +
        "but received input with shape [2, 4]",
    );
    const add = await compileUntyped(
      pool,
      (a: Tensor, b: Tensor) => ops.add(a, b),
      input(["n"]),
      input(["n"]),
    );
    assertEquals(
      await messageOf(add([1, 2], [1, 2, 3])),
      "ShapeError: Input 1 of layer graph is incompatible with the layer: n is 2 in input 0 and 3 in input 1",
    );
    const model = await compileUntyped(pool, loopModel());
    const wrong = await messageOf(model({ x: [1], trips: tensor([1.5]) }));
    assert(wrong.startsWith("DTypeError: Input trips of"), wrong);
    assert((await messageOf(model([1]))).startsWith("InputError: "));
    const { calls, failed, bytesIn, workers } = pool.stats();
    assertEquals([calls, failed, bytesIn, workers[0]!.held], [0, 0, 0, 0]);
  });
});
