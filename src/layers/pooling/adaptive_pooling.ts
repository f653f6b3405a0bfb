/**
 * Pooling to a given size.
 *
 * @module
 */
import { adaptiveAveragePool, adaptiveMaxPool } from "../../ops/convolution/adaptive_pooling.ts";
import type { NoOptions, WordOf } from "../../ops/options.ts";
import type { Shape } from "../../shape/dim.ts";
import { adaptivePool } from "../../shape/pool.ts";
import type { DataFormat, PerAxis, Sizes, SpatialRank } from "../../shape/spatial.ts";
import type { AsShape } from "../../tensor/like.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { LayerName, OptionsFor, ResultDType } from "../base/option_types.ts";
import type { CheckRank, Signature } from "../base/signature.ts";
import { type InputRank, type SpatialConfig, SpatialLayer, type SpatialOptions } from "../base/spatial.ts";
import { sizeAndOptions } from "../base/spatial_options.ts";
import type { PoolDType, PooledDType } from "./pooling.ts";

/** The options of adaptive pooling layers over `N` axes with their size among them. */
export interface AdaptivePoolingOptions<N extends SpatialRank = SpatialRank> extends SpatialOptions {
  /** The number of windows: one for all spatial axes, or one for each. */
  readonly outputSize?: Sizes<N>;
}

/** The configuration of adaptive pooling layers. */
export interface AdaptivePoolingConfig extends SpatialConfig {
  /** The number of windows along each spatial axis. */
  readonly outputSize: readonly number[];
}

/** `[batch, ...spatial, channels]` becomes `[batch, ...outputSize, channels]`. */
export interface AdaptivePoolingSignature<
  Default extends string,
  N extends SpatialRank,
  Rule extends PoolDType,
  Out extends PerAxis,
  O,
> extends Signature {
  /** The sentence where the rank is another. */
  readonly check: CheckRank<LayerName<O, Default>, InputRank<N>, this["input"]>;
  /** The size that was asked for; batch and channels stay. */
  readonly output: this["input"] extends Shape
    ? AsShape<adaptivePool<this["input"], Out, WordOf<O, "dataFormat", DataFormat, "channels_last">>>
    : Shape;
  /** The dtype of the result. */
  readonly dtype: PooledDType<Rule, this["dtypes"], ResultDType<O>>;
}

/** Pooling to a given size over any number of spatial axes. */
export abstract class BaseAdaptivePooling<S extends Signature = Signature> extends SpatialLayer<S> {
  /** The number of windows along each spatial axis. */
  readonly outputSize: readonly number[];

  /** Makes the layer. */
  constructor(spatialRank: SpatialRank, given: PerAxis | SpatialOptions, otherOptions?: SpatialOptions) {
    const [outputSize, options] = sizeAndOptions("outputSize", given, otherOptions);
    super(spatialRank, options);
    this.outputSize = this.sizes(outputSize, "outputSize");
  }

  /** The operation. */
  protected abstract get pool(): typeof adaptiveMaxPool | typeof adaptiveAveragePool;

  /** Pools. */
  override call(x: Tensor): Tensor {
    const { dataFormat } = this;
    return this.pool<Tensor, PerAxis, { readonly dataFormat: DataFormat }>(x, this.outputSize, { dataFormat });
  }

  /** The size that was asked for; batch and channels stay. */
  protected override resultShape(shape: Shape): Shape {
    return adaptivePool(shape, this.outputSize, this.dataFormat);
  }

  /** The options from which an equal layer can be made. */
  override getConfig(): AdaptivePoolingConfig {
    return { ...super.getConfig(), dataFormat: this.dataFormat, outputSize: this.outputSize };
  }
}

/** Takes the greatest value of each of as many windows as asked for, over `N` spatial axes. */
export abstract class AdaptiveMaxPooling<Default extends string, N extends SpatialRank, Out extends PerAxis, O>
  extends BaseAdaptivePooling<AdaptivePoolingSignature<Default, N, "kept", Out, O>> {
  /** The operation. */
  protected override get pool(): typeof adaptiveMaxPool {
    return adaptiveMaxPool;
  }
}

