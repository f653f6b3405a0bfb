import { assert, assertEquals } from "@std/assert";
import { Dense, ops, tensor, zeros } from "@strata/nn";
import { defaultEngine } from "../../src/eager/default_engine.ts";

Deno.test("50,000 eager calls in one go leave the engine's heap as large as the first calls made it", () => {
  const layer = new Dense(32, { activation: "relu" });
  const x = zeros([8, 64]);
  let y = tensor([1, 2, 3, 4]);
  for (let i = 0; i < 100; i++) y = ops.add(layer(x) && y, 1);
  const { heapBytes, cachedBytes } = defaultEngine;
  for (let i = 0; i < 25_000; i++) {
    layer(x);
    y = ops.add(y, 1);
  }
  assertEquals(y.array(), [25_101, 25_102, 25_103, 25_104]);
  assertEquals(defaultEngine.heapBytes, heapBytes);
  assertEquals(defaultEngine.cachedBytes, cachedBytes);
});

Deno.test("calls with ever new shapes do not pile up in the engine's heap", () => {
  const before = defaultEngine.cachedBytes;
  // All of them together would take more than 500 MiB; the engine keeps 16 shapes of a program.
  for (let size = 1; size <= 500; size++) ops.add(zeros([512 * size]), 1);
  assert(defaultEngine.cachedBytes - before <= 48 * 2 ** 20, `${defaultEngine.cachedBytes - before} bytes are cached`);
});

Deno.test("weights that are dropped do not pile up in the engine's heap", () => {
  for (let i = 0; i < 2_000; i++) new Dense(256, { useBias: false, kernelInitializer: "zeros" })(zeros([1, 256]));
  assert(defaultEngine.cachedBytes <= 256 * 2 ** 20, `${defaultEngine.cachedBytes} bytes are cached`);
});
