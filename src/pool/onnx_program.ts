/**
 * ONNX models that a pool runs, given as bytes.
 *
 * @module
 */
import { Parameters } from "../compile/arguments.ts";
import { EngineError, type HostSpec, type HostTensor, type ValueInfo } from "../engine/engine.ts";
import { EagerTensor } from "../tensor/eager.ts";
import { SymbolicTensor } from "../tensor/symbolic.ts";
import type { ModelHost } from "./graph_program.ts";
import { LoadedModel } from "./loaded_model.ts";
import type { ModelFiles } from "./model_files.ts";
import type { Generation, Program } from "./program.ts";
import type { ProgramInfo } from "./protocol.ts";
import { sameSpecs, specOf } from "./specs.ts";

/** A model that was given as bytes. */
export class OnnxProgram implements Program {
  readonly name = "model";
  readonly mixed = "whether the rows of an ONNX model stay apart is not known";
  readonly #generation: Generation;
  #outputs: readonly ValueInfo[] = [];
  #parameters!: Parameters;
  /** Whether the model says how many axes each input has. */
  #ranked: readonly boolean[] = [];
  /** The specs of the call before, which fitted. */
  #last: readonly HostSpec[] | undefined;

  constructor(files: ModelFiles, { limit, giveUp }: ModelHost) {
    this.#generation = { model: new LoadedModel({ name: this.name, files, limit, giveUp }), weights: undefined };
  }

  get results(): number {
    return this.#outputs.length;
  }

  get models(): readonly LoadedModel[] {
    return [this.#generation.model];
  }

  generation(): Generation {
    return this.#generation;
  }

  steps(): undefined {
    return undefined;
  }

  release(): Promise<void> {
    return this.#generation.model.retire();
  }

  /**
   * Takes what a worker found in the model.
   *
   * @throws {EngineError} If the model takes or gives what Strata has no dtype for.
   */
  describe({ inputs, outputs }: ProgramInfo): void {
    for (const { name, dtype } of [...inputs, ...outputs]) {
      if (dtype === undefined) {
        throw new EngineError(`Cannot compile the model: ${name} is no tensor of a dtype that Strata has`);
      }
    }
    const symbols = inputs.map(({ name, dtype, shape }): [string, SymbolicTensor] => {
      return [name, new SymbolicTensor(shape, dtype!, { name })];
    });
    this.#outputs = outputs;
    this.#parameters = new Parameters("model", [symbols.length === 1 ? symbols[0]![1] : Object.fromEntries(symbols)]);
    // A model may leave the rank out, which then looks like that of a scalar: what is given is left to the engine.
    this.#ranked = inputs.map(({ shape }) => shape.length > 0);
  }

  /**
   * The values among the arguments of a call.
   *
   * @throws {TypeError | ShapeError | DTypeError} If they do not fit.
   */
  read(args: readonly unknown[]): readonly HostTensor[] {
    const values = this.#parameters.read(args);
    if (this.#last === undefined || !sameSpecs(values, this.#last)) {
      this.#parameters.check(values.map((value, index) => this.#ranked[index] ? value : { ...value, shape: [] }));
      this.#last = values.map(specOf);
    }
    return values;
  }

  /** A tensor where the model has one output, else a record of tensors by name. */
  resultOf(values: readonly HostTensor[]): unknown {
    const tensors = values.map(({ shape, dtype, data }) => new EagerTensor(shape, dtype, data));
    if (tensors.length === 1) return tensors[0];
    return Object.fromEntries(this.#outputs.map(({ name }, index) => [name, tensors[index]]));
  }
}
