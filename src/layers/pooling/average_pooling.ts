/**
 * The mean of each window.
 *
 * @module
 */
import { averagePool } from "../../ops/convolution/pooling.ts";
import type { NoOptions } from "../../ops/options.ts";
import type { PerAxis, Sizes, SpatialRank } from "../../shape/spatial.ts";
import type { OptionsFor } from "../base/option_types.ts";
import { sizeAndOptions } from "../base/spatial_options.ts";
import {
  BasePooling,
  type PoolingConfig,
  type PoolingOptions,
  type PoolingSignature,
  type SizedPoolingOptions,
} from "./pooling.ts";

/** Takes the mean of each window over `N` spatial axes; `Default` is the name of its layers. */
export abstract class AveragePooling<Default extends string, N extends SpatialRank, K extends PerAxis, O>
  extends BasePooling<PoolingSignature<Default, N, "float", K, O>> {
  /** Makes the layer. */
  constructor(spatialRank: N, given: PerAxis | PoolingOptions, otherOptions?: PoolingOptions) {
    const [poolSize, options] = sizeAndOptions("poolSize", given, otherOptions);
    super(spatialRank, poolSize, options);
  }
  /** The operation. */
  protected override get pool(): typeof averagePool {
    return averagePool;
  }
}

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
export class AveragePooling1D<const K extends Sizes<1> = Sizes<1>, const O extends SizedPoolingOptions<1> = NoOptions>
  extends AveragePooling<"average_pooling1d", 1, K, O> {
  /**
   * Makes the layer.
   *
   * @param poolSize The size of a window: one number for all spatial axes, or one for each.
   * @throws {RangeError} If a size or a stride is no positive integer or there are too many or too few, or the padding or
   * the data format is none.
   */
  constructor(poolSize: K, options?: OptionsFor<O, PoolingOptions<1>>);
  /** Makes the layer, with the size among the options, where a configuration has it. */
  constructor(options: OptionsFor<O, SizedPoolingOptions<1>> & { readonly poolSize: K });
  constructor(poolSize: K | SizedPoolingOptions<1>, options?: PoolingOptions<1>) {
    super(1, poolSize, options);
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: PoolingConfig): AveragePooling1D<Sizes<1>, SizedPoolingOptions<1>> {
    return super.fromConfig(config) as AveragePooling1D<Sizes<1>, SizedPoolingOptions<1>>;
  }
}

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
export class AveragePooling2D<const K extends Sizes<2> = Sizes<2>, const O extends SizedPoolingOptions<2> = NoOptions>
  extends AveragePooling<"average_pooling2d", 2, K, O> {
  /**
   * Makes the layer.
   *
   * @param poolSize The size of a window: one number for all spatial axes, or one for each.
   * @throws {RangeError} If a size or a stride is no positive integer or there are too many or too few, or the padding or
   * the data format is none.
   */
  constructor(poolSize: K, options?: OptionsFor<O, PoolingOptions<2>>);
  /** Makes the layer, with the size among the options, where a configuration has it. */
  constructor(options: OptionsFor<O, SizedPoolingOptions<2>> & { readonly poolSize: K });
  constructor(poolSize: K | SizedPoolingOptions<2>, options?: PoolingOptions<2>) {
    super(2, poolSize, options);
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: PoolingConfig): AveragePooling2D<Sizes<2>, SizedPoolingOptions<2>> {
    return super.fromConfig(config) as AveragePooling2D<Sizes<2>, SizedPoolingOptions<2>>;
  }
}

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
export class AveragePooling3D<const K extends Sizes<3> = Sizes<3>, const O extends SizedPoolingOptions<3> = NoOptions>
  extends AveragePooling<"average_pooling3d", 3, K, O> {
  /**
   * Makes the layer.
   *
   * @param poolSize The size of a window: one number for all spatial axes, or one for each.
   * @throws {RangeError} If a size or a stride is no positive integer or there are too many or too few, or the padding or
   * the data format is none.
   */
  constructor(poolSize: K, options?: OptionsFor<O, PoolingOptions<3>>);
  /** Makes the layer, with the size among the options, where a configuration has it. */
  constructor(options: OptionsFor<O, SizedPoolingOptions<3>> & { readonly poolSize: K });
  constructor(poolSize: K | SizedPoolingOptions<3>, options?: PoolingOptions<3>) {
    super(3, poolSize, options);
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: PoolingConfig): AveragePooling3D<Sizes<3>, SizedPoolingOptions<3>> {
    return super.fromConfig(config) as AveragePooling3D<Sizes<3>, SizedPoolingOptions<3>>;
  }
}
