/**
 * The options of recurrent layers and of their cells.
 *
 * @module
 */
import { SeedGenerator } from "../../ops/random/seed_generator.ts";
import type { Shape } from "../../shape/dim.ts";
import { InputRangeError } from "../../shape/error.ts";
import type { DType } from "../../tensor/dtype.ts";
import {
  type ActivationLike,
  getActivation,
  type ResolvedActivation,
  serializeActivation,
} from "../core/activation.ts";
import type { ConstraintConfig, ConstraintLike } from "../weights/constraints.ts";
import type { Initializer, InitializerConfig, InitializerLike } from "../weights/initializers.ts";
import type { LayerOptions, WeightOptions } from "../base/options.ts";
import type { RegularizerConfig, RegularizerLike } from "../weights/regularizers.ts";
import { WeightSettings } from "../weights/weight_settings.ts";

/** The options of a cell. */
export interface CellOptions<Name extends string = string, D extends DType = DType> extends LayerOptions<Name, D> {
  /** The activation of what a step makes. Default: `"tanh"`. */
  readonly activation?: ActivationLike | null;
  /** Whether a bias is added. Default: `true`. */
  readonly useBias?: boolean;
  /** The initializer of the kernel. Default: `"glorot_uniform"`. */
  readonly kernelInitializer?: InitializerLike;
  /** The initializer of the recurrent kernel. Default: `"orthogonal"`. */
  readonly recurrentInitializer?: InitializerLike;
  /** The initializer of the bias. Default: `"zeros"`. */
  readonly biasInitializer?: InitializerLike;
  /** The penalty on the kernel. Default: none. */
  readonly kernelRegularizer?: RegularizerLike | null;
  /** The penalty on the recurrent kernel. Default: none. */
  readonly recurrentRegularizer?: RegularizerLike | null;
  /** The penalty on the bias. Default: none. */
  readonly biasRegularizer?: RegularizerLike | null;
  /** The constraint of the kernel. Default: none. */
  readonly kernelConstraint?: ConstraintLike | null;
  /** The constraint of the recurrent kernel. Default: none. */
  readonly recurrentConstraint?: ConstraintLike | null;
  /** The constraint of the bias. Default: none. */
  readonly biasConstraint?: ConstraintLike | null;
  /** The part of a step's input that is dropped in training, the same in all steps. Default: 0. */
  readonly dropout?: number;
  /** The part of the state that is dropped in training, the same in all steps. Default: 0. */
  readonly recurrentDropout?: number;
  /** The seed of the dropout. Default: drawn. */
  readonly seed?: number | null;
}

/** The options of a cell with gates. */
export interface GatedCellOptions<Name extends string = string, D extends DType = DType> extends CellOptions<Name, D> {
  /** The activation of the gates. Default: `"sigmoid"`. */
  readonly recurrentActivation?: ActivationLike | null;
}

/** The part of a configuration that is about a cell. */
export interface CellConfig {
  /** The number of units. */
  readonly units: number;
  /** The name of the activation. */
  readonly activation: string;
  /** Whether a bias is added. */
  readonly useBias: boolean;
  /** The initializer of the kernel. */
  readonly kernelInitializer: InitializerConfig;
  /** The initializer of the recurrent kernel. */
  readonly recurrentInitializer: InitializerConfig;
  /** The initializer of the bias. */
  readonly biasInitializer: InitializerConfig;
  /** The penalty on the kernel. */
  readonly kernelRegularizer: RegularizerConfig | null;
  /** The penalty on the recurrent kernel. */
  readonly recurrentRegularizer: RegularizerConfig | null;
  /** The penalty on the bias. */
  readonly biasRegularizer: RegularizerConfig | null;
  /** The constraint of the kernel. */
  readonly kernelConstraint: ConstraintConfig | null;
  /** The constraint of the recurrent kernel. */
  readonly recurrentConstraint: ConstraintConfig | null;
  /** The constraint of the bias. */
  readonly biasConstraint: ConstraintConfig | null;
  /** The part of a step's input that is dropped in training. */
  readonly dropout: number;
  /** The part of the state that is dropped in training. */
  readonly recurrentDropout: number;
  /** The seed as it was given. */
  readonly seed: number | null;
}

