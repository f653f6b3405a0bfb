import type { Dim } from "../../src/shape/dim.ts";
import { pad, type PadWidth } from "../../src/shape/pad.ts";
import { repeat } from "../../src/shape/repeat.ts";
import { slice } from "../../src/shape/slice.ts";
import { tile } from "../../src/shape/tile.ts";
import { caseOf, type Random, seeded, typeOf } from "../shape/random_shapes.ts";

const dims: Dim[] = [1, 2, 5, 10, 28, 128, "batch", null];

// Now and then one of a list is missing or comes twice.
function miscounted<T>(random: Random, items: T[]): T[] {
  return random.integer(0, 14) === 0 ? random.pick([items.slice(1), [...items, ...items.slice(0, 1)]]) : items;
}

/** Random cases of `slice`, as lines of TypeScript. */
export function sliceCases(): string {
  const random = seeded(38);
  return Array.from({ length: 160 }, () => {
    const shape = random.shape(random.integer(0, 3), dims);
    const start = miscounted(random, shape.map(() => random.pick([0, 0, 0, 1, 2, 20, -1])));
    const size = miscounted(
      random,
      shape.map((dim) => random.pick([-1, typeof dim === "number" ? dim : 3, 1, 1, 2, 0, 9, -2])),
    );
    const type = `slice<${typeOf(shape)}, ${typeOf(start)}, ${typeOf(size)}>`;
    return caseOf(type, () => slice(shape, start, size));
  }).join("\n");
}

/** Random cases of `pad`, as lines of TypeScript. */
export function padCases(): string {
  const random = seeded(39);
  const width = () => random.pick([0, 0, 1, 2, 3, 99, random.integer(-1, 5)]);
  return Array.from({ length: 120 }, () => {
    const shape = random.shape(random.integer(0, 4), dims);
    const widths = miscounted(random, shape.map((): PadWidth => [width(), width()]));
    return caseOf(`pad<${typeOf(shape)}, ${typeOf(widths)}>`, () => pad(shape, widths));
  }).join("\n");
}

/** Random cases of `tile`, as lines of TypeScript. */
export function tileCases(): string {
  const random = seeded(40);
  return Array.from({ length: 120 }, () => {
    const shape = random.shape(random.integer(0, 3), dims);
    const repeats = Array.from({ length: random.integer(0, 4) }, () => random.pick([0, 1, 1, 2, 3, 12, 12, 1, -1]));
    return caseOf(`tile<${typeOf(shape)}, ${typeOf(repeats)}>`, () => tile(shape, repeats));
  }).join("\n");
}

/** Random cases of `repeat`, as lines of TypeScript. */
export function repeatCases(): string {
  const random = seeded(41);
  const count = () => random.pick([0, 1, 2, 3, 10, random.integer(-1, 4)]);
  return Array.from({ length: 160 }, () => {
    const shape = random.shape(random.integer(1, 3), [1, 2, 3, 28, "batch", null]);
    const axis = random.pick([undefined, random.integer(-shape.length - 1, shape.length)]);
    const repeats = random.pick([count(), Array.from({ length: random.integer(0, 3) }, count)]);
    return caseOf(
      `repeat<${typeOf(shape)}, ${typeOf(repeats)}, ${axis}>`,
      () => repeat(shape, repeats, axis),
    );
  }).join("\n");
}
