/**
 * Base class and types of the pooling layers.
 *
 * @module
 */
import type { averagePool, maxPool, PooledShape } from "../../ops/convolution/pooling.ts";
import type { Shape } from "../../shape/dim.ts";
import { pool } from "../../shape/pool.ts";
import type { AnyCase, DataFormat, PerAxis, Sizes, SpatialPadding, SpatialRank } from "../../shape/spatial.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { AsShape } from "../../tensor/like.ts";
import type { FloatDType } from "../../tensor/promote.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { LayerName, ResultDType } from "../base/option_types.ts";
import type { CastFloats, Signature } from "../base/signature.ts";
import { type CheckSpatial, type SpatialConfig, SpatialLayer, type SpatialOptions } from "../base/spatial.ts";

/** The options of pooling layers over `N` axes whose size is given beside them. */
export interface PoolingOptions<N extends SpatialRank = SpatialRank> extends SpatialOptions {
  /** The distance between windows: one for all spatial axes, or one for each. Default: the size of the windows. */
  readonly strides?: Sizes<N> | null;
  /**
   * `"valid"` for windows inside only; `"same"` for one at every stride, with a border that does not count where windows
   * reach beyond the ends. Default: `"valid"`.
   */
  readonly padding?: AnyCase<SpatialPadding>;
}

/** The options of pooling layers over `N` axes with their size among them. */
export interface SizedPoolingOptions<N extends SpatialRank = SpatialRank> extends PoolingOptions<N> {
  /** The size of a window: one number for all spatial axes, or one for each. Default: 2. */
  readonly poolSize?: Sizes<N>;
}

/** The configuration of pooling layers. */
export interface PoolingConfig extends SpatialConfig {
  /** The size of a window along each spatial axis. */
  readonly poolSize: readonly number[];
  /** The distance between windows along each spatial axis. */
  readonly strides: readonly number[];
  /** Whether windows stay inside. */
  readonly padding: SpatialPadding;
}

/** The dtype rule of a pool: that of the input, or a float. */
export type PoolDType = "kept" | "float";

/**
 * The dtype that a pool of a layer of dtype `D` gives.
 *
 * @internal
 */
export type PooledDType<Rule extends PoolDType, In, D extends DType> = Rule extends "kept" ? CastFloats<In, D>
  : In extends FloatDType ? D
  : "float32";

/** `[batch, ...spatial, channels]` becomes `[batch, ...windows, channels]`, with windows of size `K` and the options `O`. */
export interface PoolingSignature<
  Default extends string,
  N extends SpatialRank,
  Rule extends PoolDType,
  K extends PerAxis,
  O,
> extends Signature {
  /** The sentence where the rank is another, or no window fits in. */
  readonly check: this["input"] extends Shape
    ? CheckSpatial<LayerName<O, Default>, N, this["input"], PooledShape<this["input"], K, O>>
    : CheckSpatial<LayerName<O, Default>, N, this["input"]>;
  /** The number of windows along each spatial axis; batch and channels stay. */
  readonly output: this["input"] extends Shape ? AsShape<PooledShape<this["input"], K, O>> : Shape;
  /** The dtype of the result. */
  readonly dtype: PooledDType<Rule, this["dtypes"], ResultDType<O>>;
}

/** Pooling over any number of spatial axes. */
export abstract class BasePooling<S extends Signature = Signature> extends SpatialLayer<S> {
  /** The size of a window along each spatial axis. */
  readonly poolSize: readonly number[];
  /** The distance between windows along each spatial axis. */
  readonly strides: readonly number[];
  /** Whether windows stay inside. */
  readonly padding: SpatialPadding;

  /**
   * Makes the layer.
   *
   * @throws {RangeError} If a size or a stride is no positive integer or there are too many or too few, or the padding or
   * the data format is none.
   */
  constructor(spatialRank: SpatialRank, poolSize: PerAxis, options: PoolingOptions = {}) {
    super(spatialRank, options);
    this.poolSize = this.sizes(poolSize, "poolSize");
    this.strides = this.sizes(options.strides ?? poolSize, "strides");
    this.padding = this.word(options.padding, ["valid", "same"], "padding");
  }

  /** The operation. */
  protected abstract get pool(): typeof maxPool | typeof averagePool;

  /** Pools. */
  override call(x: Tensor): Tensor {
    const { strides, padding, dataFormat } = this;
    return this.pool<Tensor, PerAxis, { strides: PerAxis; padding: SpatialPadding; dataFormat: DataFormat }>(
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
    const { dataFormat, poolSize, strides, padding } = this;
    return { ...super.getConfig(), dataFormat, poolSize, strides, padding };
  }
}
