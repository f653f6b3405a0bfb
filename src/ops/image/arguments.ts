/**
 * Checks that the operations on images share.
 *
 * @module
 */
import type { DataFormat } from "../../shape/conv.ts";
import { showShape } from "../../shape/dim.ts";
import { InputRangeError, ShapeError } from "../../shape/error.ts";
import { type ImageAxes, imageAxes } from "../../shape/images.ts";
import { type TensorLike, toTensor } from "../../tensor/like.ts";
import { checkOptions } from "../../tensor/options.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** The option that every operation on images has. */
export interface ImageOptions<F extends DataFormat = DataFormat> {
  /** Position of the channel axis: last, or before the height. Default: `"channels_last"`. */
  readonly dataFormat?: F | undefined;
}

/** Images with their axes. */
export interface Images {
  /** The images. */
  readonly images: Tensor;
  /** Their axes. */
  readonly axes: ImageAxes;
  /** Position of the channel axis. */
  readonly dataFormat: DataFormat;
}

/**
 * The images that an operation is called with.
 *
 * @param attempt The beginning of error messages, such as `Cannot apply image.rgbToHsv`.
 * @param names The names of the options that the operation has besides `dataFormat`.
 * @throws {ShapeError} If there are other than 3 or 4 axes.
 * @throws {RangeError} If the data format is not supported.
 */
export function imagesOf(
  attempt: string,
  given: TensorLike,
  options: ImageOptions | undefined,
  names: readonly string[] = [],
): Images {
  checkOptions(attempt, options, ["dataFormat", ...names]);
  const { dataFormat = "channels_last" } = options ?? {};
  if (dataFormat !== "channels_last" && dataFormat !== "channels_first") {
    throw new InputRangeError(
      `${attempt}: expected dataFormat to be channels_last or channels_first, received ${dataFormat}`,
    );
  }
  const images = toTensor(given);
  return { images, axes: imageAxes(images.shape, dataFormat), dataFormat };
}

/**
 * The number of channels of images.
 *
 * @throws {ShapeError} If it is not known, or not in `counts`.
 */
export function channelsOf(attempt: string, { images, axes }: Images, counts?: readonly number[]): number {
  const channels = images.shape[axes.channels]!;
  if (typeof channels !== "number") {
    throw new ShapeError(`${attempt} to shape ${showShape(images.shape)}: expected a known size of the channels`);
  }
  if (counts === undefined || counts.includes(channels)) return channels;
  throw new ShapeError(
    `${attempt} to shape ${showShape(images.shape)}: expected ${counts.join(" or ")} channels, received ${channels}`,
  );
}
