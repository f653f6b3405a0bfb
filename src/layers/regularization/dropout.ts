/**
 * Dropout.
 *
 * @module
 */
import { dropout } from "../../ops/random/random.ts";
import { SeedGenerator } from "../../ops/random/seed_generator.ts";
import type { NoOptions } from "../../ops/options.ts";
import { InputRangeError } from "../../shape/error.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { ConfigNames } from "../base/config.ts";
import type { CallOptions } from "../base/context.ts";
import { Layer } from "../base/layer.ts";
import type { LayerConfig, LayerOptions } from "../base/options.ts";
import type { LayerName, OptionsFor, ResultDType } from "../base/option_types.ts";
import { InputSpec } from "../base/input_spec.ts";
import type { Keeps, NoSpec } from "../base/signature.ts";

/** The options of {@linkcode Dropout}. */
export interface DropoutOptions extends LayerOptions {
  /** The shape of the choices, which broadcasts against the input; `null` and 1 share them along an axis. */
  readonly noiseShape?: readonly (number | null)[] | null;
  /** The seed of the random numbers. Default: drawn. */
  readonly seed?: number | null;
}

/** The configuration of {@linkcode Dropout}. */
export interface DropoutConfig extends LayerConfig {
  /** The part of values that is set to 0. */
  readonly rate: number;
  /** The shape of the choices. */
  readonly noiseShape: readonly (number | null)[] | null;
  /** The seed as it was given. */
  readonly seed: number | null;
}

/**
 * In training, sets a random part `rate` of the values to 0 and scales the others by `1 / (1 - rate)`; else the identity.
 *
 * See N. Srivastava et al., Dropout: A Simple Way to Prevent Neural Networks from Overfitting, 2014.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Dropout } from "@strata/nn";
 *
 * const layer = new Dropout(0.5, { seed: 1 });
 * assertEquals(layer([1, 2]).array(), [1, 2]);
 * assertEquals(layer([1, 2], { training: true }).array().every((y, i) => y === 0 || y === 2 * (i + 1)), true);
 * ```
 */
export class Dropout<
  const O extends DropoutOptions = NoOptions,
> extends Layer<Keeps<LayerName<O, "dropout">, NoSpec, ResultDType<O>>, unknown, DropoutConfig> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = { positional: ["rate"], options: ["noiseShape", "seed"] };
  /** The part of values that is set to 0. */
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
   * @param rate From 0, inclusive, to 1.
   * @throws {RangeError} If the rate is not in that range.
   */
  constructor(rate: number, options?: OptionsFor<O, DropoutOptions>) {
    super(options);
    const given: DropoutOptions = options ?? {};
    this.inputSpec = new InputSpec();
    this.supportsMasking = true;
    if (typeof rate !== "number" || !(rate >= 0 && rate <= 1)) {
      throw new InputRangeError(`Cannot make layer ${this.name}: expected a rate from 0 to 1, received ${rate}`);
    }
    this.rate = rate;
    this.noiseShape = given.noiseShape ?? null;
    this.seed = given.seed ?? null;
    this.seedGenerator = rate === 0 ? null : new SeedGenerator(this.seed ?? undefined);
  }
  /** The input, or in training a part of it. */
  override call(x: Tensor, options: CallOptions): Tensor {
    if (options.training !== true || this.seedGenerator === null) return x;
    const { noiseShape } = this;
    return dropout(x, this.rate, { seed: this.seedGenerator, ...(noiseShape === null ? {} : { noiseShape }) });
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: DropoutConfig): Dropout {
    return super.fromConfig(config) as Dropout;
  }
}
