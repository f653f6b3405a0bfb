/**
 * The numbers that Keras gave for its layers and initializers.
 */
import { readFileSync } from "node:fs";
import type { NestedValues } from "../../src/tensor/nested.ts";

/** Numbers in arrays nested to any depth. */
export type Numbers = NestedValues<number>;

/** One call of a layer in Keras. */
export interface GoldenLayer {
  readonly layer: string;
  readonly init: { readonly [option: string]: unknown };
  readonly x: Numbers;
  readonly weights: readonly { readonly path: string; readonly value: Numbers }[];
  readonly y: Numbers;
  readonly compute_output_shape: readonly (number | null)[];
}

/** The initializers without randomness, and what follows from a shape for the others. */
export interface GoldenInitializers {
  readonly Zeros: GoldenInitializer;
  readonly Ones: GoldenInitializer;
  readonly Constant: GoldenInitializer;
  readonly Identity: GoldenInitializer;
  readonly compute_fans: { readonly [shape: string]: readonly [number, number] };
  readonly "glorot_uniform_limit(3,4)": number;
  readonly "he_normal_stddev(truncated /0.87962566103423978)(3,4)": number;
  readonly "lecun_uniform_limit(3,4)": number;
}

/** One initializer without randomness. */
export interface GoldenInitializer {
  readonly args: { readonly [option: string]: number };
  readonly shape: readonly number[];
  readonly value: Numbers;
}

interface Golden {
  readonly layers: readonly GoldenLayer[];
  readonly initializers: GoldenInitializers;
}

// Not through Deno: Bun and Node run this module as it is.
const golden = JSON.parse(readFileSync(new URL("../golden/keras.json", import.meta.url), "utf8")) as Golden;

/** The calls of one class of layer, in the order of the file. */
export function goldenLayers(className: string): readonly [GoldenLayer, ...GoldenLayer[]] {
  const [first, ...rest] = golden.layers.filter(({ layer }) => layer === className);
  if (first === undefined) throw new Error(`There are no numbers for ${className}`);
  return [first, ...rest];
}

/** What Keras's initializers give. */
export const goldenInitializers: GoldenInitializers = golden.initializers;

/** The sizes of arrays nested in each other. */
export function shapeOfNumbers(values: Numbers): number[] {
  return Array.isArray(values) ? [values.length, ...shapeOfNumbers(values[0] as Numbers)] : [];
}
