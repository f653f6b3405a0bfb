/**
 * The way tensors lie in an arena: a header of words that describes them, then their elements.
 *
 * @module
 */
import { EngineError, type ValueSpec } from "../../engine/engine.ts";
import { elementTypeOf, elementTypeOfCode } from "../../onnx/element_type.ts";
import { bytesPerElement, type CarriedType } from "../../tensor/element_type.ts";

/** A tensor in an arena. */
export interface PlacedTensor extends ValueSpec {
  /** Where the elements begin, in bytes from the beginning of the arena; from that of the memory where it is absolute. */
  readonly offset: number;
  /** The number of bytes that they take. */
  readonly bytes: number;
}

/** The tensors of a request. */
export interface Layout {
  /** The words that describe the request, at the beginning of the arena. */
  readonly header: Int32Array;
  readonly inputs: readonly PlacedTensor[];
  /** The places for the results; undefined where their sizes are not known before. */
  readonly outputs: readonly PlacedTensor[] | undefined;
  /** The number of bytes of the arena that it takes. */
  readonly bytes: number;
}

/** Elements begin at multiples of this. */
const ALIGNMENT = 64;
/** Words to keep for each result whose size is not known: its dtype, place, bytes, rank and as many dims as are usual. */
const RESULT_WORDS = 16;
const UNKNOWN = -1;

/**
 * Lays out inputs, and outputs where their specs are known; `results` is how many there are else. `lengths` are the bytes of
 * inputs, of which not all follow from their specs.
 */
export function layOut(
  inputs: readonly ValueSpec[],
  outputs: readonly ValueSpec[] | undefined,
  results: number,
  lengths: readonly number[] = [],
): Layout {
  const words = [inputs, outputs ?? []].flat().reduce((sum, { shape }) => sum + 4 + shape.length, 2);
  let offset = align(Math.max(words, outputs === undefined ? 1 + results * RESULT_WORDS : 0) * 4);
  const place = ({ dtype, shape }: ValueSpec, length?: number): PlacedTensor => {
    const bytes = length ?? shape.reduce((size, dim) => size * dim, bytesPerElement(dtype));
    const placed = { dtype, shape, offset, bytes };
    offset = align(offset + bytes);
    return placed;
  };
  const placedInputs = inputs.map((input, index) => place(input, lengths[index]));
  const placedOutputs = outputs?.map((output) => place(output));
  const header = [inputs.length, placedOutputs?.length ?? UNKNOWN];
  for (const tensor of [...placedInputs, ...placedOutputs ?? []]) header.push(...wordsOf(tensor));
  return { header: Int32Array.from(header), inputs: placedInputs, outputs: placedOutputs, bytes: offset };
}

/** Reads a header that {@linkcode layOut} made. */
export function readLayout(words: Int32Array): Pick<Layout, "inputs" | "outputs"> & { readonly words: number } {
  const reader = new Reader(words);
  const [inputs, outputs] = [reader.word(), reader.word()];
  const placedInputs = reader.tensors(inputs);
  const placedOutputs = outputs === UNKNOWN ? undefined : reader.tensors(outputs);
  return { inputs: placedInputs, outputs: placedOutputs, words: reader.next };
}

/**
 * Writes where results are whose sizes were not known before; offsets are from the beginning of the memory.
 *
 * @throws {EngineError} If the words do not suffice.
 */
export function writeResults(words: Int32Array, tensors: readonly PlacedTensor[]): void {
  const reply = [tensors.length, ...tensors.flatMap(wordsOf)];
  if (reply.length > words.length) {
    throw new EngineError(`Cannot give back ${tensors.length} results: they have too many axes in all`);
  }
  words.set(reply);
}

/** Reads what {@linkcode writeResults} wrote. */
export function readResults(words: Int32Array): PlacedTensor[] {
  const reader = new Reader(words);
  return reader.tensors(reader.word());
}

class Reader {
  next = 0;
  readonly #words: Int32Array;

  constructor(words: Int32Array) {
    this.#words = words;
  }

  word(): number {
    return this.#words[this.next++]!;
  }

  tensors(count: number): PlacedTensor[] {
    return Array.from({ length: count }, () => {
      const [elementType, offset, bytes, rank] = [this.word(), this.word() >>> 0, this.word() >>> 0, this.word()];
      const shape = Array.from({ length: rank }, () => this.word());
      return { dtype: elementTypeOfCode(elementType) as CarriedType, shape, offset, bytes };
    });
  }
}

function wordsOf({ dtype, shape, offset, bytes }: PlacedTensor): number[] {
  return [elementTypeOf(dtype), offset | 0, bytes | 0, shape.length, ...shape];
}

function align(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
