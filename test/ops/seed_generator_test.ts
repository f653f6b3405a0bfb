import { assert, assertEquals, assertThrows } from "@std/assert";
import { SeedGenerator, setRandomSeed } from "../../src/ops/random/seed_generator.ts";
import { EagerTensor } from "../../src/tensor/eager.ts";
import { whileTracing } from "../../src/tensor/scope.ts";

/** The state of a draw outside any trace, which has values. */
function next(generator: SeedGenerator): EagerTensor {
  const state = generator.next();
  assert(state instanceof EagerTensor);
  return state;
}

// The behaviour of Keras 3.15.1, as its own tests have it.
Deno.test("a generator gives its state and counts", () => {
  const generator = new SeedGenerator(1337);
  assertEquals(next(generator).dataSync(), new BigInt64Array([1337n, 0n]));
  assertEquals(next(generator).dataSync(), new BigInt64Array([1337n, 1n]));
  assertEquals(generator.state.array(), [1337n, 2n]);
});

Deno.test("the state is a variable that no training changes", () => {
  const { state } = new SeedGenerator(1);
  assertEquals([state.shape, state.dtype, state.trainable], [[2], "int64", false]);
  assertEquals([state.name, state.path], ["seed_generator_state", "seed_generator/seed_generator_state"]);
  assertEquals(new SeedGenerator(1, { name: "noise" }).state.path, "noise/seed_generator_state");
  assertEquals(new SeedGenerator(5).getConfig(), { name: "seed_generator", seed: 5 });
});

Deno.test("what was given stays as it was when the counter goes on", () => {
  const generator = new SeedGenerator(3);
  const first = next(generator);
  generator.next();
  assertEquals(first.dataSync(), new BigInt64Array([3n, 0n]));
});

Deno.test("in a trace the state stays, and each draw moves the state of the graph", () => {
  const generator = new SeedGenerator(3);
  const updates = new Map();
  whileTracing(() => {
    const first = generator.next();
    const second = generator.next();
    assert(first.kind === "symbolic" && second.kind === "symbolic" && first !== second);
  }, updates);
  assertEquals([...updates.keys()], [generator.state]);
  assertEquals(generator.state.array(), [3n, 0n]);
});

Deno.test("without a seed one is drawn from 1 to 1e9", () => {
  const seeds = Array.from({ length: 50 }, () => new SeedGenerator().initialSeed);
  assert(seeds.every((seed) => Number.isInteger(seed) && seed >= 1 && seed <= 1e9));
  assert(new Set(seeds).size > 45);
  assert(new SeedGenerator(null).initialSeed >= 1);
});

Deno.test("after setRandomSeed the seeds that are drawn are the same each time", () => {
  const draw = (seed: number) => {
    setRandomSeed(seed);
    return Array.from({ length: 5 }, () => new SeedGenerator().initialSeed);
  };
  const seeds = draw(1);
  assertEquals(draw(1), seeds);
  assertEquals(new Set([...seeds, ...draw(2)]).size, 10);
  assert(seeds.every((seed) => seed >= 1 && seed <= 1e9));
});

Deno.test("a seed must be an integer", () => {
  assertThrows(
    () => new SeedGenerator(1.5),
    TypeError,
    "Cannot make a seed generator: expected an integer as seed, received 1.5",
  );
  assertThrows(() => new SeedGenerator("7" as unknown as number), TypeError, "received 7");
  assertThrows(() => setRandomSeed(NaN), TypeError, "received NaN");
});
