/**
 * The structural similarity of images.
 *
 * @module
 */
import type { DataFormat } from "../../shape/conv.ts";
import { type Shape, showShape } from "../../shape/dim.ts";
import { InputRangeError, ShapeError } from "../../shape/error.ts";
import type { Like, ShapeOf, StrongDTypeOf, TensorLike } from "../../tensor/like.ts";
import { isFloat, toFloat } from "../../tensor/promote.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { add, divide, multiply, square, subtract } from "../elementwise/arithmetic.ts";
import { cast } from "../elementwise/selection.ts";
import type { NoOptions } from "../options.ts";
import { mean } from "../reduction/reduction.ts";
import { type ImageOptions, imagesOf } from "./arguments.ts";
import { filtered, gaussian } from "./filters.ts";

/** The options of {@linkcode ssim}. */
export interface SsimOptions<F extends DataFormat = DataFormat> extends ImageOptions<F> {
  /** The largest value that a pixel can have, such as 255. Default: 1. */
  readonly maxVal?: number | undefined;
  /** The width and height of the Gaussian filter, an odd number of pixels. Default: 11. */
  readonly filterSize?: number | undefined;
  /** The standard deviation of the Gaussian filter, in pixels. Default: 1.5. */
  readonly filterSigma?: number | undefined;
  /** Stabilizes the comparison of brightness. Default: 0.01. */
  readonly k1?: number | undefined;
  /** Stabilizes the comparison of contrast. Default: 0.03. */
  readonly k2?: number | undefined;
}

/** @internal */
type Similarity<S extends Shape> = number extends S["length"] ? Shape : S["length"] extends 3 ? readonly []
: S extends readonly [infer Batch, ...Shape] ? readonly [Batch]
: Shape;

/**
 * The structural similarity of two images: 1 where they are equal, less where their brightness, contrast or structure
 * differ. Images `[height, width, channels]` give one number, batches of them one for each pair.
 *
 * @throws {ShapeError} If the shapes differ, there are other than 3 or 4 axes, the number of channels is not known, or an
 * image is smaller than the filter.
 * @throws {RangeError} If an option has an unsupported value.
 * @see Wang, Bovik, Sheikh, Simoncelli, "Image quality assessment", 2004.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * const image = ops.reshape(ops.divide(ops.arange(144), 144), [12, 12, 1]);
 * assertAlmostEquals(ops.image.ssim(image, image).item(), 1, 1e-6);
 * ```
 */
export function ssim<const A extends TensorLike, const B extends TensorLike, const O extends SsimOptions = NoOptions>(
  image1: A,
  image2: B,
  options?: O,
): Like<A | B, Similarity<ShapeOf<A>>, StrongDTypeOf<A>> {
  const attempt = "Cannot apply image.ssim";
  const names = ["filterSigma", "filterSize", "k1", "k2", "maxVal"];
  const [first, second] = [imagesOf(attempt, image1, options, names), imagesOf(attempt, image2, options, names)];
  const { maxVal = 1, filterSize = 11, filterSigma = 1.5, k1 = 0.01, k2 = 0.03 } = (options ?? {}) as SsimOptions;
  if (!Number.isSafeInteger(filterSize) || filterSize < 1 || filterSize % 2 === 0) {
    throw new InputRangeError(`${attempt}: expected filterSize to be an odd positive integer, received ${filterSize}`);
  }
  if (!(filterSigma > 0)) {
    throw new InputRangeError(`${attempt}: expected filterSigma to be a positive number, received ${filterSigma}`);
  }
  const [one, other] = [first.images.shape, second.images.shape];
  const differ = one.some((dim, axis) =>
    typeof dim === "number" && typeof other[axis] === "number" && dim !== other[axis]
  );
  if (one.length !== other.length || differ) {
    throw new ShapeError(
      `${attempt}: expected images of one shape, received ${showShape(one)} and ${showShape(other)}`,
    );
  }
  const { dtype } = first.images;
  const computed = isFloat(dtype) ? dtype : toFloat(dtype);
  const [a, b] = [cast(first.images, computed) as Tensor, cast(second.images, computed) as Tensor];
  const curve = gaussian(filterSize, filterSigma);
  const kernel = curve.map((y) => curve.map((x) => y * x));
  const local = (images: Tensor): Tensor => filtered(attempt, { ...first, images }, kernel, "valid");
  const [meanA, meanB] = [local(a), local(b)];
  const [squareA, squareB, both] = [square(meanA) as Tensor, square(meanB) as Tensor, multiply(meanA, meanB) as Tensor];
  const varianceA = subtract(local(square(a) as Tensor), squareA);
  const varianceB = subtract(local(square(b) as Tensor), squareB);
  const covariance = subtract(local(multiply(a, b) as Tensor), both);
  const [c1, c2] = [(k1 * maxVal) ** 2, (k2 * maxVal) ** 2];
  const above = multiply(add(multiply(both, 2), c1), add(multiply(covariance, 2), c2));
  const below = multiply(add(add(squareA, squareB), c1), add(add(varianceA, varianceB), c2));
  return cast(mean(divide(above, below) as Tensor, { axis: [-3, -2, -1] }), dtype) as never;
}
