import { assert, assertEquals } from "@std/assert";
import { Dense, type EagerTensor, full, input, ops, Sequential, tensor, Variable } from "@strata/nn";
import { turn, withPool, workerUrl } from "./harness.ts";

Deno.test("calls and assignments without waiting: each call sees the weights of its time", async () => {
  await withPool({ workers: 2 }, async (pool) => {
    const model = new Sequential(input(["batch", 3]), new Dense(2, { activation: "tanh" }), new Dense(2));
    const predict = await pool.compile(model);
    const x = tensor([[1, -2, 0.5]]);
    const [first, last] = model.layers;
    const expected: unknown[] = [];
    const results: Promise<EagerTensor>[] = [];
    for (let round = 0; round < 60; round++) {
      const kernel = (scale: number, rows: number) =>
        Array.from({ length: rows }, (_, row) => [scale * (row + 1) / 10, -scale / (row + 3)]);
      if (round % 3 === 1) first!.setWeights([tensor(kernel(round / 30, 3)), tensor([round / 7, 0])]);
      if (round % 5 === 2) last!.setWeights([tensor(kernel(1 - round / 50, 2)), tensor([0, round])]);
      for (let call = 0; call <= round % 3; call++) {
        expected.push(model(x).array());
        results.push(predict(x));
      }
      if (round % 20 === 19) await results.at(-1);
    }
    assertEquals((await Promise.all(results)).map((result) => result.array()), expected);
  });
});

Deno.test("of two variables that are assigned together no call sees one old and one new", async () => {
  await withPool({ workers: 2 }, async (pool) => {
    const [a, b] = [new Variable(tensor([0])), new Variable(tensor([0]))];
    const f = await pool.compile((x) => ops.add(x, ops.add(ops.multiply(a, 1000), b)), input([1]));
    const results: Promise<EagerTensor>[] = [];
    for (let round = 1; round <= 200; round++) {
      a.assign([round]);
      b.assign([round]);
      results.push(f([0]), f([0]));
      if (round % 10 === 0) await turn();
    }
    const values = (await Promise.all(results)).map((result) => result.item());
    assertEquals(values, Array.from({ length: 400 }, (_, index) => 1001 * ((index >> 1) + 1)));
  });
});

Deno.test("weights that stay the same become constants again, and workers give up the models before", async () => {
  await withPool({ workers: 1 }, async (pool) => {
    // 1 MB of weights a model.
    const layer = new Dense(512, { useBias: false, kernelInitializer: "zeros" });
    const f = await pool.compile(layer, input(["batch", 512]));
    const x = tensor([Array.from({ length: 512 }, () => 1)]);
    const kernel = layer.weights[0]!;
    const memory: number[] = [];
    for (let round = 0; round < 40; round++) {
      kernel.assign(full([512, 512], round));
      const calls = await Promise.all(Array.from({ length: 66 }, () => f(x)));
      // The change to constants happens beside the calls.
      for (let call = 0; call < 4; call++) calls.push(await f(x));
      assertEquals(calls.map((result) => result.dataSync()[511]), calls.map(() => 512 * round));
      if (round === 9 || round === 39) memory.push(pool.stats().workers[0]!.memory!);
    }
    // Forty rounds make eighty models of 1 MB.
    const [early, late] = memory as [number, number];
    assert(late - early < 8_000_000, `the worker's memory grew from ${early} to ${late} bytes`);
  });
});

Deno.test("a worker that takes the place of another gets the latest weights", async () => {
  await withPool({ workers: 1, workerUrl: workerUrl("dying") }, async (pool) => {
    const scale = new Variable(tensor(2));
    const f = await pool.compile((x) => ops.multiply(x, scale), input(["n"]));
    assertEquals((await f([1])).array(), [2]);
    scale.assign(3);
    assertEquals((await f([1])).array(), [3]);
    const failed = await f([13]).then(() => undefined, (error) => error.reason);
    assertEquals(failed, "worker ended");
    assertEquals((await f([1])).array(), [3]);
    scale.assign(4);
    assertEquals((await f([1])).array(), [4]);
    assertEquals(pool.stats().restarts, 1);
  });
});
