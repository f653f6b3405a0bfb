/**
 * The interface of the engines, which load models and run them: synchronously as WebAssembly (`wasm_engine.ts`), or
 * asynchronously on a graphics device (`webgpu_engine.ts`).
 *
 * @module
 */
import type { CarriedType, OtherElements, OtherElementType } from "../tensor/element_type.ts";
import { type DType, isDType, type TypedArrayOf } from "../tensor/dtype.ts";
import type { Profile } from "./profile.ts";

/** The element type and the exact shape of one value. */
export interface ValueSpec {
  readonly dtype: CarriedType;
  readonly shape: readonly number[];
}

/** The dtype and the exact shape of one value. */
export interface HostSpec extends ValueSpec {
  readonly dtype: DType;
}

/** A value on the JavaScript side: row-major, as long as its shape says. */
export interface HostTensor extends HostSpec {
  readonly data: TypedArrayOf<DType>;
}

/**
 * A value of an element type with which Strata computes nothing, as ONNX models take and give it: no tensor, but its parts.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import type { ElementTensor } from "@strata/nn/pool";
 *
 * const words: ElementTensor = { dtype: "string", shape: [1, 2], data: ["two", "words"] };
 * const bytes: ElementTensor = { dtype: "int8", shape: [3], data: new Int8Array([-1, 0, 1]) };
 * assertEquals([words.data.length, bytes.data.length], [2, 3]);
 * ```
 */
export type ElementTensor = {
  readonly [E in OtherElementType]: {
    /** The element type. */
    readonly dtype: E;
    /** The size of each axis. */
    readonly shape: readonly number[];
    /** Row-major elements, as many as the shape says. */
    readonly data: OtherElements[E];
  };
}[OtherElementType];

/** A value of any element type that an engine carries. */
export type ValueTensor = HostTensor | ElementTensor;

/**
 * The values as tensors.
 *
 * @throws {EngineError} If one is of an element type that is no dtype.
 */
export function hostTensors(values: readonly ValueTensor[]): HostTensor[] {
  return values.map((value, index) => {
    if (isDType(value.dtype)) return value as HostTensor;
    throw new EngineError(`Cannot give result ${index} as a tensor: expected a dtype, received ${value.dtype}`);
  });
}

/**
 * A value that lives long and changes rarely, such as a weight. An engine may keep a copy of its own, which it finds by
 * the identity of this object and renews when `version` has changed since.
 */
export interface ResidentTensor extends HostTensor {
  readonly version: number;
}

/** An input or output of a model, as the model declares it. */
export interface ValueInfo {
  readonly name: string;
  /** `undefined` for what Strata has no dtype for, such as strings. */
  readonly dtype: DType | undefined;
  /** A number is a known dim, a string a named one, `null` an unknown one. */
  readonly shape: readonly (number | string | null)[];
}

/** A loaded model. */
export interface Program {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** What the model says of its inputs and outputs. */
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  /** Runs the model once; the results are copies that belong to the caller. */
  run(inputs: readonly (HostTensor | ResidentTensor)[]): Promise<HostTensor[]>;
  /** Gives back the memory that the model holds; idempotent. */
  release(): Promise<void>;
}

/** A file beside a model, in which elements of its constants lie. */
export interface ModelFile {
  /** Its path, as the model knows it. */
  readonly path: string;
  readonly data: Uint8Array;
}

/** A loaded model whose values may be of element types that are no dtypes. */
export interface ValueProgram extends Program {
  /** Runs the model once; the results are copies that belong to the caller. */
  runValues(inputs: readonly (ValueTensor | ResidentTensor)[]): Promise<ValueTensor[]>;
}

/** The way a model is loaded. */
export interface LoadOptions {
  /** The files that the model names; none unless given. */
  readonly files?: readonly ModelFile[];
  /**
   * Whether to look for nodes to fuse and constants to fold; true unless given. A graph of one node has neither, and
   * loads in half the time without.
   */
  readonly optimize?: boolean;
  /**
   * Whether to measure the time of every node of the first runs; false unless given. Only programs that run
   * synchronously give the profile, by {@linkcode SynchronousProgram.endProfile}; other engines ignore this.
   */
  readonly profile?: boolean;
}

/** Loads models. */
export interface Engine {
  readonly name: string;
  /** @throws {EngineError} If the model is not valid or has an operator without a kernel. */
  load(model: Uint8Array, options?: LoadOptions): Promise<Program>;
}

/** Loads models whose values may be of element types that are no dtypes. */
export interface ValueEngine extends Engine {
  load(model: Uint8Array, options?: LoadOptions): Promise<ValueProgram>;
}

/** A loaded model that also runs synchronously. */
export interface SynchronousProgram extends Program {
  /**
   * Runs the model once, now. `outputs`, where they are known, give the dtype and shape of each result, so that the
   * engine can lay them out beforehand; without them it finds out, more slowly.
   *
   * @throws {EngineError} If the inputs do not fit the model, an output has not the dtype and shape that were given, or
   * an operator fails. The program can be run again.
   */
  runSync(inputs: readonly (HostTensor | ResidentTensor)[], outputs?: readonly HostSpec[]): HostTensor[];
  /**
   * The times of the nodes of all runs so far, or of the first ones if those were enough to fill a profile. Later runs
   * are not measured, and later calls give the same profile again.
   *
   * @throws {EngineError} If the model was not loaded with `profile: true`, or has been released.
   */
  endProfile(): Profile;
  releaseSync(): void;
}

/** An engine that needs no promise. */
export interface SynchronousEngine extends Engine {
  /** @throws {EngineError} If the model is not valid or has an operator without a kernel. */
  loadSync(model: Uint8Array, options?: LoadOptions): SynchronousProgram;
  /** Bytes of the engine's heap that are laid out for inputs, outputs and resident tensors at this moment. */
  readonly cachedBytes: number;
  /** Size of the engine's whole heap, in bytes. */
  readonly heapBytes: number;
}

/** What an engine said when it could not load or run a model. */
export class EngineError extends Error {
  /** Always `"EngineError"`. */
  override readonly name = "EngineError";
}
