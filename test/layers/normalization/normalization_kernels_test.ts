import { assertEquals } from "@std/assert";
import { type Graph, input, trace } from "@strata/nn";
import { defaultEngine } from "../../../src/eager/default_engine.ts";
import { modelOf } from "../../../src/emission/graph_model.ts";
import { encodeModel } from "../../../src/onnx/encode.ts";
import { BatchNormalization } from "../../../src/layers/normalization/batch_normalization.ts";
import { Conv2D } from "../../../src/layers/convolution/conv.ts";
import { GroupNormalization } from "../../../src/layers/normalization/group_normalization.ts";
import { LayerNormalization } from "../../../src/layers/normalization/layer_normalization.ts";
import { RMSNormalization } from "../../../src/layers/normalization/rms_normalization.ts";
import type { Tensor } from "../../../src/tensor/tensor.ts";
import { untyped } from "../golden_case.ts";
import { callUntyped } from "../layer_test_harness.ts";

/** The operators that the engine ran, in order, once it has optimised the graph of `layers` one after the other. */
function operatorsOf(layers: readonly unknown[], shape: readonly number[]): string[] {
  const through = (x: Tensor): Tensor => layers.reduce((y: Tensor, layer) => callUntyped(untyped(layer), y), x);
  const traceUntyped = trace as unknown as (fn: unknown, x: unknown) => Graph;
  const graph = traceUntyped(through, input(shape));
  const program = defaultEngine.loadSync(encodeModel(modelOf(graph)), { profile: true });
  const size = shape.reduce((a, b) => a * b);
  program.runSync([{ shape, dtype: "float32", data: new Float32Array(size).map((_, i) => Math.sin(i)) }]);
  const { events } = program.endProfile();
  program.releaseSync();
  return events.filter(({ kind }) => kind === "node").map(({ operator }) => operator);
}

Deno.test("LayerNormalization and RMSNormalization along the last axes are one kernel", () => {
  assertEquals(operatorsOf([new LayerNormalization()], [2, 3, 4]), ["LayerNormalization"]);
  assertEquals(operatorsOf([new LayerNormalization({ axis: [1, 2], scale: false })], [2, 3, 4]), [
    "LayerNormalization",
  ]);
  assertEquals(operatorsOf([new RMSNormalization()], [2, 3, 4]), ["SimplifiedLayerNormalization"]);
});

Deno.test("BatchNormalization with the channels second is one kernel, and GroupNormalization has one for its core", () => {
  assertEquals(operatorsOf([new BatchNormalization({ axis: 1 })], [2, 3, 4, 4]), ["BatchNormalization"]);
  const group = operatorsOf([new GroupNormalization({ groups: 2 })], [2, 3, 3, 4]);
  assertEquals(group.filter((operator) => /Normalization|Reduce/.test(operator)), ["InstanceNormalization"]);
});

Deno.test("BatchNormalization becomes part of the convolution before it, and leaves no transposes in between", () => {
  const layers = [new Conv2D(4, 3), new BatchNormalization(), new Conv2D(2, 3)];
  assertEquals(operatorsOf(layers, [1, 8, 8, 3]), ["Transpose", "Conv", "Conv", "Transpose"]);
});
