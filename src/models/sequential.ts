/**
 * Models that are one layer after the other.
 *
 * @module
 */
import type { CallOptions } from "../layers/base/context.ts";
import { InputLayer } from "../layers/core/core.ts";
import { callOf, forgetCall, graphOf, type LayerCall, setGraph } from "../layers/base/history.ts";
import type { AnyLayer } from "../layers/base/layer.ts";
import { InputSpec } from "../layers/base/input_spec.ts";
import type { LayerOptions } from "../layers/base/options.ts";
import { withMask } from "../layers/base/masks.ts";
import { attempt, stateOf } from "../layers/base/state.ts";
import { isLayer } from "../layers/base/tracking.ts";
import type { Shape } from "../shape/dim.ts";
import { InputError, InputRangeError } from "../shape/error.ts";
import type { DType } from "../tensor/dtype.ts";
import { withScope } from "../tensor/scope.ts";
import { checkOptions, optionMeant } from "../tensor/options.ts";
import { isRecord, leavesOf, type Structure } from "../tensor/structure.ts";
import { input, SymbolicTensor } from "../tensor/symbolic.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { checkedLayers, checkInputShape } from "./check_json.ts";
import { contains } from "./find_layer.ts";
import { Model } from "./model.ts";
import { registerModelClass } from "./registry.ts";
import type {
  CheckedParts,
  InputsOf,
  NameIn,
  OneByOne,
  OutputsOf,
  SequentialParts,
  SequentialSignature,
} from "./sequential_signature.ts";
import { deserializeLayer, type SequentialConfig, type SerializedLayer, serializeLayer } from "./serialized.ts";

/**
 * One layer after the other. With {@linkcode input} in front the layers are built at once and a layer that does not fit is
 * underlined; without, the first call builds them.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Dense, input, Sequential, zeros } from "@strata/nn";
 *
 * const model = new Sequential(input(["batch", 64]), new Dense(32), new Dense(10, { inputDim: 32 }), { name: "net" });
 * assertEquals(model(zeros([8, 64])).shape, [8, 10]);
 * ```
 *
 * @example Layer by layer
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { Dense, input, Sequential } from "@strata/nn";
 *
 * const model = new Sequential().add(input([null, 4])).add(new Dense(3)).add(new Dense(2, { name: "last" }));
 * assertEquals(model.output.shape, [null, 2]);
 * assertEquals(model.pop().name, "last");
 * ```
 */
export class Sequential<const Parts extends SequentialParts = SequentialParts> extends Model<
  InputsOf<OneByOne<Parts>>,
  OutputsOf<OneByOne<Parts>>,
  NameIn<OneByOne<Parts>>,
  SequentialSignature<OneByOne<Parts>, NameIn<OneByOne<Parts>>>
