/**
 * The densely connected layer.
 *
 * @module
 */
import { dense } from "../../ops/products/dense.ts";
import type { NoOptions } from "../../ops/options.ts";
import type { Dim, Shape } from "../../shape/dim.ts";
import type { replaceAt } from "../../shape/axis.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Variable } from "../../tensor/variable.ts";
import type { ActivationLike } from "./activation.ts";
import { type ConfigNames, withConfig } from "../base/config.ts";
import { InputSpec } from "../base/input_spec.ts";
import { type KernelConfig, type KernelOptions, KernelSettings } from "./kernel.ts";
import { Layer } from "../base/layer.ts";
import type { LayerConfig } from "../base/options.ts";
import type { LayerName, OptionFor, OptionsFor, ResultDType } from "../base/option_types.ts";
import type { CheckInput, Signature } from "../base/signature.ts";
import { positiveInteger } from "../base/validate.ts";
import { declareWeights } from "../base/weight_fields.ts";

/** The options of {@linkcode Dense}. */
export interface DenseOptions extends KernelOptions {
  /** The size of the last axis of inputs; where it is given, it is checked at compile time and before the first call. */
  readonly inputDim?: Dim;
  /** Whether a bias is added. Default: `true`. */
  readonly useBias?: boolean;
}

/** The configuration of {@linkcode Dense}. */
export interface DenseConfig extends LayerConfig, KernelConfig {
  /** The size of the last axis of results. */
  readonly units: number;
  /** The size of the last axis of inputs, or `null` where it follows from the first call. */
  readonly inputDim: number | null;
  /** Whether a bias is added. */
  readonly useBias: boolean;
}

/** Any number of axes, the last of which becomes `U`; it must be `I`. */
export interface DenseSignature<U extends number, I extends Dim, Name extends string, D extends DType>
  extends Signature {
  /** The sentence where the input has too few axes, or another last one. */
  readonly check: CheckInput<
    Name,
    { readonly minNdim: 2; readonly axes: { readonly [-1]: I } },
    this["input"],
    this["dtypes"]
  >;
  /** The input's shape with `U` as its last axis. */
  readonly output: this["input"] extends Shape ? replaceAt<this["input"], -1, U> : Shape;
  /** The layer's dtype. */
  readonly dtype: D;
}

/**
 * A densely connected layer: `activation(x · kernel + bias)`.
 *
 * Input: `[..., features]`, at least two axes. Output: `[..., units]`. Weights: `kernel` `[features, units]` and `bias`
 * `[units]`.
 *
 * @throws {ShapeError} When called with another number of features than it was built for.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Dense, tensor } from "@strata/nn";
 *
 * const layer = new Dense(2, { activation: "relu" }).build([null, 2]);
 * layer.setWeights([[[1, -2], [3, -4]], [5, -6]]);
 * assertEquals(layer(tensor([[-1, 2]])).array(), [[10, 0]]);
 * ```
 */
export class Dense<
  const U extends number = number,
  const O extends DenseOptions = NoOptions,
  I extends Dim = OptionFor<O, "inputDim", Dim, Dim>,
> extends Layer<
  DenseSignature<U, I, LayerName<O, "dense">, ResultDType<O>>,
  unknown,
  DenseConfig
> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = { positional: ["units"], options: ["inputDim", "useBias"] };
  /** The weight `[features, units]`; there once the layer is built. */
  declare kernel: Variable;
  /** The weight `[units]`, or `null` without a bias; there once the layer is built. */
  bias: Variable | null = null;
  /** The size of the last axis of results. */
  readonly units: U;
  /** Whether a bias is added. */
  readonly useBias: boolean;
  /** The size of the last axis of inputs, or `null` where it follows from the first call. */
  readonly inputDim: number | null;
  readonly #settings: KernelSettings;

  /**
   * Makes the layer.
   *
   * @param units The size of the last axis of results, a positive integer.
   * @throws {RangeError} If `units` is no positive integer.
   */
  constructor(units: U, options?: OptionsFor<O, DenseOptions>) {
    super(options);
    const given: DenseOptions = options ?? {};
    this.supportsMasking = true;
    this.units = positiveInteger(units, "units", this.name);
    this.useBias = given.useBias ?? true;
    this.#settings = withConfig(this, new KernelSettings(given));
    const { inputDim } = given;
    this.inputDim = typeof inputDim === "number" ? positiveInteger(inputDim, "inputDim", this.name) : null;
    const axes = this.inputDim === null ? {} : { axes: { [-1]: this.inputDim } };
    this.inputSpec = new InputSpec({ minNdim: 2, ...axes });
  }

  /** Makes the kernel and the bias, and returns the layer typed with the size that it now expects. */
  override build<const S extends Shape>(
    inputShape: S,
  ): Dense<U, O, S extends readonly [...Dim[], infer Last extends Dim] ? Last : Dim> {
    const features = inputShape.at(-1)!;
    this.kernel = this.addWeight(this.#settings.kernel([features, this.units]));
    if (this.useBias) this.bias = this.addWeight(this.#settings.bias([this.units]));
    this.inputSpec = new InputSpec({ minNdim: 2, axes: { [-1]: features } });
    return this as never;
  }

  /** `activation(x · kernel + bias)`. */
  override call(x: Tensor): Tensor {
    const { operation, apply } = this.#settings.activation;
    const product = dense(x, this.kernel, this.bias, operation === undefined ? undefined : { activation: operation });
    return operation === undefined ? apply(product) : product;
  }

  /** The activation of the result. */
  get activation(): ActivationLike {
    return this.#settings.activationLike;
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: DenseConfig): Dense {
    return super.fromConfig(config) as Dense;
  }
}
declareWeights(Dense, ["kernel"]);
