import { assert, assertEquals } from "@std/assert";
import { input, type Tensor, trace } from "@strata/nn";
import type { Graph } from "../../../src/graph/graph.ts";
import { modelOf } from "../../../src/emission/graph_model.ts";
import { encodeModel } from "../../../src/onnx/encode.ts";
import { HAS_ADAPTER } from "../../engine/adapter.ts";
import { deviceEngine } from "../../engine/device.ts";
import { type ConvolutionCase, convolutionCases, makeLayer, nested, restored } from "./convolution_golden.ts";
import { callUntyped } from "../layer_test_harness.ts";

/** The layer of a case as a model for the device. */
function modelFor(golden: ConvolutionCase): Uint8Array {
  const { x, weights } = golden;
  const layer = makeLayer(golden, {});
  callUntyped(layer, restored(x));
  layer.setWeights(weights.map(({ shape, data }) => nested(shape, data) as number[]));
  const open = input(["batch", ...x.shape.slice(1)]);
  const graph = (trace as unknown as (fn: unknown, x: Tensor) => Graph)(layer, open);
  return encodeModel(modelOf(graph, { provider: "webgpu" }));
}

Deno.test({
  name: "convolutions on the device give what Keras gives",
  ignore: !HAS_ADAPTER,
  fn: async () => {
    // Every third case: each class, layout and padding is among them.
    const cases = convolutionCases.filter((_, index) => index % 3 === 0);
    assertEquals(new Set(cases.map(({ layer }) => layer)).size, 10);
    const engine = await deviceEngine();
    for (const golden of cases) {
      const { x, y } = golden;
      const program = await engine.load(modelFor(golden));
      const [result] = await program.run([{ dtype: "float32", shape: x.shape, data: Float32Array.from(x.data) }]);
      await program.release();
      const what = `${golden.layer} ${JSON.stringify(golden.init)}`;
      assertEquals(result!.shape, y.shape, what);
      y.data.forEach((want, place) => {
        const got = Number(result!.data[place]);
        assert(Math.abs(got - want) <= 1e-5 * Math.max(1, Math.abs(want)), `${what}: ${got} at ${place}, not ${want}`);
      });
    }
  },
});