> {
  #leading: SymbolicTensor | undefined;
  readonly #layers: AnyLayer[] = [];

  /**
   * Makes the model.
   *
   * @param parts A symbolic input, which may be left out, layers, and at the end options, which may be left out. The input
   * and the layers may be in an array, as in Keras.
   * @throws {InputError} If a part is no layer, or two layers have one name.
   * @throws {ShapeError} If a layer does not take what the one before it gives.
   */
  constructor(...parts: CheckedParts<Parts>) {
    const all: readonly unknown[] = Array.isArray(parts[0]) ? [...parts[0], ...parts.slice(1)] : parts;
    const last = all.at(-1);
    const options: unknown = isOptions(last) ? last : {};
    checkOptions("Cannot make a Sequential", options, OPTIONS, "Sequential");
    super(options as LayerOptions<NameIn<OneByOne<Parts>>>);
    this.supportsMasking = true;
    const given = isOptions(last) ? all.slice(0, -1) : all;
    const leading = leadingOf(given[0]);
    if (leading !== undefined) this.#lead(leading);
    for (const layer of given.slice(leading === undefined ? 0 : 1)) this.#layers.push(this.#checked(layer));
    if (leading !== undefined && this.#layers.length > 0) this.build(leading.shape);
  }

  /** The symbolic input in front, where there is one. */
  get leading(): SymbolicTensor | undefined {
    return this.#leading;
  }

  /**
   * The inputs of the model: the symbolic input in front, or one of the shape for which it was built.
   *
   * @throws {TypeError} If there is none, and the model is not built.
   */
  override get inputs(): InputsOf<OneByOne<Parts>> {
    const inputs = this.#leading ?? graphOf(this)?.inputs[0];
    if (inputs === undefined) {
      throw new TypeError(
        `Cannot tell the inputs of model ${this.name}: it was made without an input in front, and is not built`,
      );
    }
    return inputs as never;
  }

  /**
   * The outputs of the model for {@linkcode Sequential.inputs}.
   *
   * @throws {TypeError} If the model is not built.
   */
  override get outputs(): OutputsOf<OneByOne<Parts>> {
    const graph = graphOf(this);
    if (graph === undefined) throw new TypeError(`Cannot tell the outputs of model ${this.name}: it is not built`);
    return graph.outputs as never;
  }

  /** The inputs of the model; {@linkcode Sequential.inputs} has their types. */
  override get input(): SymbolicTensor {
    return this.inputs as SymbolicTensor;
  }

  /** The outputs of the model; {@linkcode Sequential.outputs} has their types. */
  override get output(): SymbolicTensor {
    return this.outputs as SymbolicTensor;
  }

  /** The layers, in the order in which they run. */
  override get layers(): AnyLayer[] {
    return [...this.#layers];
  }

  /**
   * Adds a layer at the end; to an empty model also a symbolic input. If the model is built, or has an input in front, the
   * layer is built at once. What comes back is the same model, of which the compiler knows the layers no more.
   *
   * @throws {TypeError} If it is no layer, has the name of another one, or has this model inside.
   * @throws {ShapeError} If it does not take what the model gives. The model is as it was then.
   */
  add(part: AnyLayer | SymbolicTensor): Sequential {
    const leading = this.#layers.length === 0 && this.#leading === undefined ? leadingOf(part) : undefined;
    if (leading !== undefined) {
      this.#lead(leading);
      return this as unknown as Sequential;
    }
    const layer = this.#checked(part);
    const graph = graphOf(this);
    if (graph !== undefined) {
      const call = attempt(() => withScope(this.path ?? this.name, () => callOn(layer, graph.outputs)));
      setGraph(this, { ...graph, outputs: call.output as SymbolicTensor, steps: [...graph.steps, call] });
      this.#layers.push(layer);
    } else {
      this.#layers.push(layer);
      try {
        if (this.#leading !== undefined) this.build(this.#leading.shape);
      } catch (error) {
        this.#layers.pop();
        throw error;
      }
    }
    return this as unknown as Sequential;
  }

  /**
   * Takes the last layer away, and returns it. The compiler goes on to know the model as it was made.
   *
   * @throws {RangeError} If there is none.
   */
  pop(): AnyLayer {
    const layer = this.#layers.pop();
    if (layer === undefined) throw new InputRangeError(`Cannot take a layer from model ${this.name}: it has none`);
    const graph = graphOf(this);
    if (graph === undefined) return layer;
    forgetCall(graph.steps.at(-1) as LayerCall);
    const steps = graph.steps.slice(0, -1);
    if (steps.length > 0) {
      setGraph(this, { ...graph, outputs: (steps.at(-1) as LayerCall).output as SymbolicTensor, steps });
    } else {
      setGraph(this, undefined);
      Object.assign(stateOf(this), { built: false, path: null, inputShapes: undefined, held: undefined });
    }
    return layer;
  }

  /** Builds the layers for inputs of that shape, and returns the model. */
  override build(inputShape: Shape): this {
    if (this.#layers.length === 0) throw new TypeError(`Cannot build model ${this.name}: it has no layers`);
    const first = this.#leading ?? new SymbolicTensor(inputShape, this.inputDtype, { name: `${this.name}_input` });
    let outputs: Structure<SymbolicTensor> = first;
    const steps: LayerCall[] = [];
    for (const layer of this.#layers) {
      const call = callOn(layer, outputs);
      steps.push(call);
      outputs = call.output as Structure<SymbolicTensor>;
    }
    setGraph(this, { inputs: [first], outputs, steps });
    return this;
  }

  /** Runs the layers one after the other. */
  override call(input: Tensor, options: CallOptions): Tensor {
    let x: unknown = withMask(input, options.mask ?? null);
    for (const layer of this.#layers) x = layer(x as never, { training: options.training });
    return x as Tensor;
  }

  /** None beyond that which the last layer gives its result. */
  override computeMask(): null {
    return null;
  }

  /**
   * The layers, with the input in front where there is one; {@linkcode modelToJson} writes it as Keras does.
   *
   * @throws {TypeError} If a layer has no configuration, or its class is not known.
   */
  override getConfig(): SequentialConfig {
    const layers = this.#layers.map(serializeLayer);
    const leading = this.#leading;
    const first = graphOf(this)?.inputs[0] ?? leading;
    if (leading !== undefined) {
      const { shape, dtype, name = "input" } = leading;
      layers.unshift({ className: "InputLayer", config: { name, trainable: true, dtype, shape } });
    }
    return { ...super.getConfig(), layers, ...(first === undefined ? {} : { buildInputShape: first.shape }) };
  }

  /**
   * Makes a model from a configuration, with new weights.
   *
   * @throws {RangeError} If there is no layer of a name.
   */
  static override fromConfig(config: SequentialConfig): Sequential {
    const { name, trainable = true, layers, buildInputShape } = config;
    const parts = checkedLayers(layers, name).map((layer) =>
      layer.className === "InputLayer" ? inputOf(layer.config) : deserializeLayer(layer)
    );
    const model = new Sequential<SequentialParts>(...parts, { name, trainable });
    if (!model.built && buildInputShape !== undefined && parts.length > 0) model.build(buildInputShape);
    return model;
  }

  /** That of the first layer. */
  protected override get inputDtype(): DType {
    const [first] = this.#layers;
    return this.#leading?.dtype ?? (first as unknown as { readonly inputDtype: DType } | undefined)?.inputDtype ??
      super.inputDtype;
  }

  #lead(leading: SymbolicTensor): void {
    this.#leading = leading;
    this.inputSpec = new InputSpec({ shape: leading.shape });
  }

  /** A part that may be added as a layer. */
  #checked(part: unknown): AnyLayer {
    if (!isLayer(part)) {
      throw new InputError(`Cannot make model ${this.name}: expected layers, received ${describe(part)}`);
    }
    const layer = part as AnyLayer;
    if (this.#layers.some((other) => other.name === layer.name && other !== layer)) {
      throw new InputError(`Cannot make model ${this.name}: two layers have the name ${layer.name}`);
    }
    if (contains(layer, this)) {
      throw new InputError(`Cannot make model ${this.name}: layer ${layer.name} has the model itself inside`);
    }
    return layer;
  }
}

registerModelClass("Sequential", Sequential);

/** The symbolic input of a configuration. */
function inputOf({ shape, dtype, name }: SerializedLayer["config"]): SymbolicTensor {
  checkInputShape(shape, name);
  return input(shape as Shape, { dtype: dtype as DType, name: name as string });
}

/** Calls a layer with symbolic tensors, and gives the record of the call. */
function callOn(layer: AnyLayer, inputs: Structure<Tensor>): LayerCall {
  const outputs: unknown = layer(inputs as never);
  return callOf(leavesOf(outputs as Structure<SymbolicTensor>)[0]!)!;
}

const OPTIONS: readonly string[] = ["name", "trainable"];

/** Whether a part stands for options, be their names spelled as they may. */
function isOptions(part: unknown): boolean {
  if (!isRecord(part)) return false;
  const names = Object.keys(part);
  return names.length === 0 || names.some((name) => optionMeant(name, OPTIONS) !== undefined);
}

/** The tensor of a part that is an input. */
function leadingOf(part: unknown): SymbolicTensor | undefined {
  return part instanceof SymbolicTensor ? part : part instanceof InputLayer ? part.output : undefined;
}

function describe(value: unknown): string {
  if (value instanceof SymbolicTensor) return "a second symbolic input";
  return value === null ? "null" : Array.isArray(value) ? "an array" : typeof value;
}
