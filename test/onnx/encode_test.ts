import { fromBinary } from "@bufbuild/protobuf";
import {
  AttributeProto_AttributeType,
  ModelProtoSchema,
  TensorProto_DataLocation,
  TensorProto_DataType,
} from "onnx-buf";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { encodeModel } from "../../src/onnx/encode.ts";
import type { OnnxAttribute, OnnxGraph, OnnxModel, OnnxValue } from "../../src/onnx/model.ts";
import type { DType } from "../../src/tensor/dtype.ts";

const decode = (model: OnnxModel) => fromBinary(ModelProtoSchema, encodeModel(model));
const utf8 = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const empty: OnnxGraph = { name: "g", nodes: [], inputs: [], outputs: [], initializers: [] };

function attributesOf(attributes: Record<string, OnnxAttribute>) {
  const graph = { ...empty, nodes: [{ opType: "Op", name: "n", inputs: [], outputs: [], attributes }] };
  return decode({ producer: "p", graph }).graph!.node[0]!.attribute;
}

Deno.test("the model's own fields are read back", () => {
  const model = decode({
    producer: "strata",
    producerVersion: "0.1.0",
    documentation: "Größe",
    opsetImports: { "": 21, "com.microsoft": 1 },
    metadataProps: { layers: "3", author: "λ" },
    graph: { ...empty, documentation: "the graph" },
  });
  assertEquals(model.irVersion, 10n);
  assertEquals([model.producerName, model.producerVersion, model.docString], ["strata", "0.1.0", "Größe"]);
  assertEquals(model.opsetImport.map(({ domain, version }) => [domain, version]), [["", 21n], ["com.microsoft", 1n]]);
  assertEquals(model.metadataProps.map(({ key, value }) => [key, value]), [["author", "λ"], ["layers", "3"]]);
  assertEquals([model.graph!.name, model.graph!.docString], ["g", "the graph"]);
});

Deno.test("opset 21 of the standard operators is imported unless something else is asked for", () => {
  const { opsetImport } = decode({ producer: "p", graph: empty });
  assertEquals(opsetImport.map(({ domain, version }) => [domain, version]), [["", 21n]]);
});

Deno.test("nodes keep their order, names, domain, and absent inputs", () => {
  const { node } = decode({
    producer: "p",
    graph: {
      ...empty,
      nodes: [
        { opType: "Clip", name: "dense/clip", inputs: ["x", "", "max"], outputs: ["y"], attributes: {} },
        { opType: "Gelu", name: "b", inputs: ["y"], outputs: ["z", ""], attributes: {}, domain: "com.microsoft" },
      ],
    },
  }).graph!;
  assertEquals(node.map(({ opType, name, domain }) => [opType, name, domain]), [
    ["Clip", "dense/clip", ""],
    ["Gelu", "b", "com.microsoft"],
  ]);
  assertEquals(node.map(({ input, output }) => [input, output]), [[["x", "", "max"], ["y"]], [["y"], ["z", ""]]]);
});

Deno.test("attributes of every type are read back, by name, in the order of their names", () => {
  const body: OnnxGraph = {
    ...empty,
    name: "body",
    nodes: [{ opType: "Relu", name: "r", inputs: ["a"], outputs: ["b"], attributes: {} }],
    outputs: [{ name: "b", dtype: "float32" }],
  };
  const read = attributesOf({
    tensor: { type: "tensor", value: { name: "", dtype: "uint8", shape: [2], data: new Uint8Array([7, 8]) } },
    strings: { type: "strings", value: ["", "größer"] },
    string: { type: "string", value: "mean" },
    ints: { type: "ints", value: [3, -1, 0, 2 ** 40] },
    int: { type: "int", value: -2 },
    graph: { type: "graph", value: body },
    floats: { type: "floats", value: [0.5, -Infinity, 0] },
    float: { type: "float", value: 0.1 },
    none: { type: "ints", value: [] },
  });
  const types = AttributeProto_AttributeType;
  assertEquals(read.map(({ name, type }) => [name, type]), [
    ["float", types.FLOAT],
    ["floats", types.FLOATS],
    ["graph", types.GRAPH],
    ["int", types.INT],
    ["ints", types.INTS],
    ["none", types.INTS],
    ["string", types.STRING],
    ["strings", types.STRINGS],
    ["tensor", types.TENSOR],
  ]);
  const byName = Object.fromEntries(read.map((attribute) => [attribute.name, attribute]));
  assertEquals(byName.float!.f, Math.fround(0.1));
  assertEquals(byName.floats!.floats, [0.5, -Infinity, 0]);
  assertEquals(byName.int!.i, -2n);
  assertEquals(byName.ints!.ints, [3n, -1n, 0n, 1099511627776n]);
  assertEquals(byName.none!.ints, []);
  assertEquals(utf8(byName.string!.s), "mean");
  assertEquals(byName.strings!.strings.map(utf8), ["", "größer"]);
  assertEquals([byName.tensor!.t!.dims, [...byName.tensor!.t!.rawData]], [[2n], [7, 8]]);
  assertEquals([byName.graph!.g!.name, byName.graph!.g!.node[0]!.opType], ["body", "Relu"]);
  assertEquals(byName.graph!.g!.output[0]!.name, "b");
});

