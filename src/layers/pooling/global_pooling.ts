/**
 * All positions of a channel as one value.
 *
 * @module
 */
import { divide, multiply } from "../../ops/elementwise/arithmetic.ts";
import { max, mean, sum } from "../../ops/reduction/reduction.ts";
import { cast } from "../../ops/elementwise/selection.ts";
import { expandDims } from "../../ops/shaping/shaping.ts";
import type { Shape } from "../../shape/dim.ts";
import type { globalPool } from "../../shape/pool.ts";
import { type DataFormat, spatialAxes } from "../../shape/spatial.ts";
import type { DType } from "../../tensor/dtype.ts";
import { toFloat } from "../../tensor/promote.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { CallOptions } from "../base/context.ts";
import type { Layer } from "../base/layer.ts";
import type { PoolDType, PooledDType } from "./pooling.ts";
import type { CheckRank, NameOr, Signature } from "../base/signature.ts";
import {
  type InputRank,
  type SpatialConfig,
  SpatialLayer,
  type SpatialOptions,
  type SpatialRank,
} from "../base/spatial.ts";

/** The options of global pooling layers. */
export interface GlobalPoolingOptions<
  KeepDims extends boolean = boolean,
  F extends DataFormat = DataFormat,
  Name extends string = string,
  D extends DType = DType,
> extends SpatialOptions<F, Name, D> {
  /** Whether the spatial axes stay, as 1. Default: `false`. */
  readonly keepDims?: KeepDims;
}

/** The configuration of global pooling layers. */
export interface GlobalPoolingConfig extends SpatialConfig {
  /** Whether the spatial axes stay, as 1. */
  readonly keepDims: boolean;
}

/** `[batch, ...spatial, channels]` becomes `[batch, channels]`. */
export interface GlobalPoolingSignature<
  Named extends string,
  N extends SpatialRank,
  Rule extends PoolDType,
  KeepDims extends boolean,
  F extends DataFormat,
  D extends DType,
> extends Signature {
  /** The sentence where the rank is another. */
  readonly check: CheckRank<Named, InputRank<N>, this["input"]>;
  /** The batch and the channels. */
  readonly output: this["input"] extends Shape ? globalPool<this["input"], KeepDims, F> : Shape;
  /** The dtype of the result. */
  readonly dtype: PooledDType<Rule, this["dtypes"], D>;
}

/** A global pooling layer. */
export interface GlobalPoolingLayer<
  Default extends string = string,
  N extends SpatialRank = SpatialRank,
  Rule extends PoolDType = PoolDType,
  KeepDims extends boolean = boolean,
  F extends DataFormat = DataFormat,
  Name extends string = string,
  D extends DType = DType,
> extends Layer<GlobalPoolingSignature<NameOr<Name, Default>, N, Rule, KeepDims, F, D>> {
  /** Whether the spatial axes stay, as 1. */
  readonly keepDims: boolean;
  /** Where the channels are. */
  readonly dataFormat: DataFormat;
  /** Pools. */
  call(x: Tensor, options?: CallOptions): Tensor;
  /** The options from which an equal layer can be made. */
  getConfig(): GlobalPoolingConfig;
}

/** The class of a global pooling layer. */
export interface GlobalPoolingClass<Default extends string, N extends SpatialRank, Rule extends PoolDType> {
  /**
   * Makes the layer.
   *
   * @throws {RangeError} If the data format is none.
   */
  new <
    const KeepDims extends boolean = false,
    const F extends DataFormat = "channels_last",
    const Name extends string = string,
    const D extends DType = "float32",
  >(options?: GlobalPoolingOptions<KeepDims, F, Name, D>): GlobalPoolingLayer<Default, N, Rule, KeepDims, F, Name, D>;
  /** What all such layers have. */
  readonly prototype: GlobalPoolingLayer<Default, N, Rule>;
  /** Makes a layer from a configuration. */
  fromConfig(
    config: GlobalPoolingConfig,
  ): GlobalPoolingLayer<Default, N, Rule, boolean, DataFormat, string, "float32">;
}

abstract class GlobalPooling extends SpatialLayer {
  readonly keepDims: boolean;
  constructor(spatialRank: SpatialRank, options: GlobalPoolingOptions = {}) {
    super(spatialRank, options);
    this.keepDims = options.keepDims ?? false;
  }
  protected get axes(): readonly number[] {
    return spatialAxes(this.spatialRank + 2, this.dataFormat);
  }
  protected override resultShape(shape: Shape): Shape {
    return shape;
  }
  override getConfig(): GlobalPoolingConfig {
    return { ...super.getConfig(), keepDims: this.keepDims };
  }
}

abstract class GlobalMaxPooling extends GlobalPooling {
  override call(x: Tensor): Tensor {
    return max(x, { axis: this.axes, keepDims: this.keepDims });
  }
}

