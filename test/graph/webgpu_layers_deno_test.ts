import { assertEquals } from "@std/assert";
import { EagerTensor, input, type SymbolicTensor, type Tensor, trace } from "@strata/nn";
import type { Graph } from "../../src/graph/graph.ts";
import { modelOf } from "../../src/emission/graph_model.ts";
import { fallbacksOf } from "../../src/emission/providers/webgpu_fallbacks.ts";
import { WEBGPU_FALLBACKS } from "../../src/emission/providers/webgpu_kernels.ts";
import { encodeModel } from "../../src/onnx/encode.ts";
import { leavesOf, type Structure } from "../../src/tensor/structure.ts";
import { checkSame, type Opening, OPENINGS } from "../jit/both_ways.ts";
import { HAS_ADAPTER } from "../engine/adapter.ts";
import { deviceEngine } from "../engine/device.ts";
import { drawnTensors, LAYER_CALLS, type LayerCall } from "../ops/layer_operations.ts";

const SIZES: { readonly [axis: string]: number } = {
  batch: 2,
  time: 6,
  keys: 5,
  queries: 4,
  depth: 4,
  height: 5,
  width: 6,
};

/** What draws has a state, which a model of its own would have to be given. */
const DRAWING = ["alphaDropout", "gaussianNoise"];

/** The operations of layers as a graph. */
function graphOf(layerCall: LayerCall, inputs: readonly EagerTensor[], open: Opening): Graph {
  const symbols = inputs.map(({ shape, dtype }, place): SymbolicTensor =>
    input((shape as readonly number[]).map((size, axis) => open(size, axis, place)), { dtype })
  );
  return (trace as unknown as (fn: unknown, ...inputs: readonly unknown[]) => Graph)(layerCall.make(), ...symbols);
}

Deno.test("what of the operations of layers runs on the processor is in the list", () => {
  for (const [what, layerCall] of Object.entries(LAYER_CALLS)) {
    const model = modelOf(graphOf(layerCall, drawnTensors(layerCall, (axis) => SIZES[axis]!), OPENINGS["known"]!), {
      provider: "webgpu",
    });
    for (const { node: { opType }, dtype } of fallbacksOf(model)) {
      const isListed = WEBGPU_FALLBACKS.some(({ operators, dtypes }) =>
        (operators.includes(opType) || operators.includes("*")) && dtypes?.some((taken) => taken === dtype) !== false
      );
      assertEquals(isListed, true, `${what}: ${opType} of ${dtype} falls back and is not in the list`);
    }
    const falls = fallbacksOf(model).some(({ node }) => node.opType === "ConvTranspose");
    assertEquals(falls, what === "convTranspose over volumes", what);
  }
});

Deno.test({
  name: "operations of layers give on the device what they give on the processor",
  ignore: !HAS_ADAPTER,
  fn: async (t) => {
    const engine = await deviceEngine();
    for (const [what, layerCall] of Object.entries(LAYER_CALLS)) {
      if (DRAWING.some((name) => what.startsWith(name))) continue;
      await t.step(what, async () => {
        const inputs = drawnTensors(layerCall, (axis) => SIZES[axis]!);
        const expected = leavesOf(layerCall.make()(...inputs) as Structure<Tensor>) as EagerTensor[];
        for (const how of ["known", "named"]) {
          const graph = graphOf(layerCall, inputs, OPENINGS[how]!);
          const program = await engine.load(encodeModel(modelOf(graph, { provider: "webgpu" })));
          const given = inputs.map((tensor) => ({
            dtype: tensor.dtype,
            shape: tensor.shape as readonly number[],
            data: tensor.dataSync(),
          }));
          const results = await program.run(given);
          await program.release();
          checkSame(how, results.map(({ shape, dtype, data }) => new EagerTensor(shape, dtype, data)), expected, 1e-4);
        }
      });
    }
  },
});
