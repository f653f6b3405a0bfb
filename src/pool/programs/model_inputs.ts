/**
 * The arguments of an ONNX model.
 *
 * @module
 */
import { Parameters } from "../../jit/arguments.ts";
import { hostTensors, type ValueTensor } from "../../engine/engine.ts";
import { type CarriedType, isOtherElementType, type OtherElementType } from "../../tensor/element_type.ts";
import { incompatible, missing, unexpected, wrongCount } from "../../layers/base/sentences.ts";
import { bind } from "../../shape/bind.ts";
import { InputError, ShapeError } from "../../shape/error.ts";
import type { DType } from "../../tensor/dtype.ts";
import { isRecord } from "../../tensor/structure.ts";
import { SymbolicTensor } from "../../tensor/symbolic.ts";
import { elementTensor } from "./element_values.ts";

/** An input of a model. */
export interface ModelInputSpec {
  readonly name: string;
  readonly type: CarriedType;
  /** `undefined` where the model does not say how many axes it has: what is given is left to the engine. */
  readonly shape: readonly (number | string | null)[] | undefined;
}

const MODEL = "model";

/** Reads the arguments of calls: a value where the model has one input, else a record of values by name. */
export class ModelInputs {
  readonly #inputs: readonly ModelInputSpec[];
  /** Those that are tensors, which are read as those of any compiled function. */
  readonly #tensors: readonly ModelInputSpec[];
  readonly #parameters: Parameters;

  constructor(inputs: readonly ModelInputSpec[]) {
    this.#inputs = inputs;
    this.#tensors = inputs.filter(({ type }) => !isOtherElementType(type));
    const symbols = this.#tensors.map(({ name, type, shape }): [string, SymbolicTensor] => {
      return [name, new SymbolicTensor(shape ?? [], type as DType, { name })];
    });
    this.#parameters = new Parameters(MODEL, [
      inputs.length === 1 && symbols.length === 1 ? symbols[0]![1] : Object.fromEntries(symbols),
    ]);
  }

  /**
   * The values among the arguments, in the order of the inputs.
   *
   * @throws {InputError} If they are no values of the inputs.
   */
  read(args: readonly unknown[]): readonly ValueTensor[] {
    if (this.#tensors.length === this.#inputs.length) return this.#parameters.read(args);
    if (args.length !== 1) throw new InputError(wrongCount(MODEL, 1, args.length));
    const [given] = args;
    if (this.#inputs.length === 1) return [this.#other(this.#inputs[0]!, given, 0)];
    if (!isRecord(given)) {
      const names = this.#inputs.map(({ name }) => name).join(", ");
      throw new InputError(`Layer ${MODEL} expects a record of inputs with the keys ${names}`);
    }
    const extra = Object.keys(given).find((key) => !this.#inputs.some(({ name }) => name === key));
    if (extra !== undefined) throw new InputError(unexpected(extra, MODEL));
    const absent = this.#inputs.find(({ name }) => !Object.hasOwn(given, name));
    if (absent !== undefined) throw new InputError(missing(absent.name, MODEL));
    const tensors = this.#parameters.read([Object.fromEntries(this.#tensors.map(({ name }) => [name, given[name]]))]);
    let next = 0;
    return this.#inputs.map((input): ValueTensor => {
      return isOtherElementType(input.type) ? this.#other(input, given[input.name], input.name) : tensors[next++]!;
    });
  }

  /**
   * Checks dtypes and shapes.
   *
   * @throws {ShapeError | DTypeError} If they do not fit.
   */
  check(values: readonly ValueTensor[]): void {
    const tensors = this.#inputs.flatMap(({ type, shape }, index) => {
      if (isOtherElementType(type)) return [];
      const value = values[index]!;
      return [shape === undefined ? { ...value, shape: [] } as ValueTensor : value];
    });
    this.#parameters.check(hostTensors(tensors));
    for (const [index, { name, type, shape }] of this.#inputs.entries()) {
      if (!isOtherElementType(type) || shape === undefined) continue;
      const key = this.#inputs.length === 1 ? 0 : name;
      const fault = bind(shape, values[index]!.shape, {}, key);
      if (typeof fault === "string") throw new ShapeError(incompatible(MODEL, key, fault));
    }
  }

  #other({ type }: ModelInputSpec, given: unknown, key: number | string): ValueTensor {
    try {
      return elementTensor(type as OtherElementType, given);
    } catch (error) {
      if (error instanceof InputError) {
        error.message = incompatible(MODEL, key, error.message);
      }
      throw error;
    }
  }
}
