/**
 * Images: two spatial axes and channels, with or without a batch.
 *
 * @module
 */
import type { DataFormat } from "./conv.ts";
import { type Dim, type KnownDim, type Shape, type ShowShape, showShape } from "./dim.ts";
import { type Mismatch, ShapeError } from "./error.ts";

/**
 * The sentence for a tensor that is no image.
 *
 * @internal
 */
export type noImages<S extends Shape> = `Cannot take shape ${ShowShape<
  S
>} for images: expected 3 axes, or 4 with a batch`;

/** The sentence for a tensor that is no image. */
export function noImages(shape: Shape): string {
  return `Cannot take shape ${showShape(shape)} for images: expected 3 axes, or 4 with a batch`;
}

/** `S` with other sizes on its spatial axes and other channels; `null` leaves what is there. Or the {@linkcode Mismatch}. */
export type replaceImage<S extends Shape, F extends DataFormat, H, W, C = undefined> = number extends S["length"]
  ? Shape
  : S extends readonly [...infer Batch extends Shape, infer X, infer Y, infer Z]
    ? Batch["length"] extends 0 | 1 ? [F] extends ["channels_last"] ? readonly [...Batch, Or<H, X>, Or<W, Y>, Or<C, Z>]
      : [F] extends ["channels_first"] ? readonly [...Batch, Or<C, X>, Or<H, Y>, Or<W, Z>]
      : readonly [...Batch, null, null, null]
    : Mismatch<noImages<S>>
  : Mismatch<noImages<S>>;
/** @internal */
type Or<D, Own> = [D] extends [undefined] ? KnownDim<Own> : KnownDim<D>;

/** The axes of the height, the width and the channels of images. */
export interface ImageAxes {
  /** The axis of the height. */
  readonly height: number;
  /** The axis of the width. */
  readonly width: number;
  /** The axis of the channels. */
  readonly channels: number;
}

/**
 * The axes of images, counted from the start.
 *
 * @throws {ShapeError} If there are other than 3 or 4 axes.
 */
export function imageAxes(shape: Shape, format: DataFormat): ImageAxes {
  if (shape.length !== 3 && shape.length !== 4) throw new ShapeError(noImages(shape));
  const first = shape.length - 3;
  return format === "channels_last"
    ? { height: first, width: first + 1, channels: first + 2 }
    : { height: first + 1, width: first + 2, channels: first };
}

/** `shape` with other sizes on its spatial axes and other channels; `undefined` leaves what is there. */
export function replaceImage(
  shape: Shape,
  format: DataFormat,
  height: Dim | undefined,
  width: Dim | undefined,
  channels?: Dim,
): Shape {
  const axes = imageAxes(shape, format);
  const result = [...shape];
  if (height !== undefined) result[axes.height] = height;
  if (width !== undefined) result[axes.width] = width;
  if (channels !== undefined) result[axes.channels] = channels;
  return result;
}
