/**
 * Spatial axes with their ends cut off.
 *
 * @module
 */
import { crop as cropEnds } from "../../ops/convolution/cropping.ts";
import type { NoOptions, OptionOf, WordOf } from "../../ops/options.ts";
import { crop, type Ends } from "../../shape/crop.ts";
import type { Shape } from "../../shape/dim.ts";
import type { DataFormat, SpatialRank } from "../../shape/spatial.ts";
import type { AsShape } from "../../tensor/like.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { LayerName, OptionsFor, ResultDType } from "../base/option_types.ts";
import type { LayerConfig, LayerOptions } from "../base/options.ts";
import type { CastFloats, Signature } from "../base/signature.ts";
import { type CheckSpatial, type SpatialConfig, SpatialLayer, type SpatialOptions } from "../base/spatial.ts";
import type { eachEnds, EndsOf, EndsOption } from "../base/spatial_options.ts";

/** The options of {@linkcode Cropping1D}. */
export interface Cropping1DOptions extends LayerOptions {
  /** The numbers of values cut off at both ends, or at each. Default: 1. */
  readonly cropping?: EndsOf<1>;
}

/** The options of cropping layers over several axes. */
export interface CroppingOptions<N extends 2 | 3 = 2 | 3> extends SpatialOptions {
  /** The numbers of values cut off: at all ends, at both ends of each axis, or at each end. Default: 0 of two axes, 1 of three. */
  readonly cropping?: EndsOf<N>;
}

/** The configuration of {@linkcode Cropping1D}. */
export interface Cropping1DConfig extends LayerConfig {
  /** The numbers of values cut off at each end. */
  readonly cropping: Ends;
}

/** The configuration of cropping layers over several axes. */
export interface CroppingConfig extends SpatialConfig {
  /** The numbers of values cut off at each end of each axis. */
  readonly cropping: readonly Ends[];
}

/** @internal */
type Cropped<S extends Shape, N extends SpatialRank, Initial, O> = crop<
  S,
  eachEnds<N, OptionOf<O, "cropping", Initial>>,
  WordOf<O, "dataFormat", DataFormat, "channels_last">
>;

/** The spatial axes become shorter, by `Initial` where options do not say how much; batch and channels stay. */
export interface CroppingSignature<Default extends string, N extends SpatialRank, Initial, O> extends Signature {
  /** The sentence where the rank is another, or nothing would be left of an axis. */
  readonly check: this["input"] extends Shape
    ? CheckSpatial<LayerName<O, Default>, N, this["input"], Cropped<this["input"], N, Initial, O>>
    : CheckSpatial<LayerName<O, Default>, N, this["input"]>;
  /** The rest of each spatial axis. */
  readonly output: this["input"] extends Shape ? AsShape<Cropped<this["input"], N, Initial, O>> : Shape;
  /** Floats become the layer's dtype, all else stays. */
  readonly dtype: CastFloats<this["dtypes"], ResultDType<O>>;
}

/** Cropping of any number of spatial axes. */
export abstract class BaseCropping<S extends Signature = Signature> extends SpatialLayer<S> {
  /** The numbers of values cut off at each end of each axis. */
  readonly cropping: readonly Ends[];

  /** Makes the layer. */
  constructor(
    spatialRank: SpatialRank,
    initial: number,
    options?: SpatialOptions & { readonly cropping?: EndsOption },
  ) {
    super(spatialRank, options);
    this.cropping = this.ends(options?.cropping ?? initial, "cropping");
  }

  /** Cuts the ends off. */
  override call(x: Tensor): Tensor {
    return cropEnds(x, this.cropping, this.dataFormat);
  }

  /** The rest of each spatial axis. */
  protected override resultShape(shape: Shape): Shape {
    return crop(shape, this.cropping, this.dataFormat);
  }
}

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
export class Cropping1D<const O extends Cropping1DOptions = NoOptions>
  extends BaseCropping<CroppingSignature<"cropping1d", 1, 1, O>> {
  /**
   * Makes the layer.
   *
   * @throws {RangeError} If a number is negative or there are too many or too few.
   */
  constructor(options?: OptionsFor<O, Cropping1DOptions>) {
    super(1, 1, options);
  }
  /** The options from which an equal layer can be made: Keras knows no data format here, and has one pair. */
  override getConfig(): Cropping1DConfig {
    return { ...super.getConfig(), cropping: this.cropping[0]! };
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: Cropping1DConfig): Cropping1D<Cropping1DOptions> {
    return super.fromConfig(config) as Cropping1D<Cropping1DOptions>;
  }
}

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
export class Cropping2D<const O extends CroppingOptions<2> = NoOptions>
  extends BaseCropping<CroppingSignature<"cropping2d", 2, 0, O>> {
  /**
   * Makes the layer.
   *
   * @throws {RangeError} If a number is negative or there are too many or too few, or the data format is none.
   */
  constructor(options?: OptionsFor<O, CroppingOptions<2>>) {
    super(2, 0, options);
  }
  /** The options from which an equal layer can be made. */
  override getConfig(): CroppingConfig {
    return { ...super.getConfig(), dataFormat: this.dataFormat, cropping: this.cropping };
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: CroppingConfig): Cropping2D<CroppingOptions<2>> {
    return super.fromConfig(config) as Cropping2D<CroppingOptions<2>>;
  }
}

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
export class Cropping3D<const O extends CroppingOptions<3> = NoOptions>
  extends BaseCropping<CroppingSignature<"cropping3d", 3, 1, O>> {
  /**
   * Makes the layer.
   *
   * @throws {RangeError} If a number is negative or there are too many or too few, or the data format is none.
   */
  constructor(options?: OptionsFor<O, CroppingOptions<3>>) {
    super(3, 1, options);
  }
  /** The options from which an equal layer can be made. */
  override getConfig(): CroppingConfig {
    return { ...super.getConfig(), dataFormat: this.dataFormat, cropping: this.cropping };
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: CroppingConfig): Cropping3D<CroppingOptions<3>> {
    return super.fromConfig(config) as Cropping3D<CroppingOptions<3>>;
  }
}
