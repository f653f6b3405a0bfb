/**
 * What pooling layers are.
 *
 * @module
 */
import type { averagePool, maxPool, stridesOr } from "../../ops/convolution/pooling.ts";
import type { Shape } from "../../shape/dim.ts";
import { pool, type PoolPadding } from "../../shape/pool.ts";
import { anyCase, type DataFormat, type PerAxis } from "../../shape/spatial.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { AsShape } from "../../tensor/like.ts";
import type { FloatDType } from "../../tensor/promote.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Layer } from "../base/layer.ts";
import type { CastFloats, NameOr, Signature } from "../base/signature.ts";
import {
  type CheckSpatial,
  type SpatialConfig,
  SpatialLayer,
  type SpatialOptions,
  type SpatialRank,
} from "../base/spatial.ts";

/** The options of pooling layers whose size is given beside them. */
export interface PoolingOptions<
  S extends PerAxis | null = PerAxis | null,
  P extends PoolPadding = PoolPadding,
  F extends DataFormat = DataFormat,
  Name extends string = string,
  D extends DType = DType,
> extends SpatialOptions<F, Name, D> {
  /** The distance between windows: one for all spatial axes, or one for each. Default: the size of the windows. */
  readonly strides?: S;
  /**
   * `"valid"` for windows inside only; `"same"` for one at every stride, with a border that does not count where windows
   * reach beyond the ends. Default: `"valid"`.
   */
  readonly padding?: P;
}

/** The options of pooling layers with their size among them. */
export interface SizedPoolingOptions<
  K extends PerAxis = PerAxis,
  S extends PerAxis | null = PerAxis | null,
  P extends PoolPadding = PoolPadding,
  F extends DataFormat = DataFormat,
  Name extends string = string,
  D extends DType = DType,
> extends PoolingOptions<S, P, F, Name, D> {
  /** The size of a window: one number for all spatial axes, or one for each. Default: 2. */
  readonly poolSize?: K;
}

/** The configuration of pooling layers. */
export interface PoolingConfig extends SpatialConfig {
  /** The size of a window along each spatial axis. */
  readonly poolSize: readonly number[];
  /** The distance between windows along each spatial axis. */
  readonly strides: readonly number[];
  /** Whether windows stay inside. */
  readonly padding: PoolPadding;
}

/** Which dtype a pool gives: that of the input, or a float. */
export type PoolDType = "kept" | "float";

/**
 * The dtype that a pool of a layer of dtype `D` gives.
 *
 * @internal
 */
export type PooledDType<Rule extends PoolDType, In, D extends DType> = Rule extends "kept" ? CastFloats<In, D>
  : In extends FloatDType ? D
  : "float32";

/** `[batch, ...spatial, channels]` becomes `[batch, ...windows, channels]`. */
export interface PoolingSignature<
  Named extends string,
  N extends SpatialRank,
  Rule extends PoolDType,
  K extends PerAxis,
  S extends PerAxis,
  P extends PoolPadding,
  F extends DataFormat,
  D extends DType,
> extends Signature {
  /** The sentence where the rank is another, or no window fits in. */
  readonly check: this["input"] extends Shape ? CheckSpatial<Named, N, this["input"], pool<this["input"], K, S, P, F>>
    : CheckSpatial<Named, N, this["input"]>;
  /** The number of windows along each spatial axis; batch and channels stay. */
  readonly output: this["input"] extends Shape ? AsShape<pool<this["input"], K, S, P, F>> : Shape;
  /** The dtype of the result. */
  readonly dtype: PooledDType<Rule, this["dtypes"], D>;
}

/** A pooling layer. */
export interface PoolingLayer<
  Default extends string = string,
  N extends SpatialRank = SpatialRank,
  Rule extends PoolDType = PoolDType,
  K extends PerAxis = PerAxis,
  S extends PerAxis | null = PerAxis | null,
  P extends PoolPadding = PoolPadding,
  F extends DataFormat = DataFormat,
  Name extends string = string,
  D extends DType = DType,
> extends Layer<PoolingSignature<NameOr<Name, Default>, N, Rule, K, stridesOr<S, K>, P, F, D>> {
  /** The size of a window along each spatial axis. */
  readonly poolSize: readonly number[];
  /** The distance between windows along each spatial axis. */
  readonly strides: readonly number[];
  /** Whether windows stay inside. */
  readonly padding: PoolPadding;
  /** Where the channels are. */
  readonly dataFormat: DataFormat;
  /** Pools. */
  call(x: Tensor): Tensor;
  /** The options from which an equal layer can be made. */
  getConfig(): PoolingConfig;
}

