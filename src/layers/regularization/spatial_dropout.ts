/**
 * Dropout of whole channels.
 *
 * @module
 */
import { dropout } from "../../ops/random/random.ts";
import type { NoOptions } from "../../ops/options.ts";
import { SeedGenerator } from "../../ops/random/seed_generator.ts";
import { InputRangeError } from "../../shape/error.ts";
import { type AnyCase, anyCase, type DataFormat, type SpatialRank } from "../../shape/spatial.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { CallOptions } from "../base/context.ts";
import { InputSpec } from "../base/input_spec.ts";
import { Layer } from "../base/layer.ts";
import type { LayerConfig, LayerOptions } from "../base/options.ts";
import type { LayerName, OptionsFor, ResultDType } from "../base/option_types.ts";
import type { Keeps } from "../base/signature.ts";
import type { InputRank, SpatialConfig } from "../base/spatial.ts";

/** The options of {@linkcode SpatialDropout1D}. */
export interface SpatialDropout1DOptions extends LayerOptions {
  /** The seed of the random numbers. Default: drawn. */
  readonly seed?: number | null;
}

/** The options of {@linkcode SpatialDropout2D} and {@linkcode SpatialDropout3D}. */
export interface SpatialDropoutOptions extends SpatialDropout1DOptions {
  /** The position of the channel axis. Default: `"channels_last"`. */
  readonly dataFormat?: AnyCase<DataFormat> | null;
}

/** The configuration of {@linkcode SpatialDropout1D}. */
export interface SpatialDropout1DConfig extends LayerConfig {
  /** The part of channels that is set to 0. */
  readonly rate: number;
  /** The seed as it was given. */
  readonly seed: number | null;
}

/** The configuration of {@linkcode SpatialDropout2D} and {@linkcode SpatialDropout3D}. */
export interface SpatialDropoutConfig extends SpatialDropout1DConfig, SpatialConfig {}

/**
 * Base class of the layers that drop whole channels.
 *
 * @typeParam N The number of spatial axes.
 */
export abstract class SpatialDropout<Default extends string, N extends SpatialRank, O> extends Layer<
  Keeps<LayerName<O, Default>, { readonly ndim: InputRank<N> }, ResultDType<O>>
