/**
 * Blocks of images between space and channels, and windows of them as columns.
 *
 * @module
 */
import type { DataFormat } from "../../shape/conv.ts";
import type { divide, multiply } from "../../shape/arithmetic.ts";
import { type Dim, type Shape, showShape } from "../../shape/dim.ts";
import { InputRangeError, ShapeError } from "../../shape/error.ts";
import { type Like, type ShapeOf, type StrongDTypeOf, type TensorLike, toTensor } from "../../tensor/like.ts";
import { checkOptions, kindOf } from "../../tensor/options.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { NoOptions, OptionOf } from "../options.ts";
import { arrange } from "./arrange.ts";
import { stack } from "./joining.ts";
import { pad } from "./repetition.ts";
import { takeSlice } from "./take_slice.ts";

/** The options of {@linkcode depthToSpace} and {@linkcode spaceToDepth}. */
export interface BlockOptions {
  /** Whether the channels are the last axis or the second. Default: `"channels_last"`. */
  readonly dataFormat?: DataFormat | undefined;
}

/** @internal */
type Known<D> = [D] extends [Dim] ? D : null;

/** @internal */
type Square<N extends number> = multiply<N, N> & Dim;

/** @internal */
type Format<O> = OptionOf<O, "dataFormat", "channels_last">;

/**
 * Images with other sizes: `Space` and `Depth` give those of an axis.
 *
 * @internal
 */
type Images<S extends Shape, F, N extends number, To extends "space" | "depth"> = S extends
  readonly [infer B extends Dim, infer P extends Dim, infer Q extends Dim, infer R extends Dim]
  ? F extends "channels_first" ? readonly [B, Depth<P, N, To>, Space<Q, N, To>, Space<R, N, To>]
  : readonly [B, Space<P, N, To>, Space<Q, N, To>, Depth<R, N, To>]
  : readonly [null, null, null, null];

/** @internal */
type Space<D extends Dim, N extends number, To> = To extends "space" ? Known<multiply<D, N>> : Known<divide<D, N>>;

/** @internal */
type Depth<D extends Dim, N extends number, To> = To extends "space" ? Known<divide<D, Square<N>>>
  : Known<multiply<D, Square<N>>>;

function imagesOf(what: string, given: TensorLike, size: number, options: BlockOptions): readonly [Tensor, DataFormat] {
  checkOptions(`Cannot apply ${what}`, options, ["dataFormat"]);
  const { dataFormat = "channels_last" } = options;
  if (dataFormat !== "channels_last" && dataFormat !== "channels_first") {
    throw new InputRangeError(
      `Cannot apply ${what}: expected dataFormat to be channels_last or channels_first, received ${dataFormat}`,
    );
  }
  if (!Number.isSafeInteger(size) || size < 1) {
    throw new InputRangeError(`Cannot apply ${what} to blocks of size ${size}: expected a positive integer`);
  }
  return [needsFour(what, toTensor(given)), dataFormat];
}

function needsFour(what: string, x: Tensor): Tensor {
  if (x.shape.length === 4) return x;
  throw new ShapeError(`Cannot apply ${what} to shape ${showShape(x.shape)}: expected 4 axes`);
}

/**
 * Moves channels into blocks of space: `[batch, h, w, c]` becomes `[batch, h size, w size, c / size²]`.
 *
 * @throws {ShapeError} If there are other than 4 axes, or a size is no multiple of the block's.
 * @throws {RangeError} If the size of the blocks is no positive integer, or the data format is none.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals(ops.ravel(ops.depthToSpace(ops.reshape([1, 2, 3, 4], [1, 1, 1, 4]), 2)).array(), [1, 2, 3, 4]);
 * assertEquals<readonly unknown[]>(ops.depthToSpace(ops.zeros([1, 2, 3, 8]), 2).shape, [1, 4, 6, 2]);
 * ```
 */
export function depthToSpace<
  const X extends TensorLike,
  const N extends number,
  const O extends BlockOptions = NoOptions,
>(
  x: X,
  blockSize: N,
  options?: O,
): Like<X, Images<ShapeOf<X>, Format<O>, N, "space">, StrongDTypeOf<X>> {
  const [images, format] = imagesOf("depthToSpace", x, blockSize, options ?? {});
  const n: number = blockSize;
  return (format === "channels_last"
    ? arrange(images, { splits: [[-1], [-1], [-1], [n, n, -1]], groups: [[0], [1, 3], [2, 4], [5]] })
    : arrange(images, { splits: [[-1], [-1, n, n], [-1], [-1]], groups: [[0], [1], [4, 2], [5, 3]] })) as never;
}

