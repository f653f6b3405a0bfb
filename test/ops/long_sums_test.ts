import { assertEquals } from "@std/assert";
import * as layers from "../../src/layers/mod.ts";
import * as ops from "../../src/ops/mod.ts";
import { full, tensor } from "../../src/tensor/creation.ts";
import type { EagerTensor } from "../../src/tensor/eager.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { bothWays } from "./both_ways.ts";

const TENTH = Math.fround(0.1);
const MOST = 1e-6;

type Call = (...inputs: Tensor[]) => Tensor;

/** The last value is right, eagerly and in graphs; what is inside of graphs with open sizes is compared with it. */
function assertExact(name: string, call: Call, inputs: readonly EagerTensor[], want: number, open = true): void {
  const [result] = bothWays(call, inputs, open ? ["known", "open"] : ["known"], MOST);
  const values = result!.dataSync() as ArrayLike<number>;
  const error = Math.abs(values[values.length - 1]! / want - 1);
  assertEquals(error <= MOST, true, `${name}: expected an error of at most ${MOST}, received ${error}`);
}

// The values are what the formulas give for equal values.
const N = 10_000_000;
const REDUCTIONS: Record<string, [call: Call, want: (count: number) => number]> = {
  sum: [(x) => ops.sum(x, { axis: 1 }), (count) => count * TENTH],
  mean: [(x) => ops.mean(x, { axis: 1 }), () => TENTH],
  logsumexp: [(x) => ops.exp(ops.subtract(ops.logsumexp(x, { axis: 1 }), 15)), (count) => count * Math.exp(TENTH - 15)],
  norm: [(x) => ops.norm(x, { axis: 1 }), (count) => Math.sqrt(count) * TENTH],
  "norm of order 1": [(x) => ops.norm(x, { axis: 1, ord: 1 }), (count) => count * TENTH],
  "norm of order 3": [(x) => ops.norm(x, { axis: 1, ord: 3 }), (count) => Math.cbrt(count) * TENTH],
  cumsum: [(x) => ops.cumsum(x, { axis: 1 }), (count) => count * TENTH],
  normalize: [(x) => ops.normalize(x, { axis: 1 }), (count) => 1 / Math.sqrt(count)],
};

for (const [name, [call, want]] of Object.entries(REDUCTIONS)) {
  Deno.test(`${name} of ten million equal values is exact`, () => {
    assertExact(name, call, [full([1, N], 0.1)], want(N));
    assertExact(name, call, [full([3, 100_000], 0.1)], want(100_000));
    assertExact(name, call, [full([2, 100_000, 3], 0.1)], want(100_000));
  });
}

Deno.test("Sums over several axes, and of ints", () => {
  const x = full([20, 500, 1000], 0.1);
  for (const axis of [undefined, [0, 1], [1, 2], [0, 2], [0, 1, 2]]) {
    const count = (axis ?? [0, 1, 2]).reduce((all, place) => all * x.shape[place]!, 1);
    assertExact(`${axis}`, (value) => ops.sum(value, { axis }), [x], count * TENTH);
    assertExact(`${axis}`, (value) => ops.mean(value, { axis }), [x], TENTH);
  }
  assertEquals(ops.sum(full([20_000_000], 1)).item(), 20_000_000);
  assertEquals(ops.sum(full([20_000_000], 1, { dtype: "int32" })).item(), 20_000_000);
  assertEquals(ops.countNonzero(full([20_000_000], 1)).item(), 20_000_000);
});

Deno.test("Float16 is added up with more digits, and rounded once", () => {
  const half = full([100_000], 0.1, { dtype: "float16" });
  const value = half.dataSync()[0] as number;
  assertEquals(ops.mean(half).item(), value);
  assertEquals(ops.sum(full([60_000], 1, { dtype: "float16" })).item(), 60_000);
});

Deno.test("Variance, standard deviation and moments of long axes", () => {
  const x = ops.where(ops.equal(ops.mod(ops.arange(N), 2), 0), 3, 5) as EagerTensor;
  assertExact("variance", (value) => ops.variance(value), [x], 1);
  assertExact("std", (value) => ops.std(value), [x], 1);
  assertExact("moments", (value) => ops.moments(value, 0)[0], [x], 4);
  assertExact("moments", (value) => ops.moments(value, 0)[1], [x], 1);
});

