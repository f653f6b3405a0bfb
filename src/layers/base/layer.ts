/**
 * The base class of layers.
 *
 * @module
 */
import type { Dim, Shape } from "../../shape/dim.ts";
import { InputError } from "../../shape/error.ts";
import type { Values } from "../../tensor/convert.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { EagerTensor } from "../../tensor/eager.ts";
import { installInspect } from "../../tensor/print.ts";
import { whileTracing } from "../../tensor/scope.ts";
import { mapStructure, type Structure } from "../../tensor/structure.ts";
import { SymbolicTensor } from "../../tensor/symbolic.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Variable } from "../../tensor/variable.ts";
import { assignWeights } from "./assign_weights.ts";
import { mapShapes } from "./build.ts";
import { callLayer } from "./call.ts";
import { type ConfigNames, configOf, hasConfigNames, makeFromConfig } from "./config.ts";
import type { DTypePolicy } from "./dtype_policy.ts";
import { collectVariables, ownVariables, seedStates, sublayersOf } from "./fields.ts";
import { onlyCallOf } from "./history.ts";
import type { InputSpec } from "./input_spec.ts";
import { makeInstance } from "./instance.ts";
import type { LayerCore, Shapes } from "./layer_core.ts";
import { addLoss, lossesOf, withoutLosses } from "./losses.ts";
import { makeWeight } from "./make_weight.ts";
import type { Masks } from "./masks.ts";
import { withoutUsingNames } from "./naming.ts";
import type { LayerConfig, LayerOptions, WeightOptions, WeightShape } from "./options.ts";
import { printLayer } from "./print.ts";
import type { Anything, CallOf, Signature } from "./signature.ts";
import { dryRun, stateOf } from "./state.ts";

/** Any layer, whatever its signature. Called with a tensor, it gives one of unknown shape. */
export type AnyLayer = Layer;

/**
 * Calls the layer with one tensor, or an array or a record of them. The first call builds the layer. Tensors that have
 * values give tensors that have values; symbolic ones give symbolic ones.
 */
export interface Layer<F extends Signature = Anything, Options = unknown, Config extends LayerConfig = LayerConfig>
  extends CallOf<F, Options> {}

