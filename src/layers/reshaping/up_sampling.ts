/**
 * Spatial axes made larger by whole factors.
 *
 * @module
 */
import { type Interpolation, upSample as upSampleAxes } from "../../ops/convolution/up_sampling.ts";
import { upSample } from "../../shape/crop.ts";
import type { Shape } from "../../shape/dim.ts";
import type { DataFormat, PerAxis } from "../../shape/spatial.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { checkLayerOptions } from "../base/known_options.ts";
import type { Layer } from "../base/layer.ts";
import type { LayerConfig, LayerOptions } from "../base/options.ts";
import type { CastFloats, CheckRank, NameOr, Signature } from "../base/signature.ts";
import {
  type InputRank,
  type Sizes,
  type SpatialConfig,
  SpatialLayer,
  type SpatialOptions,
  type SpatialRank,
} from "../base/spatial.ts";

/** The options of {@linkcode UpSampling1D}. */
export interface UpSampling1DOptions<
  Size extends number = number,
  Name extends string = string,
  D extends DType = DType,
> extends LayerOptions<Name, D> {
  /** How often each step is repeated. Default: 2. */
  readonly size?: Size;
}

/** The options of {@linkcode UpSampling3D}. */
export interface UpSamplingOptions<
  Size extends PerAxis = PerAxis,
  F extends DataFormat = DataFormat,
  Name extends string = string,
  D extends DType = DType,
> extends SpatialOptions<F, Name, D> {
  /** The factor for all spatial axes, or one for each. Default: 2. */
  readonly size?: Size;
}

/** The options of {@linkcode UpSampling2D}. */
export interface UpSampling2DOptions<
  Size extends PerAxis = PerAxis,
  F extends DataFormat = DataFormat,
  Name extends string = string,
  D extends DType = DType,
> extends UpSamplingOptions<Size, F, Name, D> {
  /** How the values between are found. Default: `"nearest"`. */
  readonly interpolation?: Interpolation;
}

/** The configuration of {@linkcode UpSampling1D}. */
export interface UpSampling1DConfig extends LayerConfig {
  /** How often each step is repeated. */
  readonly size: number;
}

/** The configuration of {@linkcode UpSampling3D}. */
export interface UpSamplingConfig extends SpatialConfig {
  /** The factor for each spatial axis. */
  readonly size: readonly number[];
}

/** The configuration of {@linkcode UpSampling2D}. */
export interface UpSampling2DConfig extends UpSamplingConfig {
  /** How the values between are found. */
  readonly interpolation: Interpolation;
}

/** The spatial axes become larger; batch and channels stay. */
export interface UpSamplingSignature<
  Named extends string,
  N extends SpatialRank,
  Size extends PerAxis,
  F extends DataFormat,
  D extends DType,
> extends Signature {
  /** The sentence where the rank is another. */
  readonly check: CheckRank<Named, InputRank<N>, this["input"]>;
  /** Each spatial axis as often as its size says. */
  readonly output: this["input"] extends Shape ? upSample<this["input"], Size, F> : Shape;
  /** Floats become the layer's dtype, all else stays. */
  readonly dtype: CastFloats<this["dtypes"], D>;
}

/** An up-sampling layer. */
export interface UpSamplingLayer<
  Default extends string = string,
  N extends SpatialRank = SpatialRank,
  Size extends PerAxis = PerAxis,
  F extends DataFormat = DataFormat,
  Name extends string = string,
  D extends DType = DType,
> extends Layer<UpSamplingSignature<NameOr<Name, Default>, N, Size, F, D>> {
  /** The factor for each spatial axis. */
  readonly size: readonly number[];
  /** How the values between are found. */
  readonly interpolation: Interpolation;
  /** Where the channels are. */
  readonly dataFormat: DataFormat;
  /** Makes the axes larger. */
  call(x: Tensor): Tensor;
}

/** The class of {@linkcode UpSampling1D}. */
export interface UpSampling1DClass {
  /**
   * Makes the layer.
   *
   * @throws {RangeError} If the size is no positive integer.
   */
  new <const Size extends number = 2, const Name extends string = string, const D extends DType = "float32">(
    options?: UpSampling1DOptions<Size, Name, D>,
  ): UpSamplingLayer<"up_sampling1d", 1, Size, "channels_last", Name, D>;
  /** What all such layers have. */
  readonly prototype: UpSamplingLayer<"up_sampling1d", 1>;
  /** Makes a layer from a configuration. */
  fromConfig(
    config: UpSampling1DConfig,
  ): UpSamplingLayer<"up_sampling1d", 1, number, "channels_last", string, "float32">;
}

