/**
 * Graphs: what was recorded between symbolic inputs and outputs.
 *
 * @module
 */
import { encodeModel } from "../onnx/encode.ts";
import { type ExternalModel, withExternalData } from "../onnx/external.ts";
import { checkOptions } from "../tensor/options.ts";
import { mapStructure, type Structure } from "../tensor/structure.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { bytesPerElement } from "../tensor/typed_array.ts";
import type { Variable } from "../tensor/variable.ts";
import { modelOf } from "../emission/graph_model.ts";
import type { GraphNode, NodeInput } from "./node.ts";
import { type GraphParts, isTensor, symbolsIn, tensorsIn } from "./parts.ts";
import { simplify, variablesIn } from "./simplify.ts";

/** The options of a graph. */
export interface GraphOptions {
  /** The name, which the ONNX model bears too. Default: `"graph"`. */
  readonly name?: string;
  /** The assignments to variables in each run. Default: none. */
  readonly updates?: ReadonlyMap<Variable, Tensor>;
}

/** The way a graph is written as an ONNX model. */
export interface OnnxOptions {
  /** The name of a file for the weights, relative to that of the model. Default: they are in the model. */
  readonly externalData?: string | undefined;
}

/**
 * The operations between symbolic inputs and outputs, in an order in which they can run, and the variables that they read
 * and assign. {@linkcode trace} makes graphs.
 *
 * @typeParam In What each run is given: a list of arguments, each a symbolic tensor or an array or a record of them.
 * @typeParam Out What each run gives: a tensor, or an array or a record of them.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Dense, input, trace } from "@strata/nn";
 *
 * const graph = trace(new Dense(3, { activation: "relu" }), input(["batch", 2]));
 * assertEquals(graph.outputs.shape, ["batch", 3]);
 * assertEquals(graph.weights.map((weight) => weight.path), ["dense/kernel", "dense/bias"]);
 * ```
 */
export class Graph<const In extends readonly unknown[] = readonly unknown[], const Out = unknown>
  implements GraphParts {
  /** The name, which the ONNX model bears too. */
  readonly name: string;
  /** The inputs of each run: a list of arguments. */
  readonly inputs: In;
  /** The outputs of each run. */
  readonly outputs: Out;
  /** The operations; each comes after those that it reads from. Those that lead to no output are not among them. */
  readonly nodes: readonly GraphNode[];
  /** The variables that are read or assigned, in the order of their first use. */
  readonly weights: readonly Variable[];
  /** The assignments to variables in each run, such as moving averages and the states of random generators. */
  readonly updates: ReadonlyMap<Variable, Tensor>;

  /**
   * Collects the operations between `inputs` and `outputs`; the same operation on the same tensors is there once.
   *
   * @throws {TypeError} If an output depends on a symbolic input that is not among `inputs`.
   */
  constructor(inputs: In, outputs: Out, options: GraphOptions = {}) {
    checkOptions("Cannot make a graph", options, ["name", "updates"]);
    const updates = options.updates ?? new Map<Variable, Tensor>();
    const results = [...tensorsIn(outputs), ...updates.values() as Iterable<NodeInput>];
    const { nodes, resolve } = simplify(symbolsIn(inputs), results);
    this.name = options.name ?? "graph";
    this.inputs = inputs;
    this.outputs = mapStructure(outputs as Structure<unknown>, (leaf) => isTensor(leaf) ? resolve(leaf) : leaf) as Out;
    this.updates = new Map(Array.from(updates, ([variable, value]) => [variable, resolve(value as NodeInput)]));
    this.nodes = nodes;
    this.weights = [...new Set([...variablesIn(nodes, results.map(resolve)), ...updates.keys()])];
  }

  /**
   * Writes the graph as an ONNX model of standard operators; opset 21, IR version 10. The same graph gives the same
   * bytes. Nodes are named after the layers that they are part of, weights after their paths. Variables that a run assigns are inputs of the
   * model, named after their paths, and outputs, whose names end in `/next`.
   *
   * @throws {RangeError} If the weights have more than the 2 GB that fit in one file.
   */
  toONNX(options?: { readonly externalData?: undefined }): Uint8Array<ArrayBuffer>;
  /**
   * Writes the graph as an ONNX model and a file of weights beside it; what has less than 1 KiB stays in the model.
   *
   * @example
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { Dense, input, trace } from "@strata/nn";
   *
   * const { model, data } = trace(new Dense(64), input(["batch", 32])).toONNX({ externalData: "dense.weights" });
   * assertEquals(data.map((part) => part.length), [32 * 64 * 4]);
   * assertEquals(model[1], 10);
   * ```
   */
  toONNX(options: { readonly externalData: string }): ExternalModel;
  toONNX(options: OnnxOptions = {}): Uint8Array<ArrayBuffer> | ExternalModel {
    checkOptions(`Cannot write graph ${this.name}`, options, ["externalData"]);
    if (options.externalData !== undefined) {
      return withExternalData(modelOf(this, { standard: true }), options.externalData);
    }
    // Said before the values of the weights are made, where they are not there yet.
    const written = new Set<NodeInput>(this.weights.filter((weight) => !this.updates.has(weight)));
    for (const { inputs } of this.nodes) for (const input of inputs) if (input.kind === "eager") written.add(input);
    for (const output of tensorsIn(this.outputs)) if (output.kind === "eager") written.add(output);
    let bytes = 0;
    for (const { size, dtype } of written) bytes += size! * bytesPerElement(dtype);
    if (bytes >= 2 ** 31) {
      throw new RangeError(
        `Cannot write graph ${this.name} as one ONNX file: expected less than ${2 ** 31} bytes of weights, ` +
          `received ${bytes}; give them a file of their own: toONNX({ externalData: "${this.name}.weights" })`,
      );
    }
    return encodeModel(modelOf(this, { standard: true }));
  }

  /** The name, the inputs and the outputs. */
  toString(): string {
    const show = (structure: unknown): string => {
      const parts: string[] = [];
      for (const { shape, dtype } of tensorsIn(structure)) {
        parts.push(`${dtype} [${shape.map((dim) => dim ?? "?").join(", ")}]`);
      }
      return `(${parts.join(", ")})`;
    };
    return `Graph ${this.name}: ${show(this.inputs)} -> ${show(this.outputs)}, ${this.nodes.length} nodes`;
  }
}
