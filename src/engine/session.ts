/**
 * A model that ONNX Runtime has loaded into the heap.
 *
 * @module
 */
import { dtypeOfElementType } from "../onnx/element_type.ts";
import { EngineError, type ModelFile, type ValueInfo } from "./engine.ts";
import { reasonOf } from "./messages.ts";
import type { Heap } from "./heap.ts";
import type { Profile } from "./profile.ts";
import { Profiler } from "./profiler.ts";
import { messageOf, type Pointer } from "./wasm_module.ts";

/** What a {@linkcode Session} is made with. */
export interface SessionOptions {
  readonly options: Pointer;
  /** Whether the options ask for a profile. */
  readonly profile?: boolean;
  /** The files beside the model. */
  readonly files?: readonly ModelFile[] | undefined;
}

/**
 * A session, its names, and the plans made for it.
 *
 * @typeParam Plan What a run is laid out with.
 */
export class Session<Plan> {
  readonly handle: Pointer;
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /** Whether an input is an output too: ONNX Runtime then never writes to memory laid out for that output. */
  readonly passesThrough: boolean;
  /** Tables of pointers to the names, as `_OrtRun` wants them. */
  readonly inputNamePointers: Pointer;
  readonly outputNamePointers: Pointer;
  /** Most recently used first. */
  readonly plans: Plan[] = [];
  readonly #heap: Heap;
  readonly #namePointers: readonly Pointer[];
  readonly #profiler: Profiler | undefined;

  constructor(heap: Heap, model: Uint8Array, { options, profile = false, files = [] }: SessionOptions) {
    this.#heap = heap;
    this.#profiler = profile ? new Profiler(heap) : undefined;
    const create = () => createSession(heap, model, options, files);
    this.handle = this.#profiler ? this.#profiler.create(create) : create();
    const { inputs, outputs } = describe(heap, this.handle);
    this.inputs = inputs.map(({ name, dtype, shape }) => ({ name, dtype, shape }));
    this.outputs = outputs.map(({ name, dtype, shape }) => ({ name, dtype, shape }));
    this.inputNames = inputs.map(({ name }) => name);
    this.outputNames = outputs.map(({ name }) => name);
    this.passesThrough = this.outputNames.some((name) => this.inputNames.includes(name));
    this.#namePointers = [...inputs, ...outputs].map(({ pointer }) => pointer);
    this.inputNamePointers = heap.allocate(this.#namePointers.length * 4);
    this.outputNamePointers = this.inputNamePointers + inputs.length * 4;
    new Uint32Array(heap.buffer, this.inputNamePointers, this.#namePointers.length).set(this.#namePointers);
  }

  /** Runs the session on tables of handles, and gives its status; an output of 0 is made, any other written into. */
  run(inputHandles: Pointer, outputHandles: Pointer, options: Pointer = 0): number {
    return this.#profiler
      ? this.#profiler.run(() => this.#run(inputHandles, outputHandles, options))
      : this.#run(inputHandles, outputHandles, options);
  }

  #run(inputHandles: Pointer, outputHandles: Pointer, options: Pointer): number {
    return this.#heap.module._OrtRun(
      this.handle,
      this.inputNamePointers,
      inputHandles,
      this.inputNames.length,
      this.outputNamePointers,
      this.outputNames.length,
      outputHandles,
      options,
    );
  }

  /**
   * Ends the profile, and gives it.
   *
   * @throws {EngineError} If the session was made without one.
   */
  endProfile(): Profile {
    if (this.#profiler) return this.#profiler.profile();
    throw new EngineError("Cannot give a profile: the model was loaded without `profile: true`");
  }

  /** Drops a plan that has been freed. */
  forget(plan: Plan): void {
    const index = this.plans.indexOf(plan);
    if (index >= 0) this.plans.splice(index, 1);
  }

  /** Gives everything back; the plans must be gone before. */
  free(): void {
    const { module } = this.#heap;
    this.#profiler?.end();
    module._OrtReleaseSession(this.handle);
    for (const pointer of this.#namePointers) module._OrtFree(pointer);
    module._free(this.inputNamePointers);
  }
}

function createSession(heap: Heap, model: Uint8Array, options: Pointer, files: readonly ModelFile[]): Pointer {
  const { module } = heap;
  // What lies in the heap already is read where it is.
  const copy = model.buffer === heap.buffer ? 0 : heap.copy(model);
  let handle: Pointer;
  try {
    for (const { path, data } of files) module.mountExternalData(path, data);
    handle = module._OrtCreateSession(copy || model.byteOffset, model.length, options);
  } catch (cause) {
    throw new EngineError(`Cannot load the model: ${reasonOf(messageOf(cause))}`, { cause });
  } finally {
    if (files.length > 0) module.unmountExternalData();
    module._free(copy);
  }
  if (handle === 0) heap.fail("Cannot load the model");
  return handle;
}

/** Names lie in the heap, where `_OrtRun` wants them. */
interface DescribedValue extends ValueInfo {
  readonly pointer: Pointer;
}

interface Description {
  readonly inputs: readonly DescribedValue[];
  readonly outputs: readonly DescribedValue[];
}

function describe(heap: Heap, session: Pointer): Description {
  const { module } = heap;
  return heap.onStack(8, (results) => {
    if (module._OrtGetInputOutputCount(session, results, results + 4) !== 0) {
      heap.fail("Cannot count the model's inputs and outputs");
    }
    const [inputCount, outputCount] = heap.words(results, 2) as [number, number];
    const values = Array.from({ length: inputCount + outputCount }, (_, index): DescribedValue => {
      if (module._OrtGetInputOutputMetadata(session, index, results, results + 4) !== 0) {
        heap.fail("Cannot read the names of the model's inputs and outputs");
      }
      const [pointer, metadata] = heap.words(results, 2) as [Pointer, Pointer];
      const value = { pointer, name: module.UTF8ToString(pointer), ...describeValue(heap, metadata) };
      module._OrtFree(metadata);
      return value;
    });
    return { inputs: values.slice(0, inputCount), outputs: values.slice(inputCount) };
  });
}

/** Reads an element type, the rank, a name for each dim that has one, and a size for each dim. */
function describeValue(heap: Heap, metadata: Pointer): Pick<ValueInfo, "dtype" | "shape"> {
  // A model may leave the rank out, and a value need not be a tensor: what is not said reads as no axes.
  const [elementType, rank] = heap.words(metadata, 2) as [number, number];
  if (elementType === 0) return { dtype: undefined, shape: [] };
  const names = heap.words(metadata + 8, rank);
  const sizes = heap.words(metadata + 8 + rank * 4, rank);
  const shape = sizes.map((size, axis) => {
    if (names[axis] !== 0) return heap.module.UTF8ToString(names[axis]!) || null;
    return (size | 0) < 0 ? null : size;
  });
  return { dtype: dtypeOfElementType(elementType), shape };
}
