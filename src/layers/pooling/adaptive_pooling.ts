/**
 * Pooling to a given size.
 *
 * @module
 */
import { adaptiveAveragePool, adaptiveMaxPool } from "../../ops/convolution/adaptive_pooling.ts";
import type { Shape } from "../../shape/dim.ts";
import { adaptivePool } from "../../shape/pool.ts";
import type { DataFormat, PerAxis } from "../../shape/spatial.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { AsShape } from "../../tensor/like.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { checkLayerOptions } from "../base/known_options.ts";
import type { Layer } from "../base/layer.ts";
import type { PoolDType, PooledDType } from "./pooling.ts";
import type { CheckRank, NameOr, Signature } from "../base/signature.ts";
import {
  type InputRank,
  sizeAndOptions,
  type Sizes,
  type SpatialConfig,
  SpatialLayer,
  type SpatialOptions,
  type SpatialRank,
} from "../base/spatial.ts";

/** The configuration of adaptive pooling layers. */
export interface AdaptivePoolingConfig extends SpatialConfig {
  /** The number of windows along each spatial axis. */
  readonly outputSize: readonly number[];
}

/** `[batch, ...spatial, channels]` becomes `[batch, ...outputSize, channels]`. */
export interface AdaptivePoolingSignature<
  Named extends string,
  N extends SpatialRank,
  Rule extends PoolDType,
  Out extends PerAxis,
  F extends DataFormat,
  D extends DType,
> extends Signature {
  /** The sentence where the rank is another. */
  readonly check: CheckRank<Named, InputRank<N>, this["input"]>;
  /** The size that was asked for; batch and channels stay. */
  readonly output: this["input"] extends Shape ? AsShape<adaptivePool<this["input"], Out, F>> : Shape;
  /** The dtype of the result. */
  readonly dtype: PooledDType<Rule, this["dtypes"], D>;
}

/** An adaptive pooling layer. */
export interface AdaptivePoolingLayer<
  Default extends string = string,
  N extends SpatialRank = SpatialRank,
  Rule extends PoolDType = PoolDType,
  Out extends PerAxis = PerAxis,
  F extends DataFormat = DataFormat,
  Name extends string = string,
  D extends DType = DType,
> extends Layer<AdaptivePoolingSignature<NameOr<Name, Default>, N, Rule, Out, F, D>> {
  /** The number of windows along each spatial axis. */
  readonly outputSize: readonly number[];
  /** Where the channels are. */
  readonly dataFormat: DataFormat;
  /** Pools. */
  call(x: Tensor): Tensor;
  /** The options from which an equal layer can be made. */
  getConfig(): AdaptivePoolingConfig;
}

/**
 * The class of an adaptive pooling layer.
 *
 * @typeParam Size What sizes may be.
 */
export interface AdaptivePoolingClass<
  Default extends string,
  N extends SpatialRank,
  Rule extends PoolDType,
  Size extends PerAxis,
> {
  /**
   * Makes the layer.
   *
   * @param outputSize The number of windows: one for all spatial axes, or one for each.
   * @throws {RangeError} If a number is no positive integer or there are too many or too few, or the data format is none.
   */
  new <
    const Out extends Size,
    const F extends DataFormat = "channels_last",
    const Name extends string = string,
    const D extends DType = "float32",
  >(
    outputSize: Out,
    options?: SpatialOptions<F, Name, D>,
  ): AdaptivePoolingLayer<Default, N, Rule, Out, F, Name, D>;
  /** Makes the layer, with the size among the options, where a configuration has it. */
  new <
    const Out extends Size,
    const F extends DataFormat = "channels_last",
    const Name extends string = string,
    const D extends DType = "float32",
  >(
    options: SpatialOptions<F, Name, D> & { readonly outputSize: Out },
  ): AdaptivePoolingLayer<Default, N, Rule, Out, F, Name, D>;
  /** What all such layers have. */
  readonly prototype: AdaptivePoolingLayer<Default, N, Rule>;
  /** Makes a layer from a configuration. */
  fromConfig(
    config: AdaptivePoolingConfig,
  ): AdaptivePoolingLayer<Default, N, Rule, PerAxis, DataFormat, string, "float32">;
}

abstract class AdaptivePooling extends SpatialLayer {
  readonly outputSize: readonly number[];
  constructor(spatialRank: SpatialRank, given: PerAxis | SpatialOptions, otherOptions: SpatialOptions = {}) {
    const [outputSize, options] = sizeAndOptions("outputSize", given, otherOptions);
    checkLayerOptions(new.target, options);
    super(spatialRank, options);
    this.outputSize = this.sizes(outputSize, "outputSize");
  }
  protected override resultShape(shape: Shape): Shape {
    return adaptivePool(shape, this.outputSize, this.dataFormat);
  }
  override getConfig(): AdaptivePoolingConfig {
    return { ...super.getConfig(), outputSize: this.outputSize };
  }
}

