import { at, insertAt, normalizeAxes, normalizeAxis, removeAt, replaceAt } from "../../src/shape/axis.ts";
import { caseOf, seeded, typeOf } from "../shape/random_shapes.ts";

/** Random cases of axes, as lines of TypeScript. */
export function axisCases(): string {
  const random = seeded(33);
  return Array.from({ length: 240 }, (_, round) => {
    const shape = random.shape(random.pick([1, 2, 3, 4, 4, 11]), [1, 2, 64, "batch", null]);
    const axis = random.integer(-shape.length - 1, shape.length);
    const axes = Array.from({ length: random.integer(0, 3) }, () => random.integer(-shape.length, shape.length));
    const type = `${typeOf(shape)}, ${axis}`;
    const list = typeOf(axes);
    // A dim or an axis is wrapped in a shape, because a relation is of shapes.
    switch (round % 6) {
      case 0:
        return caseOf(`Wrapped<normalizeAxis<${axis}, ${typeOf(shape)}>>`, () => [normalizeAxis(axis, shape)]);
      case 1:
        return caseOf(`normalizeAxes<${list}, ${typeOf(shape)}>`, () => normalizeAxes(axes, shape));
      case 2:
        return caseOf(`Wrapped<at<${type}>>`, () => [at(shape, axis)]);
      case 3:
        return caseOf(`replaceAt<${type}, 7>`, () => replaceAt(shape, axis, 7));
      case 4:
        return caseOf(`removeAt<${type}>`, () => removeAt(shape, axis));
      default:
        return caseOf(`insertAt<${type}, "time">`, () => insertAt(shape, axis, "time"));
    }
  }).concat("type Wrapped<D> = D extends number | string | null ? readonly [D] : D;").join("\n");
}
