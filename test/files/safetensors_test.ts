import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { readSafetensors } from "../../src/files/safetensors.ts";

/** The bytes of a file with that header, given as text or as what becomes JSON, and those values. */
function file(header: unknown, values: readonly number[] = [], length?: bigint): Uint8Array {
  const text = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + values.length);
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(values, 8 + text.length);
  return bytes;
}

function entry(dtype: unknown, shape: unknown, offsets: unknown): Record<string, unknown> {
  return { dtype, shape, data_offsets: offsets };
}

Deno.test("The weights that Keras has trained are read, in the order of the file", async () => {
  const bytes = await Deno.readFile(new URL("../../src/cli/data/digits_mlp.safetensors", import.meta.url));
  const tensors = readSafetensors(bytes);
  assertEquals([...tensors].map(([name, { shape, dtype }]) => [name, shape, dtype]), [
    ["hidden/bias", [64], "float32"],
    ["hidden/kernel", [64, 64], "float32"],
    ["logits/bias", [10], "float32"],
    ["logits/kernel", [64, 10], "float32"],
  ]);
  // Read with NumPy: the first values of logits/kernel, the last of hidden/kernel, the sum of all hidden biases.
  const kernel = tensors.get("logits/kernel")!.dataSync();
  assertEquals([...kernel].slice(0, 3), [-0.6647917628288269, -0.337751567363739, 0.3595167100429535]);
  assertEquals(Number(tensors.get("hidden/kernel")!.dataSync().at(-1)), -0.12284097820520401);
  const biases = [...tensors.get("hidden/bias")!.dataSync()].reduce((sum: number, bias) => sum + Number(bias), 0);
  assertAlmostEquals(biases, 2.882348916027695, 1e-9);
});

Deno.test("Each dtype is read from its little-endian bytes, at any place", () => {
  const tensors = readSafetensors(file({
    "bool": entry("BOOL", [2], [0, 2]),
    "u8": entry("U8", [1], [2, 3]),
    "f16": entry("F16", [2], [3, 7]),
    "f32": entry("F32", [1, 1], [7, 11]),
    "f64": entry("F64", [], [11, 19]),
    "i32": entry("I32", [1], [19, 23]),
    "i64": entry("I64", [1], [23, 31]),
  }, [
    ...[1, 0],
    ...[255],
    ...[0x00, 0x3c, 0x00, 0xc1], // 1 and -2.5
    ...[0x00, 0x00, 0x20, 0x40], // 2.5
    ...[0x18, 0x2d, 0x44, 0x54, 0xfb, 0x21, 0x09, 0x40], // pi
    ...[0xfe, 0xff, 0xff, 0xff], // -2
    ...[0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x20, 0x00], // 2^53 + 1
  ]));
  assertEquals([...tensors].map(([name, tensor]) => [name, tensor.dtype, tensor.shape, tensor.array()]), [
    ["bool", "bool", [2], [true, false]],
    ["u8", "uint8", [1], [255]],
    ["f16", "float16", [2], [1, -2.5]],
    ["f32", "float32", [1, 1], [[2.5]]],
    ["f64", "float64", [], 3.141592653589793],
    ["i32", "int32", [1], [-2]],
    ["i64", "int64", [1], [9007199254740993n]],
  ]);
});

Deno.test("Tensors come in the order of the header, whatever their names and places", () => {
  const header = '{"2":{"dtype":"U8","shape":[1],"data_offsets":[1,2]},"__proto__":{"dtype":"U8","shape":[0],' +
    '"data_offsets":[1,1]},"1":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}   ';
  const tensors = readSafetensors(file(header, [7, 8]));
  assertEquals([...tensors].map(([name, tensor]) => [name, tensor.array()]), [["2", [8]], ["__proto__", []], ["1", [
    7,
  ]]]);
});

Deno.test("A file without tensors, with metadata or without, has none", () => {
  assertEquals(readSafetensors(file("{}")).size, 0);
  assertEquals(readSafetensors(file({ __metadata__: { format: "keras" } })).size, 0);
});

