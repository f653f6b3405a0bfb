import { assert, assertEquals, assertThrows } from "@std/assert";
import { clearSession, InputError, modelFromJson, type Tensor, tensor } from "@strata/nn";
import { callUntyped, errorOf } from "../layers/layer_test_harness.ts";
import { seeded } from "../shape/random_shapes.ts";
import { modelCase, readData } from "./golden.ts";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const models = [
  ...(readData("models.json") as readonly { readonly json: Json }[]).map(({ json }) => json),
  ...(readData("orders.json") as readonly { readonly json: Json }[]).slice(0, 60).map(({ json }) => json),
  ...(readData("op_models.json") as readonly { readonly json: Json }[]).map(({ json }) => json),
  ...Object.values(readData("layers.json") as Record<string, { readonly model: Json }>).map(({ model }) => model),
];

const JUNK: readonly Json[] = [null, 0, -1, 1.5, 1e9, "", "x", "Dense", true, [], [null], [1, "a"], {}, [[1]], {
  config: 3,
}, {
  class_name: "Nope",
  config: {},
}, { class_name: "Dense" }];

/** The ways to all parts of a value. */
function waysInto(value: Json, way: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [way];
  return [way, ...Object.entries(value).flatMap(([key, part]) => waysInto(part, [...way, key]))];
}

Deno.test("JSON of which any part is another value, or missing, loads or says in a sentence what is wrong", () => {
  const { integer, pick } = seeded(11);
  let refused = 0;
  for (let trial = 0; trial < 700; trial++) {
    const json = structuredClone(pick(models));
    const way = pick(waysInto(json).slice(1));
    let holder = json as { [key: string]: Json };
    for (const key of way.slice(0, -1)) holder = holder[key] as typeof holder;
    const last = way.at(-1)!;
    if (integer(0, 3) === 0) delete holder[last];
    else holder[last] = structuredClone(pick(JUNK));
    clearSession();
    try {
      modelFromJson(json as object);
    } catch (error) {
      refused++;
      const what = `${way.join(".")} = ${JSON.stringify(holder[last])}: ${error}`;
      assert(error instanceof InputError, what);
      assert(
        !/is not (iterable|a function)|Cannot (read|set) propert|Cannot (convert|destructure)/.test(
          error.message.split("\n")[0]!,
        ),
        what,
      );
    }
  }
  // As a guard against mutations that change nothing.
  assert(refused > 200, `${refused} were refused`);
});

Deno.test("what is wrong about places, layers and shapes is said", () => {
  const model = (changes: object) => ({
    class_name: "Functional",
    config: {
      name: "net",
      layers: [{
        class_name: "InputLayer",
        config: { batch_shape: [null, 2], name: "x" },
        name: "x",
        inbound_nodes: [],
      }],
      input_layers: ["x", 0, 0],
      output_layers: ["x", 0, 0],
      ...changes,
    },
  });
  const sentence = (changes: object) => errorOf(() => modelFromJson(model(changes))).message;
  assertEquals(sentence({ layers: 3 }), "Cannot make model net: expected layers as a list of records");
  assertEquals(
    sentence({
      layers: [{ class_name: "InputLayer", config: { batch_shape: 3, name: "x" }, name: "x", inbound_nodes: [] }],
    }),
    "Cannot make input x: expected a shape such as [null, 3], received 3",
  );
  assertThrows(
    () => modelFromJson(model({ output_layers: ["x", -1, 0] })),
    InputError,
    "Cannot make model net: expected",
  );
});

Deno.test("activations, regularizers and initializers have all names that Keras takes", () => {
  const dense = (config: object) => ({ class_name: "Dense", config: { name: "d", units: 4, ...config } });
  const start = { class_name: "InputLayer", config: { name: "x", batch_shape: [null, 3] } };
  const net = (config: object) => ({
    class_name: "Sequential",
    config: { name: "net", layers: [start, dense(config)] },
  });
  const model = modelFromJson(net({ activation: "glu", kernel_initializer: "ones", use_bias: false }));
  // Keras: 6 * sigmoid(6), for the two halves of [6, 6, 6, 6].
  const y = callUntyped(model as never, [[1, 2, 3]]) as Tensor & { array(): number[][] };
  assertEquals(y.array()[0]!.map((value) => value.toFixed(5)), ["5.98516", "5.98516"]);
  for (const name of ["l1_l2", "l1l2", "L1L2", "l1", "orthogonal_regularizer"]) {
    modelFromJson(net({ kernel_regularizer: name }));
  }
  for (const name of ["one", "zero", "normal", "uniform", "OrthogonalInitializer"]) {
    modelFromJson(net({ kernel_initializer: name }));
  }
  const activation = { class_name: "Activation", config: { name: "a", activation: "threshold" } };
  assertThrows(
    () => modelFromJson({ class_name: "Sequential", config: { name: "net", layers: [start, activation] } }),
    InputError,
    'Cannot apply activation "threshold": expected a threshold and a value, received neither',
  );
});

Deno.test("models of TensorFlow.js, and calls as Keras 2 wrote them, are read", () => {
  const { json } = modelCase("sequential");
  clearSession();
  const wrapped = modelFromJson({ format: "layers-model", modelTopology: { model_config: json }, weightsManifest: [] });
  assertEquals(wrapped.name, modelFromJson(json).name);
  const input = (name: string) => ({
    class_name: "InputLayer",
    config: { batch_input_shape: [null, 2], dtype: "float32", name },
    name,
    inbound_nodes: [],
  });
  const earlier = modelFromJson({
    modelTopology: {
      keras_version: "2.9.0",
      model_config: {
        class_name: "Functional",
        config: {
          name: "net",
          layers: [input("a"), input("b"), {
            class_name: "Add",
            config: { name: "add", trainable: true, dtype: "float32" },
            name: "add",
            inbound_nodes: [[["a", 0, 0, {}], ["b", 0, 0, {}]]],
          }, {
            class_name: "Dense",
            config: { name: "d", trainable: true, units: 1, kernel_initializer: "ones", use_bias: false },
            name: "d",
            inbound_nodes: [[["add", 0, 0, {}]]],
          }],
          input_layers: [["a", 0, 0], ["b", 0, 0]],
          output_layers: [["d", 0, 0]],
        },
      },
    },
  });
  const inputs = [tensor([[1, 2]]), tensor([[10, 20]])];
  const [y] = callUntyped(earlier as never, inputs) as unknown as readonly (Tensor & { array(): unknown })[];
  assertEquals(y!.array(), [[33]]);
});
