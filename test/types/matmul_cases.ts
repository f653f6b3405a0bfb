import { matmul } from "../../src/shape/matmul.ts";
import { caseOf, seeded, typeOf } from "../shape/random_shapes.ts";

/** Random cases of `matmul`, as lines of TypeScript. */
export function matmulCases(): string {
  const random = seeded(12);
  return Array.from({ length: 250 }, () => {
    const choices = random.pick([[1, 2, 3], [2, 2, 2, 1, "batch", null], [1, 2, "batch", "time", null]]);
    const a = random.shape(random.integer(0, 4), choices);
    const b = random.shape(random.integer(0, 4), choices);
    return caseOf(`matmul<${typeOf(a)}, ${typeOf(b)}>`, () => matmul(a, b));
  }).join("\n");
}
