/**
 * A model that ONNX Runtime has loaded into the heap.
 *
 * @module
 */
import { EngineError } from "./engine.ts";
import type { Heap } from "./heap.ts";
import { messageOf, type Pointer } from "./wasm_module.ts";

/**
 * A session, its names, and the plans made for it.
 *
 * @typeParam Plan What a run is laid out with.
 */
export class Session<Plan> {
  readonly handle: Pointer;
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

  constructor(heap: Heap, model: Uint8Array, options: Pointer) {
    this.#heap = heap;
    this.handle = createSession(heap, model, options);
    const names = describe(heap, this.handle);
    this.inputNames = names.inputs.map((pointer) => heap.module.UTF8ToString(pointer));
    this.outputNames = names.outputs.map((pointer) => heap.module.UTF8ToString(pointer));
    this.passesThrough = this.outputNames.some((name) => this.inputNames.includes(name));
    this.#namePointers = [...names.inputs, ...names.outputs];
    this.inputNamePointers = heap.allocate(this.#namePointers.length * 4);
    this.outputNamePointers = this.inputNamePointers + names.inputs.length * 4;
    new Uint32Array(heap.buffer, this.inputNamePointers, this.#namePointers.length).set(this.#namePointers);
  }

  /** Drops a plan that has been freed. */
  forget(plan: Plan): void {
    const index = this.plans.indexOf(plan);
    if (index >= 0) this.plans.splice(index, 1);
  }

  /** Gives everything back; the plans must be gone before. */
  free(): void {
    const { module } = this.#heap;
    module._OrtReleaseSession(this.handle);
    for (const pointer of this.#namePointers) module._OrtFree(pointer);
    module._free(this.inputNamePointers);
  }
}

function createSession(heap: Heap, model: Uint8Array, options: Pointer): Pointer {
  const { module } = heap;
  const copy = heap.copy(model);
  let handle: Pointer;
  try {
    handle = module._OrtCreateSession(copy, model.length, options);
  } catch (cause) {
    throw new EngineError(`Cannot load the model: ${messageOf(cause)}`, { cause });
  } finally {
    module._free(copy);
  }
  if (handle === 0) heap.fail("Cannot load the model");
  return handle;
}

interface Names {
  readonly inputs: readonly Pointer[];
  readonly outputs: readonly Pointer[];
}

function describe(heap: Heap, session: Pointer): Names {
  const { module } = heap;
  return heap.onStack(8, (results) => {
    if (module._OrtGetInputOutputCount(session, results, results + 4) !== 0) {
      heap.fail("Cannot count the model's inputs and outputs");
    }
    const [inputCount, outputCount] = heap.words(results, 2) as [number, number];
    const names = Array.from({ length: inputCount + outputCount }, (_, index) => {
      if (module._OrtGetInputOutputMetadata(session, index, results, results + 4) !== 0) {
        heap.fail("Cannot read the names of the model's inputs and outputs");
      }
      const [name, metadata] = heap.words(results, 2) as [Pointer, Pointer];
      module._OrtFree(metadata);
      return name;
    });
    return { inputs: names.slice(0, inputCount), outputs: names.slice(inputCount) };
  });
}
