import { assertEquals } from "@std/assert";
import { checkSame, compareTraced, type Opening, OPENINGS } from "../jit/both_ways.ts";
import type { EagerTensor, Tensor } from "@strata/nn";
import { leavesOf, type Structure } from "../../src/tensor/structure.ts";
import { CONTROL, CONTROL_CASES } from "./control_cases.ts";

/** Cases whose number of steps must be known. */
const UNROLLED = "scan, unrolled";

Deno.test("every case of Keras has its function, and every function a case", () => {
  assertEquals(CONTROL_CASES.map(({ name }) => name), Object.keys(CONTROL));
});

for (const { name, inputs, outputs } of CONTROL_CASES) {
  Deno.test(`${name}: Keras's numbers, eagerly and compiled, with known, open and named sizes`, () => {
    const call = CONTROL[name]!;
    const leaves = (result: unknown) =>
      leavesOf(result as Structure<Tensor | null>).filter((leaf) => leaf !== null) as EagerTensor[];
    const fn = (...tensors: readonly unknown[]) => leaves(call(...tensors));
    checkSame("eagerly", fn(...inputs), outputs, 1e-5);
    for (const [how, open] of Object.entries(OPENINGS) as [string, Opening][]) {
      if (name === UNROLLED && how !== "known") continue;
      compareTraced(how, fn, inputs, open, outputs, 1e-5);
    }
  });
}
