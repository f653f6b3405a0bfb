/**
 * The form of the records of the engine's providers: what computes the nodes of a model.
 *
 * @module
 */
import type { ValueEngine } from "../../engine/engine.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Kernel } from "./wasm_kernels.ts";
import type { Lowering } from "./webgpu_lowering.ts";

/** The place where a model runs: on the processor, or on a graphics device. */
export type Provider = "wasm" | "webgpu";

/** What the names of nodes end in that a device must leave to the processor, though it has a kernel. */
export const ON_PROCESSOR = "@cpu";

/** The way an operator is written for values of some dtype. */
export interface Placement {
  /** What the values are cast to before, and from after. */
  readonly dtype: DType;
  /** What is written instead of the operator. */
  readonly lowering?: Lowering;
  /** Whether the device must be kept from it. */
  readonly onProcessor?: boolean;
}

/** What starts the engine of a provider. */
export interface EngineStart {
  /** Threads that one run may use. */
  readonly threads: number;
  /** The compiled `WebAssembly.Module`, if it exists already. Its type is not named: a project's `lib` may not have it. */
  readonly module?: object | undefined;
}

/** A provider: its kernels, what is written where it has none, and how it runs in a pool. */
export interface ProviderRecord {
  readonly name: Provider;
  /** The dtypes that its kernels take, by operator. */
  readonly kernels: { readonly [opType: string]: Kernel };
  /** What is written instead of operators without a kernel. */
  readonly lowerings: { readonly [opType: string]: Lowering };
  /** Whether it computes an operator for values of a dtype, by a kernel or by what is written instead. */
  has(opType: string, dtype: DType): boolean;
  /** The inputs of an operator that have the dtype of its tables; all if nothing is said. */
  typedInputs(opType: string): readonly number[] | undefined;
  /**
   * The way an operator is written for values of a dtype.
   *
   * @throws {DTypeError} If the provider does not have the dtype at all.
   */
  place(opType: string, dtype: DType): Placement;
  /** Whether it has the engine's own operators, which ONNX does not have. */
  readonly hasFused: boolean;
  /** Whether sums of many values can be added in float64. */
  readonly hasFloat64: boolean;
  /** Whether graphs branch on sizes and values that only the run knows. */
  readonly branches: boolean;
  /** Whether several updates of one place are made one after the other. */
  readonly scattersInOrder: boolean;
  /** The most spatial axes of its transposed convolution. */
  readonly transposedAxes: number;
  /** Whether the pool writes values into the engine's own heap, where memory is shared. */
  readonly sharesHeap: boolean;
  /** Workers of a pool unless given; `undefined` is one for each processor. */
  readonly workers: number | undefined;
  /** Starts an engine of its own. */
  start(options: EngineStart): Promise<ValueEngine>;
}
