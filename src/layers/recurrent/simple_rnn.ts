/**
 * The simplest recurrent layer.
 *
 * @module
 */
import type { NoOptions } from "../../ops/options.ts";
import type { ActivationLike } from "../core/activation.ts";
import type { CellOptions } from "./cell_settings.ts";
import type { RecurrentCellConfig } from "./recurrent_cell.ts";
import { SimpleRNNCell } from "./simple_rnn_cell.ts";
import { Recurrent, type RecurrentConfig, type RecurrentOptions } from "./recurrent.ts";
import type { RecurrentSignature } from "./recurrent_signature.ts";
import { type ConfigNames, withConfig } from "../base/config.ts";
import { checkLayerOptions, pickOptions } from "../base/known_options.ts";
import type { LayerName, OptionFor, OptionsFor, ResultDType } from "../base/option_types.ts";
import { positiveInteger } from "../base/validate.ts";

/** The options of {@linkcode SimpleRNN}. */
export interface SimpleRNNOptions extends RecurrentOptions, CellOptions {}

/** The configuration of {@linkcode SimpleRNN}. */
export interface SimpleRNNConfig extends RecurrentConfig, RecurrentCellConfig {}

/**
 * The simplest recurrent layer: at each step `h' = activation(x · kernel + bias + h · recurrentKernel)`.
 *
 * Input: `[batch, time, features]`; time may be open. Output: `[batch, units]` of the last step; with `returnSequences`
 * `[batch, time, units]`; with `returnState` an array of that and the state `[batch, units]`. A step that a mask leaves
 * out leaves the states as they are. `initialState` among the options of a call is what the first step begins with.
 *
 * Weights: `kernel` `[features, units]`, `recurrent_kernel` `[units, units]` and `bias` `[units]`.
 *
 * @throws {ShapeError} When called with another number of features than it was built for.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { SimpleRNN, tensor } from "@strata/nn";
 *
 * const layer = new SimpleRNN(1, { activation: "relu", returnSequences: true }).build([null, null, 1]);
 * layer.setWeights([[[1]], [[2]], [1]]);
 * assertEquals(layer(tensor([[[1], [2], [3]]])).array(), [[[2], [7], [18]]]);
 * ```
 */
export class SimpleRNN<
  const U extends number = number,
  const O extends SimpleRNNOptions = NoOptions,
> extends Recurrent<
  SimpleRNNCell<U, CellOptions>,
  RecurrentSignature<
    U,
    readonly [U],
    OptionFor<O, "returnSequences", false, boolean>,
    OptionFor<O, "returnState", false, boolean>,
    LayerName<O, "simple_rnn">,
    ResultDType<O>
  >,
  SimpleRNNConfig
> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = { positional: ["units"] };
  /** The number of units. */
  readonly units: U;
  /**
   * Makes the layer.
   *
   * @param units The number of units, a positive integer.
   * @throws {RangeError} If `units` is no positive integer.
   */
  constructor(units: U, options?: OptionsFor<O, SimpleRNNOptions>) {
    checkLayerOptions(new.target, options);
    positiveInteger(units, "units", options?.name ?? "simple_rnn");
    const given: CellOptions = pickOptions("SimpleRNNCell", options ?? {});
    super(new SimpleRNNCell<U, CellOptions>(units, { ...given, name: "simple_rnn_cell" }), options);
    this.units = units;
    withConfig(this, this.cell);
  }
  /** The activation of a step's result. */
  get activation(): ActivationLike {
    return this.cell.activation;
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: SimpleRNNConfig): SimpleRNN {
    return super.fromConfig(config) as SimpleRNN;
  }
}
