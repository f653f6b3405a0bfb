/**
 * A border of zeros around the spatial axes.
 *
 * @module
 */
import { pad } from "../../ops/shaping/repetition.ts";
import { border, type Ends } from "../../shape/crop.ts";
import type { Shape } from "../../shape/dim.ts";
import type { PadWidth } from "../../shape/pad.ts";
import { type DataFormat, spatialAxes } from "../../shape/spatial.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Layer } from "../base/layer.ts";
import type { CastFloats, CheckRank, NameOr, Signature } from "../base/signature.ts";
import {
  type eachEnds,
  type EndsOf,
  type EndsOption,
  type InputRank,
  type SpatialConfig,
  SpatialLayer,
  type SpatialOptions,
  type SpatialRank,
} from "../base/spatial.ts";

/** The options of zero padding layers. */
export interface ZeroPaddingOptions<
  P = EndsOption,
  F extends DataFormat = DataFormat,
  Name extends string = string,
  D extends DType = DType,
> extends SpatialOptions<F, Name, D> {
  /** How many zeros are added: at all ends, at both ends of each axis, or at each end. Default: 1. */
  readonly padding?: P;
}

/** The configuration of zero padding layers. */
export interface ZeroPaddingConfig extends SpatialConfig {
  /** How many zeros are added at each end: a pair, or one for each axis where there are several. */
  readonly padding: Ends | readonly Ends[];
}

/** The spatial axes become longer; batch and channels stay. */
export interface ZeroPaddingSignature<
  Named extends string,
  N extends SpatialRank,
  P,
  F extends DataFormat,
  D extends DType,
> extends Signature {
  /** The sentence where the rank is another. */
  readonly check: CheckRank<Named, InputRank<N>, this["input"]>;
  /** Each spatial axis with its border. */
  readonly output: this["input"] extends Shape ? border<this["input"], eachEnds<N, P>, F> : Shape;
  /** Floats become the layer's dtype, all else stays. */
  readonly dtype: CastFloats<this["dtypes"], D>;
}

/** A zero padding layer. */
export interface ZeroPaddingLayer<
  Default extends string = string,
  N extends SpatialRank = SpatialRank,
  P = EndsOption,
  F extends DataFormat = DataFormat,
  Name extends string = string,
  D extends DType = DType,
> extends Layer<ZeroPaddingSignature<NameOr<Name, Default>, N, P, F, D>> {
  /** How many zeros are added at each end of each axis. */
  readonly padding: readonly Ends[];
  /** Where the channels are. */
  readonly dataFormat: DataFormat;
  /** Adds the border. */
  call(x: Tensor): Tensor;
  /** The options from which an equal layer can be made. */
  getConfig(): ZeroPaddingConfig;
}

/**
 * The class of a zero padding layer.
 *
 * @typeParam Option What its padding may be.
 * @typeParam Initial The padding where none is given.
 */
export interface ZeroPaddingClass<Default extends string, N extends SpatialRank, Option, Initial extends Option> {
  /**
   * Makes the layer.
   *
   * @throws {RangeError} If a number is negative or there are too many or too few, or the data format is none.
   */
  new <
    const P extends Option = Initial,
    const F extends DataFormat = "channels_last",
    const Name extends string = string,
    const D extends DType = "float32",
  >(options?: ZeroPaddingOptions<P, F, Name, D>): ZeroPaddingLayer<Default, N, P, F, Name, D>;
  /** What all such layers have. */
  readonly prototype: ZeroPaddingLayer<Default, N>;
  /** Makes a layer from a configuration. */
  fromConfig(config: ZeroPaddingConfig): ZeroPaddingLayer<Default, N, EndsOption, DataFormat, string, "float32">;
}

