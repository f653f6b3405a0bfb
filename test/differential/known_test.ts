import { assert } from "@std/assert";
import { type LayerCase, type OpCase, storedCases } from "./case.ts";
import { KNOWN, type Known, KNOWN_OPS } from "./known.ts";
import { differenceIn, withoutWarnings } from "./differences.ts";
import { layerDifference, opDifference, type Run } from "./ways.ts";

const RUN: Run = { ways: ["eager", "json"] };

function testKnown<C extends { readonly id: string }>(
  rules: readonly Known<C>[],
  cases: readonly C[],
  compare: (each: C) => Promise<string | null>,
): void {
  for (const { reason, example, explains } of rules) {
    Deno.test(`a known difference still is one: ${reason}`, async () => {
      const each = cases.find(({ id }) => id === example);
      assert(each !== undefined, `${example} is stored`);
      const difference = await withoutWarnings(() => differenceIn(() => compare(each)));
      assert(difference !== null, `${example} no longer differs: remove the rule`);
      assert(explains(each, difference), `the rule does not explain ${example}: ${difference}`);
    });
  }
}

testKnown(KNOWN, storedCases<LayerCase>("layers"), (each) => layerDifference(each, RUN));
testKnown(KNOWN_OPS, storedCases<OpCase>("ops"), (each) => opDifference(each, RUN));
