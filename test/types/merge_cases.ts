import { batchDot } from "../../src/shape/batch_dot.ts";
import { groups } from "../../src/shape/groups.ts";
import { merge } from "../../src/shape/merge.ts";
import { parameter } from "../../src/shape/normalize.ts";
import type { Shape } from "../../src/shape/dim.ts";
import { caseOf, type Random, seeded, typeOf } from "../shape/random_shapes.ts";

/** Shapes that often go together: each is that of the first, with some dims replaced and some axes left out. */
function related(random: Random, count: number, choices: readonly (number | string | null)[]): Shape[] {
  const first = random.shape(random.integer(0, 4), choices);
  const others = Array.from({ length: count - 1 }, () => {
    const shape = first.map((dim) => random.integer(0, 5) === 0 ? random.pick(choices) : dim);
    return random.integer(0, 3) === 0 ? [...shape.slice(0, 1), ...shape.slice(2)] : shape;
  });
  return random.shuffle([first, ...others]);
}

/** Random cases of `merge`, as lines of TypeScript. */
export function mergeCases(): string {
  const random = seeded(41);
  return Array.from({ length: 80 }, () => {
    const shapes = related(random, random.integer(1, 3), [1, 2, 3, 3, "batch", null]);
    return caseOf(`merge<${typeOf(shapes)}>`, () => merge(shapes));
  }).join("\n");
}

/** Random cases of `batchDot`, as lines of TypeScript. */
export function batchDotCases(): string {
  const random = seeded(42);
  return Array.from({ length: 80 }, () => {
    const [a, b] = related(random, 2, [2, 3, "batch", null]) as [Shape, Shape];
    const [i, j] = [random.integer(-3, 3), random.integer(-3, 3)];
    return caseOf(`batchDot<${typeOf(a)}, ${typeOf(b)}, ${i}, ${j}>`, () => batchDot(a, b, i, j));
  }).join("\n");
}

/** Random cases of `groups`, as lines of TypeScript. */
export function groupsCases(): string {
  const random = seeded(43);
  return Array.from({ length: 60 }, () => {
    const shape = random.shape(random.integer(0, 4), [4, 6, 12, "batch", null]);
    const count = random.pick([-1, 1, 2, 3, 4, 32]);
    const axis = random.integer(-3, 3);
    return caseOf(`groups<${typeOf(shape)}, ${count}, ${axis}>`, () => groups(shape, count, axis));
  }).join("\n");
}

/** Random cases of `parameter`, as lines of TypeScript. */
export function parameterCases(): string {
  const random = seeded(44);
  return Array.from({ length: 60 }, () => {
    const shape = random.shape(random.integer(2, 4), [2, 3, "batch", null]);
    const axis = random.integer(0, 1) === 0
      ? random.integer(-shape.length, shape.length - 1)
      : random.shuffle([...shape.keys()]).slice(0, random.integer(1, 2));
    const given = random.shape(random.pick([1, 1, 2]), [2, 3, 3]);
    const type = `parameter<"gamma", ${typeOf(shape)}, ${typeOf(axis)}, ${typeOf(given)}>`;
    return caseOf(type, () => parameter("gamma", shape, axis, given));
  }).join("\n");
}
