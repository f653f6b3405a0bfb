import { assertEquals, assertThrows } from "@std/assert";
import { input, InputError, jit, ops, ShapeError, type Tensor, tensor } from "@strata/nn";

const add = (a: Tensor, b: Tensor): Tensor => ops.add(a, b) as Tensor;

Deno.test("an associative scan of sums is the cumulative sum, for every size", () => {
  for (let size = 1; size <= 9; size++) {
    const x = tensor(Array.from({ length: size }, (_, i) => i * i - 3 * i + 1), [size]);
    assertEquals(ops.associativeScan(add as never, x).array() as unknown, ops.cumsum(x).array() as unknown, `${size}`);
  }
});

Deno.test("an associative scan goes along an axis, from either end, through structures", () => {
  const x = tensor([[1, 2, 3], [4, 5, 6]]);
  // keras.ops.associative_scan of Keras 3.15.1.
  assertEquals(ops.associativeScan(add as never, x, { axis: 1 }).array(), [[1, 3, 6], [4, 9, 15]]);
  assertEquals(ops.associativeScan(add as never, x, { axis: -1, reverse: true }).array(), [[6, 5, 3], [15, 11, 6]]);
  // Matrices do not commute; the earlier one is the first argument.
  const matrices = tensor([[[1, 1], [0, 1]], [[1, 0], [1, 1]], [[2, 0], [0, 1]]]);
  const products = ops.associativeScan((a, b) => ops.matmul(a as never, b as never), matrices);
  assertEquals(products.array() as unknown, [[[1, 1], [0, 1]], [[2, 1], [1, 1]], [[4, 1], [2, 1]]]);
  // The recurrence h = a h + b, as state space models have it.
  const step = (p: { a: Tensor; b: Tensor }, q: { a: Tensor; b: Tensor }) => ({
    a: ops.multiply(p.a, q.a),
    b: ops.add(ops.multiply(q.a, p.b), q.b),
  });
  const states = ops.associativeScan(step as never, { a: tensor([0.5, 0.5, 0.5]), b: tensor([1, 2, 4]) });
  assertEquals((states as { b: { array(): unknown } }).b.array(), [1, 2.5, 5.25]);
});

Deno.test("an associative scan is recorded in graphs, with an open batch", () => {
  const run = jit((x) => ops.associativeScan(add as never, x, { axis: 1 }) as Tensor, input(["batch", 3]));
  assertEquals(run(tensor([[1, 2, 3]])).array() as unknown, [[1, 3, 6]]);
});

Deno.test("associative scans of what does not fit are refused", () => {
  const x = tensor([1, 2, 3]);
  assertThrows(() => ops.associativeScan(add as never, input([null])), ShapeError, "expected one known size of axis 0");
  assertThrows(
    () => ops.associativeScan((a: unknown) => ops.sum(a as Tensor), x),
    ShapeError,
    "expected the function to give shape [1], received []",
  );
  assertThrows(() => ops.associativeScan((() => [x, x]) as never, x), InputError, "expected the function to give");
  assertThrows(() => ops.associativeScan(add as never, []), InputError, "expected tensors, received none");
});
