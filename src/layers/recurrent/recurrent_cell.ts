/**
 * Cells: what recurrent layers do at each step.
 *
 * @module
 */
import type { RecurrentKind } from "../../ops/recurrent/recurrent.ts";
import { add, multiply } from "../../ops/elementwise/arithmetic.ts";
import { dense } from "../../ops/products/dense.ts";
import { concatenate, split } from "../../ops/shaping/joining.ts";
import { matmul } from "../../ops/products/linear_algebra.ts";
import type { SeedGenerator } from "../../ops/random/seed_generator.ts";
import type { replaceAt } from "../../shape/axis.ts";
import type { Dim, Shape } from "../../shape/dim.ts";
import type { Mismatch } from "../../shape/error.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Variable } from "../../tensor/variable.ts";
import type { ActivationLike } from "../core/activation.ts";
import { draw, type Dropped, droppedBy } from "./cell_dropout.ts";
import { type CellConfig, CellSettings, type GatedCellOptions } from "./cell_settings.ts";
import { type ConfigNames, withConfig } from "../base/config.ts";
import type { CallOptions } from "../base/context.ts";
import { type inputMismatch, InputSpec } from "../base/input_spec.ts";
import { type AnyLayer, Layer } from "../base/layer.ts";
import type { LayerConfig } from "../base/options.ts";
import type { incompatible } from "../base/sentences.ts";
import type { Signature } from "../base/signature.ts";
import { positiveInteger } from "../base/validate.ts";
import { declareWeights } from "../base/weight_fields.ts";

/** The size of a state: that of its last axis, or of all its axes after the batch. */
export type StateSize = number | readonly number[];

/**
 * A cell that a recurrent layer can repeat: a layer that takes `[x, ...states]`, the values of one step and the states before it,
 * and gives `[output, ...states]`, its output and the states after it, of the same shapes.
 */
export interface RecurrentCell extends AnyLayer {
  /** The size of the state, or those of all states. */
  readonly stateSize: number | readonly StateSize[];
  /** The size of the output. Default: that of the first state. */
  readonly outputSize?: StateSize;
}

/** From the values of a step, `[batch, features]`, and states `[batch, units]` to an output and states. */
export interface CellSignature<U extends number, Name extends string, D extends DType> extends Signature {
  /** The sentence where the values or the first state do not fit. */
  readonly check: this["input"] extends readonly [infer X extends Shape, infer H extends Shape, ...unknown[]]
    ? inputMismatch<{ readonly ndim: 2 }, X, DType> extends infer Reason
      ? [Reason] extends [never]
        ? inputMismatch<{ readonly ndim: 2; readonly axes: { readonly [-1]: U } }, H, DType> extends infer Other
          ? [Other] extends [never] ? unknown : Mismatch<incompatible<Name, 1, Other & string>>
        : unknown
      : Mismatch<incompatible<Name, 0, Reason & string>>
    : unknown
    : unknown;
  /** The shapes of the output and of the states. */
  readonly output: this["input"] extends readonly [infer X extends Shape, ...infer States extends readonly Shape[]]
    ? readonly [replaceAt<X, -1, U>, ...States]
    : readonly Shape[];
  /** The layer's dtype. */
  readonly dtype: D;
}

/** The configuration of a cell. */
export interface RecurrentCellConfig extends LayerConfig, CellConfig {}

/**
 * A cell with a kernel, a recurrent kernel and a bias.
 *
 * @internal
 */
export abstract class KernelCell<
  U extends number,
  F extends Signature,
  Config extends RecurrentCellConfig = RecurrentCellConfig,
