/**
 * Reads safetensors files: {@link https://huggingface.co/docs/safetensors/index | a header in JSON, then the values}.
 *
 * @module
 */
import { DTypeError } from "../shape/error.ts";
import { showShape } from "../shape/dim.ts";
import { type DType, DTYPE_NAMES, DTYPES } from "../tensor/dtype.ts";
import { EagerTensor } from "../tensor/eager.ts";
import { bytesPerElement, typedArrayOf } from "../tensor/typed_array.ts";
import { jsonKeys } from "./json_keys.ts";

/** The dtypes of the format that Strata has. */
const DTYPES_BY_NAME: ReadonlyMap<unknown, DType> = new Map(
  DTYPE_NAMES.map((dtype) => [DTYPES[dtype].safetensors, dtype]),
);

/** The length of the header stands in so many bytes. */
const PREFIX = 8;
/** Longer headers are refused, as by the format's own reader. */
const MAX_HEADER = 100_000_000;
/** The one key of the header that is no tensor. */
const METADATA = "__metadata__";
/** The number of characters of a foreign text that an error repeats. */
const QUOTED = 80;

/** Where the values of a tensor stand, in bytes after the header, and what they are. */
interface Entry {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/**
 * Reads the tensors of a safetensors file, in the order of its header. Nothing in the file is trusted: what is read has
 * the sizes and places that the header says, and the values fill the file without gap or overlap.
 *
 * @param bytes The whole file. The tensors are copies.
 * @returns The tensors by name, of dtype `float32`, `float64`, `float16`, `int32`, `int64`, `uint8` or `bool`.
 * @throws {TypeError} If the file, its header or the description of a tensor has another form than the format says.
 * @throws {DTypeError} If a tensor has a dtype that Strata has not.
 * @throws {RangeError} If a length or a place does not fit the file.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const header = '{"bias":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}';
 * const bytes = new Uint8Array(8 + header.length + 4);
 * bytes[0] = header.length;
 * bytes.set(new TextEncoder().encode(header), 8);
 * bytes.set(new Uint8Array(new Float32Array([2.5]).buffer), 8 + header.length);
 *
 * assertEquals(readSafetensors(bytes).get("bias")?.array(), [2.5]);
 * ```
 */
export function readSafetensors(bytes: Uint8Array): ReadonlyMap<string, EagerTensor> {
  if (!(bytes instanceof Uint8Array)) {
    throw new TypeError(`Cannot read a safetensors file: expected a Uint8Array, received ${kindOf(bytes)}`);
  }
  // A view of a plain kind: subclasses such as Node's Buffer slice without copying.
  const file = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = headerLength(file);
  const entries = parseHeader(file.slice(PREFIX, PREFIX + length));
  const values = file.subarray(PREFIX + length);
  checkPlaces(entries, values.length);
  return new Map(entries.map((entry) => [entry.name, readTensor(values, entry)]));
}

function headerLength(file: Uint8Array): number {
  if (file.length < PREFIX) throw fileError(`at least ${PREFIX} bytes`, `${file.length}`);
  const length = new DataView(file.buffer, file.byteOffset).getBigUint64(0, true);
  if (length > MAX_HEADER) throw fileError(`a header of at most ${MAX_HEADER} bytes`, `one of ${length}`);
  const available = file.length - PREFIX;
  if (length > available) throw fileError(`a header of ${length} bytes`, `a file with ${available} bytes left for it`);
  return Number(length);
}

function parseHeader(bytes: Uint8Array): Entry[] {
  let text: string;
  let header: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    header = JSON.parse(text);
  } catch (cause) {
    throw new TypeError("Cannot read a safetensors file: expected a header of JSON in UTF-8, received other bytes", {
      cause,
    });
  }
  if (text[0] !== "{" || !isRecord(header)) {
    throw new TypeError(
      "Cannot read a safetensors file: expected a header that is one JSON object from its first byte",
    );
  }
  const entries: Entry[] = [];
  for (const name of keysOf(text)) {
    if (name === METADATA) checkMetadata(header[name]);
    else entries.push(parseEntry(name, header[name]));
  }
  return entries;
}

function keysOf(text: string): string[] {
  try {
    return jsonKeys(text);
  } catch (cause) {
    throw new RangeError(`Cannot read the header of a safetensors file: ${(cause as Error).message}`, { cause });
  }
}

