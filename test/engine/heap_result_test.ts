import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { compiledModule, defaultEngine } from "../../src/engine/default_engine.ts";
import type { HostTensor } from "../../src/engine/engine.ts";
import { WasmEngine } from "../../src/engine/wasm_engine.ts";
import { instantiateModule } from "../../src/engine/wasm_module.ts";
import { addModel, spec } from "./models.ts";

/** So many that results are left in the heap. */
const SIZE = 5000;
const large = spec("float32", [SIZE]);

function filled(number: number): HostTensor {
  return { ...large, data: new Float32Array(SIZE).fill(number) };
}

/** The one number that all elements are; NaN where they differ. */
function numberIn({ data }: HostTensor): number {
  const [first] = data as Float32Array;
  return (data as Float32Array).every((element) => element === first) ? first! : NaN;
}

Deno.test("a result that is read after later runs of its program has its own values", () => {
  const add = defaultEngine.loadSync(addModel());
  const sums = [1, 2, 3, 4].map((number) => add.runSync([filled(number), filled(1)], [large])[0]!);
  assertEquals(sums.map(numberIn), [2, 3, 4, 5]);
  assertStrictEquals(sums[0]!.data, sums[0]!.data);
  assert(sums[3]!.data.buffer instanceof ArrayBuffer);
  add.releaseSync();
});

Deno.test("a result is the input of its own program and of others", () => {
  const [add, other] = [defaultEngine.loadSync(addModel()), defaultEngine.loadSync(addModel())];
  let sum = filled(1);
  for (let i = 0; i < 5; i++) sum = add.runSync([sum, sum], [large])[0]!;
  assertEquals(numberIn(sum), 32);
  const start = add.runSync([filled(1), filled(1)], [large])[0]!;
  const twice = other.runSync([start, start], [large])[0]!;
  const again = add.runSync([start, twice], [large])[0]!;
  assertEquals([start, twice, again].map(numberIn), [2, 4, 6]);
  for (const program of [add, other]) program.releaseSync();
});

Deno.test("a result outlives its program", () => {
  const add = defaultEngine.loadSync(addModel());
  const [sum] = add.runSync([filled(1), filled(2)], [large]);
  add.releaseSync();
  assertEquals(numberIn(sum!), 3);
});

Deno.test("a result outlives what the budget frees, and is an input all the same", async () => {
  const engine = new WasmEngine(await instantiateModule(compiledModule), { cacheBudget: SIZE * 4 });
  const [add, other] = [engine.loadSync(addModel()), engine.loadSync(addModel())];
  const sums: HostTensor[] = [];
  for (let i = 0; i < 20; i++) {
    const [sum] = add.runSync([filled(i), filled(1)], [large]);
    sums.push(other.runSync([sum!, filled(1)], [large])[0]!, sum!);
  }
  assertEquals(sums.map(numberIn), Array.from({ length: 20 }, (_, i) => [i + 2, i + 1]).flat());
});

Deno.test("a result of one engine is an input of another", async () => {
  const engine = new WasmEngine(await instantiateModule(compiledModule));
  const [here, there] = [defaultEngine.loadSync(addModel()), engine.loadSync(addModel())];
  const [sum] = here.runSync([filled(1), filled(2)], [large]);
  const [far] = there.runSync([sum!, filled(10)], [large]);
  assertEquals([sum!, far!].map(numberIn), [3, 13]);
  here.releaseSync();
});

Deno.test("results that nobody reads do not pile up", () => {
  const add = defaultEngine.loadSync(addModel());
  const [x, y] = [filled(1), filled(2)];
  add.runSync([x, y], [large]);
  const { heapBytes, cachedBytes } = defaultEngine;
  for (let i = 0; i < 5000; i++) add.runSync([x, y], [large]);
  assertEquals([defaultEngine.heapBytes, defaultEngine.cachedBytes], [heapBytes, cachedBytes]);
  add.releaseSync();
});
