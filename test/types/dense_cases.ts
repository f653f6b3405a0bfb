import { dense } from "../../src/shape/dense.ts";
import { caseOf, seeded, typeOf } from "../shape/random_shapes.ts";

/** Random cases of `dense`, as lines of TypeScript. */
export function denseCases(): string {
  const random = seeded(33);
  return Array.from({ length: 60 }, () => {
    const choices = [2, 3, "batch", null];
    const x = random.shape(random.integer(0, 3), choices);
    const kernel = random.shape(random.pick([1, 2, 2, 2, 3]), choices);
    return caseOf(`dense<${typeOf(x)}, ${typeOf(kernel)}>`, () => dense(x, kernel));
  }).join("\n");
}
