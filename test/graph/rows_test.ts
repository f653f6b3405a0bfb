import { assertEquals } from "@std/assert";
import { Graph } from "../../src/graph/graph.ts";
import { GraphNode } from "../../src/graph/node.ts";
import type { Operation } from "../../src/graph/operation.ts";
import { mixedBy } from "../../src/graph/rows.ts";
import { table } from "../../src/ops/table.ts";
import { reshapeRest } from "../../src/ops/shaping/reshape_rest.ts";
import type { Dim } from "../../src/shape/dim.ts";
import type { DType } from "../../src/tensor/dtype.ts";
import type { EagerTensor } from "../../src/tensor/eager.ts";
import {
  Activation,
  Dense,
  input,
  ops,
  Sequential,
  SymbolicTensor,
  type Tensor,
  tensor,
  Variable,
  zeros,
} from "@strata/nn";
import { tensorOf } from "../ops/both_ways.ts";
import { describe, FAMILIES, NEED_VALUES, publicOp, readCases } from "../ops/golden.ts";
import { checkAll, functionOf, listOf, tensorsOf, tried, type Untyped } from "./joined_runs.ts";
import { drawnTensors, LAYER_CALLS } from "../ops/layer_operations.ts";

const RELU = table.relu.normalize!({}, []);

const checked = new Map<string, readonly string[]>();

/** What fails in the golden cases of a family. */
function failuresOf(family: string): readonly string[] {
  let failures = checked.get(family);
  if (failures === undefined) {
    const cases = readCases(family).filter(({ op }) => publicOp(op) !== undefined && !NEED_VALUES.includes(op));
    failures = cases.flatMap((golden) =>
      checkAll(functionOf(golden), tensorsOf(golden)).map((message) => `${describe(golden)}, ${message}`)
    );
    checked.set(family, failures);
  }
  return failures;
}

for (const family of FAMILIES) {
  Deno.test(`the golden cases of ${family} give in one run what they give row by row, where rows stay apart`, () => {
    const failures = failuresOf(family);
    assertEquals(failures.slice(0, 10), [], `${failures.length} fail`);
  });
}

const count = (shape: readonly number[], dtype: DType = "float32") =>
  tensorOf(shape, dtype, (_, place) => (place * 7 + 3) % 11 - 5);
const weights = new Variable(count([4, 4]));
const bias = new Variable(count([4]));

/** How large the axes of operations of layers are: all differ, so that rows are on one axis of each input alone. */
const SIZES: { readonly [axis: string]: number } = {
  batch: 3,
  time: 6,
  keys: 5,
  queries: 7,
  depth: 5,
  height: 6,
  width: 7,
};

/** Operations that layers are made of. */
const OF_LAYERS = Object.fromEntries(
  Object.entries(LAYER_CALLS).map(([what, layerCall]) => {
    return [what, [layerCall.make(), ...drawnTensors(layerCall, (axis) => SIZES[axis]!)] as const];
  }),
);

