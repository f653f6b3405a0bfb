/**
 * Patches of images and of volumes.
 *
 * @module
 */
import type { multiply } from "../../shape/arithmetic.ts";
import type { conv as convShape, DataFormat } from "../../shape/conv.ts";
import { type Dim, type Shape, showShape } from "../../shape/dim.ts";
import { InputRangeError, ShapeError } from "../../shape/error.ts";
import {
  type Check,
  type Like,
  type ShapeOf,
  type StrongDTypeOf,
  type TensorLike,
  toTensor,
} from "../../tensor/like.ts";
import { checkOptions } from "../../tensor/options.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { conv } from "../convolution/convolution.ts";
import type { NoOptions, OptionOf } from "../options.ts";
import { eye } from "../shaping/creation.ts";
import { expandDims, reshape, squeeze } from "../shaping/shaping.ts";

/** The size of patches: one number for the height and the width, or one for each of two or three spatial axes. */
export type PatchSize = number | readonly [number, number] | readonly [number, number, number];

/** The options of {@linkcode extractPatches}. */
export interface ExtractPatchesOptions<F extends DataFormat = DataFormat> {
  /** The distance between patches. Default: their size, so that they adjoin. */
  readonly strides?: PatchSize | undefined;
  /** The distance between the values of a patch. Default: 1. */
  readonly dilationRate?: PatchSize | undefined;
  /** `"valid"`: patches lie inside; `"same"`: zeros are added around the images. Default: `"valid"`. */
  readonly padding?: "valid" | "same" | undefined;
  /** Position of the channel axis: last, or before the spatial axes. Default: `"channels_last"`. */
  readonly dataFormat?: F | undefined;
}

/** @internal */
type Format<O> = OptionOf<O, "dataFormat", "channels_last"> & DataFormat;

/** @internal */
type Each<Size> = Size extends number ? readonly [Size, Size] : Size extends Shape ? Size : never;

/** @internal */
type Volume<Size> = Size extends readonly [infer A extends Dim, ...infer Rest] ? multiply<A, Volume<Rest> & Dim> : 1;

/** @internal */
type ChannelsOf<S extends Shape, Rank, F> = F extends "channels_first"
  ? Rank extends 2 ? S extends readonly [...Shape, infer C, unknown, unknown] ? C : null
  : S extends readonly [...Shape, infer C, unknown, unknown, unknown] ? C
  : null
  : S extends readonly [...Shape, infer C] ? C
  : null;

/** @internal */
type WindowOf<S extends Shape, Size, O> = {
  readonly kernelSize: Each<Size>;
  readonly strides: OptionOf<O, "strides", Each<Size>>;
  readonly padding: OptionOf<O, "padding", "valid">;
  readonly dilationRate: OptionOf<O, "dilationRate", 1>;
  readonly dataFormat: Format<O>;
  readonly filters: multiply<Volume<Each<Size>> & Dim, ChannelsOf<S, Each<Size>["length"], Format<O>> & Dim>;
};

/** @internal */
type Batched<S extends Shape, Count> = Count extends 3 ? S["length"] extends 5 ? S : readonly [1, ...S]
  : S["length"] extends 4 ? S
  : readonly [1, ...S];

/** @internal */
type Patched<S extends Shape, Size, O> = number extends S["length"] ? Shape
  : WindowOf<S, Size, O> extends infer W extends Parameters<typeof convShape>[1]
    ? convShape<Batched<S, Each<Size>["length"]>, W> extends infer R ? Batched<S, Each<Size>["length"]> extends S ? R
      : R extends readonly [unknown, ...infer Rest] ? readonly [...Rest]
      : R
    : never
  : Shape;

/** The size of patches, one number for each spatial axis. */
function sizesOf(attempt: string, size: PatchSize): readonly number[] {
  const each = typeof size === "number" ? [size, size] : size;
  const fits = Array.isArray(each) && (each.length === 2 || each.length === 3);
  if (fits && each.every((count) => Number.isSafeInteger(count) && count >= 1)) return each;
  throw new InputRangeError(
    `${attempt}: expected size to be a positive integer, or two or three of them, received ${JSON.stringify(size)}`,
  );
}

/**
 * The patches of images `[height, width, channels]`, or of volumes `[depth, height, width, channels]` where the size has
 * three numbers, with or without a batch before them. The values of a patch become the channels of the result, row by row,
 * with the channels of each place side by side.
 *
 * @param x The images or volumes.
 * @param size The size of a patch.
 * @param options The strides, dilation and padding, and the position of the channels.
 * @returns A tensor of shape `[rows, columns, size * size * channels]`, with the batch before it where there is one.
 * @throws {ShapeError} If the number of axes does not fit, a patch is larger than the images, or the number of channels is
 * not known.
 * @throws {RangeError} If an option has an unsupported value.
 * @see https://keras.io/api/ops/image/
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * const images = ops.reshape(ops.arange(8), [2, 4, 1]);
 * assertEquals(ops.image.extractPatches(images, 2).array(), [[[0, 1, 4, 5], [2, 3, 6, 7]]]);
 * ```
 */
export function extractPatches<
  const X extends TensorLike,
  const Size extends PatchSize,
  const O extends ExtractPatchesOptions = NoOptions,
>(
  x: X & Check<Patched<ShapeOf<X>, Size, O>>,
  size: Size,
  options?: O,
): Like<X, Patched<ShapeOf<X>, Size, O>, StrongDTypeOf<X>> {
  const attempt = "Cannot apply image.extractPatches";
  checkOptions(attempt, options, ["dataFormat", "dilationRate", "padding", "strides"]);
  const { strides, padding = "valid", dilationRate = 1, dataFormat = "channels_last" } =
    (options ?? {}) as ExtractPatchesOptions;
  const sizes = sizesOf(attempt, size);
  const images = toTensor(x as TensorLike);
  const rank = sizes.length + 2;
  if (images.shape.length !== rank && images.shape.length !== rank - 1) {
    throw new ShapeError(
      `${attempt} to shape ${showShape(images.shape)}: expected ${rank - 1} axes, or ${rank} with a batch`,
    );
  }
  if (padding !== "valid" && padding !== "same") {
    throw new InputRangeError(`${attempt}: expected padding to be valid or same, received ${padding}`);
  }
  const isBatch = images.shape.length === rank;
  const batch: Tensor = isBatch ? images : expandDims(images, 0);
  const channels = batch.shape[dataFormat === "channels_first" ? 1 : rank - 1];
  if (typeof channels !== "number") {
    throw new ShapeError(`${attempt} to shape ${showShape(images.shape)}: expected a known size of the channels`);
  }
  // Each filter of a convolution takes one value of the patch: an identity matrix as the kernel.
  const count = sizes.reduce((product, length) => product * length, channels);
  const kernel = reshape(eye(count, { dtype: batch.dtype }), [...sizes, channels, count]) as Tensor;
  const settings = { strides: strides ?? sizes, padding, dilationRate, dataFormat };
  const patches: Tensor = conv(batch, kernel as never, settings as never);
  return (isBatch ? patches : squeeze(patches, { axis: 0 })) as never;
}
