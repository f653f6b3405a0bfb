/**
 * ONNX models that a pool runs, given as bytes.
 *
 * @module
 */
import {
  type ElementTensor,
  EngineError,
  type ValueInfo,
  type ValueSpec,
  type ValueTensor,
} from "../../engine/engine.ts";
import { type Declared, declaredIn, type DeclaredValue } from "../../onnx/declared.ts";
import { CARRIED_TYPES, type CarriedType, isOtherElementType } from "../../tensor/element_type.ts";
import { EagerTensor } from "../../tensor/eager.ts";
import type { ModelHost } from "./graph_program.ts";
import { ModelArtifact } from "./model_artifact.ts";
import type { ModelFiles } from "./model_files.ts";
import { ModelInputs, type ModelInputSpec } from "./model_inputs.ts";
import type { Program, WeightsSnapshot } from "./program.ts";
import type { ProgramInfo } from "../transport/protocol.ts";
import { sameSpecs, specOf } from "./specs.ts";

/** A model that was given as bytes. */
export class OnnxProgram implements Program {
  readonly name = "model";
  readonly mixed = "whether the rows of an ONNX model stay apart is not known";
  readonly #generation: WeightsSnapshot;
  readonly #declared: Declared;
  #outputs: readonly ValueInfo[] = [];
  #inputs!: ModelInputs;
  /** The specs of the call before, which fitted. */
  #last: readonly ValueSpec[] | undefined;

  /** @throws {EngineError} If the model takes or gives what the engine does not carry. */
  constructor(files: ModelFiles, { limit, unload }: ModelHost) {
    this.#declared = declaredBy(files.model);
    checkTypes("input", this.#declared.inputs);
    checkTypes("output", this.#declared.outputs);
    this.#generation = { model: new ModelArtifact({ name: this.name, files, limit, unload }), weights: undefined };
  }

  get results(): number {
    return this.#outputs.length;
  }

  get models(): readonly ModelArtifact[] {
    return [this.#generation.model];
  }

  generation(): WeightsSnapshot {
    return this.#generation;
  }

  steps(): undefined {
    return undefined;
  }

  release(): Promise<void> {
    return this.#generation.model.retire();
  }

  /** Takes what a worker found in the model, which knows the order, and reads of dims the low 32 bits alone. */
  describe({ inputs, outputs }: ProgramInfo): void {
    this.#outputs = outputs;
    this.#inputs = new ModelInputs(inputs.map(({ name, dtype, shape }): ModelInputSpec => {
      const declared = this.#declared.inputs.find((value) => value.name === name);
      // The engine checks no scalar, and models are given vectors of one element for them.
      const exact = declared?.shape ?? shape;
      return { name, type: (declared?.type ?? dtype) as CarriedType, shape: exact.length === 0 ? undefined : exact };
    }));
  }

  /**
   * The values among the arguments of a call.
   *
   * @throws {TypeError | ShapeError | DTypeError} If they do not fit.
   */
  read(args: readonly unknown[]): readonly ValueTensor[] {
    const values = this.#inputs.read(args);
    if (this.#last === undefined || !sameSpecs(values, this.#last)) {
      this.#inputs.check(values);
      this.#last = values.map(specOf);
    }
    return values;
  }

  /** A value where the model has one output, else a record of values by name: tensors, where Strata has the dtype. */
  resultOf(values: readonly ValueTensor[]): unknown {
    const results = values.map((value): EagerTensor | ElementTensor => {
      if (isOther(value)) return value;
      const { shape, dtype, data } = value;
      return new EagerTensor(shape, dtype, data);
    });
    if (results.length === 1) return results[0];
    return Object.fromEntries(this.#outputs.map(({ name }, index) => [name, results[index]]));
  }
}

function isOther(value: ValueTensor): value is ElementTensor {
  return isOtherElementType(value.dtype);
}

function declaredBy(model: Uint8Array): Declared {
  try {
    return declaredIn(model);
  } catch (error) {
    // The engine says what is wrong with the model.
    if (error instanceof RangeError) return { inputs: [], outputs: [] };
    throw error;
  }
}

function checkTypes(what: string, values: readonly DeclaredValue[]): void {
  for (const { name, type } of values) {
    if (type === undefined || CARRIED_TYPES.includes(type as CarriedType)) continue;
    throw new EngineError(
      `Cannot compile the model: expected ${what} ${name} to be a tensor of one of ${CARRIED_TYPES.join(", ")}, ` +
        `received ${type}`,
    );
  }
}