/** Takes the mean of each of as many windows as asked for, over `N` spatial axes. */
export abstract class AdaptiveAveragePooling<Default extends string, N extends SpatialRank, Out extends PerAxis, O>
  extends BaseAdaptivePooling<AdaptivePoolingSignature<Default, N, "float", Out, O>> {
  /** The operation. */
  protected override get pool(): typeof adaptiveAveragePool {
    return adaptiveAveragePool;
  }
}

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
export class AdaptiveMaxPooling1D<
  const Out extends Sizes<1> = Sizes<1>,
  const O extends AdaptivePoolingOptions<1> = NoOptions,
> extends AdaptiveMaxPooling<"adaptive_max_pooling1d", 1, Out, O> {
  /**
   * Makes the layer.
   *
   * @param outputSize The number of windows: one for all spatial axes, or one for each.
   * @throws {RangeError} If a number is no positive integer or there are too many or too few, or the data format is none.
   */
  constructor(outputSize: Out, options?: OptionsFor<O, SpatialOptions>);
  /** Makes the layer, with the size among the options, where a configuration has it. */
  constructor(options: OptionsFor<O, AdaptivePoolingOptions<1>> & { readonly outputSize: Out });
  constructor(outputSize: Out | AdaptivePoolingOptions<1>, options?: SpatialOptions) {
    super(1, outputSize, options);
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: AdaptivePoolingConfig): AdaptiveMaxPooling1D<Sizes<1>, AdaptivePoolingOptions<1>> {
    return super.fromConfig(config) as AdaptiveMaxPooling1D<Sizes<1>, AdaptivePoolingOptions<1>>;
  }
}

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
export class AdaptiveMaxPooling2D<
  const Out extends Sizes<2> = Sizes<2>,
  const O extends AdaptivePoolingOptions<2> = NoOptions,
> extends AdaptiveMaxPooling<"adaptive_max_pooling2d", 2, Out, O> {
  /**
   * Makes the layer.
   *
   * @param outputSize The number of windows: one for all spatial axes, or one for each.
   * @throws {RangeError} If a number is no positive integer or there are too many or too few, or the data format is none.
   */
  constructor(outputSize: Out, options?: OptionsFor<O, SpatialOptions>);
  /** Makes the layer, with the size among the options, where a configuration has it. */
  constructor(options: OptionsFor<O, AdaptivePoolingOptions<2>> & { readonly outputSize: Out });
  constructor(outputSize: Out | AdaptivePoolingOptions<2>, options?: SpatialOptions) {
    super(2, outputSize, options);
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: AdaptivePoolingConfig): AdaptiveMaxPooling2D<Sizes<2>, AdaptivePoolingOptions<2>> {
    return super.fromConfig(config) as AdaptiveMaxPooling2D<Sizes<2>, AdaptivePoolingOptions<2>>;
  }
}

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
export class AdaptiveMaxPooling3D<
  const Out extends Sizes<3> = Sizes<3>,
  const O extends AdaptivePoolingOptions<3> = NoOptions,
> extends AdaptiveMaxPooling<"adaptive_max_pooling3d", 3, Out, O> {
  /**
   * Makes the layer.
   *
   * @param outputSize The number of windows: one for all spatial axes, or one for each.
   * @throws {RangeError} If a number is no positive integer or there are too many or too few, or the data format is none.
   */
  constructor(outputSize: Out, options?: OptionsFor<O, SpatialOptions>);
  /** Makes the layer, with the size among the options, where a configuration has it. */
  constructor(options: OptionsFor<O, AdaptivePoolingOptions<3>> & { readonly outputSize: Out });
  constructor(outputSize: Out | AdaptivePoolingOptions<3>, options?: SpatialOptions) {
    super(3, outputSize, options);
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: AdaptivePoolingConfig): AdaptiveMaxPooling3D<Sizes<3>, AdaptivePoolingOptions<3>> {
    return super.fromConfig(config) as AdaptiveMaxPooling3D<Sizes<3>, AdaptivePoolingOptions<3>>;
  }
}

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
export class AdaptiveAveragePooling1D<
  const Out extends Sizes<1> = Sizes<1>,
  const O extends AdaptivePoolingOptions<1> = NoOptions,
