/**
 * Convolutions: kernels that slide over the spatial axes, the same at each place.
 *
 * @module
 */
import { divide } from "../../shape/arithmetic.ts";
import { channelAxis } from "../../shape/conv.ts";
import {
  cannotConvolve,
  type convolve,
  type convolveDepthwise,
  type convolveSeparable,
  type convolveTransposed,
} from "../../shape/conv_kernel.ts";
import type { Operation } from "../../graph/operation.ts";
import { InputRangeError, ShapeError } from "../../shape/error.ts";
import {
  type AnyCase,
  anyCase,
  type DataFormat,
  type Padding,
  type PerAxis,
  type SpatialPadding,
} from "../../shape/spatial.ts";
import { type Check, type DTypeOf, type Like, type ShapeOf, type TensorLike, toTensor } from "../../tensor/like.ts";
import type { promote } from "../../tensor/promote.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { checkOpOptions } from "../arguments.ts";
import {
  convOperation,
  convTransposeOperation,
  depthwiseConvOperation,
  separableConvOperation,
  zerosFor,
} from "./entries.ts";
import type { ConvolutionAttributes } from "./nodes.ts";
import { convolveNone, lacksChannels } from "./no_channels.ts";
import { dispatchOne } from "../../eager/dispatch.ts";
import type { KindOf, NoOptions, Only, WordOf } from "../options.ts";

/** The options of convolutions. Sizes are one number for all spatial axes, or one for each. */
export interface ConvOptions {
  /** The distance that the kernel moves at a time. Default: 1. */
  readonly strides?: PerAxis;
  /**
   * `"valid"`: the kernel stays inside the input; `"same"`: zeros are added around it, so that each stride that begins
   * inside gives a result; `"causal"`: all of them before it, on the one spatial axis. Default: `"valid"`.
   */
  readonly padding?: AnyCase<Padding>;
  /** Whether the channels are the last axis or the first one after the batch. Default: `"channels_last"`. */
  readonly dataFormat?: AnyCase<DataFormat>;
  /** The distance between the values that the kernel takes. Default: 1. */
  readonly dilationRate?: PerAxis;
}

/** The options of {@linkcode conv}. */
export interface GroupedConvOptions extends ConvOptions {
  /** In how many groups the channels are convolved apart. Default: as many as the kernel's channels go into the input's. */
  readonly groups?: number;
}

/** The options of {@linkcode convTranspose}. */
export interface ConvTransposeOptions extends Omit<ConvOptions, "padding"> {
  /** Whether what is outside the strides is kept, or cut off. Default: `"valid"`. */
  readonly padding?: AnyCase<SpatialPadding>;
  /** The number of values added at the end of each spatial axis. Default: the size follows from the strides alone. */
  readonly outputPadding?: PerAxis | null;
}

/** The way the kernel of a convolution with options `O` slides. */
export type SteppingOf<O> = {
  /** The distance that it moves at a time. */
  readonly strides: KindOf<O, "strides", PerAxis, 1>;
  /** The positions that it may have. */
  readonly padding: WordOf<O, "padding", Padding, "valid">;
  /** The distance between the values that it takes. */
  readonly dilationRate: KindOf<O, "dilationRate", PerAxis, 1>;
  /** The position of the channel axis. */
  readonly dataFormat: WordOf<O, "dataFormat", DataFormat, "channels_last">;
};

/** The way the kernel of a transposed convolution with options `O` slides. */
export type TransposedSteppingOf<O> = SteppingOf<O> & {
  /** The number of values added at the end of each spatial axis. */
  readonly outputPadding: KindOf<O, "outputPadding", PerAxis | null, null>;
};

/** @internal */
type Meeting<X, K> = promote<DTypeOf<X>, DTypeOf<K>>;

/** @internal */
type Convolved<X, K, O> = convolve<ShapeOf<X>, ShapeOf<K>, SteppingOf<O>>;

/** A convolution with one kernel. */
export interface Conv {
  /** Convolves with a kernel. */
  <const X extends TensorLike, const K extends TensorLike, const O extends GroupedConvOptions = NoOptions>(
    x: X,
    kernel: K & Check<Convolved<X, K, O>>,
    options?: O & Only<O, GroupedConvOptions>,
  ): Like<X | K, Convolved<X, K, O>, Meeting<X, K>>;
}

