/**
 * ONNX Runtime on one heap: started once, loads models as sessions. What runs them is built on this, on the thread that
 * holds the heap.
 *
 * @module
 */
import type { LoadOptions } from "./engine.ts";
import { Heap } from "./heap.ts";
import { Session } from "./session.ts";
import { LOG_FATAL, type OrtModule, type Pointer } from "./wasm_module.ts";

/** The way a {@linkcode Runtime} is set up. */
export interface RuntimeOptions {
  /** Threads that a run may use: as many as the module was made with; 1 unless given. */
  readonly threads?: number;
  /** Frees what can be freed when the heap is full; tells whether there was anything. */
  readonly reclaim?: () => boolean;
}

const ALL_OPTIMIZATIONS = 99;
const NO_OPTIMIZATIONS = 0;
const SEQUENTIAL = 0;

/**
 * Measured: a Gemm that is fused with its activation takes 6 ns an element more than the two one after the other, which
 * is 4 % of a dense layer on [256, 512].
 */
const SESSION_CONFIG = [["optimization.disable_specified_optimizers", "GemmActivationFusion"]] as const;

/** Loads models into one heap. */
export class Runtime {
  readonly heap: Heap;
  readonly #threads: number;
  /** Session options by what they were made from. */
  readonly #options = new Map<string, Pointer>();
  #started = false;

  constructor(module: OrtModule, { threads = 1, reclaim = () => false }: RuntimeOptions = {}) {
    this.heap = new Heap(module, reclaim);
    this.#threads = threads;
  }

  /**
   * Registers all operators, which takes longer than anything else at the start and so waits for the first model unless
   * it is asked for; does nothing the second time.
   *
   * @throws {EngineError} If ONNX Runtime does not start.
   */
  start(): void {
    if (this.#started) return;
    if (this.heap.module._OrtInit(this.#threads, LOG_FATAL) !== 0) this.heap.fail("Cannot start ONNX Runtime");
    this.#started = true;
  }

  /**
   * Loads a model.
   *
   * @typeParam Plan What the caller lays its runs out with.
   * @throws {EngineError} If the model is not valid or has an operator without a kernel.
   */
  load<Plan>(model: Uint8Array, { optimize = true, profile = false, files }: LoadOptions = {}): Session<Plan> {
    this.start();
    return new Session<Plan>(this.heap, model, { options: this.#optionsFor(optimize, profile), profile, files });
  }

  #optionsFor(optimize: boolean, profile: boolean): Pointer {
    const key = `${optimize} ${profile}`;
    let options = this.#options.get(key);
    if (options === undefined) {
      options = this.#createOptions(optimize, profile);
      this.#options.set(key, options);
    }
    return options;
  }

  #createOptions(optimize: boolean, profile: boolean): Pointer {
    const { heap } = this;
    const noId = heap.string("");
    // Neither arena nor memory patterns: onnxruntime-web leaves both out for WebAssembly, where they gain nothing.
    const options = heap.module._OrtCreateSessionOptions(
      optimize ? ALL_OPTIMIZATIONS : NO_OPTIMIZATIONS,
      false,
      false,
      SEQUENTIAL,
      profile,
      0,
      noId,
      LOG_FATAL,
      0,
      0,
    );
    heap.module._free(noId);
    if (options === 0) heap.fail("Cannot set up sessions");
    for (const [key, value] of SESSION_CONFIG) this.#configure(options, key, value);
    return options;
  }

  #configure(options: Pointer, key: string, value: string): void {
    const { heap } = this;
    const [keyText, valueText] = [heap.string(key), heap.string(value)];
    const status = heap.module._OrtAddSessionConfigEntry(options, keyText, valueText);
    heap.module._free(keyText);
    heap.module._free(valueText);
    if (status !== 0) heap.fail(`Cannot set ${key}`);
  }
}
