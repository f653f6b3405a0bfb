/**
 * Models made of symbolic tensors.
 *
 * @module
 */
import { isShape } from "../layers/base/build.ts";
import { InputSpec } from "../layers/base/input_spec.ts";
import type { AnyCallOptions } from "../layers/base/context.ts";
import { type ModelGraph, setGraph } from "../layers/base/history.ts";
import { type AnyLayer, Layer } from "../layers/base/layer.ts";
import { InputError } from "../shape/error.ts";
import { checkOptions } from "../tensor/options.ts";
import { isRecord, leavesOf, mapStructure, type Structure, tensorsOf } from "../tensor/structure.ts";
import { withMask } from "../layers/base/masks.ts";
import { stateOf } from "../layers/base/state.ts";
import { bind, type Bindings } from "../shape/bind.ts";
import type { Shape } from "../shape/dim.ts";
import { SymbolicTensor } from "../tensor/symbolic.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { LayerOptions } from "../layers/base/options.ts";
import type { Returned, Signature } from "../layers/base/signature.ts";
import { GraphNode } from "../graph/node.ts";
import { findLayer } from "./find_layer.ts";
import { functionalConfig, revive } from "./functional_config.ts";
import { type CheckData, type PredictData, type Predicted, type PredictOptions, predictWith } from "./predict.ts";
import { printModel } from "./print.ts";
import { standardOutput } from "./progress.ts";
import { registerModelClass } from "./registry.ts";
import type { ModelConfig } from "./serialized.ts";
import { orderBetween } from "./graph_order.ts";
import { listedParts } from "./summary/model_parts.ts";
import { summaryOf } from "./summary/summary.ts";
import { type SummaryOptions, summaryTable } from "./summary/summary_table.ts";
import { inputLayerOf } from "../layers/core/core.ts";
import { replay } from "./steps.ts";
import type { SignatureOf, SymbolicStructure } from "./signature.ts";

/** The options of a {@linkcode Model}. */
export interface ModelOptions<In, Out, Name extends string = string> {
  /** The inputs: a symbolic tensor, or an array or a record of them. */
  readonly inputs: In;
  /** The outputs, computed from the inputs. */
  readonly outputs: Out;
  /** The name. Default: `"model"`, numbered. */
  readonly name?: Name;
}

/**
 * A layer made of the layers between symbolic inputs and outputs. Names in the shapes of the inputs are bound when the
 * model is called.
 *
 * A subclass with a `call` of its own needs neither inputs nor outputs: it holds its layers in fields, as any layer does.
 * There is no training yet, and no reading of weights: `fit`, `compile`, `evaluate`, `save` and `loadWeights` are missing.
 * Values are assigned with `setWeights`; `modelToJson` writes the layers.
 *
 * Type arguments can declare its inputs and outputs: `Model<SymbolicTensor<["batch", 64]>, SymbolicTensor<["batch", 10]>>`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Dense, input, Model, ops, type Tensor, zeros } from "@strata/nn";
 *
 * const x = input(["batch", 64]);
 * const h = new Dense(32, { activation: "relu" })(x);
 * const model = new Model({ inputs: x, outputs: new Dense(10)(h) });
 * assertEquals(model(zeros([8, 64])).shape, [8, 10]);
 * assertEquals(model.countParams(), 64 * 32 + 32 + 32 * 10 + 10);
 *
 * class Twice extends Model {
 *   readonly dense = new Dense(10);
 *   override call(x: Tensor): Tensor {
 *     return ops.multiply(this.dense(x), 2);
 *   }
 * }
 * assertEquals(new Twice()(zeros([8, 64])).shape, [8, 10]);
 * ```
 */
export class Model<
  const In extends SymbolicStructure = SymbolicStructure,
  const Out extends SymbolicStructure = SymbolicStructure,
  const Name extends string = string,
  F extends Signature = SignatureOf<In, Out, Name>,
