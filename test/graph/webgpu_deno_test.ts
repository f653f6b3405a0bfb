import { assertEquals } from "@std/assert";
import { defaultEngine } from "../../src/eager/default_engine.ts";
import type { HostTensor } from "../../src/engine/engine.ts";
import { Graph } from "../../src/graph/graph.ts";
import { modelOf } from "../../src/emission/graph_model.ts";
import { fallbacksOf } from "../../src/emission/providers/webgpu_fallbacks.ts";
import { WEBGPU_FALLBACKS } from "../../src/emission/providers/webgpu_kernels.ts";
import { encodeModel } from "../../src/onnx/encode.ts";
import type { OnnxModel } from "../../src/onnx/model.ts";
import * as ops from "../../src/ops/mod.ts";
import { EagerTensor } from "../../src/tensor/eager.ts";
import { input } from "../../src/tensor/symbolic.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";
import { HAS_ADAPTER, HAS_FLOAT16 } from "../engine/adapter.ts";
import { deviceEngine } from "../engine/device.ts";
import { addModel, host, numbers } from "../engine/models.ts";
import {
  asksForSizes,
  call,
  check,
  describe,
  eager,
  type GoldenCase,
  OPENINGS,
  publicOp,
  readCases,
} from "../ops/golden.ts";

const engine = HAS_ADAPTER ? await deviceEngine() : undefined;
/** Refuses what the device has no kernel for. */
const strict = HAS_ADAPTER ? await deviceEngine({ cpuFallback: false }) : undefined;

// While one model is loaded the device stays open, which is three times as fast.
await engine?.load(addModel());

async function run(model: OnnxModel, inputs: readonly HostTensor[], onDevice: boolean): Promise<EagerTensor[]> {
  const program = await (onDevice ? strict : engine)!.load(encodeModel(model));
  try {
    const results = await program.run(inputs);
    return results.map(({ shape, dtype, data }) => new EagerTensor(shape, dtype, data));
  } finally {
    await program.release();
  }
}

/** Values as near to the expected ones as wasm's; only the digits of values near zero are lost, which are few of a sum. */
const TOLERANCE = 1e-5;

function tolerant({ tolerance, ...golden }: GoldenCase): GoldenCase {
  return tolerance === undefined || tolerance < TOLERANCE ? golden : { ...golden, tolerance };
}

/** What falls back is what the list says. */
function checkFallbacks(model: OnnxModel): void {
  for (const { node: { opType }, dtype } of fallbacksOf(model)) {
    const listed = WEBGPU_FALLBACKS.some(({ operators, dtypes }) =>
      (operators.includes(opType) || operators.includes("*")) && dtypes?.some((taken) => taken === dtype) !== false
    );
    assertEquals(listed, true, `${opType} of ${dtype} falls back and is not in the list`);
  }
}

async function runCase(golden: GoldenCase, ways: readonly string[]): Promise<void> {
  const values = golden.inputs.map(eager);
  for (const way of ways) {
    const inputs = values.map(({ shape, dtype }) => input((shape as readonly number[]).map(OPENINGS[way]!), { dtype }));
    let outputs: readonly Tensor[];
    try {
      outputs = call(publicOp(golden.op)!, golden, inputs);
    } catch (error) {
      if (way !== "known" && asksForSizes(error)) continue;
      throw error;
    }
    const model = modelOf(new Graph(inputs, outputs), { provider: "webgpu" });
    checkFallbacks(model);
    // With known shapes nothing but the device's nodes is left, or the table is wrong.
    const onDevice = way === "known" && fallbacksOf(model).length === 0;
    const given = values.map((tensor) => ({
      dtype: tensor.dtype,
      shape: tensor.shape as readonly number[],
      data: tensor.dataSync(),
    }));
    check(`${way}${onDevice ? ", on the device alone" : ""}`, await run(model, given, onDevice), tolerant(golden));
  }
}

const FAMILIES = ["elementwise", "linear_algebra", "reductions", "movement", "activations", "creation"];

