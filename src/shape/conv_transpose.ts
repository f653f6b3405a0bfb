/**
 * Shapes of transposed convolutions.
 *
 * @module
 */
import { add, type compare, type floorDivide, multiply, multiplyDims, type subtract } from "./arithmetic.ts";
import {
  channelAxis,
  type Convolution,
  type OnlyBatch,
  type SizeAt,
  sizeAt,
  span,
  spatialAxes,
  type Stepping,
} from "./conv.ts";
import type { Padding, PerAxis } from "./spatial.ts";
import { type Dim, type IsUnknown, type Shape, type ShowShape, showShape } from "./dim.ts";
import { type Mismatch, ShapeError } from "./error.ts";

/** The way the window of a convolution slides over what comes out of it. */
export interface TransposedStepping extends Stepping {
  /** The number of values added at the end of each spatial axis; `null` if the size follows from the strides alone. */
  readonly outputPadding: PerAxis | null;
}

/** A convolution read backwards. */
export interface TransposedConvolution extends Convolution, TransposedStepping {}

// The size of an axis is its stride times what it was, and this.
type Beyond<Span, S, P, O> = IsUnknown<P> extends true ? null
  : [O] extends [null] ? P extends "same" ? 0
    : compare<Span & Dim, S & Dim> extends infer C
      ? C extends "greater" ? subtract<Span & Dim, S & Dim> : C extends null ? null : 0
    : never
  : subtract<add<subtract<Span & Dim, Cropped<Span, P>>, O & Dim>, S & Dim>;

type Cropped<Span, P> = P extends "same" ? multiply<2, floorDivide<Span & Dim, 2> & Dim> : 0;

function beyond(reach: Dim, stride: number, padding: Padding, outputPadding: number | null): number | null {
  if (typeof reach !== "number") return outputPadding === null && padding === "same" ? 0 : null;
  if (outputPadding === null) return padding === "same" ? 0 : Math.max(reach - stride, 0);
  return reach - cropped(reach, padding) + outputPadding - stride;
}

function cropped(reach: number, padding: Padding): number {
  return padding === "same" ? 2 * Math.floor(reach / 2) : 0;
}

type SpreadDim<D, S, More> = More extends number
  ? More extends 0 ? multiplyDims<D & Dim, S & Dim> : Positive<add<multiply<D & Dim, S & Dim>, More>>
  : null;
type Positive<N> = N extends 0 ? undefined
  : N extends number ? `${N}` extends `-${string}` ? undefined : N
  : null;

function spreadDim(dim: Dim, stride: number, more: number | null): Dim | undefined {
  if (more === null) return null;
  if (more === 0) return multiplyDims(dim, stride);
  const size = add(multiply(dim, stride), more);
  return size !== null && size <= 0 ? undefined : size;
}

/**
 * The sentence for an axis of which nothing is left.
 *
 * @internal
 */
export type nothingLeft<Axis extends number, X extends Shape, D, K, S, L, P, O> =
  `Computed output size would be zero or negative: (${D & number} - 1) * ${S & number} + ${L & number} * (${
    & K
    & number} - 1) + 1 - ${Cropped<span<K, L>, P> & number} + ${O & number} = ${
    & add<multiply<D & Dim, S & Dim>, Beyond<span<K, L>, S, P, O> & Dim>
    & number} along axis ${Axis} of input shape ${ShowShape<X>}`;

/** The sentence for an axis of which nothing is left. */
export function nothingLeft(
  axis: number,
  x: Shape,
  kernel: number,
  stride: number,
  dilation: number,
  padding: Padding,
  outputPadding: number,
): string {
  const dim = x[axis] as number;
  const reach = span(kernel, dilation) as number;
  const size = dim * stride + beyond(reach, stride, padding, outputPadding)!;
  return `Computed output size would be zero or negative: (${dim} - 1) * ${stride} + ${dilation} * (${kernel} - 1) + 1 - ${
    cropped(reach, padding)
  } + ${outputPadding} = ${size} along axis ${axis} of input shape ${showShape(x)}`;
}

/** @internal */
type Spread<Spatial extends Shape, C extends TransposedConvolution> = {
  readonly [I in keyof Spatial]: SpreadDim<
    Spatial[I],
    SizeAt<C["strides"], I>,
    Beyond<
      span<SizeAt<C["kernelSize"], I>, SizeAt<C["dilationRate"], I>>,
      SizeAt<C["strides"], I>,
      C["padding"],
      SizeAt<C["outputPadding"], I>
    >
  >;
};

