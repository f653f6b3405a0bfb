import { conv, type Convolution, type Padding } from "../../src/shape/conv.ts";
import { convTranspose, type TransposedConvolution } from "../../src/shape/conv_transpose.ts";
import { convolve, convolveDepthwise, convolveSeparable, convolveTransposed } from "../../src/shape/conv_kernel.ts";
import { caseOf, type Random, seeded, typeOf } from "../shape/random_shapes.ts";

const SIZES = [1, 2, 5, 7, 28, 224, 1000, "height", null];

function sizes(random: Random, count: number, choices: readonly number[]): number | readonly number[] {
  return random.integer(0, 1) === 0 ? random.pick(choices) : Array.from({ length: count }, () => random.pick(choices));
}

function convolution(random: Random, count: number, padding: Padding): Convolution {
  return {
    kernelSize: sizes(random, count, [1, 2, 3, 4, 7]),
    filters: random.pick([1, 8, 64, "filters", null]),
    strides: sizes(random, count, [1, 1, 2, 3, 10]),
    padding,
    dilationRate: sizes(random, count, [1, 1, 2, 12]),
    dataFormat: random.pick(["channels_last", "channels_first"]),
  };
}

function input(random: Random, count: number): (number | string | null)[] {
  return random.shape(count + 2, SIZES);
}

/** Random cases of `conv`, as lines of TypeScript. */
export function convCases(): string {
  const random = seeded(41);
  return Array.from({ length: 120 }, () => {
    const count = random.integer(1, 3);
    const x = input(random, count);
    const window = convolution(random, count, random.pick(["valid", "valid", "same", "causal"]));
    return caseOf(`conv<${typeOf(x)}, ${JSON.stringify(window)}>`, () => conv(x, window));
  }).join("\n");
}

/** Random cases of `convTranspose`, as lines of TypeScript. */
export function convTransposeCases(): string {
  const random = seeded(42);
  return Array.from({ length: 120 }, () => {
    const count = random.integer(1, 3);
    const x = input(random, count);
    const window: TransposedConvolution = {
      ...convolution(random, count, random.pick(["valid", "same"])),
      outputPadding: random.integer(0, 1) === 0 ? null : sizes(random, count, [0, 1, 2, 5]),
    };
    return caseOf(`convTranspose<${typeOf(x)}, ${JSON.stringify(window)}>`, () => convTranspose(x, window));
  }).join("\n");
}

/** Random cases of convolutions with a kernel, as lines of TypeScript. */
export function convolveCases(): string {
  const random = seeded(43);
  return Array.from({ length: 60 }, () => {
    const count = random.pick([0, 1, 1, 2]);
    const x = random.shape(count + 2, [4, 6, 9, "height", null]);
    const kernel = random.shape(count + random.pick([1, 2, 2, 2, 2, 2]), [1, 2, 3, 4, 6, null]);
    const pointwise = [...Array<number>(count).fill(1), random.pick([4, 6, 12, 16, null]), 5];
    const { kernelSize: _, filters: __, ...stepping } = convolution(random, count, random.pick(["valid", "same"]));
    const transposed = { ...stepping, outputPadding: random.pick([null, 0]) };
    const [a, b] = [typeOf(x), typeOf(kernel)];
    const [how, other] = [JSON.stringify(stepping), JSON.stringify(transposed)];
    return [
      caseOf(`convolve<${a}, ${b}, ${how}>`, () => convolve(x, kernel, stepping)),
      caseOf(`convolveTransposed<${a}, ${b}, ${other}>`, () => convolveTransposed(x, kernel, transposed)),
      caseOf(`convolveDepthwise<${a}, ${b}, ${how}>`, () => convolveDepthwise(x, kernel, stepping)),
      caseOf(
        `convolveSeparable<${a}, ${b}, ${typeOf(pointwise)}, ${how}>`,
        () => convolveSeparable(x, kernel, pointwise, stepping),
      ),
    ].join("\n");
  }).join("\n");
}
