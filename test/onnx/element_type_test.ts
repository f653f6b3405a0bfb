import { assertEquals } from "@std/assert";
import { dtypeOfElementType, elementTypeOf } from "../../src/onnx/element_type.ts";

// From the enum TensorProto.DataType of onnx.proto.
const CODES = { float32: 1, uint8: 2, int32: 6, int64: 7, bool: 9, float16: 10, float64: 11 } as const;

Deno.test("every dtype has ONNX's number, both ways", () => {
  for (const [dtype, code] of Object.entries(CODES)) {
    assertEquals(elementTypeOf(dtype as keyof typeof CODES), code);
    assertEquals(dtypeOfElementType(code), dtype as keyof typeof CODES);
  }
});

Deno.test("element types that Strata does not have are undefined", () => {
  assertEquals([0, 3, 8, 16].map(dtypeOfElementType), [undefined, undefined, undefined, undefined]);
});
