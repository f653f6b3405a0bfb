import { assertEquals } from "@std/assert";
import { type AnyLayer, Conv1D, Dense, EagerTensor, input, jit, MultiHeadAttention } from "@strata/nn";
import { ops, Permute, type Tensor, zeros } from "@strata/nn";
import { filled } from "../layers/every_layer.ts";
import { callUntyped } from "../layers/layer_test_harness.ts";
import { checkSame } from "../jit/both_ways.ts";

type Call = (x: Tensor) => Tensor;

const [matrix, vector] = [filled([8, 2]), filled([4])];

function inTurn(first: AnyLayer, second: AnyLayer): Call {
  const isAttention = second instanceof MultiHeadAttention;
  return (x) => {
    const y = callUntyped(first, x);
    return callUntyped(second, isAttention ? [y, y] : y);
  };
}

/** Products whose left operand has the shape `[batch, ..., ...]`. */
const CALLS: { readonly [what: string]: Call } = {
  "a convolution, then a dense layer": inTurn(new Conv1D(3, 2), new Dense(2)),
  "a convolution, then attention": inTurn(new Conv1D(3, 2), new MultiHeadAttention(2, 3)),
  "a transposition, then a dense layer": inTurn(new Permute([2, 1]), new Dense(2)),
  "a transposition, then a dense layer in float16": inTurn(
    new Permute([2, 1], { dtype: "float16" }),
    new Dense(2, { dtype: "float16" }),
  ),
  "matmul of a transposed batch": (x) => ops.matmul(ops.transpose(x, [0, 2, 1]) as never, matrix as never),
  "matmul by a vector": (x) => ops.matmul(x as never, vector as never),
  "matmul of a vector": (x) => ops.matmul(filled([8]) as never, x as never),
  "matmul of a matrix": (x) => ops.matmul(filled([3, 8]) as never, x as never),
  "dot by a vector": (x) => ops.dot(x as never, vector as never),
  "tensordot of a transposed batch": (x) => ops.tensordot(ops.transpose(x, [0, 2, 1]), matrix, { axes: 1 }),
  "einsum": (x) => ops.einsum("bij,ik->bjk", x, matrix),
};

for (const [what, call] of Object.entries(CALLS)) {
  Deno.test(`${what}: a batch of any size, 0 among them, gives compiled what it gives eagerly`, () => {
    call(zeros([2, 8, 4]));
    const compiled = jit(call, input(["batch", 8, 4])) as unknown as (x: EagerTensor) => EagerTensor;
    for (const rows of [0, 1, 3]) {
      const x = rows === 0 ? new EagerTensor([0, 8, 4], "float32", new Float32Array(0)) : filled([rows, 8, 4]);
      const expected = call(x) as EagerTensor;
      assertEquals(expected.shape[0], rows);
      checkSame(`${rows} rows`, [compiled(x)], [expected], 1e-5);
    }
  });
}
