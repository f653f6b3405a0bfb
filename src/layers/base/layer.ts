/**
 * The base class of layers.
 *
 * @module
 */
import type { Dim, Shape } from "../../shape/dim.ts";
import { showShape } from "../../shape/dim.ts";
import { ShapeError } from "../../shape/error.ts";
import type { Values } from "../../tensor/convert.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { EagerTensor } from "../../tensor/eager.ts";
import { installInspect } from "../../tensor/print.ts";
import { currentPath, whileEager, whileTracing } from "../../tensor/scope.ts";
import { SymbolicTensor } from "../../tensor/symbolic.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { Variable } from "../../tensor/variable.ts";
import { assignWeights } from "./assign_weights.ts";
import { type Buildable, buildWith, mapShapes, type Shapes } from "./build.ts";
import { callLayer, inputOf } from "./call.ts";
import { type DTypePolicy, dtypesOf } from "./dtype_policy.ts";
import type { AnyCallOptions } from "./context.ts";
import { get as getInitializer } from "../weights/initializers.ts";
import { onlyCallOf } from "./history.ts";
import type { InputSpec } from "./input_spec.ts";
import type { Masks } from "./masks.ts";
import { addActivityLoss, addLoss, beginCall, lossesOf, withoutLosses } from "./losses.ts";
import { automaticName, snakeCase, withoutUsingNames } from "./naming.ts";
import type { LayerConfig, LayerOptions, SummaryOptions, WeightOptions, WeightShape } from "./options.ts";
import { printLayer } from "./print.ts";
import { summaryOf } from "../summary/summary.ts";
import { summaryTable } from "../summary/summary_table.ts";
import { get as getRegularizer, type RegularizerLike } from "../weights/regularizers.ts";
import type { CheckOf, LayerInput, ResultOf, Signature } from "./signature.ts";
import { newState, rehearsal, stateOf } from "./state.ts";
import { mapStructure, type Structure } from "../../tensor/structure.ts";
import {
  collectVariables,
  defineField,
  deleteField,
  lockError,
  ownVariables,
  seedStates,
  sublayersOf,
} from "./fields.ts";
import { STATE } from "./tracking.ts";

/** What all layers have in common, whatever their signatures. */
export interface AnyLayer extends
  Pick<
    Layer,
    | "name"
    | "className"
    | "path"
    | "dtype"
    | "computeDtype"
    | "dtypePolicy"
    | "built"
    | "trainable"
    | "inputSpec"
    | "layers"
    | "weights"
    | "trainableWeights"
    | "nonTrainableWeights"
    | "variables"
    | "trainableVariables"
    | "nonTrainableVariables"
    | "losses"
    | "build"
    | "call"
    | "supportsMasking"
    | "computeMask"
    | "input"
    | "output"
    | "summary"
    | "summaryText"
    | "countParams"
    | "getWeights"
    | "setWeights"
    | "computeOutputShape"
    | "getConfig"
  > {
  /** The signature, for the compiler alone. */
  readonly signature: Signature;
  /** Calls the layer; which inputs it takes is not known here. */
  (inputs: never, options?: AnyCallOptions): unknown;
}

/**
 * Calls the layer with one tensor, or an array or a record of them. The first call builds the layer. Tensors that have
 * values give tensors that have values; symbolic ones give symbolic ones.
 */
export interface Layer<F extends Signature = Signature> {
  /** Calls the layer. */
  <const X extends LayerInput>(inputs: X & CheckOf<F, X>, options?: AnyCallOptions): NoInfer<ResultOf<F, X>>;
}

/**
 * A function with state: what all layers extend. A subclass makes its weights in `build` and computes in `call`; it is
 * called like a function. Its signature `F` tells the compiler which shapes it takes and gives.
 *
 * @typeParam F The signature: {@linkcode Maps} and {@linkcode Keeps} serve most layers.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Layer, type Maps, ones, ops, type Shape, type Tensor, type Variable } from "@strata/nn";
 *
 * class Scale extends Layer<Maps<"scale", ["...", "features"], ["...", "features"]>> {
 *   factor!: Variable;
 *   override build(inputShape: Shape): void {
 *     this.factor = this.addWeight({ name: "factor", shape: [inputShape.at(-1)!], initializer: "ones" });
 *   }
 *   override call(x: Tensor): Tensor {
 *     return ops.add(x, this.factor);
 *   }
 * }
 *
 * const scale = new Scale();
 * assertEquals(scale(ones([1, 2])).array(), [[2, 2]]);
 * assertEquals(scale.weights.map((weight) => weight.path), ["scale/factor"]);
 * ```
 */
