import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  Dense,
  type EagerTensor,
  EngineError,
  input,
  ops,
  randomNormal,
  Sequential,
  type Tensor,
  tensor,
  Variable,
} from "@strata/nn";
import { SLOTS } from "../../src/pool/transport/protocol.ts";
import { compileUntyped, double, endsOf, FOREVER, loopModel, turn, withPool, workerUrl } from "./harness.ts";

/** Nobody waits so long: batches are run when they are full. */
const NEVER = 1_000_000_000;

Deno.test("calls of some rows are joined, and their results are those of single calls, in order", async () => {
  await withPool({ workers: 2, batch: true }, async (pool) => {
    const model = new Sequential(input(["batch", 784]), new Dense(64, { activation: "relu" }), new Dense(10));
    const predict = await pool.compile(model);
    const inputs = Array.from({ length: 100 }, (_, index) => randomNormal([1 + index % 5, 784]));
    const results = await Promise.all(inputs.map((x) => predict(x)));
    results.forEach((result, index) => {
      const expected = model(inputs[index]!);
      assertEquals(result.shape, expected.shape);
      const [values, exact] = [result.dataSync(), expected.dataSync()];
      const largest = Math.max(...exact.map(Math.abs));
      // For other numbers of rows the engine adds in another order.
      values.forEach((value, place) => assert(Math.abs(value - exact[place]!) <= 2.5e-5 * largest));
    });
    const { batches, unbatched } = pool.stats();
    assertEquals([batches.calls, unbatched], [100, []]);
    assert(batches.runs < 20, `${batches.runs} runs`);
  });
});

Deno.test("a batch is run when it is full, and none has more rows than asked", async () => {
  await withPool({ workers: 1, batch: { maxSize: 8, maxDelay: NEVER } }, async (pool) => {
    const f = await pool.compile(double, input(["n", 2]));
    const rows = (count: number, value: number) => Array.from({ length: count }, () => [value, -value]);
    // 3 + 3 fit, 4 more do not; 4 + 4 are full; 8 and 9 are too many to join; 2 + 6 are full.
    const sizes = [3, 3, 4, 4, 8, 9, 2, 6];
    const results = await Promise.all(sizes.map((size, index) => f(tensor(rows(size, index)))));
    results.forEach((result, index) => assertEquals(result.array(), rows(sizes[index]!, 2 * index)));
    assertEquals(pool.stats().batches, { runs: 5, calls: 8 });
  });
});

Deno.test("a batch that is not full is run when its time has come", async () => {
  for (const maxDelay of [0, 5]) {
    await withPool({ workers: 1, batch: { maxDelay } }, async (pool) => {
      const f = await pool.compile(double, input(["n"]));
      assertEquals(await endsOf([f([1]), f([2]), f([3])]), [[2], [4], [6]]);
      assertEquals(pool.stats().batches, { runs: 1, calls: 3 });
    });
  }
});

Deno.test("while workers are busy a batch in the queue takes further calls", async () => {
  await withPool({ workers: 1, batch: { maxSize: 100, maxDelay: 0 } }, async (pool) => {
    const loop = await compileUntyped(pool, loopModel());
    const f = await pool.compile(double, input(["n"]));
    const busy = Array.from({ length: SLOTS }, () => loop({ x: [0], trips: new BigInt64Array([100_000n]) }));
    while (pool.stats().running < SLOTS) await turn();
    const results: Promise<EagerTensor>[] = [];
    for (let call = 0; call < 20; call++) {
      results.push(f([call]));
      await turn();
    }
    assertEquals([pool.stats().queued, pool.stats().running], [20, SLOTS]);
    assertEquals(await endsOf(results), Array.from({ length: 20 }, (_, call) => [2 * call]));
    await Promise.all(busy);
    assertEquals(pool.stats().batches, { runs: SLOTS + 1, calls: SLOTS + 20 });
  });
});

Deno.test("calls of other shapes, dtypes, weights and functions are not joined", async () => {
  await withPool({ workers: 1, batch: { maxSize: 64, maxDelay: 1 } }, async (pool) => {
    const scale = new Variable(tensor(1));
    const f = await pool.compile((x) => ops.multiply(x, scale), input(["n", "width"]));
    const g = await pool.compile(double, input(["n", "width"]));
    const results: Promise<EagerTensor>[] = [f([[1]]), f([[1, 2]]), g([[1]]), f([[3]]), f([[4, 5]])];
    scale.assign(10);
    results.push(f([[1]]), f([[2]]));
    assertEquals(await endsOf(results), [[[1]], [[1, 2]], [[2]], [[3]], [[4, 5]], [[10]], [[20]]]);
    assertEquals(pool.stats().batches, { runs: 4, calls: 7 });
  });
});

Deno.test("several inputs and outputs are joined along the rows of all", async () => {
  await withPool({ workers: 1, batch: true }, async (pool) => {
    const f = await compileUntyped(
      pool,
      ({ a, b }: Record<string, EagerTensor>) => ({ sum: ops.add(a!, b!), ends: [ops.negative(a!)] }),
      { a: input(["n", 2]), b: input(["n", 1]) },
    );
    const results = await Promise.all(
      [1, 2].map((value) => f({ a: [[value, 2], [3, value]], b: [[10], [20]] })),
    ) as { sum: EagerTensor; ends: EagerTensor[] }[];
    assertEquals(results.map(({ sum }) => sum.array()), [[[11, 12], [23, 21]], [[12, 12], [23, 22]]]);
    assertEquals(results[1]!.ends[0]!.array(), [[-2, -2], [-3, -2]]);
    assertEquals(pool.stats().batches, { runs: 1, calls: 2 });
  });
});

