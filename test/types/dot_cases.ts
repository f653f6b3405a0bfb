import { dot } from "../../src/shape/dot.ts";
import { caseOf, seeded, typeOf } from "../shape/random_shapes.ts";

/** Random cases of `dot`, as lines of TypeScript. */
export function dotCases(): string {
  const random = seeded(18);
  return Array.from({ length: 150 }, () => {
    const choices = random.pick([[1, 2, 3], [2, 2, 2, "batch", null]]);
    const a = random.shape(random.integer(0, 3), choices);
    const b = random.shape(random.integer(0, 3), choices);
    return caseOf(`dot<${typeOf(a)}, ${typeOf(b)}>`, () => dot(a, b));
  }).join("\n");
}
