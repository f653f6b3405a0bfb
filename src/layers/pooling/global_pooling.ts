/**
 * All positions of a channel as one value.
 *
 * @module
 */
import { divide, multiply } from "../../ops/elementwise/arithmetic.ts";
import { cast } from "../../ops/elementwise/selection.ts";
import type { NoOptions, OptionOf, WordOf } from "../../ops/options.ts";
import { max, mean, sum } from "../../ops/reduction/reduction.ts";
import { expandDims } from "../../ops/shaping/shaping.ts";
import type { Shape } from "../../shape/dim.ts";
import type { globalPool } from "../../shape/pool.ts";
import { type DataFormat, spatialAxes, type SpatialRank } from "../../shape/spatial.ts";
import { toFloat } from "../../tensor/promote.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { CallOptions } from "../base/context.ts";
import type { LayerName, OptionsFor, ResultDType } from "../base/option_types.ts";
import type { CheckRank, Signature } from "../base/signature.ts";
import { type InputRank, type SpatialConfig, SpatialLayer, type SpatialOptions } from "../base/spatial.ts";
import type { PoolDType, PooledDType } from "./pooling.ts";

/** The options of global pooling layers. */
export interface GlobalPoolingOptions extends SpatialOptions {
  /** Whether the spatial axes stay, as 1. Default: `false`. */
  readonly keepDims?: boolean;
}

/** The configuration of global pooling layers. */
export interface GlobalPoolingConfig extends SpatialConfig {
  /** Whether the spatial axes stay, as 1. */
  readonly keepDims: boolean;
}

/** `[batch, ...spatial, channels]` becomes `[batch, channels]`. */
export interface GlobalPoolingSignature<Default extends string, N extends SpatialRank, Rule extends PoolDType, O>
  extends Signature {
  /** The sentence where the rank is another. */
  readonly check: CheckRank<LayerName<O, Default>, InputRank<N>, this["input"]>;
  /** The batch and the channels. */
  readonly output: this["input"] extends Shape ? globalPool<
      this["input"],
      OptionOf<O, "keepDims", false> & boolean,
      WordOf<O, "dataFormat", DataFormat, "channels_last">
    >
    : Shape;
  /** The dtype of the result. */
  readonly dtype: PooledDType<Rule, this["dtypes"], ResultDType<O>>;
}

/** Pooling of all positions over any number of spatial axes. */
export abstract class BaseGlobalPooling<S extends Signature = Signature> extends SpatialLayer<S> {
  /** Whether the spatial axes stay, as 1. */
  readonly keepDims: boolean;

  /** Makes the layer. */
  constructor(spatialRank: SpatialRank, options: GlobalPoolingOptions = {}) {
    super(spatialRank, options);
    this.keepDims = options.keepDims ?? false;
  }

  /** The axes that are pooled. */
  protected get axes(): readonly number[] {
    return spatialAxes(this.spatialRank + 2, this.dataFormat);
  }

  /** Every shape of the right rank fits. */
  protected override resultShape(shape: Shape): Shape {
    return shape;
  }

  /** The options from which an equal layer can be made. */
  override getConfig(): GlobalPoolingConfig {
    return { ...super.getConfig(), dataFormat: this.dataFormat, keepDims: this.keepDims };
  }
}

/** Takes the greatest value of all positions of `N` spatial axes. */
export abstract class GlobalMaxPooling<Default extends string, N extends SpatialRank, O>
  extends BaseGlobalPooling<GlobalPoolingSignature<Default, N, "kept", O>> {
  /** Pools. */
  override call(x: Tensor): Tensor {
    return max(x, { axis: this.axes, keepDims: this.keepDims });
  }
}

/** Takes the mean of all positions of `N` spatial axes. */
export abstract class GlobalAveragePooling<Default extends string, N extends SpatialRank, O>
  extends BaseGlobalPooling<GlobalPoolingSignature<Default, N, "float", O>> {
  /** Pools. */
  override call(x: Tensor, _options?: CallOptions): Tensor {
    return mean(x, { axis: this.axes, keepDims: this.keepDims });
  }
}

/**
 * Takes the greatest value of the steps of each channel: `[batch, steps, channels]` becomes `[batch, channels]`, or the same rank with ones.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { GlobalMaxPooling1D } from "@strata/nn";
 *
 * assertEquals(new GlobalMaxPooling1D()([[[1], [5], [3]]]).array(), [[5]]);
 * assertEquals(new GlobalMaxPooling1D({ keepDims: true })([[[1], [5], [3]]]).array(), [[[5]]]);
 * ```
 */
export class GlobalMaxPooling1D<const O extends GlobalPoolingOptions = NoOptions>
  extends GlobalMaxPooling<"global_max_pooling1d", 1, O> {
  /**
   * Makes the layer.
   *
   * @throws {RangeError} If the data format is none.
   */
  constructor(options?: OptionsFor<O, GlobalPoolingOptions>) {
    super(1, options);
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: GlobalPoolingConfig): GlobalMaxPooling1D<GlobalPoolingOptions> {
    return super.fromConfig(config) as GlobalMaxPooling1D<GlobalPoolingOptions>;
  }
}

/**
 * Takes the greatest value of all positions of each channel: `[batch, height, width, channels]` becomes `[batch, channels]`, or the same rank with ones.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { GlobalMaxPooling2D, zeros } from "@strata/nn";
 *
 * assertEquals(new GlobalMaxPooling2D()([[[[1], [2]], [[3], [6]]]]).array(), [[6]]);
 * assertEquals(new GlobalMaxPooling2D({ keepDims: true })(zeros([8, 7, 7, 512])).shape, [8, 1, 1, 512]);
 * ```
 */
