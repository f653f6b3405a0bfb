/**
 * The common parts of layers with a kernel, a bias and an activation.
 *
 * @module
 */
import type { Shape } from "../../shape/dim.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { VariableFunction } from "../../tensor/variable.ts";
import { type ActivationLike, getActivation, type ResolvedActivation, serializeActivation } from "./activation.ts";
import { type ConstraintConfig, type ConstraintLike, get as getConstraint } from "../weights/constraints.ts";
import { serialize as serializeConstraint } from "../weights/constraints.ts";
import {
  get as getInitializer,
  type Initializer,
  type InitializerConfig,
  type InitializerLike,
} from "../weights/initializers.ts";
import type { LayerOptions, WeightOptions } from "../base/options.ts";
import { get as getRegularizer, type RegularizerConfig, type RegularizerLike } from "../weights/regularizers.ts";
import { serialize as serializeRegularizer } from "../weights/regularizers.ts";

/** The options of layers with a kernel, a bias and an activation. */
export interface KernelOptions<Name extends string = string, D extends DType = DType> extends LayerOptions<Name, D> {
  /** The activation of the result, by name or as a function. Default: none. */
  readonly activation?: ActivationLike | null;
  /** The initializer of the kernel. Default: `"glorot_uniform"`. */
  readonly kernelInitializer?: InitializerLike;
  /** The initializer of the bias. Default: `"zeros"`. */
  readonly biasInitializer?: InitializerLike;
  /** The penalty on the kernel. Default: none. */
  readonly kernelRegularizer?: RegularizerLike | null;
  /** The penalty on the bias. Default: none. */
  readonly biasRegularizer?: RegularizerLike | null;
  /** The penalty on the layer's results. Default: none. */
  readonly activityRegularizer?: RegularizerLike | null;
  /** The constraint of the kernel. Default: none. */
  readonly kernelConstraint?: ConstraintLike | null;
  /** The constraint of the bias. Default: none. */
  readonly biasConstraint?: ConstraintLike | null;
}

/** The part of a configuration that is about kernel, bias and activation. */
export interface KernelConfig {
  /** The name of the activation. */
  readonly activation: string;
  /** The initializer of the kernel. */
  readonly kernelInitializer: InitializerConfig;
  /** The initializer of the bias. */
  readonly biasInitializer: InitializerConfig;
  /** The penalty on the kernel; left out where there is none. */
  readonly kernelRegularizer?: RegularizerConfig;
  /** The penalty on the bias; left out where there is none. */
  readonly biasRegularizer?: RegularizerConfig;
  /** The penalty on the layer's results; left out where there is none. */
  readonly activityRegularizer?: RegularizerConfig;
  /** The constraint of the kernel; left out where there is none. */
  readonly kernelConstraint?: ConstraintConfig;
  /** The constraint of the bias; left out where there is none. */
  readonly biasConstraint?: ConstraintConfig;
}

/** The options of a kernel, a bias and an activation, resolved once. */
export class KernelSettings {
  /** The activation. */
  readonly activation: ResolvedActivation;
  /** The activation as it was given. */
  readonly activationLike: ActivationLike;
  readonly #kernelInitializer: Initializer;
  readonly #biasInitializer: Initializer;
  readonly #kernelRegularizer: VariableFunction | null;
  readonly #biasRegularizer: VariableFunction | null;
  readonly #activityRegularizer: VariableFunction | null;
  readonly #kernelConstraint: VariableFunction | null;
  readonly #biasConstraint: VariableFunction | null;

  /** @throws {RangeError} If an activation, an initializer, a regularizer or a constraint has a name that there is not. */
  constructor(options: KernelOptions) {
    this.activationLike = options.activation ?? "linear";
    this.activation = getActivation(this.activationLike);
    this.#kernelInitializer = getInitializer(options.kernelInitializer ?? "glorot_uniform");
    this.#biasInitializer = getInitializer(options.biasInitializer ?? "zeros");
    this.#kernelRegularizer = getRegularizer(options.kernelRegularizer);
    this.#biasRegularizer = getRegularizer(options.biasRegularizer);
    this.#activityRegularizer = getRegularizer(options.activityRegularizer);
    this.#kernelConstraint = getConstraint(options.kernelConstraint);
    this.#biasConstraint = getConstraint(options.biasConstraint);
  }

  /** The initializer of the kernel. */
  kernel(shape: Shape): WeightOptions {
    return {
      name: "kernel",
      shape,
      initializer: this.#kernelInitializer,
      regularizer: this.#kernelRegularizer,
      constraint: this.#kernelConstraint,
    };
  }

  /** The initializer of the bias. */
  bias(shape: Shape): WeightOptions {
    return {
      name: "bias",
      shape,
      initializer: this.#biasInitializer,
      regularizer: this.#biasRegularizer,
      constraint: this.#biasConstraint,
    };
  }

  /**
   * The options as plain data.
   *
   * @throws {TypeError} If one of them is a function of one's own, which is no data.
   */
  getConfig(): KernelConfig {
    return {
      activation: serializeActivation(this.activationLike),
      kernelInitializer: this.#kernelInitializer.serialize(),
      biasInitializer: this.#biasInitializer.serialize(),
      ...given({
        kernelRegularizer: serializeRegularizer(this.#kernelRegularizer),
        biasRegularizer: serializeRegularizer(this.#biasRegularizer),
        activityRegularizer: serializeRegularizer(this.#activityRegularizer),
        kernelConstraint: serializeConstraint(this.#kernelConstraint),
        biasConstraint: serializeConstraint(this.#biasConstraint),
      }),
    };
  }
}

/** The entries that are not `null`. */
function given<T extends object>(entries: T): { readonly [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== null)) as never;
}
