/**
 * Models as plain data, and back.
 *
 * @module
 */
import { graphOf, type ModelGraph } from "../layers/base/history.ts";
import type { AnyLayer } from "../layers/base/layer.ts";
import { listedParts, type ModelPart, type Reading } from "./summary/model_parts.ts";
import { GraphNode } from "../graph/node.ts";
import type { Shape } from "../shape/dim.ts";
import { InputError } from "../shape/error.ts";
import type { DType } from "../tensor/dtype.ts";
import { EagerTensor } from "../tensor/eager.ts";
import { isRecord, mapStructure, type Structure, tensorsOf } from "../tensor/structure.ts";
import { input, SymbolicTensor } from "../tensor/symbolic.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { tensor as makeTensor } from "../tensor/creation.ts";
import { Variable } from "../tensor/variable.ts";
import { readCall, type SerializedCall, writeCall } from "./call_arguments.ts";
import { checkedLayers, checkedPlace, checkInputShape, isPlace, whileMaking } from "./check_json.ts";
import { namesOf } from "./registry.ts";
import { isOp, runOp, serializeOp } from "./op_config.ts";
import { deserializeLayer, type ModelConfig, type SerializedLayer, serializeLayer } from "./serialized.ts";
import type { TensorPlace } from "./serialized.ts";

/** The class name of a tensor of a model, and of an array, in arguments. */
const TENSOR = "__keras_tensor__";
const ARRAYS = ["__numpy__", "__tensor__"];

/** The layers of a model, what they read, and where the inputs and outputs are. */
export function functionalConfig(
  model: AnyLayer,
  inputs: Structure<Tensor>,
  outputs: Structure<Tensor>,
): Pick<ModelConfig, "layers" | "inputLayers" | "outputLayers"> {
  const { parts, sources } = listedParts(graphOf(model) as ModelGraph);
  const placeOf = (tensor: Tensor): TensorPlace => {
    const { part, call, index } = sources.get(tensor) as Reading;
    return [part.name, call, index];
  };
  const write = (value: unknown): unknown => writeValue(value, placeOf, model.name);
  const places = (tensors: Structure<Tensor>) =>
    mapStructure(tensors, (tensor) => {
      const [name, call, index] = placeOf(tensor);
      return [name, call + firstCall(sources.get(tensor)!.part.layer), index] as never;
    });
  return {
    layers: parts.map((part) => serializePart(part, write)),
    inputLayers: places(inputs),
    outputLayers: places(outputs),
  };
}

/**
 * The number of a layer's first call where a model says what it gives: there, and only there, Keras counts the call that a
 * model of tensors is made of as its first.
 */
function firstCall(layer: AnyLayer | undefined): number {
  return layer !== undefined && graphOf(layer) !== undefined && !("leading" in layer) ? 1 : 0;
}

function serializePart(part: ModelPart, write: (value: unknown) => unknown): SerializedLayer {
  const { name, layer, calls } = part;
  if (layer !== undefined) {
    const { className } = namesOf(layer);
    const inboundNodes = calls.map(({ step }): SerializedCall => {
      const { args, kwargs } = writeCall(className, step as Exclude<typeof step, GraphNode | undefined>);
      return { args: write(args) as unknown[], kwargs: write(kwargs) as SerializedCall["kwargs"] };
    });
    return { ...serializeLayer(layer), name, inboundNodes };
  }
  const [call] = calls;
  if (call?.step instanceof GraphNode) {
    const { args, kwargs, ...op } = serializeOp(call.step, name);
    return {
      ...op,
      name,
      inboundNodes: [{ args: write(args) as unknown[], kwargs: write(kwargs) as SerializedCall["kwargs"] }],
    };
  }
  const { shape, dtype } = call?.output as SymbolicTensor;
  return { className: "InputLayer", config: { name, trainable: true, dtype, shape }, name, inboundNodes: [] };
}

function writeValue(value: unknown, placeOf: (tensor: Tensor) => TensorPlace, model: string): unknown {
  const write = (part: unknown): unknown => writeValue(part, placeOf, model);
  if (value instanceof SymbolicTensor) {
    const { shape, dtype } = value;
    return { className: TENSOR, config: { shape, dtype, kerasHistory: placeOf(value) } };
  }
  if (value instanceof Variable) {
    throw new TypeError(
      `Cannot make the configuration of model ${model}: an op between its layers reads variable ${value.path}; ` +
        "put the op into a layer that holds the variable",
    );
  }
  if (value instanceof EagerTensor) {
    const { rank, dtype } = value as EagerTensor;
    const values: unknown = value.array();
    // A lone NaN is written as null, which is a number among the values of an array alone.
    return rank === 0 && !Number.isNaN(values)
      ? plain(values)
      : { className: "__numpy__", config: { value: plain(values), dtype } };
  }
  if (Array.isArray(value)) return value.map(write);
  if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, write(part)]));
  return value;
}

/** Numbers in place of bigints, which JSON has none of. */
function plain(values: unknown): unknown {
  if (Array.isArray(values)) return values.map(plain);
  return typeof values === "bigint" ? Number(values) : values;
}

/** Values of an array, in which `null` stands for NaN. */
function numbersIn(values: unknown): unknown {
  if (Array.isArray(values)) return values.map(numbersIn);
  return values === null ? NaN : values;
}