export class GlobalMaxPooling2D<const O extends GlobalPoolingOptions = NoOptions>
  extends GlobalMaxPooling<"global_max_pooling2d", 2, O> {
  /**
   * Makes the layer.
   *
   * @throws {RangeError} If the data format is none.
   */
  constructor(options?: OptionsFor<O, GlobalPoolingOptions>) {
    super(2, options);
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: GlobalPoolingConfig): GlobalMaxPooling2D<GlobalPoolingOptions> {
    return super.fromConfig(config) as GlobalMaxPooling2D<GlobalPoolingOptions>;
  }
}

/**
 * Takes the greatest value of all positions of each channel: `[batch, depth, height, width, channels]` becomes `[batch, channels]`, or the same rank with ones.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { GlobalMaxPooling3D, zeros } from "@strata/nn";
 *
 * assertEquals(new GlobalMaxPooling3D()(zeros([8, 4, 7, 7, 512])).shape, [8, 512]);
 * ```
 */
export class GlobalMaxPooling3D<const O extends GlobalPoolingOptions = NoOptions>
  extends GlobalMaxPooling<"global_max_pooling3d", 3, O> {
  /**
   * Makes the layer.
   *
   * @throws {RangeError} If the data format is none.
   */
  constructor(options?: OptionsFor<O, GlobalPoolingOptions>) {
    super(3, options);
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: GlobalPoolingConfig): GlobalMaxPooling3D<GlobalPoolingOptions> {
    return super.fromConfig(config) as GlobalMaxPooling3D<GlobalPoolingOptions>;
  }
}

/**
 * Takes the mean of the steps of each channel: `[batch, steps, channels]` becomes `[batch, channels]`, or the same rank with ones.
 * With a mask `[batch, steps]` as a call option, only the steps where it is true count.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { GlobalAveragePooling1D } from "@strata/nn";
 *
 * assertEquals(new GlobalAveragePooling1D()([[[1], [5], [3]]]).array(), [[3]]);
 * assertEquals(new GlobalAveragePooling1D({ keepDims: true })([[[1], [5], [3]]]).array(), [[[3]]]);
 * ```
 */
export class GlobalAveragePooling1D<const O extends GlobalPoolingOptions = NoOptions>
  extends GlobalAveragePooling<"global_average_pooling1d", 1, O> {
  /**
   * Makes the layer.
   *
   * @throws {RangeError} If the data format is none.
   */
  constructor(options?: OptionsFor<O, GlobalPoolingOptions>) {
    super(1, options);
  }
  /** No mask: steps are gone, and so is what says which of them count. */
  override computeMask(): null {
    return null;
  }
  /** Pools. With a mask: the mean of the steps that count. Where none does it is NaN, as 0 divided by 0 is. */
  override call(x: Tensor, options?: CallOptions): Tensor {
    const mask = options?.mask;
    if (mask == null) return super.call(x);
    const { axes, keepDims } = this;
    const weights = expandDims(cast(mask, toFloat(x.dtype)), this.dataFormat === "channels_last" ? 2 : 1);
    const counted: Tensor = sum(multiply(x, weights) as Tensor, { axis: axes, keepDims });
    return divide(counted, sum(weights, { axis: axes, keepDims }) as Tensor);
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: GlobalPoolingConfig): GlobalAveragePooling1D<GlobalPoolingOptions> {
    return super.fromConfig(config) as GlobalAveragePooling1D<GlobalPoolingOptions>;
  }
}

/**
 * Takes the mean of all positions of each channel: `[batch, height, width, channels]` becomes `[batch, channels]`, or the same rank with ones.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { GlobalAveragePooling2D, zeros } from "@strata/nn";
 *
 * assertEquals(new GlobalAveragePooling2D()([[[[1], [2]], [[3], [6]]]]).array(), [[3]]);
 * assertEquals(new GlobalAveragePooling2D({ keepDims: true })(zeros([8, 7, 7, 512])).shape, [8, 1, 1, 512]);
 * ```
 */
export class GlobalAveragePooling2D<const O extends GlobalPoolingOptions = NoOptions>
  extends GlobalAveragePooling<"global_average_pooling2d", 2, O> {
  /**
   * Makes the layer.
   *
   * @throws {RangeError} If the data format is none.
   */
  constructor(options?: OptionsFor<O, GlobalPoolingOptions>) {
    super(2, options);
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: GlobalPoolingConfig): GlobalAveragePooling2D<GlobalPoolingOptions> {
    return super.fromConfig(config) as GlobalAveragePooling2D<GlobalPoolingOptions>;
  }
}

/**
 * Takes the mean of all positions of each channel: `[batch, depth, height, width, channels]` becomes `[batch, channels]`, or the same rank with ones.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { GlobalAveragePooling3D, zeros } from "@strata/nn";
 *
 * assertEquals(new GlobalAveragePooling3D()(zeros([8, 4, 7, 7, 512])).shape, [8, 512]);
 * ```
 */
export class GlobalAveragePooling3D<const O extends GlobalPoolingOptions = NoOptions>
  extends GlobalAveragePooling<"global_average_pooling3d", 3, O> {
  /**
   * Makes the layer.
   *
   * @throws {RangeError} If the data format is none.
   */
  constructor(options?: OptionsFor<O, GlobalPoolingOptions>) {
    super(3, options);
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: GlobalPoolingConfig): GlobalAveragePooling3D<GlobalPoolingOptions> {
    return super.fromConfig(config) as GlobalAveragePooling3D<GlobalPoolingOptions>;
  }
}
