/**
 * The cell of long short-term memory.
 *
 * @module
 */
import { add, multiply } from "../../ops/elementwise/arithmetic.ts";
import { concatenate, split } from "../../ops/shaping/joining.ts";
import type { RecurrentKind } from "../../ops/recurrent/recurrent.ts";
import type { NoOptions } from "../../ops/options.ts";
import { ones } from "../../tensor/creation.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { EagerTensor } from "../../tensor/eager.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Variable } from "../../tensor/variable.ts";
import type { ActivationLike } from "../core/activation.ts";
import type { GatedCellConfig, GatedCellOptions } from "./cell_settings.ts";
import type { ConfigNames } from "../base/config.ts";
import type { CallOptions } from "../base/context.ts";
import type { LayerConfig } from "../base/options.ts";
import type { LayerName, OptionsFor, ResultDType } from "../base/option_types.ts";
import { type CellSignature, KernelCell } from "./recurrent_cell.ts";

/** The options of {@linkcode LSTMCell}. */
export interface LSTMCellOptions<Name extends string = string, D extends DType = DType>
  extends GatedCellOptions<Name, D> {
  /** Whether the bias of the forget gate begins with ones, so that at first little is forgotten. Default: `true`. */
  readonly unitForgetBias?: boolean;
}

/** The configuration of {@linkcode LSTMCell}. */
export interface LSTMCellConfig extends LayerConfig, GatedCellConfig {
  /** Whether the bias of the forget gate begins with ones. */
  readonly unitForgetBias: boolean;
}

/**
 * One step of an {@linkcode LSTM}. Of `x · kernel + h · recurrentKernel + bias` the four parts are the input gate `i`, the
 * forget gate `f`, the candidate `g` and the output gate `o`; then `c' = f * c + i * g` and `h' = o * activation(c')`.
 *
 * Input: `[x, h, c]` of shapes `[batch, features]`, `[batch, units]` and `[batch, units]`. Output: `[h', h', c']`. Weights:
 * `kernel` `[features, 4 * units]`, `recurrent_kernel` `[units, 4 * units]` and `bias` `[4 * units]`.
 *
 * See S. Hochreiter and J. Schmidhuber, Long Short-Term Memory, 1997.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { LSTMCell, zeros } from "@strata/nn";
 *
 * const cell = new LSTMCell(3);
 * const state = zeros([2, 3]);
 * const [output, h, c] = cell([zeros([2, 4]), state, state]);
 * assertEquals([output.shape, h.shape, c.shape], [[2, 3], [2, 3], [2, 3]]);
 * assertEquals(cell.bias?.value.array(), [0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0]);
 * ```
 */
export class LSTMCell<
  const U extends number = number,
  const O extends LSTMCellOptions = NoOptions,
> extends KernelCell<U, CellSignature<U, LayerName<O, "lstm_cell">, ResultDType<O>>, LSTMCellConfig> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = { options: ["unitForgetBias"] };
  /** The sizes of the states. */
  readonly stateSize: readonly [U, U];
  /** The size of the output. */
  readonly outputSize: U;
  /** Whether the bias of the forget gate begins with ones. */
  readonly unitForgetBias: boolean;
  /**
   * Makes the cell.
   *
   * @param units The number of units, a positive integer.
   * @throws {RangeError} If `units` is no positive integer.
   */
  constructor(units: U, options?: OptionsFor<O, LSTMCellOptions>) {
    super(units, options, 4, 2);
    const given: LSTMCellOptions = options ?? {};
    this.stateSize = [this.units, this.units];
    this.outputSize = this.units;
    this.unitForgetBias = given.unitForgetBias ?? true;
  }
  /** Makes the bias. */
  protected override buildBias(): Variable {
    const { units, settings } = this;
    const options = settings.bias([4 * units]);
    if (!this.unitForgetBias) return this.addWeight(options);
    const { biasInitializer } = settings;
    const initializer = (_shape: readonly number[], { dtype }: { readonly dtype: DType }): EagerTensor =>
      concatenate([
        biasInitializer.call([units], dtype),
        ones([units], { dtype }),
        biasInitializer.call([2 * units], dtype),
      ]) as unknown as EagerTensor;
    return this.addWeight({ ...options, initializer });
  }
  /** One step. */
  override call([x, h, c]: readonly [Tensor, Tensor, Tensor], options: CallOptions): Tensor[] {
    const [values, states] = this.kept(x, h, options);
    const { activation, recurrentActivation } = this.settings;
    const sum = add(this.product(values, this.kernel, this.bias), this.product(states, this.recurrentKernel, null));
    const [i, f, g, o] = split(sum, 4, { axis: -1 }) as unknown as readonly [Tensor, Tensor, Tensor, Tensor];
    const kept = multiply(recurrentActivation.apply(f), c) as Tensor;
    const memory = add(kept, multiply(recurrentActivation.apply(i), activation.apply(g))) as Tensor;
    const output = multiply(recurrentActivation.apply(o), activation.apply(memory)) as Tensor;
    return [output, output, memory];
  }
  /** The engine's kernel for whole sequences. */
  override get kernelKind(): RecurrentKind | null {
    return this.call === LSTMCell.prototype.call ? "lstm" : null;
  }
  /** The activation of the gates. */
  get recurrentActivation(): ActivationLike {
    return this.settings.recurrentActivationLike;
  }
  /** Makes a cell from a configuration. */
  static override fromConfig(config: LSTMCellConfig): LSTMCell {
    return super.fromConfig(config) as LSTMCell;
  }
}
