import { assert, assertEquals } from "@std/assert";
import { memoryUsage } from "node:process";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Dense, type EagerTensor, input, ops, tensor, trace, WorkerPool } from "@strata/nn";
import { compileUntyped, double, withPool } from "./harness.ts";

setFlagsFromString("--expose-gc");
const { Bun } = globalThis as { Bun?: { gc(force: boolean): void } };
const collect = Bun === undefined ? runInNewContext("gc") as () => void : () => Bun.gc(true);

/** Bytes of the objects that this program holds. */
function objectBytes(): number {
  collect();
  return memoryUsage().heapUsed;
}

Deno.test("compiling, running and releasing two hundred times leaves nothing", async () => {
  await withPool({ workers: 1 }, async (pool) => {
    // 1 MB of weights each, and 1 MB of results.
    const x = tensor([Array.from({ length: 512 }, () => 1)]);
    const memory: number[] = [];
    for (let round = 0; round < 200; round++) {
      const layer = new Dense(512, { useBias: false, kernelInitializer: "ones" });
      const f = await pool.compile(layer, input(["batch", 512]));
      const y = await f(x);
      assertEquals(y.dataSync()[0], 512);
      await f.release();
      if (round === 19 || round === 199) memory.push(pool.stats().workers[0]!.memory!);
    }
    const [early, late] = memory as [number, number];
    assert(late - early < 8_000_000, `the worker's memory grew from ${early} to ${late} bytes`);
  });
});

Deno.test("the weights of a model lie in a worker's memory no more often than the engine needs them", async (t) => {
  // 39 MiB of weights.
  const layer = new Dense(3200, { useBias: false, kernelInitializer: "ones" });
  const symbol = input(["batch", 3200]);
  const x = ops.ones([1, 3200]);
  layer(x);
  const weights = 3200 * 3200 * 4;
  const times = async (target: unknown, ...inputs: readonly unknown[]): Promise<number> => {
    await using pool = new WorkerPool({ workers: 1 });
    const f = await compileUntyped(pool, target, ...inputs);
    assertEquals((await f(x) as EagerTensor).dataSync()[7], 3200);
    return pool.stats().workers[0]!.memory! / weights;
  };

  await t.step("those of a graph: as they come, as the engine holds them, and arranged for its kernels", async () => {
    const count = await times(layer, symbol);
    assert(count < 4, `${count} times`);
  });

  await t.step("those of an ONNX file once more, as the engine parses it", async () => {
    // Measured: 5.4 times while the bytes were copied once more.
    const count = await times(trace(layer, symbol).toONNX());
    assert(count < 4.9, `${count} times`);
  });
});

Deno.test("functions that are traced for ever new shapes keep the latest alone", async () => {
  const { warn } = console;
  // deno-lint-ignore no-console -- the warning is not what is tested
  console.warn = () => {};
  try {
    await withPool({ workers: 1 }, async (pool) => {
      const table = ops.ones([1, 512, 512]);
      const f = await pool.compile((x) => ops.add(ops.sum(table), x));
      const memory: number[] = [];
      for (let size = 1; size <= 200; size++) {
        assertEquals((await f(new Float32Array(size))).shape, [size]);
        if (size === 60 || size === 200) memory.push(pool.stats().workers[0]!.memory!);
      }
      const [early, late] = memory as [number, number];
      assert(late - early < 16_000_000, `the worker's memory grew from ${early} to ${late} bytes`);
    });
  } finally {
    // deno-lint-ignore no-console -- as it was
    console.warn = warn;
  }
});

Deno.test("a hundred thousand calls leave nothing", async () => {
  await withPool({ workers: 1, maxQueue: Infinity, timeout: 1_000_000 }, async (pool) => {
    const f = await pool.compile(double, input(["n"]));
    const x = new Float32Array([1, 2, 3]);
    const { signal } = new AbortController();
    const g = f.with({ signal });
    const run = async (calls: number): Promise<void> => {
      for (let done = 0; done < calls; done += 1000) {
        await Promise.all(Array.from({ length: 1000 }, (_, index) => (index % 2 === 0 ? f : g)(x)));
      }
    };
    await run(20_000);
    const [objects, memory] = [objectBytes(), pool.stats().workers[0]!.memory];
    await run(80_000);
    assertEquals(pool.stats().workers[0]!.memory, memory);
    // One object of 100 bytes kept for each call would be 8 MB.
    const growth = objectBytes() - objects;
    assert(growth < 4_000_000, `the program grew by ${growth} bytes`);
    assertEquals([pool.stats().calls, pool.stats().queued, pool.stats().running], [100_000, 0, 0]);
  });
});