Deno.test("The tensors are copies, and a file may be a part of a buffer", () => {
  const whole = file({ x: entry("U8", [2], [0, 2]) }, [3, 4]);
  const buffer = new Uint8Array(whole.length + 3);
  buffer.set(whole, 3);
  const x = readSafetensors(buffer.subarray(3)).get("x")!;
  buffer.fill(0);
  assertEquals(x.array(), [3, 4]);
  assert(Object.isFrozen(x.shape));
});

/** Malformed files: what is wrong, the bytes, and the error. */
const MALFORMED: readonly (readonly [string, Uint8Array, typeof TypeError | typeof RangeError, string])[] = [
  ["is empty", new Uint8Array(), RangeError, "Cannot read a safetensors file: expected at least 8 bytes, received 0"],
  [
    "ends in its header",
    file("{}", [], 3n),
    RangeError,
    "Cannot read a safetensors file: expected a header of 3 bytes, received a file with 2 bytes left for it",
  ],
  [
    "claims an enormous header",
    file("{}", [], 2n ** 64n - 1n),
    RangeError,
    "expected a header of at most 100000000 bytes, received one of 18446744073709551615",
  ],
  ["has a header of no bytes", file(""), TypeError, "expected a header of JSON in UTF-8, received other bytes"],
  ["has a header that is no JSON", file("{'x': 1}"), TypeError, "expected a header of JSON in UTF-8"],
  ["has a header that is no UTF-8", file("{}", [0x80], 3n), TypeError, "expected a header of JSON in UTF-8"],
  ["has a header that is a list", file("[]"), TypeError, "expected a header that is one JSON object"],
  ["has a header that is null", file("null"), TypeError, "expected a header that is one JSON object"],
  ["has a header behind a space", file(" {}"), TypeError, "expected a header that is one JSON object from its first"],
  ["has a header behind a byte order mark", file("\ufeff{}"), TypeError, "expected a header of JSON in UTF-8"],
  [
    "has a name twice",
    file('{"x":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"x":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}'),
    RangeError,
    'Cannot read the header of a safetensors file: expected each key once, received "x" twice',
  ],
  [
    "has metadata that are no strings",
    file({ __metadata__: { version: 1 } }),
    TypeError,
    "Cannot read a safetensors file: expected __metadata__ to be an object of strings",
  ],
  [
    "describes a tensor by a number",
    file({ x: 1 }),
    TypeError,
    'Cannot read tensor "x" of a safetensors file: expected an object, received a number',
  ],
  [
    "describes a tensor by null",
    file({ x: null }),
    TypeError,
    'Cannot read tensor "x" of a safetensors file: expected an object, received null',
  ],
  [
    "says more about a tensor than it may",
    file({ x: { ...entry("U8", [0], [0, 0]), strides: [1] } }),
    TypeError,
    'expected dtype, shape and data_offsets, received the key "strides"',
  ],
  [
    "has a dtype that Strata has not",
    file({ x: entry("BF16", [1], [0, 2]) }, [0, 0]),
    TypeError,
    'expected one of the dtypes F32, F64, F16, I32, I64, U8, BOOL, received "BF16"',
  ],
  [
    "has a dtype that is an object's method",
    file({ x: entry("toString", [0], [0, 0]) }),
    TypeError,
    'expected one of the dtypes F32, F64, F16, I32, I64, U8, BOOL, received "toString"',
  ],
  ["lacks a dtype", file({ x: { shape: [0] } }), TypeError, "expected dtype to be a string, received nothing"],
  [
    "has a shape of fractions",
    file({ x: entry("U8", [0.5], [0, 0]) }),
    TypeError,
    "expected shape to be a list of non-negative integers, received a list",
  ],
  ["has a negative size", file({ x: entry("U8", [-1], [0, 0]) }), TypeError, "expected shape to be a list of non-neg"],
  [
    "has no shape",
    file({ x: entry("U8", null, [0, 0]) }),
    TypeError,
    "expected shape to be a list of non-negative int",
  ],
  [
    "has one offset",
    file({ x: entry("U8", [0], [0]) }),
    TypeError,
    "expected data_offsets to be two non-negative integers, received a list",
  ],
  ["has a negative offset", file({ x: entry("U8", [1], [-1, 0]) }), TypeError, "to be two non-negative integers"],
  ["has offsets of text", file({ x: entry("U8", [1], ["0", "1"]) }), TypeError, "to be two non-negative integers"],
  [
    "has offsets that descend",
    file({ x: entry("U8", [1], [1, 0]) }, [0]),
    RangeError,
    "expected data_offsets in ascending order, received [1, 0]",
  ],
  [
    "has fewer bytes than a shape needs",
    file({ x: entry("F32", [2, 3], [0, 20]) }, new Array(20).fill(0)),
    RangeError,
    'Cannot read tensor "x" of a safetensors file: expected 24 bytes for float32 [2, 3], received 20',
  ],
  [
    "has a shape whose size overflows",
    file({ x: entry("F32", [2 ** 40, 2 ** 40], [0, 0]) }),
    RangeError,
    "expected a size below 2^53 bytes, received shape [1099511627776, 1099511627776]",
  ],
  [
    "has tensors that overlap",
    file({ x: entry("U8", [2], [0, 2]), y: entry("U8", [2], [1, 3]) }, [0, 0, 0]),
    RangeError,
    'Cannot read tensor "y" of a safetensors file: expected values from byte 2 on, where the ones before end, received 1',
  ],
  [
    "has two tensors in one place",
    file({ x: entry("U8", [1], [0, 1]), y: entry("U8", [1], [0, 1]) }, [0]),
    RangeError,
    'Cannot read tensor "y" of a safetensors file: expected values from byte 1 on, where the ones before end, received 0',
  ],
  [
    "has a gap between tensors",
    file({ x: entry("U8", [1], [2, 3]), y: entry("U8", [1], [0, 1]) }, [0, 0, 0]),
    RangeError,
    'Cannot read tensor "x" of a safetensors file: expected values from byte 1 on, without a gap, received 2',
  ],
  [
    "ends before its tensors do",
    file({ x: entry("U8", [3], [0, 3]) }, [0, 0]),
    RangeError,
    'Cannot read tensor "x" of a safetensors file: expected values within 2 bytes, received an end at 3',
  ],
  [
    "goes on behind its tensors",
    file({ x: entry("U8", [1], [0, 1]) }, [0, 0]),
    RangeError,
    "Cannot read a safetensors file: expected 1 bytes of values, received 2",
  ],
  [
    "has a boolean that is 2",
    file({ x: entry("BOOL", [2], [0, 2]) }, [1, 2]),
    RangeError,
    'Cannot read tensor "x" of a safetensors file: expected bytes 0 and 1 for BOOL, received 2',
  ],
];