/** @internal */
type Transposed<X, K, O> = convolveTransposed<ShapeOf<X>, ShapeOf<K>, TransposedSteppingOf<O>>;

/** A transposed convolution. */
export interface ConvTranspose {
  /** Spreads each value over the places that a convolution would have taken. */
  <const X extends TensorLike, const K extends TensorLike, const O extends ConvTransposeOptions = NoOptions>(
    x: X,
    kernel: K & Check<Transposed<X, K, O>>,
    options?: O & Only<O, ConvTransposeOptions>,
  ): Like<X | K, Transposed<X, K, O>, Meeting<X, K>>;
}

/** @internal */
type Depthwise<X, K, O> = convolveDepthwise<ShapeOf<X>, ShapeOf<K>, SteppingOf<O>>;

/** A convolution of each channel by itself. */
export interface DepthwiseConv {
  /** Convolves each channel with kernels of its own. */
  <const X extends TensorLike, const K extends TensorLike, const O extends ConvOptions = NoOptions>(
    x: X,
    kernel: K & Check<Depthwise<X, K, O>>,
    options?: O & Only<O, ConvOptions>,
  ): Like<X | K, Depthwise<X, K, O>, Meeting<X, K>>;
}

/** @internal */
type Separable<X, K, P, O> = convolveSeparable<ShapeOf<X>, ShapeOf<K>, ShapeOf<P>, SteppingOf<O>>;

/** A depthwise convolution, and one over the channels. */
export interface SeparableConv {
  /** Convolves each channel by itself, then mixes the channels. */
  <
    const X extends TensorLike,
    const K extends TensorLike,
    const P extends TensorLike,
    const O extends ConvOptions = NoOptions,
  >(
    x: X,
    depthwiseKernel: K,
    pointwiseKernel: P & Check<Separable<X, K, P, O>>,
    options?: O & Only<O, ConvOptions>,
  ): Like<X | K | P, Separable<X, K, P, O>, promote<Meeting<X, K>, DTypeOf<P>>>;
}

/**
 * Applies a convolution to what has been checked: the input, one or two kernels, and a bias where there is one.
 *
 * @internal
 */
export function applyConvolution<A extends ConvolutionAttributes>(
  operation: Operation<A>,
  inputs: readonly Tensor[],
  attributes: A,
): Tensor {
  const zeros = zerosFor(operation, inputs, attributes);
  if (zeros === undefined && lacksChannels(operation, inputs)) return convolveNone(operation, inputs, attributes);
  return dispatchOne(operation, inputs, zeros === undefined ? attributes : { ...attributes, zeros });
}

function attributesOf(
  attempt: string,
  inputs: readonly Tensor[],
  { strides = 1, dilationRate = 1, ...words }: ConvOptions,
  groups: number | null,
): ConvolutionAttributes {
  const [padding, dataFormat] = [anyCase(words.padding ?? "valid"), anyCase(words.dataFormat ?? "channels_last")];
  const kernelSize = inputs[1]!.shape.slice(0, -2).map((dim) => typeof dim === "number" ? dim : null);
  const each = (sizes: PerAxis, what: string, least: number) =>
    eachAxis(sizes, kernelSize.length, `${attempt}: expected ${what}`, least);
  if (padding !== "valid" && padding !== "same" && !(padding === "causal" && kernelSize.length === 1)) {
    const choices = `"valid"${kernelSize.length === 1 ? ', "same" or "causal"' : ' or "same"'}`;
    throw new InputRangeError(`${attempt}: expected padding to be ${choices}, received ${JSON.stringify(padding)}`);
  }
  if (dataFormat !== "channels_last" && dataFormat !== "channels_first") {
    throw new InputRangeError(
      `${attempt}: expected dataFormat to be "channels_last" or "channels_first", received ${
        JSON.stringify(dataFormat)
      }`,
    );
  }
  return {
    kernelSize,
    strides: each(strides, "strides", 1),
    padding,
    dilationRate: each(dilationRate, "dilationRate", 1),
    dataFormat,
    groups,
  };
}