function checkMetadata(metadata: unknown): void {
  if (!isRecord(metadata) || !Object.values(metadata).every((value) => typeof value === "string")) {
    throw new TypeError(`Cannot read a safetensors file: expected ${METADATA} to be an object of strings`);
  }
}

function parseEntry(name: string, entry: unknown): Entry {
  if (!isRecord(entry)) throw typeError(name, "an object", kindOf(entry));
  const { dtype: code, shape, data_offsets: offsets, ...rest } = entry;
  const extra = Object.keys(rest)[0];
  if (extra !== undefined) throw typeError(name, "dtype, shape and data_offsets", `the key ${quote(extra)}`);
  const dtype = DTYPES_BY_NAME.get(code);
  if (typeof code !== "string") throw typeError(name, "dtype to be a string", kindOf(code));
  if (dtype === undefined) {
    throw new DTypeError(
      tensorMessage(name, `one of the dtypes ${[...DTYPES_BY_NAME.keys()].join(", ")}`, quote(code)),
    );
  }
  if (!isListOfSizes(shape)) throw typeError(name, "shape to be a list of non-negative integers", kindOf(shape));
  if (!isListOfSizes(offsets) || offsets.length !== 2) {
    throw typeError(name, "data_offsets to be two non-negative integers", kindOf(offsets));
  }
  const [begin, end] = offsets as [number, number];
  if (begin > end) throw rangeError(name, "data_offsets in ascending order", `[${begin}, ${end}]`);
  const expected = byteLength(name, shape, dtype);
  if (end - begin !== expected) {
    throw rangeError(name, `${expected} bytes for ${dtype} ${shown(shape)}`, `${end - begin}`);
  }
  return { name, dtype, shape: Object.freeze([...shape]), begin, end };
}

function byteLength(name: string, shape: readonly number[], dtype: DType): number {
  let length = bytesPerElement(dtype);
  for (const size of shape) {
    length *= size;
    if (!Number.isSafeInteger(length)) throw rangeError(name, "a size below 2^53 bytes", `shape ${shown(shape)}`);
  }
  return length;
}

/** The values of all tensors, put in the order of their places, must be what stands after the header. */
function checkPlaces(entries: readonly Entry[], available: number): void {
  let filled = 0;
  for (const { name, begin, end } of entries.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin < filled) throw rangeError(name, `values from byte ${filled} on, where the ones before end`, `${begin}`);
    if (begin > filled) throw rangeError(name, `values from byte ${filled} on, without a gap`, `${begin}`);
    if (end > available) throw rangeError(name, `values within ${available} bytes`, `an end at ${end}`);
    filled = end;
  }
  if (filled < available) throw fileError(`${filled} bytes of values`, `${available}`);
}

function readTensor(values: Uint8Array, { name, dtype, shape, begin, end }: Entry): EagerTensor {
  // The copy begins where a buffer does, so that elements of any width are aligned.
  const bytes = values.slice(begin, end);
  const wrong = dtype === "bool" ? bytes.find((byte) => byte > 1) : undefined;
  if (wrong !== undefined) throw rangeError(name, "bytes 0 and 1 for BOOL", `${wrong}`);
  return new EagerTensor(shape, dtype, new (typedArrayOf(dtype))(bytes.buffer));
}

function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isListOfSizes(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function quote(text: string): string {
  return JSON.stringify(text.length > QUOTED ? `${text.slice(0, QUOTED)}...` : text);
}

function shown(shape: readonly number[]): string {
  const text = showShape(shape);
  return text.length > QUOTED ? `${text.slice(0, QUOTED)}...` : text;
}

function tensorMessage(name: string, expected: string, received: string): string {
  return `Cannot read tensor ${quote(name)} of a safetensors file: expected ${expected}, received ${received}`;
}

function typeError(name: string, expected: string, received: string): TypeError {
  return new TypeError(tensorMessage(name, expected, received));
}

function rangeError(name: string, expected: string, received: string): RangeError {
  return new RangeError(tensorMessage(name, expected, received));
}

function fileError(expected: string, received: string): RangeError {
  return new RangeError(`Cannot read a safetensors file: expected ${expected}, received ${received}`);
}
