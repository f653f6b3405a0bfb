/**
 * Runs the stored cases of a kind as tests: eagerly all, in each other way every so many.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { WorkerPool } from "@strata/nn";
import { type LayerCase, type ModelCase, type OpCase, storedCases } from "./case.ts";
import { unknownDifference, withoutWarnings } from "./differences.ts";
import { KNOWN, type Known, KNOWN_OPS } from "./known.ts";
import { layerDifference, modelDifference, opDifference, type Way } from "./ways.ts";

/** Ways besides the eager one, in turn: tracing takes longer than running. */
const TURNS: readonly (readonly Way[])[] = [["open"], ["json"], ["known"], ["onnx"], ["json"], ["open", "pool"]];

async function differencesOf<C extends { readonly id: string }>(
  cases: readonly C[],
  rules: readonly Known<C>[],
  difference: (each: C, ways: readonly Way[], pool: WorkerPool) => Promise<string | null>,
): Promise<string[]> {
  return await withoutWarnings(async () => {
    await using pool = new WorkerPool({ workers: 1 });
    const differences: string[] = [];
    for (const [index, each] of cases.entries()) {
      const ways: readonly Way[] = ["eager", ...TURNS[index % TURNS.length]!];
      const found = await unknownDifference(each, rules, () => difference(each, ways, pool));
      if (found !== null) differences.push(`${each.id}: ${found}`);
    }
    return differences;
  });
}

/** Tests one share of the stored layers. */
export function testLayers(part: number, parts: number): void {
  Deno.test(`layers drawn at random give Keras's results, share ${part + 1} of ${parts}`, async () => {
    const cases = storedCases<LayerCase>("layers").filter((_, index) => index % parts === part);
    assert(cases.length > 0, "there are stored cases");
    assertEquals(await differencesOf(cases, KNOWN, (each, ways, pool) => layerDifference(each, { ways, pool })), []);
  });
}

/** Tests the stored models. */
export function testModels(): void {
  Deno.test("models drawn at random give Keras's results from its JSON", async () => {
    const cases = storedCases<ModelCase>("models");
    assert(cases.length > 0, "there are stored cases");
    assertEquals(await differencesOf(cases, [], (each, ways, pool) => modelDifference(each, { ways, pool })), []);
  });
}

/** Tests the stored ops. */
export function testOps(): void {
  Deno.test("ops drawn at random give Keras's results", async () => {
    const cases = storedCases<OpCase>("ops");
    assert(cases.length > 0, "there are stored cases");
    assertEquals(await differencesOf(cases, KNOWN_OPS, (each, ways, pool) => opDifference(each, { ways, pool })), []);
  });
}
