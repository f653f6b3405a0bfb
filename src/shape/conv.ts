/**
 * Shapes of windows that slide over the spatial axes.
 *
 * @module
 */
import { add, floorDivide, multiply, subtract } from "./arithmetic.ts";
import { type Dim, type IsUnknown, type KnownDim, type Shape, type ShowShape, showShape } from "./dim.ts";
import { type Mismatch, ShapeError } from "./error.ts";
import type { DataFormat, Padding, PerAxis } from "./spatial.ts";

export type { DataFormat, Padding } from "./spatial.ts";

/** The way a window slides over the spatial axes. */
export interface Stepping {
  /** The distance that it moves at a time. */
  readonly strides: PerAxis;
  /** The positions that it may have. */
  readonly padding: Padding;
  /** The distance between the values that it takes; 1 where they are neighbours. */
  readonly dilationRate: PerAxis;
  /** The position of the channel axis. */
  readonly dataFormat: DataFormat;
}

/** A window that slides over the spatial axes. */
export interface Window extends Stepping {
  /** The number of values that it takes along each spatial axis. */
  readonly kernelSize: PerAxis | Shape;
}

/** A window, and how many channels come out. */
export interface Convolution extends Window {
  /** The number of channels of the result. */
  readonly filters: Dim;
}

/** The size for spatial axis `I`. */
export type SizeAt<N, I> = N extends readonly unknown[] ? (I extends keyof N ? N[I] : number) : N;

/** The size for a spatial axis. */
export function sizeAt<N extends Dim>(sizes: N | readonly N[], axis: number): N {
  return typeof sizes === "object" && sizes !== null ? sizes[axis]! : sizes as N;
}

/** The reach of the window: the first and the last value that it takes, and what is between. */
export type span<K, L> = [L] extends [1] ? K : [K] extends [1] ? 1
: add<multiply<subtract<K & Dim, 1>, L & Dim>, 1>;

/** The reach of the window: the first and the last value that it takes, and what is between. */
export function span(kernel: Dim, dilation: number): Dim {
  return kernel === 1 || dilation === 1 ? kernel : add(multiply(subtract(kernel, 1), dilation), 1);
}

/** The number of windows that fit one after the other, or `undefined` where there is not one. */
type SlidingDim<D, Span, S, P> = IsUnknown<P> extends true ? null
  : P extends "valid"
    ? [D] extends [0] ? undefined : Span extends 1 ? CeiledDim<D, S> : Fitting<subtract<D & Dim, Span & Dim>, S>
  : CeiledDim<D, S>;

type CeiledDim<D, S> = [S] extends [1] ? KnownDim<D> : floorDivide<add<D & Dim, subtract<S & Dim, 1>>, S & Dim>;

type Fitting<Rest, S> = Rest extends number
  ? `${Rest}` extends `-${string}` ? (IsUnknown<S> extends true ? null : undefined)
  : [S] extends [1] ? add<Rest, 1>
  : add<floorDivide<Rest, S & Dim>, 1>
  : null;

function slidingDim(dim: Dim, reach: Dim, stride: number, padding: Padding): Dim | undefined {
  if (padding === "valid" && dim === 0) return undefined;
  if (padding !== "valid" || reach === 1) {
    return stride === 1 ? dim : floorDivide(add(dim, stride - 1), stride);
  }
  const rest = subtract(dim, reach);
  if (rest === null) return null;
  return rest < 0 ? undefined : add(floorDivide(rest, stride), 1);
}

/** The greatest integer of at most a negative number by a size. */
type FloorOfNegative<N, S> = `${N & number}` extends `-${infer M extends number}`
  ? subtract<0, floorDivide<add<M, subtract<S & Dim, 1>>, S & Dim> & Dim>
  : null;

/**
 * The sentence for an axis on which no window fits.
 *
 * @internal
 */
export type windowTooWide<Axis extends number, X extends Shape, D, K, S, L> =
  `Computed output size would be zero or negative: floor((${D & number} - ${L & number} * (${K & number} - 1) - 1) / ${
    & S
    & number}) + 1 = ${
    & add<FloorOfNegative<subtract<D & Dim, span<K, L> & Dim>, S>, 1>
    & number} along axis ${Axis} of input shape ${ShowShape<
    X
  >}`;

/** The sentence for an axis on which no window fits. */
export function windowTooWide(axis: number, x: Shape, kernel: Dim, stride: number, dilation: number): string {
  const dim = x[axis] as number;
  const size = Math.floor((dim - dilation * (kernel as number - 1) - 1) / stride) + 1;
  return `Computed output size would be zero or negative: floor((${dim} - ${dilation} * (${kernel} - 1) - 1) / ${stride}) + 1 = ${size} along axis ${axis} of input shape ${
    showShape(x)
  }`;
}

