import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { input, ops, ShapeError, Tensor, tensor, Variable, zeros } from "@strata/nn";

Deno.test("a variable begins with the values of a tensor", () => {
  const variable = new Variable(tensor([[1, 2]], { dtype: "float64" }), {
    name: "v",
    path: "layer/v",
    trainable: false,
  });
  assert(variable instanceof Tensor);
  const { shape, dtype, kind, name, path, trainable, size, rank } = variable;
  assertEquals([shape, dtype, kind, name, path, trainable, size, rank] as unknown, [
    [1, 2],
    "float64",
    "variable",
    "v",
    "layer/v",
    false,
    2,
    2,
  ]);
  assertEquals(variable.array(), [[1, 2]]);
  const plain = new Variable(zeros([]));
  assertEquals([plain.name, plain.path, plain.trainable, plain.regularizer, plain.constraint], [
    "variable",
    "variable",
    true,
    null,
    null,
  ]);
});

Deno.test("assign takes tensors, variables, typed and nested arrays, and numbers", () => {
  const variable = new Variable(zeros([2, 1]));
  assertStrictEquals(variable.assign([[1], [2]]), variable);
  assertEquals(variable.array(), [[1], [2]]);
  variable.assign(tensor([[3], [4]]));
  assertEquals(variable.array(), [[3], [4]]);
  variable.assign(new Variable(tensor([[5], [6]])));
  assertEquals(variable.array(), [[5], [6]]);
  const vector = new Variable(zeros([2]));
  vector.assign(new Float32Array([7, 8]));
  assertEquals(vector.array(), [7, 8]);
  assertEquals(new Variable(zeros([])).assign(9).item(), 9);
});

Deno.test("assign converts to the dtype of the variable", () => {
  assertEquals(new Variable(zeros([2], { dtype: "int32" })).assign([1.9, -1.9]).array(), [1, -1]);
  assertEquals(new Variable(zeros([1], { dtype: "int64" })).assign([3]).array(), [3n]);
  assertEquals(new Variable(zeros([1])).assign([5n]).array(), [5]);
  assertEquals(new Variable(zeros([2], { dtype: "bool" })).assign([0, 2]).array(), [false, true]);
});

Deno.test("assign refuses another shape and changes nothing", () => {
  const variable = new Variable(tensor([1, 2]), { name: "v", path: "layer/v" });
  for (const [value, shape] of [[[1, 2, 3], "[3]"], [[[1, 2]], "[1, 2]"], [5, "[]"], [[1], "[1]"]] as const) {
    assertEquals(
      assertThrows(() => variable.assign(value), ShapeError).message,
      `Cannot assign to variable layer/v: expected a value of shape [2], received shape ${shape}`,
    );
  }
  assertEquals(variable.array(), [1, 2]);
});

Deno.test("assign refuses what has no values yet", () => {
  const variable = new Variable(tensor([1, 2]));
  assertEquals(
    assertThrows(() => variable.assign(input([2], { name: "x" }) as never), TypeError).message,
    "Cannot assign SymbolicTensor [2] float32 (input x): expected values that exist already",
  );
  assertEquals(variable.array(), [1, 2]);
});

Deno.test("what was read does not change with the variable, nor the variable with it", () => {
  const source = new Float32Array([1, 2]);
  const variable = new Variable(zeros([2])).assign(source);
  source[0] = 9;
  assertEquals(variable.array(), [1, 2]);
  const { value } = variable;
  const data = variable.dataSync();
  data[0] = 9;
  variable.assign([3, 4]);
  assertEquals([value.array(), variable.array(), variable.value.array()], [[1, 2], [3, 4], [3, 4]]);
});

Deno.test("values are made when they are first read", async () => {
  let made = 0;
  const variable = new Variable({
    shape: [2],
    dtype: "float32",
    initialize: () => {
      made++;
      return new Float32Array([1, 2]);
    },
  });
  assertEquals([made, variable.shape, variable.size], [0, [2], 2]);
  assertEquals(variable.array(), [1, 2]);
  assertEquals(await variable.data(), new Float32Array([1, 2]));
  assertEquals(made, 1);
});

Deno.test("ops take variables and see every assignment", () => {
  const variable = new Variable(tensor([1, 2]));
  const twice = () => (ops.add(variable, variable) as unknown as { array(): unknown }).array();
  assertEquals(twice(), [2, 4]);
  variable.assign([10, 20]);
  assertEquals(twice(), [20, 40]);
  variable.assign([10, 21]);
  assertEquals([twice(), twice()], [[20, 42], [20, 42]]);
});

Deno.test("a variable prints its path, shape, dtype and values", () => {
  const variable = new Variable(tensor([1, 2]), { name: "v", path: "layer/v" });
  assertEquals(String(variable), "Variable layer/v [2] float32 [1, 2]");
  assertEquals(Deno.inspect(variable), "Variable layer/v [2] float32 [1, 2]");
});
