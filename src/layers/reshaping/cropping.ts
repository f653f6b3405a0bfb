/**
 * Spatial axes with their ends cut off.
 *
 * @module
 */
import { crop as cropEnds } from "../../ops/convolution/cropping.ts";
import { crop, type Ends } from "../../shape/crop.ts";
import type { Shape } from "../../shape/dim.ts";
import type { DataFormat } from "../../shape/spatial.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { AsShape } from "../../tensor/like.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { checkLayerOptions } from "../base/known_options.ts";
import type { Layer } from "../base/layer.ts";
import type { LayerConfig, LayerOptions } from "../base/options.ts";
import type { CastFloats, NameOr, Signature } from "../base/signature.ts";
import {
  type CheckSpatial,
  type eachEnds,
  type EndsOf,
  type EndsOption,
  SpatialLayer,
  type SpatialOptions,
  type SpatialRank,
} from "../base/spatial.ts";

/** The options of {@linkcode Cropping1D}. */
export interface Cropping1DOptions<C = EndsOption, Name extends string = string, D extends DType = DType>
  extends LayerOptions<Name, D> {
  /** How much is cut off at both ends, or at each. Default: 1. */
  readonly cropping?: C;
}

/** The options of cropping layers over several axes. */
export interface CroppingOptions<
  C = EndsOption,
  F extends DataFormat = DataFormat,
  Name extends string = string,
  D extends DType = DType,
> extends SpatialOptions<F, Name, D> {
  /** How much is cut off: at all ends, at both ends of each axis, or at each end. Default: 0 of two axes, 1 of three. */
  readonly cropping?: C;
}

/** The configuration of {@linkcode Cropping1D}. */
export interface Cropping1DConfig extends LayerConfig {
  /** How much is cut off at each end. */
  readonly cropping: Ends;
}

/** The configuration of cropping layers over several axes. */
export interface CroppingConfig extends LayerConfig {
  /** How much is cut off at each end of each axis. */
  readonly cropping: readonly Ends[];
  /** Where the channels are. */
  readonly dataFormat: DataFormat;
}

/** The spatial axes become shorter; batch and channels stay. */
export interface CroppingSignature<
  Named extends string,
  N extends SpatialRank,
  C,
  F extends DataFormat,
  D extends DType,
> extends Signature {
  /** The sentence where the rank is another, or nothing would be left of an axis. */
  readonly check: this["input"] extends Shape
    ? CheckSpatial<Named, N, this["input"], crop<this["input"], eachEnds<N, C>, F>>
    : CheckSpatial<Named, N, this["input"]>;
  /** What is left of each spatial axis. */
  readonly output: this["input"] extends Shape ? AsShape<crop<this["input"], eachEnds<N, C>, F>>
    : Shape;
  /** Floats become the layer's dtype, all else stays. */
  readonly dtype: CastFloats<this["dtypes"], D>;
}

/** A cropping layer. */
export interface CroppingLayer<
  Default extends string = string,
  N extends SpatialRank = SpatialRank,
  C = EndsOption,
  F extends DataFormat = DataFormat,
  Name extends string = string,
  D extends DType = DType,
> extends Layer<CroppingSignature<NameOr<Name, Default>, N, C, F, D>> {
  /** How much is cut off at each end of each axis. */
  readonly cropping: readonly Ends[];
  /** Where the channels are. */
  readonly dataFormat: DataFormat;
  /** Cuts the ends off. */
  call(x: Tensor): Tensor;
}

/**
 * The class of a cropping layer over several axes.
 *
 * @typeParam Option What its cropping may be.
 * @typeParam Initial The cropping where none is given.
 */
export interface CroppingClass<Default extends string, N extends 2 | 3, Option, Initial extends Option> {
  /**
   * Makes the layer.
   *
   * @throws {RangeError} If a number is negative or there are too many or too few, or the data format is none.
   */
  new <
    const C extends Option = Initial,
    const F extends DataFormat = "channels_last",
    const Name extends string = string,
    const D extends DType = "float32",
  >(options?: CroppingOptions<C, F, Name, D>): CroppingLayer<Default, N, C, F, Name, D>;
  /** What all such layers have. */
  readonly prototype: CroppingLayer<Default, N>;
  /** Makes a layer from a configuration. */
  fromConfig(config: CroppingConfig): CroppingLayer<Default, N, EndsOption, DataFormat, string, "float32">;
}

