/**
 * The common parts of recurrent layers: a cell that is repeated along time.
 *
 * @module
 */
import { fullForBatch } from "../../ops/shaping/batch_full.ts";
import { hasRecurrentKernel, recurrent } from "../../ops/recurrent/recurrent.ts";
import { recurrence } from "../../ops/recurrent/recurrence.ts";
import { flip } from "../../ops/shaping/repetition.ts";
import { cast } from "../../ops/elementwise/selection.ts";
import { type Dim, type Shape, showShape } from "../../shape/dim.ts";
import { InputError, ShapeError } from "../../shape/error.ts";
import { zeros } from "../../tensor/creation.ts";
import type { DType } from "../../tensor/dtype.ts";
import { type TensorLike, toTensor } from "../../tensor/like.ts";
import { currentPath } from "../../tensor/scope.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { Variable } from "../../tensor/variable.ts";
import { type Dropped, whileDropping } from "./cell_dropout.ts";
import type { ConfigNames } from "../base/config.ts";
import type { CallOptions } from "../base/context.ts";
import { GRUCell } from "./gru_cell.ts";
import { InputSpec } from "../base/input_spec.ts";
import { Layer } from "../base/layer.ts";
import type { Masks } from "../base/masks.ts";
import type { LayerConfig, LayerOptions } from "../base/options.ts";
import { KernelCell, type RecurrentCell, type StateSize } from "./recurrent_cell.ts";
import type { RegularizerLike } from "../weights/regularizers.ts";
import type { Signature } from "../base/signature.ts";
import { leafCells } from "./stacked_rnn_cells.ts";

/** The options of every recurrent layer. */
export interface RecurrentOptions<
  Sequences extends boolean = boolean,
  State extends boolean = boolean,
  Name extends string = string,
  D extends DType = DType,
> extends LayerOptions<Name, D> {
  /** Whether the outputs of all steps are given, or the last one. Default: `false`. */
  readonly returnSequences?: Sequences;
  /** Whether the states after the last step are given as well, in an array after the outputs. Default: `false`. */
  readonly returnState?: State;
  /** Whether the last step comes first; outputs of all steps are in the order in which they are made. Default: `false`. */
  readonly goBackwards?: boolean;
  /** Whether each call begins with the states after the one before it. Default: `false`. */
  readonly stateful?: boolean;
  /** Whether a step is written down once for each step, which takes memory; their number must be known. Default: `false`. */
  readonly unroll?: boolean;
  /** Whether the output of a step that a mask leaves out is 0, or the one before it. Default: `false`. */
  readonly zeroOutputForMask?: boolean;
  /** The penalty on the layer's results. Default: none. */
  readonly activityRegularizer?: RegularizerLike | null;
}

/** The part of a configuration that is about going through sequences. */
export interface RecurrentConfig extends LayerConfig {
  /** Whether the outputs of all steps are given. */
  readonly returnSequences: boolean;
  /** Whether the states are given as well. */
  readonly returnState: boolean;
  /** Whether the last step comes first. */
  readonly goBackwards: boolean;
  /** Whether each call begins with the states after the one before it. */
  readonly stateful: boolean;
  /** Whether a step is written down once for each step. */
  readonly unroll: boolean;
  /** Whether the output of a step that a mask leaves out is 0. */
  readonly zeroOutputForMask: boolean;
}

/**
 * The further options of a layer around a recurrent one.
 *
 * @internal
 */
export interface OrderOptions extends CallOptions {
  /** Whether the outputs of all steps are in the order of the input's steps, even if the last step comes first. */
  readonly aligned?: boolean;
}

interface Gone {
  readonly output: Tensor;
  readonly states: readonly Tensor[];
}

/**
 * A layer that repeats a cell along axis 1.
 *
 * @internal
 */
export abstract class Recurrent<
  C extends RecurrentCell,
  F extends Signature,
  Config extends RecurrentConfig = RecurrentConfig,
