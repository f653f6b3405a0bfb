import { assertEquals } from "@std/assert";
import { clearSession, Dense, ops, tensor, Variable } from "@strata/nn";

/** More calls than after which weights are written into a program. */
const MANY = 100;

Deno.test("an assignment is seen by the next call, however often the weights were the same before", () => {
  const layer = new Dense(1, { kernelInitializer: "ones" });
  const x = tensor([[1, 2]]);
  for (let i = 0; i < MANY; i++) assertEquals(layer(x).array(), [[3]]);
  layer.kernel.assign([[1], [10]]);
  for (let i = 0; i < MANY; i++) assertEquals(layer(x).array(), [[21]]);
  layer.bias!.assign([0.5]);
  assertEquals(layer(x).array(), [[21.5]]);
});

Deno.test("one kernel serves calls with other biases, activations, ranks and batches in turn", () => {
  const kernel = new Variable(tensor([[1, -1]]));
  const bias = new Variable(tensor([0, 0.5]));
  for (let i = 0; i < MANY; i++) {
    assertEquals(ops.dense([[2]], kernel).array(), [[2, -2]]);
    assertEquals(ops.dense([[2]], kernel, bias).array(), [[2, -1.5]]);
    assertEquals(ops.dense([[2]], kernel, bias, { activation: "relu" }).array(), [[2, 0]]);
    assertEquals(ops.dense([[[2]], [[3]]], kernel).array(), [[[2, -2]], [[3, -3]]]);
    assertEquals(ops.dense([2], kernel).array(), [2, -2]);
  }
  for (let i = 1; i < MANY; i++) {
    const x = tensor(Float32Array.from({ length: i }, (_, row) => row), [i, 1]);
    assertEquals(ops.dense(x, kernel).array().at(-1), [i - 1, 1 - i === 0 ? -0 : 1 - i]);
  }
});

Deno.test("weights that are no variables are used as they are", () => {
  for (let i = 0; i < MANY; i++) assertEquals(ops.dense([[1]], [[i]], [1]).array(), [[i + 1]]);
});

Deno.test("a layer goes on working when the session is cleared", () => {
  const layer = new Dense(1, { kernelInitializer: "ones" });
  for (let i = 0; i < MANY; i++) layer([[1, 2]]);
  clearSession();
  assertEquals(layer([[1, 2]]).array(), [[3]]);
});
