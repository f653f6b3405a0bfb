import { fromBinary } from "@bufbuild/protobuf";
import { ModelProtoSchema } from "onnx-buf";
import { assert, assertEquals } from "@std/assert";
import { encodeModel } from "../../src/onnx/encode.ts";
import { dtypeOfElementType, elementTypeName, elementTypeOf } from "../../src/onnx/element_type.ts";
import { DTYPE_NAMES, DTYPES } from "../../src/tensor/dtype.ts";
import { CARRIED_TYPES, ELEMENTS, type ElementType, OTHER_ELEMENTS } from "../../src/tensor/element_type.ts";
import { epsilonOf, greatestOf, leastOf, rangeOf, smallestOf } from "../../src/tensor/limits.ts";
import { ORDER } from "../../src/tensor/promote.ts";
import { ARRAYS, elementsIn, typedArrayOf } from "../../src/tensor/typed_array.ts";

const TYPES = Object.keys(ELEMENTS) as ElementType[];

Deno.test("every table of element types has all of them", () => {
  assertEquals(ORDER.toSorted(), DTYPE_NAMES.toSorted());
  assertEquals(TYPES.length, DTYPE_NAMES.length + Object.keys(OTHER_ELEMENTS).length);
  assertEquals(new Set(TYPES.map(elementTypeOf)).size, TYPES.length);
  for (const dtype of DTYPE_NAMES) {
    const { array, bytes, onnx, safetensors } = DTYPES[dtype];
    assertEquals([typedArrayOf(dtype), ARRAYS[array].BYTES_PER_ELEMENT], [ARRAYS[array], bytes]);
    assertEquals([dtypeOfElementType(onnx), typeof safetensors], [dtype, "string"]);
    assert(leastOf(dtype) <= rangeOf(dtype)[0] && rangeOf(dtype)[1] <= greatestOf(dtype));
  }
  for (const type of TYPES) {
    const { array, bytes, onnx } = ELEMENTS[type];
    assertEquals(elementTypeName(onnx), type);
    if (array !== null) assertEquals(ARRAYS[array].BYTES_PER_ELEMENT, Math.ceil(bytes));
  }
});

Deno.test("element types have the numbers of onnx.proto and the names of safetensors", () => {
  // TensorProto.DataType of ONNX 1.23; safetensors' list of dtypes.
  const onnx = "float32 uint8 int8 uint16 int16 int32 int64 string bool float16 float64 uint32 uint64".split(" ");
  onnx.forEach((type, index) => assertEquals(elementTypeOf(type as ElementType), index + 1));
  assertEquals((["bfloat16", "uint4", "int4"] as const).map(elementTypeOf), [16, 21, 22]);
  assertEquals([0, 14, 17, 23, 99].map(elementTypeName), [
    "undefined",
    "complex64",
    "float8e4m3fn",
    "float4e2m1",
    "element type 99",
  ]);
  const names = TYPES.map((type) => ELEMENTS[type].safetensors).filter((name) => name !== null);
  assertEquals(names.join(" "), "F32 F64 F16 I32 I64 U8 BOOL I8 I16 U16 U32 U64 BF16");
});

Deno.test("ranges of dtypes are those of NumPy's iinfo and finfo", () => {
  assertEquals(rangeOf("uint8"), [0, 255]);
  assertEquals(rangeOf("int32"), [-2147483648, 2147483647]);
  assertEquals(rangeOf("int64"), [-(2 ** 63), 2 ** 63]);
  assertEquals(rangeOf("float16"), [-65504, 65504]);
  assertEquals(rangeOf("float32")[1], 3.4028234663852886e38);
  assertEquals(rangeOf("float64")[1], Number.MAX_VALUE);
  assertEquals([smallestOf("float64"), smallestOf("float32")], [Number.MIN_VALUE, 1.401298464324817e-45]);
  assertEquals([epsilonOf("float64"), epsilonOf("float16")], [Number.EPSILON, 0.0009765625]);
});

Deno.test("constants of a model have every element type of a fixed size", () => {
  const types = TYPES.filter((type): type is Exclude<ElementType, "string"> => type !== "string");
  const initializers = types.map((dtype) => {
    return { name: dtype, dtype, shape: [2], data: new Uint8Array(Math.ceil(2 * ELEMENTS[dtype].bytes)).fill(1) };
  });
  const graph = { name: "constants", nodes: [], inputs: [], outputs: [], initializers };
  const { graph: read } = fromBinary(ModelProtoSchema, encodeModel({ producer: "test", graph }));
  assertEquals(read?.initializer.map(({ name, dataType, rawData }) => [name, dataType, rawData.length]), [
    ...types.map((type) => [type, ELEMENTS[type].onnx, Math.ceil(2 * ELEMENTS[type].bytes)]),
  ]);
  for (const { dtype, data } of initializers) assertEquals(elementsIn(dtype, data.buffer).byteLength, data.length);
});

Deno.test("models take and give values of every element type but packed ones and bfloat16", () => {
  const absent = TYPES.filter((type) => !(CARRIED_TYPES as readonly string[]).includes(type));
  assertEquals(absent, ["bfloat16", "int4", "uint4"]);
});
