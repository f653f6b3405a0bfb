/** Small models and tensors that the tests of the engines share. */
import type { HostSpec, HostTensor } from "../../src/engine/engine.ts";
import { encodeModel } from "../../src/onnx/encode.ts";
import type { OnnxAttribute, OnnxGraph, OnnxNode, OnnxTensor, OnnxValue } from "../../src/onnx/model.ts";
import type { DType, TypedArrayOf } from "../../src/tensor/dtype.ts";
import { typedArrayOf } from "../../src/tensor/typed_array.ts";

/** A tensor of the given numbers. */
export function host(dtype: DType, shape: readonly number[], values: readonly (number | boolean)[]): HostTensor {
  const Elements = typedArrayOf(dtype) as unknown as new (values: readonly unknown[]) => TypedArrayOf<DType>;
  return { dtype, shape, data: new Elements(values.map((value) => dtype === "int64" ? BigInt(value) : Number(value))) };
}

/** The elements of a tensor as numbers. */
export function numbers(tensor: HostTensor | undefined): number[] {
  return Array.from(tensor!.data as Iterable<number | bigint>, Number);
}

export function spec(dtype: DType, shape: readonly number[]): HostSpec {
  return { dtype, shape };
}

export function value(name: string, dtype: DType = "float32", shape?: OnnxValue["shape"]): OnnxValue {
  return shape === undefined ? { name, dtype } : { name, dtype, shape };
}

export function node(
  opType: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Readonly<Record<string, OnnxAttribute>> = {},
): OnnxNode {
  return { opType, name: `${opType}_${outputs[0]}`, inputs, outputs, attributes };
}

/** A constant of a graph, in this machine's byte order, which is little endian wherever the tests run. */
export function constant(name: string, tensor: HostTensor): OnnxTensor {
  const { dtype, shape, data } = tensor;
  return { name, dtype, shape, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
}

export function graph(
  inputs: readonly OnnxValue[],
  outputs: readonly OnnxValue[],
  nodes: readonly OnnxNode[],
  initializers: readonly OnnxTensor[] = [],
): OnnxGraph {
  return { name: "test", inputs, outputs, nodes, initializers };
}

export function model(
  inputs: readonly OnnxValue[],
  outputs: readonly OnnxValue[],
  nodes: readonly OnnxNode[],
  initializers: readonly OnnxTensor[] = [],
): Uint8Array {
  return encodeModel({ producer: "strata-test", graph: graph(inputs, outputs, nodes, initializers) });
}

/** `z = x + y`, of any shapes unless they are given. */
export function addModel(dtype: DType = "float32", shape?: OnnxValue["shape"]): Uint8Array {
  return model([value("x", dtype, shape), value("y", dtype, shape)], [value("z", dtype, shape)], [
    node("Add", ["x", "y"], ["z"]),
  ]);
}
