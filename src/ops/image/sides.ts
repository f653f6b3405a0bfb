/**
 * Images that are cropped or padded at their sides.
 *
 * @module
 */
import type { add as addDims, subtract as subtractDims } from "../../shape/arithmetic.ts";
import type { DataFormat } from "../../shape/conv.ts";
import { type Dim, type Shape, showShape } from "../../shape/dim.ts";
import { InputRangeError, ShapeError } from "../../shape/error.ts";
import type { replaceImage } from "../../shape/images.ts";
import type { Check, Like, ShapeOf, StrongDTypeOf, TensorLike } from "../../tensor/like.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { NoOptions, OptionOf } from "../options.ts";
import { pad } from "../shaping/repetition.ts";
import { takeSlice } from "../shaping/take_slice.ts";
import { type ImageOptions, imagesOf } from "./arguments.ts";

/** The options of {@linkcode cropImages}: of each axis two of its three. */
export interface CropImagesOptions<F extends DataFormat = DataFormat> extends ImageOptions<F> {
  /** Number of rows to remove at the top. */
  readonly topCropping?: number | undefined;
  /** Number of columns to remove at the left. */
  readonly leftCropping?: number | undefined;
  /** Number of rows to remove at the bottom. */
  readonly bottomCropping?: number | undefined;
  /** Number of columns to remove at the right. */
  readonly rightCropping?: number | undefined;
  /** The height of the result. */
  readonly targetHeight?: number | undefined;
  /** The width of the result. */
  readonly targetWidth?: number | undefined;
}

/** The options of {@linkcode padImages}: of each axis two of its three. */
export interface PadImagesOptions<F extends DataFormat = DataFormat> extends ImageOptions<F> {
  /** Number of rows of zeros to add at the top. */
  readonly topPadding?: number | undefined;
  /** Number of columns of zeros to add at the left. */
  readonly leftPadding?: number | undefined;
  /** Number of rows of zeros to add at the bottom. */
  readonly bottomPadding?: number | undefined;
  /** Number of columns of zeros to add at the right. */
  readonly rightPadding?: number | undefined;
  /** The height of the result. */
  readonly targetHeight?: number | undefined;
  /** The width of the result. */
  readonly targetWidth?: number | undefined;
}

/** @internal */
type Format<O> = OptionOf<O, "dataFormat", "channels_last"> & DataFormat;

/** @internal */
type SizesOf<S extends Shape, O> = number extends S["length"] ? [null, null]
  : Format<O> extends "channels_first" ? S extends readonly [...Shape, infer H, infer W] ? [H, W] : [null, null]
  : S extends readonly [...Shape, infer H, infer W, unknown] ? [H, W]
  : [null, null];

/** @internal */
type Side<O, Name extends string> = OptionOf<O, Name, null> & Dim;

/** @internal */
type Target<O, Name extends string, Otherwise> = Side<O, Name> extends infer T ? [T] extends [null] ? Otherwise : T
  : never;

/** @internal */
type Cropped<S extends Shape, O> = SizesOf<S, O> extends [infer H extends Dim, infer W extends Dim] ? replaceImage<
    S,
    Format<O>,
    Target<O, "targetHeight", subtractDims<subtractDims<H, Side<O, "topCropping">>, Side<O, "bottomCropping">>>,
    Target<O, "targetWidth", subtractDims<subtractDims<W, Side<O, "leftCropping">>, Side<O, "rightCropping">>>
  >
  : never;

/** @internal */
type Padded<S extends Shape, O> = SizesOf<S, O> extends [infer H extends Dim, infer W extends Dim] ? replaceImage<
    S,
    Format<O>,
    Target<O, "targetHeight", addDims<addDims<H, Side<O, "topPadding">>, Side<O, "bottomPadding">>>,
    Target<O, "targetWidth", addDims<addDims<W, Side<O, "leftPadding">>, Side<O, "rightPadding">>>
  >
  : never;

/** What is said of one axis: the sides and the size of the result, of which one is left out. */
interface Axis {
  readonly names: readonly [before: string, after: string, target: string];
  readonly before: number | undefined;
  readonly after: number | undefined;
  readonly target: number | undefined;
}

function checkAxis(attempt: string, { names, before, after, target }: Axis): void {
  const values = [before, after, target];
  const given = names.filter((_, index) => values[index] !== undefined);
  if (given.length !== 2) {
    throw new InputRangeError(
      `${attempt}: expected two of ${names.join(", ")}, received ${given.length === 0 ? "none" : given.join(", ")}`,
    );
  }
  const wrong = names.find((_, index) => {
    const value = values[index];
    return value !== undefined && !(Number.isSafeInteger(value) && value >= 0);
  });
  if (wrong === undefined) return;
  const value = values[names.indexOf(wrong)];
  throw new InputRangeError(`${attempt}: expected ${wrong} to be an integer of at least 0, received ${value}`);
}

function rowsAndColumns(
  attempt: string,
  end: "Cropping" | "Padding",
  options: CropImagesOptions | PadImagesOptions,
): readonly [Axis, Axis] {
  const values = new Map<string, unknown>(Object.entries(options));
  const [rows, columns] = [["top", "bottom", "Height"], ["left", "right", "Width"]].map(([before, after, size]) => {
    const names = [`${before}${end}`, `${after}${end}`, `target${size}`] as const;
    const [first, second, target] = names.map((name) => values.get(name) as number | undefined);
    return { names, before: first, after: second, target };
  }) as [Axis, Axis];
  checkAxis(attempt, rows);
  checkAxis(attempt, columns);
  return [rows, columns];
}

