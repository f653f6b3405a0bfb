/**
 * Calls of ONNX models that were given as bytes.
 *
 * @module
 */
import { Parameters } from "../compile/arguments.ts";
import type { Call } from "../compile/entry.ts";
import { EngineError, type HostTensor, type ValueInfo } from "../engine/engine.ts";
import { EagerTensor } from "../tensor/eager.ts";
import { SymbolicTensor } from "../tensor/symbolic.ts";
import type { ModelProgram } from "./program.ts";
import type { ProgramInfo } from "./protocol.ts";

/** What is behind a function compiled of a model. */
export class ModelEntry {
  readonly #program: ModelProgram;
  readonly #parameters: Parameters;
  readonly #outputs: readonly ValueInfo[];

  /**
   * @param info What a worker found in the model.
   * @throws {EngineError} If the model takes or gives what Strata has no dtype for.
   */
  constructor(program: ModelProgram, info: ProgramInfo) {
    for (const { name, dtype } of [...info.inputs, ...info.outputs]) {
      if (dtype === undefined) {
        throw new EngineError(`Cannot compile the model: ${name} is no tensor of a dtype that Strata has`);
      }
    }
    const symbols = info.inputs.map(({ name, dtype, shape }): [string, SymbolicTensor] => {
      return [name, new SymbolicTensor(shape, dtype!, { name })];
    });
    this.#program = program;
    this.#outputs = info.outputs;
    this.#parameters = new Parameters("model", [symbols.length === 1 ? symbols[0]![1] : Object.fromEntries(symbols)]);
    program.results = info.outputs.length;
  }

  /** Checks the arguments, and gives what is needed to run. */
  prepare(args: readonly unknown[]): Omit<Call<ModelProgram>, "graph"> {
    const inputs = this.#parameters.read(args);
    this.#parameters.check(inputs);
    // What a model says of its outputs is not always right: their sizes are known when they are there.
    return { program: this.#program, inputs, outputs: undefined };
  }

  /** A tensor where the model has one output, else a record of tensors by name. */
  results(values: readonly HostTensor[]): unknown {
    const tensors = values.map(({ shape, dtype, data }) => new EagerTensor(shape, dtype, data));
    if (tensors.length === 1) return tensors[0];
    return Object.fromEntries(this.#outputs.map(({ name }, index) => [name, tensors[index]]));
  }
}
