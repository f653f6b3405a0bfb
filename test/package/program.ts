/**
 * Uses the installed package by each of its entry points, and prints what comes out.
 *
 * @module
 */
import { input, ops, Sequential, tensor, trace, WorkerPool, zeros } from "@strata/nn";
import { Dense } from "@strata/nn/layers";
import { sum } from "@strata/nn/ops";

const dense = new Dense(2, { inputDim: 3, activation: "relu", kernelInitializer: "zeros" });
const shape: readonly [1, 2] = dense(zeros([1, 3])).shape;
let misfit = "";
try {
  // @ts-expect-error the layer takes 3 features
  dense(zeros([1, 4]));
} catch (error) {
  misfit = (error as Error).message;
}

dense.setWeights([tensor([[1, 2], [3, 4], [5, 6]]), tensor([10, 20])]);
const rows = [[1, 1, 1], [1, 0, 2], [-20, 0, 0], [0, 0, 1]];
const graph = trace((x) => ops.sum(dense(x), { axis: -1 }), input(["batch", 3]));

await using pool = new WorkerPool({ workers: 2 });
const predict = await pool.compile(new Sequential(input(["batch", 3]), dense));
const pooled = await Promise.all(rows.map((row) => predict(tensor([row]))));
const { transport, calls, failed, workers } = pool.stats();

// deno-lint-ignore no-console -- the test reads it
console.log(JSON.stringify({
  shape,
  misfit,
  eager: dense(tensor(rows)).array(),
  sum: sum(dense(tensor(rows))).item(),
  half: tensor([0.1], { dtype: "float16" }).array(),
  operations: graph.nodes.map((node) => node.operation),
  onnx: Array.from(graph.toONNX().subarray(0, 2)),
  pooled: pooled.map((result) => result.array()),
  stats: { transport, calls, failed, workers: workers.length },
}));