/**
 * The class of a layer for the greatest value of each window.
 *
 * @typeParam Size What sizes may be.
 * @typeParam Initial The size where none is given.
 */
export interface MaxPoolingClass<
  Default extends string,
  N extends SpatialRank,
  Size extends PerAxis,
  Initial extends Size,
> {
  /**
   * Makes the layer.
   *
   * @throws {RangeError} If a size or a stride is no positive integer or there are too many or too few, or the padding or
   * the data format is none.
   */
  new <
    const K extends Size = Initial,
    const S extends Size | null = null,
    const P extends PoolPadding = "valid",
    const F extends DataFormat = "channels_last",
    const Name extends string = string,
    const D extends DType = "float32",
  >(options?: SizedPoolingOptions<K, S, P, F, Name, D>): PoolingLayer<Default, N, "kept", K, S, P, F, Name, D>;
  /** What all such layers have. */
  readonly prototype: PoolingLayer<Default, N, "kept">;
  /** Makes a layer from a configuration. */
  fromConfig(
    config: PoolingConfig,
  ): PoolingLayer<Default, N, "kept", PerAxis, PerAxis | null, PoolPadding, DataFormat, string, "float32">;
}

/**
 * The class of a layer for the mean of each window.
 *
 * @typeParam Size What sizes may be.
 */
export interface AveragePoolingClass<Default extends string, N extends SpatialRank, Size extends PerAxis> {
  /**
   * Makes the layer.
   *
   * @param poolSize The size of a window: one number for all spatial axes, or one for each.
   * @throws {RangeError} If a size or a stride is no positive integer or there are too many or too few, or the padding or
   * the data format is none.
   */
  new <
    const K extends Size,
    const S extends Size | null = null,
    const P extends PoolPadding = "valid",
    const F extends DataFormat = "channels_last",
    const Name extends string = string,
    const D extends DType = "float32",
  >(
    poolSize: K,
    options?: PoolingOptions<S, P, F, Name, D>,
  ): PoolingLayer<Default, N, "float", K, S, P, F, Name, D>;
  /** Makes the layer, with the size among the options, where a configuration has it. */
  new <
    const K extends Size,
    const S extends Size | null = null,
    const P extends PoolPadding = "valid",
    const F extends DataFormat = "channels_last",
    const Name extends string = string,
    const D extends DType = "float32",
  >(
    options: SizedPoolingOptions<K, S, P, F, Name, D> & { readonly poolSize: K },
  ): PoolingLayer<Default, N, "float", K, S, P, F, Name, D>;
  /** What all such layers have. */
  readonly prototype: PoolingLayer<Default, N, "float">;
  /** Makes a layer from a configuration. */
  fromConfig(
    config: PoolingConfig,
  ): PoolingLayer<Default, N, "float", PerAxis, PerAxis | null, PoolPadding, DataFormat, string, "float32">;
}

/** Pools over any number of spatial axes. */
export abstract class Pooling extends SpatialLayer {
  /** The size of a window along each spatial axis. */
  readonly poolSize: readonly number[];
  /** The distance between windows along each spatial axis. */
  readonly strides: readonly number[];
  /** Whether windows stay inside. */
  readonly padding: PoolPadding;

  constructor(spatialRank: SpatialRank, poolSize: PerAxis, options: PoolingOptions) {
    super(spatialRank, options);
    this.poolSize = this.sizes(poolSize, "poolSize");
    this.strides = this.sizes(options.strides ?? poolSize, "strides");
    this.padding = anyCase(options.padding ?? "valid");
    this.oneOf(["valid", "same"], this.padding, "padding");
  }

  /** The operation. */
  protected abstract get pool(): typeof maxPool | typeof averagePool;

  /** Pools. */
  override call(x: Tensor): Tensor {
    const { strides, padding, dataFormat } = this;
    return this.pool<Tensor, PerAxis, { strides: PerAxis; padding: PoolPadding; dataFormat: DataFormat }>(
      x,
      this.poolSize,
      { strides, padding, dataFormat },
    );
  }

  /** The number of windows along each spatial axis; batch and channels stay. */
  protected override resultShape(shape: Shape): Shape {
    return pool(shape, this);
  }

  /** The options from which an equal layer can be made. */
  override getConfig(): PoolingConfig {
    const { poolSize, strides, padding } = this;
    return { ...super.getConfig(), poolSize, strides, padding };
  }
}
