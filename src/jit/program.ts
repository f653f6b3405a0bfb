/**
 * Graphs that run on the main thread.
 *
 * @module
 */
import { defaultEngine } from "../eager/default_engine.ts";
import type { HostSpec, HostTensor, ResidentTensor, SynchronousProgram } from "../engine/engine.ts";
import type { Graph } from "../graph/graph.ts";
import { modelOf, type ModelOptions, variableInputs } from "../emission/graph_model.ts";
import { tensorsIn } from "../graph/parts.ts";
import { encodeModel } from "../onnx/encode.ts";
import { EagerTensor } from "../tensor/eager.ts";
import { residentOf, type Variable } from "../tensor/variable.ts";

/** After so many calls with the same weights they are written into a program again. */
const CALLS_UNCHANGED = 64;

/**
 * A graph as programs of the main thread's engine. Weights are constants of the program, which the engine arranges for
 * its kernels; from when one is assigned until all have been the same for a while, they are inputs of another program.
 */
export class MainProgram {
  readonly #graph: Graph;
  #constant: Loaded | undefined;
  #open: Loaded | undefined;
  #versions: readonly number[];
  #calls = CALLS_UNCHANGED;

  constructor(graph: Graph) {
    this.#graph = graph;
    this.#versions = this.#currentVersions();
  }

  /** Runs the graph, and assigns what it gives for variables. */
  run(inputs: readonly HostTensor[], outputs: readonly HostSpec[] | undefined): HostTensor[] {
    // The engine does not take a graph without results.
    if (tensorsIn(this.#graph.outputs).length + this.#graph.updates.size === 0) return [];
    const { program, variables } = this.#loaded();
    const states = variables.map((variable): ResidentTensor => residentOf(variable));
    const results = program.runSync([...inputs, ...states], outputs);
    const { updates } = this.#graph;
    const given = results.length - updates.size;
    [...updates.keys()].forEach((variable, index) => {
      const { shape, dtype, data } = results[given + index]!;
      variable.assign(new EagerTensor(shape, dtype, data));
    });
    return results.slice(0, given);
  }

  /** Gives back what the engine holds for the graph. */
  release(): void {
    this.#constant?.program.releaseSync();
    this.#open?.program.releaseSync();
    this.#constant = this.#open = undefined;
  }

  #loaded(): Loaded {
    const versions = this.#currentVersions();
    if (versions.some((version, index) => version !== this.#versions[index])) {
      this.#versions = versions;
      this.#calls = 0;
      this.#constant?.program.releaseSync();
      this.#constant = undefined;
    }
    if (this.#constant !== undefined) return this.#constant;
    if (++this.#calls <= CALLS_UNCHANGED) return this.#open ??= this.#load({ weights: "inputs" });
    this.#open?.program.releaseSync();
    this.#open = undefined;
    return this.#constant = this.#load({ weights: "constants" });
  }

  #load(options: ModelOptions): Loaded {
    const program = defaultEngine.loadSync(encodeModel(modelOf(this.#graph, options)));
    return { program, variables: variableInputs(this.#graph, options) };
  }

  /** The versions of the weights that no run assigns. */
  #currentVersions(): number[] {
    const { weights, updates } = this.#graph;
    return weights.filter((weight) => !updates.has(weight)).map((weight) => residentOf(weight).version);
  }
}

interface Loaded {
  readonly program: SynchronousProgram;
  /** The variables that it takes after the graph's inputs. */
  readonly variables: readonly Variable[];
}
