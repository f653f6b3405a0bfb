import { assertEquals, assertThrows } from "@std/assert";
import { input, InputError, jit, ops, ShapeError, type Tensor, tensor } from "@strata/nn";

Deno.test("a vectorized function is called with single elements of tensors that broadcast", () => {
  const shapes: unknown[] = [];
  const add = ops.vectorize((a, b) => {
    shapes.push(a!.shape, b!.shape);
    return ops.add(a!, b!) as Tensor;
  });
  // keras.ops.vectorize of Keras 3.15.1.
  const x = tensor([[1, 2, 3], [4, 5, 6]]);
  assertEquals(add(x, tensor([1, 1, 1])).array() as unknown, [[2, 3, 4], [5, 6, 7]]);
  assertEquals(shapes.every((shape) => `${shape}` === ""), true);
  assertEquals(add(1, 2).shape as unknown, []);
});

Deno.test("a signature says which axes a call takes", () => {
  const outer = ops.vectorize((a, b) => ops.outer(a!, b!) as Tensor, { signature: "(n),(m)->(n,m)" });
  const result = outer(tensor([[1, 2], [3, 4]]), tensor([1, 10, 100]));
  assertEquals(result.shape as unknown, [2, 2, 3]);
  assertEquals(result.array() as unknown, [[[1, 10, 100], [2, 20, 200]], [[3, 30, 300], [4, 40, 400]]]);
  const means = ops.vectorize((row, shift) => ops.add(ops.mean(row!), shift!) as Tensor, {
    signature: "(n)->()",
    excluded: [1],
  });
  assertEquals(means(tensor([[1, 3], [5, 7]]), 10).array() as unknown, [12, 16]);
});

Deno.test("a vectorized function is one loop of a graph, over an open batch too", () => {
  const dot = ops.vectorize((a, b) => ops.dot(a!, b!) as Tensor, { signature: "(n),(n)->()" });
  const run = jit((x, y) => dot(x, y), input(["batch", 2]), input([2]));
  assertEquals(run(tensor([[1, 2], [3, 4], [5, 6]]), tensor([1, 1])).array() as unknown, [3, 7, 11]);
});

Deno.test("calls that do not fit a signature are refused", () => {
  const f = (a: Tensor | undefined) => a!;
  assertThrows(() => ops.vectorize(f, { signature: "n->" }), InputError, 'expected a signature such as "(n),(n)->()"');
  assertThrows(
    () => ops.vectorize(f, { signature: "(n)->()" })([1], [2]),
    InputError,
    "expected 1 arguments, received 2",
  );
  assertThrows(
    () => ops.vectorize(f, { signature: "(n,m)->()" })([1]),
    ShapeError,
    "expected a tensor of at least 2 axes",
  );
  assertThrows(() => ops.vectorize(f)([[1, 2]], [1, 2, 3]), InputError);
  assertThrows(() => ops.vectorize(f)(input([null, 2])), ShapeError, "expected known sizes");
});

Deno.test("view reads the bytes of a tensor as another dtype, as Keras does", () => {
  const x = tensor([[1, 2, 3], [4, 5, 6]]);
  assertEquals(ops.view(x, "int32").array() as unknown, [
    [1065353216, 1073741824, 1077936128],
    [1082130432, 1084227584, 1086324736],
  ]);
  assertEquals(ops.view(x, "uint8").shape as unknown, [2, 12]);
  assertEquals(ops.view(ops.view(x, "uint8"), "float32").array() as unknown, x.array());
  assertThrows(
    () => ops.view(x, "float64"),
    ShapeError,
    "expected the last axis to have a multiple of 8 bytes, received 12",
  );
  assertThrows(() => ops.view(input([2]), "int32"), InputError, "expected a tensor with values");
});

Deno.test("argpartition puts the element of a rank at its place", () => {
  const values = [5, 1, 4, 2, 3, 3];
  for (let kth = -6; kth < 6; kth++) {
    const order = ops.argpartition(tensor(values), kth).array().map((index) => values[index]!);
    const place = kth < 0 ? kth + 6 : kth;
    assertEquals(order[place], values.toSorted()[place]);
    assertEquals(order.slice(0, place).every((value) => value <= order[place]!), true);
    assertEquals(order.slice(place).every((value) => value >= order[place]!), true);
  }
  assertThrows(() => ops.argpartition(tensor(values), 6), ShapeError, "expected axis 0 to have more than 6 elements");
});
