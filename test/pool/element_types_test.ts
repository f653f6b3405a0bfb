import { assert, assertEquals, assertRejects } from "@std/assert";
import { EagerTensor, EngineError, tensor, WorkerPool } from "@strata/nn";
import type { ElementTensor } from "@strata/nn/pool";
import { bytesPerElement, CARRIED_TYPES, type CarriedType } from "../../src/tensor/element_type.ts";
import { elementsIn } from "../../src/tensor/typed_array.ts";
import { encodeModel } from "../../src/onnx/encode.ts";
import { graph, node, value } from "../engine/models.ts";
import { compileUntyped, TRANSPORTS, within } from "./harness.ts";

/** A value as the script has written it: 64-bit integers are texts. */
interface Stored {
  readonly dtype: CarriedType;
  readonly shape: readonly number[];
  readonly data: readonly (number | string | boolean)[];
}

type Values = { readonly [name: string]: Stored };

const cases = JSON.parse(
  await Deno.readTextFile(new URL("../golden/element_types.json", import.meta.url)),
) as { readonly [name: string]: { readonly model: string; readonly inputs: Values; readonly outputs: Values } };

const DTYPES = ["float32", "float64", "float16", "int32", "int64", "uint8", "bool"];

/** What a model is called with: a tensor, or the parts of a value of a type that is no dtype. */
function given({ dtype, shape, data }: Stored): unknown {
  if (dtype === "string") return { dtype, shape, data };
  const elements = elementsIn(dtype, new ArrayBuffer(data.length * bytesPerElement(dtype)));
  data.forEach((item, index) => {
    const wide = dtype === "int64" || dtype === "uint64";
    (elements as unknown as (number | bigint)[])[index] = wide ? BigInt(item) : Number(item);
  });
  return DTYPES.includes(dtype)
    ? new EagerTensor(shape, dtype as "int32", elements as never)
    : { dtype, shape, data: elements };
}

function assertValue(actual: unknown, expected: Stored, name: string): void {
  const isTensor = DTYPES.includes(expected.dtype);
  assertEquals(actual instanceof EagerTensor, isTensor, name);
  const { dtype, shape } = actual as ElementTensor;
  assertEquals([dtype, [...shape]], [expected.dtype, [...expected.shape]], name);
  const data = isTensor ? (actual as EagerTensor).dataSync() : (actual as ElementTensor).data;
  const wanted = isTensor ? (given(expected) as EagerTensor).dataSync() : (given(expected) as ElementTensor).data;
  assertEquals(data.constructor, wanted.constructor, name);
  assertEquals([...data as Iterable<unknown>], [...wanted as Iterable<unknown>], name);
}

for (const [transport, make] of TRANSPORTS) {
  Deno.test(`models take and give values of every element type (${transport})`, async () => {
    await using pool = make({ workers: 1 });
    for (const [name, { model, inputs, outputs }] of Object.entries(cases)) {
      const bytes = Uint8Array.from(atob(model), (character) => character.charCodeAt(0));
      const run = await within(name, compileUntyped(pool, bytes));
      const values = Object.fromEntries(Object.entries(inputs).map(([key, stored]) => [key, given(stored)]));
      const argument = Object.keys(values).length === 1 ? Object.values(values)[0] : values;
      // Twice, with what the run before has left.
      for (let call = 0; call < 2; call++) {
        const result = await within(name, run(argument));
        const names = Object.keys(outputs);
        const results = names.length === 1 ? { [names[0]!]: result } : result as { readonly [name: string]: unknown };
        assertEquals(Object.keys(results), names);
        for (const [key, expected] of Object.entries(outputs)) assertValue(results[key], expected, `${name}: ${key}`);
      }
      await run.release();
    }
    assertEquals(pool.stats().restarts, 0);
  });
}

/** A model of one input, `identity_...`. */
function identity(type: string): Uint8Array {
  return Uint8Array.from(atob(cases[`identity_${type}`]!.model), (character) => character.charCodeAt(0));
}

