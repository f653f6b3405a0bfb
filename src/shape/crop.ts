/**
 * Spatial axes made shorter or longer at their ends, and larger by a factor.
 *
 * @module
 */
import { addDims, multiplyDims, type subtract } from "./arithmetic.ts";
import { type Dim, type Shape, type ShowShape, showShape } from "./dim.ts";
import { type Mismatch, ShapeError } from "./error.ts";
import {
  type DataFormat,
  type Head,
  mapSpatial,
  type PerAxis,
  perAxis,
  type spatialParts,
  type spatialShape,
  type Tail,
  type unknownSpatial,
} from "./spatial.ts";

/** The numbers of values at both ends of one axis. */
export type Ends = readonly [before: number, after: number];

type ShowAll<List, Text extends string = ""> = List extends readonly [infer Head extends Shape, ...infer Rest]
  ? ShowAll<Rest, Text extends "" ? ShowShape<Head> : `${Text}, ${ShowShape<Head>}`>
  : Text;

/**
 * The sentence for an axis of which nothing would be left, with the numbers that led there.
 *
 * @internal
 */
export type cropsAll<S extends Shape, Cropping> =
  `Values in cropping should be smaller than the corresponding spatial dimension of the input. Received: inputs.shape=${ShowShape<
    S
  >}, cropping=[${ShowAll<Cropping>}]`;

/** The sentence for an axis of which nothing would be left, with the numbers that led there. */
export function cropsAll(shape: Shape, cropping: readonly Ends[]): string {
  return "Values in cropping should be smaller than the corresponding spatial dimension of the input. Received: " +
    `inputs.shape=${showShape(shape)}, cropping=[${cropping.map(showShape).join(", ")}]`;
}

/** The rest of `D`, or `undefined` if nothing is left. */
type Cropped<D extends Dim, Both> = Both extends readonly [infer Before extends Dim, infer After extends Dim]
  ? [Before, After] extends [0, 0] ? D : Left<subtract<subtract<D, Before>, After>>
  : null;
type Left<Rest> = Rest extends number ? `${Rest}` extends `-${string}` | "0" ? undefined : Rest : null;

/** @internal */
type AllCropped<X extends Shape, Cropping, Out extends readonly unknown[] = readonly []> = X extends
  readonly [infer D extends Dim, ...infer Rest extends Shape]
  ? AllCropped<Rest, Tail<Cropping>, readonly [...Out, Cropped<D, Head<Cropping>>]>
  : Out;

/** The shape of `S` with the ends of its spatial axes cut off, or the {@linkcode Mismatch}. */
export type crop<S extends Shape, Cropping, F extends DataFormat> = spatialParts<S, F> extends
  readonly [infer B, infer X extends Shape, infer C]
  ? AllCropped<X, Cropping> extends infer Out extends readonly unknown[]
    ? undefined extends Out[number] ? Mismatch<cropsAll<S, Cropping>>
    : Out extends Shape ? spatialShape<B, Out, C, F>
    : never
  : never
  : unknownSpatial<S>;

/**
 * The shape of `shape` with the ends of its spatial axes cut off.
 *
 * @throws {ShapeError} If nothing is left of an axis.
 */
export function crop(shape: Shape, cropping: readonly Ends[], format: DataFormat): Shape {
  return mapSpatial(shape, format, (dim, place) => {
    const [before, after] = cropping[place]!;
    if (before === 0 && after === 0) return dim;
    if (typeof dim !== "number") return null;
    const left = dim - before - after;
    if (left <= 0) throw new ShapeError(cropsAll(shape, cropping));
    return left;
  });
}

/** The shape of `S` with a border around its spatial axes. */
export type border<S extends Shape, Padding, F extends DataFormat> = spatialParts<S, F> extends
  readonly [infer B, infer X extends Shape, infer C] ? spatialShape<B, AllPadded<X, Padding>, C, F>
  : unknownSpatial<S>;
/** @internal */
type AllPadded<X extends Shape, Padding, Out extends Shape = readonly []> = X extends
  readonly [infer D extends Dim, ...infer Rest extends Shape]
  ? AllPadded<Rest, Tail<Padding>, readonly [...Out, Padded<D, Head<Padding>>]>
  : Out;
type Padded<D extends Dim, Both> = Both extends readonly [infer Before extends Dim, infer After extends Dim]
  ? addDims<addDims<D, Before>, After>
  : null;

/** The shape of `shape` with a border around its spatial axes. */
export function border(shape: Shape, padding: readonly Ends[], format: DataFormat): Shape {
  return mapSpatial(shape, format, (dim, place) => {
    const [before, after] = padding[place]!;
    return addDims(addDims(dim, before), after);
  });
}

/** The shape of `S` with each spatial axis repeated as often as its size says; named dims become products. */
export type upSample<S extends Shape, Size extends PerAxis, F extends DataFormat> = spatialParts<S, F> extends
  readonly [infer B, infer X extends Shape, infer C] ? spatialShape<B, AllRepeated<X, Size>, C, F>
  : unknownSpatial<S>;
/** @internal */
type AllRepeated<X extends Shape, Size, Out extends Shape = readonly []> = X extends
  readonly [infer D extends Dim, ...infer Rest extends Shape]
  ? AllRepeated<Rest, Tail<Size>, readonly [...Out, multiplyDims<D, Head<Size> & Dim>]>
  : Out;

/** The shape of `shape` with each spatial axis repeated as often as its size says; named dims become products. */
export function upSample(shape: Shape, size: PerAxis, format: DataFormat): Shape {
  const sizes = perAxis(size, shape.length - 2);
  return mapSpatial(shape, format, (dim, place) => multiplyDims(dim, sizes[place]!));
}
