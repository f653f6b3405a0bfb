/**
 * Long short-term memory.
 *
 * @module
 */
import type { NoOptions } from "../../ops/options.ts";
import type { ActivationLike } from "../core/activation.ts";
import { LSTMCell, type LSTMCellConfig, type LSTMCellOptions } from "./lstm_cell.ts";
import { Recurrent, type RecurrentConfig, type RecurrentOptions } from "./recurrent.ts";
import type { RecurrentSignature } from "./recurrent_signature.ts";
import { type ConfigNames, withConfig } from "../base/config.ts";
import { checkLayerOptions, pickOptions } from "../base/known_options.ts";
import type { LayerName, OptionFor, OptionsFor, ResultDType } from "../base/option_types.ts";
import { positiveInteger } from "../base/validate.ts";

/** The options of {@linkcode LSTM}. */
export interface LSTMOptions extends RecurrentOptions, LSTMCellOptions {}

/** The configuration of {@linkcode LSTM}. */
export interface LSTMConfig extends RecurrentConfig, LSTMCellConfig {}

/**
 * Long short-term memory: at each step gates decide what of the memory is forgotten, what comes in and what goes out, as
 * {@linkcode LSTMCell} says.
 *
 * Input: `[batch, time, features]`; time may be open. Output: `[batch, units]` of the last step; with `returnSequences`
 * `[batch, time, units]`; with `returnState` an array of that and the states `h` and `c` `[batch, units]`. A step that a mask leaves
 * out leaves the states as they are. `initialState` among the options of a call is what the first step begins with.
 *
 * Weights: `kernel` `[features, 4 * units]`, `recurrent_kernel` `[units, 4 * units]` and `bias` `[4 * units]`; their parts
 * are the input gate, the forget gate, the candidate and the output gate.
 *
 * @throws {ShapeError} When called with another number of features than it was built for.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { LSTM, zeros } from "@strata/nn";
 *
 * const x = zeros([2, 5, 3]);
 * assertEquals(new LSTM(4)(x).shape, [2, 4]);
 * const [outputs, h, c] = new LSTM(4, { returnSequences: true, returnState: true })(x);
 * assertEquals([outputs.shape, h.shape, c.shape], [[2, 5, 4], [2, 4], [2, 4]]);
 * ```
 */
export class LSTM<
  const U extends number = number,
  const O extends LSTMOptions = NoOptions,
> extends Recurrent<
  LSTMCell<U, LSTMCellOptions>,
  RecurrentSignature<
    U,
    readonly [U, U],
    OptionFor<O, "returnSequences", false, boolean>,
    OptionFor<O, "returnState", false, boolean>,
    LayerName<O, "lstm">,
    ResultDType<O>
  >,
  LSTMConfig
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
  constructor(units: U, options?: OptionsFor<O, LSTMOptions>) {
    checkLayerOptions(new.target, options);
    positiveInteger(units, "units", options?.name ?? "lstm");
    const given: LSTMCellOptions = pickOptions("LSTMCell", options ?? {});
    super(new LSTMCell<U, LSTMCellOptions>(units, { ...given, name: "lstm_cell" }), options);
    this.units = units;
    withConfig(this, this.cell);
  }
  /** The activation of a step's result. */
  get activation(): ActivationLike {
    return this.cell.activation;
  }
  /** The activation of the gates. */
  get recurrentActivation(): ActivationLike {
    return this.cell.recurrentActivation;
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: LSTMConfig): LSTM {
    return super.fromConfig(config) as LSTM;
  }
}
