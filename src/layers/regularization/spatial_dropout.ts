/**
 * Dropout of whole channels.
 *
 * @module
 */
import { dropout } from "../../ops/random/random.ts";
import { SeedGenerator } from "../../ops/random/seed_generator.ts";
import { InputRangeError } from "../../shape/error.ts";
import type { DataFormat } from "../../shape/spatial.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { checkLayerOptions } from "../base/known_options.ts";
import type { CallOptions } from "../base/context.ts";
import { InputSpec } from "../base/input_spec.ts";
import { Layer } from "../base/layer.ts";
import type { LayerConfig, LayerOptions } from "../base/options.ts";
import type { Keeps, NameOr, Signature } from "../base/signature.ts";

/** The options of {@linkcode SpatialDropout1D}. */
export interface SpatialDropout1DOptions<Name extends string = string, D extends DType = DType>
  extends LayerOptions<Name, D> {
  /** Where the random numbers start. Default: drawn. */
  readonly seed?: number | null;
}

/** The options of {@linkcode SpatialDropout2D} and {@linkcode SpatialDropout3D}. */
export interface SpatialDropoutOptions<Name extends string = string, D extends DType = DType>
  extends SpatialDropout1DOptions<Name, D> {
  /** Where the channels are. Default: `"channels_last"`. */
  readonly dataFormat?: DataFormat | null;
}

/** The configuration of {@linkcode SpatialDropout1D}. */
export interface SpatialDropout1DConfig extends LayerConfig {
  /** The part of channels that is set to 0. */
  readonly rate: number;
  /** The seed as it was given. */
  readonly seed: number | null;
}

/** The configuration of {@linkcode SpatialDropout2D} and {@linkcode SpatialDropout3D}. */
export interface SpatialDropoutConfig extends SpatialDropout1DConfig {
  /** Where the channels are. */
  readonly dataFormat: DataFormat;
}

/**
 * What the layers that drop whole channels have in common.
 *
 * @typeParam F The signature.
 */
export abstract class SpatialDropout<F extends Signature> extends Layer<F> {
  /** The part of channels that is set to 0. */
  readonly rate: number;
  /** Where the random numbers come from; there is none for rate 0. */
  readonly seedGenerator: SeedGenerator | null;
  readonly #seed: number | null;
  readonly #noiseShape: readonly (number | null)[];

  /**
   * Makes the layer.
   *
   * @param rate From 0 to 1.
   * @param rank The rank of inputs.
   * @param dataFormat Where the channels are.
   * @param options The seed, and what every layer takes.
   * @throws {RangeError} If the rate is not in that range, or there is no such data format.
   */
  constructor(rate: number, rank: number, dataFormat: DataFormat, options: SpatialDropout1DOptions) {
    super(options);
    this.supportsMasking = true;
    if (typeof rate !== "number" || !(rate >= 0 && rate <= 1)) {
      throw new InputRangeError(`Cannot make layer ${this.name}: expected a rate from 0 to 1, received ${rate}`);
    }
    if (dataFormat !== "channels_last" && dataFormat !== "channels_first") {
      throw new InputRangeError(
        `Cannot make layer ${this.name}: expected dataFormat to be "channels_last" or "channels_first", received ${
          JSON.stringify(dataFormat)
        }`,
      );
    }
    this.rate = rate;
    this.#seed = options.seed ?? null;
    this.seedGenerator = rate === 0 ? null : new SeedGenerator(this.#seed ?? undefined);
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
export class SpatialDropout1D<const Name extends string = string, const D extends DType = "float32">
  extends SpatialDropout<Keeps<NameOr<Name, "spatial_dropout1d">, { readonly ndim: 3 }, D>> {
  /**
   * Makes the layer.
   *
   * @param rate From 0 to 1.
   * @throws {RangeError} If the rate is not in that range.
   */
  constructor(rate: number, options: SpatialDropout1DOptions<Name, D> = {}) {
    super(rate, 3, "channels_last", options);
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: SpatialDropout1DConfig): SpatialDropout1D {
    const { rate, ...options } = config;
    return new SpatialDropout1D(rate, options as SpatialDropout1DOptions<"spatial_dropout1d", "float32">);
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
export class SpatialDropout2D<const Name extends string = string, const D extends DType = "float32">
  extends SpatialDropout<Keeps<NameOr<Name, "spatial_dropout2d">, { readonly ndim: 4 }, D>> {
  /** Where the channels are. */
  readonly dataFormat: DataFormat;
  /**
   * Makes the layer.
   *
   * @param rate From 0 to 1.
   * @throws {RangeError} If the rate is not in that range, or there is no such data format.
   */
  constructor(rate: number, options: SpatialDropoutOptions<Name, D> = {}) {
    checkLayerOptions(new.target, options);
    super(rate, 4, options.dataFormat ?? "channels_last", options);
    this.dataFormat = options.dataFormat ?? "channels_last";
  }
  /** The options from which an equal layer can be made. */
  override getConfig(): SpatialDropoutConfig {
    return { ...super.getConfig(), dataFormat: this.dataFormat };
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: SpatialDropoutConfig): SpatialDropout2D {
    const { rate, ...options } = config;
    return new SpatialDropout2D(rate, options as SpatialDropoutOptions<"spatial_dropout2d", "float32">);
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
export class SpatialDropout3D<const Name extends string = string, const D extends DType = "float32">
  extends SpatialDropout<Keeps<NameOr<Name, "spatial_dropout3d">, { readonly ndim: 5 }, D>> {
  /** Where the channels are. */
  readonly dataFormat: DataFormat;
  /**
   * Makes the layer.
   *
   * @param rate From 0 to 1.
   * @throws {RangeError} If the rate is not in that range, or there is no such data format.
   */
  constructor(rate: number, options: SpatialDropoutOptions<Name, D> = {}) {
    checkLayerOptions(new.target, options);
    super(rate, 5, options.dataFormat ?? "channels_last", options);
    this.dataFormat = options.dataFormat ?? "channels_last";
  }
  /** The options from which an equal layer can be made. */
  override getConfig(): SpatialDropoutConfig {
    return { ...super.getConfig(), dataFormat: this.dataFormat };
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: SpatialDropoutConfig): SpatialDropout3D {
    const { rate, ...options } = config;
    return new SpatialDropout3D(rate, options as SpatialDropoutOptions<"spatial_dropout3d", "float32">);
  }
}