Deno.test("typed arrays and nested arrays are taken, and what does not fit is told of", async () => {
  await using pool = new WorkerPool({ workers: 1 });
  const [int8, uint64, texts] = await Promise.all(
    ["int8", "uint64", "string"].map((type) => compileUntyped(pool, identity(type))),
  );
  const partsOf = (result: unknown) => {
    const { dtype, shape, data } = result as ElementTensor;
    return [dtype, shape, [...data as Iterable<unknown>]];
  };
  assertEquals(partsOf(await int8!([[1, -128], [127, 0]])), ["int8", [2, 2], [1, -128, 127, 0]]);
  assertEquals(partsOf(await uint64!([[2n ** 64n - 1n, 7]])), ["uint64", [1, 2], [2n ** 64n - 1n, 7n]]);
  assertEquals(partsOf(await texts!([["a", "b"]])), ["string", [1, 2], ["a", "b"]]);
  // A result goes into the next model, and what is changed after a call does not change it.
  assertEquals(partsOf(await int8!(await int8!([[5]]))), ["int8", [1, 1], [5]]);
  const data = new Int8Array([1, 2]);
  const result = int8!({ dtype: "int8", shape: [1, 2], data });
  data.fill(9);
  assertEquals(partsOf(await result), ["int8", [1, 2], [1, 2]]);

  const refused = async (f: typeof int8, argument: unknown, name: string, message: string): Promise<void> => {
    const error = await f!(argument).then(() => undefined, (error) => error);
    assertEquals([error?.name, error?.message], [name, message]);
  };
  const about = "Input 0 of layer model is incompatible with the layer: ";
  await refused(int8, tensor([[1.5]]), "DTypeError", `${about}expected dtype=int8, found dtype=float32`);
  await refused(int8, new Uint16Array(2), "DTypeError", `${about}expected dtype=int8, found dtype=uint16`);
  await refused(int8, [[128]], "RangeError", `${about}expected integers from -128 to 127, received another number`);
  await refused(int8, [[0.5]], "RangeError", `${about}expected integers from -128 to 127, received another number`);
  await refused(int8, [["a"]], "InputError", `${about}expected integers, received a string`);
  await refused(int8, [1, 2], "ShapeError", `${about}expected ndim=2, found ndim=1. Full shape received: [2]`);
  await refused(
    int8,
    { dtype: "int8", shape: [2, 2], data: new Int8Array(3) },
    "ShapeError",
    `${about}expected 4 values for shape [2, 2], received 3`,
  );
  await refused(texts, [[1]], "InputError", `${about}expected strings, received a number`);
  await refused(
    texts,
    [["a\0b"]],
    "RangeError",
    `${about}expected strings without the character U+0000, which ends one in the engine`,
  );
  assertEquals(pool.stats().calls, 6);
});

/** `y = x`, of an ONNX type written by its number in `TypeProto` and, for tensors, its element type. */
function declaring(field: number, elementType: number): Uint8Array {
  const type = [field * 8 + 2, 2, 8, elementType];
  const declared = (name: string) => [10, 1, name.charCodeAt(0), 18, type.length, ...type];
  const body = [10, 16, 10, 1, 120, 18, 1, 121, 34, 8, ...new TextEncoder().encode("Identity")];
  const graph = [
    ...body,
    18,
    1,
    103,
    90,
    declared("x").length,
    ...declared("x"),
    98,
    declared("y").length,
    ...declared("y"),
  ];
  return new Uint8Array([8, 10, 58, graph.length, ...graph, 66, 4, 10, 0, 16, 21]);
}

Deno.test("types that the engine does not carry are named when the model is compiled, with those there are", async () => {
  await using pool = new WorkerPool({ workers: 1 });
  for (
    const [field, elementType, type] of [
      [1, 14, "complex64"],
      [1, 15, "complex128"],
      [1, 16, "bfloat16"],
      [1, 17, "float8e4m3fn"],
      [1, 20, "float8e5m2fnuz"],
      [1, 21, "uint4"],
      [1, 22, "int4"],
      [1, 99, "element type 99"],
      [4, 0, "sequence"],
      [5, 0, "map"],
      [8, 0, "sparse tensor"],
      [9, 0, "optional"],
    ] as const
  ) {
    await assertRejects(
      () => pool.compile(declaring(field, elementType)),
      EngineError,
      `Cannot compile the model: expected input x to be a tensor of one of ${
        CARRIED_TYPES.join(", ")
      }, received ${type}`,
    );
  }
  assert(await pool.compile(declaring(1, 1)));
});

Deno.test("dims of 2^32 and more are read as they are", async () => {
  await using pool = new WorkerPool({ workers: 1 });
  for (const size of [2 ** 32, 2 ** 40, 2 ** 32 + 1]) {
    const model = encodeModel({
      producer: "strata-test",
      graph: graph([value("x", "float32", [size])], [value("y", "float32", [size])], [node("Neg", ["x"], ["y"])]),
    });
    const run = await compileUntyped(pool, model);
    const error = await run([1]).then(() => undefined, (error) => error);
    assertEquals(
      [error?.name, error?.message],
      [
        "ShapeError",
        `Input 0 of layer model is incompatible with the layer: expected shape=[${size}], found shape=[1]`,
      ],
    );
  }
});
