import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import { Graph } from "../../src/graph/graph.ts";
import * as ops from "../../src/ops/mod.ts";
import { ShapeError } from "../../src/shape/error.ts";
import { tensor, zeros } from "../../src/tensor/creation.ts";
import type { EagerTensor } from "../../src/tensor/eager.ts";
import { input, type SymbolicTensor } from "../../src/tensor/symbolic.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { seeded } from "../shape/random_shapes.ts";
import { assertOp, DTYPES, einsumLoop, highest, isFloat, numbersOf, randomTensor } from "./loops.ts";

const ACTIVATIONS: Record<string, (value: number) => number> = {
  relu: (value) => Math.max(value, 0),
  tanh: Math.tanh,
  sigmoid: (value) => 1 / (1 + Math.exp(-value)),
  elu: (value) => value > 0 ? value : Math.expm1(value),
  linear: (value) => value,
};

Deno.test("dense over random shapes, dtypes, biases and activations gives what plain loops give", () => {
  const random = seeded(71);
  for (let round = 0; round < 140; round++) {
    const dtypes = [DTYPES[round % DTYPES.length]!, random.pick(DTYPES), random.pick(DTYPES)];
    const [features, units] = [random.integer(1, 4), random.integer(1, 4)];
    const x = randomTensor(
      random,
      [...random.shape(random.integer(0, 3), [1, 2, 3]) as number[], features],
      dtypes[0]!,
    );
    const kernel = randomTensor(random, [features, units], dtypes[1]!);
    const bias = random.pick([undefined, randomTensor(random, [units], dtypes[2]!)]);
    const activation = random.pick([undefined, ...Object.keys(ACTIVATIONS)]);
    const terms = "abc".slice(0, x.rank - 1);
    const { shape, values } = einsumLoop([`${terms}x`, "xy"], `${terms}y`, [x, kernel]);
    const added = bias === undefined ? undefined : numbersOf(bias.dataSync());
    const apply = activation === undefined ? (value: number) => value : ACTIVATIONS[activation]!;
    const met = highest(bias === undefined ? dtypes.slice(0, 2) : dtypes);
    const expected = {
      dtype: isFloat(met) ? met : "float32" as const,
      shape,
      values: values.map((value, index) => apply(value + (added?.[index % units] ?? 0))),
    };
    const call = (x: Tensor, kernel: Tensor, bias?: Tensor): Tensor => ops.dense(x, kernel, bias, { activation });
    const what = `dense with ${activation ?? "no activation"}`;
    assertOp(random, call as never, bias === undefined ? [x, kernel] : [x, kernel, bias], expected, what);
  }
});

Deno.test("an activation along an axis is applied to the last one", () => {
  const x = tensor([[[1, 0], [0, 2]]]);
  const kernel = tensor([[0, Math.log(3)], [0, 0]]);
  const rows = ops.dense(x, kernel, null, { activation: "softmax" }).dataSync();
  // softmax([0, ln 3]) and softmax([0, 0])
  [0.25, 0.75, 0.5, 0.5].forEach((value, index) => assertAlmostEquals(rows[index]!, value, 1e-6));
});

Deno.test("an activation is named as Keras or as its op names it", () => {
  const [x, kernel] = [[[1]], [[-3.5, -1.5, 0, 1.5, 3.5]]];
  // relu6(x + 3) / 6
  const expected = [0, 0.25, 0.5, 0.75, 1];
  for (const activation of ["hard_sigmoid", "hardSigmoid"]) {
    const values = ops.dense(x, kernel, null, { activation }).dataSync();
    expected.forEach((value, index) => assertAlmostEquals(values[index]!, value, 1e-6));
  }
  const unknown = 'Cannot apply dense: expected the name of an activation, received "add"';
  assertThrows(() => ops.dense(x, kernel, null, { activation: "add" }), RangeError, unknown);
});

Deno.test("a dense op is one node of a graph, and matrices take the operator for matrices", () => {
  const x = input(["batch", 3]);
  const y = ops.dense(x, zeros([3, 4]), zeros([4]), { activation: "relu" });
  const graph = new Graph([x], [y as SymbolicTensor]);
  assertEquals(graph.nodes.map((node) => node.operation), ["dense"]);
  const text = new TextDecoder("latin1").decode(graph.toONNX());
  assert(text.includes("Gemm") && text.includes("Relu") && !text.includes("MatMul"));
});

Deno.test("kernels and biases that do not fit are refused in a sentence", () => {
  const x = zeros([2, 3]);
  const inner = "Cannot matmul shapes [2, 3] and [4, 8]: inner dims are 3 and 4";
  assertThrows(() => ops.dense(x, zeros([4, 8]) as EagerTensor), ShapeError, inner);
  // @ts-expect-error Cannot matmul shapes [2, 3] and [4, 8]: inner dims are 3 and 4
  assertThrows(() => ops.dense(x, zeros([4, 8])), ShapeError, inner);
  const matrix = "Cannot multiply by a kernel of shape [3]: expected 2 axes";
  // @ts-expect-error Cannot multiply by a kernel of shape [3]: expected 2 axes
  assertThrows(() => ops.dense(x, zeros([3])), ShapeError, matrix);
  const bias =
    "Cannot add a bias of shape [7] with a kernel of shape [3, 8]: expected one axis, of the kernel's last size";
  // @ts-expect-error Cannot add a bias of shape [7] with a kernel of shape [3, 8]
  assertThrows(() => ops.dense(x, zeros([3, 8]), zeros([7])), ShapeError, bias);
  // @ts-expect-error Cannot add a bias of shape [1, 8] with a kernel of shape [3, 8]
  assertThrows(() => ops.dense(x, zeros([3, 8]), zeros([1, 8])), ShapeError, "Cannot add a bias of shape [1, 8]");
});

Deno.test("types know the shape, the dtype and the kind of a dense op", () => {
  const x = zeros([2, 3]);
  const eager = ops.dense(x, zeros([3, 8]), zeros([8], { dtype: "float64" }), { activation: "relu" });
  assertType<IsExact<typeof eager, EagerTensor<readonly [2, 8], "float64">>>(true);
  const later = ops.dense(input(["batch", 4, 3]), zeros([3, 8]), null);
  assertType<IsExact<typeof later, SymbolicTensor<readonly ["batch", 4, 8], "float32">>>(true);
  const anything: Tensor = x;
  assertEquals(ops.dense(anything, anything.shape.length === 2 ? zeros([3, 1]) : anything).shape, [2, 1]);
  assertEquals([eager.shape, later.shape], [[2, 8], ["batch", 4, 8]]);
});
