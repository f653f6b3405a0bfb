/**
 * Tensors in messages.
 *
 * @module
 */
import type { ValueTensor } from "../../engine/engine.ts";
import { decodeStrings, encodeStrings } from "../../onnx/strings.ts";
import { bytesPerElement } from "../../tensor/element_type.ts";
import { elementsIn } from "../../tensor/typed_array.ts";
import type { TensorMessage } from "./protocol.ts";

/** The elements of a tensor as bytes, which only of texts are a copy. */
export function bytesOf({ data }: ValueTensor): Uint8Array {
  if (isStrings(data)) return encodeStrings(data);
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** The tensor in a message. */
export function tensorOf({ dtype, shape, bytes }: TensorMessage): ValueTensor {
  if (dtype === "string") {
    return {
      dtype,
      shape,
      data: decodeStrings(bytes, shape.reduce((size, dim) => size * dim, 1)),
    };
  }
  const length = bytes.byteLength / bytesPerElement(dtype);
  return {
    dtype,
    shape,
    data: elementsIn(dtype, bytes.buffer as ArrayBuffer, bytes.byteOffset, length),
  } as ValueTensor;
}

function isStrings(data: ValueTensor["data"]): data is readonly string[] {
  return Array.isArray(data);
}
