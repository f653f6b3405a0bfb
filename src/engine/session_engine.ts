/**
 * The public `InferenceSession` API of onnxruntime-web, behind the same interface. It copies every tensor on every run and
 * answers with promises only.
 *
 * @module
 */
import type { InferenceSession, Tensor } from "onnxruntime-web";
import type { DType, TypedArrayOf } from "../tensor/dtype.ts";
import { typedArrayOf } from "../tensor/typed_array.ts";
import {
  type Engine,
  EngineError,
  type HostTensor,
  type LoadOptions,
  type Program,
  type ResidentTensor,
} from "./engine.ts";
import { keepGlobals, messageOf } from "./wasm_module.ts";

type OnnxRuntime = typeof import("onnxruntime-web");

/** The bits of halves, as the package wants them where there is no `Float16Array`. */
const HAS_FLOAT16 = "Float16Array" in globalThis;

/** Runs models through `InferenceSession`, on one thread. */
export class SessionEngine implements Engine {
  readonly name = "session";
  readonly #runtime: OnnxRuntime;

  private constructor(runtime: OnnxRuntime) {
    this.#runtime = runtime;
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
  async load(model: Uint8Array, { optimize = true }: LoadOptions = {}): Promise<Program> {
    try {
      // The package changes globals only when its first session starts the WebAssembly.
      const session = await keepGlobals(() =>
        this.#runtime.InferenceSession.create(model, {
          executionProviders: ["wasm"],
          graphOptimizationLevel: optimize ? "all" : "disabled",
          logSeverityLevel: 4,
        })
      );
      return new SessionProgram(this.#runtime, session);
    } catch (cause) {
      throw new EngineError(`Cannot load the model: ${messageOf(cause)}`, { cause });
    }
  }
}

class SessionProgram implements Program {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  readonly #runtime: OnnxRuntime;
  #session: InferenceSession | undefined;

  constructor(runtime: OnnxRuntime, session: InferenceSession) {
    this.#runtime = runtime;
    this.#session = session;
    this.inputNames = session.inputNames;
    this.outputNames = session.outputNames;
  }

  async run(inputs: readonly (HostTensor | ResidentTensor)[]): Promise<HostTensor[]> {
    const session = this.#session;
    if (session === undefined) throw new EngineError("Cannot run the model: it has been released");
    if (inputs.length !== this.inputNames.length) {
      throw new EngineError(
        `Cannot run the model: expected ${this.inputNames.length} inputs (${this.inputNames.join(", ")}), ` +
          `received ${inputs.length}`,
      );
    }
    try {
      const feeds = Object.fromEntries(inputs.map((input, index) => [this.inputNames[index]!, this.#tensor(input)]));
      const results = await session.run(feeds);
      return this.outputNames.map((name) => hostTensor(results[name]!));
    } catch (cause) {
      throw new EngineError(`Cannot run the model: ${messageOf(cause)}`, { cause });
    }
  }

  async release(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    await session?.release();
  }

  #tensor({ dtype, shape, data }: HostTensor): Tensor {
    const elements = dtype === "float16" && !HAS_FLOAT16
      ? new Uint16Array(data.buffer, data.byteOffset, data.length)
      : data;
    return new this.#runtime.Tensor(dtype, elements as Tensor.DataTypeMap[DType], shape);
  }
}

function hostTensor(tensor: Tensor): HostTensor {
  const dtype = tensor.type as DType;
  const data = dtype === "float16" && !HAS_FLOAT16
    ? new (typedArrayOf("float16"))((tensor.data as Uint16Array<ArrayBuffer>).buffer)
    : tensor.data;
  return { dtype, shape: tensor.dims, data: data as TypedArrayOf<DType> };
}
