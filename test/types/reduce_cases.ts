import { reduce } from "../../src/shape/reduce.ts";
import { caseOf, seeded, typeOf } from "../shape/random_shapes.ts";

/** Random cases of `reduce`, as lines of TypeScript. */
export function reduceCases(): string {
  const random = seeded(14);
  return Array.from({ length: 250 }, () => {
    const shape = random.shape(random.integer(0, 4), [1, 2, 3, 10, "batch", null]);
    const rank = shape.length;
    const axis = () => random.integer(-rank - (random.integer(0, 9) === 0 ? 1 : 0), rank - 1);
    const axes = random.pick([undefined, axis(), Array.from({ length: random.integer(0, 3) }, axis)]);
    const keepDims = random.pick([true, false]);
    return caseOf(`reduce<${typeOf(shape)}, ${typeOf(axes)}, ${keepDims}>`, () => reduce(shape, axes, keepDims));
  }).join("\n");
}
