/**
 * Writes an ONNX model as bytes: IR version 10, field by field as onnx.proto numbers them.
 *
 * @module
 */
import { elementTypeOf } from "./element_type.ts";
import type { ExternalData, OnnxAttribute, OnnxGraph, OnnxModel, OnnxNode, OnnxTensor, OnnxValue } from "./model.ts";
import {
  bytesField,
  type Field,
  floatField,
  int64Field,
  messageField,
  packedFloatField,
  packedInt64Field,
  sizeOf,
  stringField,
  Writer,
} from "./protobuf.ts";

const IR_VERSION = 10;
const DEFAULT_OPSET_IMPORTS: Readonly<Record<string, number>> = { "": 21 };
const EXTERNAL = 1;
/** Protobuf's own bound: a message's length is a signed 32-bit number. */
const MOST_BYTES = 2 ** 31 - 1;

/**
 * Encodes a model. The same model gives the same bytes; weights are copied once, into the result.
 *
 * @throws {RangeError} If the bytes would be more than protobuf's 2 GB, or an integer is none or does not fit in 64 bits.
 * @example
 * ```ts
 * const bytes = encodeModel({
 *   producer: "example",
 *   graph: {
 *     name: "double",
 *     nodes: [{ opType: "Add", name: "add", inputs: ["x", "x"], outputs: ["y"], attributes: {} }],
 *     inputs: [{ name: "x", dtype: "float32", shape: ["batch", 4] }],
 *     outputs: [{ name: "y", dtype: "float32", shape: ["batch", 4] }],
 *     initializers: [],
 *   },
 * });
 * bytes[1]; // 10, the IR version
 * ```
 */
export function encodeModel(model: OnnxModel): Uint8Array<ArrayBuffer> {
  const fields = modelFields(model);
  const size = sizeOf(fields);
  if (size > MOST_BYTES) {
    throw new RangeError(
      `Cannot encode graph ${model.graph.name}: expected at most ${MOST_BYTES} bytes (the limit of protobuf), ` +
        `received ${size}; give the large tensors as external data`,
    );
  }
  const writer = new Writer(size);
  for (const field of fields) field.write(writer);
  return writer.bytes;
}

function modelFields(model: OnnxModel): Field[] {
  return [
    int64Field(1, IR_VERSION),
    stringField(2, model.producer),
    ...optionalString(3, model.producerVersion),
    ...optionalString(6, model.documentation),
    messageField(7, graphFields(model.graph)),
    ...entries(model.opsetImports ?? DEFAULT_OPSET_IMPORTS).map(([domain, version]) =>
      messageField(8, [stringField(1, domain), int64Field(2, version)])
    ),
    ...entries(model.metadataProps ?? {}).map(([key, value]) =>
      messageField(14, [stringField(1, key), stringField(2, value)])
    ),
  ];
}

function graphFields(graph: OnnxGraph): Field[] {
  return [
    ...graph.nodes.map((node) => messageField(1, nodeFields(node))),
    stringField(2, graph.name),
    ...graph.initializers.map((tensor) => messageField(5, tensorFields(tensor))),
    ...optionalString(10, graph.documentation),
    ...graph.inputs.map((value) => messageField(11, valueFields(value))),
    ...graph.outputs.map((value) => messageField(12, valueFields(value))),
    ...(graph.valueInfo ?? []).map((value) => messageField(13, valueFields(value))),
  ];
}

function nodeFields(node: OnnxNode): Field[] {
  return [
    ...node.inputs.map((name) => stringField(1, name)),
    ...node.outputs.map((name) => stringField(2, name)),
    stringField(3, node.name),
    stringField(4, node.opType),
    ...entries(node.attributes).map(([name, attribute]) => messageField(5, attributeFields(name, attribute))),
    ...optionalString(7, node.domain),
  ];
}

function attributeFields(name: string, attribute: OnnxAttribute): Field[] {
  const [type, ...value] = attributeValue(attribute);
  return [stringField(1, name), ...value, int64Field(20, type)];
}

/** The number of `AttributeProto.AttributeType`, then the fields. */
function attributeValue(attribute: OnnxAttribute): [type: number, ...fields: Field[]] {
  switch (attribute.type) {
    case "float":
      return [1, floatField(2, attribute.value)];
    case "int":
      return [2, int64Field(3, attribute.value)];
    case "string":
      return [3, stringField(4, attribute.value)];
    case "tensor":
      return [4, messageField(5, tensorFields(attribute.value))];
    case "graph":
      return [5, messageField(6, graphFields(attribute.value))];
    case "floats":
      return [6, packedFloatField(7, attribute.value)];
    case "ints":
      return [7, packedInt64Field(8, attribute.value)];
    case "strings":
      return [8, ...attribute.value.map((text) => stringField(9, text))];
  }
}

function tensorFields(tensor: OnnxTensor): Field[] {
  const { data, dtype, name, shape } = tensor;
  return [
    packedInt64Field(1, shape),
    int64Field(2, elementTypeOf(dtype)),
    stringField(8, name),
    ...(data instanceof Uint8Array ? [bytesField(9, data)] : externalFields(data)),
  ];
}

function externalFields({ location, offset, length }: ExternalData): Field[] {
  const pairs: [string, string][] = [["location", location], ["offset", `${offset}`], ["length", `${length}`]];
  return [
    ...pairs.map(([key, value]) => messageField(13, [stringField(1, key), stringField(2, value)])),
    int64Field(14, EXTERNAL),
  ];
}

function valueFields(value: OnnxValue): Field[] {
  const shape = value.shape?.map((dim) => messageField(1, dimFields(dim)));
  const tensorType = [int64Field(1, elementTypeOf(value.dtype)), ...(shape ? [messageField(2, shape)] : [])];
  return [stringField(1, value.name), messageField(2, [messageField(1, tensorType)])];
}

function dimFields(dim: number | string | null): Field[] {
  if (dim === null) return [];
  return [typeof dim === "number" ? int64Field(1, dim) : stringField(2, dim)];
}

function optionalString(number: number, text: string | undefined): Field[] {
  return text === undefined || text === "" ? [] : [stringField(number, text)];
}

/** Sorted, so that the order in which a record was filled does not show in the bytes. */
function entries<Value>(record: Readonly<Record<string, Value>>): [string, Value][] {
  return Object.entries(record).sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0);
}
