/**
 * The processor as a provider.
 *
 * @module
 */
import { computedDType, SUBSTITUTES } from "./substitutes.ts";
import type { ProviderRecord } from "./provider.ts";
import { KERNELS } from "./wasm_kernels.ts";

/** The processor, on which the engine runs as WebAssembly. */
export const wasm: ProviderRecord = {
  name: "wasm",
  kernels: KERNELS,
  lowerings: {},
  has: (opType, dtype) => KERNELS[opType]?.dtypes.includes(dtype) ?? true,
  typedInputs: (opType) => KERNELS[opType]?.inputs,
  place: (opType, dtype) => ({ dtype: computedDType(opType, dtype, SUBSTITUTES[dtype]) }),
  hasFused: true,
  hasFloat64: true,
  branches: true,
  scattersInOrder: true,
  transposedAxes: Infinity,
  sharesHeap: true,
  workers: undefined,
  async start({ threads, module }) {
    const { compileModule, instantiateModule } = await import("../../engine/wasm_module.ts");
    const { WasmEngine } = await import("../../engine/wasm_engine.ts");
    const compiled = module as WebAssembly.Module | undefined ?? await compileModule();
    return new WasmEngine(await instantiateModule(compiled, threads), { threads });
  },
};
