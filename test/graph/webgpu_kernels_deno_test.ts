import { assert, assertEquals, assertRejects } from "@std/assert";
import { defaultEngine } from "../../src/eager/default_engine.ts";
import { EngineError, type HostTensor } from "../../src/engine/engine.ts";
import { WEBGPU_FALLBACKS, WEBGPU_KERNELS } from "../../src/emission/providers/webgpu_kernels.ts";
import { WEBGPU_LOWERINGS } from "../../src/emission/providers/webgpu_lowering.ts";
import type { DType } from "../../src/tensor/dtype.ts";
import { HAS_ADAPTER, HAS_FLOAT16 } from "../engine/adapter.ts";
import { deviceEngine } from "../engine/device.ts";
import { addModel, host, model, node, numbers, value } from "../engine/models.ts";
import { type Probe, probeModel, PROBES } from "./kernel_models.ts";
import { FAILING_PROBES, LAYER_PROBES } from "./webgpu_models.ts";

// A model with a node that is not the device's is not loaded.
const engine = HAS_ADAPTER ? await deviceEngine({ cpuFallback: false }) : undefined;

// While one model is loaded the device stays open, which is three times as fast.
await engine?.load(addModel());

function gpuTest(name: string, fn: () => Promise<void>): void {
  Deno.test({ name, ignore: !HAS_ADAPTER, fn });
}

async function run(bytes: Uint8Array, inputs: readonly HostTensor[]): Promise<HostTensor[]> {
  const program = await engine!.load(bytes);
  try {
    return await program.run(inputs);
  } finally {
    await program.release();
  }
}

const TOLERANCES = { float32: 1e-5, float16: 2e-3, float64: 0, int32: 0, int64: 0, uint8: 0, bool: 0 };

async function compare(bytes: Uint8Array, inputs: readonly HostTensor[], tolerances = TOLERANCES): Promise<void> {
  const program = defaultEngine.loadSync(bytes);
  const expected = program.runSync(inputs);
  program.releaseSync();
  const got = await run(bytes, inputs);
  expected.forEach((tensor, index) => {
    assertEquals([got[index]!.dtype, got[index]!.shape], [tensor.dtype, tensor.shape]);
    const tolerance = tolerances[tensor.dtype];
    const values = numbers(got[index]);
    numbers(tensor).forEach((want, place) => {
      const value = values[place]!;
      const fits = Object.is(value, want) || Math.abs(value - want) <= tolerance * Math.max(1, Math.abs(want));
      assert(fits, `output ${index} at ${place} is ${value}, expected ${want}`);
    });
  });
}

/** Inverse functions are off by as much as this, which is why they are corrected. */
const INVERSE_TOLERANCES = { ...TOLERANCES, float32: 4e-4 };

for (const [opType, { dtypes, inputs: typed }] of Object.entries(WEBGPU_KERNELS)) {
  const makeProbe = PROBES[opType];
  if (makeProbe === undefined) continue;
  gpuTest(
    `the device runs ${opType} for the dtypes that the table lists, and gives the processor's numbers`,
    async () => {
      for (const dtype of dtypes.filter((dtype) => HAS_FLOAT16 || dtype !== "float16")) {
        const probe = makeProbe(dtype);
        for (const place of typed ?? probe.inputs.keys()) {
          if (place < probe.inputs.length) assertEquals(probe.inputs[place]!.dtype, dtype, `input ${place}`);
        }
        const tolerances = ["Asin", "Acos", "Atan"].includes(opType) ? INVERSE_TOLERANCES : TOLERANCES;
        await compare(probeModel(opType, probe), probe.inputs, tolerances);
      }
    },
  );
}

/** The model of a probe; `Resize` has an input that is left out. */
function layerModel(opType: string, { inputs, attributes, outputs }: Probe): Uint8Array {
  const names = inputs.map((_, index) => `input_${index}`);
  const results = outputs.map((_, index) => `output_${index}`);
  return model(
    inputs.flatMap(({ dtype, shape, data }, index) => data.length === 0 ? [] : [value(names[index]!, dtype, shape)]),
    outputs.map((dtype, index) => value(results[index]!, dtype)),
    [node(opType, names.map((name, index) => inputs[index]!.data.length === 0 ? "" : name), results, attributes)],
  );
}

for (const [title, probe] of Object.entries(LAYER_PROBES)) {
  gpuTest(`the device gives the processor's numbers for ${title}`, async () => {
    const opType = title.split(":")[0]!;
    assert(WEBGPU_KERNELS[opType] !== undefined, `${opType} is not in the table`);
    await compare(layerModel(opType, probe), probe.inputs.filter(({ data }) => data.length > 0));
  });
}

Deno.test("every kernel of the device is probed", () => {
  const probed = [...Object.keys(PROBES), ...Object.keys(LAYER_PROBES).map((title) => title.split(":")[0])];
  assertEquals(Object.keys(WEBGPU_KERNELS).filter((opType) => !probed.includes(opType)), []);
});

for (const [title, probe] of Object.entries(FAILING_PROBES)) {
  gpuTest(`the device claims ${title}, and fails when it runs`, async () => {
    const program = await engine!.load(layerModel(title.split(":")[0]!, probe));
    await assertRejects(() => program.run(probe.inputs), EngineError, "support");
    await program.release();
  });
}

gpuTest("what is said to have no kernel has none", async () => {
  const without = WEBGPU_FALLBACKS.filter(({ reason }) => reason.startsWith("no kernel"));
  for (const { operators, dtypes = ["float32", "uint8"] as readonly DType[] } of without) {
    for (const opType of operators.filter((opType) => opType in PROBES)) {
      for (const dtype of dtypes) {
        const bytes = probeModel(opType, PROBES[opType]!(dtype));
        await assertRejects(() => engine!.load(bytes), EngineError, "Cannot load the model", `${opType} ${dtype}`);
      }
    }
  }
});

Deno.test("no operator is said to fall back for a dtype that is written otherwise", () => {
  for (const { operators, dtypes = [] } of WEBGPU_FALLBACKS) {
    for (const opType of operators) {
      const taken = [...WEBGPU_KERNELS[opType]?.dtypes ?? [], ...WEBGPU_LOWERINGS[opType]?.dtypes ?? []];
      assertEquals(dtypes.filter((dtype) => taken.includes(dtype)), [], opType);
    }
  }
});

gpuTest("the device runs after it has failed", async () => {
  const one = host("float32", [1], [-1]);
  const bytes = model([value("x")], [value("y")], [node("Neg", ["x"], ["y"])]);
  assertEquals((await run(bytes, [one])).map(numbers), [[1]]);
});
