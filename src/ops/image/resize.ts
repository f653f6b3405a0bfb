/**
 * Images of another size.
 *
 * @module
 */
import type { Operation } from "../../graph/operation.ts";
import { type Emitter, int, ints, type Value } from "../../emission/emitter.ts";
import type { DataFormat } from "../../shape/conv.ts";
import { type Shape, showShape } from "../../shape/dim.ts";
import { InputRangeError, ShapeError } from "../../shape/error.ts";
import { imageAxes, replaceImage } from "../../shape/images.ts";
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
import { apply } from "../define.ts";
import type { NoOptions, OptionOf } from "../options.ts";
import { sizeOf } from "../convolution/pool_windows.ts";
import { pad } from "../shaping/repetition.ts";
import { resampled } from "../convolution/resampling.ts";
import { rowsBeside } from "../rows.ts";
import { takeSlice } from "../shaping/take_slice.ts";
import { inDType, type Interpolation, KERNELS } from "../convolution/up_sampling.ts";

/** The options of {@linkcode resize}. */
export interface ResizeOptions<F extends DataFormat = DataFormat> {
  /** The interpolation of the values between. Default: `"bilinear"`. */
  readonly interpolation?: Interpolation | undefined;
  /** Whether all values count where there become fewer. Default: `false`. */
  readonly antialias?: boolean | undefined;
  /** Whether the images are cut off so that they keep their proportions. Default: `false`. */
  readonly cropToAspectRatio?: boolean | undefined;
  /** Whether the images get a border so that they keep their proportions. Default: `false`. */
  readonly padToAspectRatio?: boolean | undefined;
  /** The values of the border; there is only `"constant"`. Default: `"constant"`. */
  readonly fillMode?: "constant" | undefined;
  /** The value of the border. Default: 0. */
  readonly fillValue?: number | undefined;
  /** Whether the channels are the last axis or the one before the height. Default: `"channels_last"`. */
  readonly dataFormat?: F | undefined;
}

/** @internal */
type Resized<S extends Shape, Size, O> = Size extends readonly [infer H, infer W]
  ? replaceImage<S, OptionOf<O, "dataFormat", "channels_last"> & DataFormat, H, W>
  : Shape;
type Attributes = {
  readonly size: readonly number[];
  readonly interpolation: Interpolation;
  readonly antialias: boolean;
  readonly dataFormat: DataFormat;
};

export const resizeOperation: Operation<Attributes> = {
  name: "image.resize",
  infer: ([x], { size: [height, width], dataFormat }) => [{
    shape: replaceImage(x!.shape, dataFormat, height!, width!),
    dtype: x!.dtype,
  }],
  rows([place], [x], { dataFormat }) {
    const { height, width } = imageAxes(x!.shape, dataFormat);
    return [rowsBeside(place!, [height, width])];
  },
  emit(emitter, [x], attributes) {
    return attributes.interpolation === "nearest"
      ? nearest(emitter, x!, attributes)
      : interpolated(emitter, x!, attributes);
  },
};

/** The old value below the middle of each new one. */
function nearest(emitter: Emitter, x: Value, { size, dataFormat }: Attributes): Value {
  const { height, width } = imageAxes(x.shape, dataFormat);
  return [height, width].reduce((value, axis, place) => {
    const count = size[place]!;
    const centers = emitter.constant(Array.from({ length: count }, (_, i) => i + 0.5), "float32", [count]);
    const length = emitter.cast(sizeOf(emitter, x, axis), "float32");
    const along = emitter.node("Div", [emitter.node("Mul", [centers, length]), emitter.scalar(count, "float32")]);
    const index = emitter.cast(emitter.node("Floor", [along]), "int64");
    return emitter.node("Gather", [value, index], { attributes: { axis: int(axis) } });
  }, x);
}

function interpolated(emitter: Emitter, x: Value, attributes: Attributes): Value {
  const { size: [height, width], interpolation, antialias, dataFormat } = attributes;
  const computed = x.dtype === "float64" ? "float64" : "float32";
  const rank = x.shape.length;
  const turned = (value: Value, perm: readonly number[]): Value =>
    emitter.node("Transpose", [value], { attributes: { perm: ints(perm) } });
  const single = emitter.integers([0]);
  const batch = rank === 4 ? emitter.cast(x, computed) : emitter.node("Unsqueeze", [emitter.cast(x, computed), single]);
  const first = dataFormat === "channels_first" ? batch : turned(batch, [0, 3, 1, 2]);
  const targets = [{ size: height! }, { size: width! }] as const;
  const result = resampled(emitter, first, targets, KERNELS[interpolation]!, antialias);
  const back = dataFormat === "channels_first" ? result : turned(result, [0, 2, 3, 1]);
  return inDType(emitter, rank === 4 ? back : emitter.node("Squeeze", [back, single]), x.dtype);
}

