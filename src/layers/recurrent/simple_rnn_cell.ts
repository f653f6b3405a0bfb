/**
 * The cell of the simplest recurrent layer.
 *
 * @module
 */
import { add } from "../../ops/elementwise/arithmetic.ts";
import type { RecurrentKind } from "../../ops/recurrent/recurrent.ts";
import type { NoOptions } from "../../ops/options.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { CellOptions } from "./cell_settings.ts";
import type { CallOptions } from "../base/context.ts";
import { type CellSignature, KernelCell, type RecurrentCellConfig } from "./recurrent_cell.ts";
import type { LayerName, OptionsFor, ResultDType } from "../base/option_types.ts";

/**
 * One step of a {@linkcode SimpleRNN}: `h' = activation(x · kernel + bias + h · recurrentKernel)`.
 *
 * Input: `[x, h]` of shapes `[batch, features]` and `[batch, units]`. Output: `[h', h']`. Weights: `kernel` `[features,
 * units]`, `recurrent_kernel` `[units, units]` and `bias` `[units]`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { SimpleRNNCell, tensor, zeros } from "@strata/nn";
 *
 * const cell = new SimpleRNNCell(1, { activation: "relu" }).build([[1, 2], [1, 1]]);
 * cell.setWeights([[[1], [2]], [[3]], [4]]);
 * const [output, state] = cell([tensor([[5, 6]]), zeros([1, 1])]);
 * assertEquals([output.array(), state.array()], [[[21]], [[21]]]);
 * ```
 */
export class SimpleRNNCell<
  const U extends number = number,
  const O extends CellOptions = NoOptions,
> extends KernelCell<U, CellSignature<U, LayerName<O, "simple_rnn_cell">, ResultDType<O>>> {
  /** The size of the state. */
  readonly stateSize: U;
  /** The size of the output. */
  readonly outputSize: U;
  /**
   * Makes the cell.
   *
   * @param units The number of units, a positive integer.
   * @throws {RangeError} If `units` is no positive integer.
   */
  constructor(units: U, options?: OptionsFor<O, CellOptions>) {
    super(units, options, 1, 1);
    this.stateSize = this.units;
    this.outputSize = this.units;
  }
  /** One step. */
  override call([x, h]: readonly [Tensor, Tensor], options: CallOptions): Tensor[] {
    const [values, states] = this.kept(x, h, options);
    const sum = add(this.product(values, this.kernel, this.bias), this.product(states, this.recurrentKernel, null));
    const output = this.settings.activation.apply(sum as Tensor);
    return [output, output];
  }
  /** The engine's kernel for whole sequences. */
  override get kernelKind(): RecurrentKind | null {
    return this.call === SimpleRNNCell.prototype.call ? "simpleRnn" : null;
  }
  /** Makes a cell from a configuration. */
  static override fromConfig(config: RecurrentCellConfig): SimpleRNNCell {
    return super.fromConfig(config) as SimpleRNNCell;
  }
}
