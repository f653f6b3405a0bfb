/**
 * What layers with a kernel, a bias and an activation have in common.
 *
 * @module
 */
import type { Shape } from "../shape/dim.ts";
import type { DType } from "../tensor/dtype.ts";
import type { VariableFunction } from "../tensor/variable.ts";
import { type ActivationLike, getActivation, type ResolvedActivation, serializeActivation } from "./activation.ts";
import {
  get as getInitializer,
  type Initializer,
  type InitializerConfig,
  type InitializerLike,
} from "./initializers.ts";
import type { LayerOptions, WeightOptions } from "./options.ts";

/** The options of layers with a kernel, a bias and an activation. */
export interface KernelOptions<Name extends string = string, D extends DType = DType> extends LayerOptions<Name, D> {
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

/** The part of a configuration that is about kernel, bias and activation. */
export interface KernelConfig {
  /** The name of the activation. */
  readonly activation: string;
  /** How the kernel begins. */
  readonly kernelInitializer: InitializerConfig;
  /** How the bias begins. */
  readonly biasInitializer: InitializerConfig;
}

/** The options of a kernel, a bias and an activation, resolved once. */
export class KernelSettings {
  /** The activation. */
  readonly activation: ResolvedActivation;
  /** The activation as it was given. */
  readonly activationLike: ActivationLike;
  readonly #kernelInitializer: Initializer;
  readonly #biasInitializer: Initializer;
  readonly #options: KernelOptions;

  /** @throws {RangeError} If an activation or an initializer has a name that there is not. */
  constructor(options: KernelOptions) {
    this.#options = options;
    this.activationLike = options.activation ?? "linear";
    this.activation = getActivation(this.activationLike);
    this.#kernelInitializer = getInitializer(options.kernelInitializer ?? "glorot_uniform");
    this.#biasInitializer = getInitializer(options.biasInitializer ?? "zeros");
  }

  /** How the kernel is made. */
  kernel(shape: Shape): WeightOptions {
    const { kernelRegularizer: regularizer = null, kernelConstraint: constraint = null } = this.#options;
    return { name: "kernel", shape, initializer: this.#kernelInitializer, regularizer, constraint };
  }

  /** How the bias is made. */
  bias(shape: Shape): WeightOptions {
    const { biasRegularizer: regularizer = null, biasConstraint: constraint = null } = this.#options;
    return { name: "bias", shape, initializer: this.#biasInitializer, regularizer, constraint };
  }

  /** The options as plain data. */
  getConfig(): KernelConfig {
    return {
      activation: serializeActivation(this.activationLike),
      kernelInitializer: this.#kernelInitializer.serialize(),
      biasInitializer: this.#biasInitializer.serialize(),
    };
  }
}