/**
 * A function with state: what all layers extend. A subclass makes its weights in `build` and computes in `call`; it is
 * called like a function. Its signature `F` tells the compiler which shapes it takes and gives.
 *
 * @typeParam F The signature: {@linkcode Maps} and {@linkcode Keeps} serve most layers. Without one the layer takes any
 * input, and gives a tensor of unknown shape.
 * @typeParam Options What a call may be told beside what every layer may be told: `Layer<F, { causal?: boolean }>`.
 * @typeParam Config What {@linkcode Layer.getConfig} gives.
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
export abstract class Layer<
  F extends Signature = Anything,
  Options = unknown,
  Config extends LayerConfig = LayerConfig,
> {
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
  /** The expectations for the input: one spec, or an array or a record of them; `null` is not checked. */
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
    const computesMasks = new.target.prototype.computeMask !== Layer.prototype.computeMask;
    return makeInstance(new.target, options, computesMasks) as unknown as this;
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

  /** The path: the name after those of the layers in which it was built, joined by `/`; `null` before. */
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
      throw new InputError(`Cannot set trainable of layer ${this.name}: expected a boolean, received ${trainable}`);
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
   * The losses of training: what this layer and those inside it added at the last call, then the penalties on the
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
   * Makes a weight; for constructors and `build`. {@linkcode declareWeights} lets a field say that it is not there before.
   *
   * @returns The weight, whose path is the layer's path and the name.
   * @throws {ShapeError} If a dim is open.
   * @throws {TypeError} If the layer is built already.
   */
  addWeight<const S extends readonly (Dim | undefined)[] = readonly [], const D extends DType = DType>(
    options: WeightOptions<S, D> = {},
  ): Variable<WeightShape<S>, D> {
    return makeWeight(this, options);
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
   * The shapes that the layer gives for inputs of the given shapes; the layer stays as it is, built or not. Where a class
   * says it by a method of its own, the first call compares that with what `call` gives: signatures are types, which are
   * not there when a program runs.
   *
   * @throws {ShapeError} If the layer does not take such inputs.
   */
  computeOutputShape(inputShape: Shapes): Structure<Shape> {
    return dryRun(() =>
      withoutUsingNames(() => {
        const inputs = mapShapes(inputShape, (shape) =>
          shape && new SymbolicTensor(shape, this.inputDtype, { name: "input" }));
        const core = this as unknown as LayerCore;
        const output = withoutLosses(() =>
          whileTracing(() => callLayer(core, inputs), new Map())
        ) as Structure<Tensor>;
        return mapStructure(output, (tensor) => tensor.shape as unknown as Structure<Shape>) as Structure<Shape>;
      })
    );
  }

  /** The dtype of inputs where none are at hand. */
  protected get inputDtype(): DType {
    return this.computeDtype;
  }

  /**
   * The names in the configurations of the class, from which {@linkcode Layer.getConfig} and {@linkcode Layer.fromConfig}
   * follow: arguments of the constructor before its options, and options. Each is that of a property.
   *
   * @example
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { type ConfigNames, Layer, type LayerOptions, ops, type Tensor } from "@strata/nn";
   *
   * class Power extends Layer {
   *   static override readonly configNames: ConfigNames = { positional: ["exponent"] };
   *   readonly exponent: number;
   *   constructor(exponent: number, options: LayerOptions = {}) {
   *     super(options);
   *     this.exponent = exponent;
   *   }
   *   override call(x: Tensor): Tensor {
   *     return ops.power(x, this.exponent);
   *   }
   * }
   *
   * const power = Power.fromConfig(new Power(3).getConfig()) as Power;
   * assertEquals(power([2]).array(), [8]);
   * ```
   */
  static readonly configNames: ConfigNames = {};

  /**
   * The configuration: plain data, from which {@linkcode Layer.fromConfig} makes an equal layer with new weights.
   *
   * @throws {TypeError} If the class has constructor arguments, and neither `configNames` nor a `getConfig` of its own.
   */
  getConfig(): Config {
    if (!this.hasOwnConfig && this.constructor.length > 0) {
      throw new TypeError(
        `Cannot make the configuration of layer ${this.name}: ${this.className} takes constructor arguments, ` +
          "so it needs a getConfig of its own",
      );
    }
    const config: LayerConfig = { name: this.name, trainable: this.trainable, dtype: this.dtypePolicy };
    return { ...config, ...configOf(this), ...config } as Config;
  }

  /** Makes a layer from what {@linkcode Layer.getConfig} gave; arguments before the options are in `configNames`. */
  static fromConfig(this: new (...args: never) => unknown, config: LayerConfig): unknown {
    return makeFromConfig(this, config);
  }

  /** The mismatch of the input's shapes beyond `inputSpec`: the input, and the reason. */
  protected mismatch(_shapes: Structure<Shape | null>): readonly [number | string, string] | undefined {
    return undefined;
  }

  /** The name of the class. */
  get className(): string {
    return this.constructor.name;
  }

  /** Whether the class says what its configuration is. */
  protected get hasOwnConfig(): boolean {
    return this.getConfig !== Layer.prototype.getConfig || hasConfigNames(this.constructor, Layer);
  }

  /**
   * Whether the masks of the inputs are arguments of their own. Where they are not, a mask that travels is handed to `call`
   * only if the input is the only tensor that the layer is called with.
   */
  protected get readsEachMask(): boolean {
    return false;
  }

  /** Whether the class has a `computeOutputShape` of its own. */
  protected get hasOwnOutputShape(): boolean {
    return this.computeOutputShape !== Layer.prototype.computeOutputShape;
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
