/**
 * Activations as layers.
 *
 * @module
 */
import { multiply, negative, subtract } from "../../ops/elementwise/arithmetic.ts";
import { greater } from "../../ops/elementwise/comparison.ts";
import { elu, leakyRelu, relu } from "../../ops/activation/rectifiers.ts";
import { where } from "../../ops/elementwise/selection.ts";
import { softmax } from "../../ops/activation/softmax.ts";
import type { NoOptions } from "../../ops/options.ts";
import { type Shape, showShape } from "../../shape/dim.ts";
import { InputRangeError, ShapeError } from "../../shape/error.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Variable } from "../../tensor/variable.ts";
import { type ConfigNames, withConfig } from "../base/config.ts";
import type { CallOptions } from "../base/context.ts";
import { InputSpec } from "../base/input_spec.ts";
import { Layer } from "../base/layer.ts";
import type { LayerConfig, LayerOptions } from "../base/options.ts";
import type { LayerName, OptionsFor, ResultDType } from "../base/option_types.ts";
import type { Keeps, NoSpec } from "../base/signature.ts";
import type { ConstraintConfig, ConstraintLike } from "../weights/constraints.ts";
import type { InitializerConfig, InitializerLike } from "../weights/initializers.ts";
import type { RegularizerConfig, RegularizerLike } from "../weights/regularizers.ts";
import { WeightSettings } from "../weights/weight_settings.ts";
import { declareWeights } from "../base/weight_fields.ts";

/** The options of {@linkcode ReLU}. */
export interface ReLUOptions extends LayerOptions {
  /** The largest value, or `null` for none. Default: `null`. */
  readonly maxValue?: number | null;
  /** The slope below the threshold. Default: 0. */
  readonly negativeSlope?: number;
  /** Values up to it are cut off. Default: 0. */
  readonly threshold?: number;
}

/**
 * The rectified linear unit: `x` above the threshold, at most `maxValue`; `negativeSlope * (x - threshold)` below.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { ReLU } from "@strata/nn";
 *
 * assertEquals(new ReLU({ maxValue: 3 })([-1, 2, 4]).array(), [0, 2, 3]);
 * ```
 */
export class ReLU<
  const O extends ReLUOptions = NoOptions,
> extends Layer<
  Keeps<LayerName<O, "re_lu">, NoSpec, ResultDType<O>>,
  unknown,
  LayerConfig & Required<Pick<ReLUOptions, "maxValue" | "negativeSlope" | "threshold">>
> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = { options: ["maxValue", "negativeSlope", "threshold"] };
  /** The largest value, or `null` for none. */
  readonly maxValue: number | null;
  /** The slope below the threshold. */
  readonly negativeSlope: number;
  /** Values up to it are cut off. */
  readonly threshold: number;
  /**
   * Makes the layer.
   *
   * @throws {RangeError} If an option is negative.
   */
  constructor(options?: OptionsFor<O, ReLUOptions>) {
    super(options);
    const given: ReLUOptions = options ?? {};
    this.inputSpec = new InputSpec();
    this.supportsMasking = true;
    this.maxValue = given.maxValue ?? null;
    this.negativeSlope = given.negativeSlope ?? 0;
    this.threshold = given.threshold ?? 0;
    notNegative(this.maxValue ?? 0, "maxValue", this.name);
    notNegative(this.negativeSlope, "negativeSlope", this.name);
    notNegative(this.threshold, "threshold", this.name);
  }
  /** Applies the unit. */
  override call(x: Tensor): Tensor {
    const { maxValue, negativeSlope, threshold } = this;
    return relu(x, { negativeSlope, threshold, ...(maxValue === null ? {} : { maxValue }) });
  }
}

/** The options of {@linkcode LeakyReLU}. */
export interface LeakyReLUOptions extends LayerOptions {
  /** The slope below 0. Default: 0.3. */
  readonly negativeSlope?: number;
}

/**
 * The leaky rectified linear unit: `x` from 0 on, `negativeSlope * x` below.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { LeakyReLU } from "@strata/nn";
 *
 * assertEquals(new LeakyReLU({ negativeSlope: 0.5 })([-2, 2]).array(), [-1, 2]);
 * ```
 */
export class LeakyReLU<
  const O extends LeakyReLUOptions = NoOptions,