type Nothing<
  X extends Shape,
  C extends TransposedConvolution,
  Todo,
  Before extends readonly unknown[],
  Seen extends readonly unknown[] = [],
> = Todo extends readonly [infer D, ...infer Rest]
  ? D extends undefined
    ? Mismatch<NothingAt<X, C, [...Before, ...Seen]["length"] & number, `${Seen["length"] & number}`>>
  : Nothing<X, C, Rest, Before, [...Seen, unknown]>
  : never;
type NothingAt<X extends Shape, C extends TransposedConvolution, Axis extends number, I> = nothingLeft<
  Axis,
  X,
  X[Axis],
  SizeAt<C["kernelSize"], I>,
  SizeAt<C["strides"], I>,
  SizeAt<C["dilationRate"], I>,
  C["padding"],
  SizeAt<C["outputPadding"], I>
>;

/** @internal */
type SpreadLast<X extends Shape, C extends TransposedConvolution> = X extends
  readonly [infer Batch, ...infer Spatial extends Shape, unknown]
  ? Spread<Spatial, C> extends infer R extends readonly unknown[]
    ? undefined extends R[number] ? Nothing<X, C, R, [unknown]> : readonly [Batch, ...R, C["filters"]]
  : never
  : Shape;

/** @internal */
type SpreadFirst<X extends Shape, C extends TransposedConvolution> = X extends
  readonly [infer Batch, unknown, ...infer Spatial extends Shape]
  ? Spread<Spatial, C> extends infer R extends readonly unknown[]
    ? undefined extends R[number] ? Nothing<X, C, R, [unknown, unknown]> : readonly [Batch, C["filters"], ...R]
  : never
  : Shape;

/** The shape of a transposed convolution of `X`, or the {@linkcode Mismatch}. `Shape` where the rank is unknown. */
export type convTranspose<X extends Shape, C extends TransposedConvolution> = number extends X["length"] ? Shape
  : IsUnknown<C["dataFormat"]> extends true ? OnlyBatch<X>
  : C["dataFormat"] extends "channels_first" ? SpreadFirst<X, C>
  : SpreadLast<X, C>;

/**
 * The shape of a transposed convolution of `x`.
 *
 * @throws {ShapeError} If nothing is left of an axis.
 */
export function convTranspose(x: Shape, convolution: TransposedConvolution): Shape {
  const { kernelSize, strides, padding, dilationRate, dataFormat, outputPadding, filters } = convolution;
  const [start, end] = spatialAxes(x.length, dataFormat);
  const result = x.map((dim, axis) => {
    if (axis < start || axis >= end) return dim;
    const kernel = sizeAt<Dim>(kernelSize, axis - start);
    const [stride, dilation] = [sizeAt(strides, axis - start), sizeAt(dilationRate, axis - start)];
    const extra = outputPadding === null ? null : sizeAt(outputPadding, axis - start);
    const size = spreadDim(dim, stride, beyond(span(kernel, dilation), stride, padding, extra));
    if (size === undefined) {
      throw new ShapeError(nothingLeft(axis, x, kernel as number, stride, dilation, padding, extra!));
    }
    return size;
  });
  result[channelAxis(x.length, dataFormat)] = filters;
  return result;
}

/** The values that a transposed convolution removes from the full result at the beginning, and removes or adds at the end. */
export interface Crop {
  /** The number of values that are taken away at the beginning. */
  readonly begin: number;
  /** The number of values that are taken away at the end. */
  readonly end: number;
  /** The number of zeros that are added at the end. */
  readonly added: number;
}

/**
 * The values removed from the full result along an axis, which is `(size - 1) * stride + reach` long: for `"same"` what a
 * convolution with the same padding would have added, half of it rounded down at the beginning.
 */
export function cropOf(reach: number, stride: number, padding: Padding, outputPadding: number | null): Crop {
  // How much longer the full result is than what is asked for.
  const surplus = reach - stride - beyond(reach, stride, padding, outputPadding)!;
  const begin = padding === "same" ? Math.max(Math.floor(surplus / 2), 0) : 0;
  const end = surplus - begin;
  return { begin, end: Math.max(end, 0), added: Math.max(-end, 0) };
}