/** The class of {@linkcode UpSampling2D}. */
export interface UpSampling2DClass {
  /**
   * Makes the layer.
   *
   * @throws {RangeError} If a size is no positive integer or there are too many or too few, or the interpolation or the data
   * format is none.
   */
  new <
    const Size extends Sizes<2> = 2,
    const F extends DataFormat = "channels_last",
    const Name extends string = string,
    const D extends DType = "float32",
  >(options?: UpSampling2DOptions<Size, F, Name, D>): UpSamplingLayer<"up_sampling2d", 2, Size, F, Name, D>;
  /** What all such layers have. */
  readonly prototype: UpSamplingLayer<"up_sampling2d", 2>;
  /** Makes a layer from a configuration. */
  fromConfig(
    config: UpSampling2DConfig,
  ): UpSamplingLayer<"up_sampling2d", 2, PerAxis, DataFormat, string, "float32">;
}

/** The class of {@linkcode UpSampling3D}. */
export interface UpSampling3DClass {
  /**
   * Makes the layer.
   *
   * @throws {RangeError} If a size is no positive integer or there are too many or too few, or the data format is none.
   */
  new <
    const Size extends Sizes<3> = 2,
    const F extends DataFormat = "channels_last",
    const Name extends string = string,
    const D extends DType = "float32",
  >(options?: UpSamplingOptions<Size, F, Name, D>): UpSamplingLayer<"up_sampling3d", 3, Size, F, Name, D>;
  /** What all such layers have. */
  readonly prototype: UpSamplingLayer<"up_sampling3d", 3>;
  /** Makes a layer from a configuration. */
  fromConfig(
    config: UpSamplingConfig,
  ): UpSamplingLayer<"up_sampling3d", 3, PerAxis, DataFormat, string, "float32">;
}

abstract class UpSampling extends SpatialLayer {
  readonly size: readonly number[];
  readonly interpolation: Interpolation;
  constructor(
    spatialRank: SpatialRank,
    options: UpSamplingOptions,
    interpolation: Interpolation = "nearest",
  ) {
    super(spatialRank, options);
    this.size = this.sizes(options.size ?? 2, "size");
    this.interpolation = interpolation;
    this.oneOf(["nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"], interpolation, "interpolation");
  }
  override call(x: Tensor): Tensor {
    return upSampleAxes(x, this.size, this.interpolation, this.dataFormat);
  }
  protected override resultShape(shape: Shape): Shape {
    return upSample(shape, this.size, this.dataFormat);
  }
  override getConfig(): UpSamplingConfig {
    return { ...super.getConfig(), size: this.size };
  }
}

/** A layer that {@linkcode UpSampling1D} makes. */
export type UpSampling1D<Size extends number = number, Name extends string = string, D extends DType = "float32"> =
  UpSamplingLayer<"up_sampling1d", 1, Size, "channels_last", Name, D>;

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
export const UpSampling1D: UpSampling1DClass = class UpSampling1D extends UpSampling {
  constructor(options: UpSampling1DOptions = {}) {
    super(1, options);
  }
  // Keras knows no data format here, and has one number.
  override getConfig(): never {
    const { dataFormat: _, size, ...config } = super.getConfig();
    return { ...config, size: size[0]! } as never;
  }
} as never;

/** A layer that {@linkcode UpSampling2D} makes. */
export type UpSampling2D<
  Size extends PerAxis = PerAxis,
  F extends DataFormat = DataFormat,
  Name extends string = string,
  D extends DType = "float32",
> = UpSamplingLayer<"up_sampling2d", 2, Size, F, Name, D>;

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
export const UpSampling2D: UpSampling2DClass = class UpSampling2D extends UpSampling {
  constructor(options: UpSampling2DOptions = {}) {
    checkLayerOptions(new.target, options);
    super(2, options, options.interpolation);
  }
  override getConfig(): UpSampling2DConfig {
    return { ...super.getConfig(), interpolation: this.interpolation };
  }
} as never;

/** A layer that {@linkcode UpSampling3D} makes. */
export type UpSampling3D<
  Size extends PerAxis = PerAxis,
  F extends DataFormat = DataFormat,
  Name extends string = string,
  D extends DType = "float32",
> = UpSamplingLayer<"up_sampling3d", 3, Size, F, Name, D>;

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
export const UpSampling3D: UpSampling3DClass = class UpSampling3D extends UpSampling {
  constructor(options: UpSamplingOptions = {}) {
    super(3, options);
  }
} as never;
