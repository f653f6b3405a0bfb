import { assertEquals } from "@std/assert";
import { arange, tensor, zeros } from "@strata/nn";

Deno.test("a tensor prints its shape, dtype and values", () => {
  assertEquals(String(tensor([[1, 2], [3, 4]])), "EagerTensor [2, 2] float32\n[[1, 2],\n [3, 4]]");
  assertEquals(String(tensor([1, 2])), "EagerTensor [2] float32 [1, 2]");
  assertEquals(String(tensor(5)), "EagerTensor [] float32 5");
  assertEquals(
    String(tensor([[[1, 2], [3, 4]], [[5, 6], [7, 8]]])),
    "EagerTensor [2, 2, 2] float32\n[[[1, 2],\n  [3, 4]],\n [[5, 6],\n  [7, 8]]]",
  );
});

Deno.test("consoles print the same", () => {
  const x = tensor([[1, 2], [3, 4]]);
  assertEquals(Deno.inspect(x), String(x));
  assertEquals(Deno.inspect([tensor([1])]).includes("EagerTensor [1] float32 [1]"), true);
});

Deno.test("values stand in columns", () => {
  assertEquals(String(tensor([[1, -20], [300, 4.5]])), "EagerTensor [2, 2] float32\n[[  1, -20],\n [300, 4.5]]");
});

Deno.test("each dtype prints in its own way", () => {
  assertEquals(String(tensor([true, false])), "EagerTensor [2] bool [ true, false]");
  assertEquals(String(tensor([5n])), "EagerTensor [1] int64 [5]");
  assertEquals(String(tensor([255], { dtype: "uint8" })), "EagerTensor [1] uint8 [255]");
  assertEquals(String(tensor([0.5], { dtype: "float16" })), "EagerTensor [1] float16 [0.5]");
  assertEquals(String(tensor([1 / 3])), "EagerTensor [1] float32 [0.33333]");
  assertEquals(
    String(tensor([NaN, Infinity, -Infinity, -0])),
    "EagerTensor [4] float32 [      NaN,  Infinity, -Infinity,        -0]",
  );
});

Deno.test("long axes are abbreviated", () => {
  assertEquals(String(arange(100)), "EagerTensor [100] int32 [ 0,  1,  2, ..., 97, 98, 99]");
  const row = "[0, 0, 0, ..., 0, 0, 0]";
  assertEquals(
    String(zeros([100, 100])),
    `EagerTensor [100, 100] float32\n[${row},\n ${row},\n ${row},\n ...,\n ${row},\n ${row},\n ${row}]`,
  );
  assertEquals(String(arange(64)).includes("..."), false);
});

Deno.test("a tensor without values prints", () => {
  assertEquals(String(zeros([0])), "EagerTensor [0] float32 []");
  assertEquals(String(zeros([2, 0])), "EagerTensor [2, 0] float32\n[[],\n []]");
});

Deno.test("printing a large tensor is quick", () => {
  assertEquals(String(zeros([1000, 1000])).length < 300, true);
});
