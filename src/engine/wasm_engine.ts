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
  type LoadOptions,
  type ResidentTensor,
  type SynchronousEngine,
  type SynchronousProgram,
} from "./engine.ts";
import { Heap } from "./heap.ts";
import { Plan, type Workplace } from "./plan.ts";
import { Residents } from "./resident.ts";
import { Session } from "./session.ts";
import { LOG_FATAL, type OrtModule, type Pointer } from "./wasm_module.ts";

/** How a {@linkcode WasmEngine} is set up. */
export interface WasmEngineOptions {
  /** Bytes of heap that inputs, outputs and resident tensors may hold between runs; 256 MiB unless given. */
  readonly cacheBudget?: number;
  /** Threads that a run may use: as many as the module was made with; 1 unless given. */
  readonly threads?: number;
}

const DEFAULT_CACHE_BUDGET = 256 * 1024 * 1024;
const ALL_OPTIMIZATIONS = 99;
const NO_OPTIMIZATIONS = 0;
const SEQUENTIAL = 0;
/** More shapes than this at once, in one model, and the one used least recently is laid out anew. */
const MOST_PLANS = 16;

/** Runs models synchronously, in one heap. */
export class WasmEngine implements SynchronousEngine {
  readonly name = "wasm";
  readonly #threads: number;
  readonly #workplace: Workplace;
  readonly #sessionOptions = new Map<number, Pointer>();
  #started = false;

  constructor(module: OrtModule, options: WasmEngineOptions = {}) {
    const cache = new Cache(options.cacheBudget ?? DEFAULT_CACHE_BUDGET);
    const heap = new Heap(module, () => cache.clear());
    this.#threads = options.threads ?? 1;
    this.#workplace = { heap, cache, residents: new Residents(heap, cache) };
  }

  get cachedBytes(): number {
    return this.#workplace.cache.bytes;
  }

  get heapBytes(): number {
    return this.#workplace.heap.buffer.byteLength;
  }

  loadSync(model: Uint8Array, { optimize = true }: LoadOptions = {}): SynchronousProgram {
    if (!this.#started) this.#start();
    const options = this.#optionsFor(optimize ? ALL_OPTIMIZATIONS : NO_OPTIMIZATIONS);
    return new WasmProgram(this.#workplace, new Session<Plan>(this.#workplace.heap, model, options));
  }

  // deno-lint-ignore require-await -- async, so that errors reject
  async load(model: Uint8Array, options?: LoadOptions): Promise<SynchronousProgram> {
    return this.loadSync(model, options);
  }

  /** Registers all operators, which takes longer than anything else at the start and so waits for the first model. */
  #start(): void {
    const { heap } = this.#workplace;
    if (heap.module._OrtInit(this.#threads, LOG_FATAL) !== 0) heap.fail("Cannot start ONNX Runtime");
    this.#started = true;
  }

  #optionsFor(graphOptimizationLevel: number): Pointer {
    const known = this.#sessionOptions.get(graphOptimizationLevel);
    if (known !== undefined) return known;
    const { heap } = this.#workplace;
    const noId = heap.string("");
    // Neither arena nor memory patterns: onnxruntime-web leaves both out for WebAssembly, where they gain nothing.
    const options = heap.module._OrtCreateSessionOptions(
      graphOptimizationLevel,
      false,
      false,
      SEQUENTIAL,
      false,
      0,
      noId,
      LOG_FATAL,
      0,
      0,
    );
    heap.module._free(noId);
    if (options === 0) heap.fail("Cannot set up sessions");
    for (const [key, value] of SESSION_CONFIG) this.#configure(options, key, value);
    this.#sessionOptions.set(graphOptimizationLevel, options);
    return options;
  }

  #configure(options: Pointer, key: string, value: string): void {
    const { heap } = this.#workplace;
    const [keyText, valueText] = [heap.string(key), heap.string(value)];
    const status = heap.module._OrtAddSessionConfigEntry(options, keyText, valueText);
    heap.module._free(keyText);
    heap.module._free(valueText);
    if (status !== 0) heap.fail(`Cannot set ${key}`);
  }
}

/**
 * Measured: a Gemm that is fused with its activation takes 6 ns an element more than the two one after the other, which
 * is 4 % of a dense layer on [256, 512].
 */
const SESSION_CONFIG = [["optimization.disable_specified_optimizers", "GemmActivationFusion"]] as const;

class WasmProgram implements SynchronousProgram {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  readonly #workplace: Workplace;
  #session: Session<Plan> | undefined;

  constructor(workplace: Workplace, session: Session<Plan>) {
    this.#workplace = workplace;
    this.#session = session;
    this.inputNames = session.inputNames;
    this.outputNames = session.outputNames;
  }

  runSync(inputs: readonly (HostTensor | ResidentTensor)[], outputs?: readonly HostSpec[]): HostTensor[] {
    const session = this.#session;
    if (session === undefined) throw new EngineError("Cannot run the model: it has been released");
    checkCount("inputs", inputs.length, this.inputNames);
    if (outputs !== undefined) checkCount("outputs", outputs.length, this.outputNames);
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
  #plan(session: Session<Plan>, inputs: readonly HostSpec[], outputs: readonly HostSpec[] | undefined): Plan {
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

function checkSpecs(results: HostTensor[], specs: readonly HostSpec[]): HostTensor[] {
  for (const [index, result] of results.entries()) {
    const [expected, received] = [specs[index]!, result].map(({ dtype, shape }) => `${dtype} [${shape.join(", ")}]`);
    if (expected !== received) {
      throw new EngineError(`Cannot run the model: expected output ${index} to be ${expected}, received ${received}`);
    }
  }
  return results;
}
