import { take, takeAlongAxis } from "../../src/shape/take.ts";
import { caseOf, seeded, typeOf } from "../shape/random_shapes.ts";

/** Random cases of `take` and `takeAlongAxis`, as lines of TypeScript. */
export function takeCases(): string {
  const random = seeded(21);
  const axisOf = (rank: number) =>
    random.integer(0, 5) === 0 ? undefined : random.integer(-rank - (random.integer(0, 5) === 0 ? 1 : 0), rank - 1);
  const taken = Array.from({ length: 120 }, () => {
    const shape = random.shape(random.integer(1, 4), [1, 2, 10, "batch", null]);
    const indices = random.shape(random.integer(0, 3), [1, 2, 5, "time", null]);
    const axis = axisOf(shape.length);
    return caseOf(
      `take<${typeOf(shape)}, ${typeOf(indices)}, ${typeOf(axis)}>`,
      () => take(shape, indices, axis),
    );
  });
  const along = Array.from({ length: 200 }, () => {
    const shape = random.shape(random.integer(1, 4), [2, 3, "batch", null]);
    const rank = random.integer(0, 9) === 0 ? random.integer(0, 4) : shape.length;
    const indices = Array.from(
      { length: rank },
      (_, place) => random.pick([shape[place] ?? 2, shape[place] ?? 1, 1, 2, null]),
    );
    const axis = axisOf(shape.length);
    return caseOf(
      `takeAlongAxis<${typeOf(shape)}, ${typeOf(indices)}, ${typeOf(axis)}>`,
      () => takeAlongAxis(shape, indices, axis),
    );
  });
  return [...taken, ...along].join("\n");
}