const CROP_NAMES = ["topCropping", "leftCropping", "bottomCropping", "rightCropping", "targetHeight", "targetWidth"];
const PAD_NAMES = ["topPadding", "leftPadding", "bottomPadding", "rightPadding", "targetHeight", "targetWidth"];

/**
 * Removes rows and columns at the sides of images `[height, width, channels]`, with or without a batch before them. Of
 * the height two of `topCropping`, `bottomCropping` and `targetHeight` are given, and of the width likewise.
 *
 * @throws {ShapeError} If there are other than 3 or 4 axes, the images are smaller than what is removed, or a size is not known.
 * @throws {RangeError} If other than two options of an axis are given, or one is not an integer of at least 0.
 * @see https://keras.io/api/ops/image/
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * const images = ops.reshape(ops.arange(12), [3, 4, 1]);
 * const part = ops.image.cropImages(images, { topCropping: 1, bottomCropping: 0, leftCropping: 1, targetWidth: 2 });
 * assertEquals(ops.squeeze(part).array(), [[5, 6], [9, 10]]);
 * ```
 */
export function cropImages<const X extends TensorLike, const O extends CropImagesOptions = NoOptions>(
  x: X & Check<Cropped<ShapeOf<X>, O>>,
  options: O,
): Like<X, Cropped<ShapeOf<X>, O>, StrongDTypeOf<X>> {
  const attempt = "Cannot apply image.cropImages";
  const { images, axes } = imagesOf(attempt, x, options, CROP_NAMES);
  const [rows, columns] = rowsAndColumns(attempt, "Cropping", options);
  return cropped(cropped(images, axes.height, rows), axes.width, columns) as never;

  function cropped(value: Tensor, axis: number, { names, before, after, target }: Axis): Tensor {
    const size = value.shape[axis]!;
    if (typeof size === "number") {
      const start = before ?? size - after! - target!;
      const length = target ?? size - before! - after!;
      if (start >= 0 && length >= 0 && start + length <= size) return takeSlice(value, axis, start, start + length);
      const [first, second] = [before ?? after, target ?? after];
      const given = names.filter((_, index) => [before, after, target][index] !== undefined);
      throw new ShapeError(
        `${attempt} to shape ${showShape(images.shape)}: expected axis ${axis} to have at least ` +
          `${first! + second!} elements for ${given.join(" and ")}, received ${size}`,
      );
    }
    throw new ShapeError(
      `${attempt} to shape ${showShape(images.shape)}: expected a known size of axis ${axis}, of which ` +
        "it depends whether the result fits inside",
    );
  }
}

/**
 * Adds rows and columns of zeros at the sides of images `[height, width, channels]`, with or without a batch before them.
 * Of the height two of `topPadding`, `bottomPadding` and `targetHeight` are given, and of the width likewise.
 *
 * @throws {ShapeError} If there are other than 3 or 4 axes, the images are larger than the result, or a size is not known
 * of which the padding depends.
 * @throws {RangeError} If other than two options of an axis are given, or one is not an integer of at least 0.
 * @see https://keras.io/api/ops/image/
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * const images = ops.reshape([1, 2], [1, 2, 1]);
 * const larger = ops.image.padImages(images, { topPadding: 1, bottomPadding: 0, leftPadding: 1, targetWidth: 4 });
 * assertEquals(ops.squeeze(larger).array(), [[0, 0, 0, 0], [0, 1, 2, 0]]);
 * ```
 */
export function padImages<const X extends TensorLike, const O extends PadImagesOptions = NoOptions>(
  x: X & Check<Padded<ShapeOf<X>, O>>,
  options: O,
): Like<X, Padded<ShapeOf<X>, O>, StrongDTypeOf<X>> {
  const attempt = "Cannot apply image.padImages";
  const { images, axes } = imagesOf(attempt, x, options, PAD_NAMES);
  const [rows, columns] = rowsAndColumns(attempt, "Padding", options);
  const widths = images.shape.map((_, axis) => {
    if (axis === axes.height) return widthsOf(axis, rows);
    return axis === axes.width ? widthsOf(axis, columns) : [0, 0] as const;
  });
  return pad(images, widths) as never;

  function widthsOf(axis: number, { names, before, after, target }: Axis): readonly [number, number] {
    if (before !== undefined && after !== undefined) return [before, after];
    const size = images.shape[axis]!;
    if (typeof size !== "number") {
      throw new ShapeError(
        `${attempt} to shape ${showShape(images.shape)}: expected a known size of axis ${axis} for ${names[2]}`,
      );
    }
    const rest = target! - size - (before ?? after!);
    if (rest >= 0) return before === undefined ? [rest, after!] : [before, rest];
    throw new ShapeError(
      `${attempt} to shape ${showShape(images.shape)}: expected axis ${axis} to have at most ` +
        `${target! - (before ?? after!)} elements for ${before === undefined ? names[1] : names[0]} and ${names[2]}, ` +
        `received ${size}`,
    );
  }
}
