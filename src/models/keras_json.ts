/**
 * Configurations between Strata's form, in camel case, and Keras 3's JSON, in snake case.
 *
 * @module
 */
import { hasOption } from "../layers/base/known_options.ts";
import * as constraints from "../layers/weights/constraints.ts";
import * as initializers from "../layers/weights/initializers.ts";
import * as regularizers from "../layers/weights/regularizers.ts";
import { InputError } from "../shape/error.ts";
import { isRecord } from "../tensor/structure.ts";
import { registeredNameOf } from "./registry.ts";
import type { SerializedCall } from "./call_arguments.ts";
import type { SerializedLayer } from "./serialized.ts";

/** An object as Keras writes it. */
export interface KerasObject {
  /** The module of Python that the class is from; `null` for classes of one's own. */
  readonly module: string | null;
  /** The name of the class. */
  readonly class_name: string;
  /** The options. */
  readonly config: { readonly [option: string]: unknown };
  /** `package>name` of classes that are registered; `null` for Keras's own. */
  readonly registered_name: string | null;
  /** The shapes that it was built for. */
  readonly build_config?: { readonly [name: string]: unknown };
  /** The settings of training; they are not read. */
  readonly compile_config?: object;
  /** The name in the model around it. */
  readonly name?: string;
  /** Its calls in the model around it. */
  readonly inbound_nodes?: readonly unknown[];
}

type Config = { readonly [option: string]: unknown };

/** The class of a model of tensors, which Keras calls otherwise. */
const FUNCTIONAL = { className: "Model", class_name: "Functional", module: "keras.src.models.functional" };

/** Options that Keras's classes do not take: they follow from others, or nothing can be trained. */
const OWN: { readonly [className: string]: readonly string[] } = {
  Dense: ["inputDim"],
  Discretization: ["trainable"],
  SpatialDropout1D: ["trainable"],
  SpatialDropout2D: ["trainable"],
  SpatialDropout3D: ["trainable"],
};

