/**
 * The part of the protobuf wire format that ONNX needs, written in two passes: a message is a list of fields whose sizes
 * are known once it is made, so that everything is then written once, straight to its place in the final bytes.
 *
 * @module
 */

/** One field of a message, tag and length included, that knows its size. */
export interface Field {
  /** Bytes that the field takes, with its tag. */
  readonly size: number;
  write(writer: Writer): void;
}

const VARINT = 0;
const LENGTH_DELIMITED = 2;
const FIXED32 = 5;

const encoder = new TextEncoder();

/** Bytes and a place in them. */
export class Writer {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly #view: DataView;
  #position = 0;

  constructor(size: number) {
    this.bytes = new Uint8Array(size);
    this.#view = new DataView(this.bytes.buffer);
  }

  /** Bytes that are written already. */
  get position(): number {
    return this.#position;
  }

  /** Writes a number from 0 to 2^53 - 1, seven bits a byte, lowest first. */
  varint(value: number): void {
    while (value > 127) {
      this.bytes[this.#position++] = (value % 128) | 128;
      value = Math.floor(value / 128);
    }
    this.bytes[this.#position++] = value;
  }

  /** Writes a 64-bit number from 0, as {@linkcode varint}. */
  varint64(value: bigint): void {
    while (value > 127n) {
      this.bytes[this.#position++] = Number(value & 127n) | 128;
      value >>= 7n;
    }
    this.bytes[this.#position++] = Number(value);
  }

  float32(value: number): void {
    this.#view.setFloat32(this.#position, value, true);
    this.#position += 4;
  }

  raw(data: Uint8Array): void {
    this.bytes.set(data, this.#position);
    this.#position += data.length;
  }
}

/** An int64 field; a negative number takes ten bytes, as protobuf wants. */
export function int64Field(number: number, value: number | bigint): Field {
  const unsigned = unsigned64(value);
  const tag = number * 8 + VARINT;
  return {
    size: varintSize(tag) + varint64Size(unsigned),
    write(writer) {
      writer.varint(tag);
      writer.varint64(unsigned);
    },
  };
}

/** A float field. */
export function floatField(number: number, value: number): Field {
  const tag = number * 8 + FIXED32;
  return {
    size: varintSize(tag) + 4,
    write(writer) {
      writer.varint(tag);
      writer.float32(value);
    },
  };
}

/** A bytes field; the bytes are not copied before they are written. */
export function bytesField(number: number, data: Uint8Array): Field {
  return delimitedField(number, data.length, (writer) => writer.raw(data));
}

/** A string field, in UTF-8. */
export function stringField(number: number, text: string): Field {
  return bytesField(number, encoder.encode(text));
}

/** A field that is a message itself. */
export function messageField(number: number, fields: readonly Field[]): Field {
  return delimitedField(number, sizeOf(fields), (writer) => fields.forEach((field) => field.write(writer)));
}

/** A repeated int64 field, packed. */
export function packedInt64Field(number: number, values: readonly (number | bigint)[]): Field {
  const unsigned = values.map(unsigned64);
  const size = unsigned.reduce((sum, value) => sum + varint64Size(value), 0);
  return delimitedField(number, size, (writer) => unsigned.forEach((value) => writer.varint64(value)));
}

/** A repeated float field, packed. */
export function packedFloatField(number: number, values: readonly number[]): Field {
  return delimitedField(number, values.length * 4, (writer) => values.forEach((value) => writer.float32(value)));
}

/** Bytes that a message with these fields takes. */
export function sizeOf(fields: readonly Field[]): number {
  return fields.reduce((sum, field) => sum + field.size, 0);
}

function delimitedField(number: number, size: number, write: (writer: Writer) => void): Field {
  const tag = number * 8 + LENGTH_DELIMITED;
  return {
    size: varintSize(tag) + varintSize(size) + size,
    write(writer) {
      writer.varint(tag);
      writer.varint(size);
      write(writer);
    },
  };
}

function unsigned64(value: number | bigint): bigint {
  const exact = BigInt(value);
  if (BigInt.asIntN(64, exact) !== exact) {
    throw new RangeError(`Cannot write ${value} as a 64-bit integer: expected -2^63 to 2^63 - 1`);
  }
  return BigInt.asUintN(64, exact);
}

function varintSize(value: number): number {
  let size = 1;
  while (value > 127) {
    value = Math.floor(value / 128);
    size++;
  }
  return size;
}

function varint64Size(value: bigint): number {
  let size = 1;
  while (value > 127n) {
    value >>= 7n;
    size++;
  }
  return size;
}