> extends Layer<F> {
  readonly #parts: Parts<In, Out> | undefined;

  /**
   * Makes the model.
   *
   * @throws {InputError} If an input or output is not symbolic, an input is given twice, an output depends on something that
   * is no input, two layers have one name, or there are neither inputs and outputs nor a `call` of the class's own.
   */
  constructor(options?: ModelOptions<In, Out, Name> | LayerOptions<Name>);
  /** Makes the model of what it is given and what it gives, as in Keras. */
  constructor(inputs: In, outputs: Out, options?: LayerOptions<Name>);
  constructor(
    first: In | ModelOptions<In, Out, Name> | LayerOptions<Name> = {},
    outputs?: Out,
    others: LayerOptions<Name> = {},
  ) {
    const options = optionsOf(new.target === Model, first, outputs, others) as ModelOptions<In, Out, Name>;
    super(options);
    if (!("inputs" in options)) {
      if (this.call === Model.prototype.call) {
        throw new InputError(
          `Cannot make model ${this.name}: expected inputs and outputs, or a class with a call of its own`,
        );
      }
      this.supportsMasking = this.computeMask !== Model.prototype.computeMask;
      return;
    }
    this.supportsMasking = true;
    const parts = partsBetween(options.inputs, options.outputs, this.name);
    this.#parts = parts;
    const { inputs } = parts;
    this.inputSpec = mapStructure(inputs as Structure<SymbolicTensor>, ({ shape }) => new InputSpec({ shape }));
    setGraph(this, parts.graph);
    // Its layers were built when they were called with the symbolic tensors.
    const state = stateOf(this);
    state.path = this.name;
    state.built = true;
  }

  /**
   * The inputs of the model.
   *
   * @throws {TypeError} If a `call` of the class's own says so instead.
   */
  get inputs(): In {
    return this.#required("inputs").inputs;
  }

  /**
   * The outputs of the model.
   *
   * @throws {TypeError} If a `call` of the class's own says so instead.
   */
  get outputs(): Out {
    return this.#required("outputs").outputs;
  }

  #required(what: string): Parts<In, Out> {
    if (this.#parts !== undefined) return this.#parts;
    throw new TypeError(`Cannot tell the ${what} of model ${this.name}: it has a call of its own`);
  }

  /**
   * Prints a table of the layers inside: their classes, output shapes, parameters and bytes.
   *
   * @throws {RangeError} If lines are too short, or no layer is in the range.
   */
  summary(options: SummaryOptions = {}): void {
    // deno-lint-ignore no-console -- it is what printing is
    const print = options.printFn ?? ((text: string) => console.log(text));
    print(this.summaryText(options));
  }

  /** What {@linkcode Model.summary} prints. */
  summaryText(options: SummaryOptions = {}): string {
    return summaryTable(summaryOf(stateOf(this).self as AnyLayer), options);
  }

  /**
   * The layers in Keras's order, its inputs among them: those farthest from the outputs first. Those of a subclass are in
   * the order of its fields.
   */
  override get layers(): AnyLayer[] {
    return this.#parts === undefined ? super.layers : [...this.#parts.layers];
  }

  /**
   * The layer of a name, or at a place in {@linkcode Model.layers}; negative places count from the end.
   *
   * @throws {RangeError} If there is none.
   */
  getLayer(which: string | number): AnyLayer {
    return findLayer(this, which);
  }

  /** The inputs of the model; {@linkcode Model.inputs} has their types. */
  override get input(): SymbolicTensor {
    return this.#parts === undefined ? super.input : this.#parts.inputs as SymbolicTensor;
  }

  /** The outputs of the model; {@linkcode Model.outputs} has their types. */
  override get output(): SymbolicTensor {
    return this.#parts === undefined ? super.output : this.#parts.outputs as SymbolicTensor;
  }

  /**
   * The results for data of any size, batch by batch: all rows in one tensor, or in an array or a record of tensors; an array
   * of samples; or an iterable of batches. With a pool its workers run the batches beside each other.
   *
   * @throws {ShapeError} If inputs have different numbers of rows, or the results of batches do not fit together.
   *
   * @example
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { input, Model, ones, ops } from "@strata/nn";
   *
   * const x = input(["batch", 2]);
   * const model = new Model({ inputs: x, outputs: ops.multiply(x, 3) });
   * const result = await model.predict(ones([5, 2]), { batchSize: 2 });
   * assertEquals([result.shape, result.dataSync()[9]], [[5, 2], 3]);
   * ```
   */
  predict<const X extends PredictData, R extends Returned = Returned<Predicted<Out>>>(
    data: X & CheckData<this["signature"], X>,
    options: PredictOptions = {},
  ): Promise<R["value"]> {
    return predictWith(this, this.#parts?.inputs, data, options, standardOutput());
  }

  /** Runs the layers on other tensors. */
  override call(inputs: Structure<Tensor>, options: AnyCallOptions): Structure<Tensor> {
    const { inputs: own, outputs, leaves, graph } = this.#required("steps");
    const masks = leavesOf(options.mask ?? null);
    const given = new Map<Tensor, Tensor>();
    const values = isRecord(own)
      ? Object.keys(own).map((key) => (inputs as { readonly [key: string]: Tensor })[key]!)
      : leavesOf(inputs);
    leaves.forEach((input, index) => given.set(input, withMask(values[index]!, masks[index] ?? null)));
    return replay(graph.steps, given, outputs as Structure<SymbolicTensor>, { training: options.training });
  }

  /** None beyond those that the layers inside give their results. */
  override computeMask(): null {
    return null;
  }

  /**
   * The layers, what they read, and where the inputs and outputs are; {@linkcode modelToJson} writes it as Keras does.
   *
   * @throws {TypeError} If a layer has no configuration or its class is not known, or Keras has no class for an op between
   * layers.
   */
  override getConfig(): ModelConfig {
    if (this.#parts === undefined) return super.getConfig() as ModelConfig;
    const tensors = [this.inputs, this.outputs] as unknown as readonly [Structure<Tensor>, Structure<Tensor>];
    return { ...super.getConfig(), ...functionalConfig(this, ...tensors) };
  }

  /**
   * Makes a model from a configuration, with new weights.
   *
   * @throws {TypeError} If layers read each other in a cycle, or what is not there.
   * @throws {RangeError} If there is no layer or op of a name.
   */
  static override fromConfig(config: ModelConfig): Model {
    if (!("inputLayers" in config)) return new this(config);
    const { name, trainable = true } = config;
    const { inputs, outputs } = revive(name, config);
    const model = new Model({ inputs, outputs, name } as ModelOptions<SymbolicStructure, SymbolicStructure>);
    if (!trainable) model.trainable = false;
    return model;
  }

  /** One line: the class, the name, how many layers and parameters, and the shapes of inputs and outputs. */
  override toString(): string {
    return printModel(stateOf(this).self as AnyLayer);
  }

  /** Whether a subclass has a `getConfig` of its own. */
  protected override get hasOwnConfig(): boolean {
    return this.getConfig !== Model.prototype.getConfig;
  }

  /** The name in the inputs' shapes that meets two sizes. */
  protected override mismatch(shapes: Structure<Shape | null>): readonly [number | string, string] | undefined {
    if (this.#parts === undefined) return undefined;
    const { inputs, leaves } = this.#parts;
    const keys = isRecord(inputs) ? Object.keys(inputs) : leaves.map((_, index) => index);
    // A list of one input is also given as the tensor alone.
    const single = inputs instanceof SymbolicTensor || isShape(shapes);
    let bindings: Bindings = {};
    for (const [index, input] of leaves.entries()) {
      const key = keys[index]!;
      const shape = single ? shapes : (shapes as { readonly [key: string]: unknown })[key];
      const bound = bind(input.shape, shape as Shape, bindings, key);
      if (typeof bound === "string") return [key, bound];
      bindings = bound;
    }
  }
}

registerModelClass("Model", Model);

const OPTIONS: readonly string[] = ["inputs", "outputs", "name", "trainable", "dtype"];

/** The options of a model, in one record, as they may be given, or with inputs and outputs before them. */
function optionsOf(isOwn: boolean, first: unknown, outputs: unknown, others: unknown): object {
  if (tensorsOf(first).length > 0 && !(isRecord(first) && "inputs" in first) && outputs === undefined) {
    throw new InputError("Cannot make a model: expected outputs beside the inputs: new Model({ inputs, outputs })");
  }
  checkOptions("Cannot make a model", others, OPTIONS.slice(2), "Model");
  if (outputs !== undefined) return { ...others as object, inputs: first, outputs };
  // A class of one's own may have other options beside.
  checkOptions("Cannot make a model", first, OPTIONS, "Model", isOwn ? "all" : "respelled");
  return first as object;
}

/** The parts of a model without its own `call`. */
interface Parts<In, Out> {
  readonly inputs: In;
  readonly outputs: Out;
  /** The tensors of the inputs, in order. */
  readonly leaves: readonly SymbolicTensor[];
  readonly graph: ModelGraph;
  readonly layers: readonly AnyLayer[];
}

function partsBetween<In, Out>(inputs: In, outputs: Out, model: string): Parts<In, Out> {
  const leaves = symbolicLeaves(inputs, "inputs", model);
  const ends = outputs as Structure<SymbolicTensor>;
  symbolicLeaves(outputs, "outputs", model);
  const order = orderBetween(inputs, outputs);
  const called = order.steps.flatMap((step) => step instanceof GraphNode ? [] : [step.layer as AnyLayer]);
  checkNames(new Set(called), model);
  const graph: ModelGraph = { inputs: leaves, outputs: ends, ...order };
  const layers = listedParts(graph).parts.flatMap(({ layer, name, calls: [call] }): AnyLayer[] => {
    if (layer !== undefined) return [layer];
    return call!.step === undefined ? [inputLayerOf(call!.output as SymbolicTensor, name) as unknown as AnyLayer] : [];
  });
  return { inputs, outputs, leaves, graph, layers };
}

function symbolicLeaves(structure: unknown, what: string, model: string): SymbolicTensor[] {
  const leaves = leavesOf(structure as Structure<unknown>);
  for (const leaf of leaves) {
    if (!(leaf instanceof SymbolicTensor)) {
      throw new InputError(`Cannot make model ${model}: expected symbolic tensors as ${what}, received ${typeof leaf}`);
    }
  }
  if (what === "inputs" && new Set(leaves).size < leaves.length) {
    throw new InputError(`Cannot make model ${model}: expected each tensor once as inputs, received one of them twice`);
  }
  if (leaves.length === 0) throw new InputError(`Cannot make model ${model}: expected at least one tensor as ${what}`);
  return leaves as SymbolicTensor[];
}

function checkNames(layers: Iterable<AnyLayer>, model: string): void {
  const names = new Set<string>();
  for (const { name } of layers) {
    if (names.has(name)) throw new InputError(`Cannot make model ${model}: two layers have the name ${name}`);
    names.add(name);
  }
}
