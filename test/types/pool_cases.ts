import { border, crop, type Ends, upSample } from "../../src/shape/crop.ts";
import type { Dim } from "../../src/shape/dim.ts";
import { adaptivePool, pool } from "../../src/shape/pool.ts";
import type { DataFormat } from "../../src/shape/spatial.ts";
import { caseOf, type Random, seeded, typeOf } from "../shape/random_shapes.ts";

const CHOICES: readonly (readonly Dim[])[] = [
  [1, 2, 3, 4, 5, 7, 8, 12],
  [1, 7, 28, 32, 56, 112, 224, 225],
  [0, 1, 5, 9, "height", "width", null],
  [99, 100, 1000, 4096],
];

function formatOf(random: Random): DataFormat {
  return random.pick(["channels_last", "channels_first"]);
}

/** A number, or one for each of `count` axes; now and then too many. */
function perAxis(random: Random, count: number, choices: readonly number[]): number | number[] {
  const wrong = random.integer(0, 15) === 0 ? 1 : 0;
  const list = Array.from({ length: count + wrong }, () => random.pick(choices));
  return random.pick([list[0]!, list]);
}

function ends(random: Random, count: number): Ends[] {
  const choices = random.pick([[0, 1], [0, 1, 2, 3], [0, 2, 5, 14]]);
  return Array.from({ length: count }, () => [random.pick(choices), random.pick(choices)] as const);
}

/** Random cases of `pool`, as lines of TypeScript. */
export function poolCases(): string {
  const random = seeded(51);
  return Array.from({ length: 300 }, () => {
    const shape = random.shape(random.pick([3, 4, 4, 5, 5, 2, 6]), random.pick(CHOICES));
    const count = Math.max(1, shape.length - 2);
    const poolSize = perAxis(random, count, [1, 2, 2, 3, 5, 7]);
    const strides = random.pick([poolSize, perAxis(random, count, [1, 2, 3, 4])]);
    const padding = random.pick(["valid", "valid", "same"] as const);
    const dataFormat = formatOf(random);
    const given = [shape, poolSize, strides, padding, dataFormat].map(typeOf).join(", ");
    return caseOf(`pool<${given}>`, () => pool(shape, { poolSize, strides, padding, dataFormat }));
  }).join("\n");
}

/** Random cases of `adaptivePool`, `crop`, `border` and `upSample`, as lines of TypeScript. */
export function spatialCases(): string {
  const random = seeded(52);
  return Array.from({ length: 300 }, (_, round) => {
    const shape = random.shape(random.integer(3, 5), random.pick(CHOICES));
    const count = shape.length - 2;
    const format = formatOf(random);
    const relation = (name: string, argument: unknown) =>
      `${name}<${[shape, argument, format].map(typeOf).join(", ")}>`;
    if (round % 4 === 0) {
      const size = perAxis(random, count, [1, 2, 7, 14]);
      return caseOf(relation("adaptivePool", size), () => adaptivePool(shape, size, format));
    }
    if (round % 4 === 1) {
      const size = random.pick([2, 3, Array.from({ length: count }, () => random.integer(1, 4))]);
      return caseOf(relation("upSample", size), () => upSample(shape, size, format));
    }
    const both = ends(random, count);
    return round % 4 === 2
      ? caseOf(relation("crop", both), () => crop(shape, both, format))
      : caseOf(relation("border", both), () => border(shape, both, format));
  }).join("\n");
}