export abstract class Layer<F extends Signature = Signature> {
  /** The signature, for the compiler alone. */
  declare readonly signature: F;
  /** The name. */
  declare readonly name: string;
  /** The dtype of the weights. */
  declare readonly dtype: DType;
  /** The dtype that the layer computes in, and of its results. */
  declare readonly computeDtype: DType;
  /** The dtype of weights and computation, or `"mixed_float16"`, where they differ. */
  declare readonly dtypePolicy: DTypePolicy;
  /** What the layer expects of its input: one spec, or an array or a record of them; `null` is not checked. */
  declare inputSpec: Structure<InputSpec | null> | null;
  /** Whether float inputs of other dtypes are converted to the layer's. */
  declare autocast: boolean;
  /** Whether masks go on to what the layer gives. Default: whether the class has a `computeMask` of its own. */
  declare supportsMasking: boolean;

  /**
   * Makes the layer.
   *
   * @throws {TypeError} If the name is empty or has a `/`, or `trainable` is no boolean.
   */
  constructor(options: LayerOptions = {}) {
    const className = new.target.name;
    const { name = automaticName(className), trainable = true, dtype = "float32" } = options;
    checkName(name, `layer ${snakeCase(className)}`);
    if (typeof trainable !== "boolean") {
      throw new TypeError(`Cannot make layer ${name}: expected trainable to be a boolean, received ${trainable}`);
    }
    const dtypes = dtypesOf(dtype, name);
    const penalty = getRegularizer((options as ActivityOptions).activityRegularizer);
    // A layer is called like a function, so it is one: an arrow function, which has no prototype of its own.
    const target = (inputs: unknown, options?: AnyCallOptions): unknown => {
      beginCall(layer);
      const outputs = callLayer(layer, inputs, options);
      if (penalty !== null) addActivityLoss(layer, penalty, outputs);
      return outputs;
    };
    Object.setPrototypeOf(target, new.target.prototype);
    Reflect.deleteProperty(target, "length");
    const layer = new Proxy(target, { defineProperty: defineField, deleteProperty: deleteField }) as unknown as
      & this
      & Internals;
    const hidden = (value: unknown, writable: boolean) => ({ value, writable, configurable: true, enumerable: false });
    Object.defineProperties(target, {
      [STATE]: hidden(newState(layer, trainable), false),
      name: hidden(name, false),
      dtype: hidden(dtypes.variable, false),
      computeDtype: hidden(dtypes.compute, false),
      dtypePolicy: hidden(dtype, false),
      inputSpec: hidden(null, true),
      autocast: hidden(true, true),
      supportsMasking: hidden(new.target.prototype.computeMask !== Layer.prototype.computeMask, true),
      build: hidden((shapes: Shapes) => buildLayer(layer, shapes), true),
    });
    return layer;
  }

  /** Computes the result. May not be asynchronous. */
  abstract call(inputs: never, options: never): unknown;

  /**
   * The masks of what the layer gives, in its structure: those of the inputs, unless a subclass says otherwise. It is
   * asked after each call where {@linkcode Layer.supportsMasking} is set.
   *
   * @param _inputs What the layer was called with.
   * @param mask The masks of the inputs; `null` where there is none.
   */
  computeMask(_inputs: never, mask: Masks | null): Masks | null {
    return mask;
  }

  /**
   * Makes the weights for inputs of the given shape; subclasses override it. Users may call it before the first call;
   * it returns the layer then. The second time nothing happens.
   *
   * @throws {ShapeError} If a dim that the weights need is open. The layer is as it was then.
   */
  build(_inputShape: Shapes): unknown {
    return this;
  }

  /** The path: the name behind those of the layers in which it was built, joined by `/`; `null` before. */
  get path(): string | null {
    return stateOf(this).path;
  }

  /** Whether the weights exist. */
  get built(): boolean {
    return stateOf(this).built;
  }

  /** Whether training may change the weights. Setting it sets it for all weights and sublayers. */
  get trainable(): boolean {
    return stateOf(this).trainable;
  }

  set trainable(trainable: boolean) {
    if (typeof trainable !== "boolean") {
      throw new TypeError(`Cannot set trainable of layer ${this.name}: expected a boolean, received ${trainable}`);
    }
    const state = stateOf(this);
    state.trainable = trainable;
    for (const variable of ownVariables(this)) if (state.trainables.has(variable)) variable.trainable = trainable;
    for (const layer of this.layers) layer.trainable = trainable;
  }