/** The part of a configuration that is about a cell with gates. */
export interface GatedCellConfig extends CellConfig {
  /** The name of the gates' activation. */
  readonly recurrentActivation: string;
}

/** The options of a cell, resolved once. */
export class CellSettings {
  /** The activation of what a step makes. */
  readonly activation: ResolvedActivation;
  /** The activation of the gates. */
  readonly recurrentActivation: ResolvedActivation;
  /** The activation as it was given. */
  readonly activationLike: ActivationLike;
  /** The gates' activation as it was given. */
  readonly recurrentActivationLike: ActivationLike;
  /** Whether a bias is added. */
  readonly useBias: boolean;
  /** The part of a step's input that is dropped in training. */
  readonly dropout: number;
  /** The part of the state that is dropped in training. */
  readonly recurrentDropout: number;
  /** The source of random numbers for dropout; there is none without dropout. */
  readonly seedGenerator: SeedGenerator | null;
  readonly #seed: number | null;
  readonly #gated: boolean;
  readonly #kernel: WeightSettings<"kernel">;
  readonly #recurrentKernel: WeightSettings<"recurrent">;
  readonly #bias: WeightSettings<"bias">;

  /**
   * Resolves the options of the layer of a name.
   *
   * @param gated Whether the activation of the gates is part of the configuration.
   * @throws {RangeError} If an activation, an initializer, a regularizer or a constraint has a name that there is not, or a
   * part to be dropped is not from 0 to 1.
   */
  constructor(options: GatedCellOptions, layer: string, gated: boolean = false) {
    this.activationLike = options.activation === undefined ? "tanh" : options.activation ?? "linear";
    this.recurrentActivationLike = options.recurrentActivation === undefined
      ? "sigmoid"
      : options.recurrentActivation ?? "linear";
    this.activation = getActivation(this.activationLike);
    this.recurrentActivation = getActivation(this.recurrentActivationLike);
    this.useBias = options.useBias ?? true;
    this.dropout = share(options.dropout ?? 0, "dropout", layer);
    this.recurrentDropout = share(options.recurrentDropout ?? 0, "recurrentDropout", layer);
    this.#seed = options.seed ?? null;
    const drops = this.dropout > 0 || this.recurrentDropout > 0;
    this.seedGenerator = drops ? new SeedGenerator(this.#seed ?? undefined) : null;
    this.#gated = gated;
    this.#kernel = new WeightSettings("kernel", "glorot_uniform", options);
    this.#recurrentKernel = new WeightSettings("recurrent", "orthogonal", options);
    this.#bias = new WeightSettings("bias", "zeros", options);
  }

  /** The initializer of the bias. */
  get biasInitializer(): Initializer {
    return this.#bias.initializer;
  }

  /** The initializer of the kernel. */
  kernel(shape: Shape): WeightOptions {
    return { name: "kernel", shape, ...this.#kernel };
  }

  /** The initializer of the recurrent kernel. */
  recurrentKernel(shape: Shape): WeightOptions {
    return { name: "recurrent_kernel", shape, ...this.#recurrentKernel };
  }

  /** The initializer of the bias. */
  bias(shape: Shape): WeightOptions {
    return { name: "bias", shape, ...this.#bias };
  }

  /** The options as plain data. */
  getConfig(): Omit<CellConfig, "units"> {
    return {
      activation: serializeActivation(this.activationLike),
      ...(this.#gated ? { recurrentActivation: serializeActivation(this.recurrentActivationLike) } : {}),
      useBias: this.useBias,
      ...this.#kernel.getConfig(),
      ...this.#recurrentKernel.getConfig(),
      ...this.#bias.getConfig(),
      dropout: this.dropout,
      recurrentDropout: this.recurrentDropout,
      seed: this.#seed,
    };
  }
}

function share(value: number, what: string, layer: string): number {
  if (typeof value === "number" && value >= 0 && value <= 1) return value;
  throw new InputRangeError(`Cannot make layer ${layer}: expected ${what} to be from 0 to 1, received ${value}`);
}
