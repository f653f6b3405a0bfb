import { expandDims } from "../../src/shape/expand_dims.ts";
import { caseOf, seeded, typeOf } from "../shape/random_shapes.ts";

/** Random cases of `expandDims`, as lines of TypeScript. */
export function expandDimsCases(): string {
  const random = seeded(16);
  return Array.from({ length: 250 }, () => {
    const shape = random.shape(random.integer(0, 4), [1, 2, 3, 10, "batch", null]);
    const count = random.integer(0, 3);
    const axis = (rank: number) => random.integer(-rank - (random.integer(0, 9) === 0 ? 1 : 0), rank - 1);
    const list = Array.from({ length: count }, () => axis(shape.length + count));
    const axes = random.pick([axis(shape.length + 1), list]);
    return caseOf(`expandDims<${typeOf(shape)}, ${typeOf(axes)}>`, () => expandDims(shape, axes));
  }).join("\n");
}
