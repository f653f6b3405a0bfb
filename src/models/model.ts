/**
 * Models made of symbolic tensors.
 *
 * @module
 */
import { InputSpec } from "../layers/input_spec.ts";
import type { CallOptions } from "../layers/context.ts";
import { type AnyLayer, Layer } from "../layers/layer.ts";
import { isRecord, leavesOf, mapStructure, type Structure } from "../tensor/structure.ts";
import { stateOf } from "../layers/state.ts";
import { bind, type Bindings } from "../shape/bind.ts";
import type { Shape } from "../shape/dim.ts";
import { SymbolicTensor } from "../tensor/symbolic.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Anything, NameOr } from "../layers/signature.ts";
import { GraphNode } from "../graph/node.ts";
import { replay, type Step, stepsBetween } from "./steps.ts";
import type { DTypeOfStructure, ModelSignature, ShapesOfStructure, SymbolicStructure } from "./signature.ts";

/** What a {@linkcode Model} is made of. */
export interface ModelOptions<In, Out, Name extends string = string> {
  /** What the model is given: a symbolic tensor, or an array or a record of them. */
  readonly inputs: In;
  /** What the model gives, computed from the inputs. */
  readonly outputs: Out;
  /** The name. Default: `"model"`, numbered. */
  readonly name?: Name;
}

/**
 * A layer made of the layers between symbolic inputs and outputs. Names in the shapes of the inputs are bound when the
 * model is called.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Dense, input, Model, zeros } from "@strata/nn";
 *
 * const x = input(["batch", 64]);
 * const h = new Dense(32, { activation: "relu" })(x);
 * const model = new Model({ inputs: x, outputs: new Dense(10)(h) });
 * assertEquals(model(zeros([8, 64])).shape, [8, 10]);
 * assertEquals(model.countParams(), 64 * 32 + 32 + 32 * 10 + 10);
 * ```
 */
export class Model<
  const In extends SymbolicStructure = SymbolicStructure,
  const Out extends SymbolicStructure = SymbolicStructure,
  const Name extends string = string,
> extends Layer<
  SymbolicStructure extends In ? Anything
    : ModelSignature<ShapesOfStructure<In>, ShapesOfStructure<Out>, NameOr<Name, "model">, DTypeOfStructure<Out>>
> {
  /** What the model is given. */
  readonly inputs: In;
  /** What the model gives. */
  readonly outputs: Out;
  readonly #steps: readonly Step[];
  readonly #inputs: readonly SymbolicTensor[];
  readonly #layers: readonly AnyLayer[];

  /**
   * Makes the model.
   *
   * @throws {TypeError} If an input or output is not symbolic, or an output depends on something that is no input.
   */
  constructor(options: ModelOptions<In, Out, Name>) {
    super(options.name === undefined ? {} : { name: options.name });
    const { inputs, outputs } = options;
    this.#inputs = symbolicLeaves(inputs, "inputs", this.name);
    this.#steps = stepsBetween(this.#inputs, symbolicLeaves(outputs, "outputs", this.name));
    this.inputs = inputs;
    this.outputs = outputs;
    this.#layers = [
      ...new Set(this.#steps.flatMap((step) => step instanceof GraphNode ? [] : [step.layer as AnyLayer])),
    ];
    this.inputSpec = mapStructure(inputs as Structure<SymbolicTensor>, ({ shape }) => new InputSpec({ shape }));
    // Its layers were built when they were called with the symbolic tensors.
    const state = stateOf(this);
    state.path = this.name;
    state.built = true;
  }

  /** The layers, in the order in which they run. */
  override get layers(): AnyLayer[] {
    return [...this.#layers];
  }

  /**
   * The layer of a name.
   *
   * @throws {RangeError} If there is none.
   */
  getLayer(name: string): AnyLayer {
    const layer = this.#layers.find((layer) => layer.name === name);
    if (layer === undefined) {
      const names = this.#layers.map((layer) => layer.name).join(", ");
      throw new RangeError(`Cannot find layer ${name} in ${this.name}: its layers are ${names}`);
    }
    return layer;
  }

  /** Runs the layers on other tensors. */
  override call(inputs: Structure<Tensor>, options: CallOptions): Structure<Tensor> {
    const given = new Map<Tensor, Tensor>();
    const values = isRecord(this.inputs)
      ? Object.keys(this.inputs).map((key) => (inputs as { readonly [key: string]: Tensor })[key]!)
      : leavesOf(inputs);
    this.#inputs.forEach((input, index) => given.set(input, values[index]!));
    return replay(this.#steps, given, this.outputs as Structure<SymbolicTensor>, { training: options.training });
  }

  /** Which name of the inputs' shapes meets two sizes. */
  protected override mismatch(shapes: Structure<Shape | null>): readonly [number | string, string] | undefined {
    const keys = isRecord(this.inputs) ? Object.keys(this.inputs) : this.#inputs.map((_, index) => index);
    const single = this.inputs instanceof SymbolicTensor;
    let bindings: Bindings = {};
    for (const [index, input] of this.#inputs.entries()) {
      const key = keys[index]!;
      const shape = single ? shapes : (shapes as { readonly [key: string]: unknown })[key];
      const bound = bind(input.shape, shape as Shape, bindings, key);
      if (typeof bound === "string") return [key, bound];
      bindings = bound;
    }
  }
}

function symbolicLeaves(structure: unknown, what: string, model: string): SymbolicTensor[] {
  const leaves = leavesOf(structure as Structure<unknown>);
  for (const leaf of leaves) {
    if (!(leaf instanceof SymbolicTensor)) {
      throw new TypeError(`Cannot make model ${model}: expected symbolic tensors as ${what}, received ${typeof leaf}`);
    }
  }
  if (leaves.length === 0) throw new TypeError(`Cannot make model ${model}: expected at least one tensor as ${what}`);
  return leaves as SymbolicTensor[];
}