/** `useBias` as Keras writes it: `use_bias`. */
export function snakeKey(key: string): string {
  if (key === "keepDims") return "keepdims";
  return key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `use_bias` as Strata writes it: `useBias`. */
export function camelKey(key: string): string {
  if (key === "keepdims") return "keepDims";
  return key.replaceAll(/(?<=.)_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** A layer, model or op in Keras's form. */
export function toKeras(layer: SerializedLayer): KerasObject {
  const { className, config, registeredName = null, module, buildConfig, name, inboundNodes } = layer;
  const place = {
    ...(name === undefined ? {} : { name }),
    ...(inboundNodes === undefined ? {} : { inbound_nodes: inboundNodes.map(toKerasCall) }),
  };
  if (module !== undefined) {
    return { module, class_name: className, config, registered_name: className, ...place };
  }
  if (className === FUNCTIONAL.className && registeredName === null) {
    const { class_name, module } = FUNCTIONAL;
    const kept = { build_config: { input_shape: null }, compile_config: {} };
    return { module, class_name, config: functionalToKeras(config), registered_name: class_name, ...kept, ...place };
  }
  if (className === "InputLayer" && registeredName === null) {
    const { name, dtype, shape } = config;
    const options = { batch_shape: openShape(shape), dtype, sparse: false, ragged: false, name, optional: false };
    return { module: "keras.layers", class_name: className, config: options, registered_name: null, ...place };
  }
  const isSequential = className === "Sequential" && registeredName === null;
  return {
    module: registeredName !== null ? null : isSequential ? "keras" : "keras.layers",
    class_name: className,
    config: isSequential ? sequentialToKeras(config) : optionsToKeras(className, config),
    registered_name: registeredName,
    ...(buildConfig === undefined ? {} : { build_config: { input_shape: openShape(buildConfig.inputShape) } }),
    ...(isSequential ? { compile_config: {} } : {}),
    ...place,
  };
}

function functionalToKeras({ name, trainable, layers, inputLayers, outputLayers }: Config): Config {
  return {
    name,
    trainable,
    layers: (layers as readonly SerializedLayer[]).map(toKeras),
    input_layers: inputLayers,
    output_layers: outputLayers,
  };
}

function sequentialToKeras({ layers, buildInputShape, ...options }: Config): Config {
  return {
    ...optionsToKeras("Sequential", options),
    layers: (layers as readonly SerializedLayer[]).map(toKeras),
    ...(buildInputShape === undefined ? {} : { build_input_shape: openShape(buildInputShape) }),
  };
}

function optionsToKeras(className: string, config: Config): Config {
  const entries = Object.entries(config).filter(([key]) => !OWN[className]?.includes(key));
  return Object.fromEntries(entries.map(([key, value]) => {
    return [snakeKey(key), key === "dtype" && typeof value === "string" ? policyOf(value) : valueToKeras(value)];
  }));
}

function policyOf(name: string): KerasObject {
  return { module: "keras", class_name: "DTypePolicy", config: { name }, registered_name: null };
}

/** An option's value: what has a class is an object of Keras. */
function valueToKeras(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(valueToKeras);
  if (!isSerialized(value)) return value;
  const { className } = value;
  const modules = { initializers, regularizers, constraints };
  const module = Object.entries(modules).find(([, classes]) => Object.hasOwn(classes, className));
  if (module === undefined) {
    return toKeras({ ...value, registeredName: value.registeredName ?? registeredNameOf(className) });
  }
  const config = Object.fromEntries(
    Object.entries(value.config).map(([key, option]) => {
      return [snakeKey(key), option];
    }),
  );
  return { module: `keras.${module[0]}`, class_name: className, config, registered_name: null };
}

function isSerialized(value: unknown): value is SerializedLayer {
  return isRecord(value) && typeof value.className === "string" && isRecord(value.config);
}

function toKerasCall({ args, kwargs }: SerializedCall): unknown {
  const options = Object.entries(kwargs).map(([key, value]) => [snakeKey(key), argumentToKeras(value)]);
  return { args: args.map(argumentToKeras), kwargs: Object.fromEntries(options) };
}

/** Arguments: tensors are `{ className, config }`, and other records keep their keys. */
function argumentToKeras(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(argumentToKeras);
  if (isSerialized(value)) {
    const { shape, kerasHistory, ...config } = value.config as { readonly [key: string]: unknown };
    const place = kerasHistory === undefined ? {} : { shape: openShape(shape), keras_history: kerasHistory };
    return { class_name: value.className, config: { ...config, ...place } };
  }
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, argumentToKeras(part)]));
}

/** A shape with `null` in place of names, which Keras has not; also a list of shapes. */
function openShape(shape: unknown): unknown {
  if (Array.isArray(shape)) return shape.map(openShape);
  return typeof shape === "string" ? null : shape;
}

/**
 * A layer, model or op in Strata's form.
 *
 * @throws {TypeError} If it is no object of Keras, or has a dtype policy that Strata does not have.
 */
export function fromKeras(object: unknown): SerializedLayer {
  if (!isRecord(object) || typeof object.class_name !== "string" || !isRecord(object.config)) {
    throw new InputError("Cannot read a layer: expected an object with class_name and config");
  }
  const { module, registered_name: registered, name, inbound_nodes: nodes, config } = object;
  const registeredName = typeof registered === "string" && registered.includes(">") ? registered : null;
  const isOp = typeof module === "string" && module.includes(".ops");
  const isFunctional = registeredName === null && ["Functional", "Model"].includes(object.class_name);
  const className = isFunctional ? FUNCTIONAL.className : object.class_name;
  return {
    className,
    config: isOp ? config : configFromKeras(className, config),
    ...(registeredName === null ? {} : { registeredName }),
    ...(isOp ? { module } : {}),
    ...(typeof name === "string" ? { name } : {}),
    ...(Array.isArray(nodes) ? { inboundNodes: nodes.map(fromKerasCall) } : {}),
  };
}