/** What no golden case shows: sizes that are left open, layers' own operations, and several operations together. */
const OTHERS: { readonly [what: string]: readonly [fn: Untyped, ...values: EagerTensor[]] } = {
  ...OF_LAYERS,
  "reshape that leaves the first axis open": [(x) => ops.reshape(x, [-1, 2, 6]), count([3, 4, 3])],
  "reshape that leaves the second axis open": [(x) => ops.reshape(x, [3, -1, 2, 2]), count([3, 5, 4])],
  "reshape that folds the rows": [(x) => ops.reshape(x, [-1]), count([3, 4])],
  "reshape of rows into columns": [(x) => ops.reshape(x, [4, -1]), count([4, 4])],
  "reshape to named sizes": [(x) => ops.reshape(x, [...x.shape, 1]), count([3, 4])],
  "reshape to named sizes in another order": [(x) => ops.reshape(x, [x.shape[1], x.shape[0]]), count([3, 4])],
  "reshape behind a named size": [(x) => ops.reshape(x, [x.shape[0], -1]), count([3, 4, 2])],
  "reshape of the axes behind the first": [(x) => reshapeRest(x as Tensor, [-1, 2]), count([3, 4, 2])],
  "slice from the start to the end": [(x) => ops.slice(x, [0, 1], [-1, 2]), count([3, 4])],
  "slice from the second on": [(x) => ops.slice(x, [1, 0], [-1, -1]), count([3, 4])],
  "broadcastTo with rows before": [(x) => ops.broadcastTo(x, [5, x.shape[0], 4]), count([3, 4])],
  "broadcastTo behind the rows": [(x) => ops.broadcastTo(x, [x.shape[0], 5]), count([3, 1])],
  "dense": [(x) => ops.dense(x, weights, bias), count([3, 2, 4])],
  "dense of a matrix": [(x) => ops.dense(x, weights, bias, { activation: "relu" }), count([3, 4])],
  "dense with softmax": [(x) => ops.dense(x, weights, null, { activation: "softmax" }), count([3, 4])],
  "dense with rows in the kernel": [(x, y) => ops.dense(x, y), count([3, 4]), count([4, 3])],
  "a vector less its mean": [(x) => ops.subtract(x, ops.mean(x, { axis: -1, keepDims: true })), count([3, 4])],
  "a batch less its mean": [(x) => ops.subtract(x, ops.mean(x, { axis: 0 })), count([3, 4])],
  "distances of all pairs": [
    (x) => ops.abs(ops.subtract(ops.expandDims(x, 0), ops.expandDims(x, 1))),
    count([3, 4]),
  ],
  "products of all pairs": [(x) => ops.matmul(x, ops.transpose(x)), count([3, 4])],
  "products of all pairs by labels": [(x) => ops.einsum("bi,ci->bc", x, x), count([3, 4])],
  "products of pairs of rows": [(x, y) => ops.einsum("bi,bj->bij", x, y), count([3, 4]), count([3, 2])],
  "lookup in a table": [(x) => ops.take(weights, ops.cast(ops.mod(x, 4), "int32"), { axis: 0 }), count([3, 4])],
  "attention": [(x) => {
    const heads = ops.transpose(ops.reshape(x, [-1, 5, 2, 4]), [0, 2, 1, 3]);
    const scores = ops.softmax(ops.matmul(heads, ops.swapaxes(heads, -1, -2)));
    return ops.reshape(ops.transpose(ops.matmul(scores, heads), [0, 2, 1, 3]), [-1, 5, 8]);
  }, count([3, 5, 8])],
};

for (const [what, [fn, ...values]] of Object.entries(OTHERS)) {
  Deno.test(`${what}: in one run what it gives row by row, where rows stay apart`, () => {
    assertEquals(checkAll(fn, values), []);
  });
}

/** Operations without a rule, which mix rows or have none. */
const MIXING: { readonly [name: string]: string } = {
  alphaDropout: "what is drawn depends on the number of elements",
  attentionPlaces: "it reads sizes alone, and its result has no rows",
  bernoulli: "it draws, and reads no tensor with rows",
  broadcastToSizes: "its sizes are values, which may be those of rows",
  diag: "it has no axis beside those of the diagonal",
  dropout: "what is drawn depends on the number of elements",
  foldTime: "rows and steps share an axis behind it",
  full: "its sizes are values, and it reads no tensor with rows",
  gaussianNoise: "what is drawn depends on the number of elements",
  histogramEdges: "it has bounds in place of rows",
  randomInteger: "it draws, and reads no tensor with rows",
  randomNormal: "it draws, and reads no tensor with rows",
  randomUniform: "it draws, and reads no tensor with rows",
  reshapeToSizes: "the sizes are values, which say where axes go",
  scatter: "indices say where values go",
  scatterUpdate: "indices say where values go",
  segmentMax: "rows of one segment meet",
  segmentMin: "rows of one segment meet",
  segmentProd: "rows of one segment meet",
  segmentSum: "rows of one segment meet",
  sizeOfAxis: "it reads a size alone, and its result has no rows",
  sizesOfShape: "it reads sizes alone, and its result has no rows",
  sliceUpdate: "the start may be a tensor, which says where values go",
  truncatedNormal: "it draws, and reads no tensor with rows",
  unfoldTime: "rows and steps share an axis before it",
};

