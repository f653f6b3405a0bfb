import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import {
  type AnyLayer,
  clearSession,
  Dense,
  type EagerTensor,
  input,
  Lambda,
  Layer,
  type LayerConfig,
  Model,
  modelFromJson,
  modelToJson,
  ones,
  ops,
  registerSerializable,
  Sequential,
  type SymbolicTensor,
  type Tensor,
  tensor,
  Variable,
  zeros,
} from "@strata/nn";
import { assertClose, callUntyped, errorOf } from "../layers/layer_test_harness.ts";
import type { Values } from "../../src/tensor/convert.ts";
import { leavesOf, type Structure } from "../../src/tensor/structure.ts";
import { modelCase, modelCases, readData, setKerasWeights } from "./golden.ts";

/** What the compiler does not know of. */
type Loose = { readonly [key: string]: unknown };

/** The `config.json` of a model that was saved by Keras. */
const digits = readData("digits_cnn_config.json") as Loose;
/** What Strata wrote when Keras was last seen to load it, by check_keras.py. */
const written = readData("written.json") as Loose;

/** JSON without what is null, which means as much as what is not there. */
function withoutNulls(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, part) => {
    const isRecord = typeof part === "object" && part !== null && !Array.isArray(part);
    return isRecord ? Object.fromEntries(Object.entries(part).filter(([, each]) => each !== null)) : part;
  });
}

/**
 * Checks that what was written says what Keras wrote. Left out may be what Keras has as its defaults, which mean nothing.
 */
function assertSays(ours: unknown, keras: unknown, path: string): void {
  if (Array.isArray(keras)) {
    assert(Array.isArray(ours), path);
    assertEquals(ours.length, keras.length, path);
    ours.forEach((part, index) => assertSays(part, keras[index], `${path}[${index}]`));
  } else if (typeof keras === "object" && keras !== null) {
    for (const [key, value] of Object.entries(keras)) {
      if (["compile_config", "shared_object_id", "build_config"].includes(key)) continue;
      const own = (ours as Loose)[key];
      if (own === undefined) assert([null, false, "channels_last", 0.99].includes(value as null), `${path}.${key}`);
      else assertSays(own, value, `${path}.${key}`);
    }
    for (const key of Object.keys(ours as object)) {
      const isMore = (ours as Loose)[key] !== null && !["build_config", "compile_config"].includes(key);
      assert(key in keras || !isMore, `${path} has no ${key} in Keras`);
    }
  } else assertEquals(ours, keras, path);
}

/** Results as a list of tensors. */
function callAll(model: AnyLayer, inputs: unknown): EagerTensor[] {
  const isSeveral = Array.isArray((model as unknown as Model).inputs);
  const given = isSeveral ? (inputs as readonly Values[]).map((values) => tensor(values)) : inputs;
  return leavesOf(callUntyped(model, given) as unknown as Structure<EagerTensor>);
}

/** Whether a value is nested numbers, which are one tensor. */
function tensorsIn(value: unknown, count: number): unknown[] {
  if (!Array.isArray(value)) return Object.values(value as object);
  return count === 1 ? [value] : value;
}

for (const { name, json, weights, inputs, outputs } of modelCases) {
  Deno.test(`the model ${name} of Keras loads, and gives Keras's numbers`, () => {
    clearSession();
    const model = modelFromJson(JSON.stringify(json));
    assertEquals(model.name, name);
    setKerasWeights(model, weights);
    const results = callAll(model, inputs);
    const wanted = tensorsIn(outputs, results.length);
    results.forEach((result, index) => assertClose(`output ${index}`, result, wanted[index] as never, 3e-4));
  });

  Deno.test(`what is written of the model ${name} is what Keras writes, and what Keras was seen to load`, () => {
    clearSession();
    const text = modelToJson(modelFromJson(json));
    const ours = JSON.parse(text) as unknown;
    // Keras calls a division as it was written in Python.
    const same = JSON.parse(
      JSON.stringify(json).replaceAll("TrueDivide", "Divide").replaceAll("true_divide", "divide"),
    );
    if (name !== "ops_between") assertSays(ours, same, name);
    assertEquals(withoutNulls(ours), withoutNulls(written[name]));
  });

  Deno.test(`the model ${name} comes back from its configuration`, () => {
    clearSession();
    const model = modelFromJson(json);
    const config: unknown = JSON.parse(JSON.stringify(model.getConfig()));
    const copy = (model.constructor as unknown as { fromConfig(config: unknown): AnyLayer }).fromConfig(config);
    assertStrictEquals(copy.constructor, model.constructor);
    assertEquals(JSON.parse(JSON.stringify(copy.getConfig())), config);
    assertEquals(modelToJson(copy), modelToJson(model));
    copy.setWeights(model.getWeights());
    const [first, second] = [callAll(model, inputs), callAll(copy, inputs)];
    first.forEach((result, index) => assertEquals(second[index]!.dataSync(), result.dataSync()));
  });
}

