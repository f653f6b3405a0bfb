import { flatten, flattenRest } from "../../src/shape/flatten.ts";
import { reshape } from "../../src/shape/reshape.ts";
import type { Dim } from "../../src/shape/dim.ts";
import { caseOf, type Random, seeded, typeOf } from "../shape/random_shapes.ts";

/** Another shape of the same elements, mostly: neighbours are joined, dims are split and shuffled, one is forgotten. */
function regrouped(random: Random, shape: readonly Dim[]): Dim[] {
  let target: Dim[] = [...shape];
  for (let step = random.integer(0, 3); step > 0; step--) {
    const place = random.integer(0, Math.max(0, target.length - 1));
    const [a = null, b = null] = target.slice(place);
    if (typeof a === "number" && typeof b === "number") target.splice(place, 2, a * b);
    else if (typeof a === "number" && a > 0 && a % 2 === 0) target.splice(place, 1, a / 2, 2);
    else target = random.shuffle(target);
  }
  const change = random.integer(0, 5);
  const place = random.integer(0, target.length);
  if (change <= 2 && target.length > 0) target[place % target.length] = -1;
  if (change <= 1 && random.pick([true, false])) target.push(random.integer(2, 9));
  if (change === 3) target.splice(place, 0, random.pick([-1, -1, 0, 2, -3, "time", null]));
  return target;
}

/** Random cases of `reshape`, as lines of TypeScript. */
export function reshapeCases(): string {
  const random = seeded(34);
  return Array.from({ length: 300 }, () => {
    const choices = random.pick<Dim[]>([
      [1, 2, 3, 4, 5, 6, 8, 12],
      [1, 7, 12, 28, 32, 64, 96],
      [1, 2, 3, 4, 6, 28, "batch", "time"],
      [0, 2, 3, "batch", "batch*4", null],
    ]);
    const shape = random.shape(random.integer(0, 4), choices);
    const target = regrouped(random, shape);
    return caseOf(`reshape<${typeOf(shape)}, ${typeOf(target)}>`, () => reshape(shape, target));
  }).join("\n");
}

/** Random cases of `flatten` and `flattenRest`, as lines of TypeScript. */
export function flattenCases(): string {
  const random = seeded(35);
  return Array.from({ length: 120 }, (_, round) => {
    const choices = random.pick<Dim[]>([[1, 2, 3, 7, 28, 64, 512], [0, 1, 3, 64, "batch", "time", null]]);
    const shape = random.shape(random.integer(0, 4), choices);
    return round % 2 === 0
      ? caseOf(`flatten<${typeOf(shape)}>`, () => flatten(shape))
      : caseOf(`flattenRest<${typeOf(shape)}>`, () => flattenRest(shape));
  }).join("\n");
}
