import { transpose } from "../../src/shape/transpose.ts";
import { caseOf, seeded, typeOf } from "../shape/random_shapes.ts";

/** Random cases of `transpose`, as lines of TypeScript. */
export function transposeCases(): string {
  const random = seeded(15);
  return Array.from({ length: 250 }, () => {
    const shape = random.shape(random.integer(0, 5), [1, 2, 3, 10, "batch", null]);
    const rank = shape.length;
    const order = random.shuffle(shape.map((_, place) => random.pick([place, place, place - rank])));
    // One in four is spoilt.
    const spoil = random.integer(0, 15);
    if (spoil === 0) order.push(0);
    if (spoil === 1) order.pop();
    if (spoil === 2 && rank > 0) order[0] = random.integer(-rank - 2, rank + 1);
    if (spoil === 3 && rank > 1) order[1] = order[0]!;
    const axes = random.integer(0, 9) === 0 ? undefined : order;
    return caseOf(`transpose<${typeOf(shape)}, ${typeOf(axes)}>`, () => transpose(shape, axes));
  }).join("\n");
}
