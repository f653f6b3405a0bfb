import { concatenate } from "../../src/shape/concatenate.ts";
import type { Dim } from "../../src/shape/dim.ts";
import { stack } from "../../src/shape/stack.ts";
import { caseOf, type Random, seeded, typeOf } from "../shape/random_shapes.ts";

// Shapes that agree but for a few dims.
function inputs(random: Random, most: number): Dim[][] {
  const choices = random.pick<Dim[]>([[1, 2, 3, 64], [2, 3, "batch", null], [8, "batch", "time", null]]);
  const first = random.shape(random.integer(1, 4), choices);
  return Array.from({ length: random.integer(0, most) }, () => {
    const shape = first.map((dim) => random.integer(0, 9) === 0 ? random.pick(choices) : dim);
    return random.integer(0, 19) === 0 ? [...shape, 1] : shape;
  });
}

/** Random cases of `concatenate`, as lines of TypeScript. */
export function concatenateCases(): string {
  const random = seeded(36);
  return Array.from({ length: 200 }, () => {
    const shapes = inputs(random, 4);
    const rank = shapes[0]?.length ?? 1;
    const axis = random.integer(-rank, rank - 1 + random.pick([0, 0, 0, 1]));
    for (const shape of shapes) {
      if (shape.at(axis) !== undefined) {
        shape[axis < 0 ? axis + shape.length : axis] = random.pick([1, 30, 0, 256, "n"]);
      }
    }
    return caseOf(`concatenate<${typeOf(shapes)}, ${axis}>`, () => concatenate(shapes, axis));
  }).join("\n");
}

/** Random cases of `stack`, as lines of TypeScript. */
export function stackCases(): string {
  const random = seeded(37);
  return Array.from({ length: 120 }, () => {
    const shapes = inputs(random, 3);
    const rank = shapes[0]?.length ?? 1;
    const axis = random.integer(-rank - 1, rank + random.pick([0, 0, 0, 1]));
    return caseOf(`stack<${typeOf(shapes)}, ${axis}>`, () => stack(shapes, axis));
  }).join("\n");
}
