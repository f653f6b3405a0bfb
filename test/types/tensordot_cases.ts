import { tensordot, type TensordotAxes } from "../../src/shape/tensordot.ts";
import { caseOf, seeded, typeOf } from "../shape/random_shapes.ts";

/** Random cases of `tensordot`, as lines of TypeScript. */
export function tensordotCases(): string {
  const random = seeded(19);
  return Array.from({ length: 250 }, () => {
    const choices = random.pick([[2, 3], [2, 2, 2, "batch", null]]);
    const a = random.shape(random.integer(1, 4), choices);
    const b = random.shape(random.integer(1, 4), choices);
    const axis = (rank: number) => random.integer(-rank - (random.integer(0, 9) === 0 ? 1 : 0), rank - 1);
    const count = random.integer(0, 2);
    const list = (rank: number) =>
      Array.from({ length: count + (random.integer(0, 9) === 0 ? 1 : 0) }, () => axis(rank));
    const axes: TensordotAxes = random.pick<TensordotAxes>([
      random.integer(-1, 3),
      random.integer(0, 2),
      [axis(a.length), axis(b.length)],
      [list(a.length), list(b.length)],
      [list(a.length), list(b.length)],
    ]);
    return caseOf(`tensordot<${typeOf(a)}, ${typeOf(b)}, ${typeOf(axes)}>`, () => tensordot(a, b, axes));
  }).join("\n");
}
