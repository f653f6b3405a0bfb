import { assert, assertEquals } from "@std/assert";
import { type EagerTensor, input, type Tensor, trace } from "@strata/nn";
import type { HostTensor } from "../../src/engine/engine.ts";
import type { Graph } from "../../src/graph/graph.ts";
import { modelOf } from "../../src/emission/graph_model.ts";
import { encodeModel } from "../../src/onnx/encode.ts";
import { leavesOf, mapStructure, type Structure } from "../../src/tensor/structure.ts";
import { HAS_ADAPTER } from "../engine/adapter.ts";
import { deviceEngine } from "../engine/device.ts";
import { addModel } from "../engine/models.ts";
import { EVERY_LAYER, layerClasses, makeLayer } from "./every_layer.ts";
import { callUntyped } from "./layer_test_harness.ts";

/** Layers that no graph can hold. */
const EAGER_ONLY = ["Hashing"];

const engine = HAS_ADAPTER ? await deviceEngine() : undefined;
// While one model is loaded the device stays open, which is three times as fast.
await engine?.load(addModel());

function graphOf(call: (x: Structure<Tensor>) => unknown, x: Structure<EagerTensor>): Graph {
  const inputs = leavesOf(x).map(({ shape, dtype }, index) =>
    input(["batch", ...shape.slice(1)], { dtype, name: `x${index}` })
  );
  return (trace as unknown as (fn: unknown, ...inputs: readonly Tensor[]) => Graph)(
    (...given: readonly Tensor[]) => {
      let place = 0;
      return call(mapStructure(x, () => given[place++]!) as Structure<Tensor>);
    },
    ...inputs,
  );
}

const hostOf = (tensor: EagerTensor): HostTensor => ({
  dtype: tensor.dtype,
  shape: tensor.shape as readonly number[],
  data: tensor.dataSync(),
});

for (const name of layerClasses().keys()) {
  if (EAGER_ONLY.includes(name)) continue;
  Deno.test({
    name: `${name} gives on the device what it gives on the processor`,
    ignore: !HAS_ADAPTER,
    fn: async () => {
      const layer = makeLayer(name);
      const { input: x } = EVERY_LAYER[name]!;
      const expected = leavesOf(callUntyped(layer, x as never) as unknown as Structure<EagerTensor>);
      const graph = graphOf((given) => callUntyped(layer, given as never), x);
      const program = await engine!.load(encodeModel(modelOf(graph, { provider: "webgpu" })));
      const results = await program.run(leavesOf(x).map(hostOf));
      await program.release();
      assertEquals(results.length, expected.length);
      results.forEach((result, index) => {
        const wanted = expected[index]!;
        assertEquals(result.shape, wanted.shape, "shape");
        assertEquals(result.dtype, wanted.dtype, "dtype");
        const numbers = Array.from(wanted.dataSync() as Float32Array, Number);
        const got = Array.from(result.data as Float32Array, Number);
        numbers.forEach((number, place) => {
          const fits = Math.abs(got[place]! - number) <= 1e-4 * Math.max(1, Math.abs(number));
          assert(fits, `the value at ${place} is ${got[place]}, expected ${number}`);
        });
      });
    },
  });
}