abstract class ZeroPadding extends SpatialLayer {
  readonly padding: readonly Ends[];
  constructor(spatialRank: SpatialRank, options: ZeroPaddingOptions = {}) {
    super(spatialRank, options);
    this.padding = this.ends(options.padding ?? 1, "padding");
  }
  override call(x: Tensor): Tensor {
    const rank = this.spatialRank + 2;
    const axes = spatialAxes(rank, this.dataFormat);
    const widths = Array.from({ length: rank }, (_, axis): PadWidth => this.padding[axes.indexOf(axis)] ?? [0, 0]);
    return pad<Tensor, readonly PadWidth[]>(x, widths);
  }
  protected override resultShape(shape: Shape): Shape {
    return border(shape, this.padding, this.dataFormat);
  }
  override getConfig(): ZeroPaddingConfig {
    const [first, ...others] = this.padding;
    return { ...super.getConfig(), padding: others.length === 0 ? first! : this.padding };
  }
}

/** A layer that {@linkcode ZeroPadding1D} makes. */
export type ZeroPadding1D<
  P = EndsOption,
  F extends DataFormat = DataFormat,
  Name extends string = string,
  D extends DType = "float32",
> = ZeroPaddingLayer<"zero_padding1d", 1, P, F, Name, D>;

/**
 * Adds zeros around the spatial axes: `[batch, steps, features]` becomes `[batch, more, features]`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ZeroPadding1D } from "@strata/nn";
 *
 * assertEquals(new ZeroPadding1D({ padding: [0, 2] })([[[1], [2]]]).array(), [[[1], [2], [0], [0]]]);
 * ```
 */
export const ZeroPadding1D: ZeroPaddingClass<"zero_padding1d", 1, EndsOf<1>, 1> = class ZeroPadding1D
  extends ZeroPadding {
  constructor(options?: ZeroPaddingOptions) {
    super(1, options);
  }
} as never;

/** A layer that {@linkcode ZeroPadding2D} makes. */
export type ZeroPadding2D<
  P = EndsOption,
  F extends DataFormat = DataFormat,
  Name extends string = string,
  D extends DType = "float32",
> = ZeroPaddingLayer<"zero_padding2d", 2, P, F, Name, D>;

/**
 * Adds zeros around the spatial axes: `[batch, height, width, channels]` becomes higher and wider.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ZeroPadding2D, zeros } from "@strata/nn";
 *
 * assertEquals(new ZeroPadding2D()([[[[1]]]]).array(), [[[[0], [0], [0]], [[0], [1], [0]], [[0], [0], [0]]]]);
 * assertEquals(new ZeroPadding2D({ padding: [[3, 2], [0, 1]] })(zeros([8, 28, 28, 3])).shape, [8, 33, 29, 3]);
 * ```
 */
export const ZeroPadding2D: ZeroPaddingClass<"zero_padding2d", 2, EndsOf<2>, 1> = class ZeroPadding2D
  extends ZeroPadding {
  constructor(options?: ZeroPaddingOptions) {
    super(2, options);
  }
} as never;

/** A layer that {@linkcode ZeroPadding3D} makes. */
export type ZeroPadding3D<
  P = EndsOption,
  F extends DataFormat = DataFormat,
  Name extends string = string,
  D extends DType = "float32",
> = ZeroPaddingLayer<"zero_padding3d", 3, P, F, Name, D>;

/**
 * Adds zeros around the spatial axes: `[batch, depth, height, width, channels]` becomes larger on all but the first and the last axis.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ZeroPadding3D, zeros } from "@strata/nn";
 *
 * assertEquals(new ZeroPadding3D({ padding: [0, 1, 2] })(zeros([8, 4, 28, 28, 3])).shape, [8, 4, 30, 32, 3]);
 * ```
 */
export const ZeroPadding3D: ZeroPaddingClass<"zero_padding3d", 3, EndsOf<3>, 1> = class ZeroPadding3D
  extends ZeroPadding {
  constructor(options?: ZeroPaddingOptions) {
    super(3, options);
  }
} as never;
