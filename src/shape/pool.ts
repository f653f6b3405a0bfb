/**
 * Pooling: windows that move over the spatial axes, of which each becomes one value.
 *
 * @module
 */
import type { add, floorDivide, subtract } from "./arithmetic.ts";
import { type Dim, type Shape, type ShowShape, showShape } from "./dim.ts";
import { type Mismatch, ShapeError } from "./error.ts";
import {
  type DataFormat,
  type eachAxis,
  type Head,
  mapSpatial,
  type PerAxis,
  perAxis,
  spatialAxes,
  type SpatialPadding,
  type spatialParts,
  type spatialShape,
  type Tail,
  type unknownSpatial,
} from "./spatial.ts";

/**
 * The sentence for a shape that has no spatial axes, or too many.
 *
 * @internal
 */
export type cannotPool<S extends Shape> = `Cannot pool ${ShowShape<
  S
>}: expected a batch, 1 to 3 spatial axes and channels`;

/** The sentence for a shape that has no spatial axes, or too many. */
export function cannotPool(shape: Shape): string {
  return `Cannot pool ${showShape(shape)}: expected a batch, 1 to 3 spatial axes and channels`;
}

/**
 * The sentence for a list of numbers that are not one for each spatial axis.
 *
 * @internal
 */
export type poolCountDiffers<S extends Shape, What extends string, List extends Shape, Count> =
  `Cannot pool ${ShowShape<
    S
  >}: expected ${Count & number} numbers as ${What}, received ${ShowShape<List>}`;

/** The sentence for a list of numbers that are not one for each spatial axis. */
export function poolCountDiffers(shape: Shape, what: string, list: readonly number[], count: number): string {
  return `Cannot pool ${showShape(shape)}: expected ${count} numbers as ${what}, received ${showShape(list)}`;
}

/**
 * The sentence for windows that do not fit in, with the numbers that led there.
 *
 * @internal
 */
export type poolTooLarge<S extends Shape, K extends Shape, Strides extends Shape> =
  `Computed output size would be zero or negative. Received: inputs.shape=${ShowShape<S>}, poolSize=${ShowShape<
    K
  >}, strides=${ShowShape<Strides>}, padding=valid`;

/** The sentence for windows that do not fit in, with the numbers that led there. */
export function poolTooLarge(shape: Shape, poolSize: readonly number[], strides: readonly number[]): string {
  return `Computed output size would be zero or negative. Received: inputs.shape=${showShape(shape)}, poolSize=${
    showShape(poolSize)
  }, strides=${showShape(strides)}, padding=valid`;
}

// Step by step: a mapped type over tuples of sizes would cost five times as much.
/** @internal */
type AllWindows<X extends Shape, K, Strides, P, Out extends readonly unknown[] = readonly []> = X extends
  readonly [infer D extends Dim, ...infer Rest extends Shape]
  ? AllWindows<Rest, Tail<K>, Tail<Strides>, P, readonly [...Out, Windows<D, Head<K>, Head<Strides>, P>]>
  : Out;

/** The number of windows along `D`, or `undefined` where not one fits in. */
type Windows<D extends Dim, K, Stride, P> = [P] extends ["same"] ? SameWindows<D, Stride>
  : [P] extends ["valid"]
    ? [K, Stride] extends [Stride, K] ? AdjoiningWindows<D, K> : ValidWindows<subtract<D, K & Dim>, Stride>
  : null;

type SameWindows<D extends Dim, Stride> = [Stride] extends [1] ? D
  : [D] extends [0] ? 0
  : Succeeding<floorDivide<subtract<D, 1>, Stride & Dim>>;

// What windows that neither overlap nor leave gaps cost is one division.
type AdjoiningWindows<D extends Dim, K> = [K] extends [1] ? D
  : floorDivide<D, K & Dim> extends infer N ? N extends 0 ? undefined : N
  : never;

type ValidWindows<Rest, Stride> = Rest extends number ? `${Rest}` extends `-${string}` ? undefined
  : [Stride] extends [1] ? add<Rest, 1>
  : Succeeding<floorDivide<Rest, Stride & Dim>>
  : null;

type Succeeding<N> = N extends number ? add<N, 1> : null;

/** @internal */
type Checked<S extends Shape, B, X extends Shape, C, K, Strides, F extends DataFormat, Out extends readonly unknown[]> =
  undefined extends Out[number] ? Mismatch<poolTooLarge<S, eachAxis<K, X>, eachAxis<Strides, X>>>
    : Out extends Shape ? spatialShape<B, Out, C, F>
    : never;

