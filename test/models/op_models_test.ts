import { assertEquals, assertThrows } from "@std/assert";
import {
  clearSession,
  type EagerTensor,
  input,
  InputError,
  jit,
  Model,
  modelFromJson,
  modelToJson,
  ops,
  type SymbolicTensor,
  tensor,
} from "@strata/nn";
import { assertClose, errorOf } from "../layers/layer_test_harness.ts";
import { readData } from "./golden.ts";

interface Values {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

/** A model of one op, made by `data/make_op_models.py`. */
interface OpCase {
  readonly name: string;
  readonly json: { readonly config: { readonly layers: readonly KerasLayer[] } };
  readonly inputs: readonly Values[];
  readonly outputs: readonly (Values & { readonly dtype: string })[];
}

interface KerasLayer {
  readonly class_name: string;
  readonly config: { readonly [option: string]: unknown };
}

const cases = readData("op_models.json") as readonly OpCase[];

/** Ops that are made of others when they are read. */
const MADE_OF_OTHERS = [
  "Average",
  "Full",
  "GetItem",
  "Linspace",
  "Moveaxis",
  "OnesLike",
  "Ravel",
  "Swapaxes",
  "ZerosLike",
];

for (const { name, json, inputs, outputs } of cases) {
  Deno.test(`an op between input and output gives Keras's numbers from its JSON, and is written again: ${name}`, () => {
    clearSession();
    const x = inputs.map(({ shape, values }) => tensor(Float32Array.from(values), shape as number[]));
    const check = (way: string, results: unknown) => {
      const each = [results].flat(2) as readonly EagerTensor[];
      assertEquals(
        each.map(({ shape, dtype }) => [shape, dtype] as unknown),
        outputs.map(({ shape, dtype }) => [shape, dtype]),
        way,
      );
      each.forEach((result, index) => {
        const { shape, values } = outputs[index]!;
        const wanted = tensor(values as number[], shape as number[]);
        assertClose(
          `${way}, output ${index}`,
          ops.cast(result as never, "float32") as EagerTensor,
          wanted.array() as never,
          1e-5,
        );
      });
    };
    const call = (model: unknown) => (model as (x: unknown) => unknown)(x);
    const model = modelFromJson(json);
    check("eager", call(model));
    check("compiled", call(jit(model as never)));
    const text = modelToJson(model);
    check("written and read", call(modelFromJson(text)));
    const classes = (from: OpCase["json"]) => from.config.layers.map(({ class_name }) => class_name);
    if (!MADE_OF_OTHERS.some((made) => classes(json).includes(made))) {
      assertEquals(classes(JSON.parse(text) as OpCase["json"]), classes(json));
    }
  });
}

const keyed = (key: unknown, shape: readonly (number | null)[] = [4, 3]) => {
  const read = { class_name: "__keras_tensor__", config: { shape, dtype: "float32", keras_history: ["x", 0, 0] } };
  return {
    class_name: "Functional",
    config: {
      name: "net",
      layers: [
        {
          class_name: "InputLayer",
          config: { batch_shape: shape, dtype: "float32", name: "x" },
          name: "x",
          inbound_nodes: [],
        },
        {
          module: "keras.src.ops.numpy",
          class_name: "GetItem",
          config: { name: "get_item" },
          name: "get_item",
          inbound_nodes: [{ args: [read, key], kwargs: {} }],
        },
      ],
      input_layers: ["x", 0, 0],
      output_layers: ["get_item", 0, 0],
    },
  };
};
const slice = (start: unknown, stop: unknown, step: unknown) => ({
  class_name: "__slice__",
  config: { start, stop, step },
});

Deno.test("slices go both ways, as Python's do", () => {
  const x = tensor([[0, 1, 2], [3, 4, 5], [6, 7, 8], [9, 10, 11]]);
  const rows = (key: unknown) => {
    const model = modelFromJson(keyed(key)) as unknown as (x: unknown) => EagerTensor;
    return (model(x).array() as unknown as readonly number[][]).map((row) =>
      row.reduce((sum, value) => sum + value, 0)
    );
  };
  // Python: [sum(row) for row in x[key]]; the rows have the sums 3, 12, 21, 30.
  assertEquals(rows([slice(null, null, -1)]), [30, 21, 12, 3]);
  assertEquals(rows([slice(-2, null, null)]), [21, 30]);
  assertEquals(rows([slice(3, 0, -2)]), [30, 12]);
  assertEquals(rows([slice(null, -10, -1)]), [30, 21, 12, 3]);
  assertEquals(rows([slice(1, 9, 2)]), [12, 30]);
  assertEquals(rows([slice(3, 1, 1)]), []);
});

Deno.test("keys that are none are refused", () => {
  for (const key of ["a", 1.5, [slice(null, null, 0)], [slice("a", null, null)], {}]) {
    assertThrows(() => modelFromJson(keyed(key)), InputError, "Cannot make op GetItem: expected");
  }
  assertEquals(
    errorOf(() => modelFromJson(keyed([1, 1, 1]))).message.split("\n")[0],
    "Cannot take a part of [4, 3]: expected a key for at most 2 axes, received 3 parts",
  );
});

Deno.test("slices of axes of open size are taken when a model runs", () => {
  const model = modelFromJson(keyed([slice(-2, null, -1)], [null, 3])) as unknown as (x: unknown) => EagerTensor;
  assertEquals(model([[0, 1, 2], [3, 4, 5], [6, 7, 8]]).array() as unknown, [[3, 4, 5], [0, 1, 2]]);
});

Deno.test("zeros and ones like a tensor are written as Keras writes full_like", () => {
  const x = input([null, 2], { name: "x" });
  const model = new Model({ inputs: x, outputs: ops.zerosLike(x, { dtype: "bool" }) as SymbolicTensor });
  const text = modelToJson(model);
  assertEquals((JSON.parse(text) as OpCase["json"]).config.layers[1]!.class_name, "FullLike");
  const copy = modelFromJson(text) as unknown as (x: unknown) => EagerTensor;
  assertEquals([copy([[1, 2]]).dtype, copy([[1, 2]]).array() as unknown], ["bool", [[false, false]]]);
});