/** One size for each of `count` axes. */
function eachAxis(sizes: PerAxis, count: number, expected: string, least: number): readonly number[] {
  const list = typeof sizes === "number" ? Array<number>(count).fill(sizes) : sizes;
  if (list.length === count && list.every((size) => Number.isSafeInteger(size) && size >= least)) return list;
  const what = `${least === 1 ? "a positive integer" : "an integer that is not negative"}, or ${count} of them`;
  throw new InputRangeError(`${expected} to be ${what}, received ${JSON.stringify(sizes)}`);
}

/**
 * Convolves with a kernel: each result is the sum of the kernel's numbers times the values under it, for each filter.
 * Integers are computed in float32, and so is float64.
 *
 * @param x The values, `[batch, ...spatial, channels]`, or `[batch, channels, ...spatial]`; one to three spatial axes.
 * @param kernel The kernel, `[...size, channels / groups, filters]`.
 * @param options Strides, padding, dilation, groups, and where the channels are.
 * @returns A tensor of shape `[batch, ...spatial, filters]`, or `[batch, filters, ...spatial]`.
 * @throws {ShapeError} If the kernel does not fit the input.
 * @throws {RangeError} If an option is none of those that there are.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * const x = [[[1], [2], [3], [4]]];
 * assertEquals(ops.conv(x, [[[1]], [[10]]]).array(), [[[21], [32], [43]]]);
 * assertEquals(ops.conv(x, [[[1]], [[10]]], { padding: "same", strides: 2 }).array(), [[[21], [43]]]);
 * ```
 */
export const conv: Conv = ((x: TensorLike, kernel: TensorLike, options: GroupedConvOptions = {}): Tensor => {
  checkOpOptions("conv", options, [...CONV_OPTIONS, "groups"]);
  const inputs = [toTensor(x), toTensor(kernel)];
  const groups = groupsOf(inputs, options);
  return applyConvolution(convOperation, inputs, attributesOf("Cannot convolve", inputs, options, groups));
}) as Conv;

const CONV_OPTIONS: readonly string[] = ["dataFormat", "dilationRate", "padding", "strides"];

function groupsOf(
  [x, kernel]: readonly Tensor[],
  { groups, dataFormat = "channels_last" }: GroupedConvOptions,
): number | null {
  const channels = x!.shape[channelAxis(x!.shape.length, anyCase(dataFormat))] ?? null;
  const counted = divide(channels, kernel!.shape.at(-2) ?? null) ?? null;
  if (groups === undefined) return channels === kernel!.shape.at(-2) && channels !== null ? 1 : counted;
  if (counted !== null && counted !== groups) {
    const reason = `expected ${groups} groups but there are ${counted}`;
    throw new ShapeError(cannotConvolve(x!.shape, kernel!.shape, reason));
  }
  return eachAxis(groups, 1, "Cannot convolve: expected groups", 1)[0]!;
}

/**
 * Spreads each value over the places that a convolution with the kernel would have taken: the transpose of that
 * convolution as a matrix. Integers are computed in float32, and so is float64.
 *
 * @param x The values, `[batch, ...spatial, channels]`, or `[batch, channels, ...spatial]`; one to three spatial axes.
 * @param kernel The kernel, `[...size, filters, channels]`.
 * @param options Strides, padding, dilation, output padding, and where the channels are.
 * @returns A tensor of shape `[batch, ...spatial, filters]`, or `[batch, filters, ...spatial]`.
 * @throws {ShapeError} If the kernel does not fit the input.
 * @throws {RangeError} If an option is none of those that there are.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * const x = [[[1], [2]]];
 * assertEquals(ops.convTranspose(x, [[[1]], [[10]]]).array(), [[[1], [12], [20]]]);
 * assertEquals(ops.convTranspose(x, [[[1]], [[10]]], { strides: 2 }).array(), [[[1], [10], [2], [20]]]);
 * ```
 */
