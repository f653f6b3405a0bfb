/**
 * The greatest value of each window.
 *
 * @module
 */
import { maxPool } from "../../ops/convolution/pooling.ts";
import type { PoolPadding } from "../../shape/pool.ts";
import type { DataFormat, PerAxis } from "../../shape/spatial.ts";
import type { DType } from "../../tensor/dtype.ts";
import { checkLayerOptions } from "../base/known_options.ts";
import { type MaxPoolingClass, Pooling, type PoolingLayer, type SizedPoolingOptions } from "./pooling.ts";
import type { Sizes, SpatialRank } from "../base/spatial.ts";

abstract class MaxPooling extends Pooling {
  constructor(spatialRank: SpatialRank, options: SizedPoolingOptions = {}) {
    checkLayerOptions(new.target, options);
    super(spatialRank, options.poolSize ?? 2, options);
  }
  protected override get pool(): typeof maxPool {
    return maxPool;
  }
}

/** A layer that {@linkcode MaxPooling1D} makes. */
export type MaxPooling1D<
  K extends PerAxis = PerAxis,
  S extends PerAxis | null = PerAxis | null,
  P extends PoolPadding = PoolPadding,
  F extends DataFormat = DataFormat,
  Name extends string = string,
  D extends DType = "float32",
> = PoolingLayer<"max_pooling1d", 1, "kept", K, S, P, F, Name, D>;

/**
 * Takes the greatest value of each window: `[batch, steps, channels]` becomes `[batch, windows, channels]`, with
 * `floor((size - poolSize) / strides) + 1` windows along a spatial axis, or `ceil(size / strides)` with padding `"same"`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { MaxPooling1D } from "@strata/nn";
 *
 * const x = [[[1], [5], [2], [4], [3]]];
 * assertEquals(new MaxPooling1D()(x).array(), [[[5], [4]]]);
 * assertEquals(new MaxPooling1D({ strides: 1, padding: "same" })(x).array(), [[[5], [5], [4], [4], [3]]]);
 * ```
 */
export const MaxPooling1D: MaxPoolingClass<"max_pooling1d", 1, Sizes<1>, 2> = class MaxPooling1D extends MaxPooling {
  constructor(options?: SizedPoolingOptions) {
    super(1, options);
  }
} as never;

/** A layer that {@linkcode MaxPooling2D} makes. */
export type MaxPooling2D<
  K extends PerAxis = PerAxis,
  S extends PerAxis | null = PerAxis | null,
  P extends PoolPadding = PoolPadding,
  F extends DataFormat = DataFormat,
  Name extends string = string,
  D extends DType = "float32",
> = PoolingLayer<"max_pooling2d", 2, "kept", K, S, P, F, Name, D>;

/**
 * Takes the greatest value of each window: `[batch, height, width, channels]` becomes `[batch, rows, columns, channels]`, with
 * `floor((size - poolSize) / strides) + 1` windows along a spatial axis, or `ceil(size / strides)` with padding `"same"`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { MaxPooling2D, zeros } from "@strata/nn";
 *
 * assertEquals(new MaxPooling2D()([[[[1], [2]], [[3], [4]]]]).array(), [[[[4]]]]);
 * assertEquals(new MaxPooling2D({ poolSize: 3, strides: 2 })(zeros([8, 28, 28, 16])).shape, [8, 13, 13, 16]);
 * ```
 */
export const MaxPooling2D: MaxPoolingClass<"max_pooling2d", 2, Sizes<2>, 2> = class MaxPooling2D extends MaxPooling {
  constructor(options?: SizedPoolingOptions) {
    super(2, options);
  }
} as never;

/** A layer that {@linkcode MaxPooling3D} makes. */
export type MaxPooling3D<
  K extends PerAxis = PerAxis,
  S extends PerAxis | null = PerAxis | null,
  P extends PoolPadding = PoolPadding,
  F extends DataFormat = DataFormat,
  Name extends string = string,
  D extends DType = "float32",
> = PoolingLayer<"max_pooling3d", 3, "kept", K, S, P, F, Name, D>;

/**
 * Takes the greatest value of each window: `[batch, depth, height, width, channels]` becomes `[batch, ...windows, channels]`, with
 * `floor((size - poolSize) / strides) + 1` windows along a spatial axis, or `ceil(size / strides)` with padding `"same"`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { MaxPooling3D, zeros } from "@strata/nn";
 *
 * assertEquals(new MaxPooling3D()(zeros([1, 4, 6, 7, 3])).shape, [1, 2, 3, 3, 3]);
 * ```
 */
export const MaxPooling3D: MaxPoolingClass<"max_pooling3d", 3, Sizes<3>, 2> = class MaxPooling3D extends MaxPooling {
  constructor(options?: SizedPoolingOptions) {
    super(3, options);
  }
} as never;