> extends Layer<
  Keeps<LayerName<O, "leaky_re_lu">, NoSpec, ResultDType<O>>,
  unknown,
  LayerConfig & { readonly negativeSlope: number }
> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = { options: ["negativeSlope"] };
  /** The slope below 0. */
  readonly negativeSlope: number;
  /**
   * Makes the layer.
   *
   * @throws {RangeError} If the slope is negative.
   */
  constructor(options?: OptionsFor<O, LeakyReLUOptions>) {
    super(options);
    const given: LeakyReLUOptions = options ?? {};
    this.inputSpec = new InputSpec();
    this.supportsMasking = true;
    this.negativeSlope = notNegative(given.negativeSlope ?? 0.3, "negativeSlope", this.name);
  }
  /** Applies the unit. */
  override call(x: Tensor): Tensor {
    return leakyRelu(x, { negativeSlope: this.negativeSlope });
  }
}

/** The options of {@linkcode PReLU}. */
export interface PReLUOptions extends LayerOptions {
  /** The initializer of the slopes. Default: `"zeros"`. */
  readonly alphaInitializer?: InitializerLike;
  /** The penalty on the slopes. Default: none. */
  readonly alphaRegularizer?: RegularizerLike | null;
  /** What the slopes are projected to after each update. Default: none. */
  readonly alphaConstraint?: ConstraintLike | null;
  /** The axes, counted from 1 after the batch, along which a slope is shared. Default: none. */
  readonly sharedAxes?: readonly number[] | null;
}

/** The configuration of {@linkcode PReLU}. */
export interface PReLUConfig extends LayerConfig {
  /** The initializer of the slopes. */
  readonly alphaInitializer: InitializerConfig;
  /** The penalty on the slopes, or `null`. */
  readonly alphaRegularizer: RegularizerConfig | null;
  /** What the slopes are projected to after each update, or `null`. */
  readonly alphaConstraint: ConstraintConfig | null;
  /** The axes along which a slope is shared. */
  readonly sharedAxes: readonly number[] | null;
}

/**
 * The rectified linear unit whose slope below 0 is learned: `x` from 0 on, `alpha * x` below.
 *
 * Weight: `alpha`, the input's shape without the batch, with 1 for each shared axis. See K. He et al., Delving Deep into
 * Rectifiers, 2015.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { PReLU } from "@strata/nn";
 *
 * const layer = new PReLU({ alphaInitializer: "ones" });
 * assertEquals(layer([[-2, 2]]).array(), [[-2, 2]]);
 * ```
 */
export class PReLU<
  const O extends PReLUOptions = NoOptions,
> extends Layer<Keeps<LayerName<O, "p_re_lu">, NoSpec, ResultDType<O>>, unknown, PReLUConfig> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = { options: ["sharedAxes"] };
  /** The slopes; there once the layer is built. */
  declare alpha: Variable;
  /** The axes along which a slope is shared. */
  readonly sharedAxes: readonly number[] | null;
  readonly #settings: WeightSettings;
  /**
   * Makes the layer.
   *
   * @param options How the slopes begin and where they are shared.
   */
  constructor(options?: OptionsFor<O, PReLUOptions>) {
    super(options);
    const given: PReLUOptions = options ?? {};
    this.inputSpec = new InputSpec();
    this.supportsMasking = true;
    this.sharedAxes = given.sharedAxes ?? null;
    this.#settings = withConfig(this, new WeightSettings("alpha", "zeros", given));
  }
  /** Makes the slopes, and returns the layer. */
  override build(inputShape: Shape): this {
    const shared = new Set(this.sharedAxes ?? []);
    for (const axis of shared) {
      if (!Number.isInteger(axis) || axis < 1 || axis >= inputShape.length) {
        throw new InputRangeError(
          `Cannot build layer ${this.name}: expected shared axes from 1 to ${inputShape.length - 1}, received ${axis}`,
        );
      }
    }
    this.alpha = this.addWeight({
      name: "alpha",
      shape: inputShape.slice(1).map((dim, index) => shared.has(index + 1) ? 1 : dim),
      ...this.#settings,
    });
    const axes = Object.fromEntries(inputShape.map((dim, axis) => [axis, axis === 0 || shared.has(axis) ? null : dim]));
    this.inputSpec = new InputSpec({ ndim: inputShape.length, axes });
    return this;
  }
  /** `relu(x) - alpha * relu(-x)`. */
  override call(x: Tensor): Tensor {
    return subtract(relu(x), multiply(this.alpha, relu(negative(x)))) as Tensor;
  }
}
declareWeights(PReLU, ["alpha"]);