/** @internal */
type Slid<Spatial extends Shape, W extends Window> = {
  readonly [I in keyof Spatial]: SlidingDim<
    Spatial[I],
    span<SizeAt<W["kernelSize"], I>, SizeAt<W["dilationRate"], I>>,
    SizeAt<W["strides"], I>,
    W["padding"]
  >;
};

/** The first spatial axis on which no window fits, as a mismatch; `Place` counts the axes of the shape. */
type TooWide<
  X extends Shape,
  W extends Window,
  Todo,
  Before extends readonly unknown[],
  Seen extends readonly unknown[] = [],
> = Todo extends readonly [infer D, ...infer Rest]
  ? D extends undefined
    ? Mismatch<TooWideAt<X, W, [...Before, ...Seen]["length"] & number, `${Seen["length"] & number}`>>
  : TooWide<X, W, Rest, Before, [...Seen, unknown]>
  : never;
type TooWideAt<X extends Shape, W extends Window, Axis extends number, I> = windowTooWide<
  Axis,
  X,
  X[Axis],
  SizeAt<W["kernelSize"], I>,
  SizeAt<W["strides"], I>,
  SizeAt<W["dilationRate"], I>
>;

/** @internal */
type SlidLast<X extends Shape, W extends Window, C> = X extends
  readonly [infer Batch, ...infer Spatial extends Shape, infer Own]
  ? Slid<Spatial, W> extends infer R extends readonly unknown[]
    ? undefined extends R[number] ? TooWide<X, W, R, [unknown]>
    : readonly [Batch, ...R, Channels<C, Own>]
  : never
  : Shape;

/** @internal */
type SlidFirst<X extends Shape, W extends Window, C> = X extends
  readonly [infer Batch, infer Own, ...infer Spatial extends Shape]
  ? Slid<Spatial, W> extends infer R extends readonly unknown[]
    ? undefined extends R[number] ? TooWide<X, W, R, [unknown, unknown]>
    : readonly [Batch, Channels<C, Own>, ...R]
  : never
  : Shape;

/** `undefined` keeps the channels. */
type Channels<C, Own> = [C] extends [undefined] ? Own : C;

/**
 * The batch as it is, and all other dims unknown.
 *
 * @internal
 */
export type OnlyBatch<X extends Shape> = X extends readonly [infer Batch, ...infer Rest extends Shape]
  ? readonly [Batch, ...{ readonly [I in keyof Rest]: null }]
  : Shape;

/**
 * The shape of `X` after a window has slid over its spatial axes, with `C` channels or, where that is `undefined`, its
 * own, or the {@linkcode Mismatch}. `Shape` where the rank is unknown.
 */
export type slide<X extends Shape, W extends Window, C = undefined> = number extends X["length"] ? Shape
  : IsUnknown<W["dataFormat"]> extends true ? OnlyBatch<X>
  : W["dataFormat"] extends "channels_first" ? SlidFirst<X, W, C>
  : SlidLast<X, W, C>;

/** The range of the spatial axes: the first one, and the one after the last. */
export function spatialAxes(rank: number, dataFormat: DataFormat): readonly [start: number, end: number] {
  return dataFormat === "channels_first" ? [2, rank] : [1, rank - 1];
}

/** The axis of the channels. */
export function channelAxis(rank: number, dataFormat: DataFormat): number {
  return dataFormat === "channels_first" ? 1 : rank - 1;
}

/**
 * The shape of `x` after a window has slid over its spatial axes, with `channels` or, where that is left out, its own.
 *
 * @throws {ShapeError} If no window fits on an axis.
 */
export function slide(x: Shape, window: Window, channels?: Dim): Shape {
  const { kernelSize, strides, padding, dilationRate, dataFormat } = window;
  const [start, end] = spatialAxes(x.length, dataFormat);
  const result = x.map((dim, axis) => {
    if (axis < start || axis >= end) return dim;
    const kernel = sizeAt<Dim>(kernelSize, axis - start);
    const [stride, dilation] = [sizeAt(strides, axis - start), sizeAt(dilationRate, axis - start)];
    const size = slidingDim(dim, span(kernel, dilation), stride, padding);
    if (size === undefined) throw new ShapeError(windowTooWide(axis, x, kernel, stride, dilation));
    return size;
  });
  if (channels !== undefined) result[channelAxis(x.length, dataFormat)] = channels;
  return result;
}

/** The shape of a convolution of `X`, or the {@linkcode Mismatch}. `Shape` where the rank is unknown. */
export type conv<X extends Shape, C extends Convolution> = slide<X, C, C["filters"]>;

/**
 * The shape of a convolution of `x`.
 *
 * @throws {ShapeError} If the kernel does not fit on an axis.
 */
export function conv(x: Shape, convolution: Convolution): Shape {
  return slide(x, convolution, convolution.filters);
}
