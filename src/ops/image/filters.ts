/**
 * Filters of images: one small kernel that slides over every channel.
 *
 * @module
 */
import type { DataFormat } from "../../shape/conv.ts";
import type { Shape } from "../../shape/dim.ts";
import { InputRangeError } from "../../shape/error.ts";
import type { replaceImage } from "../../shape/images.ts";
import type { Check, Like, ShapeOf, StrongDTypeOf, TensorLike } from "../../tensor/like.ts";
import { isFloat, toFloat } from "../../tensor/promote.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { depthwiseConv } from "../convolution/convolution.ts";
import { cast } from "../elementwise/selection.ts";
import type { NoOptions, OptionOf } from "../options.ts";
import { stack } from "../shaping/joining.ts";
import { expandDims, reshape, squeeze } from "../shaping/shaping.ts";
import { channelsOf, type ImageOptions, type Images, imagesOf } from "./arguments.ts";

/** @internal */
type Same<S extends Shape, O> = replaceImage<
  S,
  OptionOf<O, "dataFormat", "channels_last"> & DataFormat,
  undefined,
  undefined
>;

/** @internal */
type Edges<S extends Shape, O> = Same<S, O> extends infer R ? R extends Shape ? readonly [...R, 2] : R : never;

/** The options of {@linkcode gaussianBlur}. */
export interface GaussianBlurOptions<F extends DataFormat = DataFormat> extends ImageOptions<F> {
  /** The width and the height of the kernel, in pixels. Default: `[3, 3]`. */
  readonly kernelSize?: readonly [number, number] | undefined;
  /** The standard deviations along the width and the height, in pixels. Default: `[1, 1]`. */
  readonly sigma?: readonly [number, number] | undefined;
}

/**
 * The numbers of a Gaussian curve, which sum to 1.
 *
 * @internal
 */
export function gaussian(size: number, sigma: number): readonly number[] {
  const heights = Array.from({ length: size }, (_, x) => Math.exp(-0.5 * ((x - (size - 1) / 2) / sigma) ** 2));
  const total = heights.reduce((sum, height) => sum + height, 0);
  return heights.map((height) => height / total);
}

/**
 * Slides a kernel over each channel; zeros are added around the images where the padding is `"same"`.
 *
 * @throws {ShapeError} If the number of channels is not known, or the kernel is larger than the images without a padding.
 */
export function filtered(
  attempt: string,
  given: Images,
  kernel: readonly (readonly number[])[],
  padding: "valid" | "same" = "same",
): Tensor {
  const { images, dataFormat } = given;
  const channels = channelsOf(attempt, given);
  const isBatch = images.shape.length === 4;
  const batch: Tensor = isBatch ? images : expandDims(images, 0);
  const weights = kernel.flat().flatMap((weight) => Array<number>(channels).fill(weight));
  const shaped = reshape(cast(weights, images.dtype), [kernel.length, kernel[0]!.length, channels, 1]) as Tensor;
  const result: Tensor = depthwiseConv(batch, shaped as never, { padding, dataFormat });
  return isBatch ? result : squeeze(result, { axis: 0 });
}

/**
 * Blurs images `[height, width, channels]`, with or without a batch before them: each pixel becomes the mean of those
 * around it, weighted by a Gaussian curve. Zeros are outside of the images. Integers give float32.
 *
 * @throws {ShapeError} If there are other than 3 or 4 axes, or the number of channels is not known.
 * @throws {RangeError} If an option has an unsupported value.
 * @see https://keras.io/api/ops/image/
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * const dot = [[[0], [0], [0]], [[0], [1], [0]], [[0], [0], [0]]];
 * assertAlmostEquals(ops.max(ops.image.gaussianBlur(dot)).item(), 0.20418, 1e-5);
 * ```
 */
export function gaussianBlur<const X extends TensorLike, const O extends GaussianBlurOptions = NoOptions>(
  x: X & Check<Same<ShapeOf<X>, O>>,
  options?: O,
): Like<X, Same<ShapeOf<X>, O>, toFloat<StrongDTypeOf<X>>> {
  const attempt = "Cannot apply image.gaussianBlur";
  const given = imagesOf(attempt, x, options, ["kernelSize", "sigma"]);
  const { kernelSize = [3, 3], sigma = [1, 1] } = (options ?? {}) as GaussianBlurOptions;
  if (kernelSize.length !== 2 || !kernelSize.every((size) => Number.isSafeInteger(size) && size >= 1)) {
    throw new InputRangeError(
      `${attempt}: expected kernelSize to be two positive integers, received ${JSON.stringify(kernelSize)}`,
    );
  }
  if (sigma.length !== 2 || !sigma.every((deviation) => deviation > 0)) {
    throw new InputRangeError(
      `${attempt}: expected sigma to be two positive numbers, received ${JSON.stringify(sigma)}`,
    );
  }
  const [across, down] = [gaussian(kernelSize[0], sigma[0]), gaussian(kernelSize[1], sigma[1])];
  const { dtype } = given.images;
  const images = isFloat(dtype) ? given.images : cast(given.images, toFloat(dtype)) as Tensor;
  return filtered(attempt, { ...given, images }, down.map((y) => across.map((z) => y * z))) as never;
}

/** The differences between the pixels at the right and those at the left. */
const RIGHT = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]];
/** The differences between the pixels below and those above. */
const BELOW = [[-1, -2, -1], [0, 0, 0], [1, 2, 1]];

/**
 * The edges of images `[height, width, channels]`, with or without a batch before them, by Sobel's kernels: a new last
 * axis holds the differences down and across. Zeros are outside of the images.
 *
 * @throws {ShapeError} If there are other than 3 or 4 axes, or the number of channels is not known.
 * @throws {RangeError} If the data format is not supported.
 * @see https://keras.io/api/ops/image/
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * const step = [[[0], [0], [1]], [[0], [0], [1]], [[0], [0], [1]]];
 * assertEquals(ops.image.sobelEdges(step).array()[1]![1], [[0, 4]]);
 * ```
 */
export function sobelEdges<const X extends TensorLike, const O extends ImageOptions = NoOptions>(
  x: X & Check<Edges<ShapeOf<X>, O>>,
  options?: O,
): Like<X, Edges<ShapeOf<X>, O>, StrongDTypeOf<X>> {
  const attempt = "Cannot apply image.sobelEdges";
  const given = imagesOf(attempt, x, options);
  return stack([filtered(attempt, given, BELOW), filtered(attempt, given, RIGHT)], { axis: -1 }) as never;
}
