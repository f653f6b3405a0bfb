import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { assertType, type IsExact } from "@std/testing/types";
import { defaultEngine } from "../../src/eager/default_engine.ts";
import { Graph } from "../../src/graph/graph.ts";
import { GraphNode } from "../../src/graph/node.ts";
import {
  type ActivationName,
  activations,
  fusedActivation,
  operationOfActivation,
} from "../../src/ops/activation/activations.ts";
import * as ops from "../../src/ops/mod.ts";
import { tensor, zeros } from "../../src/tensor/creation.ts";
import type { EagerTensor } from "../../src/tensor/eager.ts";
import type { NestedArray } from "../../src/tensor/nested.ts";
import { input } from "../../src/tensor/symbolic.ts";

const NAMES = Object.keys(activations) as ActivationName[];

/** What Keras 3.15.1 computed for activations by their names. */
const KERAS: { readonly [name: string]: { readonly x: NestedArray; readonly y: NestedArray } } =
  JSON.parse(Deno.readTextFileSync(new URL("../golden/keras.json", import.meta.url))).activations;

/** Activations that have arguments there, and one that Keras computes otherwise than it was published. */
const OTHERWISE = ["threshold(threshold=0.3,default_value=-7)", "sparsemax"];

for (const [name, { x, y }] of Object.entries(KERAS)) {
  if (OTHERWISE.includes(name)) continue;
  Deno.test(`activation ${name} gives the numbers of Keras`, () => {
    activations[name as ActivationName](tensor(x, { dtype: "float32" })).dataSync().forEach((value, index) => {
      const want = y.flat()[index] as number;
      assert(Math.abs(value - want) <= 1e-5 * Math.max(1, Math.abs(want)), `${value} is not ${want}`);
    });
  });
}

Deno.test("each activation has an entry in the op table, with what the layers' option calls it with", () => {
  const x = tensor([-3, -0.75, 0, 0.25, 2], { dtype: "float32" });
  for (const name of NAMES) {
    const activation = fusedActivation(operationOfActivation(name)!);
    assert(activation !== undefined, name);
    const placeholder = input([null]);
    const { operation } = activation;
    const attributes = activation.attributes(placeholder);
    const graph = new Graph([placeholder], new GraphNode(operation, [placeholder], attributes).outputs);
    const program = defaultEngine.loadSync(graph.toONNX());
    const [result] = program.runSync([{ dtype: "float32", shape: [5], data: x.dataSync() }]);
    program.releaseSync();
    assertEquals(result!.data, activations[name](x).dataSync(), name);
  }
});

Deno.test("what is no activation has no entry", () => {
  for (const name of ["add", "relu7", "constructor", "hardTanh"]) {
    assertStrictEquals(operationOfActivation(name), undefined);
  }
});

Deno.test("the options of relu bend, cap and move it", () => {
  assertEquals(ops.relu([-4, 1, 9], { negativeSlope: 0.25, maxValue: 6 }).array(), [-1, 1, 6]);
  assertEquals(ops.relu([-4, 1, 9], { threshold: 2 }).array(), [0, 0, 9]);
  assertEquals(ops.relu([-4, 1, 9], { maxValue: null }).array(), [0, 1, 9]);
  assertEquals(ops.relu(tensor([-(2n ** 60n), 2n ** 60n])).array(), [0n, 2n ** 60n]);
  assertEquals(ops.relu(tensor([-5, 5], { dtype: "int32" }), { maxValue: 3 }).dataSync(), new Int32Array([0, 3]));
});

Deno.test("gelu is approximate as an op and exact as an activation, as in Keras", () => {
  // Φ(1) = 0.8413447, and 0.8411920 by the formula with the hyperbolic tangent.
  assertEquals(ops.gelu(1).item().toFixed(6), "0.841192");
  assertEquals(ops.gelu(1, { approximate: false }).item().toFixed(6), "0.841345");
  assertEquals(activations.gelu(1).item().toFixed(6), "0.841345");
});

Deno.test("types know that activations keep the shape and give floats", () => {
  const rectified = ops.relu(zeros([2, 3], { dtype: "int32" }));
  assertType<IsExact<typeof rectified, EagerTensor<readonly [2, 3], "int32">>>(true);
  const squashed = ops.sigmoid(zeros([2, 3], { dtype: "int32" }));
  assertType<IsExact<typeof squashed, EagerTensor<readonly [2, 3], "float32">>>(true);
  const halves = ops.elu(zeros([2], { dtype: "float16" }), { alpha: 2 });
  assertType<IsExact<typeof halves, EagerTensor<readonly [2], "float16">>>(true);
  const named = activations.hard_swish(zeros([4]));
  assertType<IsExact<typeof named, EagerTensor<readonly [4], "float32">>>(true);
  assertEquals([rectified.dtype, squashed.dtype, halves.dtype, named.dtype], [
    "int32",
    "float32",
    "float16",
    "float32",
  ]);
});
