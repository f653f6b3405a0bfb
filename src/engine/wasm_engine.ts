/**
 * ONNX Runtime's WebAssembly, called synchronously on the thread that holds it.
 *
 * @module
 */
import { Cache } from "./cache.ts";
import {
  EngineError,
  type HostSpec,
  type HostTensor,
  hostTensors,
  type LoadOptions,
  type ResidentTensor,
  type SynchronousEngine,
  type SynchronousProgram,
  type ValueEngine,
  type ValueInfo,
  type ValueProgram,
  type ValueSpec,
  type ValueTensor,
} from "./engine.ts";
import { type EngineContext, Plan } from "./plan.ts";
import type { Profile } from "./profile.ts";
import { Residents } from "./resident.ts";
import { Runtime } from "./runtime.ts";
import type { Session } from "./session.ts";
import type { OrtModule } from "./wasm_module.ts";

/** The way a {@linkcode WasmEngine} is set up. */
export interface WasmEngineOptions {
  /** Bytes of heap that inputs, outputs and resident tensors may hold between runs; 256 MiB unless given. */
  readonly cacheBudget?: number;
  /** Threads that a run may use: as many as the module was made with; 1 unless given. */
  readonly threads?: number;
}

const DEFAULT_CACHE_BUDGET = 256 * 1024 * 1024;
/** More shapes than this at once, in one model, and the one used least recently is laid out anew. */
const MOST_PLANS = 16;

/** Runs models synchronously, in one heap. */
export class WasmEngine implements SynchronousEngine, ValueEngine {
  readonly name = "wasm";
  readonly #runtime: Runtime;
  readonly #workplace: EngineContext;

  constructor(module: OrtModule, { cacheBudget = DEFAULT_CACHE_BUDGET, threads = 1 }: WasmEngineOptions = {}) {
    const cache = new Cache(cacheBudget);
    this.#runtime = new Runtime(module, { threads, reclaim: () => cache.clear() });
    const { heap } = this.#runtime;
    this.#workplace = { heap, cache, residents: new Residents(heap, cache) };
  }

  get cachedBytes(): number {
    return this.#workplace.cache.bytes;
  }

  get heapBytes(): number {
    return this.#workplace.heap.buffer.byteLength;
  }

  loadSync(model: Uint8Array, options?: LoadOptions): SynchronousProgram & ValueProgram {
    return new WasmProgram(this.#workplace, this.#runtime.load<Plan>(model, options));
  }

  // deno-lint-ignore require-await -- async, so that errors reject
  async load(model: Uint8Array, options?: LoadOptions): Promise<SynchronousProgram & ValueProgram> {
    return this.loadSync(model, options);
  }
}

class WasmProgram implements SynchronousProgram, ValueProgram {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  readonly #workplace: EngineContext;
  #session: Session<Plan> | undefined;

  constructor(workplace: EngineContext, session: Session<Plan>) {
    this.#workplace = workplace;
    this.#session = session;
    this.inputs = session.inputs;
    this.outputs = session.outputs;
    this.inputNames = session.inputNames;
    this.outputNames = session.outputNames;
  }

  runSync(inputs: readonly (HostTensor | ResidentTensor)[], outputs?: readonly HostSpec[]): HostTensor[] {
    const results = this.#run(inputs, outputs);
    // What was laid out for tensors holds tensors.
    return outputs === undefined ? hostTensors(results) : results as HostTensor[];
  }

  #run(inputs: readonly (ValueTensor | ResidentTensor)[], outputs?: readonly HostSpec[]): ValueTensor[] {
    const session = this.#session;
    if (session === undefined) throw new EngineError("Cannot run the model: it has been released");
    checkCount("inputs", inputs.length, this.inputNames);
    if (outputs !== undefined) checkCount("outputs", outputs.length, this.outputNames);
    // Values that are made when they are first read may be made by this engine, which does one thing at a time.
    for (const input of inputs) void input.data;
    try {
      if (outputs !== undefined && session.passesThrough) {
        return checkSpecs(this.#plan(session, inputs, undefined).run(inputs, undefined), outputs);
      }
      return this.#plan(session, inputs, outputs).run(inputs, outputs);
    } finally {
      this.#workplace.cache.endRun();
    }
  }

  // deno-lint-ignore require-await -- async, so that errors reject
  async run(inputs: readonly (HostTensor | ResidentTensor)[]): Promise<HostTensor[]> {
    return this.runSync(inputs);
  }

  // deno-lint-ignore require-await -- async, so that errors reject
  async runValues(inputs: readonly (ValueTensor | ResidentTensor)[]): Promise<ValueTensor[]> {
    return this.#run(inputs);
  }

  endProfile(): Profile {
    if (this.#session === undefined) throw new EngineError("Cannot give a profile: the model has been released");
    return this.#session.endProfile();
  }

  releaseSync(): void {
    const session = this.#session;
    if (session === undefined) return;
    this.#session = undefined;
    for (const plan of [...session.plans]) this.#workplace.cache.remove(plan);
    session.free();
  }

  // deno-lint-ignore require-await -- async, so that errors reject
  async release(): Promise<void> {
    this.releaseSync();
  }

  /** Finds the plan, or makes it, and puts it first. */
  #plan(session: Session<Plan>, inputs: readonly ValueSpec[], outputs: readonly HostSpec[] | undefined): Plan {
    const { plans } = session;
    let plan: Plan | undefined = plans[0];
    if (plan?.matches(inputs, outputs)) return plan;
    plan = plans.find((plan) => plan.matches(inputs, outputs));
    if (plan) session.forget(plan);
    else {
      plan = new Plan(this.#workplace, session, inputs, outputs);
      if (plans.length >= MOST_PLANS) this.#workplace.cache.remove(plans.at(-1)!);
    }
    plans.unshift(plan);
    return plan;
  }
}

function checkCount(what: string, received: number, names: readonly string[]): void {
  if (received === names.length) return;
  throw new EngineError(
    `Cannot run the model: expected ${names.length} ${what} (${names.join(", ")}), received ${received}`,
  );
}

function checkSpecs(results: ValueTensor[], specs: readonly HostSpec[]): ValueTensor[] {
  for (const [index, result] of results.entries()) {
    const [expected, received] = [specs[index]!, result].map(({ dtype, shape }) => `${dtype} [${shape.join(", ")}]`);
    if (expected !== received) {
      throw new EngineError(`Cannot run the model: expected output ${index} to be ${expected}, received ${received}`);
    }
  }
  return results;
}