> extends Layer<F, unknown, Config> {
  /** The names of the options in configurations. */
  static override readonly configNames: ConfigNames = {
    options: ["returnSequences", "returnState", "goBackwards", "stateful", "unroll", "zeroOutputForMask"],
  };
  /** The action at each step. */
  readonly cell: C;
  /** Whether the outputs of all steps are given. */
  readonly returnSequences: boolean;
  /** Whether the states are given as well. */
  readonly returnState: boolean;
  /** Whether the last step comes first. */
  readonly goBackwards: boolean;
  /** Whether each call begins with the states after the one before it. */
  readonly stateful: boolean;
  /** Whether a step is written down once for each step. */
  readonly unroll: boolean;
  /** Whether the output of a step that a mask leaves out is 0. */
  readonly zeroOutputForMask: boolean;
  #kept: readonly Variable[] = [];

  /** Takes the cell and what all recurrent layers are told. */
  constructor(cell: C, options: RecurrentOptions = {}) {
    super(options);
    this.cell = cell;
    this.returnSequences = options.returnSequences ?? false;
    this.returnState = options.returnState ?? false;
    this.goBackwards = options.goBackwards ?? false;
    this.stateful = options.stateful ?? false;
    this.unroll = options.unroll ?? false;
    this.zeroOutputForMask = options.zeroOutputForMask ?? false;
    this.supportsMasking = true;
    this.inputSpec = new InputSpec({ ndim: 3 });
  }

  /** The sizes of the states after the batch. */
  protected get stateSizes(): readonly (readonly number[])[] {
    const { stateSize } = this.cell;
    return (Array.isArray(stateSize) ? stateSize as readonly StateSize[] : [stateSize as number]).map(sizesOf);
  }

  /** Builds the cell, and returns the layer. */
  override build(inputShape: Shape): this {
    const [batch, , ...rest] = inputShape;
    const states = this.stateSizes.map((sizes) => [batch!, ...sizes]);
    this.cell.build([[batch!, ...rest], ...states] as never);
    this.inputSpec = this.specFor(inputShape);
    if (this.stateful) this.#kept = states.map((shape) => this.#keptState(shape, inputShape));
    return this;
  }

  /** The inputs that the layer takes once it is built for inputs of a shape. */
  protected specFor(inputShape: Shape): InputSpec {
    const features = { [-1]: inputShape.at(-1)! };
    const axes = this.stateful ? { ...features, 0: inputShape[0]! } : features;
    return new InputSpec({ ndim: inputShape.length, axes });
  }

  #keptState(shape: Shape, inputShape: Shape): Variable {
    if (typeof shape[0] !== "number") {
      throw new ShapeError(
        `Cannot build layer ${this.name}: a stateful layer needs to know the size of the batch, received input with ` +
          `shape ${showShape(inputShape)}`,
      );
    }
    const initial = zeros(shape as readonly number[], { dtype: this.computeDtype });
    return new Variable(initial, { name: "rnn_state", path: `${currentPath()}/rnn_state`, trainable: false });
  }

  /** The states that a stateful layer keeps between calls; there once it is built. */
  get states(): readonly Variable[] {
    return this.#kept;
  }

  /** Sets the states that a stateful layer keeps to 0. */
  resetStates(): void {
    for (const state of this.#kept) state.assign(zeros(state.shape as readonly number[], { dtype: state.dtype }));
  }

  /** Goes through the sequences. */
  override call(x: Tensor, options: CallOptions): Tensor | Tensor[] {
    const { output, states } = this.#run(x, options, (options as OrderOptions).aligned ?? false);
    return this.returnState ? [output, ...states] : output;
  }

  #run(x: Tensor, options: CallOptions, aligned: boolean): Gone {
    const mask = this.#checkedMask(x, options.mask ?? null);
    const given = statesOf(this, options.initialState);
    const initial = given === undefined
      ? this.#kept.length === 0 ? undefined : this.#kept
      : this.#checkedStates(x, given.map(toTensor));
    const result = this.#fused(x, initial, mask, options, aligned) ??
      this.#repeated(x, initial, mask, options, aligned);
    this.#kept.forEach((state, index) => state.assign(result.states[index]! as never));
    return result;
  }

  #checkedMask(x: Tensor, mask: Tensor | null): Tensor | null {
    if (mask === null) return null;
    const fits = mask.shape.length === 2 && [0, 1].every((axis) => !differ(mask.shape[axis]!, x.shape[axis]!));
    if (!fits) {
      throw new ShapeError(
        `Cannot call layer ${this.name}: expected a mask of shape ${showShape(x.shape.slice(0, 2))}, ` +
          `received ${showShape(mask.shape)}`,
      );
    }
    return mask.dtype === "bool" ? mask : cast(mask, "bool");
  }

  #checkedStates(x: Tensor, states: readonly Tensor[]): readonly Tensor[] {
    const expected = this.stateSizes.map((sizes): Shape => [x.shape[0]!, ...sizes]);
    const fits = states.length === expected.length && expected.every((shape, index) => {
      const given = states[index]!.shape;
      return given.length === shape.length && shape.every((dim, axis) => !differ(dim, given[axis]!));
    });
    if (!fits) {
      throw new ShapeError(
        `Cannot call layer ${this.name}: expected initial states of the shapes ${
          expected.map(showShape).join(", ")
        }, ` +
          `received ${states.map(({ shape }) => showShape(shape)).join(", ")}`,
      );
    }
    return states.map((state) => state.dtype === this.computeDtype ? state : cast(state, this.computeDtype));
  }

  /** Whole sequences in the engine's own kernels; undefined where one of the cells has none that does the same. */
  #fused(
    x: Tensor,
    initial: readonly Tensor[] | undefined,
    mask: Tensor | null,
    { training }: CallOptions,
    aligned: boolean,
  ): Gone | undefined {
    const cells = leafCells(this.cell);
    if (mask !== null || x.dtype !== this.computeDtype) return undefined;
    const fits = cells.every((cell) =>
      cell instanceof KernelCell && cell.kernelKind !== null && cell.activationNames !== null &&
      hasRecurrentKernel(cell.activationNames, cell.computeDtype) && cell.computeDtype === x.dtype &&
      !(training === true && cell.seedGenerator !== null)
    );
    if (!fits) return undefined;
    const all: Tensor[] = [];
    let [output, at] = [x, 0];
    for (const [index, cell] of (cells as unknown as KernelCell<number, Signature>[]).entries()) {
      const [activation, recurrentActivation] = cell.activationNames!;
      const count = Array.isArray((cell as unknown as RecurrentCell).stateSize) ? 2 : 1;
      const result = recurrent(cell.kernelKind!, output, cell.kernels, initial?.slice(at, at + count) ?? [], {
        activation,
        recurrentActivation,
        sequences: this.returnSequences || index < cells.length - 1,
        // What a cell gives is in the order in which it was made, and the next one takes it in that order.
        backwards: this.goBackwards && index === 0,
        aligned: aligned && cells.length === 1,
        resetAfter: cell instanceof GRUCell && cell.resetAfter,
      });
      output = result.output;
      all.push(...result.states);
      at += count;
    }
    const turn = aligned && this.goBackwards && this.returnSequences && cells.length > 1;
    return { output: turn ? flip(output, { axis: 1 }) as Tensor : output, states: all };
  }

  #repeated(
    x: Tensor,
    initial: readonly Tensor[] | undefined,
    mask: Tensor | null,
    { training }: CallOptions,
    aligned: boolean,
  ): Gone {
    const dtype = this.computeDtype;
    const states = initial ?? this.stateSizes.map((sizes) => fullForBatch(x, sizes, 0, dtype));
    const dropped = training === true ? this.#draw(x) : [];
    const constants = dropped.flatMap(([, { input, state }]) => [input, state]).filter((factors) => factors !== null);
    const cell = this.cell as unknown as (inputs: readonly Tensor[], options: CallOptions) => readonly Tensor[];
    const step = (part: Tensor, before: readonly Tensor[], same: readonly Tensor[]): readonly Tensor[] => {
      const given = new Map<Tensor, Tensor>(constants.map((factors, index) => [factors, same[index]!]));
      const own = (factors: Tensor | null): Tensor | null => factors && given.get(factors)!;
      const all = new Map(dropped.map(([cell, { input, state }]) => [cell, { input: own(input), state: own(state) }]));
      return whileDropping(all, () => cell([part, ...before], { training }));
    };
    return recurrence(x, states, step, {
      mask,
      constants,
      sequences: this.returnSequences,
      backwards: this.goBackwards,
      aligned,
      zeroOutput: this.zeroOutputForMask,
      unroll: this.unroll,
    });
  }

  #draw(x: Tensor): (readonly [object, Dropped])[] {
    const cells = leafCells(this.cell) as readonly (RecurrentCell & { drawDropped?(x: Tensor): Dropped })[];
    return cells.flatMap((cell) => cell.drawDropped === undefined ? [] : [[cell, cell.drawDropped(x)] as const]);
  }

  /** That of the outputs where they are of all steps; the states have none. */
  override computeMask(_x: Tensor, mask: Masks | null): Masks | null {
    const own = this.returnSequences && mask !== null ? mask : null;
    return this.returnState ? [own, ...this.stateSizes.map(() => null)] : own;
  }
}

/**
 * The states that a recurrent layer is told to begin with, as a list; undefined where it is told none.
 *
 * @throws {InputError} If they are neither a tensor nor an array.
 */
export function statesOf(
  layer: { readonly name: string },
  given: CallOptions["initialState"] | null,
): readonly TensorLike[] | undefined {
  if (given === undefined || given === null) return undefined;
  if (given instanceof Tensor) return [given];
  if (Array.isArray(given)) return given as readonly TensorLike[];
  throw new InputError(
    `Cannot call layer ${layer.name}: expected initialState to be a tensor or an array of them, received ${typeof given}`,
  );
}

/** A size as the sizes of axes after the batch. */
export function sizesOf(size: StateSize): readonly number[] {
  return typeof size === "number" ? [size] : size;
}

function differ(a: Dim, b: Dim): boolean {
  return typeof a === "number" && typeof b === "number" && a !== b;
}
