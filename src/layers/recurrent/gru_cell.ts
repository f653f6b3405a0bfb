/**
 * The cell of gated recurrent units.
 *
 * @module
 */
import { add, multiply, subtract } from "../../ops/elementwise/arithmetic.ts";
import { take } from "../../ops/shaping/indexing.ts";
import { split } from "../../ops/shaping/joining.ts";
import { matmul } from "../../ops/products/linear_algebra.ts";
import type { RecurrentKind } from "../../ops/recurrent/recurrent.ts";
import type { NoOptions } from "../../ops/options.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Variable } from "../../tensor/variable.ts";
import type { ActivationLike } from "../core/activation.ts";
import type { GatedCellConfig, GatedCellOptions } from "./cell_settings.ts";
import type { ConfigNames } from "../base/config.ts";
import type { CallOptions } from "../base/context.ts";
import type { LayerConfig } from "../base/options.ts";
import type { LayerName, OptionsFor, ResultDType } from "../base/option_types.ts";
import { type CellSignature, KernelCell } from "./recurrent_cell.ts";

/** The options of {@linkcode GRUCell}. */
export interface GRUCellOptions extends GatedCellOptions {
  /** Whether the reset gate is applied after the matrix product, or before it. Default: `true`. */
  readonly resetAfter?: boolean;
}

/** The configuration of {@linkcode GRUCell}. */
export interface GRUCellConfig extends LayerConfig, GatedCellConfig {
  /** Whether the reset gate is applied after the matrix product. */
  readonly resetAfter: boolean;
}

type Three = readonly [Tensor, Tensor, Tensor];

/**
 * One step of a {@linkcode GRU}. Of `x · kernel + bias` and `h · recurrentKernel` the three parts belong to the update gate
 * `z`, the reset gate `r` and the candidate `g`; then `h' = z * h + (1 - z) * g`. The reset gate multiplies the candidate's
 * part of the second product, or `h` before it where `resetAfter` is `false`.
 *
 * Input: `[x, h]` of shapes `[batch, features]` and `[batch, units]`. Output: `[h', h']`. Weights: `kernel` `[features, 3 *
 * units]`, `recurrent_kernel` `[units, 3 * units]` and `bias` `[2, 3 * units]`: that of the input and that of the state; or
 * `[3 * units]` where `resetAfter` is `false`.
 *
 * See K. Cho et al., Learning Phrase Representations using RNN Encoder-Decoder for Statistical Machine Translation, 2014.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { GRUCell, ones, zeros } from "@strata/nn";
 *
 * const cell = new GRUCell(3);
 * const [output, state] = cell([zeros([2, 4]), ones([2, 3])]);
 * assertEquals([output.shape, state.shape], [[2, 3], [2, 3]]);
 * assertEquals(cell.bias?.shape, [2, 9]);
 * ```
 */
export class GRUCell<
  const U extends number = number,
  const O extends GRUCellOptions = NoOptions,
> extends KernelCell<U, CellSignature<U, LayerName<O, "gru_cell">, ResultDType<O>>, GRUCellConfig> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = { options: ["resetAfter"] };
  /** The size of the state. */
  readonly stateSize: U;
  /** The size of the output. */
  readonly outputSize: U;
  /** Whether the reset gate is applied after the matrix product. */
  readonly resetAfter: boolean;
  /**
   * Makes the cell.
   *
   * @param units The number of units, a positive integer.
   * @throws {RangeError} If `units` is no positive integer.
   */
  constructor(units: U, options?: OptionsFor<O, GRUCellOptions>) {
    super(units, options, 3, 1);
    const given: GRUCellOptions = options ?? {};
    this.stateSize = this.units;
    this.outputSize = this.units;
    this.resetAfter = given.resetAfter ?? true;
  }
  /** Makes the bias. */
  protected override buildBias(): Variable {
    const size = 3 * this.units;
    return this.addWeight(this.settings.bias(this.resetAfter ? [2, size] : [size]));
  }
  /** One step. */
  override call([x, h]: readonly [Tensor, Tensor], options: CallOptions): Tensor[] {
    const [values, states] = this.kept(x, h, options);
    const { activation, recurrentActivation } = this.settings;
    const bias = (index: number): Tensor | null =>
      this.bias === null || !this.resetAfter ? this.bias : take(this.bias as Tensor, index, { axis: 0 }) as Tensor;
    const [xz, xr, xg] = split(this.product(values, this.kernel, bias(0)), 3, { axis: -1 }) as unknown as Three;
    const { update, candidate } = this.resetAfter
      ? this.#resetAfter(states, bias(1), [xz, xr, xg])
      : this.#resetBefore(states, [xz, xr, xg]);
    const z = recurrentActivation.apply(update);
    const g = activation.apply(candidate);
    const output = add(multiply(z, h), multiply(subtract(1, z), g)) as Tensor;
    return [output, output];
  }
  #resetAfter(states: readonly Tensor[], bias: Tensor | null, [xz, xr, xg]: Three): GatesOf {
    const product = this.product(states, this.recurrentKernel, bias);
    const [hz, hr, hg] = split(product, 3, { axis: -1 }) as unknown as Three;
    const reset = this.settings.recurrentActivation.apply(add(xr, hr) as Tensor);
    return { update: add(xz, hz) as Tensor, candidate: add(xg, multiply(reset, hg)) as Tensor };
  }
  #resetBefore(states: readonly Tensor[], [xz, xr, xg]: Three): GatesOf {
    const [hz, hr = hz, hg = hz] = states;
    const [uz, ur, ug] = split(this.recurrentKernel as Tensor, 3, { axis: -1 }) as unknown as Three;
    const reset = this.settings.recurrentActivation.apply(add(xr, matmul(hr!, ur)) as Tensor);
    return {
      update: add(xz, matmul(hz!, uz)) as Tensor,
      candidate: add(xg, matmul(multiply(reset, hg!) as Tensor, ug)) as Tensor,
    };
  }
  /** The engine's kernel for whole sequences. */
  override get kernelKind(): RecurrentKind | null {
    return this.call === GRUCell.prototype.call ? "gru" : null;
  }
  /** The activation of the gates. */
  get recurrentActivation(): ActivationLike {
    return this.settings.recurrentActivationLike;
  }
  /** Makes a cell from a configuration. */
  static override fromConfig(config: GRUCellConfig): GRUCell {
    return super.fromConfig(config) as GRUCell;
  }
}

interface GatesOf {
  readonly update: Tensor;
  readonly candidate: Tensor;
}
