/**
 * What all sides compute: networks of dense layers with the same numbers, and the answers in plain JavaScript.
 *
 * @module
 */

/** A dense layer's weights, row-major. */
export interface DenseWeights {
  readonly inputs: number;
  readonly units: number;
  readonly relu: boolean;
  /** `[inputs, units]` */
  readonly kernel: Float32Array<ArrayBuffer>;
  /** `[units]` */
  readonly bias: Float32Array<ArrayBuffer>;
}

/** Dense layers one after another, and an input for the first. */
export interface Network {
  readonly layers: readonly DenseWeights[];
  readonly batch: number;
  /** `[batch, inputs of the first layer]` */
  readonly input: Float32Array<ArrayBuffer>;
}

/** The widths of the network that the benches run: 784 pixels, two hidden layers, 10 logits. */
export const MLP: readonly number[] = [784, 512, 256, 10];

/** A network with relu after every layer, but after the last only where it is the only one. */
export function network(batch: number, ...sizes: number[]): Network {
  const random = generator();
  const layers = sizes.slice(1).map((units, index): DenseWeights => {
    const inputs = sizes[index]!;
    const relu = index < sizes.length - 2 || sizes.length === 2;
    const limit = Math.sqrt(6 / (inputs + units));
    return { inputs, units, relu, kernel: values(inputs * units, limit, random), bias: values(units, 0.1, random) };
  });
  return { layers, batch, input: values(batch * sizes[0]!, 1, random) };
}

/** The one relu layer of 32 units on `[32, 64]`. */
export function denseProblem(): Network {
  return network(32, 64, 32);
}

/** `count` numbers between `-limit` and `limit`. */
export function values(count: number, limit: number, random: () => number = generator()): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: count }, () => (random() * 2 - 1) * limit);
}

/** What a network gives, computed in float64. */
export function answer({ layers, batch, input }: Network): Float64Array {
  let x = Float64Array.from(input);
  for (const { inputs, units, relu, kernel, bias } of layers) {
    const y = new Float64Array(batch * units);
    for (let row = 0; row < batch; row++) {
      for (let unit = 0; unit < units; unit++) {
        let sum = bias[unit]!;
        for (let feature = 0; feature < inputs; feature++) {
          sum += x[row * inputs + feature]! * kernel[feature * units + unit]!;
        }
        y[row * units + unit] = relu ? Math.max(sum, 0) : sum;
      }
    }
    x = y;
  }
  return x;
}

/** @throws {Error} If a result is not the answer to within 1e-4, relative where numbers are larger than 1. */
export function checkAnswer(who: string, received: ArrayLike<number>, expected: ArrayLike<number>): void {
  if (received.length !== expected.length) {
    throw new Error(`${who} gave ${received.length} numbers, expected ${expected.length}`);
  }
  for (let index = 0; index < expected.length; index++) {
    const difference = Math.abs(received[index]! - expected[index]!);
    if (!(difference <= 1e-4 * Math.max(1, Math.abs(expected[index]!)))) {
      throw new Error(`${who} gave ${received[index]} at ${index}, expected ${expected[index]}`);
    }
  }
}

/** Numbers in [0, 1) that are the same each time: a linear congruential generator, Numerical Recipes' constants. */
function generator(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
