/**
 * The WebGPU provider of onnxruntime-web. It is loaded when it is first asked for, and there is one in a thread.
 *
 * @module
 */
import type { InferenceSession, Tensor } from "onnxruntime-web";
import { ON_PROCESSOR } from "../emission/providers/provider.ts";
import {
  EngineError,
  type LoadOptions,
  type ResidentTensor,
  type ValueEngine,
  type ValueProgram,
  type ValueTensor,
} from "./engine.ts";
import { reasonOf } from "./messages.ts";
import { GpuResidents } from "./gpu_residents.ts";
import { scanModel } from "./model_scan.ts";
import { Mutex } from "./mutex.ts";
import { type OnnxRuntime, ortTensor, type SessionHost, SessionProgram } from "./session_program.ts";
import { keepGlobals, LOG_FATAL, messageOf } from "./wasm_module.ts";

/** The way a {@linkcode WebGPUEngine} is set up. */
export interface WebGPUEngineOptions {
  /**
   * Whether nodes that have no kernel for the device run on the processor; true unless given. If false, a model with such
   * a node is not loaded.
   */
  readonly cpuFallback?: boolean;
  /** Bytes of the device's memory that resident tensors may hold between runs; 1 GiB unless given. */
  readonly cacheBudget?: number;
}

const DEFAULT_CACHE_BUDGET = 1024 * 1024 * 1024;

/**
 * One instance of the package is shared by all engines of a thread, and must not be entered while it is busy: it gives
 * way while it waits for the device, and a second run then makes it hang.
 */
const mutex = new Mutex();
let starting: Promise<OnnxRuntime> | undefined;
/** Why the instance cannot be used any more, which nothing but another thread mends. */
let stopped: string | undefined;

/** Runs models on the graphics device. */
export class WebGPUEngine implements ValueEngine {
  readonly name = "webgpu";
  readonly #host: SessionHost;
  readonly #cpuFallback: boolean;
  readonly #cacheBudget: number;
  #residents: GpuResidents | undefined;

  private constructor(runtime: OnnxRuntime, options: WebGPUEngineOptions) {
    this.#cpuFallback = options.cpuFallback ?? true;
    this.#cacheBudget = options.cacheBudget ?? DEFAULT_CACHE_BUDGET;
    this.#host = {
      runtime,
      exclusively: (action) =>
        mutex.run(async () => {
          if (stopped !== undefined) throw new EngineError(`Cannot use WebGPU any more: ${stopped}`);
          try {
            return await action();
          } catch (error) {
            if (isAbort(error)) stopped = messageOf(error);
            throw error;
          } finally {
            this.#residents?.endRun();
          }
        }),
      tensor: (input) => this.#tensor(input),
    };
  }

  /**
   * Loads the package, the first time.
   *
   * @throws {EngineError} If there is no graphics device, or the package cannot be loaded.
   */
  static async create(options: WebGPUEngineOptions = {}): Promise<WebGPUEngine> {
    await findAdapter();
    try {
      // A failure is not kept, so that it can be tried again.
      starting ??= start().catch((cause) => {
        starting = undefined;
        throw cause;
      });
      return new WebGPUEngine(await starting, options);
    } catch (cause) {
      throw new EngineError(`Cannot start WebGPU: ${messageOf(cause)}`, { cause });
    }
  }

  /** Whether the engine has failed for good: only a new thread can start another. */
  get hasStopped(): boolean {
    return stopped !== undefined;
  }

  /** Bytes of the device's memory that resident tensors hold at this moment. */
  get cachedBytes(): number {
    return this.#residents?.bytes ?? 0;
  }

  /**
   * @throws {EngineError} If the model is not valid, has a float64 tensor or an operator without a kernel, or has one
   * without a kernel for the device while those of the processor are forbidden.
   */
  async load(model: Uint8Array, { optimize = true, files = [] }: LoadOptions = {}): Promise<ValueProgram> {
    const { runtime } = this.#host;
    const { hasFloat64, nodeNames } = scanModel(model, ON_PROCESSOR);
    if (hasFloat64) throw new EngineError("Cannot load the model: expected dtypes that WebGPU has, received float64");
    return await this.#host.exclusively(async () => {
      let session: InferenceSession;
      try {
        session = await keepGlobals(() =>
          runtime.InferenceSession.create(model, {
            // An empty list is refused, and after that every other model.
            executionProviders: [
              nodeNames.length === 0 ? "webgpu" : { name: "webgpu", forceCpuNodeNames: nodeNames },
            ],
            externalData: files,
            graphOptimizationLevel: optimize ? "all" : "disabled",
            logSeverityLevel: LOG_FATAL,
            ...(this.#cpuFallback ? {} : { extra: { session: { disable_cpu_ep_fallback: "1" } } }),
          })
        );
      } catch (cause) {
        throw new EngineError(`Cannot load the model: ${reasonOf(messageOf(cause))}`, { cause });
      }
      // The first session opens the device and the last one closes it, which is when the constants of released models
      // are given back; the next one then opens another.
      const device = await runtime.env.webgpu.device as GPUDevice;
      if (device !== this.#residents?.device) {
        this.#residents = new GpuResidents(runtime, device, this.#cacheBudget);
      }
      return new SessionProgram(this.#host, session);
    });
  }

  #tensor(input: ValueTensor | ResidentTensor): Tensor {
    if (input.data.length === 0) {
      // Some kernels fail at it, and one of them takes the whole instance with it.
      throw new EngineError(`expected tensors with values on WebGPU, received shape [${input.shape.join(", ")}]`);
    }
    return "version" in input ? this.#residents!.tensor(input) : ortTensor(this.#host.runtime, input);
  }
}

/** Whether an error, or what caused it, ended the WebAssembly instance. */
function isAbort(error: unknown): boolean {
  return error instanceof WebAssembly.RuntimeError || error instanceof Error && isAbort(error.cause);
}

async function findAdapter(): Promise<void> {
  const gpu = globalThis.navigator?.gpu;
  if (gpu === undefined) throw new EngineError("Cannot start WebGPU: this runtime has no navigator.gpu");
  if (await gpu.requestAdapter() === null) {
    throw new EngineError("Cannot start WebGPU: expected a graphics adapter, found none");
  }
}

async function start(): Promise<OnnxRuntime> {
  const runtime = await keepGlobals(() =>
    withoutOpaqueLocation(() =>
      "Suspending" in WebAssembly ? import("onnxruntime-web/jspi") : import("onnxruntime-web/webgpu")
    )
  );
  runtime.env.wasm.numThreads = 1;
  runtime.env.logLevel = "fatal";
  return runtime;
}

/**
 * The package takes `location.origin` for the base of a URL as soon as it is imported, which cannot be where the origin is
 * opaque, as it is in workers loaded from files.
 */
async function withoutOpaqueLocation<Result>(action: () => Promise<Result>): Promise<Result> {
  const descriptor = Object.getOwnPropertyDescriptor(globalThis, "location");
  if (descriptor === undefined || globalThis.location?.origin !== "null") return await action();
  Object.defineProperty(globalThis, "location", { value: undefined, configurable: true, writable: true });
  try {
    return await action();
  } finally {
    Object.defineProperty(globalThis, "location", descriptor);
  }
}