export const convTranspose: ConvTranspose = ((
  x: TensorLike,
  kernel: TensorLike,
  options: ConvTransposeOptions = {},
): Tensor => {
  checkOpOptions("convTranspose", options, [...CONV_OPTIONS, "outputPadding"]);
  const inputs = [toTensor(x), toTensor(kernel)];
  const { outputPadding = null } = options;
  const attributes = attributesOf("Cannot convolve transposed", inputs, options, 1);
  const { length } = attributes.strides;
  const expected = "Cannot convolve transposed: expected outputPadding";
  const extra = outputPadding === null ? null : eachAxis(outputPadding, length, expected, 0);
  if (extra?.some((size, axis) => size >= attributes.strides[axis]!)) {
    throw new InputRangeError(
      `${expected} to be less than strides=[${attributes.strides.join(", ")}], received [${extra.join(", ")}]`,
    );
  }
  return applyConvolution(convTransposeOperation, inputs, { ...attributes, outputPadding: extra });
}) as ConvTranspose;

/** The number of channels that each have a kernel of their own. */
function channelsOf([x, kernel]: readonly Tensor[], { dataFormat = "channels_last" }: ConvOptions): number {
  const channels = [kernel!.shape.at(-2), x!.shape[channelAxis(x!.shape.length, anyCase(dataFormat))]];
  const known = channels.find((dim) => typeof dim === "number");
  if (typeof known === "number") return known;
  throw new ShapeError(cannotConvolve(x!.shape, kernel!.shape, "expected a known number of channels"));
}

/**
 * Convolves each channel by itself, with `multiplier` kernels of its own. Integers are computed in float32, and so is
 * float64.
 *
 * @param x The values, `[batch, ...spatial, channels]`, or `[batch, channels, ...spatial]`; one to three spatial axes.
 * @param kernel The kernel, `[...size, channels, multiplier]`.
 * @param options Strides, padding, dilation, and where the channels are.
 * @returns A tensor of shape `[batch, ...spatial, channels * multiplier]`, or with the channels after the batch.
 * @throws {ShapeError} If the kernel does not fit the input, or the number of channels is not known.
 * @throws {RangeError} If an option is none of those that there are.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * const x = [[[1, 5], [2, 6], [3, 7]]];
 * assertEquals(ops.depthwiseConv(x, [[[1], [2]], [[10], [0]]]).array(), [[[21, 10], [32, 12]]]);
 * ```
 */
export const depthwiseConv: DepthwiseConv = ((x: TensorLike, kernel: TensorLike, options: ConvOptions = {}): Tensor => {
  checkOpOptions("depthwiseConv", options, CONV_OPTIONS);
  const inputs = [toTensor(x), toTensor(kernel)];
  const attributes = attributesOf("Cannot convolve depthwise", inputs, options, channelsOf(inputs, options));
  return applyConvolution(depthwiseConvOperation, inputs, attributes);
}) as DepthwiseConv;

/**
 * Convolves each channel by itself, then mixes the channels at each place. Integers are computed in float32, and so is
 * float64.
 *
 * @param x The values, `[batch, ...spatial, channels]`, or `[batch, channels, ...spatial]`; one to three spatial axes.
 * @param depthwiseKernel The kernel of the first step, `[...size, channels, multiplier]`.
 * @param pointwiseKernel The kernel of the second step, `[...1, channels * multiplier, filters]`.
 * @param options Strides, padding, dilation, and where the channels are.
 * @returns A tensor of shape `[batch, ...spatial, filters]`, or `[batch, filters, ...spatial]`.
 * @throws {ShapeError} If a kernel does not fit, or the number of channels is not known.
 * @throws {RangeError} If an option is none of those that there are.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * const x = [[[1, 5], [2, 6], [3, 7]]];
 * assertEquals(ops.separableConv(x, [[[1], [2]], [[10], [0]]], [[[1], [100]]]).array(), [[[1021], [1232]]]);
 * ```
 */
export const separableConv: SeparableConv = ((
  x: TensorLike,
  depthwiseKernel: TensorLike,
  pointwiseKernel: TensorLike,
  options: ConvOptions = {},
): Tensor => {
  checkOpOptions("separableConv", options, CONV_OPTIONS);
  const inputs = [toTensor(x), toTensor(depthwiseKernel), toTensor(pointwiseKernel)];
  const attributes = attributesOf("Cannot convolve separably", inputs, options, channelsOf(inputs, options));
  return applyConvolution(separableConvOperation, inputs, attributes);
}) as SeparableConv;
