/**
 * What Keras gave for pooling and spatial reshaping (`test/golden/make_pooling.py`), in our words.
 */
import { readFileSync } from "node:fs";
import type { AnyLayer, DType, LayerOptions } from "@strata/nn";
import * as adaptive from "../../../src/layers/pooling/adaptive_pooling.ts";
import * as average from "../../../src/layers/pooling/average_pooling.ts";
import * as cropping from "../../../src/layers/reshaping/cropping.ts";
import * as global from "../../../src/layers/pooling/global_pooling.ts";
import * as greatest from "../../../src/layers/pooling/max_pooling.ts";
import * as upSampling from "../../../src/layers/reshaping/up_sampling.ts";
import * as zeroPadding from "../../../src/layers/reshaping/zero_padding.ts";
import type { Values } from "../../../src/tensor/convert.ts";

interface Case {
  readonly dtype: DType;
  readonly x: Values;
  readonly y: Values;
  readonly shape: readonly number[];
  readonly y_dtype: DType;
}

/** One call of a layer. */
export interface LayerCase extends Case {
  readonly layer: string;
  readonly init: Init;
  readonly config: Init;
  readonly symbolic: readonly (number | null)[];
  readonly mask?: Values;
}

/** One call of a function of `keras.ops`. */
export interface OpCase extends Case {
  readonly op: string;
  readonly args: readonly [number | readonly number[]];
  readonly kwargs: Init;
}

type Init = { readonly [option: string]: unknown };
type Options = Init & LayerOptions<never>;

// Not through Deno: Bun and Node run this module as it is.
const cases = JSON.parse(readFileSync(new URL("../../golden/pooling.json", import.meta.url), "utf8")) as (
  | LayerCase
  | OpCase
)[];

/** The calls of layers. */
export const layerCases: readonly LayerCase[] = cases.filter((each) => "layer" in each);
/** The calls of functions. */
export const opCases: readonly OpCase[] = cases.filter((each) => "op" in each);

/** Every class of the family by its name. */
export const classes: { readonly [name: string]: unknown } = {
  ...greatest,
  ...average,
  ...global,
  ...adaptive,
  ...cropping,
  ...zeroPadding,
  ...upSampling,
};

const NAMES: Init = { keepdims: "keepDims" };

/** Keras's options under our names. */
export function optionsOf(init: Init): Init {
  const camel = (name: string) => NAMES[name] ?? name.replaceAll(/_[a-z]/g, (letters) => letters[1]!.toUpperCase());
  return Object.fromEntries(Object.entries(init).map(([name, value]) => [camel(name), value]));
}

/** What a layer is given before its options. */
const POSITIONAL: readonly string[] = ["poolSize", "outputSize"];

/** Makes the layer of a case, as users do: what Keras requires comes first. */
export function makeLayer(name: string, init: Init, more: LayerOptions<never> = {}): AnyLayer {
  const layerClass = classes[name] as new (...given: unknown[]) => AnyLayer;
  const options: Options = { ...optionsOf(init), ...more };
  const first = name.startsWith("MaxPooling") ? undefined : POSITIONAL.find((option) => option in options);
  if (first === undefined) return new layerClass(options);
  const { [first]: size, ...others } = options;
  return new layerClass(size, others);
}

/** What a case is, for messages. */
export function titleOf({ layer, init, dtype }: LayerCase): string {
  return `${layer} ${JSON.stringify(init)} of ${dtype}`;
}