/**
 * Gives images another size: `[height, width, channels]`, with or without a batch before it. The dtype stays:
 * integers are interpolated as floats and rounded.
 *
 * @param x The images.
 * @param size The height and the width of the result.
 * @param options How values are found, whether the proportions stay, and where the channels are.
 * @throws {ShapeError} If there are other than 3 or 4 axes, or the proportions are to be kept and the size is not known.
 * @throws {RangeError} If a size is no positive integer, an option is none that there is, or images are to be cut off and to get a
border.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * const images = ops.reshape([1, 2, 3, 4], [2, 2, 1]);
 * assertEquals(ops.ravel(ops.image.resize(images, [1, 4])).array(), [2, 2.25, 2.75, 3]);
 * assertEquals(ops.image.resize(images, [4, 6], { interpolation: "nearest" }).shape, [4, 6, 1]);
 * ```
 */
export function resize<
  const X extends TensorLike,
  const Size extends readonly [number, number],
  const O extends ResizeOptions = NoOptions,
>(
  x: X & Check<Resized<ShapeOf<X>, Size, O>>,
  size: Size,
  options?: O,
): Like<X, Resized<ShapeOf<X>, Size, O>, StrongDTypeOf<X>> {
  checkOptions("Cannot apply image.resize", options, [
    "antialias",
    "cropToAspectRatio",
    "dataFormat",
    "fillMode",
    "fillValue",
    "interpolation",
    "padToAspectRatio",
  ]);
  const given = (options ?? {}) as ResizeOptions;
  const { interpolation = "bilinear", antialias = false, dataFormat = "channels_last" } = given;
  checkResize(size, given);
  const images = keepingProportions(toTensor(x as TensorLike), size, dataFormat, given);
  return apply(resizeOperation, [images], { size, interpolation, antialias, dataFormat }) as never;
}

/**
 * Refuses sizes and options that there are not.
 *
 * @throws {RangeError} If there are such.
 */
export function checkResize(size: readonly number[], options: ResizeOptions): void {
  const attempt = "Cannot resize images";
  const { interpolation = "bilinear", fillMode = "constant", dataFormat = "channels_last" } = options;
  if (size.length !== 2 || !size.every((dim) => Number.isSafeInteger(dim) && dim > 0)) {
    throw new InputRangeError(
      `${attempt}: expected a height and a width that are positive integers, received ${showShape(size)}`,
    );
  }
  if (interpolation !== "nearest" && KERNELS[interpolation] === undefined) {
    const all = ["nearest", ...Object.keys(KERNELS)].join(", ");
    throw new InputRangeError(`${attempt}: expected interpolation to be one of ${all}, received ${interpolation}`);
  }

  if (fillMode !== "constant") {
    throw new InputRangeError(`${attempt}: expected fillMode to be constant, received ${fillMode}`);
  }
  if (!["channels_last", "channels_first"].includes(dataFormat)) {
    throw new InputRangeError(
      `${attempt}: expected dataFormat to be channels_last or channels_first, received ${dataFormat}`,
    );
  }
  if (options.cropToAspectRatio === true && options.padToAspectRatio === true) {
    throw new InputRangeError(`${attempt}: expected cropToAspectRatio or padToAspectRatio, received both`);
  }
}

/** Refuses images without pixels, of which there is nothing to take. */
function checkPixels({ shape }: Tensor, format: DataFormat): void {
  const { height, width } = imageAxes(shape, format);
  if (shape[height] !== 0 && shape[width] !== 0) return;
  throw new ShapeError(
    `Cannot resize images of shape ${showShape(shape)}: expected a height and a width of at least 1`,
  );
}

/** The images cut off or with a border, so that the proportions are those of the size. */
function keepingProportions(x: Tensor, size: readonly number[], format: DataFormat, options: ResizeOptions): Tensor {
  const { cropToAspectRatio = false, padToAspectRatio = false, fillValue = 0 } = options;
  const axes = imageAxes(x.shape, format);
  checkPixels(x, format);
  if (!cropToAspectRatio && !padToAspectRatio) return x;
  const [height, width] = [x.shape[axes.height]!, x.shape[axes.width]!];
  if (typeof height !== "number" || typeof width !== "number") {
    throw new ShapeError(
      `Cannot resize images of shape ${showShape(x.shape)} and keep their proportions: expected known sizes`,
    );
  }
  const fitting = [Math.trunc(width * size[0]! / size[1]!), Math.trunc(height * size[1]! / size[0]!)] as const;
  if (cropToAspectRatio) {
    const cut = (value: Tensor, axis: number, length: number, fit: number): Tensor => {
      const part = Math.max(Math.min(length, fit), 1);
      const start = Math.trunc((length - part) / 2);
      return takeSlice(value, axis, start, start + part);
    };
    return cut(cut(x, axes.height, height, fitting[0]), axes.width, width, fitting[1]);
  }
  // As in Keras the border has the same width at both ends, so that a single line may be lacking.
  const border = (length: number, fit: number): number => Math.trunc((Math.max(length, fit) - length) / 2);
  const [above, beside] = [border(height, fitting[0]), border(width, fitting[1])];
  const widths = x.shape.map((_, axis): readonly [number, number] => {
    if (axis === axes.height) return [above, above];
    return axis === axes.width && above === 0 ? [beside, beside] : [0, 0];
  });
  return pad(x, widths, { value: fillValue });
}
