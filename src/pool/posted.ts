/**
 * Tensors in messages.
 *
 * @module
 */
import type { HostTensor } from "../engine/engine.ts";
import { typedArrayOf } from "../tensor/typed_array.ts";
import type { PostedTensor } from "./protocol.ts";

/** The elements of a tensor as bytes, not copied. */
export function bytesOf({ data }: HostTensor): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** The tensor in a message. */
export function tensorOf({ dtype, shape, bytes }: PostedTensor): HostTensor {
  const buffer = bytes.buffer as ArrayBuffer;
  const length = bytes.byteLength / typedArrayOf(dtype).BYTES_PER_ELEMENT;
  return { dtype, shape, data: new (typedArrayOf(dtype))(buffer, bytes.byteOffset, length) };
}
