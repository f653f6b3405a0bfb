import { assert, assertEquals } from "@std/assert";
import { measure, readBudgets } from "./budget.ts";
import { typeTest } from "./harness.ts";

typeTest("each construct costs the compiler no more than its budget", async (t) => {
  const budgets = readBudgets();
  const measured = await measure();
  await t.step("every construct has a budget, and every budget a construct", () => {
    assertEquals([...measured.keys()].sort(), Object.keys(budgets).sort());
  });
  for (const [construct, count] of measured) {
    const limit = budgets[construct]?.limit ?? 0;
    await t.step(`${construct}: ${count} instantiations, at most ${limit}`, () => assert(0 < count && count <= limit));
  }
});