/** The options of {@linkcode ELU}. */
export interface ELUOptions extends LayerOptions {
  /** The limit for large negative values, negated. Default: 1. */
  readonly alpha?: number;
}

/**
 * The exponential linear unit: `x` above 0, `alpha * (exp(x) - 1)` below.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { ELU } from "@strata/nn";
 *
 * assertAlmostEquals(new ELU()(-1).item(), Math.exp(-1) - 1, 1e-6);
 * ```
 */
export class ELU<
  const O extends ELUOptions = NoOptions,
> extends Layer<Keeps<LayerName<O, "elu">, NoSpec, ResultDType<O>>, unknown, LayerConfig & { readonly alpha: number }> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = { options: ["alpha"] };
  /** The limit for large negative values, negated. */
  readonly alpha: number;
  /**
   * Makes the layer.
   *
   * @param options The slope.
   */
  constructor(options?: OptionsFor<O, ELUOptions>) {
    super(options);
    const given: ELUOptions = options ?? {};
    this.inputSpec = new InputSpec();
    this.supportsMasking = true;
    this.alpha = given.alpha ?? 1;
  }
  /** Applies the unit. */
  override call(x: Tensor): Tensor {
    return elu(x, { alpha: this.alpha });
  }
}

/** The options of {@linkcode Softmax}. */
export interface SoftmaxOptions extends LayerOptions {
  /** The axis, or the axes, whose values add up to 1. Default: -1. */
  readonly axis?: number | readonly number[];
}

/**
 * The softmax: `exp(x) / sum(exp(x))` along an axis.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Softmax } from "@strata/nn";
 *
 * assertEquals(new Softmax()([[1, 1]]).array(), [[0.5, 0.5]]);
 * ```
 */
export class Softmax<
  const O extends SoftmaxOptions = NoOptions,
> extends Layer<
  Keeps<LayerName<O, "softmax">, NoSpec, ResultDType<O>>,
  unknown,
  LayerConfig & { readonly axis: number | readonly number[] }
> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = { options: ["axis"] };
  /** The axis, or the axes, whose values add up to 1. */
  readonly axis: number | readonly number[];
  /**
   * Makes the layer.
   *
   * @param options The axis.
   */
  constructor(options?: OptionsFor<O, SoftmaxOptions>) {
    super(options);
    const given: SoftmaxOptions = options ?? {};
    this.inputSpec = new InputSpec();
    this.supportsMasking = true;
    this.axis = given.axis ?? -1;
  }
  /**
   * Applies the softmax; positions where a mask is false, or at most 0.5, get no share.
   *
   * @throws {ShapeError} If the mask does not broadcast to the input.
   */
  override call(x: Tensor, { mask = null }: CallOptions): Tensor {
    const { axis } = this;
    if (mask === null) return softmax(x, { axis });
    this.#checkMask(x, mask);
    const kept = mask.dtype === "bool" ? mask : greater(mask, 0.5) as Tensor;
    const hidden = x.dtype === "float16" ? -3e4 : -1e9;
    return where(kept, softmax(where(kept, x, hidden) as Tensor, { axis }), 0) as Tensor;
  }
  #checkMask(x: Tensor, mask: Tensor): void {
    const extra = x.shape.length - mask.shape.length;
    const fits = (dim: unknown, axis: number): boolean => {
      const size = x.shape[axis + extra];
      return dim === 1 || dim === size || typeof dim !== "number" || typeof size !== "number";
    };
    if (extra >= 0 && mask.shape.every(fits)) return;
    throw new ShapeError(
      `Cannot apply layer ${this.name}: expected a mask that broadcasts to ${showShape(x.shape)}, received one of ` +
        `shape ${showShape(mask.shape)}`,
    );
  }
}

function notNegative(value: number, what: string, layer: string): number {
  if (!(value >= 0)) {
    throw new InputRangeError(`Cannot make layer ${layer}: expected ${what} to be at least 0, received ${value}`);
  }
  return value;
}
