import { assert, assertEquals } from "@std/assert";
import {
  type EagerTensor,
  input,
  Model,
  modelFromJson,
  modelToJson,
  ops,
  type SymbolicTensor,
  tensor,
} from "@strata/nn";

type Call = (x: EagerTensor) => EagerTensor;

const x = input([null, 3], { name: "x" });

/** What a model gives, and what it gives after it was written and read. */
function bothOf(outputs: unknown): readonly unknown[] {
  const model = new Model({ inputs: x, outputs: outputs as SymbolicTensor });
  const text = modelToJson(model);
  JSON.parse(text);
  const values = tensor([[-1, 0, 1]]);
  return [model, modelFromJson(text)].map((each) => (each as unknown as Call)(values).array());
}

Deno.test("infinities and NaN in a model survive its JSON", () => {
  const [plain, read] = bothOf(ops.where(ops.greater(x, 0), x, -Infinity));
  assertEquals([plain, read], [[[-Infinity, -Infinity, 1]], [[-Infinity, -Infinity, 1]]]);
  assertEquals(bothOf(ops.maximum(x, tensor([Infinity, 0.5, -Infinity]))), [[[Infinity, 0.5, 1]], [[
    Infinity,
    0.5,
    1,
  ]]]);
  const sums = bothOf(ops.add(x, tensor([NaN, 1, 2]))) as number[][][];
  for (const [row] of sums) assert(Number.isNaN(row![0]) && row![1] === 1 && row![2] === 3);
  const all = bothOf(ops.add(x, NaN)) as number[][][];
  for (const [row] of all) assert(row!.every(Number.isNaN));
});

Deno.test("Python's tokens for infinities and NaN are read, and texts that hold them are left alone", () => {
  const text = modelToJson(
    new Model({ inputs: x, outputs: ops.add(x, tensor([1, 2, 3])) as SymbolicTensor, name: "m" }),
  );
  // As Keras 3.15.1 writes a constant: {"value": [NaN, Infinity, 1.0], "dtype": "float32"}.
  const python = text.replace(/"value":\[1,2,3\]/, '"value":[NaN, Infinity, -Infinity]').replace(
    '"m"',
    '"NaN, \\"Infinity"',
  );
  assert(python !== text);
  const model = modelFromJson(python);
  assertEquals(model.name, 'NaN, "Infinity');
  assertEquals(ops.isnan((model as unknown as Call)(tensor([[0, 0, 0]]))).array(), [[true, false, false]]);
});
