/**
 * All that a run of a model on inputs of given shapes needs, laid out in the heap once: a run that finds its plan copies
 * inputs in, calls ONNX Runtime and copies outputs out.
 *
 * @module
 */
import { type Cache, CacheEntry } from "./cache.ts";
import { reasonOf } from "./messages.ts";
import { EngineError, type HostSpec, type ResidentTensor, type ValueSpec, type ValueTensor } from "./engine.ts";
import { type Heap, HeapTensor } from "./heap.ts";
import type { Residents } from "./resident.ts";
import type { Session } from "./session.ts";
import { StringTensor } from "./string_tensor.ts";
import { messageOf, type Pointer } from "./wasm_module.ts";

/** What a plan takes besides its tensors, about. */
const PLAN_OVERHEAD = 256;

/** The shared state of an engine's sessions. */
export interface EngineContext {
  readonly heap: Heap;
  readonly cache: Cache;
  readonly residents: Residents;
}

/** Runs a session on inputs of one list of dtypes and shapes. */
export class Plan extends CacheEntry {
  readonly #workplace: EngineContext;
  readonly #session: Session<Plan>;
  readonly #inputs: readonly PlannedInput[];
  /** `undefined`: ONNX Runtime finds the shapes and makes the outputs. */
  readonly #outputs: HeapTensor[] | undefined;
  /** The handles of the inputs, then of the outputs. */
  readonly #handles: Uint32Array<SharedArrayBuffer>;
  readonly #inputHandles: Pointer = 0;
  readonly #outputHandles: Pointer;

  constructor(
    workplace: EngineContext,
    session: Session<Plan>,
    inputs: readonly ValueSpec[],
    outputs: readonly HostSpec[] | undefined,
  ) {
    super();
    const { heap, cache } = workplace;
    this.#workplace = workplace;
    this.#session = session;
    this.#inputs = inputs.map(({ dtype, shape }) => ({ dtype, shape: [...shape], tensor: undefined }));
    this.#outputs = outputs && [];
    const count = inputs.length + session.outputNames.length;
    cache.grow(this, (outputs ?? []).reduce((sum, spec) => sum + HeapTensor.bytes(spec), count * 4 + PLAN_OVERHEAD));
    try {
      this.#inputHandles = heap.allocate(count * 4);
      this.#outputHandles = this.#inputHandles + inputs.length * 4;
      this.#handles = new Uint32Array(heap.buffer, this.#inputHandles, count).fill(0);
      for (const spec of outputs ?? []) this.#outputs?.push(new HeapTensor(heap, spec));
    } catch (error) {
      cache.remove(this);
      throw error;
    }
    this.#setOutputHandles();
  }

  /** Whether this plan was made for inputs and outputs of these dtypes and shapes. */
  matches(inputs: readonly ValueSpec[], outputs: readonly HostSpec[] | undefined): boolean {
    const planned = this.#inputs;
    for (let index = 0; index < planned.length; index++) {
      if (!sameSpec(planned[index]!, inputs[index]!)) return false;
    }
    const tensors = this.#outputs;
    if (tensors === undefined || outputs === undefined) return tensors === outputs;
    for (let index = 0; index < tensors.length; index++) {
      if (!tensors[index]!.matches(outputs[index]!)) return false;
    }
    return true;
  }

  /** Runs the model; `specs` are the outputs that the plan was made for. */
  run(inputs: readonly (ValueTensor | ResidentTensor)[], specs: readonly HostSpec[] | undefined): ValueTensor[] {
    const { cache, heap, residents } = this.#workplace;
    cache.use(this);
    const handles = this.#handles;
    const planned = this.#inputs;
    for (let index = 0; index < planned.length; index++) {
      const input = inputs[index]!;
      let handle: Pointer;
      if ((input as Partial<ResidentTensor>).version === undefined) {
        const tensor = planned[index]!.tensor ?? this.#addInput(planned[index]!);
        if (tensor instanceof StringTensor) tensor.write(input.data as readonly string[]);
        else tensor.write(input.data as Exclude<ValueTensor["data"], readonly string[]>);
        handle = tensor.handle;
      } else {
        handle = residents.handle(input as ResidentTensor);
      }
      handles[index] = handle;
    }
    const session = this.#session;
    let status: number;
    try {
      status = session.run(this.#inputHandles, this.#outputHandles);
    } catch (cause) {
      this.#setOutputHandles();
      throw new EngineError(`Cannot run the model: ${reasonOf(messageOf(cause))}`, { cause });
    }
    if (status !== 0) {
      this.#setOutputHandles();
      heap.fail("Cannot run the model");
    }
    const tensors = this.#outputs;
    if (tensors === undefined || specs === undefined) return this.#takeOutputs();
    const results: ValueTensor[] = [];
    for (let index = 0; index < tensors.length; index++) {
      const { dtype, shape } = specs[index]!;
      results.push({ dtype, shape, data: tensors[index]!.read() } as ValueTensor);
    }
    return results;
  }

  override free(): void {
    this.#session.forget(this);
    for (const { tensor } of this.#inputs) tensor?.free();
    for (const tensor of this.#outputs ?? []) tensor.free();
    this.#workplace.heap.module._free(this.#inputHandles);
  }

  #addInput(input: PlannedInput): InputTensor {
    const { cache, heap } = this.#workplace;
    const { dtype, shape } = input;
    if (dtype === "string") return input.tensor = new StringTensor(heap, shape);
    const spec = { dtype, shape };
    const bytes = HeapTensor.bytes(spec);
    cache.grow(this, bytes);
    try {
      return input.tensor = new HeapTensor(heap, spec);
    } catch (error) {
      cache.grow(this, -bytes);
      throw error;
    }
  }

  #setOutputHandles(): void {
    const first = this.#inputs.length;
    for (let index = first; index < this.#handles.length; index++) {
      this.#handles[index] = this.#outputs?.[index - first]?.handle ?? 0;
    }
  }

  /** Copies out, and releases, the outputs that ONNX Runtime made. */
  #takeOutputs(): ValueTensor[] {
    const { heap } = this.#workplace;
    const made = Array.from(this.#handles.subarray(this.#inputs.length));
    try {
      return made.map((handle) => heap.readTensor(handle));
    } finally {
      for (const handle of made) heap.module._OrtReleaseTensor(handle);
      this.#setOutputHandles();
    }
  }
}

type InputTensor = HeapTensor | StringTensor;

interface PlannedInput extends ValueSpec {
  /** The destination of a copied value; made when the first comes that is not resident. */
  tensor: InputTensor | undefined;
}

function sameSpec(a: ValueSpec, b: ValueSpec): boolean {
  const rank = a.shape.length;
  if (a.dtype !== b.dtype || b.shape.length !== rank) return false;
  for (let axis = 0; axis < rank; axis++) if (a.shape[axis] !== b.shape[axis]) return false;
  return true;
}