Deno.test("64-bit integers are exact at both ends, and refused beyond", () => {
  const [smallest, largest] = [-(2n ** 63n), 2n ** 63n - 1n];
  const read = attributesOf({
    a: { type: "int", value: smallest },
    b: { type: "int", value: largest },
    c: { type: "ints", value: [smallest, -1n, -128, 127, 128, largest, Number.MIN_SAFE_INTEGER] },
  });
  assertEquals([read[0]!.i, read[1]!.i], [smallest, largest]);
  assertEquals(read[2]!.ints, [smallest, -1n, -128n, 127n, 128n, largest, -9007199254740991n]);
  for (const value of [2n ** 63n, -(2n ** 63n) - 1n, 1e30]) {
    assertThrows(() => attributesOf({ a: { type: "int", value } }), RangeError, "as a 64-bit integer");
  }
  assertThrows(() => attributesOf({ a: { type: "int", value: 0.5 } }), RangeError);
});

Deno.test("known, named and unknown dims, scalars and unknown ranks are told apart", () => {
  const inputs: OnnxValue[] = [
    { name: "mixed", dtype: "float32", shape: ["batch", 64, null, "time*64", 0] },
    { name: "scalar", dtype: "bool", shape: [] },
    { name: "unranked", dtype: "int64" },
  ];
  const { graph } = decode({
    producer: "p",
    graph: { ...empty, inputs, outputs: [inputs[0]!], valueInfo: [inputs[1]!] },
  });
  const read = [...graph!.input, ...graph!.output, ...graph!.valueInfo].map(({ name, type }) => {
    const tensor = type!.value.case === "tensorType" ? type!.value.value : undefined;
    return [name, tensor!.elemType, tensor!.shape?.dim.map(({ value }) => value.value)];
  });
  const mixed = ["mixed", TensorProto_DataType.FLOAT, ["batch", 64n, undefined, "time*64", 0n]];
  const scalar = ["scalar", TensorProto_DataType.BOOL, []];
  assertEquals(read, [mixed, scalar, ["unranked", TensorProto_DataType.INT64, undefined], mixed, scalar]);
});

Deno.test("initializers keep their names, dtypes, shapes and bytes", () => {
  const types: [DType, TensorProto_DataType][] = [
    ["float32", TensorProto_DataType.FLOAT],
    ["float64", TensorProto_DataType.DOUBLE],
    ["float16", TensorProto_DataType.FLOAT16],
    ["int32", TensorProto_DataType.INT32],
    ["int64", TensorProto_DataType.INT64],
    ["uint8", TensorProto_DataType.UINT8],
    ["bool", TensorProto_DataType.BOOL],
  ];
  const pool = Uint8Array.from({ length: 300 }, (_, index) => index);
  const { graph } = decode({
    producer: "p",
    graph: {
      ...empty,
      initializers: types.map(([dtype], index) => (
        { name: `w${index}`, dtype, shape: [index, 2], data: pool.subarray(index, 3 * index) }
      )),
    },
  });
  assertEquals(
    graph!.initializer.map(({ name, dataType, dims, rawData }) => [name, dataType, dims, [...rawData]]),
    types.map(([, type], index) => [
      `w${index}`,
      type,
      [BigInt(index), 2n],
      Array.from({ length: 2 * index }, (_, offset) => index + offset),
    ]),
  );
});

Deno.test("external data is referred to, not written", () => {
  const data = { location: "model.onnx.data", offset: 4096, length: 3_000_000_000 };
  const { graph } = decode({
    producer: "p",
    graph: { ...empty, initializers: [{ name: "w", dtype: "float32", shape: [750_000_000], data }] },
  });
  const [tensor] = graph!.initializer;
  assertEquals(tensor!.dataLocation, TensorProto_DataLocation.EXTERNAL);
  assertEquals(tensor!.rawData.length, 0);
  assertEquals(tensor!.externalData.map(({ key, value }) => [key, value]), [
    ["location", "model.onnx.data"],
    ["offset", "4096"],
    ["length", "3000000000"],
  ]);
});

Deno.test("the same model gives the same bytes, in whatever order its records were filled", () => {
  const model = (reverse: boolean): OnnxModel => {
    const ordered = <Value>(record: Record<string, Value>) =>
      reverse ? Object.fromEntries(Object.entries(record).reverse()) : record;
    const attributes = ordered<OnnxAttribute>({ axis: { type: "int", value: 1 }, to: { type: "int", value: 7 } });
    return {
      producer: "p",
      opsetImports: ordered({ "": 21, "com.microsoft": 1 }),
      metadataProps: ordered({ a: "1", b: "2" }),
      graph: { ...empty, nodes: [{ opType: "Op", name: "n", inputs: ["x"], outputs: ["y"], attributes }] },
    };
  };
  assertEquals(encodeModel(model(false)), encodeModel(model(false)));
  assertEquals(encodeModel(model(true)), encodeModel(model(false)));
});

Deno.test("a model of more than 2 GB is refused before anything is written", () => {
  // The memory is asked for, but no page of it is ever touched.
  const data = new Uint8Array(2 ** 30);
  const initializers = [1, 2].map((index) => ({ name: `w${index}`, dtype: "uint8", shape: [2 ** 30], data }) as const);
  const error = assertThrows(
    () => encodeModel({ producer: "p", graph: { ...empty, initializers } }),
    RangeError,
    "expected at most 2147483647 bytes",
  );
  assert(error.message.includes("external data"), error.message);
});
