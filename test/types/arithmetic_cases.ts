import {
  add,
  addDims,
  compare,
  divide,
  floorDivide,
  lessThan,
  multiply,
  multiplyDims,
  remainder,
  size,
  subtract,
} from "../../src/shape/arithmetic.ts";
import type { Dim } from "../../src/shape/dim.ts";
import { type Random, seeded, typeOf } from "../shape/random_shapes.ts";

const operations = { add, subtract, multiply, divide, floorDivide, remainder, lessThan, compare };

// As many numbers of each length, and not too many of them random digits.
function number(random: Random, digits: number): number {
  const low = 10 ** (digits - 1);
  const power = 2 ** random.integer(0, Math.floor(Math.log2(10 ** digits)));
  return random.pick([random.integer(0, 9), power, random.integer(low, 10 * low - 1), random.integer(1, 9) * low]);
}

/** Random cases of the arithmetic on integers, as lines of TypeScript. */
export function arithmeticCases(): string {
  const random = seeded(31);
  return Array.from({ length: 480 }, (_, round) => {
    const [name, operation] = Object.entries(operations)[round % 8]!;
    const digits = random.pick([1, 2, 3, 3, 5, 7]);
    const divisor = number(random, random.pick([1, 2, digits]));
    const first = name === "divide" ? number(random, digits) * divisor : number(random, digits);
    const signed = round % 8 < 2;
    const a = random.pick<Dim>([first, first, first, signed ? -first : first + 1, null]) || 0;
    const b = random.pick<Dim>([divisor, divisor, divisor, signed ? -divisor : 1, null]) || 0;
    return `is<Eq<${name}<${typeOf(a)}, ${typeOf(b)}>, ${typeOf(operation(a, b))}>>();`;
  }).join("\n");
}

/** Random cases of the arithmetic on dims, as lines of TypeScript. */
export function dimArithmeticCases(): string {
  const random = seeded(32);
  const dims: Dim[] = [0, 1, 2, 3, 7, 10, 28, 64, 224, 1024, null, "batch", "time", "time*64", "batch*time", "a*b*12"];
  const pairs = Array.from({ length: 200 }, (_, round) => {
    const a = random.pick(dims);
    const b = random.pick(dims);
    return round % 3 === 0
      ? `is<Eq<addDims<${typeOf(a)}, ${typeOf(b)}>, ${typeOf(addDims(a, b))}>>();`
      : `is<Eq<multiplyDims<${typeOf(a)}, ${typeOf(b)}>, ${typeOf(multiplyDims(a, b))}>>();`;
  });
  const sizes = Array.from({ length: 100 }, () => {
    const shape = random.shape(random.integer(0, 5), random.pick([dims, [1, 2, 3, 4, 7, 28, 64, 224]]));
    return `is<Eq<size<${typeOf(shape)}>, ${typeOf(size(shape))}>>();`;
  });
  return [...pairs, ...sizes].join("\n");
}
