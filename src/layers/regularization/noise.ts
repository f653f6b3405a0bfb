/**
 * Layers that make noise in training.
 *
 * @module
 */
import { alphaDropout, gaussianNoise } from "../../ops/random/noise.ts";
import { SeedGenerator } from "../../ops/random/seed_generator.ts";
import type { NoOptions } from "../../ops/options.ts";
import { broadcastTo } from "../../shape/broadcast_to.ts";
import { type Shape, showShape } from "../../shape/dim.ts";
import { InputRangeError, ShapeError } from "../../shape/error.ts";
import type { Structure } from "../../tensor/structure.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { ConfigNames } from "../base/config.ts";
import { asFloats } from "../base/as_floats.ts";
import { relationMismatch } from "../base/mismatch.ts";
import type { CallOptions } from "../base/context.ts";
import { InputSpec } from "../base/input_spec.ts";
import { Layer } from "../base/layer.ts";
import type { LayerConfig, LayerOptions } from "../base/options.ts";
import type { LayerName, OptionsFor, ResultDType } from "../base/option_types.ts";
import type { Keeps, NoSpec } from "../base/signature.ts";

/** The options of layers that draw random numbers. */
export interface NoiseOptions extends LayerOptions {
  /** The seed of the random numbers. Default: drawn. */
  readonly seed?: number | null;
}

/** The configuration of {@linkcode GaussianNoise}. */
export interface GaussianNoiseConfig extends LayerConfig {
  /** The standard deviation of the noise. */
  readonly stddev: number;
  /** The seed as it was given. */
  readonly seed: number | null;
}

/** The configuration of {@linkcode GaussianDropout}. */
export interface GaussianDropoutConfig extends LayerConfig {
  /** The strength of the noise. */
  readonly rate: number;
  /** The seed as it was given. */
  readonly seed: number | null;
}

/**
 * In training, adds normal noise of mean 0; else the identity.
 *
 * @example
 * ```ts
 * import { assert, assertEquals } from "@std/assert";
 * import { GaussianNoise } from "@strata/nn";
 *
 * const layer = new GaussianNoise(0.1, { seed: 1 });
 * assertEquals(layer([1, 2]).array(), [1, 2]);
 * assert(layer([1, 2], { training: true }).array().every((y, i) => y !== i + 1 && Math.abs(y - i - 1) < 1));
 * ```
 */
export class GaussianNoise<
  const O extends NoiseOptions = NoOptions,
> extends Layer<Keeps<LayerName<O, "gaussian_noise">, NoSpec, ResultDType<O>>, unknown, GaussianNoiseConfig> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = { positional: ["stddev"], options: ["seed"] };
  /** The standard deviation of the noise. */
  readonly stddev: number;
  /** The source of the random numbers; there is none for no noise. */
  readonly seedGenerator: SeedGenerator | null;
  /** The seed as it was given. */
  readonly seed: number | null;
  /**
   * Makes the layer.
   *
   * @param stddev The standard deviation of the noise, from 0 to 1.
   * @throws {RangeError} If it is not in that range.
   */
  constructor(stddev: number, options?: OptionsFor<O, NoiseOptions>) {
    super(options);
    const given: NoiseOptions = options ?? {};
    this.supportsMasking = true;
    if (typeof stddev !== "number" || !(stddev >= 0 && stddev <= 1)) {
      throw new InputRangeError(
        `Cannot make layer ${this.name}: expected a standard deviation from 0 to 1, received ${stddev}`,
      );
    }
    this.stddev = stddev;
    this.seed = given.seed ?? null;
    this.seedGenerator = stddev === 0 ? null : new SeedGenerator(this.seed ?? undefined);
    this.inputSpec = new InputSpec();
  }
  /** The input, in training with noise. */
  override call(x: Tensor, { training }: CallOptions): Tensor {
    if (training !== true || this.seedGenerator === null) return x;
    return gaussianNoise(asFloats(x, this.computeDtype), this.stddev, this.seedGenerator);
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: GaussianNoiseConfig): GaussianNoise {
    return super.fromConfig(config) as GaussianNoise;
  }
}

/**
 * In training, multiplies with normal noise of mean 1 and standard deviation `sqrt(rate / (1 - rate))`; else the identity.
 *
 * See N. Srivastava et al., Dropout: A Simple Way to Prevent Neural Networks from Overfitting, 2014.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { GaussianDropout } from "@strata/nn";
 *
 * const layer = new GaussianDropout(0.5, { seed: 1 });
 * assertEquals(layer([1, 2]).array(), [1, 2]);
 * assertEquals(layer([0, 0], { training: true }).array(), [0, 0]);
 * ```
 */
export class GaussianDropout<
  const O extends NoiseOptions = NoOptions,
