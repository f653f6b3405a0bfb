import { assertEquals } from "@std/assert";
import { input, MultiHeadAttention, RMSNormalization, trace } from "@strata/nn";
import { modelOf } from "../../src/emission/graph_model.ts";
import { encodeModel } from "../../src/onnx/encode.ts";
import { controlFlow, type Export, layerOperations, layers, models, operations, stacks, training } from "./exports.ts";
import { openSizes } from "./open_sizes.ts";
import { faultsOf, operatorsOf } from "./standard.ts";

const ALL: { readonly [what: string]: () => Iterable<Export> } = {
  "layers in each float dtype": layers,
  "layers in training": training,
  "operations of layers": layerOperations,
  "ops": operations,
  "branches and loops": controlFlow,
  "sizes that are open": openSizes,
  "models": models,
  "random stacks": stacks,
};

for (const [what, exports] of Object.entries(ALL)) {
  Deno.test(`${what} are exported as operators that ONNX defines, with the types that it allows`, () => {
    const faults = new Set<string>();
    for (const { name, graph } of exports()) {
      for (const fault of faultsOf(graph.toONNX())) faults.add(`${name}: ${fault}`);
    }
    assertEquals([...faults], []);
  });
}

Deno.test("what the engine runs has its own kernels, which are not in what is exported", () => {
  const attention = new MultiHeadAttention(2, 3, { name: "attention" });
  const x = input(["batch", 4, 6]);
  const graph = trace((x) => new RMSNormalization({ name: "rms" })(attention([x, x])), x);
  const own = encodeModel(modelOf(graph));
  assertEquals(operatorsOf(own).filter((operator) => /Attention|Normalization/.test(operator)), [
    "MultiHeadAttention",
    "SimplifiedLayerNormalization",
  ]);
  assertEquals(faultsOf(own).filter((fault) => fault.includes("no operator")), [
    "attention/MultiHeadAttention: no operator com.microsoft.MultiHeadAttention",
    "rms/SimplifiedLayerNormalization: no operator .SimplifiedLayerNormalization",
  ]);
  assertEquals(faultsOf(graph.toONNX()), []);
});
