/**
 * Graphs that a pool runs.
 *
 * @module
 */
import { hostOf } from "../../jit/arguments.ts";
import type { Graph } from "../../graph/graph.ts";
import { modelOf, variableInputs } from "../../emission/graph_model.ts";
import { symbolsIn, tensorsIn } from "../../graph/parts.ts";
import type { Provider } from "../../emission/providers/provider.ts";
import { mixedBy } from "../../graph/rows.ts";
import { withExternalData } from "../../onnx/external.ts";
import type { OnnxModel } from "../../onnx/model.ts";
import { residentOf, type Variable } from "../../tensor/variable.ts";
import { ModelArtifact } from "./model_artifact.ts";
import type { Program, WeightsSnapshot } from "./program.ts";
import { nextStep, type Step } from "./state.ts";

/** What a {@linkcode GraphProgram} asks of its pool. */
export interface ModelHost {
  /** What the workers run models with. */
  readonly provider: Provider;
  /** Milliseconds that a worker may take to load a model. */
  readonly limit: number;
  /** Loads a model in the workers. */
  load(model: ModelArtifact): Promise<unknown>;
  /** Makes the workers give up a model. */
  unload(model: ModelArtifact): Promise<void>;
}

/** After so many calls with the same weights a model is made that has them as constants. */
const CALLS_UNCHANGED = 64;
/** Weights of so many bytes are given beside the model: then they are copied once, step by step, and never encoded. */
const LARGE = 64 * 1024;

/**
 * A graph. Its weights are constants of the model, which the engine arranges for its kernels; from when one is assigned
 * they are inputs of another model, until they have been the same for a while.
 */
export class GraphProgram implements Program {
  readonly name: string;
  readonly results: number;
  readonly mixed: string | undefined;
  readonly #graph: Graph;
  readonly #host: ModelHost;
  /** What runs assign, and the weights that they do not. */
  readonly #states: readonly Variable[];
  readonly #weights: readonly Variable[];
  readonly #versions: number[];
  #current: WeightsSnapshot;
  #calls = 0;
  #isReleased = false;

  constructor(graph: Graph, host: ModelHost) {
    this.#graph = graph;
    this.#host = host;
    this.name = graph.name;
    this.mixed = unjoinable(graph);
    this.#states = variableInputs(graph);
    this.#weights = variableInputs(graph, { weights: "inputs" }).slice(this.#states.length);
    this.#versions = this.#weights.map((weight) => residentOf(weight).version);
    const model = modelOf(graph, { provider: host.provider });
    this.results = model.graph.outputs.length;
    this.#current = { model: this.#loaded(model), weights: undefined };
  }

  get models(): readonly ModelArtifact[] {
    return [this.#current.model];
  }

  generation(): WeightsSnapshot {
    if (this.#haveChanged()) this.#open();
    else if (++this.#calls === CALLS_UNCHANGED && this.#current.weights !== undefined) void this.#settle();
    return this.#current;
  }

  steps(): readonly Step[] | undefined {
    return this.#states.length === 0 ? undefined : this.#states.map(nextStep);
  }

  async release(): Promise<void> {
    this.#isReleased = true;
    await this.#current.model.retire();
  }

  /** Whether weights were assigned since this was asked last. */
  #haveChanged(): boolean {
    let changed = false;
    for (let index = 0; index < this.#weights.length; index++) {
      const { version } = residentOf(this.#weights[index]!);
      if (version === this.#versions[index]) continue;
      this.#versions[index] = version;
      changed = true;
    }
    return changed;
  }

  /** Gives the weights as they are now beside the inputs. */
  #open(): void {
    this.#calls = 0;
    let { model } = this.#current;
    if (this.#current.weights === undefined) {
      void model.retire();
      model = this.#model("inputs");
    }
    // An assignment replaces a variable's values, it does not write into them: these stay as they are.
    this.#current = { model, weights: this.#weights.map((weight) => hostOf(weight)!) };
  }

  /** Loads a model with the weights as they are now as constants beside the one in use, then changes over. */
  async #settle(): Promise<void> {
    const before = this.#current;
    const model = this.#model("constants");
    try {
      await this.#host.load(model);
    } catch {
      // There is a model that serves; the next to be made may have more luck.
      return void model.retire();
    }
    if (this.#isReleased || this.#current !== before || this.#haveChangedSince(before)) return void model.retire();
    this.#current = { model, weights: undefined };
    void before.model.retire();
  }

  /** Whether weights were assigned that no call has seen. */
  #haveChangedSince({ weights }: WeightsSnapshot): boolean {
    return this.#weights.some((weight, index) => residentOf(weight).data !== weights![index]!.data);
  }

  #model(weights: "constants" | "inputs"): ModelArtifact {
    return this.#loaded(modelOf(this.#graph, { provider: this.#host.provider, weights }));
  }

  #loaded(model: OnnxModel): ModelArtifact {
    const { name } = this;
    const { limit, unload } = this.#host;
    const { model: bytes, location, data } = withExternalData(model, "weights", LARGE);
    const files = data.length === 0 ? [] : [{ path: location, parts: data }];
    return new ModelArtifact({ name, files: { model: bytes, files }, limit, unload });
  }
}

function unjoinable({ nodes, inputs, outputs, updates }: Graph): string | undefined {
  if (updates.size > 0) return "each run needs the state that the run before it gave";
  const symbols = symbolsIn(outputs);
  if (symbols.length < tensorsIn(outputs).length) return "an output depends on no input, and has no rows";
  return mixedBy(nodes, symbolsIn(inputs), symbols);
}
