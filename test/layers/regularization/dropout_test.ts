import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { type AnyLayer, clearSession, Dropout, ones, tensor } from "@strata/nn";
import { goldenLayers } from "../golden.ts";
import { layerTest } from "../layer_test_harness.ts";

Deno.test("Dropout is the identity outside training", () => {
  const [golden] = goldenLayers("Dropout");
  layerTest({
    layer: (options) => new Dropout(0.5, { seed: 1, ...options }) as AnyLayer,
    input: tensor(golden.x),
    expected: golden.y,
    expectedShape: [2, 3],
    weightPaths: [],
    counts: { trainable: 0, nonTrainable: 0 },
  });
});

Deno.test("Dropout in training drops a part of the values and scales the others", () => {
  const layer = new Dropout(0.25, { seed: 7 });
  const values = layer(ones([100, 100]), { training: true }).dataSync();
  const scaled = new Set(values);
  assertEquals([...scaled].sort(), [0, Math.fround(1 / 0.75)]);
  // 10000 choices: five standard deviations are 0.0217.
  assertAlmostEquals(values.filter((value) => value === 0).length / values.length, 0.25, 0.0217);
});

Deno.test("Dropout draws anew each time, and the same with the same seed", () => {
  const first = new Dropout(0.5, { seed: 3 });
  const second = new Dropout(0.5, { seed: 3 });
  const x = ones([64]);
  const draws = [first, second].map((layer) => [1, 2].map(() => layer(x, { training: true }).array()));
  assertEquals(draws[0], draws[1]);
  assert(draws[0]![0]!.some((value, index) => value !== draws[0]![1]![index]), "two calls differ");
});

Deno.test("Dropout shares choices along axes of size 1 in its noise shape", () => {
  const layer = new Dropout(0.5, { seed: 5, noiseShape: [null, 1] });
  const rows = layer(ones([32, 8]), { training: true }).array();
  for (const row of rows) assertEquals(new Set(row).size, 1);
  assertEquals(new Set(rows.map((row) => row[0])), new Set([0, 2]));
});

Deno.test("Dropout at the ends of its range", () => {
  assertEquals(new Dropout(0)([1, 2], { training: true }).array(), [1, 2]);
  assertEquals(new Dropout(1)([1, 2], { training: true }).array(), [0, 0]);
});

Deno.test("Dropout has one state, which is no weight", () => {
  const layer = new Dropout(0.5, { seed: 1337 });
  layer([1]);
  assertEquals([layer.weights.length, layer.variables.length, layer.nonTrainableVariables.length], [0, 1, 1]);
  assertEquals(layer.countParams(), 0);
  assertEquals(new Dropout(0).variables, []);
});

Deno.test("Dropout refuses a rate outside 0 to 1", () => {
  for (const rate of [-0.1, 1.5, NaN, "0.5"]) {
    clearSession();
    assertEquals(
      assertThrows(() => new Dropout(rate as number), RangeError).message,
      `Cannot make layer dropout: expected a rate from 0 to 1, received ${rate}`,
    );
  }
});