Deno.test("each operation says where the rows go and has been tried, or is known to mix them", () => {
  for (const family of FAMILIES) failuresOf(family);
  for (const [fn, ...values] of Object.values(OTHERS)) checkAll(fn, values);
  const without = Object.values(table).filter(({ rows }) => rows === undefined).map(({ name }) => name);
  assertEquals(without.sort(), Object.keys(MIXING).sort());
  const untried = Object.values(table).filter(({ name, rows }) => rows !== undefined && !tried.has(name));
  assertEquals(untried.map(({ name }) => name), []);
});

type Case = readonly [fn: Untyped, ...shapes: Dim[][]];

function mixing([fn, ...shapes]: Case, dtype: DType = "float32"): string | undefined {
  const inputs: SymbolicTensor[] = shapes.map((shape) => input(shape, { dtype }));
  const { nodes, outputs } = new Graph(inputs as readonly SymbolicTensor[], listOf(fn(...inputs)));
  return mixedBy(nodes, inputs, outputs);
}

const three = tensor([[1], [2], [3]]);

/** Functions whose runs may be joined. */
const APART: { readonly [what: string]: Case } = {
  "no operation": [(x) => x, ["batch", 4]],
  "an input without a name": [(x) => ops.relu(x), [null, null]],
  "two inputs": [ops.add, ["batch", 4], ["batch", 4]],
  "bounds of rows": [ops.clip, ["batch", 4], ["batch", 1], ["batch", 4]],
  "a weight": [(x) => ops.add(x, bias), ["batch", 4]],
  "a constant of one row": [(x) => ops.multiply(x, tensor([[1, 2, 3, 4]])), ["batch", 4]],
  "a selection": [(x) => ops.where(ops.greater(x, 0), x, -1), ["batch", 4]],
  "a sum of other axes": [(x) => ops.sum(x, { axis: [1, -1] }), ["batch", 4, 5]],
  "rows that move and come back": [(x) => ops.transpose(ops.sum(ops.transpose(x), { axis: 0, keepDims: true })), [
    "batch",
    4,
  ]],
  "an index of the greatest": [(x) => ops.argmax(x, { axis: 1 }), ["batch", 4]],
  "a softmax of other axes": [(x) => ops.softmax(x, { axis: [1, 2] }), ["batch", 4, 5]],
  "a cumulative sum of another axis": [(x) => ops.cumsum(x, { axis: -1 }), ["batch", 4]],
  "joined columns": [(x, y) => ops.concatenate([x, y], { axis: 1 }), ["batch", 4], ["batch", 2]],
  "stacked columns": [(x, y) => ops.stack([x, y], { axis: -1 }), ["batch", 4], ["batch", 4]],
  "columns one by one": [(x) => ops.unstack(x, { axis: 1 }), ["batch", 4]],
  "the greatest columns": [(x) => ops.topK(x, 2), ["batch", 4]],
  "padded columns": [(x) => ops.pad(x, [[0, 0], [1, 2]], { mode: "edge" }), ["batch", 4]],
  "a picked column": [(x) => ops.take(x, 1, { axis: 1 }), ["batch", 4]],
  "diagonals of matrices": [(x) => ops.diagonal(x, { axis1: 1, axis2: 2 }), ["batch", 4, 5]],
  "norms of other axes": [(x) => ops.norm(x, { ord: 1, axis: [1, 2] }), ["batch", 4, 5]],
  "a product of stacks": [ops.matmul, ["batch", 4, 5], ["batch", 5, 6]],
  "zeros of the same shape": [ops.zerosLike, ["batch", 4]],
  "the part of each result that has rows": [(x) => ops.split(x, 2, { axis: 1 })[1]!, ["batch", 4]],
  "random numbers that are the same in each run": [
    (x) => ops.add(x, ops.randomUniform([4], { seed: 7 })),
    ["batch", 4],
  ],
  "a model": [
    new Sequential(input(["batch", 4]), new Dense(3, { activation: "relu" }), new Dense(2, { activation: "softmax" })),
    ["batch", 4],
  ],
};

