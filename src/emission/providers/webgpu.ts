/**
 * A graphics device as a provider: what it has no kernel for is computed in a dtype that it has, by other operators, or on
 * the processor.
 *
 * @module
 */
import { DTypeError } from "../../shape/error.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Placement, ProviderRecord } from "./provider.ts";
import { computedDType, SUBSTITUTES } from "./substitutes.ts";
import { KERNELS } from "./wasm_kernels.ts";
import { WEBGPU_KERNELS } from "./webgpu_kernels.ts";
import { WEBGPU_LOWERINGS } from "./webgpu_lowering.ts";

/** The dtypes that can stand for one on the device, where float32 would not hold every integer. */
const DEVICE_SUBSTITUTES: { readonly [D in DType]?: readonly DType[] } = {
  bool: ["int32"],
  uint8: ["int32"],
  float16: ["float32"],
};

/** A graphics device, on which the engine runs through WebGPU. */
export const webgpu: ProviderRecord = {
  name: "webgpu",
  kernels: WEBGPU_KERNELS,
  lowerings: WEBGPU_LOWERINGS,
  has: (opType, dtype) => onDevice(opType, dtype) !== undefined,
  typedInputs: (opType) => (WEBGPU_KERNELS[opType] ?? WEBGPU_LOWERINGS[opType] ?? KERNELS[opType])?.inputs,
  place(opType, dtype) {
    if (dtype === "float64") {
      throw new DTypeError(`Cannot write ${opType} for WebGPU: expected a dtype that it has, received float64`);
    }
    return onDevice(opType, dtype) ?? deviceSubstitute(opType, dtype) ?? {
      // The processor's part of this build has no float64 either.
      dtype: computedDType(opType, dtype, SUBSTITUTES[dtype].filter((substitute) => substitute !== "float64")),
      // WebGPU has no kernels of int64.
      onProcessor: dtype !== "int64",
    };
  },
  hasFused: false,
  hasFloat64: false,
  branches: false,
  scattersInOrder: false,
  transposedAxes: 2,
  sharesHeap: false,
  workers: 1,
  async start() {
    return await (await import("../../engine/webgpu_engine.ts")).WebGPUEngine.create();
  },
};

function onDevice(opType: string, dtype: DType): Placement | undefined {
  const lowering = WEBGPU_LOWERINGS[opType];
  if (lowering?.dtypes.includes(dtype)) return { dtype, lowering };
  return WEBGPU_KERNELS[opType]?.dtypes.includes(dtype) ? { dtype } : undefined;
}

function deviceSubstitute(opType: string, dtype: DType): Placement | undefined {
  for (const substitute of DEVICE_SUBSTITUTES[dtype] ?? []) {
    const placement = onDevice(opType, substitute);
    if (placement !== undefined) return placement;
  }
  return undefined;
}
