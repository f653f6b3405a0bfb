/**
 * What a pool runs for a compiled function: models, and the weights that go with them.
 *
 * @module
 */
import type { HostTensor } from "../engine/engine.ts";
import type { Graph } from "../graph/graph.ts";
import { modelOf, variableInputs } from "../graph/graph_model.ts";
import type { Provider } from "../graph/provider.ts";
import { encodeModel } from "../onnx/encode.ts";
import { EagerTensor } from "../tensor/eager.ts";
import { residentOf, type Variable } from "../tensor/variable.ts";
import { hostOf } from "../compile/arguments.ts";

/** A model that workers load. */
export interface LoadedModel {
  /** Under which workers know it. */
  readonly number: number;
  readonly bytes: Uint8Array;
}

/** The state of the weights at one time: a call sees those of the time when it was made. */
export interface Generation {
  readonly model: LoadedModel;
  /** What the model is given after its inputs; undefined where the weights are constants of the model. */
  readonly weights: readonly HostTensor[] | undefined;
}

/** Something that a pool runs. */
export interface Program {
  /** The name of what was compiled, for messages. */
  readonly name: string;
  /** How many tensors a run gives. */
  readonly results: number;
  /** Whether a run needs what the run before it gave, so that one runs at a time. */
  readonly isStateful: boolean;
  /** The weights as they are now. */
  generation(): Generation;
  /** The state that a run is given beside its inputs; read when it begins. */
  states(): readonly HostTensor[];
  /** Takes what a run gave; gives what is for the caller. */
  take(results: readonly HostTensor[]): readonly HostTensor[];
  /** All models that calls may need. */
  models(): readonly LoadedModel[];
  /** Makes a model with the weights as they are now as constants, if that is worthwhile, else undefined. */
  settle(): Generation | undefined;
  /** Uses a generation that {@linkcode Program.settle} made, if the weights are still the same. */
  adopt(generation: Generation): void;
}

/** After so many calls with the same weights a model is made that has them as constants. */
const CALLS_UNCHANGED = 64;
let models = 0;

/** A number that no other model has. */
export function newModel(bytes: Uint8Array): LoadedModel {
  return { number: ++models, bytes };
}

/**
 * A graph. Its weights are constants of the model, which the engine arranges for its kernels; from when one is assigned
 * they are inputs of another model, until they have been the same for a while.
 */
export class GraphProgram implements Program {
  readonly name: string;
  readonly results: number;
  readonly #graph: Graph;
  readonly #provider: Provider;
  /** The weights that no run assigns. */
  readonly #weights: readonly Variable[];
  readonly #states: readonly Variable[];
  #open: LoadedModel | undefined;
  #current: Generation;
  #versions: readonly number[];
  #calls = 0;

  constructor(graph: Graph, provider: Provider) {
    this.#graph = graph;
    this.#provider = provider;
    this.name = graph.name;
    this.#states = variableInputs(graph);
    const weights = variableInputs(graph, { weights: "inputs" });
    this.#weights = weights.slice(this.#states.length);
    this.#versions = this.#currentVersions();
    const model = modelOf(graph, { provider });
    this.results = model.graph.outputs.length;
    this.#current = { model: newModel(encodeModel(model)), weights: undefined };
  }

  get isStateful(): boolean {
    return this.#states.length > 0;
  }

  generation(): Generation {
    const versions = this.#currentVersions();
    if (versions.some((version, index) => version !== this.#versions[index])) {
      this.#versions = versions;
      this.#calls = 0;
      this.#open ??= newModel(encodeModel(modelOf(this.#graph, { provider: this.#provider, weights: "inputs" })));
      // An assignment replaces a variable's values, it does not write into them: these stay as they are.
      this.#current = { model: this.#open, weights: this.#weights.map((weight) => hostOf(weight)!) };
    } else this.#calls++;
    return this.#current;
  }

  states(): readonly HostTensor[] {
    return this.#states.map((variable) => hostOf(variable)!);
  }

  take(results: readonly HostTensor[]): readonly HostTensor[] {
    const given = results.length - this.#states.length;
    for (const [index, variable] of this.#states.entries()) {
      const { shape, dtype, data } = results[given + index]!;
      variable.assign(new EagerTensor(shape, dtype, data));
    }
    return this.#states.length === 0 ? results : results.slice(0, given);
  }

  models(): readonly LoadedModel[] {
    return this.#open === undefined ? [this.#current.model] : [this.#current.model, this.#open];
  }

  settle(): Generation | undefined {
    // Once, not at each call after that.
    if (this.#current.weights === undefined || this.#calls !== CALLS_UNCHANGED) return undefined;
    return { model: newModel(encodeModel(modelOf(this.#graph, { provider: this.#provider }))), weights: undefined };
  }

  adopt(generation: Generation): void {
    const versions = this.#currentVersions();
    if (versions.every((version, index) => version === this.#versions[index])) this.#current = generation;
  }

  #currentVersions(): number[] {
    return this.#weights.map((weight) => residentOf(weight).version);
  }
}

/** A model that was given as bytes. */
export class ModelProgram implements Program {
  readonly name = "model";
  readonly isStateful = false;
  readonly #generation: Generation;
  #results = 0;

  constructor(bytes: Uint8Array) {
    this.#generation = { model: newModel(bytes), weights: undefined };
  }

  get results(): number {
    return this.#results;
  }

  /** Says how many outputs the model has, once a worker has read it. */
  set results(results: number) {
    this.#results = results;
  }

  generation(): Generation {
    return this.#generation;
  }

  states(): readonly HostTensor[] {
    return [];
  }

  take(results: readonly HostTensor[]): readonly HostTensor[] {
    return results;
  }

  models(): readonly LoadedModel[] {
    return [this.#generation.model];
  }

  settle(): undefined {
    return undefined;
  }

  adopt(): void {}
}
