import { assert, assertEquals } from "@std/assert";
import {
  clearSession,
  Dense,
  type EagerTensor,
  input,
  InputLayer,
  jit,
  Model,
  modelFromJson,
  modelToJson,
  ops,
  Sequential,
  summaryOf,
  type SymbolicTensor,
  tensor,
} from "@strata/nn";
import { assertClose } from "../layers/layer_test_harness.ts";
import { isRecord, type Structure } from "../../src/tensor/structure.ts";
import { readData } from "./golden.ts";

/** A functional model of Keras, drawn at random by `data/make_orders.py`. */
interface OrderCase {
  readonly name: string;
  readonly json: object;
  readonly layers: readonly string[];
  readonly weights: readonly string[];
  readonly trainable: readonly string[];
  readonly frozen: readonly string[];
  readonly outputs: readonly { readonly shape: readonly number[]; readonly values: readonly number[] }[];
}

const cases = readData("orders.json") as readonly OrderCase[];

/** The numbers that make_orders.py makes as well; float32 holds them exactly. */
function numbers(shape: readonly number[], seed: number, count = 11, parts = 8): EagerTensor {
  const size = shape.reduce((product, dim) => product * dim, 1);
  const data = Float32Array.from(
    { length: size },
    (_, index) => ((7 * index + 5 * seed) % count - (count - 1) / 2) / parts,
  );
  return tensor(data, shape as number[]) as EagerTensor;
}

/** Tensors as Keras flattens them: those of records in the order of their keys. */
function flat<T>(structure: Structure<T>): T[] {
  if (Array.isArray(structure)) return structure.flatMap(flat) as T[];
  if (!isRecord(structure)) return [structure as T];
  return Object.keys(structure).sort().flatMap((key) => flat(structure[key] as Structure<T>));
}

/** The inputs of a case, in the structure that the model takes. */
function inputsFor(structure: Structure<SymbolicTensor>): Structure<EagerTensor> {
  const each = new Map(
    flat(structure).map(({ shape, dtype }, index) => {
      const x = numbers([2, ...shape.slice(1) as number[]], index + 1, 13, 4);
      const ids = () =>
        tensor(Int32Array.from(x.dataSync() as Float32Array, (value) => Math.abs(value * 4) % 6), x.shape as number[]);
      return [flat(structure)[index]!, dtype === "int32" ? ids() as EagerTensor : x] as const;
    }),
  );
  const fill = (part: Structure<SymbolicTensor>): Structure<EagerTensor> => {
    if (Array.isArray(part)) return part.map(fill);
    if (isRecord(part)) {
      return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, fill(value as SymbolicTensor)]));
    }
    return each.get(part as SymbolicTensor)!;
  };
  return fill(structure);
}

for (const { name, json, layers, weights, trainable, frozen, outputs } of cases) {
  Deno.test(`layers, weights and numbers of a functional model are Keras's: ${name}`, () => {
    clearSession();
    const model = modelFromJson(json);
    const paths = (variables: typeof model.weights) => variables.map(({ path }) => path);
    assertEquals(model.layers.map(({ name }) => name), layers);
    assertEquals(paths(model.weights), weights);
    assertEquals(paths(model.trainableWeights), trainable);
    assertEquals(paths(model.nonTrainableWeights), frozen);
    const values = model.weights.map(({ shape, path }, index) => {
      const value = numbers(shape as number[], index);
      return path.includes("variance") ? ops.abs(value) as EagerTensor : value;
    });
    const x = inputsFor(model.inputs as unknown as Structure<SymbolicTensor>);
    const check = (way: string, results: unknown) => {
      const each = flat(results as Structure<EagerTensor>);
      assertEquals(each.map(({ shape }) => shape), outputs.map(({ shape }) => shape), way);
      each.forEach((result, index) => {
        const wanted = tensor(outputs[index]!.values as number[], outputs[index]!.shape as number[]);
        assertClose(`${way}, output ${index}`, result, wanted.array() as never, 3e-4);
      });
    };
    model.setWeights(values);
    check("eager", model(x as never));
    check("compiled", (jit(model as never) as unknown as (x: unknown) => unknown)(x));
    const copy = modelFromJson(modelToJson(model));
    assertEquals(copy.layers.map(({ name }) => name), layers);
    assertEquals(paths(copy.weights), weights);
    copy.setWeights(model.getWeights());
    check("written and read", copy(x as never));
  });
}

Deno.test("layers of a model are listed from the inputs on, those farthest from the outputs first", () => {
  clearSession();
  const x = input([null, 2], { name: "x" });
  const [a, b, c] = ["a", "b", "c"].map((name) => new Dense(2, { name }));
  const model = new Model({ inputs: x, outputs: ops.add(a!(x), c!(b!(x))) });
  assertEquals(model.layers.map(({ name }) => name), ["x", "b", "a", "c"]);
  assertEquals(model.weights.map(({ path }) => path.split("/")[0]), ["b", "b", "a", "a", "c", "c"]);
  assertEquals(summaryOf(model).rows.map(({ name }) => name), ["x", "b", "a", "c", "add"]);
  assertEquals(model.getLayer(0).className, "InputLayer");
  assertEquals(model.getLayer("x"), model.layers[0]);
});

Deno.test("an input that no output reads is listed, and a layer of an input is that very layer", () => {
  const first = new InputLayer({ shape: [null, 2], name: "first" });
  const unread = input([null, 1], { name: "unread" });
  const model = new Model({ inputs: [first.output, unread], outputs: new Dense(1, { name: "d" })(first.output) });
  assertEquals(model.layers.map(({ name }) => name), ["first", "unread", "d"]);
  assert(model.layers[0] as unknown === first);
  assertEquals(model.layers[1]!.output as unknown, unread);
});

Deno.test("a sequential model does not list its input", () => {
  assertEquals(new Sequential(input([null, 2]), new Dense(1, { name: "d" })).layers.map(({ name }) => name), ["d"]);
});
