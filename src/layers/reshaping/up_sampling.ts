/**
 * Spatial axes made larger by whole factors.
 *
 * @module
 */
import { type Interpolation, upSample as upSampleAxes } from "../../ops/convolution/up_sampling.ts";
import type { KindOf, NoOptions, WordOf } from "../../ops/options.ts";
import { upSample } from "../../shape/crop.ts";
import type { Shape } from "../../shape/dim.ts";
import type { DataFormat, PerAxis, Sizes, SpatialRank } from "../../shape/spatial.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { LayerName, OptionsFor, ResultDType } from "../base/option_types.ts";
import type { LayerConfig, LayerOptions } from "../base/options.ts";
import type { CastFloats, CheckRank, Signature } from "../base/signature.ts";
import { type InputRank, type SpatialConfig, SpatialLayer, type SpatialOptions } from "../base/spatial.ts";

/** The options of {@linkcode UpSampling1D}. */
export interface UpSampling1DOptions extends LayerOptions {
  /** The number of times that each step is repeated. Default: 2. */
  readonly size?: number;
}

/** The options of {@linkcode UpSampling3D}. */
export interface UpSamplingOptions<N extends 2 | 3 = 3> extends SpatialOptions {
  /** The factor for all spatial axes, or one for each. Default: 2. */
  readonly size?: Sizes<N>;
}

/** The options of {@linkcode UpSampling2D}. */
export interface UpSampling2DOptions extends UpSamplingOptions<2> {
  /** The interpolation of the values between. Default: `"nearest"`. */
  readonly interpolation?: Interpolation;
}

/** The configuration of {@linkcode UpSampling1D}. */
export interface UpSampling1DConfig extends LayerConfig {
  /** The number of times that each step is repeated. */
  readonly size: number;
}

/** The configuration of {@linkcode UpSampling3D}. */
export interface UpSamplingConfig extends SpatialConfig {
  /** The factor for each spatial axis. */
  readonly size: readonly number[];
}

/** The configuration of {@linkcode UpSampling2D}. */
export interface UpSampling2DConfig extends UpSamplingConfig {
  /** The interpolation of the values between. */
  readonly interpolation: Interpolation;
}

/** The spatial axes become larger; batch and channels stay. */
export interface UpSamplingSignature<Default extends string, N extends SpatialRank, O> extends Signature {
  /** The sentence where the rank is another. */
  readonly check: CheckRank<LayerName<O, Default>, InputRank<N>, this["input"]>;
  /** Each spatial axis as often as its size says. */
  readonly output: this["input"] extends Shape
    ? upSample<this["input"], KindOf<O, "size", PerAxis, 2>, WordOf<O, "dataFormat", DataFormat, "channels_last">>
    : Shape;
  /** Floats become the layer's dtype, all else stays. */
  readonly dtype: CastFloats<this["dtypes"], ResultDType<O>>;
}

/** Up-sampling of `N` spatial axes; `Default` is the name of its layers. */
export abstract class UpSampling<Default extends string, N extends SpatialRank, O>
  extends SpatialLayer<UpSamplingSignature<Default, N, O>> {
  /** The factor for each spatial axis. */
  readonly size: readonly number[];
  /** The interpolation of the values between. */
  readonly interpolation: Interpolation;

  /** Makes the layer. */
  constructor(
    spatialRank: N,
    options: SpatialOptions & { readonly size?: PerAxis } = {},
    interpolation: Interpolation = "nearest",
  ) {
    super(spatialRank, options);
    this.size = this.sizes(options.size ?? 2, "size");
    const words = ["nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"] as const;
    this.interpolation = this.word(interpolation, words, "interpolation");
  }

  /** Makes the axes larger. */
  override call(x: Tensor): Tensor {
    return upSampleAxes(x, this.size, this.interpolation, this.dataFormat);
  }

  /** Each spatial axis as often as its size says. */
  protected override resultShape(shape: Shape): Shape {
    return upSample(shape, this.size, this.dataFormat);
  }
}

/**
 * Repeats each step: `[batch, steps, features]` becomes `[batch, size * steps, features]`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { UpSampling1D } from "@strata/nn";
 *
 * assertEquals(new UpSampling1D()([[[1], [2]]]).array(), [[[1], [1], [2], [2]]]);
 * ```
 */
export class UpSampling1D<const O extends UpSampling1DOptions = NoOptions> extends UpSampling<"up_sampling1d", 1, O> {
  /**
   * Makes the layer.
   *
   * @throws {RangeError} If the size is no positive integer.
   */
  constructor(options?: OptionsFor<O, UpSampling1DOptions>) {
    super(1, options);
  }
  /** The options from which an equal layer can be made: Keras knows no data format here, and has one number. */
  override getConfig(): UpSampling1DConfig {
    return { ...super.getConfig(), size: this.size[0]! };
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: UpSampling1DConfig): UpSampling1D<UpSampling1DOptions> {
    return super.fromConfig(config) as UpSampling1D<UpSampling1DOptions>;
  }
}

/**
 * Makes pictures larger: `[batch, height, width, channels]` becomes `[batch, size[0] * height, size[1] * width, channels]`.
 * Each value is repeated, or new ones are interpolated between those of the old picture, of which the new one has the same
 * corners. Integers are rounded.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { UpSampling2D } from "@strata/nn";
 *
 * const x = [[[[0], [4]]]];
 * assertEquals(new UpSampling2D({ size: [1, 2] })(x).array(), [[[[0], [0], [4], [4]]]]);
 * assertEquals(new UpSampling2D({ size: [1, 2], interpolation: "bilinear" })(x).array(), [[[[0], [1], [3], [4]]]]);
 * ```
 */
export class UpSampling2D<const O extends UpSampling2DOptions = NoOptions> extends UpSampling<"up_sampling2d", 2, O> {
  /**
   * Makes the layer.
   *
   * @throws {RangeError} If a size is no positive integer or there are too many or too few, or the interpolation or the data
   * format is none.
   */
  constructor(options?: OptionsFor<O, UpSampling2DOptions>) {
    super(2, options, options?.interpolation);
  }
  /** The options from which an equal layer can be made. */
  override getConfig(): UpSampling2DConfig {
    return { ...super.getConfig(), dataFormat: this.dataFormat, size: this.size, interpolation: this.interpolation };
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: UpSampling2DConfig): UpSampling2D<UpSampling2DOptions> {
    return super.fromConfig(config) as UpSampling2D<UpSampling2DOptions>;
  }
}

/**
 * Repeats each value along three axes: of `[batch, depth, height, width, channels]`, all but the first and the last become
 * larger.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { UpSampling3D, zeros } from "@strata/nn";
 *
 * assertEquals(new UpSampling3D({ size: [1, 2, 3] })(zeros([8, 4, 5, 6, 3])).shape, [8, 4, 10, 18, 3]);
 * ```
 */
export class UpSampling3D<const O extends UpSamplingOptions<3> = NoOptions> extends UpSampling<"up_sampling3d", 3, O> {
  /**
   * Makes the layer.
   *
   * @throws {RangeError} If a size is no positive integer or there are too many or too few, or the data format is none.
   */
  constructor(options?: OptionsFor<O, UpSamplingOptions<3>>) {
    super(3, options);
  }
  /** The options from which an equal layer can be made. */
  override getConfig(): UpSamplingConfig {
    return { ...super.getConfig(), dataFormat: this.dataFormat, size: this.size };
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: UpSamplingConfig): UpSampling3D<UpSamplingOptions<3>> {
    return super.fromConfig(config) as UpSampling3D<UpSamplingOptions<3>>;
  }
}