> extends AdaptiveAveragePooling<"adaptive_average_pooling1d", 1, Out, O> {
  /**
   * Makes the layer.
   *
   * @param outputSize The number of windows: one for all spatial axes, or one for each.
   * @throws {RangeError} If a number is no positive integer or there are too many or too few, or the data format is none.
   */
  constructor(outputSize: Out, options?: OptionsFor<O, SpatialOptions>);
  /** Makes the layer, with the size among the options, where a configuration has it. */
  constructor(options: OptionsFor<O, AdaptivePoolingOptions<1>> & { readonly outputSize: Out });
  constructor(outputSize: Out | AdaptivePoolingOptions<1>, options?: SpatialOptions) {
    super(1, outputSize, options);
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(
    config: AdaptivePoolingConfig,
  ): AdaptiveAveragePooling1D<Sizes<1>, AdaptivePoolingOptions<1>> {
    return super.fromConfig(config) as AdaptiveAveragePooling1D<Sizes<1>, AdaptivePoolingOptions<1>>;
  }
}

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
export class AdaptiveAveragePooling2D<
  const Out extends Sizes<2> = Sizes<2>,
  const O extends AdaptivePoolingOptions<2> = NoOptions,
> extends AdaptiveAveragePooling<"adaptive_average_pooling2d", 2, Out, O> {
  /**
   * Makes the layer.
   *
   * @param outputSize The number of windows: one for all spatial axes, or one for each.
   * @throws {RangeError} If a number is no positive integer or there are too many or too few, or the data format is none.
   */
  constructor(outputSize: Out, options?: OptionsFor<O, SpatialOptions>);
  /** Makes the layer, with the size among the options, where a configuration has it. */
  constructor(options: OptionsFor<O, AdaptivePoolingOptions<2>> & { readonly outputSize: Out });
  constructor(outputSize: Out | AdaptivePoolingOptions<2>, options?: SpatialOptions) {
    super(2, outputSize, options);
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(
    config: AdaptivePoolingConfig,
  ): AdaptiveAveragePooling2D<Sizes<2>, AdaptivePoolingOptions<2>> {
    return super.fromConfig(config) as AdaptiveAveragePooling2D<Sizes<2>, AdaptivePoolingOptions<2>>;
  }
}

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
export class AdaptiveAveragePooling3D<
  const Out extends Sizes<3> = Sizes<3>,
  const O extends AdaptivePoolingOptions<3> = NoOptions,
> extends AdaptiveAveragePooling<"adaptive_average_pooling3d", 3, Out, O> {
  /**
   * Makes the layer.
   *
   * @param outputSize The number of windows: one for all spatial axes, or one for each.
   * @throws {RangeError} If a number is no positive integer or there are too many or too few, or the data format is none.
   */
  constructor(outputSize: Out, options?: OptionsFor<O, SpatialOptions>);
  /** Makes the layer, with the size among the options, where a configuration has it. */
  constructor(options: OptionsFor<O, AdaptivePoolingOptions<3>> & { readonly outputSize: Out });
  constructor(outputSize: Out | AdaptivePoolingOptions<3>, options?: SpatialOptions) {
    super(3, outputSize, options);
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(
    config: AdaptivePoolingConfig,
  ): AdaptiveAveragePooling3D<Sizes<3>, AdaptivePoolingOptions<3>> {
    return super.fromConfig(config) as AdaptiveAveragePooling3D<Sizes<3>, AdaptivePoolingOptions<3>>;
  }
}
