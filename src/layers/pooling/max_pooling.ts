/**
 * The greatest value of each window.
 *
 * @module
 */
import { maxPool } from "../../ops/convolution/pooling.ts";
import type { KindOf, NoOptions } from "../../ops/options.ts";
import type { PerAxis, SpatialRank } from "../../shape/spatial.ts";
import type { OptionsFor } from "../base/option_types.ts";
import { BasePooling, type PoolingConfig, type PoolingSignature, type SizedPoolingOptions } from "./pooling.ts";

/** Takes the greatest value of each window over `N` spatial axes; `Default` is the name of its layers. */
export abstract class MaxPooling<Default extends string, N extends SpatialRank, O> extends BasePooling<
  PoolingSignature<Default, N, "kept", KindOf<O, "poolSize", PerAxis, 2>, O>
> {
  /** Makes the layer. */
  constructor(spatialRank: N, options?: SizedPoolingOptions) {
    super(spatialRank, options?.poolSize ?? 2, options);
  }
  /** The operation. */
  protected override get pool(): typeof maxPool {
    return maxPool;
  }
}

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
export class MaxPooling1D<const O extends SizedPoolingOptions<1> = NoOptions>
  extends MaxPooling<"max_pooling1d", 1, O> {
  /**
   * Makes the layer.
   *
   * @throws {RangeError} If a size or a stride is no positive integer or there are too many or too few, or the padding or
   * the data format is none.
   */
  constructor(options?: OptionsFor<O, SizedPoolingOptions<1>>) {
    super(1, options);
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: PoolingConfig): MaxPooling1D<SizedPoolingOptions<1>> {
    return super.fromConfig(config) as MaxPooling1D<SizedPoolingOptions<1>>;
  }
}

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
export class MaxPooling2D<const O extends SizedPoolingOptions<2> = NoOptions>
  extends MaxPooling<"max_pooling2d", 2, O> {
  /**
   * Makes the layer.
   *
   * @throws {RangeError} If a size or a stride is no positive integer or there are too many or too few, or the padding or
   * the data format is none.
   */
  constructor(options?: OptionsFor<O, SizedPoolingOptions<2>>) {
    super(2, options);
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: PoolingConfig): MaxPooling2D<SizedPoolingOptions<2>> {
    return super.fromConfig(config) as MaxPooling2D<SizedPoolingOptions<2>>;
  }
}

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
export class MaxPooling3D<const O extends SizedPoolingOptions<3> = NoOptions>
  extends MaxPooling<"max_pooling3d", 3, O> {
  /**
   * Makes the layer.
   *
   * @throws {RangeError} If a size or a stride is no positive integer or there are too many or too few, or the padding or
   * the data format is none.
   */
  constructor(options?: OptionsFor<O, SizedPoolingOptions<3>>) {
    super(3, options);
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: PoolingConfig): MaxPooling3D<SizedPoolingOptions<3>> {
    return super.fromConfig(config) as MaxPooling3D<SizedPoolingOptions<3>>;
  }
}
