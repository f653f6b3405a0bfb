/**
 * In which dtype an operator is computed, and whether the operator itself is written: what a provider has no kernel for
 * is computed in a dtype that it has, or by other operators.
 *
 * @module
 */
import { DTypeError } from "../../shape/error.ts";
import type { DType } from "../../tensor/dtype.ts";
import { KERNELS } from "./wasm_kernels.ts";
import type { Provider } from "./provider.ts";
import { WEBGPU_KERNELS } from "./webgpu_kernels.ts";
import { type Lowering, WEBGPU_LOWERINGS } from "./webgpu_lowering.ts";

/** The way an operator is written for values of some dtype. */
export interface Placement {
  /** The dtype to which values are cast before, and from which they are cast after. */
  readonly dtype: DType;
  /** The nodes written instead of the operator. */
  readonly lowering?: Lowering;
  /** Whether the device must be kept from it. */
  readonly onProcessor?: boolean;
}

/** The dtypes that can stand for one without a kernel, nearest first. */
const SUBSTITUTES: { readonly [D in DType]: readonly DType[] } = {
  bool: ["uint8", "int32", "int64", "float32"],
  uint8: ["int32", "int64", "float32"],
  int32: ["int64", "float64", "float32"],
  int64: ["int32", "float64", "float32"],
  float16: ["float32"],
  float32: ["float64"],
  float64: ["float32"],
};

/** Those that can on the device, where float32 would not hold every integer. */
const DEVICE_SUBSTITUTES: { readonly [D in DType]?: readonly DType[] } = {
  bool: ["int32"],
  uint8: ["int32"],
  float16: ["float32"],
};

/** The inputs of an operator that have the dtype that tables of kernels tell; all where it is not said. */
export function typedInputs(provider: Provider, opType: string): readonly number[] | undefined {
  const device = provider === "webgpu" ? WEBGPU_KERNELS[opType] ?? WEBGPU_LOWERINGS[opType] : undefined;
  return (device ?? KERNELS[opType])?.inputs;
}

/**
 * The way an operator is written for values of a dtype.
 *
 * @throws {DTypeError} If the provider does not have the dtype at all.
 */
export function placementOf(provider: Provider, opType: string, dtype: DType): Placement {
  if (provider === "wasm") return { dtype: computedDType(opType, dtype, SUBSTITUTES[dtype]) };
  if (dtype === "float64") {
    throw new DTypeError(`Cannot write ${opType} for WebGPU: expected a dtype that it has, received float64`);
  }
  return onDevice(opType, dtype) ?? deviceSubstitute(opType, dtype) ?? {
    // The processor's part of this build has no float64 either.
    dtype: computedDType(opType, dtype, SUBSTITUTES[dtype].filter((substitute) => substitute !== "float64")),
    // Nothing claims int64.
    onProcessor: dtype !== "int64",
  };
}

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

function computedDType(opType: string, dtype: DType, substitutes: readonly DType[]): DType {
  const kernel = KERNELS[opType];
  if (kernel === undefined || kernel.dtypes.includes(dtype)) return dtype;
  return substitutes.find((candidate) => kernel.dtypes.includes(candidate)) ?? dtype;
}