/** The class of {@linkcode Cropping1D}. */
export interface Cropping1DClass {
  /**
   * Makes the layer.
   *
   * @throws {RangeError} If a number is negative or there are too many or too few.
   */
  new <const C extends EndsOf<1> = 1, const Name extends string = string, const D extends DType = "float32">(
    options?: Cropping1DOptions<C, Name, D>,
  ): CroppingLayer<"cropping1d", 1, C, "channels_last", Name, D>;
  /** What all such layers have. */
  readonly prototype: CroppingLayer<"cropping1d", 1>;
  /** Makes a layer from a configuration. */
  fromConfig(
    config: Cropping1DConfig,
  ): CroppingLayer<"cropping1d", 1, EndsOption, "channels_last", string, "float32">;
}

abstract class Cropping extends SpatialLayer {
  readonly cropping: readonly Ends[];
  constructor(spatialRank: SpatialRank, cropping: EndsOption, options: SpatialOptions = {}) {
    super(spatialRank, options);
    this.cropping = this.ends(cropping, "cropping");
  }
  override call(x: Tensor): Tensor {
    return cropEnds(x, this.cropping, this.dataFormat);
  }
  protected override resultShape(shape: Shape): Shape {
    return crop(shape, this.cropping, this.dataFormat);
  }
  override getConfig(): CroppingConfig {
    return { ...super.getConfig(), cropping: this.cropping };
  }
}

/** A layer that {@linkcode Cropping1D} makes. */
export type Cropping1D<C = EndsOption, Name extends string = string, D extends DType = "float32"> = CroppingLayer<
  "cropping1d",
  1,
  C,
  "channels_last",
  Name,
  D
>;

/**
 * Cuts steps off at both ends: `[batch, steps, features]` becomes `[batch, fewer, features]`.
 *
 * @throws {ShapeError} When called with no more steps than are cut off.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Cropping1D } from "@strata/nn";
 *
 * assertEquals(new Cropping1D()([[[1], [2], [3], [4]]]).array(), [[[2], [3]]]);
 * assertEquals(new Cropping1D({ cropping: [0, 3] })([[[1], [2], [3], [4]]]).array(), [[[1]]]);
 * ```
 */
export const Cropping1D: Cropping1DClass = class Cropping1D extends Cropping {
  constructor(options: Cropping1DOptions = {}) {
    checkLayerOptions(new.target, options);
    super(1, options.cropping ?? 1, options);
  }
  // Keras knows no data format here, and has one pair.
  override getConfig(): never {
    const { dataFormat: _, cropping, ...config } = super.getConfig();
    return { ...config, cropping: cropping[0]! } as never;
  }
} as never;

/** A layer that {@linkcode Cropping2D} makes. */
export type Cropping2D<
  C = EndsOption,
  F extends DataFormat = DataFormat,
  Name extends string = string,
  D extends DType = "float32",
> = CroppingLayer<"cropping2d", 2, C, F, Name, D>;

/**
 * Cuts the ends of the spatial axes off: of `[batch, height, width, channels]`, all but the batch and the channels become less.
 *
 * @throws {ShapeError} When called with an axis of no more values than are cut off.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Cropping2D, zeros } from "@strata/nn";
 *
 * assertEquals(new Cropping2D({ cropping: [1, 0] })(zeros([8, 28, 28, 3])).shape, [8, 26, 28, 3]);
 * assertEquals(new Cropping2D({ cropping: [[0, 1], [2, 0]] })(zeros([8, 28, 28, 3])).shape, [8, 27, 26, 3]);
 * ```
 */
export const Cropping2D: CroppingClass<"cropping2d", 2, EndsOf<2>, 0> = class Cropping2D extends Cropping {
  constructor(options: CroppingOptions = {}) {
    checkLayerOptions(new.target, options);
    super(2, options.cropping ?? 0, options);
  }
} as never;

/** A layer that {@linkcode Cropping3D} makes. */
export type Cropping3D<
  C = EndsOption,
  F extends DataFormat = DataFormat,
  Name extends string = string,
  D extends DType = "float32",
> = CroppingLayer<"cropping3d", 3, C, F, Name, D>;

/**
 * Cuts the ends of the spatial axes off: of `[batch, depth, height, width, channels]`, all but the batch and the channels become less.
 *
 * @throws {ShapeError} When called with an axis of no more values than are cut off.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Cropping3D, zeros } from "@strata/nn";
 *
 * assertEquals(new Cropping3D()(zeros([8, 4, 28, 28, 3])).shape, [8, 2, 26, 26, 3]);
 * ```
 */
export const Cropping3D: CroppingClass<"cropping3d", 3, EndsOf<3>, 1> = class Cropping3D extends Cropping {
  constructor(options: CroppingOptions = {}) {
    checkLayerOptions(new.target, options);
    super(3, options.cropping ?? 1, options);
  }
} as never;
