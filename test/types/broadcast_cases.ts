import { broadcast, broadcastAll } from "../../src/shape/broadcast.ts";
import { caseOf, seeded, typeOf } from "../shape/random_shapes.ts";

/** Random cases of `broadcast` and `broadcastAll`, as lines of TypeScript. */
export function broadcastCases(): string {
  const random = seeded(11);
  const lines = Array.from({ length: 200 }, () => {
    const choices = random.pick([[1, 2, 3], [1, 2, "batch", "time", null]]);
    const a = random.shape(random.integer(0, 4), choices);
    const b = random.shape(random.integer(0, 4), choices);
    return caseOf(`broadcast<${typeOf(a)}, ${typeOf(b)}>`, () => broadcast(a, b));
  });
  const lists = Array.from({ length: 100 }, () => {
    const choices = random.pick([[1, 1, 2, 3], [1, 2, "batch", null]]);
    const shapes = Array.from({ length: random.integer(1, 4) }, () => random.shape(random.integer(0, 3), choices));
    return caseOf(`broadcastAll<${typeOf(shapes)}>`, () => broadcastAll(shapes));
  });
  return [...lines, ...lists].join("\n");
}