Deno.test("Products with long inner axes", () => {
  const [row, column] = [full([1, N], 0.1), full([N, 1], 1)];
  assertExact("matmul", (a, b) => ops.matmul(a, b), [row, column], N * TENTH);
  assertExact("dot", (a, b) => ops.dot(a, b), [full([N], 0.1), full([N], 1)], N * TENTH);
  // A prime number of values.
  const [a, b] = [full([3, 99_991], 0.1), full([99_991, 2], 1)];
  assertExact("matmul", (x, y) => ops.matmul(x, y), [a, b], 99_991 * TENTH);
  assertExact("dense", (x, y) => ops.dense(x, y), [a, b], 99_991 * TENTH);
  assertExact(
    "stacked",
    (x, y) => ops.matmul(x, y),
    [full([4, 3, 40_000], 0.1), full([4, 40_000, 2], 1)],
    40_000 * TENTH,
  );
  assertExact("inner", (x, y) => ops.inner(x, y), [a, full([2, 99_991], 1)], 99_991 * TENTH);
  const [x, y] = [full([2, 300, 400], 0.1), full([300, 3, 400], 1)];
  const axes = [[1, 2], [0, 2]] as const;
  assertExact("tensordot", (p, q) => ops.tensordot(p, q, { axes }), [x, y], 120_000 * TENTH);
  assertExact("einsum", (p, q) => ops.einsum("aij,ibj->ab", p, q), [x, y], 120_000 * TENTH);
  assertExact("einsum", (p) => ops.einsum("aij->a", p), [x], 120_000 * TENTH);
  const batches = [full([2, 50_000, 3], 0.1), full([2, 50_000, 2], 1)] as const;
  assertExact("dot layer", (p, q) => new layers.Dot(1)([p, q] as never) as Tensor, batches, 50_000 * TENTH);
  assertExact("einsum", (p) => ops.einsum("ij->", p), [full([1, N], 0.1)], N * TENTH);
});

Deno.test("Products of 20,000 equal values", () => {
  for (const [m, n] of [[1, 1], [1, 64], [8, 8]] as const) {
    const [a, b] = [full([m, 20_000], 0.1), full([20_000, n], 1)];
    assertExact(`matmul ${m} ${n}`, (x, y) => ops.matmul(x, y), [a, b], 20_000 * TENTH, false);
    assertExact(`einsum ${m} ${n}`, (x, y) => ops.einsum("ij,jk->ik", x, y), [a, b], 20_000 * TENTH, false);
  }
});

Deno.test("Pools and normalizations over long axes", () => {
  const image = full([1, 1000, 1000, 2], 0.1);
  const sequence = full([1, 1_000_000, 2], 0.1);
  const pools: [Call, EagerTensor][] = [
    [(x) => new layers.GlobalAveragePooling2D()(x) as Tensor, image],
    [(x) => new layers.GlobalAveragePooling1D()(x) as Tensor, sequence],
    [(x) => new layers.AveragePooling2D({ poolSize: 500 })(x) as Tensor, image],
    [(x) => new layers.AveragePooling1D({ poolSize: 333_333, strides: 333_333 })(x) as Tensor, sequence],
    [(x) => ops.adaptiveAveragePool(x, 3), sequence],
    [(x) => ops.adaptiveAveragePool(x, 1), sequence],
  ];
  assertExact("unequal windows", (x) => ops.adaptiveAveragePool(x, 3), [image], TENTH, false);
  for (const [pool, x] of pools) assertExact(`${pool}`, pool, [x], TENTH);
  assertExact("one window", (x) => ops.averagePool(x, 1_000_000, { strides: 1 }), [sequence], TENTH, false);
  const wave = tensor(Float32Array.from({ length: 1_000_000 }, (_, i) => i % 2 === 0 ? 3 : 5), [1, 1_000_000]);
  const expected = 1 / Math.sqrt(1 + 1e-3);
  assertExact("layer", (x) => new layers.LayerNormalization()(x) as Tensor, [wave], expected, false);
  const rms = (x: Tensor) => new layers.RMSNormalization({ epsilon: 0 })(x) as Tensor;
  assertExact("rms", rms, [wave], 5 / Math.sqrt(17), false);
  const unit = (x: Tensor) => new layers.UnitNormalization()(x) as Tensor;
  assertExact("unit", unit, [wave], 5 / Math.sqrt(17e6));
  const group = (x: Tensor) => new layers.GroupNormalization({ groups: 1 })(x) as Tensor;
  const last = ops.reshape(wave, [1, 500_000, 2]) as EagerTensor;
  assertExact("group", group, [last], expected, false);
  const batch = new layers.BatchNormalization({ momentum: 0 });
  batch(ops.reshape(wave, [500_000, 2]), { training: true });
  assertEquals(batch.movingMean.array(), [3, 5]);
});
