/**
 * Images in other color spaces.
 *
 * @module
 */
import type { DataFormat } from "../../shape/conv.ts";
import type { Shape } from "../../shape/dim.ts";
import { InputError } from "../../shape/error.ts";
import type { replaceImage } from "../../shape/images.ts";
import type { Check, Like, ShapeOf, StrongDTypeOf, TensorLike } from "../../tensor/like.ts";
import { epsilonOf } from "../../tensor/limits.ts";
import { isFloat, toFloat } from "../../tensor/promote.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { absolute, add, divide, maximum, minimum, mod, multiply, subtract } from "../elementwise/arithmetic.ts";
import { equal, greater, less } from "../elementwise/comparison.ts";
import { cast, clip, where } from "../elementwise/selection.ts";
import type { NoOptions, OptionOf } from "../options.ts";
import { tensordot } from "../products/linear_algebra.ts";
import { stack } from "../shaping/joining.ts";
import { expandDims, squeeze } from "../shaping/shaping.ts";
import { takeSlice } from "../shaping/take_slice.ts";
import { channelsOf, type ImageOptions, type Images, imagesOf } from "./arguments.ts";

/** @internal */
type Format<O> = OptionOf<O, "dataFormat", "channels_last"> & DataFormat;
/** @internal */
type Gray<S extends Shape, O> = replaceImage<S, Format<O>, undefined, undefined, 1>;
/** @internal */
type Colors<S extends Shape, O> = replaceImage<S, Format<O>, undefined, undefined, 3>;

/** The shares of red, green and blue in the brightness of a pixel. */
const BRIGHTNESS = [0.2989, 0.5870, 0.1140];

/**
 * The brightness of images: 0.2989 red + 0.587 green + 0.114 blue. `[height, width, 3]`, with or without a batch before
 * it, becomes `[height, width, 1]`; images of one channel stay as they are, and so does the dtype.
 *
 * @throws {ShapeError} If there are other than 3 or 4 axes, or other than 1 or 3 channels, or their number is not known.
 * @throws {RangeError} If the data format is not supported.
 * @see https://keras.io/api/ops/image/
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertAlmostEquals(ops.image.rgbToGrayscale([[[1, 0.5, 0]]]).item(), 0.5924, 1e-6);
 * ```
 */
export function rgbToGrayscale<const X extends TensorLike, const O extends ImageOptions = NoOptions>(
  x: X & Check<Gray<ShapeOf<X>, O>>,
  options?: O,
): Like<X, Gray<ShapeOf<X>, O>, StrongDTypeOf<X>> {
  const attempt = "Cannot apply image.rgbToGrayscale";
  const given = imagesOf(attempt, x, options);
  const { images, axes } = given;
  if (channelsOf(attempt, given, [1, 3]) === 1) return images as never;
  const floats: Tensor = cast(images, toFloat(images.dtype));
  const shares = cast(BRIGHTNESS, floats.dtype) as Tensor;
  const brightness: Tensor = tensordot(floats, shares, { axes: [[axes.channels], [0]] });
  return cast(expandDims(brightness, axes.channels), images.dtype) as never;
}

/**
 * Images of red, green and blue as hue, saturation and value, all from 0 to 1.
 *
 * @throws {ShapeError} If there are other than 3 or 4 axes, or other than 3 channels, or their number is not known.
 * @throws {InputError} If the dtype is not a float dtype.
 * @throws {RangeError} If the data format is not supported.
 * @see https://keras.io/api/ops/image/
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.image.rgbToHsv([[[0.5, 0, 0]]]).array(), [[[0, 1, 0.5]]]);
 * ```
 */
export function rgbToHsv<const X extends TensorLike, const O extends ImageOptions = NoOptions>(
  x: X & Check<Colors<ShapeOf<X>, O>>,
  options?: O,
): Like<X, Colors<ShapeOf<X>, O>, StrongDTypeOf<X>> {
  const given = colors("Cannot apply image.rgbToHsv", x, options);
  const { images } = given;
  const [red, green, blue] = planes({
    ...given,
    // What is smaller counts as black.
    images: where(less(absolute(images), epsilonOf(toFloat(images.dtype))), 0, images),
  });
  const value = maximum(maximum(red, green), blue) as Tensor;
  const range = subtract(value, minimum(minimum(red, green), blue)) as Tensor;
  const isLit = greater(value, 0);
  const isColored = greater(range, 0);
  const saturation = where(isLit, divide(range, where(isLit, value, 1)), 0);
  const sixth = divide(1, multiply(where(isColored, range, 1), 6));
  const between = (from: Tensor, to: Tensor, start: number) => add(multiply(sixth, subtract(from, to)), start);
  const hue = where(
    equal(value, red),
    between(green, blue, 0),
    where(equal(value, green), between(blue, red, 2 / 6), between(red, green, 4 / 6)),
  );
  const positive = add(where(isColored, hue, 0), cast(less(hue, 0), images.dtype));
  return joined(given, [positive, saturation, value]) as never;
}

/**
 * Images of hue, saturation and value as red, green and blue: the inverse of {@linkcode rgbToHsv}.
 *
 * @throws {ShapeError} If there are other than 3 or 4 axes, or other than 3 channels, or their number is not known.
 * @throws {InputError} If the dtype is not a float dtype.
 * @throws {RangeError} If the data format is not supported.
 * @see https://keras.io/api/ops/image/
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.image.hsvToRgb([[[0.5, 1, 0.25]]]).array(), [[[0, 0.25, 0.25]]]);
 * ```
 */
export function hsvToRgb<const X extends TensorLike, const O extends ImageOptions = NoOptions>(
  x: X & Check<Colors<ShapeOf<X>, O>>,
  options?: O,
): Like<X, Colors<ShapeOf<X>, O>, StrongDTypeOf<X>> {
  const given = colors("Cannot apply image.hsvToRgb", x, options);
  const [hue, saturation, value] = planes(given);
  const sixths = multiply(mod(hue, 1), 6);
  const distance = (from: number) => absolute(subtract(sixths, from));
  const pure = [subtract(distance(3), 1), subtract(2, distance(2)), subtract(2, distance(4))];
  const white = subtract(1, saturation);
  return joined(
    given,
    pure.map((part) => multiply(value, add(white, multiply(saturation, clip(part, 0, 1)))) as Tensor),
  ) as never;
}

/** Images of three channels in a float dtype. */
function colors(attempt: string, x: TensorLike, options: ImageOptions | undefined): Images {
  const given = imagesOf(attempt, x, options);
  channelsOf(attempt, given, [3]);
  if (isFloat(given.images.dtype)) return given;
  throw new InputError(`${attempt}: expected a float dtype, received ${given.images.dtype}`);
}

/** The three channels, without their axis. */
function planes({ images, axes }: Images): readonly [Tensor, Tensor, Tensor] {
  const plane = (index: number): Tensor =>
    squeeze(takeSlice(images, axes.channels, index, index + 1), { axis: axes.channels });
  return [plane(0), plane(1), plane(2)];
}

function joined({ axes }: Images, channels: readonly Tensor[]): Tensor {
  return stack(channels, { axis: axes.channels });
}
