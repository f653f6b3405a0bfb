/**
 * A border of zeros around the spatial axes.
 *
 * @module
 */
import type { NoOptions, OptionOf, WordOf } from "../../ops/options.ts";
import { pad } from "../../ops/shaping/repetition.ts";
import { border, type Ends } from "../../shape/crop.ts";
import type { Shape } from "../../shape/dim.ts";
import type { PadWidth } from "../../shape/pad.ts";
import { type DataFormat, spatialAxes, type SpatialRank } from "../../shape/spatial.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { LayerName, OptionsFor, ResultDType } from "../base/option_types.ts";
import type { CastFloats, CheckRank, Signature } from "../base/signature.ts";
import { type InputRank, type SpatialConfig, SpatialLayer, type SpatialOptions } from "../base/spatial.ts";
import type { eachEnds, EndsOf, EndsOption } from "../base/spatial_options.ts";

/** The options of zero padding layers over `N` axes. */
export interface ZeroPaddingOptions<N extends SpatialRank = SpatialRank> extends SpatialOptions {
  /** The number of zeros that are added: at all ends, at both ends of each axis, or at each end. Default: 1. */
  readonly padding?: EndsOf<N>;
}

/** The configuration of zero padding layers. */
export interface ZeroPaddingConfig extends SpatialConfig {
  /** The numbers of zeros added at each end: a pair, or one for each axis where several. */
  readonly padding: Ends | readonly Ends[];
}

/** The spatial axes become longer; batch and channels stay. */
export interface ZeroPaddingSignature<Default extends string, N extends SpatialRank, O> extends Signature {
  /** The sentence where the rank is another. */
  readonly check: CheckRank<LayerName<O, Default>, InputRank<N>, this["input"]>;
  /** Each spatial axis with its border. */
  readonly output: this["input"] extends Shape ? border<
      this["input"],
      eachEnds<N, OptionOf<O, "padding", 1>>,
      WordOf<O, "dataFormat", DataFormat, "channels_last">
    >
    : Shape;
  /** Floats become the layer's dtype, all else stays. */
  readonly dtype: CastFloats<this["dtypes"], ResultDType<O>>;
}

/** Zeros around `N` spatial axes; `Default` is the name of its layers. */
export abstract class ZeroPadding<Default extends string, N extends SpatialRank, O>
  extends SpatialLayer<ZeroPaddingSignature<Default, N, O>> {
  /** The number of zeros that are added at each end of each axis. */
  readonly padding: readonly Ends[];

  /** Makes the layer. */
  constructor(spatialRank: N, options: SpatialOptions & { readonly padding?: EndsOption } = {}) {
    super(spatialRank, options);
    this.padding = this.ends(options.padding ?? 1, "padding");
  }

  /** Adds the border. */
  override call(x: Tensor): Tensor {
    const rank = this.spatialRank + 2;
    const axes = spatialAxes(rank, this.dataFormat);
    const widths = Array.from({ length: rank }, (_, axis): PadWidth => this.padding[axes.indexOf(axis)] ?? [0, 0]);
    return pad<Tensor, readonly PadWidth[]>(x, widths);
  }

  /** Each spatial axis with its border. */
  protected override resultShape(shape: Shape): Shape {
    return border(shape, this.padding, this.dataFormat);
  }

  /** The options from which an equal layer can be made. */
  override getConfig(): ZeroPaddingConfig {
    const [first, ...others] = this.padding;
    return { ...super.getConfig(), dataFormat: this.dataFormat, padding: others.length === 0 ? first! : this.padding };
  }
}

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
export class ZeroPadding1D<const O extends ZeroPaddingOptions<1> = NoOptions>
  extends ZeroPadding<"zero_padding1d", 1, O> {
  /**
   * Makes the layer.
   *
   * @throws {RangeError} If a number is negative or there are too many or too few, or the data format is none.
   */
  constructor(options?: OptionsFor<O, ZeroPaddingOptions<1>>) {
    super(1, options);
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: ZeroPaddingConfig): ZeroPadding1D<ZeroPaddingOptions<1>> {
    return super.fromConfig(config) as ZeroPadding1D<ZeroPaddingOptions<1>>;
  }
}

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
export class ZeroPadding2D<const O extends ZeroPaddingOptions<2> = NoOptions>
  extends ZeroPadding<"zero_padding2d", 2, O> {
  /**
   * Makes the layer.
   *
   * @throws {RangeError} If a number is negative or there are too many or too few, or the data format is none.
   */
  constructor(options?: OptionsFor<O, ZeroPaddingOptions<2>>) {
    super(2, options);
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: ZeroPaddingConfig): ZeroPadding2D<ZeroPaddingOptions<2>> {
    return super.fromConfig(config) as ZeroPadding2D<ZeroPaddingOptions<2>>;
  }
}

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
export class ZeroPadding3D<const O extends ZeroPaddingOptions<3> = NoOptions>
  extends ZeroPadding<"zero_padding3d", 3, O> {
  /**
   * Makes the layer.
   *
   * @throws {RangeError} If a number is negative or there are too many or too few, or the data format is none.
   */
  constructor(options?: OptionsFor<O, ZeroPaddingOptions<3>>) {
    super(3, options);
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: ZeroPaddingConfig): ZeroPadding3D<ZeroPaddingOptions<3>> {
    return super.fromConfig(config) as ZeroPadding3D<ZeroPaddingOptions<3>>;
  }
}
