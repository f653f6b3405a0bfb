/**
 * Gated recurrent units.
 *
 * @module
 */
import type { NoOptions } from "../../ops/options.ts";
import type { ActivationLike } from "../core/activation.ts";
import { GRUCell, type GRUCellConfig, type GRUCellOptions } from "./gru_cell.ts";
import { Recurrent, type RecurrentConfig, type RecurrentOptions } from "./recurrent.ts";
import type { RecurrentSignature } from "./recurrent_signature.ts";
import { type ConfigNames, withConfig } from "../base/config.ts";
import { checkLayerOptions, pickOptions } from "../base/known_options.ts";
import type { LayerName, OptionFor, OptionsFor, ResultDType } from "../base/option_types.ts";
import { positiveInteger } from "../base/validate.ts";

/** The options of {@linkcode GRU}. */
export interface GRUOptions extends RecurrentOptions, GRUCellOptions {}

/** The configuration of {@linkcode GRU}. */
export interface GRUConfig extends RecurrentConfig, GRUCellConfig {}

/**
 * Gated recurrent units: at each step gates decide what of the state is kept, as {@linkcode GRUCell} says.
 *
 * Input: `[batch, time, features]`; time may be open. Output: `[batch, units]` of the last step; with `returnSequences`
 * `[batch, time, units]`; with `returnState` an array of that and the state `[batch, units]`. A step that a mask leaves
 * out leaves the states as they are. `initialState` among the options of a call is what the first step begins with.
 *
 * Weights: `kernel` `[features, 3 * units]`, `recurrent_kernel` `[units, 3 * units]` and `bias` `[2, 3 * units]`, or `[3 *
 * units]` where `resetAfter` is `false`; their parts are the update gate, the reset gate and the candidate.
 *
 * @throws {ShapeError} When called with another number of features than it was built for.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { GRU, zeros } from "@strata/nn";
 *
 * const layer = new GRU(4, { returnSequences: true });
 * assertEquals(layer(zeros([2, 5, 3])).shape, [2, 5, 4]);
 * assertEquals(layer.countParams(), 3 * 12 + 4 * 12 + 2 * 12);
 * ```
 */
export class GRU<
  const U extends number = number,
  const O extends GRUOptions = NoOptions,
> extends Recurrent<
  GRUCell<U, GRUCellOptions>,
  RecurrentSignature<
    U,
    readonly [U],
    OptionFor<O, "returnSequences", false, boolean>,
    OptionFor<O, "returnState", false, boolean>,
    LayerName<O, "gru">,
    ResultDType<O>
  >,
  GRUConfig
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
  constructor(units: U, options?: OptionsFor<O, GRUOptions>) {
    checkLayerOptions(new.target, options);
    positiveInteger(units, "units", options?.name ?? "gru");
    const given: GRUCellOptions = pickOptions("GRUCell", options ?? {});
    super(new GRUCell<U, GRUCellOptions>(units, { ...given, name: "gru_cell" }), options);
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
  static override fromConfig(config: GRUConfig): GRU {
    return super.fromConfig(config) as GRU;
  }
}
