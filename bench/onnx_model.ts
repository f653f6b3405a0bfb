/**
 * Dense layers as an ONNX file, written by hand: a ModelProto of Gemms and Relus, opset 21, with the weights as
 * initializers. Field numbers are those of onnx.proto.
 *
 * @module
 */
import type { DenseWeights } from "./problem.ts";

const FLOAT = 1;
const encoder = new TextEncoder();

/** The model of dense layers one after another; its input is `x`, its output `y`. A batch of `null` is an open dim. */
export function networkModel(layers: readonly DenseWeights[], batch: number | null): Uint8Array {
  const last = layers.length - 1;
  const graph: Uint8Array[] = [];
  for (const [index, { relu }] of layers.entries()) {
    const [from, to] = [index === 0 ? "x" : `h${index}`, index === last ? "y" : `h${index + 1}`];
    graph.push(bytes(1, node("Gemm", [from, `kernel${index}`, `bias${index}`], [relu ? `sum${index}` : to])));
    if (relu) graph.push(bytes(1, node("Relu", [`sum${index}`], [to])));
  }
  graph.push(bytes(2, encoder.encode("network")));
  for (const [index, { inputs, units, kernel, bias }] of layers.entries()) {
    graph.push(bytes(5, initializer(`kernel${index}`, [inputs, units], kernel)));
    graph.push(bytes(5, initializer(`bias${index}`, [units], bias)));
  }
  graph.push(bytes(11, valueInfo("x", [batch, layers[0]!.inputs])));
  graph.push(bytes(12, valueInfo("y", [batch, layers[last]!.units])));
  const opset = number(2, 21);
  return join([number(1, 10), bytes(7, join(graph)), bytes(8, opset)]);
}

/** The model of one dense layer. */
export function denseModel(weights: DenseWeights, batch: number): Uint8Array {
  return networkModel([weights], batch);
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

function valueInfo(name: string, dims: readonly (number | null)[]): Uint8Array {
  const shape = join(dims.map((dim) => bytes(1, dim === null ? bytes(2, encoder.encode("batch")) : number(1, dim))));
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
