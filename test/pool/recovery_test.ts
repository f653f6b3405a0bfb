import { assert, assertEquals, assertRejects } from "@std/assert";
import { EngineError, input, ops, PoolError, tensor } from "@strata/nn";
import { model, node, value } from "../engine/models.ts";
import { compileUntyped, double, endsOf, turn, withPool, workerUrl } from "./harness.ts";

const dying = { workers: 1, workerUrl: workerUrl("dying") };

Deno.test("a worker that throws or exits is replaced, and the others' calls go on", async (t) => {
  for (const [how, value] of [["throws", 13], ["exits", 14]] as const) {
    await t.step(`one that ${how}`, async () => {
      await withPool(dying, async (pool) => {
        const f = await pool.compile(double, input(["n"]));
        assertEquals(await endsOf([f([1])]), [[2]]);
        const results = [f([2]), f([value]), ...[3, 4, 5, 6].map((value) => f([value]))];
        assertEquals(await endsOf(results), [[4], "worker ended", [6], [8], [10], [12]]);
        const { restarts, workers, failed } = pool.stats();
        assertEquals([restarts, workers[0]!.restarts, workers[0]!.state, failed], [1, 1, "ready", 1]);
      });
    });
  }

  await t.step("the error says how it ended", async () => {
    await withPool(dying, async (pool) => {
      const f = await pool.compile((x) => double(x), input(["n"]));
      await assertRejects(() => f([13]), PoolError, "Cannot run graph: its worker ended: sabotage");
    });
  });

  await t.step("two workers: the other one serves meanwhile", async () => {
    await withPool({ ...dying, workers: 2 }, async (pool) => {
      const f = await pool.compile(double, input(["n"]));
      const values = Array.from({ length: 100 }, (_, index) => index === 20 || index === 60 ? 13 : index + 100);
      const ends = await endsOf(values.map((value) => f([value])));
      assertEquals(ends, values.map((value) => value === 13 ? "worker ended" : [2 * value]));
      assertEquals(pool.stats().restarts, 2);
    });
  });
});

Deno.test("a call whose worker ended is tried again as often as asked", async (t) => {
  await t.step("with a result where the next worker can run it", async () => {
    for (const value of [15, 16]) {
      await withPool({ ...dying, retries: 1 }, async (pool) => {
        const f = await pool.compile(double, input(["n"]));
        for (let call = 0; call < 12; call++) await f([1]);
        assertEquals(await endsOf([f([value]), f([1])]), [[2 * value], [2]]);
        assertEquals(pool.stats().restarts, 1);
      });
    }
  });

  await t.step("and rejected where none can", async () => {
    await withPool({ ...dying, retries: 2 }, async (pool) => {
      const f = await pool.compile((x) => double(x), input(["n"]));
      await assertRejects(() => f([13]), PoolError, "Cannot run graph: its worker ended (tried 3 times): sabotage");
      assertEquals(pool.stats().restarts, 3);
      assertEquals(await endsOf([f([1])]), [[2]]);
    });
  });
});

Deno.test("what the engine refuses is told, and the pool goes on", async (t) => {
  await withPool({ workers: 2 }, async (pool) => {
    const f = await pool.compile(double, input(["n"]));

    await t.step("a corrupt model", async () => {
      await assertRejects(() => pool.compile(new Uint8Array([1, 2, 3])), EngineError, "Cannot load the model: ");
    });

    await t.step("a model with an operator that there is not", async () => {
      const unknown = model([value("x")], [value("y")], [node("NoSuchOperator", ["x"], ["y"])]);
      await assertRejects(() => pool.compile(unknown), EngineError, "NoSuchOperator");
    });

    await t.step("a model that gives what is no tensor of a known dtype", async () => {
      const text = model([value("x")], [value("y")], [
        node("Cast", ["x"], ["y"], { to: { type: "int", value: 8 } }),
      ]);
      await assertRejects(() => pool.compile(text), EngineError);
    });

    await t.step("more memory than there can be, as the engine finds when it runs", async () => {
      const huge = model([value("shape", "int64", [1])], [value("y", "float32", ["n"])], [
        node("ConstantOfShape", ["shape"], ["y"]),
      ]);
      const make = await compileUntyped(pool, huge);
      for (const size of [1_250_000_000n, 2n ** 40n]) {
        await assertRejects(() => make(new BigInt64Array([size])), EngineError, "Cannot run the model: ");
      }
      assertEquals((await make(new BigInt64Array([2n])) as { array(): unknown }).array(), [0, 0]);
    });

    await t.step("more memory than there can be, as is known before", async () => {
      const broadcast = await pool.compile((x) => ops.broadcastTo(x, [2 ** 30, 2]), input([2]));
      await assertRejects(
        () => broadcast([1, 2]),
        EngineError,
        "Cannot allocate 8589934720 bytes: expected less than 4294967296, all that a heap can have",
      );
    });

    await t.step("an index out of range", async () => {
      const take = await pool.compile((index) => ops.take(tensor([1, 2, 3]), index), input(["n"], { dtype: "int32" }));
      await assertRejects(
        () => take(tensor([3], { dtype: "int32" })),
        EngineError,
        "indices element out of data bounds",
      );
      assertEquals((await take(tensor([2], { dtype: "int32" }))).array(), [3]);
    });

    assertEquals(await endsOf([1, 2, 3, 4].map((value) => f([value]))), [[2], [4], [6], [8]]);
    assertEquals(pool.stats().restarts, 0);
  });
});

Deno.test("a worker that broke while it loaded a model is replaced, and the model loaded no more", async () => {
  await withPool({ workers: 1, workerUrl: workerUrl("breaking") }, async (pool) => {
    const f = await pool.compile(double, input(["n"]));
    assertEquals(await endsOf([f([1])]), [[2]]);
    const bad = model([value("x")], [value("breaks")], [node("Neg", ["x"], ["breaks"])]);
    await assertRejects(() => pool.compile(bad), PoolError, "its worker ended: ");
    assertEquals(await endsOf([f([2])]), [[4]]);
    assertEquals(pool.stats().restarts, 1);
  });
});

Deno.test("a worker that broke in a run is replaced, and the run tried again no more often than asked", async () => {
  await withPool({ workers: 1, retries: 1, workerUrl: workerUrl("breaking") }, async (pool) => {
    const f = await pool.compile((x) => double(x), input(["n"]));
    const results = [f([1]), f([17, 0, 0]), f([2])];
    assertEquals(await endsOf(results), [[2], "worker ended", [4]]);
    await assertRejects(() => f([17, 0]), PoolError, "Cannot run graph: its worker ended (tried 2 times): sabotage");
    assertEquals(pool.stats().restarts, 4);
  });
});

Deno.test("workers that end as soon as they have started are given up", async () => {
  await withPool({ workers: 2, workerUrl: workerUrl("short_lived") }, async (pool) => {
    const error = await pool.compile(double, input(["n"])).then(() => undefined, (error) => error);
    assert(error instanceof PoolError);
    while (pool.stats().workers.some(({ state }) => state !== "ended")) await turn();
    assert(pool.stats().restarts < 10);
    const again = await pool.compile(double, input(["n"])).then(() => undefined, (error) => error);
    assert(again instanceof PoolError);
  });
});
