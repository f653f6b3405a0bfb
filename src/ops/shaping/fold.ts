/**
 * Images put together from their windows.
 *
 * @module
 */
import type { divide, multiply } from "../../shape/arithmetic.ts";
import { type Dim, type Shape, showShape } from "../../shape/dim.ts";
import { ShapeError } from "../../shape/error.ts";
import { type Like, type ShapeOf, type StrongDTypeOf, type TensorLike, toTensor } from "../../tensor/like.ts";
import { EagerTensor } from "../../tensor/eager.ts";
import { checkOptions } from "../../tensor/options.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { convTranspose } from "../convolution/convolution.ts";
import { cast } from "../elementwise/selection.ts";
import { pairOf, type PerAxisPair, type UnfoldOptions } from "./blocks.ts";
import { pad } from "./repetition.ts";
import { reshape } from "./shaping.ts";
import { takeSlice } from "./take_slice.ts";

/** @internal */
type Pair<P> = P extends readonly [infer A extends Dim, infer B extends Dim] ? [A, B] : [P & Dim, P & Dim];

/** @internal */
type Folded<S extends Shape, Out, Kernel> = S extends readonly [infer N extends Dim, infer C extends Dim, Dim]
  ? Pair<Kernel> extends [infer H extends Dim, infer W extends Dim]
    ? readonly [N, ...FoldedChannels<divide<C, multiply<H, W> & Dim>>, ...Pair<Out>]
  : never
  : readonly [null, null, ...Pair<Out>];

/** @internal */
type FoldedChannels<C> = C extends Dim ? [C] : [null];

/**
 * Sums windows into images, where {@linkcode unfold} takes them from: `[batch, c kh kw, windows]` becomes
 * `[batch, c, height, width]`. Windows that overlap are added.
 *
 * @param x The windows as columns, row by row of the image.
 * @param outputSize The height and width of the images: one number for both, or one for each.
 * @param kernelSize The size of the windows: one number for both axes, or one for each.
 * @param options The distances of values and windows, and the border that was added before the windows were taken.
 * @throws {ShapeError} If there are other than 3 axes, a size other than the batch's is not known, or the number of
 * windows does not fit.
 * @throws {RangeError} If an option is not an integer, or too small.
 * @see https://keras.io/api/ops/nn/
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * const windows = ops.unfold(ops.reshape([1, 2, 3], [1, 1, 1, 3]), [1, 2]);
 * assertEquals(ops.fold(windows, [1, 3], [1, 2]).array(), [[[[1, 4, 3]]]]);
 * ```
 */
export function fold<
  const X extends TensorLike,
  const Out extends PerAxisPair,
  const Kernel extends PerAxisPair,
>(
  x: X,
  outputSize: Out,
  kernelSize: Kernel,
  options: UnfoldOptions = {},
): Like<X, Folded<ShapeOf<X>, Out, Kernel>, StrongDTypeOf<X>> {
  const attempt = "Cannot apply fold";
  checkOptions(attempt, options, ["dilation", "padding", "stride"]);
  const windows = toTensor(x);
  const size = pairOf(attempt, "outputSize", outputSize, 1);
  const kernel = pairOf(attempt, "kernelSize", kernelSize, 1);
  const dilation = pairOf(attempt, "dilation", options.dilation ?? 1, 1);
  const padding = pairOf(attempt, "padding", options.padding ?? 0, 0);
  const stride = pairOf(attempt, "stride", options.stride ?? 1, 1);
  const [, columns, count] = windows.shape;
  const place = kernel[0] * kernel[1];
  if (windows.shape.length !== 3 || typeof columns !== "number" || typeof count !== "number" || columns % place !== 0) {
    throw new ShapeError(
      `${attempt} to shape ${
        showShape(windows.shape)
      }: expected 3 axes of known size, the second a multiple of ${place}`,
    );
  }
  const whole = size.map((length, axis) => length + 2 * padding[axis]!);
  const reach = kernel.map((length, axis) => (length - 1) * dilation[axis]! + 1);
  const places = whole.map((length, axis) => Math.floor((length - reach[axis]!) / stride[axis]!) + 1);
  const needed = Math.max(places[0]!, 0) * Math.max(places[1]!, 0);
  if (needed === 0 || count !== needed) {
    throw new ShapeError(
      `${attempt} to shape ${showShape(windows.shape)}: expected ${needed} windows in images of size ` +
        `${showShape(size)}, received ${count}`,
    );
  }
  const weights = placing(kernel, dilation, columns);
  const grid = reshape(windows, [-1, columns, ...places as [number, number]] as const) as Tensor;
  const settings = { strides: stride, dataFormat: "channels_first" };
  let images: Tensor = convTranspose(grid, cast(weights, windows.dtype) as never, settings as never);
  for (const axis of [0, 1] as const) {
    const length = images.shape[axis + 2] as number;
    if (length < whole[axis]!) images = longer(images, axis + 2, whole[axis]! - length);
    images = takeSlice(images, axis + 2, padding[axis], padding[axis] + size[axis]);
  }
  return images as never;
}

/**
 * The kernel of a transposed convolution that puts each number of a window at its place, and nothing elsewhere. Its zeros
 * stand for the dilation, since strides and dilation together are not supported.
 */
function placing(
  [rows, columns]: readonly [number, number],
  dilation: readonly [number, number],
  numbers: number,
): EagerTensor {
  const channels = numbers / (rows * columns);
  const [height, width] = [(rows - 1) * dilation[0] + 1, (columns - 1) * dilation[1] + 1];
  const values = new Float32Array(height * width * channels * numbers);
  for (let number = 0; number < numbers; number++) {
    const [channel, place] = [Math.floor(number / (rows * columns)), number % (rows * columns)];
    const [row, column] = [Math.floor(place / columns) * dilation[0], (place % columns) * dilation[1]];
    values[((row * width + column) * channels + channel) * numbers + number] = 1;
  }
  return new EagerTensor([height, width, channels, numbers], "float32", values);
}

/** Images with zeros at the end of an axis. */
function longer(x: Tensor, axis: number, count: number): Tensor {
  return pad(x, x.shape.map((_, place): readonly [number, number] => [0, place === axis ? count : 0])) as Tensor;
}