type Options = { readonly dataFormat: DataFormat };

abstract class AdaptiveMaxPooling extends AdaptivePooling {
  override call(x: Tensor): Tensor {
    return adaptiveMaxPool<Tensor, PerAxis, Options>(x, this.outputSize, { dataFormat: this.dataFormat });
  }
}

abstract class AdaptiveAveragePooling extends AdaptivePooling {
  override call(x: Tensor): Tensor {
    return adaptiveAveragePool<Tensor, PerAxis, Options>(x, this.outputSize, { dataFormat: this.dataFormat });
  }
}

/** A layer that {@linkcode AdaptiveMaxPooling1D} makes. */
export type AdaptiveMaxPooling1D<
  Out extends PerAxis = PerAxis,
  F extends DataFormat = DataFormat,
  Name extends string = string,
  D extends DType = "float32",
> = AdaptivePoolingLayer<"adaptive_max_pooling1d", 1, "kept", Out, F, Name, D>;

/**
 * Takes the greatest value of each of as many windows as asked for: `[batch, steps, channels]` becomes `[batch, outputSize, channels]`.
 * Along an axis of size `n`, window `i` of `m` holds the values from `floor(i n / m)` up to, not including,
 * `ceil((i + 1) n / m)`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { AdaptiveMaxPooling1D } from "@strata/nn";
 *
 * assertEquals(new AdaptiveMaxPooling1D(2)([[[1], [5], [3], [4], [2]]]).array(), [[[5], [4]]]);
 * ```
 */
export const AdaptiveMaxPooling1D: AdaptivePoolingClass<"adaptive_max_pooling1d", 1, "kept", Sizes<1>> =
  class AdaptiveMaxPooling1D extends AdaptiveMaxPooling {
    constructor(outputSize: PerAxis | SpatialOptions, options?: SpatialOptions) {
      super(1, outputSize, options);
    }
  } as never;

/** A layer that {@linkcode AdaptiveMaxPooling2D} makes. */
export type AdaptiveMaxPooling2D<
  Out extends PerAxis = PerAxis,
  F extends DataFormat = DataFormat,
  Name extends string = string,
  D extends DType = "float32",
> = AdaptivePoolingLayer<"adaptive_max_pooling2d", 2, "kept", Out, F, Name, D>;

/**
 * Takes the greatest value of each of as many windows as asked for: `[batch, height, width, channels]` becomes `[batch, ...outputSize, channels]`.
 * Along an axis of size `n`, window `i` of `m` holds the values from `floor(i n / m)` up to, not including,
 * `ceil((i + 1) n / m)`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { AdaptiveMaxPooling2D, zeros } from "@strata/nn";
 *
 * assertEquals(new AdaptiveMaxPooling2D(1)([[[[1], [2]], [[3], [6]]]]).array(), [[[[6]]]]);
 * assertEquals(new AdaptiveMaxPooling2D([7, 5])(zeros([8, 30, 20, 512])).shape, [8, 7, 5, 512]);
 * ```
 */
export const AdaptiveMaxPooling2D: AdaptivePoolingClass<"adaptive_max_pooling2d", 2, "kept", Sizes<2>> =
  class AdaptiveMaxPooling2D extends AdaptiveMaxPooling {
    constructor(outputSize: PerAxis | SpatialOptions, options?: SpatialOptions) {
      super(2, outputSize, options);
    }
  } as never;

/** A layer that {@linkcode AdaptiveMaxPooling3D} makes. */
export type AdaptiveMaxPooling3D<
  Out extends PerAxis = PerAxis,
  F extends DataFormat = DataFormat,
  Name extends string = string,
  D extends DType = "float32",
> = AdaptivePoolingLayer<"adaptive_max_pooling3d", 3, "kept", Out, F, Name, D>;

/**
 * Takes the greatest value of each of as many windows as asked for: `[batch, depth, height, width, channels]` becomes `[batch, ...outputSize, channels]`.
 * Along an axis of size `n`, window `i` of `m` holds the values from `floor(i n / m)` up to, not including,
 * `ceil((i + 1) n / m)`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { AdaptiveMaxPooling3D, zeros } from "@strata/nn";
 *
 * assertEquals(new AdaptiveMaxPooling3D([2, 7, 7])(zeros([8, 5, 30, 20, 64])).shape, [8, 2, 7, 7, 64]);
 * ```
 */