/** The inputs and outputs of the model that a configuration stands for. */
export interface Revived {
  /** In their structure. */
  readonly inputs: Structure<SymbolicTensor>;
  /** In their structure. */
  readonly outputs: Structure<SymbolicTensor>;
}

/** A layer, op or input that is being called again. */
interface Maker {
  readonly call: (args: readonly unknown[], kwargs: { readonly [name: string]: unknown }) => unknown;
  /** The number of the first call, where the model says what it gives. */
  readonly first: number;
  /** The calls that are still to come. */
  readonly pending: SerializedCall[];
  /** The tensors that each call gave. */
  readonly given: (readonly Tensor[])[];
}

/** Marks a tensor that has not been made yet. */
const MISSING: unique symbol = Symbol("missing");

/**
 * Calls the layers of a model of tensors as its configuration says.
 *
 * @throws {TypeError} If layers read each other in a cycle, or what is not there.
 */
export function revive(name: string, { layers, inputLayers, outputLayers }: ModelConfig): Revived {
  const makers = new Map<string, Maker>();
  for (const serialized of checkedLayers(layers, name)) {
    makers.set(serialized.name ?? String(serialized.config.name), makerOf(serialized));
  }
  const tensorAt = (place: unknown, isResult = false): Tensor | typeof MISSING => {
    const [layer, call, index] = checkedPlace(place, name);
    const maker = makers.get(layer);
    if (maker === undefined) throw new InputError(`Cannot make model ${name}: it has no layer ${layer}, which is read`);
    return maker.given[isResult ? call - maker.first : call]?.[index] ?? MISSING;
  };
  for (let isMoving = true; isMoving;) {
    isMoving = false;
    for (const maker of makers.values()) {
      while (maker.pending.length > 0) {
        const { args, kwargs } = maker.pending[0]!;
        const read = readValue({ args, kwargs }, tensorAt) as SerializedCall | typeof MISSING;
        if (read === MISSING) break;
        maker.given.push(tensorsOf(maker.call(read.args, read.kwargs)));
        maker.pending.shift();
        isMoving = true;
      }
    }
  }
  const stuck = [...makers].filter(([, { pending }]) => pending.length > 0).map(([layer]) => layer);
  if (stuck.length > 0) {
    throw new InputError(
      `Cannot make model ${name}: layers ${stuck.join(", ")} read each other in a cycle, or calls that are not there`,
    );
  }
  const resultAt = (place: unknown) => tensorAt(place, true);
  return { inputs: tensorsAt(inputLayers, resultAt, name), outputs: tensorsAt(outputLayers, resultAt, name) };
}

function makerOf(serialized: SerializedLayer): Maker {
  const { className, config, inboundNodes = [], registeredName = null } = serialized;
  const rest = { pending: [...inboundNodes], given: [] };
  if (className === "InputLayer") {
    const { shape, dtype, name } = config as { readonly shape: Shape; readonly dtype: DType; readonly name: string };
    checkInputShape(shape, name);
    return { ...rest, call: () => undefined, first: 0, given: [[input(shape, { dtype, name })]] };
  }
  if (isOp(serialized)) {
    return {
      ...rest,
      call: (args, kwargs) => whileMaking(`op ${className}`, () => runOp(serialized, args, kwargs)),
      first: 0,
    };
  }
  const layer = deserializeLayer(serialized);
  const call = (args: readonly unknown[], kwargs: { readonly [name: string]: unknown }) => {
    const [inputs, options] = readCall(className, args, kwargs);
    const make = () => layer(inputs as never, options);
    return registeredName === null ? whileMaking(`layer ${layer.name}`, make) : make();
  };
  return { ...rest, call, first: firstCall(layer) };
}

/** Arguments with tensors in place of where they are. */
function readValue(value: unknown, tensorAt: (place: unknown) => Tensor | typeof MISSING): unknown {
  if (isRecord(value)) {
    const { className, config } = value as { readonly className?: unknown; readonly config?: unknown };
    if (className === TENSOR) {
      return tensorAt((config as { readonly kerasHistory?: unknown } | undefined)?.kerasHistory);
    }
    if (ARRAYS.includes(className as string)) {
      const { value: values, dtype } = config as { readonly value: never; readonly dtype: DType };
      return makeTensor(numbersIn(values) as never, { dtype });
    }
    const entries = Object.entries(value).map(([key, part]) => [key, readValue(part, tensorAt)] as const);
    return entries.some(([, part]) => part === MISSING) ? MISSING : Object.fromEntries(entries);
  }
  if (!Array.isArray(value)) return value;
  const parts = value.map((part) => readValue(part, tensorAt));
  return parts.includes(MISSING) ? MISSING : parts;
}

function tensorsAt(
  places: unknown,
  tensorAt: (place: unknown) => Tensor | typeof MISSING,
  name: string,
): Structure<SymbolicTensor> {
  if (isPlace(places)) {
    const found = tensorAt(places);
    if (found instanceof SymbolicTensor) return found;
    throw new InputError(`Cannot make model ${name}: expected a tensor at ${JSON.stringify(places)}, found none`);
  }
  if (Array.isArray(places)) return places.map((part) => tensorsAt(part, tensorAt, name));
  if (!isRecord(places)) {
    throw new InputError(`Cannot make model ${name}: expected places of tensors, received ${JSON.stringify(places)}`);
  }
  return Object.fromEntries(Object.entries(places).map(([key, part]) => [key, tensorsAt(part, tensorAt, name)]));
}