for (const [what, example] of Object.entries(APART)) {
  Deno.test(`runs may be joined: ${what}`, () => assertEquals(mixing(example), undefined));
}

/** Functions that mix rows, and the operation that does. */
const MIXED: { readonly [what: string]: readonly [operation: string, ...Case] } = {
  "a constant of several rows": ["add", (x) => ops.add(x, three), ["batch", 4]],
  "a constant of several rows in a selection": ["where", (x) => ops.where(ops.greater(x, 0), x, three), ["batch", 1]],
  "bounds of several rows": ["clip", (x) => ops.clip(x, three, 4), ["batch", 1]],
  "a constant of several rows in a product": ["matmul", (x) => ops.matmul(x, zeros([3, 4, 2])), ["batch", 2, 4]],
  "rows and columns": ["subtract", (x) => ops.subtract(x, ops.transpose(x)), ["batch", 1]],
  "rows against columns of another input": ["add", ops.add, ["batch", 4], ["batch"]],
  "a mean of the batch": ["mean", (x) => ops.subtract(x, ops.mean(x, { axis: 0 })), ["batch", 4]],
  "a mean of all": ["mean", (x) => ops.multiply(x, ops.mean(x)), ["batch", 4]],
  "a softmax of the batch": ["softmax", (x) => ops.softmax(x, { axis: 0 }), ["batch", 4]],
  "a softmax of all axes": ["logSoftmax", (x) => ops.logSoftmax(x, { axis: [0, 1] }), ["batch", 4]],
  "a softmax of a vector": ["softmax", (x) => ops.softmax(x), ["batch"]],
  "a cumulative sum of the batch": ["cumsum", (x) => ops.cumsum(x, { axis: 0 }), ["batch", 4]],
  "a cumulative product of all": ["cumprod", (x) => ops.cumprod(x), ["batch"]],
  "differences of rows": ["diff", (x) => ops.diff(x, { axis: 0 }), ["batch", 4]],
  "the index of a row": ["argmax", (x) => ops.argmax(x, { axis: 0 }), ["batch", 4]],
  "a norm of the batch": ["norm", (x) => ops.norm(x, { axis: [0, 1] }), ["batch", 4]],
  "sorted rows": ["sort", (x) => ops.sort(x, { axis: 0 }), ["batch", 4]],
  "the greatest of a vector": ["topK", (x) => ops.topK(x, 1)[0], ["batch"]],
  "reversed rows": ["flip", (x) => ops.flip(x), ["batch", 4]],
  "rolled rows": ["roll", (x) => ops.roll(x, 1, { axis: 0 }), ["batch", 4]],
  "rolled elements": ["roll", (x) => ops.roll(x, 1), ["batch", 4]],
  "padded rows": ["pad", (x) => ops.pad(x, [[1, 0], [0, 0]]), ["batch", 4]],
  "repeated rows": ["repeat", (x) => ops.repeat(x, 2, { axis: 0 }), ["batch", 4]],
  "repeated elements": ["repeat", (x) => ops.repeat(x, 1), ["batch"]],
  "tiled rows": ["tile", (x) => ops.tile(x, [2, 1]), ["batch", 4]],
  "joined rows": ["concatenate", (x) => ops.concatenate([x, x]), ["batch", 4]],
  "columns of a constant": ["concatenate", (x) => ops.concatenate([x, three], { axis: 1 }), ["batch", 4]],
  "the first row": ["slice", (x) => ops.slice(x, [0, 0], [1, -1]), ["batch", 4]],
  "all rows but the first": ["slice", (x) => ops.slice(x, [1, 0], [-1, -1]), ["batch", 4]],
  "halves of the batch": ["split", (x) => ops.split(x, 2), ["batch", 4]],
  "picked rows": ["take", (x) => ops.take(x, [0], { axis: 0 }), ["batch", 4]],
  "picked elements": ["take", (x) => ops.take(x, [0]), ["batch", 4]],
  "picks of each row from all rows": [
    "take",
    (x) => ops.take(x, ops.cast(ops.sum(x, { axis: 1 }), "int32"), { axis: 0 }),
    ["batch", 4],
  ],
  "rows as a single one": ["squeeze", (x) => ops.squeeze(x, { axis: 0 }), ["batch", 4]],
  "folded rows": ["flatten", (x) => ops.flatten(x), ["batch", 4]],
  "rows folded and unfolded": ["reshape", (x) => ops.reshape(ops.reshape(x, [-1]), [-1, 4]), ["batch", 4]],
  "rows of another size": ["reshape", (x) => ops.reshape(x, [-1, 2]), ["batch", 4]],
  "rows that make up for what is there twice": [
    "reshape",
    (x) => ops.reshape(x, [-1, "time", "time"]),
    ["batch", "time"],
  ],
  "a fixed number of rows": ["reshape", (x) => ops.reshape(x, [3, 4]), ["batch", 4]],
  "rows of open sizes that change places": ["reshape", (x) => ops.reshape(x, ["time", "batch"]), ["batch", "time"]],
  "a stretched row": ["broadcastTo", (x) => ops.broadcastTo(x, [3, 4]), [null, 4]],
  "products of all pairs": ["matmul", (x) => ops.matmul(x, ops.transpose(x)), ["batch", 4]],
  "a sum of products over rows": ["matmul", (x) => ops.matmul(ops.transpose(x), x), ["batch", 4]],
  "a vector of rows": ["dot", (x) => ops.dot(x, [1, 2, 3]), ["batch"]],
  "a kernel with rows": ["dense", (x) => ops.dense(zeros([4, 3]), x), ["batch", 2]],
  "a dense layer on a vector": ["dense", (x) => ops.dense(x, weights), [null]],
  "an outer product of all elements": ["outer", (x) => ops.outer(x, [1, 2]), ["batch", 4]],
  "the labels of a diagonal": ["einsum", (x) => ops.einsum("ii->i", x), [null, 4]],
  "summed labels": ["einsum", (x) => ops.einsum("bi->i", x), ["batch", 4]],
  "labels of several rows": ["einsum", (x) => ops.einsum("bi,bj->bij", x, three), ["batch", 4]],
  "a triangle": ["triu", (x) => ops.triu(x), ["batch", 4]],
  "a diagonal": ["diagonal", (x) => ops.diagonal(x), ["batch", 4, 5]],
  "a trace": ["trace", (x) => ops.trace(x), ["batch", 4, 5]],
  "a matrix of a diagonal": ["diag", (x) => ops.diag(x), ["batch"]],
  "a grid of two batches": ["meshgrid", (x, y) => ops.meshgrid(x, y)[0], ["batch"], ["batch"]],
  "dropped elements": ["dropout", (x) => ops.dropout(x, 0.5, { seed: 7 }), ["batch", 4]],
};