function configFromKeras(className: string, config: Config): Config {
  const options = Object.fromEntries(
    Object.entries(config).filter(([key]) => key !== "layers").map(([key, value]) => {
      if (key === "dtype") return [key, dtypeOf(value)];
      // Places of tensors, and what they are called, are no options.
      if (key === "input_layers" || key === "output_layers") return [camelKey(key), value];
      return [camelKey(key), valueFromKeras(value)];
    }),
  );
  if (className === "InputLayer") {
    const { batchShape, batchInputShape, dtype = "float32", name } = options;
    return { name, trainable: true, dtype, shape: batchShape ?? batchInputShape };
  }
  if (!Array.isArray(config.layers)) return withoutNeutral(className, options);
  return { dtype: "float32", ...options, layers: config.layers.map(fromKeras) };
}

/** Options of Keras that are as good as not there where they have these values, for classes that do not have them. */
const NEUTRAL: { readonly [option: string]: unknown } = {
  dataFormat: "channels_last",
  renormMomentum: 0.99,
  dropout: 0,
  recurrentDropout: 0,
};

function withoutNeutral(className: string, options: Config): Config {
  const isNeutral = (option: string, value: unknown): boolean =>
    value === null || value === false || value === NEUTRAL[option];
  return Object.fromEntries(
    Object.entries(options).filter(([option, value]) =>
      hasOption(className, option) !== false || !isNeutral(option, value)
    ),
  );
}

/** The dtype of a policy: as an object, or by name. */
function dtypeOf(value: unknown): unknown {
  const name = isRecord(value) && isRecord(value.config) ? value.config.name : value;
  if (typeof name === "string" && !name.includes("bfloat16")) return name;
  throw new InputError(
    `Cannot read a dtype policy: expected a dtype such as "float32", or "mixed_float16", received ${
      JSON.stringify(name)
    }`,
  );
}

function valueFromKeras(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(valueFromKeras);
  if (!isRecord(value) || typeof value.class_name !== "string") return value;
  // A function of Keras by its name, such as an activation.
  if (value.class_name === "function" && typeof value.config === "string") return value.config;
  if (!isRecord(value.config)) return value;
  const modules = [initializers, regularizers, constraints];
  if (!modules.some((classes) => Object.hasOwn(classes, value.class_name as string))) return fromKeras(value);
  // Keras writes options that are left open as null, also some that Strata does not have.
  const given = Object.entries(value.config).filter(([, option]) => option !== null);
  const options = given.map(([key, option]) => [camelKey(key), option]);
  return { className: value.class_name, config: Object.fromEntries(options) };
}

function fromKerasCall(call: unknown): SerializedCall {
  if (Array.isArray(call) && call.length > 0 && call.every(Array.isArray)) return fromEarlierCall(call);
  if (!isRecord(call) || !Array.isArray(call.args) || !isRecord(call.kwargs)) {
    throw new InputError("Cannot read a call of a layer: expected an object with args and kwargs, as Keras 3 writes");
  }
  const options = Object.entries(call.kwargs).map(([key, value]) => [camelKey(key), argumentFromKeras(value)]);
  return { args: call.args.map(argumentFromKeras), kwargs: Object.fromEntries(options) };
}

/** A call as Keras 2 and TensorFlow.js write it: `[layer, call, index, options]` for each tensor. */
function fromEarlierCall(reads: readonly (readonly unknown[])[]): SerializedCall {
  const tensors = reads.map((read) => ({
    className: "__keras_tensor__",
    config: { kerasHistory: read.slice(0, 3) },
  }));
  const told = reads.at(-1)![3];
  const options = Object.entries(isRecord(told) ? told : {}).map((
    [key, value],
  ) => [camelKey(key), argumentFromKeras(value)]);
  return { args: [tensors.length === 1 ? tensors[0] : tensors], kwargs: Object.fromEntries(options) };
}

function argumentFromKeras(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(argumentFromKeras);
  if (!isRecord(value)) return value;
  if (typeof value.class_name === "string" && isRecord(value.config)) {
    const config = Object.entries(value.config).map(([key, option]) => [camelKey(key), option]);
    return { className: value.class_name, config: Object.fromEntries(config) };
  }
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, argumentFromKeras(part)]));
}
