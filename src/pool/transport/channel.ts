/**
 * The way the main thread sends requests to one worker.
 *
 * @module
 */
import type { ValueSpec, ValueTensor } from "../../engine/engine.ts";
import type { Profile } from "../../engine/profile.ts";
import type { ModelFiles } from "../programs/model_files.ts";
import type { ProgramInfo, Transport } from "./protocol.ts";

/** A run of a program. */
export interface RunRequest {
  /** The number of the program. */
  readonly program: number;
  readonly inputs: readonly ValueTensor[];
  /** The specs of the outputs; undefined where the sizes are not known before. */
  readonly outputs: readonly ValueSpec[] | undefined;
  /** The number of tensors that will come out. */
  readonly results: number;
}

/** What a request is about: a run, or the program that is loaded, given weights, released or asked for its profile. */
export type Subject = RunRequest | number;

/** Sends requests to a worker; each promise is fulfilled with the reply. */
export interface Channel {
  readonly transport: Transport;
  /** Loads a model under a number. */
  load(program: number, files: ModelFiles, profile: boolean): Promise<ProgramInfo>;
  /** Gives a program the weights that it is run with. */
  setWeights(program: number, weights: readonly ValueTensor[]): Promise<void>;
  /** Runs a program. */
  run(request: RunRequest): Promise<ValueTensor[]>;
  /** Stops a run of which nobody wants the result, as far as the worker can be told. */
  stop(request: RunRequest): void;
  /** Gives up a program. */
  release(program: number): Promise<void>;
  /** The profile of a program that was loaded with one. */
  profile(program: number): Promise<Profile>;
  /** What the worker is at now; undefined while it sleeps. */
  readonly serving: Subject | undefined;
  /** For how many milliseconds it has been at it. */
  readonly servingTime: number;
  /** Bytes of memory that the worker has, where that is known. */
  readonly memoryBytes: number | undefined;
  /** Asks the worker to end, and fails all requests; tells whether it was idle, so that it will end at once. */
  end(error: Error): boolean;
}

/** What a worker says that cannot go on. */
export class BrokenWorkerError extends Error {
  /** Always `"BrokenWorkerError"`. */
  override readonly name = "BrokenWorkerError";
}