for (const [what, [operation, ...example]] of Object.entries(MIXED)) {
  Deno.test(`runs must not be joined: ${what}`, () => {
    assertEquals(mixing(example), `operation ${operation} mixes rows`);
  });
}

Deno.test("the sentence names the layer whose operation mixes rows", () => {
  const softmax = new Activation((x: Tensor) => ops.softmax(x, { axis: 0 }), { name: "attention" });
  assertEquals(mixing([softmax as Untyped, ["batch", 4]]), "operation softmax in layer attention mixes rows");
});

Deno.test("runs are not joined where inputs have no open leading dim in common", () => {
  assertEquals(mixing([() => zeros([1])]), "there is no input");
  assertEquals(mixing([ops.relu, []]), "the input of shape [] has no open leading dim");
  assertEquals(mixing([ops.relu, [8, 4]]), "the input of shape [8, 4] has no open leading dim");
  assertEquals(mixing([ops.add, ["batch", 4], [4]]), "input 1 of shape [4] has no open leading dim");
  assertEquals(mixing([ops.add, [null, 4], [null, 4]]), "input 0 of shape [?, 4] has a leading dim without a name");
  assertEquals(
    mixing([ops.matmul, ["batch", 4], ["features", 2]]),
    "the leading dims of input 0 and input 1 are batch and features",
  );
});

