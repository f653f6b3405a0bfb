/**
 * The compile-time signatures of convolution layers.
 *
 * @module
 */
import { divide, type multiplyDims } from "../../shape/arithmetic.ts";
import type { KindOf, WordOf } from "../../ops/options.ts";
import type { conv, Convolution, slide, Window } from "../../shape/conv.ts";
import type { ChannelsOf } from "../../shape/conv_kernel.ts";
import type { convTranspose, TransposedConvolution } from "../../shape/conv_transpose.ts";
import { type Dim, type Shape, type ShowDim, showDim, type ShowShape, showShape } from "../../shape/dim.ts";
import type { Mismatch } from "../../shape/error.ts";
import type { DataFormat, Padding, PerAxis } from "../../shape/spatial.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { incompatible } from "../base/sentences.ts";
import type { CheckInput, Signature } from "../base/signature.ts";

/** The window of size `K` that the options `O` describe. */
export interface WindowOf<K, O> {
  /** The sizes of the window. */
  readonly kernelSize: K;
  /** The distance that it moves at a time. */
  readonly strides: KindOf<O, "strides", PerAxis, 1>;
  /** The positions that it may have. */
  readonly padding: WordOf<O, "padding", Padding, "valid">;
  /** The distance between the values that it takes. */
  readonly dilationRate: KindOf<O, "dilationRate", PerAxis, 1>;
  /** The position of the channel axis. */
  readonly dataFormat: WordOf<O, "dataFormat", DataFormat, "channels_last">;
}

/** The convolution with `F` filters of size `K` that the options `O` describe. */
export interface ConvolutionOf<F, K, O> extends WindowOf<K, O> {
  /** The number of channels of the result. */
  readonly filters: F;
}

/** The transposed convolution that the options `O` describe. */
export interface TransposedOf<F, K, O> extends ConvolutionOf<F, K, O> {
  /** The number of values added at the end of each spatial axis. */
  readonly outputPadding: KindOf<O, "outputPadding", PerAxis | null, null>;
}

/** The number of channels of inputs of shape `X` with the options `O`, `Dim` where it is not known which axis that is. */
export type ChannelAt<X extends Shape, O> = number extends X["length"] ? Dim
  : WordOf<O, "dataFormat", DataFormat, "channels_last"> extends infer Layout
    ? ChannelsOf<X, Layout> extends infer C ? [C] extends [null] ? Dim : C & Dim : never
  : never;

/** The axis of the channels, as it is written in sentences. */
type ChannelAxis<Format> = Format extends "channels_first" ? 1 : -1;

/** The axis of the channels, as it is written in sentences. */
export function channelAxisOf(dataFormat: DataFormat): 1 | -1 {
  return dataFormat === "channels_first" ? 1 : -1;
}

/** @internal */
type CheckAxes<Name extends string, Rank extends number, Format, I extends Dim, S, D> = CheckInput<
  Name,
  { readonly minNdim: Rank; readonly maxNdim: Rank; readonly axes: { readonly [A in ChannelAxis<Format>]: I } },
  S,
  D
>;

/**
 * The sentence where the input does not fit by itself, or what the relation says.
 *
 * @internal
 */
type First<Name extends string, Own, R> = [Own] extends [Mismatch<string>] ? Own
  : R extends Mismatch<infer Reason> ? Mismatch<incompatible<Name, 0, Reason>>
  : unknown;

/**
 * The sentence for channels that cannot be divided among groups.
 *
 * @internal
 */
export type unevenChannels<X extends Shape, C, G> =
  `The number of input channels must be evenly divisible by the number of groups. Received groups=${ShowDim<
    G
  >}, but the input has ${ShowDim<C>} channels (full input shape is ${ShowShape<X>})`;

/** The sentence for channels that cannot be divided among groups. */
export function unevenChannels(x: Shape, channels: Dim, groups: number): string {
  return `The number of input channels must be evenly divisible by the number of groups. Received groups=${groups}, ` +
    `but the input has ${showDim(channels)} channels (full input shape is ${showShape(x)})`;
}

/** Whether channels cannot be divided among groups. */
export function areUneven(channels: Dim, groups: number): boolean {
  return divide(channels, groups) === undefined;
}

/** @internal */
type Grouped<X extends Shape, C extends Convolution, G> = [G] extends [1] ? conv<X, C>
  : divide<ChannelsOf<X, C["dataFormat"]> & Dim, G & Dim> extends undefined
    ? Mismatch<unevenChannels<X, ChannelsOf<X, C["dataFormat"]>, G>>
  : conv<X, C>;

/** A convolution of inputs of `Rank` axes, in `G` groups, of `I` channels. */
export interface ConvSignature<
  Rank extends number,
  C extends Convolution,
  G,
  I extends Dim,
  Name extends string,
  D extends DType,
> extends Signature {
  /** The sentence where the rank, the channels or the groups do not fit, or the kernel is too large for the input. */
  readonly check: First<
    Name,
    CheckAxes<Name, Rank, C["dataFormat"], I, this["input"], this["dtypes"]>,
    this["input"] extends infer X extends Shape ? Grouped<X, C, G> : unknown
  >;
  /** The shape after the kernel has slid over the input. */
  readonly output: this["input"] extends infer X extends Shape ? conv<X, C> : Shape;
  /** The layer's dtype. */
  readonly dtype: D;
}

/** A transposed convolution of inputs of `Rank` axes with `I` channels. */
export interface ConvTransposeSignature<
  Rank extends number,
  C extends TransposedConvolution,
  I extends Dim,
  Name extends string,
  D extends DType,
> extends Signature {
  /** The sentence where the rank or the channels do not fit, or nothing would be left. */
  readonly check: First<
    Name,
    CheckAxes<Name, Rank, C["dataFormat"], I, this["input"], this["dtypes"]>,
    this["input"] extends infer X extends Shape ? convTranspose<X, C> : unknown
  >;
  /** The shape that a convolution would have come from. */
  readonly output: this["input"] extends infer X extends Shape ? convTranspose<X, C> : Shape;
  /** The layer's dtype. */
  readonly dtype: D;
}

/** @internal */
type Multiplied<X extends Shape, W extends Window, M> = slide<
  X,
  W,
  multiplyDims<ChannelsOf<X, W["dataFormat"]> & Dim, M & Dim>
>;

/** A convolution of each of `I` channels by itself, with `M` kernels each. */
export interface DepthwiseConvSignature<
  Rank extends number,
  W extends Window,
  M,
  I extends Dim,
  Name extends string,
  D extends DType,
> extends Signature {
  /** The sentence where the rank or the channels do not fit, or the kernel is too large for the input. */
  readonly check: First<
    Name,
    CheckAxes<Name, Rank, W["dataFormat"], I, this["input"], this["dtypes"]>,
    this["input"] extends infer X extends Shape ? Multiplied<X, W, M> : unknown
  >;
  /** The shape after the kernels have slid over the input. */
  readonly output: this["input"] extends infer X extends Shape ? Multiplied<X, W, M> : Shape;
  /** The layer's dtype. */
  readonly dtype: D;
}
