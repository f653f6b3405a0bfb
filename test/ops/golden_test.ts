import { describe, FAMILIES, type GoldenCase, publicOp, readCases, runCase } from "./golden.ts";

for (const family of FAMILIES) {
  const cases = new Map<string, GoldenCase[]>();
  for (const golden of readCases(family)) cases.set(golden.op, [...cases.get(golden.op) ?? [], golden]);
  for (const [op, ofOp] of cases) {
    const promised = ofOp.filter((golden) => golden.extra !== true || publicOp(op) !== undefined);
    if (promised.length === 0) continue;
    Deno.test(`${op} gives the golden numbers eagerly and in graphs with known, open and named dims`, () => {
      const failures = promised.flatMap((golden) => {
        try {
          runCase(golden);
          return [];
        } catch (error) {
          return [`${describe(golden)}: ${(error as Error).message}`];
        }
      });
      if (failures.length > 0) {
        throw new Error(`${failures.length} of ${promised.length} cases fail\n${failures.slice(0, 10).join("\n")}`);
      }
    });
  }
}
