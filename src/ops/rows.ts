/**
 * Positions of the rows of a batch: what the entries of the op table say with `rows`, so that several runs can be made one
 * and its results taken apart again. Who is in doubt says that rows are mixed, which costs time and nothing else.
 *
 * @module
 */
import type { Attributes, Operation } from "../graph/operation.ts";
import type { TensorSpec } from "../tensor/tensor.ts";

/** The axis of an input that has the rows; `null` where none has. */
export type RowAxis = number | null;

/** The way an entry of the op table says where the rows go. */
export type Rows<A extends Attributes = Attributes> = NonNullable<Operation<A>["rows"]>;

/** For operations that make each element of the result of the element at the same place in their first input. */
export function sameRows([axis]: readonly RowAxis[]): readonly (number | undefined)[] {
  return [axis ?? undefined];
}

/** For operations whose inputs broadcast to the shape of the result. */
export function broadcastRows(
  axes: readonly RowAxis[],
  inputs: readonly TensorSpec[],
): readonly (number | undefined)[] {
  const rank = Math.max(...inputs.map(({ shape }) => shape.length));
  const terms = inputs.map(({ shape }) => countedFrom(rank - shape.length, shape.length));
  return [labelledRows(axes, inputs, terms, countedFrom(0, rank))];
}

/** `length` numbers from `start` on. */
export function countedFrom(start: number, length: number): number[] {
  return Array.from({ length }, (_, index) => start + index);
}

/**
 * Where the rows are if each axis of the inputs and of the result has a label, as in an Einstein summation: axes of the
 * same label go together, sizes of 1 stretch, and what is not in the result is summed over.
 *
 * All inputs with rows must have them at the same label, and only there; all other axes of this label must be known to be
 * 1, or they would have as many elements as there are rows.
 */
export function labelledRows(
  axes: readonly RowAxis[],
  inputs: readonly TensorSpec[],
  terms: readonly ArrayLike<number | string>[],
  result: ArrayLike<number | string>,
): number | undefined {
  const first = axes.findIndex((axis) => axis !== null);
  const label = terms[first]![axes[first]!]!;
  for (const [index, { shape }] of inputs.entries()) {
    const places = placesOf(label, terms[index]!);
    const axis = axes[index]!;
    const apart = axis === null
      ? places.every((place) => shape[place] === 1)
      : places.length === 1 && places[0] === axis;
    if (!apart) return undefined;
  }
  return placesOf(label, result)[0];
}

function placesOf(label: number | string, term: ArrayLike<number | string>): number[] {
  return countedFrom(0, term.length).filter((place) => term[place] === label);
}

/** Where the rows are if an operation mixes what is along the axes `mixed`, and leaves all axes where they are. */
export function rowsBeside(axis: RowAxis, mixed: readonly number[]): number | undefined {
  return axis === null || mixed.includes(axis) ? undefined : axis;
}

/** Where the rows are if an operation mixes what is along the axes `removed`, which the result lacks. */
export function rowsWithout(axis: RowAxis, removed: readonly number[]): number | undefined {
  return rowsBeside(axis, removed) === undefined ? undefined : axis! - removed.filter((place) => place < axis!).length;
}

/** The axis of the rows in a result of `rank` axes of which those of `added` are new; negative ones count from the end. */
export function rowsWith(axis: RowAxis, added: readonly number[], rank: number): number | undefined {
  if (axis === null) return undefined;
  const places = added.map((place) => place < 0 ? place + rank : place);
  return countedFrom(0, rank).filter((place) => !places.includes(place))[axis];
}