Deno.test("the configuration in a .keras file loads", () => {
  clearSession();
  const model = modelFromJson(digits);
  // As in Keras: 16 * 9 + 16, 4 * 16, 32 * 16 * 9 + 32, 512 * 10 + 10.
  assertEquals([model.name, model.countParams()], ["digits_cnn", 160 + 64 + 4640 + 5130]);
  assertEquals(
    model.layers.map(({ name, className }) => `${name} ${className}`),
    [
      "conv1 Conv2D",
      "norm1 BatchNormalization",
      "pool1 MaxPooling2D",
      "conv2 Conv2D",
      "flatten Flatten",
      "dropout Dropout",
      "logits Dense",
    ],
  );
  assertEquals(model(zeros([2, 8, 8, 1])).shape, [2, 10]);
  const ours = JSON.parse(modelToJson(model)) as unknown;
  assertSays(ours, digits, "digits_cnn");
  assertEquals(withoutNulls(ours), withoutNulls(written.digits_cnn));
});

Deno.test("named sizes stay in a configuration, and are open in JSON", () => {
  const x = input(["rows", 3], { name: "x" });
  const model = new Model({ inputs: x, outputs: new Dense(2)(x) });
  const copy = Model.fromConfig(model.getConfig()).inputs as SymbolicTensor;
  assertEquals([copy.shape, copy.name], [["rows", 3], "x"]);
  const open = modelFromJson(modelToJson(model)).inputs as unknown as SymbolicTensor;
  assertEquals(open.shape, [null, 3]);
});

Deno.test("a sequential that is not built comes back as one that is not built", () => {
  const model = new Sequential(new Dense(3, { name: "a" }), new Dense(2, { name: "b" }), { name: "open" });
  const json = JSON.parse(modelToJson(model)) as { readonly config: Loose };
  assertEquals("build_input_shape" in json.config, false);
  const copy = modelFromJson(json);
  assertEquals([copy.built, copy.name, copy.layers.map(({ name }) => name)], [false, "open", ["a", "b"]]);
  assertEquals(copy(ones([4, 5])).shape, [4, 2]);
  const built = modelFromJson(modelToJson(copy));
  assertEquals([built.built, built.countParams()], [true, 5 * 3 + 3 + 3 * 2 + 2]);
});

class Scaled extends Layer {
  readonly factorOf: number;
  readonly inner: AnyLayer;
  constructor(options: { readonly name?: string; readonly factorOf: number; readonly units: number }) {
    super(options.name === undefined ? {} : { name: options.name });
    this.factorOf = options.factorOf;
    this.inner = new Dense(options.units, { name: "inner" });
  }
  override call(x: Tensor): Tensor {
    return ops.multiply(callUntyped(this.inner, x), this.factorOf) as Tensor;
  }
  override getConfig(): LayerConfig & { readonly factorOf: number; readonly units: number } {
    return { ...super.getConfig(), factorOf: this.factorOf, units: (this.inner as unknown as Dense).units };
  }
}

Deno.test("layer classes of one's own are written under the names they are registered with", () => {
  const model = new Sequential(
    input([null, 2]),
    new Scaled({ factorOf: 3, units: 4, name: "mine" }),
  );
  assertThrows(() => modelToJson(model), TypeError, "Cannot write layer mine: its class Scaled is not known");
  assertStrictEquals(registerSerializable(Scaled, { package: "tests" }), Scaled);
  const json = JSON.parse(modelToJson(model)) as { readonly config: { readonly layers: readonly Loose[] } };
  const { module, class_name, registered_name, config } = json.config.layers[1]!;
  assertEquals({ module, class_name, registered_name }, {
    module: null,
    class_name: "Scaled",
    registered_name: "tests>Scaled",
  });
  assertEquals([(config as Loose).factor_of, (config as Loose).units], [3, 4]);
  const copy = modelFromJson(json);
  assertEquals(copy.layers[0]!.constructor, Scaled);
  copy.setWeights(model.getWeights());
  assertEquals(callAll(copy, [[1, 2]])[0]!.dataSync(), callAll(model, [[1, 2]])[0]!.dataSync());
  class Other extends Layer {
    override call(x: Tensor): Tensor {
      return x;
    }
  }
  assertThrows(
    () => registerSerializable(Other, { package: "tests", name: "Scaled" }),
    TypeError,
    "tests>Scaled is registered already",
  );
  assertThrows(() => registerSerializable(class {} as never), TypeError, "expected one that extends Layer");
});

Deno.test("frozen layers and shared weights come back", () => {
  const shared = new Dense(2, { name: "shared" });
  const x = input([null, 2], { name: "x" });
  const model = new Model({ inputs: x, outputs: shared(shared(x)) });
  shared.trainable = false;
  const copy = modelFromJson(modelToJson(model));
  assertEquals([copy.layers.length, copy.weights.length, copy.trainableWeights.length], [2, 2, 0]);
  assertEquals(copy.trainable, true);
  model.trainable = false;
  assertEquals(modelFromJson(modelToJson(model)).trainable, false);
});