  /** The sublayers: those that fields hold, directly or in arrays, records, maps and sets, in the order of the fields. */
  get layers(): AnyLayer[] {
    return sublayersOf<AnyLayer>(this);
  }

  /** All weights: the layer's trainable ones, its others, then those of each sublayer. */
  get weights(): Variable[] {
    return collectVariables(this, ownVariables);
  }

  /** The weights that training may change. */
  get trainableWeights(): Variable[] {
    return this.trainable ? this.weights.filter((weight) => weight.trainable) : [];
  }

  /** The weights that training leaves alone. */
  get nonTrainableWeights(): Variable[] {
    return this.trainable ? this.weights.filter((weight) => !weight.trainable) : this.weights;
  }

  /** All weights, and the states of generators of random numbers. */
  get variables(): Variable[] {
    return collectVariables(this, (layer) => [...ownVariables(layer), ...seedStates(layer)]);
  }

  /** The variables that training may change. */
  get trainableVariables(): Variable[] {
    return this.trainableWeights;
  }

  /** The variables that training leaves alone. */
  get nonTrainableVariables(): Variable[] {
    const trainable = new Set(this.trainableWeights);
    return this.variables.filter((variable) => !trainable.has(variable));
  }

  /**
   * What training adds to its loss: what this layer and those inside it added at the last call, then the penalties on the
   * weights that training may change. In a trace they are tensors of the trace.
   */
  get losses(): Tensor[] {
    return lossesOf(this);
  }

  /** Adds a number to the losses of this call; for `call`. */
  addLoss(loss: Tensor): void {
    addLoss(this, loss);
  }

  /**
   * Makes a weight; for constructors and `build`.
   *
   * @returns The weight, whose path is the layer's path and the name.
   * @throws {ShapeError} If a dim is open.
   * @throws {TypeError} If the layer is built already.
   */
  addWeight<const S extends readonly (Dim | undefined)[] = readonly [], const D extends DType = DType>(
    options: WeightOptions<S, D> = {},
  ): Variable<WeightShape<S>, D> {
    const state = stateOf(this);
    const name = options.name ?? (state.made.size === 0 ? "variable" : `variable_${state.made.size}`);
    checkName(name, `a weight of layer ${this.name}`);
    const path = `${state.path ?? pathFor(this.name)}/${name}`;
    if (state.built) throw lockError(this, `weight ${name}`);
    const shape = Object.freeze((options.shape ?? []).map((dim) => dim ?? null)) as Shape as WeightShape<S>;
    if (!shape.every((dim) => typeof dim === "number" && Number.isSafeInteger(dim) && dim >= 0)) {
      throw new ShapeError(`Cannot make weight ${path}: expected a shape of known sizes, received ${showShape(shape)}`);
    }
    const dtype = options.dtype ?? this.dtype as D;
    const float = dtype.startsWith("float");
    const initializer = getInitializer(options.initializer ?? (float ? "glorot_uniform" : "zeros"));
    const initialize = initializer.prepare(shape as readonly number[], dtype);
    const weight = new Variable<WeightShape<S>, D>(
      { shape, dtype, initialize: () => whileEager(initialize) as never },
      {
        name,
        path,
        trainable: (options.trainable ?? true) && this.trainable,
        autocast: options.autocast ?? true,
        regularizer: options.regularizer ?? null,
        constraint: options.constraint ?? null,
      },
    );
    state.made.add(weight);
    if (options.trainable ?? true) state.trainables.add(weight);
    return weight;
  }

  /**
   * The symbolic tensor that the layer was called with; where it was called with several, they are in their structure.
   *
   * @throws {TypeError} If it was not called with symbolic tensors, or several times.
   */
  get input(): SymbolicTensor {
    return onlyCallOf(this, "input").input as SymbolicTensor;
  }

