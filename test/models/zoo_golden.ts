/**
 * What Keras's models give, whose definitions `zoo` has: with weights and inputs that a formula gives.
 */
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { type AnyLayer, type EagerTensor, tensor } from "@strata/nn";
import { readFileSync } from "node:fs";

/** One model of Keras. */
export interface ZooCase {
  /** The number of parameters at full size. */
  readonly parameters: number;
  /** Of those, how many are trained. */
  readonly trainable: number;
  /** How many times smaller the model is that was run. */
  readonly smaller: number;
  /** The names and shapes of that model's weights, in order. */
  readonly weights: readonly (readonly [name: string, shape: readonly number[]])[];
  /** Each how many of the results along each axis are kept; `null` for all. */
  readonly steps: readonly number[] | null;
  /** What it gives. */
  readonly outputs: readonly { readonly shape: readonly number[]; readonly values: readonly number[] }[];
}

/** The models by name. */
export const zoo = JSON.parse(readFileSync(new URL("../golden/zoo.json", import.meta.url), "utf8")) as {
  readonly [name: string]: ZooCase;
};

/** Numbers from -1 to 1: a hash of the place and the stream. */
function noise(count: number, stream: number): Float32Array {
  const numbers = new Float32Array(count);
  for (let i = 0; i < count; i++) numbers[i] = hash(i + 1 + stream * 7919) / 2 ** 31 - 1;
  return numbers;
}

function hash(place: number): number {
  let h = Math.imul(place, 2654435761);
  h = Math.imul(h ^ h >>> 15, 2246822519);
  h = Math.imul(h ^ h >>> 13, 3266489917);
  return (h ^ h >>> 16) >>> 0;
}

/** From how many values a result comes, or so. */
function fanIn(shape: readonly number[]): number {
  const product = (sizes: readonly number[]) => sizes.reduce((a, b) => a * b, 1);
  if (shape.length === 4) return product(shape.slice(0, shape[3] === 1 ? -2 : -1));
  return product(shape) / Math.max(...shape.slice(-2));
}

function valuesOf(name: string, shape: readonly number[], stream: number): EagerTensor {
  const numbers = noise(shape.reduce((a, b) => a * b, 1), stream);
  const [from, scale] = name === "gamma"
    ? [1, 0.2]
    : name === "moving_variance"
    ? [1, 0.5]
    : ["bias", "beta", "moving_mean"].includes(name)
    ? [0, 0.1]
    : [0, Math.sqrt(3 / fanIn(shape))];
  return tensor(numbers.map((u) => from + scale * u), shape);
}

/** Gives a model the weights that Keras's had. */
export function fill(model: AnyLayer, name: string): void {
  const { weights } = model;
  const made: unknown = weights.map((weight) => [weight.name, weight.shape]);
  assertEquals(made, zoo[name]!.weights);
  model.setWeights(weights.map((weight, stream) => valuesOf(weight.name, weight.shape as readonly number[], stream)));
}

/** An image as Keras was given it. */
export function image(size: number, channels: number): EagerTensor {
  return tensor(noise(size * size * channels, 1000003), [1, size, size, channels]);
}

/** Integers as Keras was given them. */
export function integers(rows: number, columns: number, below: number): number[][] {
  const at = (i: number) => (7 * i * i + 3 * i + 1) % below;
  return Array.from({ length: rows }, (_, row) => Array.from({ length: columns }, (_, i) => at(row * columns + i)));
}

/** One of every so many values along each axis. */
function kept(y: EagerTensor, steps: readonly number[]): number[] {
  const data = y.dataSync();
  const shape = y.shape as readonly number[];
  let places = [0];
  shape.forEach((size, axis) => {
    const step = steps[axis] ?? 1;
    const along = Array.from({ length: Math.ceil(size / step) }, (_, i) => i * step);
    places = places.flatMap((place) => along.map((i) => place * size + i));
  });
  return places.map((place) => Number(data[place]));
}

/** Compares one result with that of Keras. */
export function assertKeras(y: EagerTensor, name: string, output = 0): void {
  const { steps, outputs } = zoo[name]!;
  const values = kept(y, steps ?? []);
  const expected = outputs[output]!.values;
  const greatest = Math.max(...expected.map(Math.abs));
  assertEquals(values.length, expected.length);
  expected.forEach((value, i) => assertAlmostEquals(values[i]!, value, 2e-5 * greatest));
}
