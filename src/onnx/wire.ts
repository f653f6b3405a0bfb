/**
 * The part of the protobuf wire format that reading takes: the fields of a message, one level at a time, not copied.
 *
 * @module
 */

const VARINT = 0;
const FIXED64 = 1;
const LENGTH = 2;
const FIXED32 = 5;

/** A field: its number, and a number or a view of what has a length. */
export type WireField = readonly [field: number, value: number | Uint8Array];

/**
 * The fields of a protobuf message. Integers above 2^53 are rounded, negative ones are read as unsigned.
 *
 * @throws {RangeError} If the message ends within a field.
 */
export function fieldsOf(message: Uint8Array): WireField[] {
  const fields: WireField[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1;; scale *= 128) {
      const byte = message[at++];
      if (byte === undefined) throw new RangeError("Cannot read the model: it ends within a field");
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const tag = varint();
    const [field, wire] = [Math.floor(tag / 8), tag % 8];
    if (wire === VARINT) fields.push([field, varint()]);
    else {
      const length = wire === LENGTH ? varint() : wire === FIXED64 ? 8 : wire === FIXED32 ? 4 : NaN;
      if (!(at + length <= message.length)) throw new RangeError("Cannot read the model: it ends within a field");
      fields.push([field, message.subarray(at, at + length)]);
      at += length;
    }
  }
  return fields;
}

/** The messages, or other values with a length, in a field of a message. */
export function messagesIn(message: Uint8Array, field: number): Uint8Array[] {
  const messages: Uint8Array[] = [];
  for (const [number, value] of fieldsOf(message)) {
    if (number === field && typeof value !== "number") messages.push(value);
  }
  return messages;
}

const decoder = new TextDecoder();

/** The text in a field of a message; empty where there is none. */
export function textIn(message: Uint8Array, field: number): string {
  const text = messagesIn(message, field).at(-1);
  // Decoders take no shared memory.
  return text === undefined ? "" : decoder.decode(text.buffer instanceof ArrayBuffer ? text : text.slice());
}

/** The number in a field of a message, or `undefined`. */
export function numberIn(message: Uint8Array, field: number): number | undefined {
  const value = fieldsOf(message).findLast(([number, value]) => number === field && typeof value === "number")?.[1];
  return value as number | undefined;
}
