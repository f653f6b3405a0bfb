import { assertEquals, assertThrows } from "@std/assert";
import { input, InputError, jit, ops, ShapeError, tensor } from "@strata/nn";

const x = ops.reshape(ops.arange(24), [2, 3, 4]);

Deno.test("getItem gives what NumPy's x[key] gives", () => {
  // NumPy 2.4.6: np.arange(24).reshape(2, 3, 4)[key].
  assertEquals(ops.getItem(x, 1).array(), [[12, 13, 14, 15], [16, 17, 18, 19], [20, 21, 22, 23]]);
  assertEquals(ops.getItem(x, [-1, 0, 2]).item(), 14);
  assertEquals(ops.getItem(x, [{}, 1]).array(), [[4, 5, 6, 7], [16, 17, 18, 19]]);
  assertEquals(ops.getItem(x, [0, { start: 2, stop: 0, step: -1 }, { start: -3, step: 2 }]).array(), [[9, 11], [5, 7]]);
  assertEquals(ops.getItem(x, ["...", { stop: 1 }]).array(), [[[0], [4], [8]], [[12], [16], [20]]]);
  assertEquals(ops.getItem(x, [1, null, "...", -1]).array(), [[15, 19, 23]]);
  assertEquals(ops.getItem(x, [0, tensor([2, 0], { dtype: "int32" }), 1]).array(), [9, 1]);
  assertEquals(ops.getItem(x, [0, { start: 5 }]).shape as unknown, [0, 4]);
});

Deno.test("getItem takes parts of axes of open size", () => {
  const taken = jit(
    (x) => ops.getItem(x, [{ start: -2 }, "...", null, { step: 2 }]),
    input(["batch", "time", 4], { dtype: "int32" }),
  );
  assertEquals(taken(x).array() as unknown, ops.getItem(x, [{ start: -2 }, "...", null, { step: 2 }]).array());
  assertEquals(ops.getItem(input(["batch", "time", 4]), [{}, 0, { start: 1 }]).shape as unknown, ["batch", 3]);
});

Deno.test("keys that do not fit are refused", () => {
  assertThrows(() => ops.getItem(x, [0, 0, 0, 0]), ShapeError, "expected a key for at most 3 axes, received 4 parts");
  assertThrows(() => ops.getItem(x, [2]), ShapeError, "expected an index of axis 0 from -2 to 1, received 2");
  assertThrows(() => ops.getItem(x, ["...", "..."]), InputError, 'expected one "..." at most');
  assertThrows(() => ops.getItem(x, { step: 0 }), InputError, 'null or "...", received {"step":0}');
  assertThrows(() => ops.getItem(x, 0.5), InputError, "received 0.5");
  assertThrows(() => ops.getItem(x, { end: 1 } as never), InputError, 'received {"end":1}');
});
