import { assert, assertEquals } from "@std/assert";
import { defaultEngine } from "../../src/eager/default_engine.ts";
import type { HostTensor } from "../../src/engine/engine.ts";
import { EngineError } from "../../src/engine/engine.ts";
import { KERNELS } from "../../src/emission/providers/wasm_kernels.ts";
import type { DType } from "../../src/tensor/dtype.ts";
import { typedArrayOf } from "../../src/tensor/typed_array.ts";
import { numbers } from "../engine/models.ts";
import { type Probe, probeModel, PROBES } from "./kernel_models.ts";

const DTYPES: readonly DType[] = ["float32", "float64", "float16", "int32", "int64", "uint8", "bool"];

function run(opType: string, probe: Probe): HostTensor[] {
  const program = defaultEngine.loadSync(probeModel(opType, probe));
  try {
    return program.runSync(probe.inputs);
  } finally {
    program.releaseSync();
  }
}

/** Whether the engine has the kernel; any other complaint is a mistake in the probe. */
function loads(opType: string, probe: Probe): boolean {
  try {
    run(opType, probe);
    return true;
  } catch (error) {
    assert(error instanceof EngineError);
    assert(/NOT_IMPLEMENTED|Could not find an implementation|Type '.*' of input/.test(error.message), error.message);
    return false;
  }
}

for (const [opType, probe] of Object.entries(PROBES)) {
  Deno.test(`the engine's kernels of ${opType} take the dtypes that the table lists`, () => {
    const taken = DTYPES.filter((dtype) => loads(opType, probe(dtype)));
    assertEquals(taken, DTYPES.filter((dtype) => KERNELS[opType]?.dtypes.includes(dtype) ?? true));
  });
}

Deno.test("every operator of the table is probed", () => {
  assertEquals(Object.keys(KERNELS).filter((opType) => !(opType in PROBES)), []);
});

Deno.test("the table names the inputs that have the probed dtype", () => {
  for (const opType of Object.keys(KERNELS)) {
    // Two dtypes tell the inputs that follow the dtype from those that do not.
    const [some, others] = (["float32", "float64"] as const).map((dtype) => PROBES[opType]!(dtype).inputs);
    const typed = some!.flatMap(({ dtype }, index) => dtype === others![index]!.dtype ? [] : [index]);
    assertEquals(KERNELS[opType]!.inputs ?? some!.map((_, index) => index), typed, opType);
  }
});

for (const [opType, probe] of Object.entries(PROBES)) {
  const kernel = KERNELS[opType]?.dtypes ?? DTYPES;
  if (!kernel.includes("float16") || !kernel.includes("float32")) continue;
  Deno.test(`${opType} gives the same numbers for float16 as for float32`, () => {
    const [half, single] = (["float16", "float32"] as const).map((dtype) => run(opType, probe(dtype)));
    single!.forEach((expected, index) => {
      const rounded = new (typedArrayOf("float16"))(numbers(expected));
      numbers(half![index]).forEach((got, place) => {
        const want = Number(rounded[place]);
        assert(
          Object.is(got, want) || Math.abs(got - want) <= 1e-3 * Math.max(1, Math.abs(want)),
          `${got} is not ${want}`,
        );
      });
    });
  });
}
