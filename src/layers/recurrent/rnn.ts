/**
 * Recurrent layers made of any cell.
 *
 * @module
 */
import type { NoOptions } from "../../ops/options.ts";
import type { ConfigNames } from "../base/config.ts";
import type { LayerRecord } from "../base/layer_record.ts";
import { Recurrent, type RecurrentConfig, type RecurrentOptions } from "./recurrent.ts";
import type { RecurrentCell } from "./recurrent_cell.ts";
import type { RecurrentSignature } from "./recurrent_signature.ts";
import { checkLayerOptions } from "../base/known_options.ts";
import type { LayerName, OptionFor, OptionsFor, ResultDType } from "../base/option_types.ts";
import {
  type AllStatesOf,
  checkCell,
  type LastOutputOf,
  type OutputOf,
  StackedRNNCells,
  type StatesOf,
} from "./stacked_rnn_cells.ts";

/** The configuration of {@linkcode RNN}. */
export interface RNNConfig extends RecurrentConfig {
  /** The cell. */
  readonly cell: LayerRecord;
}

/** The parts of an {@linkcode RNN}: a cell, or several that are stacked. */
export type CellOrCells = RecurrentCell | readonly RecurrentCell[];

/** The cell that an {@linkcode RNN} has. */
export type CellOf<C extends CellOrCells> = C extends readonly RecurrentCell[] ? StackedRNNCells<C>
  : C extends RecurrentCell ? C
  : RecurrentCell;

/** @internal */
type OutOf<C> = C extends readonly unknown[] ? LastOutputOf<C> : OutputOf<C>;
/** @internal */
type SizesOf<C> = C extends readonly unknown[] ? AllStatesOf<C> : StatesOf<C>;

/**
 * Goes through sequences `[batch, time, features]` with any cell: a layer that takes `[x, ...states]` of one step and gives
 * `[output, ...states]`, and says in `stateSize` how large the states are. What the cell does is recorded once and run as
 * often as there are steps, in one run of the engine.
 *
 * A step that a mask leaves out leaves the states as they are.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { type Anything, Layer, ops, RNN, tensor, type Tensor } from "@strata/nn";
 *
 * class Sum extends Layer<Anything> {
 *   readonly stateSize = 2;
 *   override call([x, before]: readonly [Tensor, Tensor]): Tensor[] {
 *     const sum = ops.add(x, before);
 *     return [sum, sum];
 *   }
 * }
 *
 * const layer = new RNN(new Sum(), { returnSequences: true });
 * assertEquals(layer(tensor([[[1, 2], [3, 4], [5, 6]]])).array(), [[[1, 2], [4, 6], [9, 12]]]);
 * ```
 */
export class RNN<
  const C extends CellOrCells = RecurrentCell,
  const O extends RecurrentOptions = NoOptions,
> extends Recurrent<
  CellOf<C> & RecurrentCell,
  RecurrentSignature<
    OutOf<C>,
    SizesOf<C>,
    OptionFor<O, "returnSequences", false, boolean>,
    OptionFor<O, "returnState", false, boolean>,
    LayerName<O, "rnn">,
    ResultDType<O>
  >,
  RNNConfig
> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = { positional: ["cell"], layers: ["cell"] };
  /**
   * Makes the layer.
   *
   * @param cell The cell; several are stacked, as {@linkcode StackedRNNCells} does it.
   * @throws {TypeError} If it is no cell.
   */
  constructor(cell: C, options?: OptionsFor<O, RecurrentOptions>) {
    checkLayerOptions(new.target, options);
    const one = Array.isArray(cell) ? new StackedRNNCells(cell as readonly RecurrentCell[]) : cell;
    checkCell(one, options?.name ?? "rnn");
    super(one as never, options);
  }
  /** Makes a layer from a configuration. */
  static override fromConfig(config: RNNConfig): RNN {
    return super.fromConfig(config) as RNN;
  }
}
