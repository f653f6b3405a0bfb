/**
 * Convolutions with a kernel: whether it fits the input, and the shape of the result.
 *
 * @module
 */
import { divide, multiplyDims } from "./arithmetic.ts";
import { sizesDiffer } from "./broadcast.ts";
import { channelAxis, conv, slide, type Stepping, type Window } from "./conv.ts";
import { convTranspose, type TransposedStepping } from "./conv_transpose.ts";
import { type Dim, type IsUnknown, type Shape, type ShowDim, showDim, type ShowShape, showShape } from "./dim.ts";
import { type Mismatch, ShapeError } from "./error.ts";

/**
 * The sentence for a kernel that does not fit, with the reason.
 *
 * @internal
 */
export type cannotConvolve<X extends Shape, Kernel extends Shape, Reason extends string> = `Cannot convolve ${ShowShape<
  X
>} with a kernel of shape ${ShowShape<Kernel>}: ${Reason}`;

/** The sentence for a kernel that does not fit, with the reason. */
export function cannotConvolve(x: Shape, kernel: Shape, reason: string): string {
  return `Cannot convolve ${showShape(x)} with a kernel of shape ${showShape(kernel)}: ${reason}`;
}

type noMultiple<C, In> = `${ShowDim<C>} input channels are no multiple of the kernel's ${ShowDim<In>}`;
function noMultiple(channels: Dim, own: Dim): string {
  return `${showDim(channels)} input channels are no multiple of the kernel's ${showDim(own)}`;
}

type unevenFilters<F, G> = `${ShowDim<F>} filters are no multiple of ${ShowDim<G>} groups`;
function unevenFilters(filters: Dim, groups: Dim): string {
  return `${showDim(filters)} filters are no multiple of ${showDim(groups)} groups`;
}

type otherChannels<C, In> = `${ShowDim<C>} input channels but the kernel has ${ShowDim<In>}`;
function otherChannels(channels: Dim, own: Dim): string {
  return `${showDim(channels)} input channels but the kernel has ${showDim(own)}`;
}

const spatial = "expected a batch, at least one spatial axis and channels";
/** @internal */
type Spatial = typeof spatial;

const asMany = "expected as many axes";
/** @internal */
type AsMany = typeof asMany;

/**
 * The number of channels of `X`, `null` where the layout is unknown.
 *
 * @internal
 */
export type ChannelsOf<X extends Shape, Format> = IsUnknown<Format> extends true ? null
  : Format extends "channels_first" ? X[1]
  : X extends readonly [...unknown[], infer C] ? C
  : null;

/**
 * The sentence for ranks that do not fit, or `undefined`.
 *
 * @internal
 */
type WrongRanks<X extends Shape, Kernel extends Shape> = X extends readonly [unknown, unknown, unknown, ...unknown[]]
  ? X["length"] extends Kernel["length"] ? undefined : Mismatch<cannotConvolve<X, Kernel, AsMany>>
  : Mismatch<cannotConvolve<X, Kernel, Spatial>>;

function checkRanks(x: Shape, kernel: Shape): void {
  if (x.length < 3) throw new ShapeError(cannotConvolve(x, kernel, spatial));
  if (x.length !== kernel.length) throw new ShapeError(cannotConvolve(x, kernel, asMany));
}

/** The shape of a convolution of `X` with a kernel `[...size, in, filters]`, or the {@linkcode Mismatch}. */
export type convolve<X extends Shape, Kernel extends Shape, W extends Stepping> = number extends
  X["length"] | Kernel["length"] ? Shape
  : WrongRanks<X, Kernel> extends infer Wrong
    ? Wrong extends undefined
      ? Kernel extends readonly [...infer Size extends Shape, infer In, infer Filters extends Dim]
        ? Divided<X, Kernel, ChannelsOf<X, W["dataFormat"]>, In, Filters, W & { readonly kernelSize: Size }>
      : never
    : Wrong
  : never;

/** @internal */
type Divided<X extends Shape, Kernel extends Shape, C, In, Filters extends Dim, W extends Window> = divide<
  C & Dim,
  In & Dim
> extends infer G ? G extends undefined ? Mismatch<cannotConvolve<X, Kernel, noMultiple<C, In>>>
  : G extends 1 | null ? slide<X, W, Filters>
  : divide<Filters, G & Dim> extends undefined ? Mismatch<cannotConvolve<X, Kernel, unevenFilters<Filters, G>>>
  : slide<X, W, Filters>
  : never;

/**
 * The shape of a convolution of `x` with a kernel `[...size, in, filters]`.
 *
 * @throws {ShapeError} If the ranks, the channels or the groups do not fit, or the kernel is too large for the input.
 */
export function convolve(x: Shape, kernel: Shape, window: Stepping): Shape {
  checkRanks(x, kernel);
  const channels = x[channelAxis(x.length, window.dataFormat)]!;
  const [own, filters] = [kernel.at(-2)!, kernel.at(-1)!];
  const groups = divide(channels, own);
  if (groups === undefined) throw new ShapeError(cannotConvolve(x, kernel, noMultiple(channels, own)));
  if (groups !== null && divide(filters, groups) === undefined) {
    throw new ShapeError(cannotConvolve(x, kernel, unevenFilters(filters, groups)));
  }
  return conv(x, { ...window, kernelSize: kernel.slice(0, -2), filters });
}