Deno.test("arrays and records of inputs and outputs keep their structure", () => {
  const [a, b] = [input([null, 2], { name: "a" }), input([null, 2], { name: "b" })];
  const model = new Model({ inputs: { left: a, right: b }, outputs: [ops.add(a, b), a] });
  const copy = modelFromJson(modelToJson(model));
  const [sum, same] = callAll(copy, { left: [[1, 2]], right: [[10, 20]] });
  assertEquals([sum!.dataSync(), same!.dataSync()], [new Float32Array([11, 22]), new Float32Array([1, 2])]);
});

Deno.test("what cannot be written says so", () => {
  const x = input([null, 2]);
  const untold = new Model({ inputs: x, outputs: new Lambda((y) => y, { name: "free" })(x) as SymbolicTensor });
  assertThrows(() => modelToJson(untold), TypeError, "a function cannot be written down");
  const held = new Variable(ones([2]), { name: "held" });
  const reads = new Model({ inputs: x, outputs: ops.add(x, held) as SymbolicTensor, name: "reads" });
  assertEquals(
    errorOf(() => modelToJson(reads)).message,
    "Cannot make the configuration of model reads: an op between its layers reads variable held; put the op into a layer " +
      "that holds the variable",
  );
  const odd = new Model({ inputs: x, outputs: ops.isclose(x, 1) as SymbolicTensor });
  assertThrows(
    () => modelToJson(odd),
    TypeError,
    "Cannot write op isclose between layers: it has no class in Keras",
  );
});

Deno.test("JSON that is no model says so", () => {
  assertThrows(() => modelFromJson("{"), SyntaxError);
  assertThrows(() => modelFromJson("{}"), TypeError, "expected an object with class_name and config");
  assertThrows(
    () => modelFromJson({ class_name: "Nonesuch", config: { name: "x" } }),
    RangeError,
    "Cannot find layer class Nonesuch",
  );
  const dense = (config: object) => ({ class_name: "Dense", config: { name: "d", units: 2, ...config } });
  assertThrows(
    () => modelFromJson(dense({ dtype: { class_name: "DTypePolicy", config: { name: "mixed_bfloat16" } } })),
    TypeError,
    'expected a dtype such as "float32", or "mixed_float16", received "mixed_bfloat16"',
  );
  assertThrows(
    () => modelFromJson(dense({ lora_rank: 4 })),
    TypeError,
    "Cannot make layer d: Dense has no option loraRank, received 4",
  );
  assertThrows(
    () => modelFromJson(dense({ kernel_initializer: { class_name: "Nonesuch", config: {} } })),
    RangeError,
    "Cannot find initializer",
  );
});

Deno.test("a model whose layers read each other in a cycle, or what is not there, is refused", () => {
  const tensorOf = (layer: string, call = 0) => ({
    class_name: "__keras_tensor__",
    config: { shape: [null, 2], dtype: "float32", keras_history: [layer, call, 0] },
  });
  const dense = (name: string, reads: unknown) => ({
    class_name: "Dense",
    config: { name, units: 2 },
    name,
    inbound_nodes: [{ args: [reads], kwargs: {} }],
  });
  const start = {
    class_name: "InputLayer",
    config: { batch_shape: [null, 2], dtype: "float32", name: "x" },
    name: "x",
    inbound_nodes: [],
  };
  const model = (layers: readonly object[], output: string) => ({
    class_name: "Functional",
    config: { name: "net", layers, input_layers: ["x", 0, 0], output_layers: [output, 0, 0] },
  });
  const fine = model([start, dense("b", tensorOf("a")), dense("a", tensorOf("x"))], "b");
  assertEquals(modelFromJson(fine).layers.map(({ name }) => name), ["x", "a", "b"]);
  assertEquals(
    errorOf(() => modelFromJson(model([start, dense("a", tensorOf("b")), dense("b", tensorOf("a"))], "b"))).message,
    "Cannot make model net: layers a, b read each other in a cycle, or calls that are not there",
  );
  assertThrows(
    () => modelFromJson(model([start, dense("a", tensorOf("x", 1))], "a")),
    TypeError,
    "layers a read each other in a cycle, or calls that are not there",
  );
  assertThrows(
    () => modelFromJson(model([start, dense("a", tensorOf("gone"))], "a")),
    TypeError,
    "it has no layer gone, which is read",
  );
  assertThrows(() => modelFromJson(model([start], "gone")), TypeError, "it has no layer gone");
});

Deno.test("ops between layers have the classes of Keras", () => {
  const classes = (name: string) =>
    (modelCase(name).json as { readonly config: { readonly layers: readonly { readonly class_name: string }[] } })
      .config.layers.map((layer) => layer.class_name);
  // As a guard against a golden file that lost them.
  assert(classes("ops_between").includes("GetItem"));
  assert(classes("shared_and_nested").includes("Functional"));
});
