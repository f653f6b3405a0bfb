import { broadcastTo } from "../../src/shape/broadcast_to.ts";
import { caseOf, seeded, typeOf } from "../shape/random_shapes.ts";

/** Random cases of `broadcastTo`, as lines of TypeScript. */
export function broadcastToCases(): string {
  const random = seeded(20);
  return Array.from({ length: 250 }, () => {
    const target = random.shape(random.integer(0, 4), [1, 2, 3, "batch", null]);
    const rank = random.integer(0, target.length);
    const shape = target.slice(target.length - rank)
      .map((dim) => random.pick([dim, dim, dim, 1, 1, random.pick([2, 3, "batch", "time", null])]));
    if (random.integer(0, 9) === 0) shape.unshift(...random.shape(random.integer(1, 3), [1, 2, null]));
    return caseOf(`broadcastTo<${typeOf(shape)}, ${typeOf(target)}>`, () => broadcastTo(shape, target));
  }).join("\n");
}