/** @internal */
type Counted<S extends Shape, What extends string, V, X extends Shape, Then> = V extends Shape
  ? number extends V["length"] ? Then
  : V["length"] extends X["length"] ? Then
  : Mismatch<poolCountDiffers<S, What, V, X["length"]>>
  : Then;

/**
 * The shape of `S` after pooling, or the {@linkcode Mismatch}: `floor((D - K) / stride) + 1` along each spatial axis, or
 * `ceil(D / stride)` with padding `"same"`. What depends on open dims is unknown.
 */
export type pool<
  S extends Shape,
  K extends PerAxis,
  Strides extends PerAxis,
  P extends SpatialPadding,
  F extends DataFormat,
> = number extends S["length"] ? Shape
  : S["length"] extends 3 | 4 | 5
    ? spatialParts<S, F> extends readonly [infer B, infer X extends Shape, infer C] ? Counted<
        S,
        "poolSize",
        K,
        X,
        Counted<
          S,
          "strides",
          Strides,
          X,
          Checked<
            S,
            B,
            X,
            C,
            K,
            Strides,
            F,
            AllWindows<X, K, Strides, P>
          >
        >
      >
    : unknownSpatial<S>
  : Mismatch<cannotPool<S>>;

/**
 * The way windows move.
 *
 * @internal
 */
export interface PoolWindows {
  /** The size of a window along each spatial axis. */
  readonly poolSize: PerAxis;
  /** The distance between windows along each spatial axis. */
  readonly strides: PerAxis;
  /** Whether windows stay inside. */
  readonly padding: SpatialPadding;
  /** The position of the channel axis. */
  readonly dataFormat: DataFormat;
}

/** The number of spatial axes of a shape. */
function spatialCount(shape: Shape, format: DataFormat): number {
  const count = spatialAxes(shape.length, format).length;
  if (count < 1 || count > 3) throw new ShapeError(cannotPool(shape));
  return count;
}

/** One number for each spatial axis. */
function counted(shape: Shape, what: string, value: PerAxis, count: number): readonly number[] {
  const list = perAxis(value, count);
  if (list.length !== count) throw new ShapeError(poolCountDiffers(shape, what, list, count));
  return list;
}

/**
 * The shape of `shape` after pooling: `floor((dim - size) / stride) + 1` along each spatial axis, or
 * `ceil(dim / stride)` with padding `"same"`. What depends on open dims is unknown.
 *
 * @throws {ShapeError} If there are not 1 to 3 spatial axes and a number for each, or no window fits in.
 */
export function pool(shape: Shape, { poolSize, strides, padding, dataFormat }: PoolWindows): Shape {
  const count = spatialCount(shape, dataFormat);
  const sizes = counted(shape, "poolSize", poolSize, count);
  const steps = counted(shape, "strides", strides, count);
  return mapSpatial(shape, dataFormat, (dim, place) => {
    const size = sizes[place]!;
    const stride = steps[place]!;
    if (stride === 1 && (padding === "same" || size === 1)) return dim;
    if (typeof dim !== "number") return null;
    if (padding === "same") return Math.ceil(dim / stride);
    if (dim < size) throw new ShapeError(poolTooLarge(shape, sizes, steps));
    return Math.floor((dim - size) / stride) + 1;
  });
}

/** The shape of `S` with spatial axes of given sizes, or the {@linkcode Mismatch}. */
export type adaptivePool<S extends Shape, Out extends PerAxis, F extends DataFormat> = number extends S["length"]
  ? Shape
  : S["length"] extends 3 | 4 | 5
    ? spatialParts<S, F> extends readonly [infer B, infer X extends Shape, infer C]
      ? Counted<S, "outputSize", Out, X, spatialShape<B, eachAxis<Out, X>, C, F>>
    : unknownSpatial<S>
  : Mismatch<cannotPool<S>>;

/**
 * The shape of `shape` with spatial axes of given sizes.
 *
 * @throws {ShapeError} If there are not 1 to 3 spatial axes and a size for each.
 */
export function adaptivePool(shape: Shape, outputSize: PerAxis, format: DataFormat): Shape {
  const sizes = counted(shape, "outputSize", outputSize, spatialCount(shape, format));
  return mapSpatial(shape, format, (_, place) => sizes[place]!);
}

/**
 * The shape of `S` with its spatial axes reduced to one value each, which are left out unless they are kept.
 *
 * @internal
 */
export type globalPool<S extends Shape, KeepDims extends boolean, F extends DataFormat> = spatialParts<S, F> extends
  readonly [infer B extends Dim, infer X extends Shape, infer C extends Dim]
  ? [KeepDims] extends [false] ? readonly [B, C]
  : [KeepDims] extends [true] ? spatialShape<B, { readonly [I in keyof X]: 1 }, C, F>
  : Shape
  : Shape;
