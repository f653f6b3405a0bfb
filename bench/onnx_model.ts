/**
 * A dense layer as an ONNX file, written by hand: a ModelProto of one Gemm and one Relu, opset 21, with its weights as
 * initializers. Field numbers are those of onnx.proto.
 *
 * @module
 */
import type { DenseWeights } from "./problem.ts";

const FLOAT = 1;
const encoder = new TextEncoder();

/** The model; its input is `x`, its output `y`, both of two axes. */
export function denseModel({ inputs, units, kernel, bias, relu }: DenseWeights, batch: number): Uint8Array {
  const sum = relu ? "sum" : "y";
  const nodes = [node("Gemm", ["x", "kernel", "bias"], [sum])];
  if (relu) nodes.push(node("Relu", [sum], ["y"]));
  const graph = [
    ...nodes.map((node) => bytes(1, node)),
    bytes(2, encoder.encode("dense")),
    bytes(5, initializer("kernel", [inputs, units], kernel)),
    bytes(5, initializer("bias", [units], bias)),
    bytes(11, valueInfo("x", [batch, inputs])),
    bytes(12, valueInfo("y", [batch, units])),
  ];
  const opset = number(2, 21);
  return join([number(1, 10), bytes(7, join(graph)), bytes(8, opset)]);
}

function node(type: string, inputs: readonly string[], outputs: readonly string[]): Uint8Array {
  return join([
    ...inputs.map((name) => bytes(1, encoder.encode(name))),
    ...outputs.map((name) => bytes(2, encoder.encode(name))),
    bytes(4, encoder.encode(type)),
  ]);
}

function initializer(name: string, dims: readonly number[], data: Float32Array): Uint8Array {
  const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return join([...dims.map((dim) => number(1, dim)), number(2, FLOAT), bytes(8, encoder.encode(name)), bytes(9, raw)]);
}

function valueInfo(name: string, dims: readonly number[]): Uint8Array {
  const shape = join(dims.map((dim) => bytes(1, number(1, dim))));
  const type = bytes(1, join([number(1, FLOAT), bytes(2, shape)]));
  return join([bytes(1, encoder.encode(name)), bytes(2, type)]);
}

/** A field that holds bytes or a message. */
function bytes(field: number, content: Uint8Array): Uint8Array {
  return join([variableLength(field << 3 | 2), variableLength(content.length), content]);
}

/** A field that holds an integer. */
function number(field: number, value: number): Uint8Array {
  return join([variableLength(field << 3), variableLength(value)]);
}

function variableLength(value: number): Uint8Array {
  const groups = [];
  for (; value > 0x7f; value >>>= 7) groups.push(value & 0x7f | 0x80);
  return Uint8Array.from([...groups, value]);
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