> {
  /** The part of channels that is set to 0. */
  readonly rate: number;
  /** The position of the channel axis. */
  readonly dataFormat: DataFormat;
  /** The source of the random numbers; there is none for rate 0. */
  readonly seedGenerator: SeedGenerator | null;
  readonly #seed: number | null;
  readonly #noiseShape: readonly (number | null)[];

  /**
   * Makes the layer.
   *
   * @param spatialRank The number of spatial axes.
   * @param rate From 0 to 1.
   * @param options The seed, the data format, and what every layer takes.
   * @throws {RangeError} If the rate is not in that range, or there is no such data format.
   */
  constructor(spatialRank: N, rate: number, options: SpatialDropoutOptions = {}) {
    super(options);
    this.supportsMasking = true;
    if (typeof rate !== "number" || !(rate >= 0 && rate <= 1)) {
      throw new InputRangeError(`Cannot make layer ${this.name}: expected a rate from 0 to 1, received ${rate}`);
    }
    const dataFormat = anyCase(options.dataFormat ?? "channels_last");
    if (dataFormat !== "channels_last" && dataFormat !== "channels_first") {
      throw new InputRangeError(
        `Cannot make layer ${this.name}: expected dataFormat to be "channels_last" or "channels_first", received ${
          JSON.stringify(options.dataFormat)
        }`,
      );
    }
    this.rate = rate;
    this.dataFormat = dataFormat;
    this.#seed = options.seed ?? null;
    this.seedGenerator = rate === 0 ? null : new SeedGenerator(this.#seed ?? undefined);
    const rank = spatialRank + 2;
    const channels = dataFormat === "channels_last" ? rank - 1 : 1;
    this.#noiseShape = Array.from({ length: rank }, (_, axis) => axis === 0 || axis === channels ? null : 1);
    this.inputSpec = new InputSpec({ ndim: rank });
  }
  /** The input, or in training a part of its channels. */
  override call(x: Tensor, options: CallOptions): Tensor {
    if (options.training !== true || this.seedGenerator === null) return x;
    return dropout(x, this.rate, { seed: this.seedGenerator, noiseShape: this.#noiseShape });
  }
  /** The options from which an equal layer can be made. */
  override getConfig(): SpatialDropout1DConfig {
    return { ...super.getConfig(), rate: this.rate, seed: this.#seed };
  }
}

/**
 * In training, sets a random part `rate` of the channels of each row to 0, all of a channel or none, and scales the
 * others by `1 / (1 - rate)`; else the identity. Input: `[batch, steps, channels]`.
 *
 * See J. Tompson et al., Efficient Object Localization Using Convolutional Networks, 2015.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { ones, SpatialDropout1D } from "@strata/nn";
 *
 * const y = new SpatialDropout1D(0.5, { seed: 1 })(ones([1, 4, 8]), { training: true }).dataSync();
 * assert(y.every((value, place) => value === y[place % 8] && (value === 0 || value === 2)));
 * ```
 */
export class SpatialDropout1D<const O extends SpatialDropout1DOptions = NoOptions>
  extends SpatialDropout<"spatial_dropout1d", 1, O> {
  /**
   * Makes the layer.
   *
   * @param rate From 0 to 1.
   * @throws {RangeError} If the rate is not in that range.
   */
  constructor(rate: number, options?: OptionsFor<O, SpatialDropout1DOptions>) {
    super(1, rate, options);
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: SpatialDropout1DConfig): SpatialDropout1D<SpatialDropout1DOptions> {
    const { rate, ...options } = config;
    return new this<SpatialDropout1DOptions>(rate, options);
  }
}

/**
 * In training, sets a random part `rate` of the channels of each row to 0, all of a channel or none, and scales the
 * others by `1 / (1 - rate)`; else the identity. Input: `[batch, rows, columns, channels]`, or channels first.
 *
 * See J. Tompson et al., Efficient Object Localization Using Convolutional Networks, 2015.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { ones, SpatialDropout2D } from "@strata/nn";
 *
 * const y = new SpatialDropout2D(0.5, { seed: 1 })(ones([1, 4, 4, 8]), { training: true }).dataSync();
 * assert(y.every((value, place) => value === y[place % 8] && (value === 0 || value === 2)));
 * ```
 */
export class SpatialDropout2D<const O extends SpatialDropoutOptions = NoOptions>
  extends SpatialDropout<"spatial_dropout2d", 2, O> {
  /**
   * Makes the layer.
   *
   * @param rate From 0 to 1.
   * @throws {RangeError} If the rate is not in that range, or there is no such data format.
   */
  constructor(rate: number, options?: OptionsFor<O, SpatialDropoutOptions>) {
    super(2, rate, options);
  }
  /** The options from which an equal layer can be made. */
  override getConfig(): SpatialDropoutConfig {
    return { ...super.getConfig(), dataFormat: this.dataFormat };
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: SpatialDropoutConfig): SpatialDropout2D<SpatialDropoutOptions> {
    const { rate, ...options } = config;
    return new this<SpatialDropoutOptions>(rate, options);
  }
}

/**
 * In training, sets a random part `rate` of the channels of each row to 0, all of a channel or none, and scales the
 * others by `1 / (1 - rate)`; else the identity. Input: `[batch, planes, rows, columns, channels]`, or channels first.
 *
 * See J. Tompson et al., Efficient Object Localization Using Convolutional Networks, 2015.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { ones, SpatialDropout3D } from "@strata/nn";
 *
 * const y = new SpatialDropout3D(0.5, { seed: 1 })(ones([1, 2, 4, 4, 8]), { training: true }).dataSync();
 * assert(y.every((value, place) => value === y[place % 8] && (value === 0 || value === 2)));
 * ```
 */
export class SpatialDropout3D<const O extends SpatialDropoutOptions = NoOptions>
  extends SpatialDropout<"spatial_dropout3d", 3, O> {
  /**
   * Makes the layer.
   *
   * @param rate From 0 to 1.
   * @throws {RangeError} If the rate is not in that range, or there is no such data format.
   */
  constructor(rate: number, options?: OptionsFor<O, SpatialDropoutOptions>) {
    super(3, rate, options);
  }
  /** The options from which an equal layer can be made. */
  override getConfig(): SpatialDropoutConfig {
    return { ...super.getConfig(), dataFormat: this.dataFormat };
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: SpatialDropoutConfig): SpatialDropout3D<SpatialDropoutOptions> {
    const { rate, ...options } = config;
    return new this<SpatialDropoutOptions>(rate, options);
  }
}
