/**
 * The public `InferenceSession` API of onnxruntime-web with the interface of the engines, to compare them with. It copies every tensor on every run and
 * answers with promises only.
 *
 * @module
 */
import type { Tensor } from "onnxruntime-web";
import {
  EngineError,
  type LoadOptions,
  type ValueEngine,
  type ValueProgram,
  type ValueTensor,
} from "../../src/engine/engine.ts";
import { reasonOf } from "../../src/engine/messages.ts";
import { type OnnxRuntime, ortTensor, type SessionHost, SessionProgram } from "../../src/engine/session_program.ts";
import { keepGlobals, LOG_FATAL, messageOf } from "../../src/engine/wasm_module.ts";

/** Runs models through `InferenceSession`, on one thread. */
export class SessionEngine implements ValueEngine {
  readonly name = "session";
  readonly #host: SessionHost;

  private constructor(runtime: OnnxRuntime) {
    this.#host = {
      runtime,
      // A run on the processor is over before it gives way to anything else.
      exclusively: (action) => action(),
      tensor: (input: ValueTensor): Tensor => ortTensor(runtime, input),
    };
  }

  /** Loads the package and starts it. */
  static async create(): Promise<SessionEngine> {
    return await keepGlobals(async () => {
      const runtime = await import("onnxruntime-web");
      runtime.env.wasm.numThreads = 1;
      runtime.env.logLevel = "fatal";
      return new SessionEngine(runtime);
    });
  }

  /** @throws {EngineError} If the model is not valid or has an operator without a kernel. */
  async load(model: Uint8Array, { optimize = true, files = [] }: LoadOptions = {}): Promise<ValueProgram> {
    try {
      // The package changes globals only when its first session starts the WebAssembly.
      const session = await keepGlobals(() =>
        this.#host.runtime.InferenceSession.create(model, {
          executionProviders: ["wasm"],
          externalData: files,
          graphOptimizationLevel: optimize ? "all" : "disabled",
          logSeverityLevel: LOG_FATAL,
        })
      );
      return new SessionProgram(this.#host, session);
    } catch (cause) {
      throw new EngineError(`Cannot load the model: ${reasonOf(messageOf(cause))}`, { cause });
    }
  }
}
