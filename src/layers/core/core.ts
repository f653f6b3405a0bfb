/**
 * Layers around others: the identity, functions as layers, and inputs.
 *
 * @module
 */
import type { NoOptions } from "../../ops/options.ts";
import type { Shape } from "../../shape/dim.ts";
import { InputError } from "../../shape/error.ts";
import type { DType } from "../../tensor/dtype.ts";
import { input, type SymbolicTensor } from "../../tensor/symbolic.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { ConfigNames } from "../base/config.ts";
import type { CallOptions } from "../base/context.ts";
import { InputSpec } from "../base/input_spec.ts";
import { checkLayerOptions } from "../base/known_options.ts";
import { Layer } from "../base/layer.ts";
import type { LayerConfig, LayerOptions } from "../base/options.ts";
import type { OptionsFor, ResultDType } from "../base/option_types.ts";
import type { Anything, CastFloats, Keeps, Signature } from "../base/signature.ts";

/** Any input stays as it is, of whatever structure; floats become `D`. */
export interface IdentitySignature<D extends DType> extends Signature {
  /** Any input fits. */
  readonly check: unknown;
  /** The shape of the input, in its structure. */
  readonly output: this["input"];
  /** That of the input; of several inputs it is not known which one. */
  readonly dtype: this["dtypes"] extends DType ? CastFloats<this["dtypes"], D> : DType;
}

/**
 * Gives its input as it is.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Identity } from "@strata/nn";
 *
 * assertEquals(new Identity()([1, 2]).array(), [1, 2]);
 * ```
 */
export class Identity<
  const O extends LayerOptions = NoOptions,
> extends Layer<IdentitySignature<ResultDType<O>>> {
  /** The names of the options in configurations: only those of all layers. */
  static override readonly configNames: ConfigNames = {};
  /**
   * Makes the layer.
   *
   * @param options The name, `trainable` and the dtype.
   */
  constructor(options?: OptionsFor<O, LayerOptions>) {
    super(options);
    this.supportsMasking = true;
  }
  /** The input. */
  override call(x: Tensor): Tensor {
    return x;
  }
}

/** The function that {@linkcode Lambda} calls. */
export type LambdaFunction = (inputs: Tensor, options: CallOptions) => Tensor;

/** The options of {@linkcode Lambda}. */
export interface LambdaOptions extends LayerOptions {
  /**
   * The mask of what the function gives: a tensor, or a function of the inputs and their mask. Default: none, so that the
   * masks of the inputs end here.
   */
  readonly mask?: Tensor | ((inputs: Tensor, mask: Tensor | null) => Tensor | null) | null;
}

/**
 * A function as a layer. It has no weights; what has any is a subclass of {@linkcode Layer}. A function cannot be
 * written down as data, so that this layer has no configuration.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Lambda, ops } from "@strata/nn";
 *
 * const twice = new Lambda((x) => ops.add(x, x));
 * assertEquals(twice([1, 2]).array(), [2, 4]);
 * ```
 */
export class Lambda extends Layer<Anything> {
  /** The function. */
  readonly function: LambdaFunction;
  readonly #mask: NonNullable<LambdaOptions["mask"]> | null;
  /**
   * Makes the layer.
   *
   * @param lambda What is called; it may not be asynchronous.
   * @throws {TypeError} If it is no function.
   */
  constructor(lambda: LambdaFunction, options: LambdaOptions = {}) {
    super(options);
    this.#mask = options.mask ?? null;
    this.supportsMasking = this.#mask !== null;
    if (typeof lambda !== "function") {
      throw new InputError(`Cannot make layer ${this.name}: expected a function, received ${typeof lambda}`);
    }
    this.function = lambda;
  }
  /** The result of the function. */
  override call(x: Tensor, options: CallOptions): Tensor {
    return this.function(x, options);
  }
  /** What the option says: what the function does to positions is not known. */
  override computeMask(inputs: Tensor, mask: Tensor | null): Tensor | null {
    return typeof this.#mask === "function" ? this.#mask(inputs, mask) : this.#mask;
  }
  /**
   * A function has no configuration.
   *
   * @throws {TypeError} Always: a function is no data.
   */
  override getConfig(): never {
    throw new TypeError(
      `Cannot make the configuration of layer ${this.name}: a function cannot be written down; use a subclass of Layer`,
    );
  }
}

/** The options of {@linkcode InputLayer}. */
export interface InputLayerOptions<S extends Shape = Shape, D extends DType = DType> {
  /** The shape, the batch included. */
  readonly shape: S;
  /** The dtype. Default: `"float32"`. */
  readonly dtype?: D;
  /** The name of the input. */
  readonly name?: string;
  /** The symbolic tensor that stands for the input. Default: a new one. */
  readonly inputTensor?: SymbolicTensor<S, D>;
}

/** The configuration of {@linkcode InputLayer}. */
export interface InputLayerConfig extends LayerConfig {
  /** The shape, the batch included. */
  readonly shape: Shape;
}

const inputLayers = new WeakMap<SymbolicTensor, InputLayer<Shape, DType>>();

/** The layer that a model lists for a symbolic input: the one that made the tensor, else a new one with that name. */
export function inputLayerOf(inputTensor: SymbolicTensor, name: string): InputLayer<Shape, DType> {
  const { shape, dtype } = inputTensor;
  return inputLayers.get(inputTensor) ?? new InputLayer({ shape, dtype, name, inputTensor });
}

/**
 * The place where a model is given a tensor. {@linkcode input} makes the tensor directly.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { InputLayer } from "@strata/nn";
 *
 * assertEquals(new InputLayer({ shape: ["batch", 3] }).output.shape, ["batch", 3]);
 * ```
 */
export class InputLayer<const S extends Shape = Shape, const D extends DType = "float32">
  extends Layer<Keeps<"input_layer", { readonly shape: S; readonly dtype: D }, D>, unknown, InputLayerConfig> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = { options: ["shape"] };
  readonly #tensor: SymbolicTensor<S, D>;
  /**
   * Makes the layer.
   *
   * @param options The shape, the dtype and the name.
   */
  constructor(options: InputLayerOptions<S, D>) {
    const { shape, dtype = "float32" as D, name, inputTensor } = options;
    checkLayerOptions(new.target, options);
    super({ dtype, ...(name === undefined ? {} : { name }) });
    this.#tensor = inputTensor ?? input<S, D>(shape, { dtype, name: this.name });
    if (inputTensor === undefined) inputLayers.set(this.#tensor, this);
    this.inputSpec = new InputSpec({ shape, dtype });
  }
  /** The shape, the batch included. */
  get shape(): S {
    return this.#tensor.shape;
  }
  /** The tensor that stands for what the model is given. */
  override get output(): SymbolicTensor<S, D> {
    return this.#tensor;
  }
  /** The same tensor. */
  override get input(): SymbolicTensor<S, D> {
    return this.#tensor;
  }
  /** The input. */
  override call(x: Tensor): Tensor {
    return x;
  }
}