/** Float64 is refused, and so are inputs without values. */
const isSupported = ({ inputs, outputs }: GoldenCase): boolean =>
  inputs.length > 0 && inputs.every(({ shape }) => !shape.includes(0)) &&
  [...inputs, ...outputs].every(({ dtype }) => dtype !== "float64" && (HAS_FLOAT16 || dtype !== "float16"));

const cases = new Map<string, GoldenCase[]>();
for (const golden of FAMILIES.flatMap(readCases).filter(isSupported)) {
  const list = cases.get(golden.op);
  if (list === undefined) cases.set(golden.op, [golden]);
  else list.push(golden);
}

for (const [op, list] of cases) {
  Deno.test({
    name: `${op} gives the expected numbers on WebGPU`,
    ignore: !HAS_ADAPTER,
    async fn() {
      const dtypes = new Set<string>();
      for (const golden of list) {
        // Open dims are tried once for each dtype: what they change does not depend on the values.
        const dtype = golden.inputs[0]!.dtype;
        try {
          await runCase(golden, dtypes.has(dtype) ? ["known"] : ["known", "open"]);
        } catch (error) {
          throw new Error(`${describe(golden)}: ${error instanceof Error ? error.message : error}`, { cause: error });
        }
        dtypes.add(dtype);
      }
    },
  });
}

Deno.test({
  name: "dense gives the expected numbers on the device alone",
  ignore: !HAS_ADAPTER,
  async fn() {
    const [x, kernel, bias] = [input(["batch", 2]), input([2, 3]), input([3])];
    const model = modelOf(new Graph([x, kernel, bias], ops.dense(x, kernel, bias)), { provider: "webgpu" });
    const given = [
      host("float32", [2, 2], [1, 2, 3, 4]),
      host("float32", [2, 3], [1, 0, -1, 2, 1, 0]),
      host("float32", [3], [10, 20, 30]),
    ];
    const [y] = await run(model, given, true);
    assertEquals([y!.shape, [...y!.dataSync()]], [[2, 3], [15, 22, 29, 21, 24, 27]]);
  },
});

const RANDOM: { readonly [name: string]: (seed: ops.SeedState) => Tensor } = {
  randomUniform: (seed) => ops.randomUniform([40], { seed, min: -1, max: 3 }),
  randomNormal: (seed) => ops.randomNormal([40], { seed }),
  truncatedNormal: (seed) => ops.truncatedNormal([40], { seed }),
  randomInteger: (seed) => ops.randomInteger([40], { seed, min: -5, max: 1000 }),
  bernoulli: (seed) => ops.bernoulli([40], { seed, probability: 0.3 }),
  dropout: (seed) => ops.dropout(ops.ones([40]), 0.3, { seed }),
};

for (const [name, draw] of Object.entries(RANDOM)) {
  Deno.test({
    name: `${name} draws the same numbers on WebGPU as on the processor`,
    ignore: !HAS_ADAPTER,
    async fn() {
      const state = input([2], { dtype: "int64" });
      const graph = new Graph([state], draw(state));
      const given = [host("int64", [2], [1234, 5])];
      const program = defaultEngine.loadSync(encodeModel(modelOf(graph)));
      const expected = program.runSync(given);
      program.releaseSync();
      const model = modelOf(graph, { provider: "webgpu" });
      checkFallbacks(model);
      const golden = expected.map(({ dtype, shape, data }) => ({
        dtype,
        shape,
        data: numbers({ dtype, shape, data }),
      }));
      check(name, await run(model, given, false), { op: name, inputs: [], args: [], outputs: golden });
    },
  });
}

Deno.test("every operation of the table that golden cases cover is tried", () => {
  const others = ["dense", ...Object.keys(RANDOM)];
  const missing = FAMILIES.flatMap(readCases).map(({ op }) => op).filter((op) =>
    !cases.has(op) && !others.includes(op)
  );
  // These have no inputs, and are constants.
  assertEquals([...new Set(missing)].sort(), ["arange", "eye", "linspace"]);
});