Deno.test("runs are not joined where the size of the leading dim is that of another axis too", () => {
  const reason = (shape: string) => `the input of shape ${shape} has the size of its leading dim on axis 1 too`;
  assertEquals(mixing([ops.relu, ["batch", "batch"]]), reason("[batch, batch]"));
  assertEquals(mixing([ops.relu, ["batch", "batch*4"]]), reason("[batch, batch*4]"));
});

Deno.test("runs are not joined where an output cannot be taken apart along its first axis", () => {
  assertEquals(mixing([(x) => ops.transpose(x), ["batch", 4]]), "the output has the rows on axis 1, not on axis 0");
  assertEquals(
    mixing([(x) => [x, ops.expandDims(x, 0)], ["batch", 4]]),
    "output 1 has the rows on axis 1, not on axis 0",
  );
  const other = input([4]);
  const { nodes } = new Graph([other], [ops.relu(other)]);
  const x = input(["batch", 4]);
  assertEquals(mixedBy(nodes, [x], [x, nodes[0]!.outputs[0]!]), "output 1 depends on no input, and has no rows");
});

/** An operation with two results, the second of which mixes rows. */
const twoResults: Operation = {
  name: "twoResults",
  infer: ([x]) => [x!, x!],
  rows: ([axis]) => [axis!, undefined],
  emit: (emitter, [x]) => [x!, emitter.node("CumSum", [x!, emitter.scalar(0, "int64")])],
};

Deno.test("a result that mixes rows is in the way only where it is used", () => {
  const x = input(["batch", 4]);
  const node = new GraphNode(twoResults, [x], {});
  const after = new GraphNode(table.relu, [node.outputs[1]!], RELU);
  assertEquals(mixedBy([node], [x], [node.outputs[0]!]), undefined);
  assertEquals(mixedBy([node], [x], node.outputs), "operation twoResults mixes rows");
  assertEquals(mixedBy([node, after], [x], after.outputs), "operation twoResults mixes rows");
});

Deno.test("a tensor under another name has the rows of the one that it stands for", () => {
  const x = input(["batch", 4]);
  const alias = new SymbolicTensor(x.shape, x.dtype, {}, x);
  const node = new GraphNode(table.relu, [alias], RELU);
  assertEquals(mixedBy([node], [x], node.outputs), undefined);
  assertEquals(mixedBy([node], [alias], [x, ...node.outputs]), undefined);
});

Deno.test("runs are not joined where an operation reads a fixed number of rows", () => {
  const fixed: Operation = { ...twoResults, name: "fixed", infer: ([x]) => [{ shape: [3, 4], dtype: x!.dtype }] };
  const x = input(["batch", 4]);
  const node = new GraphNode({ ...fixed, rows: ([axis]) => [axis!] }, [x], {});
  const after = new GraphNode(table.relu, node.outputs, RELU);
  assertEquals(
    mixedBy([node, after], [x], after.outputs),
    "operation relu reads [3, 4], whose number of rows is fixed",
  );
});