/**
 * Moves blocks of space into channels, the inverse of {@linkcode depthToSpace}: `[batch, h, w, c]` becomes
 * `[batch, h / size, w / size, c size²]`.
 *
 * @throws {ShapeError} If there are other than 4 axes, or a size is no multiple of the block's.
 * @throws {RangeError} If the size of the blocks is no positive integer, or the data format is none.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * assertEquals<readonly unknown[]>(ops.spaceToDepth(ops.zeros([1, 4, 6, 2]), 2).shape, [1, 2, 3, 8]);
 * ```
 */
export function spaceToDepth<
  const X extends TensorLike,
  const N extends number,
  const O extends BlockOptions = NoOptions,
>(
  x: X,
  blockSize: N,
  options?: O,
): Like<X, Images<ShapeOf<X>, Format<O>, N, "depth">, StrongDTypeOf<X>> {
  const [images, format] = imagesOf("spaceToDepth", x, blockSize, options ?? {});
  const n: number = blockSize;
  return (format === "channels_last"
    ? arrange(images, { splits: [[-1], [-1, n], [-1, n], [-1]], groups: [[0], [1], [3], [2, 4, 5]] })
    : arrange(images, { splits: [[-1], [-1], [-1, n], [-1, n]], groups: [[0], [1, 3, 5], [2], [4]] })) as never;
}

/** The options of {@linkcode unfold}: one number for both axes, or one for each. */
export interface UnfoldOptions {
  /** The distance between the values of a window. Default: 1. */
  readonly dilation?: PerAxisPair | undefined;
  /** The number of zeros that are put around the images. Default: 0. */
  readonly padding?: PerAxisPair | undefined;
  /** The distance between the windows. Default: 1. */
  readonly stride?: PerAxisPair | undefined;
}

/** One number for both spatial axes, or one for each. */
export type PerAxisPair = number | readonly [number, number];

/**
 * Two numbers of an option.
 *
 * @internal
 */
export function pairOf(
  attempt: string,
  what: string,
  value: number | readonly number[],
  least: number,
): readonly [number, number] {
  const pair: unknown = typeof value === "number" ? [value, value] : value;
  const fits = Array.isArray(pair) && pair.length === 2 &&
    pair.every((each) => Number.isSafeInteger(each) && each >= least);
  if (fits) return pair as unknown as readonly [number, number];
  throw new InputRangeError(
    `${attempt}: expected ${what} to be an integer from ${least} on or two of them, received ${
      Array.isArray(pair) ? showShape(pair) : kindOf(pair)
    }`,
  );
}

/**
 * The windows of images as columns: `[batch, c, h, w]` becomes `[batch, c kh kw, windows]`.
 *
 * @param x The images, channels first.
 * @param kernelSize The size of the windows, one number or one for each axis.
 * @param options How far apart values and windows are, and the border.
 * @throws {ShapeError} If there are other than 4 axes.
 * @throws {RangeError} If an option is no integer, or too small.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ops } from "@strata/nn";
 *
 * const images = ops.reshape([1, 2, 3, 4], [1, 1, 2, 2]);
 * assertEquals(ops.unfold(images, [1, 2]).array(), [[[1, 3], [2, 4]]]);
 * ```
 */
export function unfold<const X extends TensorLike>(
  x: X,
  kernelSize: PerAxisPair,
  options: UnfoldOptions = {},
): Like<X, readonly [null, null, null], StrongDTypeOf<X>> {
  checkOptions("Cannot apply unfold", options, ["dilation", "padding", "stride"]);
  const images = needsFour("unfold", toTensor(x));
  const attempt = "Cannot unfold images";
  const kernel = pairOf(attempt, "kernelSize", kernelSize, 1);
  const dilation = pairOf(attempt, "dilation", options.dilation ?? 1, 1);
  const padding = pairOf(attempt, "padding", options.padding ?? 0, 0);
  const stride = pairOf(attempt, "stride", options.stride ?? 1, 1);
  const [above, beside] = padding;
  const bordered: Tensor = above + beside === 0
    ? images
    : pad(images, [[0, 0], [0, 0], [above, above], [beside, beside]]);
  // What stands at one place of all windows is a part of the image in steps.
  const along = (value: Tensor, place: 0 | 1, index: number): Tensor => {
    const after = (kernel[place] - 1 - index) * dilation[place];
    return takeSlice(value, place + 2, index * dilation[place], after === 0 ? null : -after, stride[place]);
  };
  const parts: Tensor[] = [];
  for (let row = 0; row < kernel[0]; row++) {
    const rows = along(bordered, 0, row);
    for (let column = 0; column < kernel[1]; column++) parts.push(along(rows, 1, column));
  }
  const windows: Tensor = stack(parts, { axis: 2 });
  return arrange(windows, { splits: [[-1], [-1], [-1], [-1], [-1]], groups: [[0], [1, 2], [3, 4]] }) as never;
}