/** The shape of a transposed convolution of `X` with a kernel `[...size, filters, in]`, or the {@linkcode Mismatch}. */
export type convolveTransposed<X extends Shape, Kernel extends Shape, W extends TransposedStepping> = number extends
  X["length"] | Kernel["length"] ? Shape
  : WrongRanks<X, Kernel> extends infer Wrong
    ? Wrong extends undefined
      ? Kernel extends readonly [...infer Size extends Shape, infer Filters extends Dim, infer In]
        ? OtherChannels<X, Kernel, ChannelsOf<X, W["dataFormat"]>, In> extends infer Other
          ? Other extends undefined ? convTranspose<X, W & { readonly kernelSize: Size; readonly filters: Filters }>
          : Other
        : never
      : never
    : Wrong
  : never;

/**
 * The sentence for channels that do not fit, or `undefined`.
 *
 * @internal
 */
type OtherChannels<X extends Shape, Kernel extends Shape, C, In> = sizesDiffer<C, In> extends true
  ? Mismatch<cannotConvolve<X, Kernel, otherChannels<C, In>>>
  : undefined;

/**
 * The shape of a transposed convolution of `x` with a kernel `[...size, filters, in]`.
 *
 * @throws {ShapeError} If the ranks or the channels do not fit, or nothing is left.
 */
export function convolveTransposed(
  x: Shape,
  kernel: Shape,
  window: TransposedStepping,
): Shape {
  checkRanks(x, kernel);
  checkChannels(x, kernel, window, kernel.at(-1)!);
  return convTranspose(x, { ...window, kernelSize: kernel.slice(0, -2), filters: kernel.at(-2)! });
}

function checkChannels(x: Shape, kernel: Shape, { dataFormat }: Pick<Stepping, "dataFormat">, own: Dim): void {
  const channels = x[channelAxis(x.length, dataFormat)]!;
  if (sizesDiffer(channels, own)) throw new ShapeError(cannotConvolve(x, kernel, otherChannels(channels, own)));
}

/**
 * The shape of a convolution of each channel of `X` by itself with a kernel `[...size, in, multiplier]`, or the
 * {@linkcode Mismatch}.
 */
export type convolveDepthwise<X extends Shape, Kernel extends Shape, W extends Stepping> = number extends
  X["length"] | Kernel["length"] ? Shape
  : WrongRanks<X, Kernel> extends infer Wrong
    ? Wrong extends undefined
      ? Kernel extends readonly [...infer Size extends Shape, infer In extends Dim, infer Multiplier extends Dim]
        ? OtherChannels<X, Kernel, ChannelsOf<X, W["dataFormat"]>, In> extends infer Other
          ? Other extends undefined ? Multiplied<X, W & { readonly kernelSize: Size }, In, Multiplier>
          : Other
        : never
      : never
    : Wrong
  : never;

/** @internal */
type Multiplied<X extends Shape, W extends Window, In extends Dim, Multiplier extends Dim> = slide<
  X,
  W,
  multiplyDims<In, Multiplier>
>;

/**
 * The shape of a convolution of each channel of `x` by itself with a kernel `[...size, in, multiplier]`.
 *
 * @throws {ShapeError} If the ranks or the channels do not fit, or the kernel is too large for the input.
 */
export function convolveDepthwise(x: Shape, kernel: Shape, window: Stepping): Shape {
  checkRanks(x, kernel);
  checkChannels(x, kernel, window, kernel.at(-2)!);
  const channels = multiplyDims(kernel.at(-2)!, kernel.at(-1)!);
  return slide(x, { ...window, kernelSize: kernel.slice(0, -2) }, channels);
}

/**
 * The window of a convolution that takes each place by itself.
 *
 * @internal
 */
type Pointwise<W extends Stepping> = {
  readonly kernelSize: 1;
  readonly strides: 1;
  readonly padding: "valid";
  readonly dilationRate: 1;
  readonly dataFormat: W["dataFormat"];
};

/**
 * The shape of a depthwise convolution of `X`, and a convolution of that with a kernel `[...1, in, filters]`, or the
 * {@linkcode Mismatch}.
 */
export type convolveSeparable<X extends Shape, Depthwise extends Shape, Kernel extends Shape, W extends Stepping> =
  convolveDepthwise<X, Depthwise, W> extends infer Y ? Y extends Shape ? convolve<Y, Kernel, Pointwise<W>> : Y
    : never;

/**
 * The shape of a depthwise convolution of `x`, and a convolution of that with a kernel `[...1, in, filters]`.
 *
 * @throws {ShapeError} If a kernel does not fit.
 */
export function convolveSeparable(
  x: Shape,
  depthwise: Shape,
  kernel: Shape,
  window: Stepping,
): Shape {
  const { dataFormat } = window;
  const between = convolveDepthwise(x, depthwise, window);
  return convolve(between, kernel, { strides: 1, padding: "valid", dilationRate: 1, dataFormat });
}
