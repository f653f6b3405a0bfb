/**
 * The dense layer along any axes.
 *
 * @module
 */
import { add } from "../../ops/elementwise/arithmetic.ts";
import { einsum } from "../../ops/products/einsum.ts";
import type { NoOptions } from "../../ops/options.ts";
import type { Shape } from "../../shape/dim.ts";
import { InputError } from "../../shape/error.ts";
import type { DType } from "../../tensor/dtype.ts";
import { kindOf } from "../../tensor/options.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Variable } from "../../tensor/variable.ts";
import { type EinsumShapes, einsumShapes, parseEquation } from "./einsum_equation.ts";
import type { EinsumCheck, EinsumOutput } from "./einsum_equation.ts";
import type { ActivationLike } from "./activation.ts";
import { type ConfigNames, withConfig } from "../base/config.ts";
import { InputSpec } from "../base/input_spec.ts";
import { type KernelConfig, type KernelOptions, KernelSettings } from "./kernel.ts";
import { Layer } from "../base/layer.ts";
import type { LayerConfig } from "../base/options.ts";
import type { LayerName, OptionsFor, ResultDType } from "../base/option_types.ts";
import type { Signature } from "../base/signature.ts";
import { declareWeights } from "../base/weight_fields.ts";

/** The options of {@linkcode EinsumDense}. */
export interface EinsumDenseOptions extends KernelOptions {
  /** The labels of the axes along which a bias is added. Default: no bias. */
  readonly biasAxes?: string | null;
}

/** The configuration of {@linkcode EinsumDense}. */
export interface EinsumDenseConfig extends LayerConfig, KernelConfig {
  /** The equation, `"input,kernel->output"`. */
  readonly equation: string;
  /** The shape of results without the batch. */
  readonly outputShape: number | readonly (number | null)[];
  /** The labels of the axes along which a bias is added. */
  readonly biasAxes: string | null;
}

/** The equation applied to the input's shape. */
export interface EinsumDenseSignature<
  Equation extends string,
  Out extends number | readonly (number | null)[],
  Name extends string,
  D extends DType,
> extends Signature {
  /** The sentence where the input has another rank than the equation. */
  readonly check: EinsumCheck<Equation, Name, this["input"]>;
  /** The shape that the equation gives. */
  readonly output: this["input"] extends infer S extends Shape ? EinsumOutput<Equation, Out, S> : Shape;
  /** The layer's dtype. */
  readonly dtype: D;
}

/**
 * A dense layer along any axes, as an equation in Einstein's notation says: `activation(einsum(x, kernel) + bias)`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { EinsumDense, zeros } from "@strata/nn";
 *
 * const layer = new EinsumDense("abc,cd->abd", [null, 64], { biasAxes: "d" });
 * assertEquals(layer(zeros([2, 3, 8])).shape, [2, 3, 64]);
 * assertEquals(layer.kernel.shape, [8, 64]);
 * ```
 */
export class EinsumDense<
  const Equation extends string = string,
  const Out extends number | readonly (number | null)[] = number | readonly (number | null)[],
  const O extends EinsumDenseOptions = NoOptions,
> extends Layer<
  EinsumDenseSignature<Equation, Out, LayerName<O, "einsum_dense">, ResultDType<O>>,
  unknown,
  EinsumDenseConfig
> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = {
    positional: ["equation", "outputShape"],
    options: ["biasAxes"],
  };
  /** The weight; there once the layer is built. */
  declare kernel: Variable;
  /** The bias, or `null` without one; there once the layer is built. */
  bias: Variable | null = null;
  /** The equation, `"input,kernel->output"`. */
  readonly equation: Equation;
  /** The shape of results without the batch; `null` is taken from the input. */
  readonly outputShape: Out;
  /** The labels of the axes along which a bias is added. */
  readonly biasAxes: string | null;
  readonly #settings: KernelSettings;
  /**
   * Makes the layer.
   *
   * @param equation `"input,kernel->output"`, each side's axes as letters; `...` at one end stands for any axes.
   * @param outputShape The shape of results without the batch; `null` is taken from the input.
   * @throws {RangeError} If the equation is not of that form.
   */
  constructor(equation: Equation, outputShape: Out, options?: OptionsFor<O, EinsumDenseOptions>) {
    super(options);
    const given: EinsumDenseOptions = options ?? {};
    this.inputSpec = parseEquation(equation, this.name).inputSpec;
    this.equation = equation;
    if (typeof outputShape !== "number" && !Array.isArray(outputShape)) {
      const received = kindOf(outputShape);
      throw new InputError(
        `Cannot make layer ${this.name}: expected outputShape to be an integer or a list, received ${received}`,
      );
    }
    this.outputShape = outputShape;
    this.biasAxes = given.biasAxes ?? null;
    this.#settings = withConfig(this, new KernelSettings(given));
  }
  /** Makes the kernel and the bias, and returns the layer. */
  override build(inputShape: Shape): this {
    const shapes: EinsumShapes = einsumShapes(this.equation, this.outputShape, this.biasAxes, inputShape, this.name);
    this.kernel = this.addWeight(this.#settings.kernel(shapes.kernel));
    if (shapes.bias !== null) this.bias = this.addWeight(this.#settings.bias(shapes.bias));
    this.inputSpec = new InputSpec(shapes.inputSpec);
    return this;
  }
  /** `activation(einsum(x, kernel) + bias)`. */
  override call(x: Tensor): Tensor {
    const product: Tensor = einsum(this.equation as string, x, this.kernel as Tensor);
    return this.#settings.activation.apply(this.bias === null ? product : add(product, this.bias));
  }
  /** The activation of the result. */
  get activation(): ActivationLike {
    return this.#settings.activationLike;
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: EinsumDenseConfig): EinsumDense {
    return super.fromConfig(config) as EinsumDense;
  }
}
declareWeights(EinsumDense, ["kernel"]);
