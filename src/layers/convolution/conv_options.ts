/**
 * What convolution layers are told, and what they make of it.
 *
 * @module
 */
import type { DataFormat, Padding, Sizes } from "../../shape/conv.ts";
import { InputRangeError } from "../../shape/error.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { KernelConfig, KernelOptions } from "../core/kernel.ts";
import type { LayerConfig } from "../base/options.ts";

/** One size for the one spatial axis. */
export type Sizes1D = number | readonly [number];

/** One size for both spatial axes, or one for each. */
export type Sizes2D = number | readonly [number, number];

/** One size for all three spatial axes, or one for each. */
export type Sizes3D = number | readonly [number, number, number];

/** Where a kernel may go on several spatial axes. */
export type SpatialPadding = "valid" | "same";

/** The options of layers whose kernel slides over the spatial axes. */
export interface BaseConvOptions<S, P, L, Format> {
  /** How far the kernel goes at a time. Default: 1. */
  readonly strides?: S;
  /**
   * `"valid"`: the kernel stays inside the input; `"same"`: zeros are added around it, so that each stride that begins
   * inside gives a result; `"causal"`: all of them before it. Default: `"valid"`.
   */
  readonly padding?: P;
  /** How far apart the values are that the kernel takes. Default: 1. */
  readonly dilationRate?: L;
  /** Whether the channels are the last axis or the first one behind the batch. Default: `"channels_last"`. */
  readonly dataFormat?: Format;
  /** Whether a bias is added. Default: `true`. */
  readonly useBias?: boolean;
}

/** The options of {@linkcode Conv1D}, {@linkcode Conv2D} and {@linkcode Conv3D}. */
export interface ConvLayerOptions<S, P, L, Format, G, Name extends string = string, D extends DType = DType>
  extends KernelOptions<Name, D>, BaseConvOptions<S, P, L, Format> {
  /** In how many groups the channels are convolved apart. Default: 1. */
  readonly groups?: G;
}

/** The options of {@linkcode Conv1DTranspose}, {@linkcode Conv2DTranspose} and {@linkcode Conv3DTranspose}. */
export interface ConvTransposeLayerOptions<S, P, L, Format, O, Name extends string = string, D extends DType = DType>
  extends KernelOptions<Name, D>, BaseConvOptions<S, P, L, Format> {
  /** What is added at the end of each spatial axis. Default: the size follows from the strides alone. */
  readonly outputPadding?: O;
}

/** The part of a configuration that is about how the kernel slides. */
export interface SlidingConfig extends LayerConfig {
  /** The sizes of the kernel. */
  readonly kernelSize: readonly number[];
  /** How far the kernel goes at a time. */
  readonly strides: readonly number[];
  /** Where the kernel may go. */
  readonly padding: Padding;
  /** How far apart the values are that the kernel takes. */
  readonly dilationRate: readonly number[];
  /** Where the channels are. */
  readonly dataFormat: DataFormat;
  /** Whether a bias is added. */
  readonly useBias: boolean;
}

/** The configuration of {@linkcode Conv1D}, {@linkcode Conv2D} and {@linkcode Conv3D}. */
export interface ConvConfig extends SlidingConfig, KernelConfig {
  /** The number of channels of the result. */
  readonly filters: number;
  /** In how many groups the channels are convolved apart. */
  readonly groups: number;
}

/** The configuration of {@linkcode Conv1DTranspose}, {@linkcode Conv2DTranspose} and {@linkcode Conv3DTranspose}. */
export interface ConvTransposeConfig extends SlidingConfig, KernelConfig {
  /** The number of channels of the result. */
  readonly filters: number;
  /** What is added at the end of each spatial axis. */
  readonly outputPadding: readonly number[] | null;
}

/**
 * One size for each of `count` axes.
 *
 * @throws {RangeError} If there are others, or one is no integer or less than `least`.
 */
export function sizesFor(
  sizes: Sizes | undefined,
  count: number,
  what: string,
  layer: string,
  least: 0 | 1 = 1,
): readonly number[] {
  const list: readonly number[] = Array.isArray(sizes) ? sizes : Array<number>(count).fill(sizes as number ?? 1);
  if (list.length === count && list.every((size) => Number.isSafeInteger(size) && size >= least)) return list;
  const kind = least === 1 ? "a positive integer" : "an integer that is not negative";
  const expected = count === 1 ? kind : `${kind} or ${count} of them`;
  const received = Array.isArray(sizes) ? `[${list.join(", ")}]` : String(sizes);
  throw new InputRangeError(
    `Cannot make layer ${layer}: received an invalid value for ${what}, expected ${expected}, received ${received}`,
  );
}

/**
 * One of several words, the first where it is left out.
 *
 * @throws {RangeError} If it is none of them.
 */
export function oneOf<const T extends string>(
  given: string | undefined,
  words: readonly [T, ...T[]],
  what: string,
  layer: string,
): T {
  const word = given ?? words[0];
  if ((words as readonly string[]).includes(word)) return word as T;
  throw new InputRangeError(
    `Cannot make layer ${layer}: received an invalid value for ${what}, expected one of ${
      words.map((each) => JSON.stringify(each)).join(", ")
    }, received ${JSON.stringify(given)}`,
  );
}
