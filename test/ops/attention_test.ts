import { assert, assertEquals, assertThrows } from "@std/assert";
import { type EagerTensor, input, jit, ops, ShapeError, type Tensor, tensor, trace } from "@strata/nn";
import { dotProductAttention } from "../../src/ops/attention/attention.ts";
import { camelCase, goldenCases } from "../layers/golden_cases.ts";
import type { Numbers } from "../layers/golden.ts";
import { assertClose } from "../layers/layer_test_harness.ts";

interface OpCase {
  readonly inputs: readonly Numbers[];
  readonly options: { readonly [option: string]: unknown };
  readonly y: Numbers;
}

const untyped = dotProductAttention as unknown as (...args: unknown[]) => EagerTensor;

Deno.test("dotProductAttention gives Keras's numbers, eagerly and compiled with open dims", async (t) => {
  for (const { inputs, options, y } of goldenCases<OpCase>("attention_ops.json")) {
    const shapes = inputs.map((values) => tensor(values).shape).join(" ");
    await t.step(`${shapes} ${Object.keys(options)}`, () => {
      const told = camelCase(options);
      const x = inputs.map((values) => tensor(values));
      assertClose("eager", untyped(...x, told), y);
      for (
        const open of [(size: number) => size, (size: number, axis: number) => axis === 0 ? "batch" : size, () => null]
      ) {
        const symbols = x.map(({ shape }) => input((shape as readonly number[]).map(open)));
        const fn = (...tensors: Tensor[]) => untyped(...tensors, { scale: 0.5, ...told });
        const graph = (trace as unknown as (fn: unknown, ...inputs: unknown[]) => never)(fn, ...symbols);
        const run = (jit as unknown as (graph: never) => (...x: unknown[]) => EagerTensor)(graph);
        assertClose(`compiled ${open}`, run(...x), untyped(...x, { scale: 0.5, ...told }).array() as Numbers);
      }
    });
  }
});

Deno.test("dotProductAttention computes in the dtype of its inputs", () => {
  const x = [[[[1, 2]], [[3, 4]]]];
  for (const dtype of ["float16", "float64"] as const) {
    const typed = tensor(x, { dtype });
    const y = dotProductAttention(typed, typed, typed);
    assertEquals(y.dtype, dtype);
    assertClose(dtype, ops.cast(y, "float32"), dotProductAttention(x, x, x).array(), 4e-3);
  }
});

Deno.test("dotProductAttention without keys gives zeros, and without queries nothing", () => {
  const none = dotProductAttention(ops.zeros([2, 3, 2, 4]), ops.zeros([2, 0, 2, 4]), ops.zeros([2, 0, 2, 5]));
  assertEquals(none.shape, [2, 3, 2, 5]);
  assert(none.dataSync().every((value) => value === 0));
  assertEquals(dotProductAttention(ops.zeros([0, 3, 2, 4]), ops.zeros([0, 3, 1, 4]), ops.zeros([0, 3, 1, 4])).size, 0);
});

Deno.test("dotProductAttention refuses heads and masks that do not fit", () => {
  assertThrows(
    () => untyped(ops.zeros([1, 2, 4, 3]), ops.zeros([1, 2, 3, 3]), ops.zeros([1, 2, 3, 3])),
    ShapeError,
    "the 4 heads of the query are no multiple of the key's 3",
  );
  assertThrows(
    () =>
      untyped(ops.zeros([1, 2, 4, 3]), ops.zeros([1, 2, 4, 3]), ops.zeros([1, 2, 4, 3]), { mask: ops.ones([3, 3]) }),
    ShapeError,
  );
});