abstract class GlobalAveragePooling extends GlobalPooling {
  override call(x: Tensor, _options?: CallOptions): Tensor {
    return mean(x, { axis: this.axes, keepDims: this.keepDims });
  }
}

/** A layer that {@linkcode GlobalMaxPooling1D} makes. */
export type GlobalMaxPooling1D<
  KeepDims extends boolean = boolean,
  F extends DataFormat = DataFormat,
  Name extends string = string,
  D extends DType = "float32",
> = GlobalPoolingLayer<"global_max_pooling1d", 1, "kept", KeepDims, F, Name, D>;

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
export const GlobalMaxPooling1D: GlobalPoolingClass<"global_max_pooling1d", 1, "kept"> = class GlobalMaxPooling1D
  extends GlobalMaxPooling {
  constructor(options?: GlobalPoolingOptions) {
    super(1, options);
  }
} as never;

/** A layer that {@linkcode GlobalMaxPooling2D} makes. */
export type GlobalMaxPooling2D<
  KeepDims extends boolean = boolean,
  F extends DataFormat = DataFormat,
  Name extends string = string,
  D extends DType = "float32",
> = GlobalPoolingLayer<"global_max_pooling2d", 2, "kept", KeepDims, F, Name, D>;

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
export const GlobalMaxPooling2D: GlobalPoolingClass<"global_max_pooling2d", 2, "kept"> = class GlobalMaxPooling2D
  extends GlobalMaxPooling {
  constructor(options?: GlobalPoolingOptions) {
    super(2, options);
  }
} as never;

/** A layer that {@linkcode GlobalMaxPooling3D} makes. */
export type GlobalMaxPooling3D<
  KeepDims extends boolean = boolean,
  F extends DataFormat = DataFormat,
  Name extends string = string,
  D extends DType = "float32",
> = GlobalPoolingLayer<"global_max_pooling3d", 3, "kept", KeepDims, F, Name, D>;

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
export const GlobalMaxPooling3D: GlobalPoolingClass<"global_max_pooling3d", 3, "kept"> = class GlobalMaxPooling3D
  extends GlobalMaxPooling {
  constructor(options?: GlobalPoolingOptions) {
    super(3, options);
  }
} as never;

/** A layer that {@linkcode GlobalAveragePooling1D} makes. */
export type GlobalAveragePooling1D<
  KeepDims extends boolean = boolean,
  F extends DataFormat = DataFormat,
  Name extends string = string,
  D extends DType = "float32",
> = GlobalPoolingLayer<"global_average_pooling1d", 1, "float", KeepDims, F, Name, D>;

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
export const GlobalAveragePooling1D: GlobalPoolingClass<"global_average_pooling1d", 1, "float"> =
  class GlobalAveragePooling1D extends GlobalAveragePooling {
    constructor(options?: GlobalPoolingOptions) {
      super(1, options);
    }
    // Steps are gone, and so is what says which of them count.
    override computeMask(): null {
      return null;
    }
    // With a mask: the mean of the steps that count. Where none does it is NaN, as 0 divided by 0 is.
    override call(x: Tensor, options?: CallOptions): Tensor {
      const mask = options?.mask;
      if (mask == null) return super.call(x);
      const { axes, keepDims } = this;
      const weights = expandDims(cast(mask, toFloat(x.dtype)), this.dataFormat === "channels_last" ? 2 : 1);
      const counted: Tensor = sum(multiply(x, weights) as Tensor, { axis: axes, keepDims });
      return divide(counted, sum(weights, { axis: axes, keepDims }) as Tensor);
    }
  } as never;

/** A layer that {@linkcode GlobalAveragePooling2D} makes. */
export type GlobalAveragePooling2D<
  KeepDims extends boolean = boolean,
  F extends DataFormat = DataFormat,
  Name extends string = string,
  D extends DType = "float32",
> = GlobalPoolingLayer<"global_average_pooling2d", 2, "float", KeepDims, F, Name, D>;

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
export const GlobalAveragePooling2D: GlobalPoolingClass<"global_average_pooling2d", 2, "float"> =
  class GlobalAveragePooling2D extends GlobalAveragePooling {
    constructor(options?: GlobalPoolingOptions) {
      super(2, options);
    }
  } as never;

/** A layer that {@linkcode GlobalAveragePooling3D} makes. */
export type GlobalAveragePooling3D<
  KeepDims extends boolean = boolean,
  F extends DataFormat = DataFormat,
  Name extends string = string,
  D extends DType = "float32",
> = GlobalPoolingLayer<"global_average_pooling3d", 3, "float", KeepDims, F, Name, D>;

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
export const GlobalAveragePooling3D: GlobalPoolingClass<"global_average_pooling3d", 3, "float"> =
  class GlobalAveragePooling3D extends GlobalAveragePooling {
    constructor(options?: GlobalPoolingOptions) {
      super(3, options);
    }
  } as never;
