import { squeeze } from "../../src/shape/squeeze.ts";
import { caseOf, seeded, typeOf } from "../shape/random_shapes.ts";

/** Random cases of `squeeze`, as lines of TypeScript. */
export function squeezeCases(): string {
  const random = seeded(17);
  const everywhere = Array.from({ length: 60 }, () => {
    const shape = random.shape(random.integer(0, 5), [0, 1, 1, 2, 10]);
    return caseOf(`squeeze<${typeOf(shape)}>`, () => squeeze(shape));
  });
  const axes = Array.from({ length: 200 }, () => {
    const shape = random.shape(random.integer(1, 4), [1, 1, 1, 1, 3, 10, "batch", null]);
    const rank = shape.length;
    const axis = () => random.integer(-rank - (random.integer(0, 9) === 0 ? 1 : 0), rank - 1);
    const axes = random.pick([axis(), Array.from({ length: random.integer(0, 3) }, axis)]);
    return caseOf(`squeeze<${typeOf(shape)}, ${typeOf(axes)}>`, () => squeeze(shape, axes));
  });
  return [...everywhere, ...axes].join("\n");
}