Deno.test("a call whose values the engine refuses fails alone", async () => {
  await withPool({ workers: 1, batch: { maxSize: 4, maxDelay: NEVER } }, async (pool) => {
    const f = await pool.compile((index) => ops.take(tensor([1, 2, 3]), index), input(["n"], { dtype: "int32" }));
    const at = (index: number) => f(tensor([index], { dtype: "int32" }));
    const results = [at(0), at(9), at(2), at(1)];
    await assertRejects(() => results[1]!, EngineError, "idx=9");
    assertEquals(await endsOf([results[0]!, results[2]!, results[3]!]), [[1], [3], [2]]);
    const { calls, failed, batches, workers } = pool.stats();
    assertEquals([calls, failed, workers[0]!.failed], [3, 1, 1]);
    assertEquals(batches, { runs: 3, calls: 3 });
  });
});

Deno.test("a call that is aborted leaves its batch", async () => {
  await withPool({ workers: 1, batch: { maxSize: 3, maxDelay: NEVER } }, async (pool) => {
    const f = await pool.compile(double, input(["n"]));
    const abort = new AbortController();
    const aborted = f.with({ signal: abort.signal })([1]);
    const others = [f([2])];
    abort.abort("enough");
    assertEquals(pool.stats().queued, 1);
    others.push(f([3]), f([4]));
    assertEquals(await endsOf([aborted, ...others]), ["enough", [4], [6], [8]]);
    assertEquals(pool.stats().batches, { runs: 1, calls: 3 });
    // A batch that all have left is not run.
    const last = f.with({ signal: AbortSignal.abort("gone") })([5]);
    const alone = new AbortController();
    const leaving = f.with({ signal: alone.signal })([6]);
    alone.abort("gone");
    assertEquals(await endsOf([last, leaving]), ["gone", "gone"]);
    assertEquals([pool.stats().queued, pool.stats().batches.runs], [0, 1]);
  });
});

Deno.test("a call whose time is up leaves its batch, and is not waited for by the others", async () => {
  await withPool({ workers: 1, batch: { maxSize: 3, maxDelay: NEVER } }, async (pool) => {
    const f = await pool.compile(double, input(["n"]));
    const late = f.with({ timeout: 1 })([1]);
    const others = [f([2])];
    assertEquals(await endsOf([late]), ["timeout"]);
    others.push(f([3]), f([4]));
    assertEquals(await endsOf(others), [[4], [6], [8]]);
    assertEquals(pool.stats().restarts, 0);
  });
});

Deno.test("a joined run that does not come back is ended for the call whose time is up; the others run alone", async () => {
  const batch = { maxSize: 3, maxDelay: NEVER };
  await withPool({ workers: 1, workerUrl: workerUrl("dying"), batch }, async (pool) => {
    const f = await pool.compile(double, input(["n"]));
    const results = [f.with({ timeout: 200 })([18]), f([3]), f([2])];
    assertEquals(await endsOf(results), ["timeout", [6], [4]]);
    assertEquals(pool.stats().restarts, 1);
  });
});

Deno.test("functions whose runs cannot be joined say why, and run as they are", async () => {
  await withPool({ workers: 1, batch: true }, async (pool) => {
    const count = new Variable(tensor(0));
    const functions: [unknown, readonly unknown[], string][] = [
      [(x: Tensor) => ops.sum(x, { axis: 0 }), [input(["n"])], "operation sum mixes rows"],
      [double, [input([2])], "the input of shape [2] has no open leading dim"],
      [
        (x: EagerTensor) => {
          count.assign(ops.add(count, 1));
          return ops.add(x, count);
        },
        [input(["n"])],
        "each run needs the state that the run before it gave",
      ],
      [loopModel(), [], "whether the rows of an ONNX model stay apart is not known"],
    ];
    for (const [target, inputs] of functions) await compileUntyped(pool, target, ...inputs);
    const { unbatched } = pool.stats();
    assertEquals(unbatched.map((sentence) => sentence.replace(/^.*?: /, "")), functions.map(([, , reason]) => reason));
    const sum = await compileUntyped(pool, (x: Tensor) => ops.sum(x), input(["n"]));
    assertEquals(await endsOf([sum([1, 2]), sum([3])]), [3, 3]);
    await sum.release();
    assertEquals(pool.stats().unbatched.length, 4);
  });
});

Deno.test("a full queue counts the calls that wait to be joined", async () => {
  await withPool({ workers: 1, maxQueue: 10, batch: { maxSize: 4, maxDelay: NEVER } }, async (pool) => {
    const loop = await compileUntyped(pool, loopModel());
    const f = await pool.compile(double, input(["n"]));
    const hung = Array.from({ length: SLOTS }, () => loop.with({ timeout: 200 })({ x: [0], trips: FOREVER }));
    while (pool.stats().running < SLOTS) await turn();
    const results = endsOf(Array.from({ length: 13 }, (_, index) => f([index])));
    assertEquals(pool.stats().queued, 10);
    assertEquals(await endsOf(hung), hung.map(() => "timeout"));
    while (pool.stats().queued > 2) await turn();
    const more = endsOf([f([20]), f([30])]);
    const doubled = Array.from({ length: 10 }, (_, index) => [2 * index]);
    assertEquals(await results, [...doubled, "queue full", "queue full", "queue full"]);
    assertEquals(await more, [[40], [60]]);
  });
});
