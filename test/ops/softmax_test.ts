import { assertEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import * as ops from "../../src/ops/mod.ts";
import { ShapeError } from "../../src/shape/error.ts";
import { tensor, zeros } from "../../src/tensor/creation.ts";
import type { EagerTensor } from "../../src/tensor/eager.ts";
import { input, type SymbolicTensor } from "../../src/tensor/symbolic.ts";

Deno.test("softmax over several axes sums to 1 over all of them, without overflow", () => {
  const x = tensor([[[1000, 1000], [1000, 1000]], [[0, 0], [-1000, -1000]]]);
  assertEquals(ops.softmax(x, { axis: [1, 2] }).array(), [[[0.25, 0.25], [0.25, 0.25]], [[0.5, 0.5], [0, 0]]]);
  assertEquals(ops.softmax(x, { axis: [-1] }).array(), [[[0.5, 0.5], [0.5, 0.5]], [[0.5, 0.5], [0.5, 0.5]]]);
  const logarithms = ops.logSoftmax(x, { axis: [-1, -2] }).dataSync();
  assertEquals([...logarithms].map((value) => value.toFixed(3)), [
    ...Array(4).fill((-Math.log(4)).toFixed(3)),
    ...Array(2).fill((-Math.log(2)).toFixed(3)),
    ...Array(2).fill((-1000 - Math.log(2)).toFixed(3)),
  ]);
});

Deno.test("softmax of integers is float32, of halves float16", () => {
  assertEquals(ops.softmax(tensor([3, 3], { dtype: "int32" })).dataSync(), new Float32Array([0.5, 0.5]));
  assertEquals(ops.softmax(tensor([3, 3], { dtype: "float16" })).dtype, "float16");
});

Deno.test("an axis that is not there is refused in a sentence", () => {
  const sentence = "Axis 2 is out of range for shape [2, 3]: expected an axis from -2 to 1";
  // @ts-expect-error Axis 2 is out of range for shape [2, 3]: expected an axis from -2 to 1
  assertThrows(() => ops.softmax(zeros([2, 3]), { axis: 2 }), ShapeError, sentence);
  // @ts-expect-error Axis 2 is out of range for shape [2, 3]: expected an axis from -2 to 1
  assertThrows(() => ops.logSoftmax(input([2, 3]), { axis: [0, 2] }), ShapeError, sentence);
  // @ts-expect-error Axis 2 is out of range for shape [2, 3]: expected an axis from -2 to 1
  assertThrows(() => ops.sparsemax(zeros([2, 3]), { axis: 2 }), ShapeError, sentence);
  assertThrows(
    () => ops.softmax(zeros([2, 3]) as EagerTensor, { axis: [1, -1] }),
    ShapeError,
    "Axes [1, -1] name axis 1 twice in shape [2, 3]: expected different axes",
  );
  assertThrows(
    // @ts-expect-error Axis -1 is out of range for shape []: expected none, as it has no axes
    () => ops.softmax(1),
    ShapeError,
    "Axis -1 is out of range for shape []: expected none, as it has no axes",
  );
});

Deno.test("sparsemax takes any axis of a graph whose sizes are open", () => {
  const later = ops.sparsemax(input(["batch", null, 4]), { axis: 1 });
  assertType<IsExact<typeof later, SymbolicTensor<readonly ["batch", null, 4], "float32">>>(true);
  assertEquals(later.shape, ["batch", null, 4]);
  assertEquals(ops.sparsemax([[2], [1.5], [-1]], { axis: 0 }).array(), [[0.75], [0.25], [0]]);
});

Deno.test("glu halves an axis, in the types too", () => {
  const halved = ops.glu(zeros([2, 6]));
  assertType<IsExact<typeof halved, EagerTensor<readonly [2, 3], "float32">>>(true);
  const first = ops.glu(zeros([4, 6], { dtype: "float64" }), { axis: 0 });
  assertType<IsExact<typeof first, EagerTensor<readonly [2, 6], "float64">>>(true);
  const open = ops.glu(input(["batch", null]), { axis: 1 });
  assertType<IsExact<typeof open, SymbolicTensor<readonly ["batch", null], "float32">>>(true);
  assertEquals([halved.shape, first.shape, open.shape], [[2, 3], [2, 6], ["batch", null]]);
});

Deno.test("glu refuses an odd size in a sentence", () => {
  const sentence = "Cannot apply glu: expected axis 1 to have an even size, received shape [2, 3]";
  // @ts-expect-error Cannot apply glu: expected axis 1 to have an even size, received shape [2, 3]
  assertThrows(() => ops.glu(zeros([2, 3]), { axis: 1 }), ShapeError, sentence);
  assertThrows(
    () => ops.glu(zeros([2, 3]) as EagerTensor),
    ShapeError,
    "Cannot apply glu: expected axis -1 to have an even size, received shape [2, 3]",
  );
});
