/**
 * The dropout of cells in training: drawn once for a whole sequence, so that all steps drop the same.
 *
 * @module
 */
import { fullForBatch } from "../../ops/shaping/batch_full.ts";
import { dropout } from "../../ops/random/dropout.ts";
import type { SeedGenerator } from "../../ops/random/seed_generator.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { DType } from "../../tensor/dtype.ts";

/** The dropout of a step's input, and of its state: factors, or `null` where nothing is. */
export interface Dropped {
  /** The factors of the input. */
  readonly input: Tensor | null;
  /** The factors of the state. */
  readonly state: Tensor | null;
}

/** The members of a cell that drawing needs. */
export interface Dropping {
  /** The part of a step's input that is dropped. */
  readonly dropout: number;
  /** The part of the state that is dropped. */
  readonly recurrentDropout: number;
  /** The source of the random numbers. */
  readonly seedGenerator: SeedGenerator | null;
  /** The dtype of the factors. */
  readonly computeDtype: DType;
}

const NOTHING: Dropped = { input: null, state: null };
const drawn = new Map<object, Dropped>();

/** Draws what a cell drops, for the batch of `x`. As in Keras, nothing is dropped where all would be. */
export function draw(cell: Dropping, x: Tensor, inputSizes: readonly number[], stateSizes: readonly number[]): Dropped {
  const { seedGenerator } = cell;
  if (seedGenerator === null) return NOTHING;
  const factors = (rate: number, sizes: readonly number[]): Tensor | null =>
    rate === 0 || rate === 1
      ? null
      : dropout(fullForBatch(x, sizes, 1, cell.computeDtype), rate, { seed: seedGenerator }) as Tensor;
  return { input: factors(cell.dropout, inputSizes), state: factors(cell.recurrentDropout, stateSizes) };
}

/** Runs `action`, in which cells drop what was drawn for them. */
export function whileDropping<T>(all: ReadonlyMap<object, Dropped>, action: () => T): T {
  for (const [cell, dropped] of all) drawn.set(cell, dropped);
  try {
    return action();
  } finally {
    for (const cell of all.keys()) drawn.delete(cell);
  }
}

/** The dropout drawn for a cell; undefined where nothing was. */
export function droppedBy(cell: object): Dropped | undefined {
  return drawn.get(cell);
}
