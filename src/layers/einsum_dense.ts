/**
 * The dense layer along any axes.
 *
 * @module
 */
import { add } from "../ops/arithmetic.ts";
import { einsum } from "../ops/einsum.ts";
import type { Shape } from "../shape/dim.ts";
import type { DType } from "../tensor/dtype.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Variable, VariableFunction } from "../tensor/variable.ts";
import { type ActivationLike, getActivation, serializeActivation } from "./activation.ts";
import { type EinsumShapes, einsumShapes, parseEquation } from "./einsum_equation.ts";
import type { EinsumCheck, EinsumOutput } from "./einsum_equation.ts";
import {
  get as getInitializer,
  type Initializer,
  type InitializerConfig,
  type InitializerLike,
} from "./initializers.ts";
import { InputSpec } from "./input_spec.ts";
import { Layer } from "./layer.ts";
import type { LayerConfig, LayerOptions } from "./options.ts";
import type { Signature } from "./signature.ts";

/** The options of {@linkcode EinsumDense}. */
export interface EinsumDenseOptions<Name extends string = string, D extends DType = DType>
  extends LayerOptions<Name, D> {
  /** The labels of the axes along which a bias is added. Default: no bias. */
  readonly biasAxes?: string | null;
  /** What is applied to the result, by name or as a function. Default: none. */
  readonly activation?: ActivationLike | null;
  /** How the kernel begins. Default: `"glorot_uniform"`. */
  readonly kernelInitializer?: InitializerLike;
  /** How the bias begins. Default: `"zeros"`. */
  readonly biasInitializer?: InitializerLike;
  /** The penalty on the kernel. Default: none. */
  readonly kernelRegularizer?: VariableFunction | null;
  /** The penalty on the bias. Default: none. */
  readonly biasRegularizer?: VariableFunction | null;
  /** What the kernel is projected to after each update. Default: none. */
  readonly kernelConstraint?: VariableFunction | null;
  /** What the bias is projected to after each update. Default: none. */
  readonly biasConstraint?: VariableFunction | null;
}

/** The configuration of {@linkcode EinsumDense}. */
export interface EinsumDenseConfig extends LayerConfig {
  /** The equation, `"input,kernel->output"`. */
  readonly equation: string;
  /** The shape of results without the batch. */
  readonly outputShape: number | readonly (number | null)[];
  /** The labels of the axes along which a bias is added. */
  readonly biasAxes: string | null;
  /** The name of the activation. */
  readonly activation: string;
  /** How the kernel begins. */
  readonly kernelInitializer: InitializerConfig;
  /** How the bias begins. */
  readonly biasInitializer: InitializerConfig;
}

/** The equation applied to the input's shape. */
export interface EinsumDenseSignature<
  Equation extends string,
  Out extends number | readonly (number | null)[],
  Name extends string,
  D extends DType,
> extends Signature {
  /** The layer's name in messages. */
  readonly name: Name;
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
  const Name extends string = "einsum_dense",
  const D extends DType = "float32",
> extends Layer<EinsumDenseSignature<Equation, Out, Name, D>> {
  /** The weight; there once the layer is built. */
  kernel!: Variable;
  /** What is added, or `null` without a bias; there once the layer is built. */
  bias: Variable | null = null;
  /** The equation, `"input,kernel->output"`. */
  readonly equation: Equation;
  /** The shape of results without the batch; `null` is taken from the input. */
  readonly outputShape: Out;
  /** The labels of the axes along which a bias is added. */
  readonly biasAxes: string | null;
  /** What is applied to the result. */
  readonly activation: ActivationLike;
  readonly #kernelInitializer: Initializer;
  readonly #biasInitializer: Initializer;
  readonly #options: EinsumDenseOptions;
  /**
   * @param equation `"input,kernel->output"`, each side's axes as letters; `...` at one end stands for any axes.
   * @param outputShape The shape of results without the batch; `null` is taken from the input.
   * @throws {RangeError} If the equation is not of that form.
   */
  constructor(equation: Equation, outputShape: Out, options: EinsumDenseOptions<Name, D> = {}) {
    super(options);
    parseEquation(equation, this.name);
    this.equation = equation;
    this.outputShape = outputShape;
    this.biasAxes = options.biasAxes ?? null;
    this.activation = options.activation ?? "linear";
    getActivation(this.activation);
    this.#kernelInitializer = getInitializer(options.kernelInitializer ?? "glorot_uniform");
    this.#biasInitializer = getInitializer(options.biasInitializer ?? "zeros");
    this.#options = options;
    this.inputSpec = parseEquation(equation, this.name).inputSpec;
  }
  /** Makes the kernel and the bias, and returns the layer. */
  override build(inputShape: Shape): this {
    const shapes: EinsumShapes = einsumShapes(this.equation, this.outputShape, this.biasAxes, inputShape, this.name);
    const { kernelRegularizer = null, biasRegularizer = null, kernelConstraint = null, biasConstraint = null } =
      this.#options;
    this.kernel = this.addWeight({
      name: "kernel",
      shape: shapes.kernel,
      initializer: this.#kernelInitializer,
      regularizer: kernelRegularizer,
      constraint: kernelConstraint,
    });
    if (shapes.bias !== null) {
      this.bias = this.addWeight({
        name: "bias",
        shape: shapes.bias,
        initializer: this.#biasInitializer,
        regularizer: biasRegularizer,
        constraint: biasConstraint,
      });
    }
    this.inputSpec = new InputSpec(shapes.inputSpec);
    return this;
  }
  /** `activation(einsum(x, kernel) + bias)`. */
  override call(x: Tensor): Tensor {
    const product: Tensor = einsum(this.equation as string, x, this.kernel as Tensor);
    return getActivation(this.activation).apply(this.bias === null ? product : add(product, this.bias));
  }
  /** The options from which an equal layer can be made. */
  override getConfig(): EinsumDenseConfig {
    return {
      ...super.getConfig(),
      equation: this.equation,
      outputShape: this.outputShape,
      biasAxes: this.biasAxes,
      activation: serializeActivation(this.activation),
      kernelInitializer: this.#kernelInitializer.serialize(),
      biasInitializer: this.#biasInitializer.serialize(),
    };
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: EinsumDenseConfig): EinsumDense {
    const { equation, outputShape, ...options } = config;
    return new EinsumDense(
      equation,
      outputShape,
      options as EinsumDenseOptions<"einsum_dense", "float32">,
    ) as EinsumDense;
  }
}