> extends Layer<Keeps<LayerName<O, "gaussian_dropout">, NoSpec, ResultDType<O>>, unknown, GaussianDropoutConfig> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = { positional: ["rate"], options: ["seed"] };
  /** The strength of the noise. */
  readonly rate: number;
  /** The source of the random numbers; there is none for rate 0. */
  readonly seedGenerator: SeedGenerator | null;
  /** The seed as it was given. */
  readonly seed: number | null;
  /**
   * Makes the layer.
   *
   * @param rate How strong the noise is, from 0 up to but not including 1.
   * @throws {RangeError} If it is not in that range.
   */
  constructor(rate: number, options?: OptionsFor<O, NoiseOptions>) {
    super(options);
    const given: NoiseOptions = options ?? {};
    this.supportsMasking = true;
    this.rate = rateBelow1(rate, this.name);
    this.seed = given.seed ?? null;
    this.seedGenerator = rate === 0 ? null : new SeedGenerator(this.seed ?? undefined);
    this.inputSpec = new InputSpec();
  }
  /** The input, in training times noise. */
  override call(x: Tensor, { training }: CallOptions): Tensor {
    if (training !== true || this.seedGenerator === null) return x;
    const stddev = Math.sqrt(this.rate / (1 - this.rate));
    return gaussianNoise(asFloats(x, this.computeDtype), stddev, this.seedGenerator, true);
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: GaussianDropoutConfig): GaussianDropout {
    return super.fromConfig(config) as GaussianDropout;
  }
}

/** The options of {@linkcode AlphaDropout}. */
export interface AlphaDropoutOptions extends NoiseOptions {
  /** The shape of the choices, which broadcasts against the input; `null` and 1 share them along an axis. */
  readonly noiseShape?: readonly (number | null)[] | null;
}

/** The configuration of {@linkcode AlphaDropout}. */
export interface AlphaDropoutConfig extends LayerConfig {
  /** The part of values that is dropped. */
  readonly rate: number;
  /** The shape of the choices. */
  readonly noiseShape: readonly (number | null)[] | null;
  /** The seed as it was given. */
  readonly seed: number | null;
}

/**
 * Dropout for networks of scaled exponential linear units: in training, sets a random part `rate` of the values to what
 * the unit saturates at, and scales and shifts all so that mean 0 and variance 1 stay; else the identity.
 *
 * See G. Klambauer et al., Self-Normalizing Neural Networks, 2017.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { AlphaDropout } from "@strata/nn";
 *
 * const layer = new AlphaDropout(0.5, { seed: 1 });
 * assertEquals(layer([1, 2]).array(), [1, 2]);
 * const kept = layer(new Float32Array(1000), { training: true }).array().filter((y) => y > 0);
 * assertEquals(new Set(kept.map((y) => y.toFixed(4))), new Set(["0.7792"]));
 * ```
 */
export class AlphaDropout<
  const O extends AlphaDropoutOptions = NoOptions,
> extends Layer<Keeps<LayerName<O, "alpha_dropout">, NoSpec, ResultDType<O>>, unknown, AlphaDropoutConfig> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = { positional: ["rate"], options: ["noiseShape", "seed"] };
  /** The part of values that is dropped. */
  readonly rate: number;
  /** The shape of the choices. */
  readonly noiseShape: readonly (number | null)[] | null;
  /** The source of the random numbers; there is none for rate 0. */
  readonly seedGenerator: SeedGenerator | null;
  /** The seed as it was given. */
  readonly seed: number | null;
  /**
   * Makes the layer.
   *
   * @param rate The part of values that is dropped, from 0 up to but not including 1.
   * @throws {RangeError} If it is not in that range.
   */
  constructor(rate: number, options?: OptionsFor<O, AlphaDropoutOptions>) {
    super(options);
    const given: AlphaDropoutOptions = options ?? {};
    this.supportsMasking = true;
    this.rate = rateBelow1(rate, this.name);
    this.noiseShape = given.noiseShape ?? null;
    this.seed = given.seed ?? null;
    this.seedGenerator = rate === 0 ? null : new SeedGenerator(this.seed ?? undefined);
    this.inputSpec = new InputSpec();
  }
  /** The input, or in training a part of it, scaled and shifted. */
  override call(x: Tensor, { training }: CallOptions): Tensor {
    if (training !== true || this.seedGenerator === null) return x;
    return alphaDropout(asFloats(x, this.computeDtype), this.rate, this.seedGenerator, this.noiseShape);
  }
  /** The mismatch of the shape of the choices. */
  protected override mismatch(shape: Structure<Shape | null>): readonly [number, string] | undefined {
    const { noiseShape } = this;
    if (noiseShape === null) return undefined;
    return relationMismatch(() => {
      const x = shape as Shape;
      if (noiseShape.length !== x.length) {
        throw new ShapeError(
          `Cannot drop elements of ${showShape(x)} by noise of shape ${showShape(noiseShape)}: expected as many axes`,
        );
      }
      broadcastTo(noiseShape.map((dim, axis) => dim ?? x[axis] ?? null), x);
    });
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: AlphaDropoutConfig): AlphaDropout {
    return super.fromConfig(config) as AlphaDropout;
  }
}

/** The rate, where it is from 0 up to but not including 1. */
function rateBelow1(rate: number, layer: string): number {
  if (typeof rate === "number" && rate >= 0 && rate < 1) return rate;
  throw new InputRangeError(
    `Cannot make layer ${layer}: expected a rate from 0 up to but not including 1, received ${rate}`,
  );
}
