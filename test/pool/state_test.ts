import { assertEquals } from "@std/assert";
import { Dropout, type EagerTensor, input, ones, ops, type Tensor, tensor, Variable, WorkerPool } from "@strata/nn";
import { compileUntyped, loopModel, withPool } from "./harness.ts";

Deno.test("runs of one function that assign a variable see each other's, in the order of the calls", async () => {
  await withPool({ workers: 2 }, async (pool) => {
    const eager = new Dropout(0.5, { seed: 7 });
    const dropout = new Dropout(0.5, { seed: 7 });
    const f = await compileUntyped(pool, dropout, input(["n"]), { training: true });
    const results = await Promise.all(Array.from({ length: 20 }, () => f(ones([8]))));
    const expected = Array.from({ length: 20 }, () => eager(ones([8]), { training: true }).array());
    assertEquals(results.map((result) => (result as EagerTensor).array()), expected);
    assertEquals(new Set(expected.map(String)).size > 10, true);
  });
});

/** Adds to a count and gives it. */
function counter(count: Variable): (x: EagerTensor) => EagerTensor {
  return (x) => {
    count.assign(ops.add(count, x));
    return ops.add(count, 0) as EagerTensor;
  };
}

const items = async (results: readonly Promise<unknown>[]): Promise<number[]> =>
  (await Promise.all(results)).map((result) => (result as EagerTensor).item() as number);

Deno.test("functions that share a variable take turns, in one pool and in two", async () => {
  await using one = new WorkerPool({ workers: 2 });
  await using other = new WorkerPool({ workers: 1 });
  const count = new Variable(tensor(0));
  const f = await compileUntyped(one, counter(count), input([]));
  const g = await compileUntyped(one, counter(count), input([]));
  const h = await compileUntyped(other, counter(count), input([]));
  const results = Array.from({ length: 60 }, (_, index) => [f, g, h][index % 3]!(1));
  assertEquals(await items(results), Array.from({ length: 60 }, (_, index) => index + 1));
  assertEquals(count.item(), 60);
});

Deno.test("an assignment between calls is seen by those after it, and not undone by those before it", async () => {
  await withPool({ workers: 1 }, async (pool) => {
    const count = new Variable(tensor(0));
    const f = await compileUntyped(pool, counter(count), input([]));
    const results = [f(1), f(1)];
    count.assign(100);
    results.push(f(1), f(1));
    assertEquals(await items(results.slice(0, 2)), [1, 2]);
    assertEquals(await items(results.slice(2)), [101, 102]);
    assertEquals(count.item(), 102);
    const last = f(1);
    count.assign(0);
    assertEquals(await items([last]), [103]);
    assertEquals(count.item(), 0);
  });
});

Deno.test("what a run assigns is there when its result is", async () => {
  await withPool({ workers: 2 }, async (pool) => {
    const [count, double] = [new Variable(tensor(0)), new Variable(tensor(0))];
    const step = await compileUntyped(pool, (x: EagerTensor) => {
      count.assign(ops.add(count, x));
      double.assign(ops.multiply(count, 2));
      return ops.add(x, 0);
    }, input([]));
    const read = await compileUntyped(pool, (x: Tensor) => ops.add(x, ops.subtract(double, count)), input([]));
    for (let round = 1; round <= 5; round++) {
      await step(1);
      assertEquals(await items([read(0)]), [round]);
    }
  });
});

Deno.test("a call that fails or is aborted leaves the state as it was", async () => {
  await withPool({ workers: 1 }, async (pool) => {
    const count = new Variable(tensor(0));
    const table = tensor([1, 10, 100]);
    const f = await compileUntyped(pool, (index: EagerTensor) => {
      count.assign(ops.add(count, ops.take(table, index)));
      return ops.add(count, 0);
    }, input([], { dtype: "int32" }));
    const abort = new AbortController();
    const at = (index: number) => tensor(index, { dtype: "int32" });
    const results = [f(at(0)), f(at(7)), f.with({ signal: abort.signal })(at(2)), f(at(1))];
    abort.abort(new Error("enough"));
    const settled = await Promise.allSettled(results);
    assertEquals(settled.map(({ status }) => status), ["fulfilled", "rejected", "rejected", "fulfilled"]);
    assertEquals(await items([results[0]!, results[3]!]), [1, 11]);
    assertEquals(count.item(), 11);
  });
});

Deno.test("calls with state that find the queue full do not hold up those that they follow", async () => {
  await withPool({ workers: 1, maxQueue: 1 }, async (pool) => {
    const count = new Variable(tensor(0));
    const f = await compileUntyped(pool, counter(count), input([]));
    const settled = await Promise.allSettled(Array.from({ length: 5 }, () => f(1)));
    assertEquals(settled.map(({ status }) => status === "fulfilled"), [true, true, false, false, false]);
    assertEquals(await items([f(1)]), [3]);
  });
  await withPool({ workers: 1, maxQueue: 1, whenFull: "wait" }, async (pool) => {
    const count = new Variable(tensor(0));
    const f = await compileUntyped(pool, counter(count), input([]));
    const other = await compileUntyped(pool, loopModel());
    const waiting = Array.from({ length: 4 }, () => other({ x: [0], trips: new BigInt64Array([3n]) }));
    assertEquals(await items(Array.from({ length: 20 }, () => f(1))), Array.from({ length: 20 }, (_, i) => i + 1));
    assertEquals(await items(waiting), [3, 3, 3, 3]);
  });
});