for (const [fault, bytes, error, message] of MALFORMED) {
  Deno.test(`A file that ${fault} is refused`, () => {
    assertThrows(() => readSafetensors(bytes), error, message);
  });
}

Deno.test("What is no Uint8Array is refused", () => {
  const message = "Cannot read a safetensors file: expected a Uint8Array, received a string";
  assertThrows(() => readSafetensors("model.safetensors" as never), TypeError, message);
});

Deno.test("Names and shapes in errors are abbreviated", () => {
  const bytes = file({ ["x".repeat(5000)]: entry("U8", new Array(5000).fill(1), [0, 0]) });
  const error = assertThrows(() => readSafetensors(bytes), RangeError, "expected 1 bytes for uint8 [1, 1, 1");
  assert(error.message.length < 400);
});

Deno.test("A file cut anywhere, or with any byte of its header changed, is read or refused clearly", async () => {
  const bytes = await Deno.readFile(new URL("../../src/cli/data/digits_mlp.safetensors", import.meta.url));
  const attempt = (damaged: Uint8Array): string => {
    try {
      readSafetensors(damaged);
      return "read";
    } catch (error) {
      assert(error instanceof TypeError || error instanceof RangeError, String(error));
      assert(error.message.startsWith("Cannot read "), error.message);
      return "refused";
    }
  };
  for (let length = 0; length < bytes.length; length += 97) assertEquals(attempt(bytes.subarray(0, length)), "refused");
  let refused = 0;
  for (let at = 0; at < 400; at++) {
    for (const flip of [0x01, 0x20, 0x80]) {
      const damaged = bytes.slice();
      damaged[at]! ^= flip;
      if (attempt(damaged) === "refused") refused++;
    }
  }
  // Only letters of names and of metadata can change without harm.
  assert(refused > 800, `${refused} of 1200 refused`);
});