  /**
   * The symbolic tensor that the layer gave; where it gave several, they are in their structure.
   *
   * @throws {TypeError} If it was not called with symbolic tensors, or several times.
   */
  get output(): SymbolicTensor {
    return onlyCallOf(this, "output").output as SymbolicTensor;
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

  /** What {@linkcode Layer.summary} prints. */
  summaryText(options: SummaryOptions = {}): string {
    return summaryTable(summaryOf(stateOf(this).self as AnyLayer), options);
  }

  /**
   * The number of values in all weights.
   *
   * @throws {TypeError} If the layer is not built.
   */
  countParams(): number {
    if (!this.built) {
      throw new TypeError(
        `Cannot count the parameters of layer ${this.name}: it is not built; call it, or layer.build(inputShape)`,
      );
    }
    return this.weights.reduce((count, weight) => count + weight.size!, 0);
  }

  /** The values of all weights, in the order of {@linkcode Layer.weights}. */
  getWeights(): EagerTensor[] {
    return this.weights.map((weight) => weight.value);
  }

  /**
   * Assigns values to all weights, in the order of {@linkcode Layer.weights}.
   *
   * @throws {ShapeError} If there are too many or too few, or a shape is another. Nothing is assigned then.
   */
  setWeights(values: readonly (EagerTensor | Variable | Values)[]): void {
    assignWeights(this, values);
  }

  /**
   * The shapes that the layer gives for inputs of the given shapes; the layer stays as it is, built or not.
   *
   * @throws {ShapeError} If the layer does not take such inputs.
   */
  computeOutputShape(inputShape: Shapes): Structure<Shape> {
    return rehearsal(() =>
      withoutUsingNames(() => {
        const inputs = mapShapes(inputShape, (shape) =>
          shape && new SymbolicTensor(shape, this.inputDtype, { name: "input" }));
        const call = () =>
          callLayer(this as unknown as Internals, inputs);
        const output = withoutLosses(() => whileTracing(call, new Map())) as Structure<Tensor>;
        return mapStructure(output, (tensor) => tensor.shape as unknown as Structure<Shape>) as Structure<Shape>;
      })
    );
  }

  /** The dtype of inputs where none are at hand. */
  protected get inputDtype(): DType {
    return this.computeDtype;
  }

  /**
   * The configuration: plain data, from which {@linkcode Layer.fromConfig} makes an equal layer with new weights.
   *
   * @throws {TypeError} If the class has constructor arguments and no `getConfig` of its own.
   */
  getConfig(): LayerConfig {
    if (this.getConfig === Layer.prototype.getConfig && this.constructor.length > 0) {
      throw new TypeError(
        `Cannot make the configuration of layer ${this.name}: ${this.className} takes constructor arguments, ` +
          "so it needs a getConfig of its own",
      );
    }
    return { name: this.name, trainable: this.trainable, dtype: this.dtypePolicy };
  }

  /** Makes a layer from what {@linkcode Layer.getConfig} gave; classes with positional arguments override it. */
  static fromConfig(this: new (config: never) => unknown, config: LayerConfig): unknown {
    return new this(config as never);
  }

  /** What does not fit about the shapes of the input, beyond what `inputSpec` says: which input, and why. */
  protected mismatch(_shapes: Structure<Shape | null>): readonly [number | string, string] | undefined {
    return undefined;
  }

  /** The name of the class. */
  get className(): string {
    return this.constructor.name;
  }

  /** Whether the class has a `build` of its own. */
  protected get hasOwnBuild(): boolean {
    return Object.getPrototypeOf(this).build !== Layer.prototype.build;
  }

  /** The class's own `build`. */
  protected runBuild(shapes: Shapes): unknown {
    return Object.getPrototypeOf(this).build.call(this, shapes);
  }

  /** The name, configuration and weights. */
  toString(): string {
    // Consoles look through the proxy at what is behind it, which has not the private fields of subclasses.
    return printLayer(stateOf(this).self as this);
  }
}
installInspect(Layer);

/** What layers whose results may be penalised are told. */
interface ActivityOptions extends LayerOptions {
  readonly activityRegularizer?: RegularizerLike | null;
}

/** A layer as the rooms beside this one see it. */
type Internals = Buildable & Parameters<typeof callLayer>[0];

function buildLayer(layer: Internals, shapes: Shapes): unknown {
  if (stateOf(layer).built) return layer;
  // What a call with such inputs would refuse must not be built for them.
  const dtype = layer.computeDtype;
  inputOf(layer, mapShapes(shapes, (shape) => shape && new SymbolicTensor(shape, dtype, { name: "input" })));
  buildWith(layer, shapes);
  return layer;
}

function pathFor(name: string): string {
  const around = currentPath();
  return around === "" ? name : `${around}/${name}`;
}

function checkName(name: unknown, what: string): void {
  if (typeof name !== "string" || name === "" || name.includes("/")) {
    throw new TypeError(`Cannot name ${what}: expected a name without "/", received ${JSON.stringify(name)}`);
  }
}
