/**
 * Data in batches: whole tensors, samples, or batches as they come.
 *
 * @module
 */
import { convertValues, isTypedArray, type Values } from "../tensor/convert.ts";
import type { DType, TypedArrayOf } from "../tensor/dtype.ts";
import { EagerTensor, valuesOf } from "../tensor/eager.ts";
import { isPlainArray } from "../tensor/nested.ts";
import { showShape } from "../shape/dim.ts";
import { DTypeError, InputError, InputRangeError, ShapeError } from "../shape/error.ts";
import { isRecord, leavesOf, mapStructure, type Structure } from "../tensor/structure.ts";
import { Tensor } from "../tensor/tensor.ts";
import { typedArrayOf } from "../tensor/typed_array.ts";
import { Variable } from "../tensor/variable.ts";

/** The rows with which a model is called at once. */
export type Batch = Structure<EagerTensor>;

/** Data as batches, and how many rows there are; `undefined` where that turns out on the way. */
export interface Batches {
  /** The number of rows of all batches together. */
  readonly rows: number | undefined;
  /** The batches, in order. */
  readonly batches: Iterable<Batch> | AsyncIterable<Batch>;
}

/**
 * Data as batches.
 *
 * @param data A tensor, a structure of tensors, an array of samples, or an iterable of batches.
 * @param inputs What the model takes: anything but an array or a record stands for one tensor.
 * @throws {TypeError | ShapeError | RangeError} If it is none of these.
 */
export function batchesOf(data: unknown, inputs: unknown, batchSize: number): Batches {
  if (!Number.isSafeInteger(batchSize) || batchSize < 1) {
    throw new InputRangeError(`Cannot predict: expected batchSize to be a positive integer, received ${batchSize}`);
  }
  if (isIterable(data)) return { rows: undefined, batches: asTensors(data) };
  const samples = samplesIn(data, inputs);
  if (samples !== undefined) {
    return { rows: samples.length, batches: stacked(samples, batchSize) };
  }
  const whole = mapWhole(data);
  const rows = rowsOf(whole);
  return { rows, batches: sliced(whole, rows, batchSize) };
}

/** Iterables that are no arrays and no tensors. */
function isIterable(data: unknown): data is Iterable<unknown> | AsyncIterable<unknown> {
  if (typeof data !== "object" || data === null) return false;
  if (Array.isArray(data) || isTypedArray(data) || data instanceof Tensor) return false;
  return Symbol.iterator in data || Symbol.asyncIterator in data;
}

async function* asTensors(data: Iterable<unknown> | AsyncIterable<unknown>): AsyncGenerator<Batch> {
  for await (const batch of data) yield mapWhole(batch);
}

/** The samples, where data is an array of them. */
function samplesIn(data: unknown, inputs: unknown): readonly unknown[] | undefined {
  if (!Array.isArray(data) || data.length === 0) return undefined;
  if (isRecord(inputs)) return data.every(isRecord) ? data : undefined;
  if (Array.isArray(inputs)) {
    // An array of as many tensors as the model takes are its inputs; of arrays that hold tensors, samples.
    const isSample = (part: unknown) =>
      Array.isArray(part) && part.some((leaf) => leaf instanceof Tensor || isTypedArray(leaf));
    return data.every(isSample) || data.length !== inputs.length ? data : undefined;
  }
  return data.every((part) => part instanceof Tensor || isTypedArray(part)) ? data : undefined;
}

/** Data with tensors in place of arrays of numbers. */
function mapWhole(data: unknown): Batch {
  if (data instanceof EagerTensor) return data;
  if (data instanceof Variable) return data.value;
  if (data instanceof Tensor) throw new InputError(`Cannot predict from ${data}: expected values`);
  if (isTypedArray(data) || isPlainArray(data) || typeof data === "number" || typeof data === "boolean") {
    const { shape, dtype, data: values } = convertValues(data as Values);
    return new EagerTensor(shape, dtype, values);
  }
  if (Array.isArray(data)) return data.map(mapWhole);
  if (isRecord(data)) return Object.fromEntries(Object.entries(data).map(([key, part]) => [key, mapWhole(part)]));
  throw new DTypeError(
    `Cannot predict from ${data === null ? "null" : typeof data}: expected tensors, arrays, or an iterable of batches`,
  );
}

