import { diagonal } from "../../src/shape/diagonal.ts";
import { caseOf, seeded, typeOf } from "../shape/random_shapes.ts";

/** Random cases of `diagonal`, as lines of TypeScript. */
export function diagonalCases(): string {
  const random = seeded(31);
  return Array.from({ length: 150 }, () => {
    const shape = random.shape(random.integer(1, 4), [0, 1, 2, 3, 12, "rows", "columns", null]);
    const axis = () => random.integer(-shape.length, shape.length - (random.integer(0, 9) === 0 ? 0 : 1));
    const [offset, first, second] = [random.integer(-4, 4), axis(), axis()];
    return caseOf(
      `diagonal<${typeOf(shape)}, ${offset}, ${first}, ${second}>`,
      () => diagonal(shape, offset, first, second),
    );
  }).join("\n");
}