export const AdaptiveMaxPooling3D: AdaptivePoolingClass<"adaptive_max_pooling3d", 3, "kept", Sizes<3>> =
  class AdaptiveMaxPooling3D extends AdaptiveMaxPooling {
    constructor(outputSize: PerAxis | SpatialOptions, options?: SpatialOptions) {
      super(3, outputSize, options);
    }
  } as never;

/** A layer that {@linkcode AdaptiveAveragePooling1D} makes. */
export type AdaptiveAveragePooling1D<
  Out extends PerAxis = PerAxis,
  F extends DataFormat = DataFormat,
  Name extends string = string,
  D extends DType = "float32",
> = AdaptivePoolingLayer<"adaptive_average_pooling1d", 1, "float", Out, F, Name, D>;

/**
 * Takes the mean of each of as many windows as asked for: `[batch, steps, channels]` becomes `[batch, outputSize, channels]`.
 * Along an axis of size `n`, window `i` of `m` holds the values from `floor(i n / m)` up to, not including,
 * `ceil((i + 1) n / m)`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { AdaptiveAveragePooling1D } from "@strata/nn";
 *
 * assertEquals(new AdaptiveAveragePooling1D(2)([[[1], [5], [3], [4], [2]]]).array(), [[[3], [3]]]);
 * ```
 */
export const AdaptiveAveragePooling1D: AdaptivePoolingClass<"adaptive_average_pooling1d", 1, "float", Sizes<1>> =
  class AdaptiveAveragePooling1D extends AdaptiveAveragePooling {
    constructor(outputSize: PerAxis | SpatialOptions, options?: SpatialOptions) {
      super(1, outputSize, options);
    }
  } as never;

/** A layer that {@linkcode AdaptiveAveragePooling2D} makes. */
export type AdaptiveAveragePooling2D<
  Out extends PerAxis = PerAxis,
  F extends DataFormat = DataFormat,
  Name extends string = string,
  D extends DType = "float32",
> = AdaptivePoolingLayer<"adaptive_average_pooling2d", 2, "float", Out, F, Name, D>;

/**
 * Takes the mean of each of as many windows as asked for: `[batch, height, width, channels]` becomes `[batch, ...outputSize, channels]`.
 * Along an axis of size `n`, window `i` of `m` holds the values from `floor(i n / m)` up to, not including,
 * `ceil((i + 1) n / m)`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { AdaptiveAveragePooling2D, zeros } from "@strata/nn";
 *
 * assertEquals(new AdaptiveAveragePooling2D(1)([[[[1], [2]], [[3], [6]]]]).array(), [[[[3]]]]);
 * assertEquals(new AdaptiveAveragePooling2D([7, 5])(zeros([8, 30, 20, 512])).shape, [8, 7, 5, 512]);
 * ```
 */
export const AdaptiveAveragePooling2D: AdaptivePoolingClass<"adaptive_average_pooling2d", 2, "float", Sizes<2>> =
  class AdaptiveAveragePooling2D extends AdaptiveAveragePooling {
    constructor(outputSize: PerAxis | SpatialOptions, options?: SpatialOptions) {
      super(2, outputSize, options);
    }
  } as never;

/** A layer that {@linkcode AdaptiveAveragePooling3D} makes. */
export type AdaptiveAveragePooling3D<
  Out extends PerAxis = PerAxis,
  F extends DataFormat = DataFormat,
  Name extends string = string,
  D extends DType = "float32",
> = AdaptivePoolingLayer<"adaptive_average_pooling3d", 3, "float", Out, F, Name, D>;

/**
 * Takes the mean of each of as many windows as asked for: `[batch, depth, height, width, channels]` becomes `[batch, ...outputSize, channels]`.
 * Along an axis of size `n`, window `i` of `m` holds the values from `floor(i n / m)` up to, not including,
 * `ceil((i + 1) n / m)`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { AdaptiveAveragePooling3D, zeros } from "@strata/nn";
 *
 * assertEquals(new AdaptiveAveragePooling3D([2, 7, 7])(zeros([8, 5, 30, 20, 64])).shape, [8, 2, 7, 7, 64]);
 * ```
 */
export const AdaptiveAveragePooling3D: AdaptivePoolingClass<"adaptive_average_pooling3d", 3, "float", Sizes<3>> =
  class AdaptiveAveragePooling3D extends AdaptiveAveragePooling {
    constructor(outputSize: PerAxis | SpatialOptions, options?: SpatialOptions) {
      super(3, outputSize, options);
    }
  } as never;