/** The size of the first axis, which must be the same in all tensors. */
export function rowsOf(batch: Batch): number {
  const counts = leavesOf(batch).map((tensor) => {
    const [rows] = tensor.shape;
    if (typeof rows === "number") return rows;
    throw new ShapeError(`Cannot predict from a tensor of shape ${showShape(tensor.shape)}: expected an axis of rows`);
  });
  const [rows] = counts;
  if (rows === undefined) throw new InputError("Cannot predict from nothing: expected tensors");
  const other = counts.find((count) => count !== rows);
  if (other === undefined) return rows;
  throw new ShapeError(`Cannot predict: expected as many rows in each input, received ${rows} and ${other}`);
}

function* sliced(whole: Batch, rows: number, batchSize: number): Generator<Batch> {
  // Of no rows there is one batch, which tells the shape of the result.
  for (let start = 0; start === 0 || start < rows; start += batchSize) {
    const end = Math.min(start + batchSize, rows);
    yield start === 0 && end === rows
      ? whole
      : mapStructure(whole, (tensor): Batch => slice(tensor, start, end)) as Batch;
  }
}

function slice(tensor: EagerTensor, start: number, end: number): EagerTensor {
  const [rows = 1, ...rest] = tensor.shape as readonly number[];
  const values = valuesOf(tensor);
  const each = values.length / Math.max(rows, 1);
  return new EagerTensor([end - start, ...rest], tensor.dtype, values.slice(start * each, end * each) as never);
}

function* stacked(samples: readonly unknown[], batchSize: number): Generator<Batch> {
  for (let start = 0; start < samples.length; start += batchSize) {
    const parts = samples.slice(start, start + batchSize).map(mapWhole);
    const [first] = parts;
    const rows = parts.map((part) => leavesOf(part));
    let place = 0;
    yield mapStructure(first!, (): Batch => {
      const index = place++;
      return joined(
        rows.map((leaves) => leaves[index]),
        start,
        (sample) => ({ shape: [1, ...sample.shape as number[]], sample }),
      );
    }) as Batch;
  }
}

function joined(
  tensors: readonly (EagerTensor | undefined)[],
  start: number,
  row: (tensor: EagerTensor) => { readonly shape: readonly number[]; readonly sample: EagerTensor },
): EagerTensor {
  const rows = tensors.map((tensor, index) => {
    if (tensor === undefined) throw new InputError(`Cannot predict: sample ${start + index} lacks an input`);
    const { shape, sample } = row(tensor);
    return new EagerTensor(shape, sample.dtype, valuesOf(sample));
  });
  return concatenateRows(rows, (index) => `sample ${start + index}`);
}

/**
 * Tensors one after the other along their first axis.
 *
 * @throws {ShapeError} If the other axes or the dtypes differ.
 */
export function concatenateRows(tensors: readonly EagerTensor[], what: (index: number) => string): EagerTensor {
  const [first] = tensors;
  if (first === undefined) throw new InputError("Cannot join no tensors");
  if (tensors.length === 1) return first;
  const [, ...rest] = first.shape as readonly number[];
  let rows = 0;
  tensors.forEach(({ shape, dtype }, index) => {
    const fits = dtype === first.dtype && shape.length === rest.length + 1 &&
      rest.every((size, axis) => size === shape[axis + 1]);
    if (!fits || shape.length === 0) {
      throw new ShapeError(
        `Cannot join ${what(index)} to those before it: expected shape ${showShape(["rows", ...rest])} and dtype ` +
          `${first.dtype}, received ${showShape(shape)} and ${dtype}`,
      );
    }
    rows += shape[0] as number;
  });
  const values: TypedArrayOf<DType> = new (typedArrayOf(first.dtype))(rows * rest.reduce((a, b) => a * b, 1));
  let place = 0;
  for (const tensor of tensors) {
    const part = valuesOf(tensor);
    values.set(part as never, place);
    place += part.length;
  }
  return new EagerTensor([rows, ...rest], first.dtype, values);
}
