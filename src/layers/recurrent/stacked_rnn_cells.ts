/**
 * Cells one after the other as one cell.
 *
 * @module
 */
import type { NoOptions } from "../../ops/options.ts";
import type { replaceAt } from "../../shape/axis.ts";
import type { Shape } from "../../shape/dim.ts";
import { InputError } from "../../shape/error.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Structure } from "../../tensor/structure.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { ConfigNames } from "../base/config.ts";
import type { CallOptions } from "../base/context.ts";
import { Layer } from "../base/layer.ts";
import type { LayerRecord } from "../base/layer_record.ts";
import type { LayerConfig, LayerOptions } from "../base/options.ts";
import type { OptionsFor, ResultDType } from "../base/option_types.ts";
import { severalShapes } from "../base/several_inputs.ts";
import type { RecurrentCell, StateSize } from "./recurrent_cell.ts";
import type { Signature } from "../base/signature.ts";
import { isLayer } from "../base/tracking.ts";

/** The configuration of {@linkcode StackedRNNCells}. */
export interface StackedRNNCellsConfig extends LayerConfig {
  /** The cells. */
  readonly cells: readonly LayerRecord[];
}

/** The sizes of a cell's states. */
export type StatesOf<C> = C extends { readonly stateSize: infer S } ? S extends number ? readonly [S]
  : S extends readonly number[] ? S
  : readonly number[]
  : readonly number[];

/** The sizes of the states of all cells, in their order. */
export type AllStatesOf<Cells> = Cells extends readonly [infer First, ...infer Rest]
  ? readonly [...StatesOf<First>, ...AllStatesOf<Rest>]
  : Cells extends readonly [] ? readonly []
  : readonly number[];

/** The size of a cell's output. */
export type OutputOf<C> = C extends { readonly outputSize: infer O extends number } ? O
  : StatesOf<C> extends readonly [infer First extends number, ...unknown[]] ? First
  : number;

/** The size of the output of the last cell. */
export type LastOutputOf<Cells> = Cells extends readonly [...unknown[], infer Last] ? OutputOf<Last> : number;

/** From the values of a step and all states to an output and all states. */
export interface StackedSignature<Cells, D extends DType> extends Signature {
  /** Nothing is checked before the cells are called. */
  readonly check: unknown;
  /** The shapes of the output and of the states. */
  readonly output: this["input"] extends readonly [infer X extends Shape, ...infer States extends readonly Shape[]]
    ? readonly [replaceAt<X, -1, LastOutputOf<Cells>>, ...States]
    : readonly Shape[];
  /** The layer's dtype. */
  readonly dtype: D;
}

/**
 * Cells one after the other as one cell: each takes the output of the one before it. The states are those of all cells, in
 * their order.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { GRUCell, LSTMCell, RNN, StackedRNNCells, zeros } from "@strata/nn";
 *
 * const layer = new RNN(new StackedRNNCells([new LSTMCell(4), new GRUCell(3)]), { returnState: true });
 * const results = layer(zeros([2, 5, 6]));
 * assertEquals(results.map(({ shape }) => shape), [[2, 3], [2, 4], [2, 4], [2, 3]]);
 * ```
 */
export class StackedRNNCells<
  const Cells extends readonly RecurrentCell[] = readonly RecurrentCell[],
  const O extends LayerOptions = NoOptions,
> extends Layer<StackedSignature<Cells, ResultDType<O>>, unknown, StackedRNNCellsConfig> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = { positional: ["cells"], layers: ["cells"] };
  /** The cells. */
  readonly cells: Cells;
  /** The sizes of the states of all cells. */
  readonly stateSize: AllStatesOf<Cells>;
  /** The size of the output of the last cell. */
  readonly outputSize: LastOutputOf<Cells>;

  /**
   * Makes the cell.
   *
   * @param cells The cells, at least one.
   * @throws {TypeError} If one of them is no cell.
   */
  constructor(cells: Cells, options?: OptionsFor<O, LayerOptions>) {
    super(options);
    if (!Array.isArray(cells) || cells.length === 0) {
      throw new InputError(`Cannot make layer ${this.name}: expected at least one cell`);
    }
    for (const cell of cells) checkCell(cell, this.name);
    this.cells = cells;
    this.stateSize = cells.flatMap(statesOf) as never;
    this.outputSize = outputOf(cells.at(-1)!) as never;
  }

  /** That the values of a step do not come with all states. */
  protected override mismatch(shapes: Structure<Shape | null>): undefined {
    severalShapes(this.name, shapes, 1 + this.stateSize.length);
  }

  /** Builds the cells, and returns this one. */
  override build([inputShape]: readonly Shape[]): this {
    let shape = inputShape!;
    for (const cell of this.cells) {
      const states = statesOf(cell).map((size) => [shape[0]!, ...(typeof size === "number" ? [size] : size)]);
      cell.build([shape, ...states] as never);
      const size = outputOf(cell);
      shape = [shape[0]!, ...(typeof size === "number" ? [size] : size)];
    }
    return this;
  }

  /** One step of each cell. */
  override call([x, ...states]: readonly [Tensor, ...Tensor[]], options: CallOptions): Tensor[] {
    const after: Tensor[] = [];
    let [output, at] = [x, 0];
    for (const cell of this.cells) {
      const count = statesOf(cell).length;
      const call = cell as unknown as (inputs: readonly Tensor[], options: CallOptions) => readonly Tensor[];
      const [next, ...own] = call([output, ...states.slice(at, at + count)], { training: options.training });
      output = next!;
      after.push(...own);
      at += count;
    }
    return [output, ...after];
  }

  /** Makes a cell from a configuration. */
  static override fromConfig(config: StackedRNNCellsConfig): StackedRNNCells {
    return super.fromConfig(config) as StackedRNNCells;
  }
}

/** The sizes of a cell's states, as a list. */
export function statesOf({ stateSize }: RecurrentCell): readonly StateSize[] {
  return typeof stateSize === "number" ? [stateSize] : stateSize;
}

/** The size of a cell's output. */
export function outputOf(cell: RecurrentCell): StateSize {
  return cell.outputSize ?? statesOf(cell)[0]!;
}

/** The cells that a cell consists of. */
export function leafCells(cell: RecurrentCell): readonly RecurrentCell[] {
  return cell instanceof StackedRNNCells ? cell.cells.flatMap(leafCells) : [cell];
}

/**
 * Checks that something is a cell.
 *
 * @throws {TypeError} If it is none.
 */
export function checkCell(cell: unknown, layer: string): void {
  if (!isLayer(cell)) {
    throw new InputError(`Cannot make layer ${layer}: expected a layer as cell, received ${typeof cell}`);
  }
  const { stateSize, name } = cell as RecurrentCell;
  const isSize = (size: unknown): boolean =>
    typeof size === "number" || (Array.isArray(size) && size.every((part) => isSize(part)));
  if (!isSize(stateSize)) {
    throw new InputError(
      `Cannot make layer ${layer}: expected a cell with a stateSize, an integer or one for each state, received layer ` +
        name,
    );
  }
}
