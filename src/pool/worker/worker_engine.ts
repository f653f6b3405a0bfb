/**
 * The engine of a worker that keeps tensors on the JavaScript side: for providers that are asynchronous, and where there
 * is no shared memory.
 *
 * @module
 */
import {
  EngineError,
  type HostTensor,
  type LoadOptions,
  type ResidentTensor,
  type ValueEngine,
  type ValueProgram,
  type ValueTensor,
} from "../../engine/engine.ts";
import type { Profile } from "../../engine/profile.ts";
import { PROVIDERS } from "../../emission/providers/providers.ts";
import type { ProgramInfo, StartMessage } from "../transport/protocol.ts";

/** The engine that a worker is to have. */
export async function startEngine({ provider, threads, module }: StartMessage): Promise<WorkerEngine> {
  return new WorkerEngine(await PROVIDERS[provider].start({ threads, module }));
}

interface Loaded {
  readonly program: ValueProgram;
  weights: readonly ResidentTensor[];
}

/** The programs of a worker by the numbers that the pool gave them. */
export class WorkerEngine {
  readonly #engine: ValueEngine;
  readonly #programs = new Map<number, Loaded>();

  constructor(engine: ValueEngine) {
    this.#engine = engine;
  }

  /** Loads a model under a number. */
  async load(number: number, model: Uint8Array, options: LoadOptions): Promise<ProgramInfo> {
    const program = await this.#engine.load(model, options);
    this.#programs.set(number, { program, weights: [] });
    return { inputs: program.inputs, outputs: program.outputs };
  }

  /** Takes new weights, which each run is given after its own inputs. */
  setWeights(number: number, tensors: readonly HostTensor[]): void {
    const loaded = this.#loaded(number);
    loaded.weights = tensors.map((tensor, index) => {
      // An engine keeps its copy of a tensor by the identity of this object.
      const old = loaded.weights[index];
      return old === undefined ? { ...tensor, version: 0 } : Object.assign(old, tensor, { version: old.version + 1 });
    });
  }

  /** Runs a model on inputs and its weights. */
  run(number: number, inputs: readonly ValueTensor[]): Promise<ValueTensor[]> {
    const { program, weights } = this.#loaded(number);
    return program.runValues([...inputs, ...weights]);
  }

  /** Gives up a model. */
  async release(number: number): Promise<void> {
    const loaded = this.#programs.get(number);
    this.#programs.delete(number);
    await loaded?.program.release();
  }

  /** The profile of a model that was loaded with one. */
  profile(number: number): Profile {
    const { program } = this.#loaded(number);
    if (!("endProfile" in program)) throw new EngineError(`Cannot give a profile: ${this.#engine.name} makes none`);
    return (program as { endProfile(): Profile }).endProfile();
  }

  #loaded(number: number): Loaded {
    const loaded = this.#programs.get(number);
    if (loaded === undefined) throw new EngineError(`Cannot find program ${number}: it is not loaded`);
    return loaded;
  }
}
