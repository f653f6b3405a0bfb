/**
 * A model loaded through the public `InferenceSession` API of onnxruntime-web, whichever of its builds has loaded it.
 *
 * @module
 */
import type { InferenceSession, Tensor } from "onnxruntime-web";
import type { CarriedType } from "../tensor/element_type.ts";
import { isDType } from "../tensor/dtype.ts";
import { typedArrayOf } from "../tensor/typed_array.ts";
import {
  EngineError,
  type HostTensor,
  hostTensors,
  type ResidentTensor,
  type ValueInfo,
  type ValueProgram,
  type ValueTensor,
} from "./engine.ts";
import { reasonOf } from "./messages.ts";
import { LOG_FATAL, messageOf } from "./wasm_module.ts";

/** What the builds of onnxruntime-web export. */
export type OnnxRuntime = typeof import("onnxruntime-web");

/** What a {@linkcode SessionProgram} asks of its engine. */
export interface SessionHost {
  readonly runtime: OnnxRuntime;
  /** Does something with the session when the instance is free for it. */
  exclusively<Result>(action: () => Promise<Result>): Promise<Result>;
  /** The tensor that is given to the session; by default, one whose values are copied. */
  tensor(input: ValueTensor | ResidentTensor): Tensor;
}

/** What fails comes back as an error, and is not printed too. */
const SILENT: InferenceSession.RunOptions = { logSeverityLevel: LOG_FATAL };

/** The bits of halves, as the package wants them where there is no `Float16Array`. */
const HAS_FLOAT16 = "Float16Array" in globalThis;

/** Runs one session. */
export class SessionProgram implements ValueProgram {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  readonly #host: SessionHost;
  #session: InferenceSession | undefined;

  constructor(host: SessionHost, session: InferenceSession) {
    this.#host = host;
    this.#session = session;
    this.inputs = session.inputMetadata.map(valueInfo);
    this.outputs = session.outputMetadata.map(valueInfo);
    this.inputNames = session.inputNames;
    this.outputNames = session.outputNames;
  }

  async run(inputs: readonly (HostTensor | ResidentTensor)[]): Promise<HostTensor[]> {
    return hostTensors(await this.runValues(inputs));
  }

  async runValues(inputs: readonly (ValueTensor | ResidentTensor)[]): Promise<ValueTensor[]> {
    if (inputs.length !== this.inputNames.length) {
      throw new EngineError(
        `Cannot run the model: expected ${this.inputNames.length} inputs (${this.inputNames.join(", ")}), ` +
          `received ${inputs.length}`,
      );
    }
    return await this.#host.exclusively(async () => {
      const session = this.#session;
      if (session === undefined) throw new EngineError("Cannot run the model: it has been released");
      try {
        const feeds = Object.fromEntries(
          inputs.map((input, index) => [this.inputNames[index]!, this.#host.tensor(input)]),
        );
        const results = await session.run(feeds, SILENT);
        return this.outputNames.map((name) => valueTensor(results[name]!));
      } catch (cause) {
        throw new EngineError(`Cannot run the model: ${reasonOf(messageOf(cause))}`, { cause });
      }
    });
  }

  async release(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    // Runs that were asked for earlier find the model released; one that is under way ends first.
    if (session !== undefined) await this.#host.exclusively(() => session.release());
  }
}

/** A tensor of the package that has the values of `tensor`. */
export function ortTensor(runtime: OnnxRuntime, { dtype, shape, data }: ValueTensor): Tensor {
  const elements = dtype === "float16" && !HAS_FLOAT16
    ? new Uint16Array(data.buffer, data.byteOffset, data.length)
    : data;
  return new runtime.Tensor(dtype, elements as Tensor.DataTypeMap[CarriedType], shape);
}

function valueTensor(tensor: Tensor): ValueTensor {
  const dtype = tensor.type as CarriedType;
  const data = dtype === "float16" && !HAS_FLOAT16
    ? new (typedArrayOf("float16"))((tensor.data as Uint16Array<ArrayBuffer>).buffer)
    : tensor.data;
  return { dtype, shape: tensor.dims, data } as ValueTensor;
}

function valueInfo(value: InferenceSession.ValueMetadata): ValueInfo {
  if (!value.isTensor) return { name: value.name, dtype: undefined, shape: [] };
  return {
    name: value.name,
    dtype: isDType(value.type) ? value.type : undefined,
    // A dim without a name or a size is an empty name.
    shape: value.shape.map((dim: number | string) => dim === "" || (typeof dim === "number" && dim < 0) ? null : dim),
  };
}
