/**
 * The mean of each window.
 *
 * @module
 */
import { averagePool } from "../../ops/convolution/pooling.ts";
import type { PoolPadding } from "../../shape/pool.ts";
import type { DataFormat, PerAxis } from "../../shape/spatial.ts";
import type { DType } from "../../tensor/dtype.ts";
import { checkLayerOptions } from "../base/known_options.ts";
import { type AveragePoolingClass, Pooling, type PoolingLayer, type PoolingOptions } from "./pooling.ts";
import { sizeAndOptions, type Sizes, type SpatialRank } from "../base/spatial.ts";

abstract class AveragePooling extends Pooling {
  constructor(
    spatialRank: SpatialRank,
    given: PerAxis | PoolingOptions,
    otherOptions: PoolingOptions = {},
  ) {
    const [poolSize, options] = sizeAndOptions("poolSize", given, otherOptions);
    checkLayerOptions(new.target, options);
    super(spatialRank, poolSize, options);
  }
  protected override get pool(): typeof averagePool {
    return averagePool;
  }
}

/** A layer that {@linkcode AveragePooling1D} makes. */
export type AveragePooling1D<
  K extends PerAxis = PerAxis,
  S extends PerAxis | null = PerAxis | null,
  P extends PoolPadding = PoolPadding,
  F extends DataFormat = DataFormat,
  Name extends string = string,
  D extends DType = "float32",
> = PoolingLayer<"average_pooling1d", 1, "float", K, S, P, F, Name, D>;

/**
 * Takes the mean of each window: `[batch, steps, channels]` becomes `[batch, windows, channels]`, with
 * `floor((size - poolSize) / strides) + 1` windows along a spatial axis, or `ceil(size / strides)` with padding `"same"`,
 * of which only values that are there are counted.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { AveragePooling1D } from "@strata/nn";
 *
 * const x = [[[1], [5], [2], [4], [3]]];
 * assertEquals(new AveragePooling1D(2)(x).array(), [[[3], [3]]]);
 * assertEquals(new AveragePooling1D(2, { padding: "same" })(x).array(), [[[3], [3], [3]]]);
 * ```
 */
export const AveragePooling1D: AveragePoolingClass<"average_pooling1d", 1, Sizes<1>> = class AveragePooling1D
  extends AveragePooling {
  constructor(poolSize: PerAxis | PoolingOptions, options?: PoolingOptions) {
    super(1, poolSize, options);
  }
} as never;

/** A layer that {@linkcode AveragePooling2D} makes. */
export type AveragePooling2D<
  K extends PerAxis = PerAxis,
  S extends PerAxis | null = PerAxis | null,
  P extends PoolPadding = PoolPadding,
  F extends DataFormat = DataFormat,
  Name extends string = string,
  D extends DType = "float32",
> = PoolingLayer<"average_pooling2d", 2, "float", K, S, P, F, Name, D>;

/**
 * Takes the mean of each window: `[batch, height, width, channels]` becomes `[batch, rows, columns, channels]`, with
 * `floor((size - poolSize) / strides) + 1` windows along a spatial axis, or `ceil(size / strides)` with padding `"same"`,
 * of which only values that are there are counted.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { AveragePooling2D, zeros } from "@strata/nn";
 *
 * assertEquals(new AveragePooling2D(2)([[[[1], [2]], [[3], [4]]]]).array(), [[[[2.5]]]]);
 * assertEquals(new AveragePooling2D(3, { strides: 2 })(zeros([8, 28, 28, 16])).shape, [8, 13, 13, 16]);
 * ```
 */
export const AveragePooling2D: AveragePoolingClass<"average_pooling2d", 2, Sizes<2>> = class AveragePooling2D
  extends AveragePooling {
  constructor(poolSize: PerAxis | PoolingOptions, options?: PoolingOptions) {
    super(2, poolSize, options);
  }
} as never;

/** A layer that {@linkcode AveragePooling3D} makes. */
export type AveragePooling3D<
  K extends PerAxis = PerAxis,
  S extends PerAxis | null = PerAxis | null,
  P extends PoolPadding = PoolPadding,
  F extends DataFormat = DataFormat,
  Name extends string = string,
  D extends DType = "float32",
> = PoolingLayer<"average_pooling3d", 3, "float", K, S, P, F, Name, D>;

/**
 * Takes the mean of each window: `[batch, depth, height, width, channels]` becomes `[batch, ...windows, channels]`, with
 * `floor((size - poolSize) / strides) + 1` windows along a spatial axis, or `ceil(size / strides)` with padding `"same"`,
 * of which only values that are there are counted.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { AveragePooling3D, zeros } from "@strata/nn";
 *
 * assertEquals(new AveragePooling3D([1, 2, 2])(zeros([1, 4, 6, 7, 3])).shape, [1, 4, 3, 3, 3]);
 * ```
 */
export const AveragePooling3D: AveragePoolingClass<"average_pooling3d", 3, Sizes<3>> = class AveragePooling3D
  extends AveragePooling {
  constructor(poolSize: PerAxis | PoolingOptions, options?: PoolingOptions) {
    super(3, poolSize, options);
  }
} as never;
