import { assertEquals } from "@std/assert";
import { type AnyLayer, clearSession, input, Model, modelFromJson, modelToJson, type SymbolicTensor } from "@strata/nn";
import { readFileSync } from "node:fs";
import { leavesOf, mapStructure, type Structure } from "../../src/tensor/structure.ts";
import { EVERY_LAYER, layerClasses, makeLayer } from "../layers/every_layer.ts";

/** A model with one layer, as Keras writes it down. */
interface KerasModel {
  readonly shape: readonly (number | null)[];
  readonly parameters: number;
  readonly model: { readonly config: { readonly layers: readonly KerasLayer[] } };
}

interface KerasLayer {
  readonly class_name: string;
  readonly config: { readonly [option: string]: unknown };
}

const known = JSON.parse(readFileSync(new URL("data/layers.json", import.meta.url), "utf8")) as {
  readonly [name: string]: KerasModel;
};

/** Layers that are no part of models, that hold a function, and those that Keras only has with TensorFlow. */
const ELSEWHERE = ["InputLayer", "Lambda", "Hashing", "IntegerLookup", "StringLookup", "StackedRNNCells"];

/** Keras finds the last size of EinsumDense alone. */
const KNOWS_MORE = ["EinsumDense"];

/** Options that Keras's constructors take, and its configurations do not tell. */
const UNTOLD: { readonly [name: string]: readonly string[] } = { SimpleRNN: ["seed"] };

/** A model with the layer alone. */
function modelOf(name: string): AnyLayer {
  clearSession();
  let place = 0;
  const inputs = mapStructure(
    EVERY_LAYER[name]!.input,
    ({ shape, dtype }): Structure<SymbolicTensor> =>
      input([null, ...(shape as readonly number[]).slice(1)], { dtype, name: `in${place++}` }),
  );
  const outputs = (makeLayer(name) as unknown as (x: unknown) => SymbolicTensor)(inputs);
  return new Model({ inputs, outputs } as never) as AnyLayer;
}

const shapeOf = (model: AnyLayer): unknown =>
  leavesOf(model.output as Structure<SymbolicTensor>)[0]!.shape.map((dim) => typeof dim === "number" ? dim : null);

const optionsOf = (model: KerasModel["model"], name: string): string[] =>
  Object.keys(model.config.layers.find(({ class_name }) => class_name === name)!.config).sort();

const names = [...layerClasses().keys()].filter((name) => !ELSEWHERE.includes(name) && !name.endsWith("Cell"));

Deno.test("every layer that a model may have is known from Keras", () => {
  assertEquals(names.toSorted(), Object.keys(known).sort());
});

for (const name of names) {
  Deno.test(`${name} is read from Keras's JSON, and written with options that Keras has`, () => {
    const { shape, parameters, model: json } = known[name]!;
    const read = modelFromJson(JSON.stringify(json)) as unknown as AnyLayer;
    assertEquals(shapeOf(read), KNOWS_MORE.includes(name) ? shapeOf(modelOf(name)) : shape);
    assertEquals(read.countParams(), parameters);
    const written = JSON.parse(modelToJson(modelOf(name) as never)) as KerasModel["model"];
    const options = [...optionsOf(json, name), ...UNTOLD[name] ?? [], "dtype"];
    assertEquals(optionsOf(written, name).filter((option) => !options.includes(option)), []);
  });
}
