/**
 * Runs the stored cases of a kind: eagerly all, in each other way every so many.
 *
 * @module
 */
import { assert } from "@std/assert";
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
  assert(cases.length > 0, "there are stored cases");
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

/** What differs in one share of the stored layers. */
export function layerDifferences(part: number, parts: number): Promise<string[]> {
  const cases = storedCases<LayerCase>("layers").filter((_, index) => index % parts === part);
  return differencesOf(cases, KNOWN, (each, ways, pool) => layerDifference(each, { ways, pool }));
}

/** What differs in the stored models. */
export function modelDifferences(): Promise<string[]> {
  const cases = storedCases<ModelCase>("models");
  return differencesOf(cases, [], (each, ways, pool) => modelDifference(each, { ways, pool }));
}

/** What differs in the stored ops. */
export function opDifferences(): Promise<string[]> {
  const cases = storedCases<OpCase>("ops");
  return differencesOf(cases, KNOWN_OPS, (each, ways, pool) => opDifference(each, { ways, pool }));
}