> extends Layer<F, unknown, Config> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = { positional: ["units"] };
  /** The weight of a step's values; there once the cell is built. */
  declare kernel: Variable;
  /** The weight of the state; there once the cell is built. */
  declare recurrentKernel: Variable;
  /** The bias, or `null` without one; there once the cell is built. */
  bias: Variable | null = null;
  /** The number of units. */
  readonly units: U;
  /** The part of a step's input that is dropped in training. */
  readonly dropout: number;
  /** The part of the state that is dropped in training. */
  readonly recurrentDropout: number;
  /** The source of random numbers for dropout; there is none without dropout. */
  readonly seedGenerator: SeedGenerator | null;
  /** The options, resolved. */
  protected readonly settings: CellSettings;
  /** The number of blocks of units in the kernels' last axis. */
  protected readonly gates: number;
  readonly #states: number;

  /** Takes what all cells are told. */
  constructor(units: U, options: GatedCellOptions | undefined = {}, gates: number, states: number) {
    super(options);
    this.units = positiveInteger(units, "units", this.name);
    this.settings = withConfig(this, new CellSettings(options, this.name, gates > 1));
    this.dropout = this.settings.dropout;
    this.recurrentDropout = this.settings.recurrentDropout;
    this.seedGenerator = this.settings.seedGenerator;
    this.gates = gates;
    this.#states = states;
    this.inputSpec = this.#specs({});
  }

  #specs(axes: { readonly [axis: number]: Dim }): InputSpec[] {
    const state = new InputSpec({ ndim: 2, axes: { [-1]: this.units } });
    return [new InputSpec({ ndim: 2, axes }), ...Array.from({ length: this.#states }, () => state)];
  }

  /** The kernel of the engine that does what the cell does, step by step; `null` if none does. */
  abstract get kernelKind(): RecurrentKind | null;

  /** Makes the weights, and returns the cell. */
  override build([inputShape]: readonly Shape[]): this {
    const features = inputShape!.at(-1)!;
    const { units, gates, settings } = this;
    this.kernel = this.addWeight(settings.kernel([features, gates * units]));
    this.recurrentKernel = this.addWeight(settings.recurrentKernel([units, gates * units]));
    if (settings.useBias) this.bias = this.buildBias();
    this.inputSpec = this.#specs({ [-1]: features });
    return this;
  }

  /** Makes the bias. */
  protected buildBias(): Variable {
    return this.addWeight(this.settings.bias([this.gates * this.units]));
  }

  /** The weights in their order. */
  get kernels(): readonly Variable[] {
    return this.bias === null ? [this.kernel, this.recurrentKernel] : [this.kernel, this.recurrentKernel, this.bias];
  }

  /** The names of the activations, or `null` where one is a function without a name. */
  get activationNames(): readonly [activation: string, recurrentActivation: string] | null {
    const { activationLike, recurrentActivationLike } = this.settings;
    if (typeof activationLike !== "string" || typeof recurrentActivationLike !== "string") return null;
    return [activationLike, recurrentActivationLike];
  }

  /** The number of draws for dropout: as in Keras one for each gate, if some of the state is dropped. */
  get #draws(): number {
    return this.recurrentDropout > 0 ? this.gates : 1;
  }

  /** The dropout of the values of a step and of the state, drawn for the batch of `x`. */
  drawDropped(x: Tensor): Dropped {
    const draws = this.#draws;
    return draw(this, x, [draws * (this.kernel.shape[0] as number)], [draws * this.units]);
  }

  /** The values of a step and the first state for each gate, in training without what is dropped; one where all are one. */
  protected kept(x: Tensor, state: Tensor, { training }: CallOptions): readonly [readonly Tensor[], readonly Tensor[]] {
    if (training !== true || this.seedGenerator === null) return [[x], [state]];
    const dropped = droppedBy(this) ?? this.drawDropped(x);
    return [this.#keep(x, dropped.input), this.#keep(state, dropped.state)];
  }

  #keep(values: Tensor, factors: Tensor | null): readonly Tensor[] {
    if (factors === null) return [values];
    const draws = this.#draws;
    const each: readonly Tensor[] = draws === 1 ? [factors] : split(factors, draws, { axis: -1 }) as never;
    return each.map((factor) => multiply(values, factor) as Tensor);
  }

  /** The product of values for each gate and its part of a kernel, and a bias. */
  protected product(values: readonly Tensor[], kernel: Tensor, bias: Tensor | null): Tensor {
    if (values.length === 1) return dense(values[0]!, kernel, bias);
    const parts = split(kernel, values.length, { axis: -1 }) as unknown as readonly Tensor[];
    const products = concatenate(values.map((value, gate) => matmul(value, parts[gate]!) as Tensor), { axis: -1 });
    return bias === null ? products as Tensor : add(products, bias) as Tensor;
  }

  /** The activation of a step's result. */
  get activation(): ActivationLike {
    return this.settings.activationLike;
  }
  /** Whether a bias is added. */
  get useBias(): boolean {
    return this.settings.useBias;
  }
}
declareWeights(KernelCell, ["kernel", "recurrentKernel"]);
