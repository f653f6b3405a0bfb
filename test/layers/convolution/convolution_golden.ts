/**
 * The numbers that Keras gave for convolutions.
 */
import { readFileSync } from "node:fs";
import { type AnyLayer, type LayerOptions, tensor } from "@strata/nn";
import type { EagerTensor } from "../../../src/tensor/eager.ts";
import { Conv1D, Conv2D, Conv3D } from "../../../src/layers/convolution/conv.ts";
import { Conv1DTranspose, Conv2DTranspose, Conv3DTranspose } from "../../../src/layers/convolution/conv_transpose.ts";
import { DepthwiseConv1D, DepthwiseConv2D } from "../../../src/layers/convolution/depthwise_conv.ts";
import { SeparableConv1D, SeparableConv2D } from "../../../src/layers/convolution/separable_conv.ts";

/** Numbers in row-major order. */
export interface Stored {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** One call of a layer in Keras. */
export interface ConvolutionCase {
  readonly layer: string;
  /** What the layer was made with, under Keras's names. */
  readonly init: { readonly [option: string]: unknown };
  readonly x: Stored;
  readonly weights: readonly (Stored & { readonly path: string })[];
  readonly y: Stored;
  /** The plain values of the configuration, under Keras's names. */
  readonly config: { readonly [option: string]: unknown };
}

/** One call of an op in Keras. */
export interface ConvolutionOpCase {
  readonly op: string;
  readonly inputs: readonly Stored[];
  readonly options: { readonly [option: string]: unknown };
  readonly y: Stored;
}

// Not through Deno: Bun and Node run this module as it is.
const golden = JSON.parse(readFileSync(new URL("../../golden/convolution.json", import.meta.url), "utf8")) as {
  readonly layers: readonly ConvolutionCase[];
  readonly ops: readonly ConvolutionOpCase[];
};

export const convolutionCases: readonly ConvolutionCase[] = golden.layers;
export const convolutionOpCases: readonly ConvolutionOpCase[] = golden.ops;

/** A tensor of stored numbers. */
export function restored({ shape, data }: Stored): EagerTensor {
  return tensor(nested(shape, data) as number[]);
}

/** Stored numbers as nested arrays. */
export function nested(shape: readonly number[], data: readonly number[]): unknown {
  if (shape.length === 0) return data[0];
  const [first, ...rest] = shape;
  const each = rest.reduce((a, b) => a * b, 1);
  return Array.from({ length: first! }, (_, row) => nested(rest, data.slice(row * each, (row + 1) * each)));
}

/** `kernel_size` as `kernelSize`. */
export function camelCase(name: string): string {
  return name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** Options under the names that they have here. */
export function optionsOf(init: { readonly [option: string]: unknown }): Record<string, unknown> {
  return Object.fromEntries(Object.entries(init).map(([name, value]) => [camelCase(name), value]));
}

/** The classes by their names; those of depthwise layers take no filters. */
export const CLASSES: { readonly [name: string]: unknown } = {
  Conv1D,
  Conv2D,
  Conv3D,
  Conv1DTranspose,
  Conv2DTranspose,
  Conv3DTranspose,
  DepthwiseConv1D,
  DepthwiseConv2D,
  SeparableConv1D,
  SeparableConv2D,
};

/** Makes the layer of a case. */
export function makeLayer(
  { layer, init }: Pick<ConvolutionCase, "layer" | "init">,
  own: LayerOptions<never>,
): AnyLayer {
  const { filters, kernelSize, ...options } = optionsOf(init);
  const Class = CLASSES[layer] as new (...args: readonly unknown[]) => AnyLayer;
  const given = { ...options, ...own };
  return filters === undefined ? new Class(kernelSize, given) : new Class(filters, kernelSize, given);
}
