import { cumulate } from "../../src/shape/cumulate.ts";
import { caseOf, seeded, typeOf } from "../shape/random_shapes.ts";

/** Random cases of `cumulate`, as lines of TypeScript. */
export function cumulateCases(): string {
  const random = seeded(32);
  return Array.from({ length: 60 }, () => {
    const shape = random.shape(random.integer(0, 4), [0, 1, 2, 3, 12, "batch", null]);
    const axis = random.pick([undefined, random.integer(-shape.length - 1, shape.length)]);
    return caseOf(`cumulate<${typeOf(shape)}, ${typeOf(axis)}>`, () => cumulate(shape, axis));
  }).join("\n");
}
