/**
 * The common parts of layers that normalize: a scale `gamma`, an offset `beta`, and which inputs they take.
 *
 * @module
 */
import type { Shape } from "../../shape/dim.ts";
import type { Mismatch } from "../../shape/error.ts";
import type { reduce } from "../../shape/reduce.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { AxisLike } from "../base/axes.ts";
import type { LayerOptions, WeightOptions } from "../base/options.ts";
import type { incompatible } from "../base/sentences.ts";
import type { CheckOne, Signature } from "../base/signature.ts";
import type { ConstraintConfig, ConstraintLike } from "../weights/constraints.ts";
import type { InitializerConfig, InitializerLike } from "../weights/initializers.ts";
import type { RegularizerConfig, RegularizerLike } from "../weights/regularizers.ts";
import { WeightSettings } from "../weights/weight_settings.ts";

/** The options of a scale and an offset. */
export interface AffineOptions<Name extends string = string, D extends DType = DType> extends LayerOptions<Name, D> {
  /** The number added to the variance, so that nothing is divided by 0. Default: 1e-3. */
  readonly epsilon?: number;
  /** Whether `beta` is added. Default: `true`. */
  readonly center?: boolean;
  /** Whether the result is multiplied with `gamma`. Default: `true`. */
  readonly scale?: boolean;
  /** How `beta` begins. Default: `"zeros"`. */
  readonly betaInitializer?: InitializerLike;
  /** How `gamma` begins. Default: `"ones"`. */
  readonly gammaInitializer?: InitializerLike;
  /** The penalty on `beta`. Default: none. */
  readonly betaRegularizer?: RegularizerLike | null;
  /** The penalty on `gamma`. Default: none. */
  readonly gammaRegularizer?: RegularizerLike | null;
  /** The constraint of `beta`. Default: none. */
  readonly betaConstraint?: ConstraintLike | null;
  /** The constraint of `gamma`. Default: none. */
  readonly gammaConstraint?: ConstraintLike | null;
}

/** The part of a configuration that is about a scale and an offset. */
export interface AffineConfig {
  /** The number added to the variance. */
  readonly epsilon: number;
  /** Whether `beta` is added. */
  readonly center: boolean;
  /** Whether the result is multiplied with `gamma`. */
  readonly scale: boolean;
  /** How `beta` begins. */
  readonly betaInitializer: InitializerConfig;
  /** How `gamma` begins. */
  readonly gammaInitializer: InitializerConfig;
  /** The penalty on `beta`. */
  readonly betaRegularizer: RegularizerConfig | null;
  /** The penalty on `gamma`. */
  readonly gammaRegularizer: RegularizerConfig | null;
  /** The constraint of `beta`. */
  readonly betaConstraint: ConstraintConfig | null;
  /** The constraint of `gamma`. */
  readonly gammaConstraint: ConstraintConfig | null;
}

/** The options of a scale and an offset, resolved once. */
export class AffineSettings {
  /** The number added to the variance. */
  readonly epsilon: number;
  /** Whether there is a `beta`. */
  readonly center: boolean;
  /** Whether there is a `gamma`. */
  readonly scale: boolean;
  readonly #beta: WeightSettings<"beta">;
  readonly #gamma: WeightSettings<"gamma">;

  /** @throws {RangeError} If an initializer, a regularizer or a constraint has a name that there is not. */
  constructor(options: AffineOptions) {
    this.epsilon = options.epsilon ?? 1e-3;
    this.center = options.center ?? true;
    this.scale = options.scale ?? true;
    this.#beta = new WeightSettings("beta", "zeros", options);
    this.#gamma = new WeightSettings("gamma", "ones", options);
  }

  /** How `gamma` is made. */
  gamma(shape: Shape): WeightOptions {
    return { name: "gamma", shape, autocast: false, ...this.#gamma };
  }

  /** How `beta` is made. */
  beta(shape: Shape): WeightOptions {
    return { name: "beta", shape, autocast: false, ...this.#beta };
  }

  /**
   * The options as plain data.
   *
   * @throws {TypeError} If one of them is a function of one's own, which is no data.
   */
  getConfig(): AffineConfig {
    const { epsilon, center, scale } = this;
    return { epsilon, center, scale, ...this.#beta.getConfig(), ...this.#gamma.getConfig() };
  }
}

/** Any shape with the axes that are normalized; the result is a float of the same shape. */
export interface Normalizes<Axis extends AxisLike, Name extends string, D extends DType> extends Signature {
  /** The sentence where the input has no such axis. */
  readonly check: this["input"] extends infer S extends Shape ? CheckAxes<Name, reduce<S, Axis, true>>
    : CheckOne<Name, this["input"]>;
  /** The shape of the input. */
  readonly output: this["input"];
  /** The layer's dtype. */
  readonly dtype: D;
}

/** @internal */
type CheckAxes<Name extends string, Result> = Result extends Mismatch<infer Reason>
  ? Mismatch<incompatible<Name, 0, Reason>>
  : unknown;
